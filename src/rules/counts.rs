//! Members of each value of an attribute, counted: plainly for a cohort of a plan, and along edits for a tracker.

use crate::draft::Exchange;
use crate::facts::Facts;
use crate::ids::{AttributeId, CohortId, ManagerId};

/// How many of `members` have each value of the attribute.
pub fn by_value(facts: &Facts, attribute: AttributeId, members: &[ManagerId]) -> Vec<i64> {
    let mut counts = vec![0; facts.attributes[attribute.index()].values.len()];
    for value in members.iter().filter_map(|&member| facts.value(member, attribute)) {
        counts[value as usize] += 1;
    }
    counts
}

/// The value number of a manager who has none.
const NONE: u32 = u32::MAX;

/// For each cohort and value, the members who have it, following edits.
#[derive(Clone, Debug)]
pub struct Counts {
    values: usize,
    value_of: Vec<u32>,
    counts: Vec<u32>,
}

impl Counts {
    /// All cohorts empty.
    pub fn new(facts: &Facts, attribute: AttributeId) -> Counts {
        let values = facts.attributes[attribute.index()].values.len();
        Counts {
            values,
            value_of: facts.managers.iter().map(|m| m.values[attribute.index()].unwrap_or(NONE)).collect(),
            counts: vec![0; values * facts.cohorts.len()],
        }
    }

    /// The manager's value.
    #[inline]
    pub fn value(&self, manager: Option<ManagerId>) -> Option<usize> {
        let value = self.value_of[manager?.index()];
        (value != NONE).then_some(value as usize)
    }

    /// How many members of the cohort have the value.
    #[inline]
    pub fn count(&self, cohort: CohortId, value: usize) -> i64 {
        self.counts[cohort.index() * self.values + value] as i64
    }

    /// The counts of a cohort, by value.
    #[inline]
    pub fn of(&self, cohort: CohortId) -> &[u32] {
        &self.counts[cohort.index() * self.values..(cohort.index() + 1) * self.values]
    }

    /// The values that leave and come in with an exchange; `None` when both are the same.
    #[inline]
    pub fn change(&self, exchange: &Exchange) -> Option<(Option<usize>, Option<usize>)> {
        let (out, into) = (self.value(exchange.out), self.value(exchange.into));
        (out != into).then_some((out, into))
    }

    /// Follows the exchanges.
    pub fn commit(&mut self, exchanges: &[Exchange]) {
        for exchange in exchanges {
            let row = exchange.cohort.index() * self.values;
            if let Some(value) = self.value(exchange.out) {
                self.counts[row + value] -= 1;
            }
            if let Some(value) = self.value(exchange.into) {
                self.counts[row + value] += 1;
            }
        }
    }
}
