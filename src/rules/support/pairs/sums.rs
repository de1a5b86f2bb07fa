//! The tracker of many pairs: for each manager and cohort it keeps the sum of the manager's amounts to the cohort's members, so
//! that a change of seats costs the same to price however many pairs there are.

use std::sync::Arc;

use super::amounts::Amount;
use super::change::change;
use super::links::Links;
use crate::draft::{Draft, Exchange};
use crate::facts::Facts;
use crate::ids::{CohortId, ManagerId};
use crate::rules::support::scope::Scope;
use crate::term::{Reacts, Tracker};

/// Keeps for each manager and cohort the sum of the amounts to the cohort's members.
#[derive(Clone)]
pub struct Sums<N> {
    /// Amounts in units of `grain`.
    links: Arc<Links>,
    grain: i64,
    scope: Scope,
    managers: usize,
    /// By cohort, then manager.
    sums: Vec<N>,
}

impl<N: Amount> Sums<N> {
    /// Nobody is seated.
    pub fn new(facts: &Facts, grain: i64, links: Links, scope: &Scope) -> Sums<N> {
        let managers = facts.managers.len();
        let sums = vec![N::default(); managers * facts.cohorts.len()];
        Sums { links: Arc::new(links), grain, scope: scope.clone(), managers, sums }
    }

    #[inline]
    fn sum(&self, manager: ManagerId, cohort: CohortId) -> i64 {
        self.sums[cohort.index() * self.managers + manager.index()].into()
    }

    fn between(&self, a: ManagerId, b: ManagerId) -> i64 {
        self.links.of(a).iter().filter(|(other, _)| *other == b).map(|(_, amount)| amount).sum()
    }
}

impl<N: Amount> Tracker for Sums<N> {
    fn reacts(&self) -> Reacts {
        Reacts::Seats
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_seats(&self, _: &Facts, _: &Draft, exchanges: &[Exchange]) -> i64 {
        let sum = |manager, cohort| self.sum(manager, cohort);
        self.grain * change(&self.scope, exchanges, sum, |a, b| self.between(a, b))
    }

    fn commit_seats(&mut self, _: &Facts, _: &Draft, exchanges: &[Exchange]) {
        for exchange in exchanges {
            let sums = &mut self.sums[exchange.cohort.index() * self.managers..][..self.managers];
            let links = |manager: Option<ManagerId>| manager.map_or(&[][..], |manager| self.links.of(manager));
            links(exchange.out).iter().for_each(|(other, amount)| sums[other.index()] -= N::of(*amount));
            links(exchange.into).iter().for_each(|(other, amount)| sums[other.index()] += N::of(*amount));
        }
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}
