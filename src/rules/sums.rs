//! Amounts of pairs of managers where each has one with many others: the sums are kept, so that a change of seats is priced
//! at the same cost however many pairs there are (Lai and Hao 2016).

use std::sync::Arc;

use super::amounts::{Amount, Matrix, Pair, grain};
use super::dense::Dense;
use super::links::Links;
use super::places::LANES;
use crate::draft::{Draft, Exchange};
use crate::facts::Facts;
use crate::ids::{CohortId, ManagerId};
use crate::rules::Scope;
use crate::term::{Reacts, Tracker};

/// The most managers for whom the amount between any two is kept too ...
const LARGEST_MATRIX: usize = 2_000;

/// ... if at least one in so many is in the file ...
const SPARE: usize = 8;

/// ... and where there are no more than so many places for each, when a cohort has a block at the least: those that stay empty
/// take memory and time.
const PLACES: usize = 4;

/// The tracker of the pairs, with sums as wide as they must be.
pub fn tracker(facts: &Facts, pairs: &[Pair], scope: &Scope) -> Box<dyn Tracker> {
    let grain = grain(pairs);
    let pairs: Vec<Pair> = pairs.iter().map(|&(a, b, amount)| (a, b, amount / grain)).collect();
    let links = Links::new(facts.managers.len(), &pairs);
    // Whatever is worked out on the way adds or takes away each of one manager's amounts once at the most.
    let greatest = links.greatest();
    if greatest < i16::MAX.into() {
        as_wide_as::<i16>(facts, grain, links, &pairs, scope)
    } else if greatest < i32::MAX.into() {
        as_wide_as::<i32>(facts, grain, links, &pairs, scope)
    } else {
        as_wide_as::<i64>(facts, grain, links, &pairs, scope)
    }
}

fn as_wide_as<N: Amount>(facts: &Facts, grain: i64, links: Links, pairs: &[Pair], scope: &Scope) -> Box<dyn Tracker> {
    let managers = facts.managers.len();
    let is_tight = facts.cohorts.len() * LANES <= PLACES * managers;
    if managers <= LARGEST_MATRIX && 2 * pairs.len() * SPARE >= managers * managers && is_tight {
        return Box::new(Dense::<N>::new(facts, grain, Matrix::new(managers, pairs), scope));
    }
    let sums = vec![N::default(); managers * facts.cohorts.len()];
    Box::new(Sums { links: Arc::new(links), grain, scope: scope.clone(), managers, sums })
}

/// By how much a change of seats changes the sums of all cohorts together, given the sum of a manager's amounts to the members
/// of a cohort, and the amount between two.
#[inline]
pub fn change(
    scope: &Scope,
    exchanges: &[Exchange],
    sum: impl Fn(ManagerId, CohortId) -> i64,
    between: impl Fn(ManagerId, ManagerId) -> i64,
) -> i64 {
    let mut change = 0;
    for exchange in exchanges.iter().filter(|exchange| scope.has(exchange.cohort)) {
        change -= exchange.out.map_or(0, |out| sum(out, exchange.cohort));
        change += exchange.into.map_or(0, |into| sum(into, exchange.cohort));
        if let (Some(out), Some(into)) = (exchange.out, exchange.into) {
            change -= between(out, into);
        }
    }
    change
}

/// Keeps for each manager and cohort the sum of the amounts to the cohort's members.
#[derive(Clone)]
struct Sums<N> {
    /// In grains.
    links: Arc<Links>,
    grain: i64,
    scope: Scope,
    managers: usize,
    /// By cohort, then manager.
    sums: Vec<N>,
}

impl<N: Amount> Sums<N> {
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
