//! How many members of a cohort have each value of an attribute: counted once for a plan, or kept up to date for a
//! tracker.

use crate::draft::Exchange;
use crate::facts::Facts;
use crate::ids::{AttributeId, CohortId, ManagerId};

/// For each value of the attribute, how many of `members` have it.
pub fn by_value(facts: &Facts, attribute: AttributeId, members: &[ManagerId]) -> Vec<i64> {
    let mut counts = vec![0; facts.attributes[attribute.index()].values.len()];
    for value in members.iter().filter_map(|&member| facts.value(member, attribute)) {
        counts[value as usize] += 1;
    }
    counts
}

/// For each value of the attribute, the managers who have it and take part.
pub fn who_share(facts: &Facts, attribute: AttributeId) -> Vec<Vec<ManagerId>> {
    let mut who = vec![Vec::new(); facts.attributes[attribute.index()].values.len()];
    for manager in facts.eligible() {
        if let Some(value) = facts.value(manager, attribute) {
            who[value as usize].push(manager);
        }
    }
    who
}

/// The manager's value of the attribute as an index.
#[inline]
pub fn value(facts: &Facts, attribute: AttributeId, manager: Option<ManagerId>) -> Option<usize> {
    Some(facts.value(manager?, attribute)? as usize)
}

/// The value that an exchange takes out of the cohort and the value that it brings in; `None` when both are the same.
#[inline]
pub fn change(facts: &Facts, attribute: AttributeId, exchange: &Exchange) -> Option<(Option<usize>, Option<usize>)> {
    let (out, into) = (value(facts, attribute, exchange.out), value(facts, attribute, exchange.into));
    (out != into).then_some((out, into))
}

/// How many members of each cohort have each value, kept up to date through edits.
#[derive(Clone, Debug)]
pub struct Counts {
    attribute: AttributeId,
    values: usize,
    counts: Vec<u32>,
}

impl Counts {
    /// The counts while all cohorts are empty.
    pub fn new(facts: &Facts, attribute: AttributeId) -> Counts {
        let values = facts.attributes[attribute.index()].values.len();
        Counts { attribute, values, counts: vec![0; values * facts.cohorts.len()] }
    }

    /// The manager's value as an index.
    #[inline]
    pub fn value(&self, facts: &Facts, manager: Option<ManagerId>) -> Option<usize> {
        value(facts, self.attribute, manager)
    }

    /// How many members of the cohort have the value.
    #[inline]
    pub fn count(&self, cohort: CohortId, value: usize) -> i64 {
        i64::from(self.counts[cohort.index() * self.values + value])
    }

    /// The counts of a cohort, by value.
    #[inline]
    pub fn of(&self, cohort: CohortId) -> &[u32] {
        &self.counts[cohort.index() * self.values..(cohort.index() + 1) * self.values]
    }

    /// The value that an exchange takes out of the cohort and the value that it brings in; `None` when both are the
    /// same.
    #[inline]
    pub fn change(&self, facts: &Facts, exchange: &Exchange) -> Option<(Option<usize>, Option<usize>)> {
        change(facts, self.attribute, exchange)
    }

    /// Updates the counts for these exchanges.
    pub fn commit(&mut self, facts: &Facts, exchanges: &[Exchange]) {
        for exchange in exchanges {
            let row = exchange.cohort.index() * self.values;
            let Some((out, into)) = self.change(facts, exchange) else { continue };
            if let Some(value) = out {
                self.counts[row + value] -= 1;
            }
            if let Some(value) = into {
                self.counts[row + value] += 1;
            }
        }
    }
}
