//! Members of each value of an attribute, counted: plainly for a cohort of a plan, and along edits for a tracker.

use std::sync::Arc;

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

/// For each manager, the value of an attribute; all copies share one list.
#[derive(Clone, Debug)]
pub struct Values(Arc<[u32]>);

impl Values {
    /// Of this attribute.
    pub fn of(facts: &Facts, attribute: AttributeId) -> Values {
        Values(facts.managers.iter().map(|manager| manager.values[attribute.index()].unwrap_or(NONE)).collect())
    }

    /// The manager's value.
    #[inline]
    pub fn value(&self, manager: Option<ManagerId>) -> Option<usize> {
        let value = self.0[manager?.index()];
        (value != NONE).then_some(value as usize)
    }

    /// The values that leave and come in with an exchange; `None` when both are the same.
    #[inline]
    pub fn change(&self, exchange: &Exchange) -> Option<(Option<usize>, Option<usize>)> {
        let (out, into) = (self.value(exchange.out), self.value(exchange.into));
        (out != into).then_some((out, into))
    }
}

/// For each cohort and value, the members who have it, following edits.
#[derive(Clone, Debug)]
pub struct Counts {
    width: usize,
    values: Values,
    counts: Vec<u32>,
}

impl Counts {
    /// All cohorts empty.
    pub fn new(facts: &Facts, attribute: AttributeId) -> Counts {
        let width = facts.attributes[attribute.index()].values.len();
        Counts { width, values: Values::of(facts, attribute), counts: vec![0; width * facts.cohorts.len()] }
    }

    /// The manager's value.
    #[inline]
    pub fn value(&self, manager: Option<ManagerId>) -> Option<usize> {
        self.values.value(manager)
    }

    /// The counts of a cohort, by value.
    #[inline]
    pub fn of(&self, cohort: CohortId) -> &[u32] {
        &self.counts[cohort.index() * self.width..(cohort.index() + 1) * self.width]
    }

    /// How many members of the cohort have the value.
    #[inline]
    pub fn count(&self, cohort: CohortId, value: usize) -> i64 {
        i64::from(self.counts[cohort.index() * self.width + value])
    }

    /// The values that leave and come in with an exchange; `None` when both are the same.
    #[inline]
    pub fn change(&self, exchange: &Exchange) -> Option<(Option<usize>, Option<usize>)> {
        self.values.change(exchange)
    }

    /// Follows the exchanges.
    pub fn commit(&mut self, exchanges: &[Exchange]) {
        for exchange in exchanges {
            let row = exchange.cohort.index() * self.width;
            let Some((out, into)) = self.values.change(exchange) else { continue };
            if let Some(value) = out {
                self.counts[row + value] -= 1;
            }
            if let Some(value) = into {
                self.counts[row + value] += 1;
            }
        }
    }
}
