//! Shared by `apart` and `affinity`: amounts of pairs of managers, paid where both are in one cohort.

use std::sync::Arc;

use crate::draft::{Draft, Exchange};
use crate::facts::Facts;
use crate::ids::{CohortId, ManagerId};
use crate::rules::Scope;
use crate::term::{Reacts, Tracker};

/// For each manager, the others with whom there is an amount.
#[derive(Clone, Debug)]
struct Links {
    starts: Vec<u32>,
    ends: Vec<(ManagerId, i64)>,
}

impl Links {
    fn new(managers: usize, pairs: &[(ManagerId, ManagerId, i64)]) -> Links {
        let mut starts = vec![0; managers + 1];
        for (a, b, _) in pairs {
            starts[a.index() + 1] += 1;
            starts[b.index() + 1] += 1;
        }
        for index in 0..managers {
            starts[index + 1] += starts[index];
        }
        let mut next = starts.clone();
        let mut ends = vec![(ManagerId(0), 0); 2 * pairs.len()];
        for &(a, b, amount) in pairs {
            for (from, to) in [(a, b), (b, a)] {
                ends[next[from.index()] as usize] = (to, amount);
                next[from.index()] += 1;
            }
        }
        Links { starts, ends }
    }

    #[inline]
    fn of(&self, manager: ManagerId) -> &[(ManagerId, i64)] {
        &self.ends[self.starts[manager.index()] as usize..self.starts[manager.index() + 1] as usize]
    }
}

/// The tracker of pairs, in the form that fits how many there are.
pub fn tracker(facts: &Facts, pairs: &[(ManagerId, ManagerId, i64)], scope: &Scope) -> Box<dyn Tracker> {
    let links = Arc::new(Links::new(facts.managers.len(), pairs));
    let table = facts.managers.len() * facts.cohorts.len();
    if 2 * pairs.len() > DENSE * facts.managers.len() && table <= LARGEST_TABLE {
        let sums = vec![0; table];
        let cohorts = facts.cohorts.len();
        let managers = facts.managers.len();
        let between = if managers <= LARGEST_MATRIX { matrix(managers, pairs) } else { Vec::new() }.into();
        return Box::new(Dense { links, scope: scope.clone(), cohorts, sums, managers, between });
    }
    Box::new(Sparse { links, scope: scope.clone() })
}

/// From so many links a manager on, sums are kept.
const DENSE: usize = 24;

/// The most sums that are kept.
const LARGEST_TABLE: usize = 20_000_000;

/// The most managers for whom the amount between any two is kept too.
const LARGEST_MATRIX: usize = 2_000;

fn matrix(managers: usize, pairs: &[(ManagerId, ManagerId, i64)]) -> Vec<i64> {
    let mut between = vec![0; managers * managers];
    for (a, b, amount) in pairs {
        between[a.index() * managers + b.index()] += amount;
        between[b.index() * managers + a.index()] += amount;
    }
    between
}

/// Looks at every link of those who change seats.
#[derive(Clone)]
struct Sparse {
    links: Arc<Links>,
    scope: Scope,
}

impl Tracker for Sparse {
    fn reacts(&self) -> Reacts {
        Reacts::Seats
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_seats(&self, _: &Facts, draft: &Draft, exchanges: &[Exchange]) -> i64 {
        let mut change = 0;
        for exchange in exchanges.iter().filter(|exchange| self.scope.has(exchange.cohort)) {
            let here = |manager: ManagerId| draft.seat(manager) == Some(exchange.cohort);
            if let Some(out) = exchange.out {
                change -= self.links.of(out).iter().filter(|(other, _)| here(*other)).map(|(_, n)| n).sum::<i64>();
            }
            if let Some(into) = exchange.into {
                let stays = |other: ManagerId| here(other) && exchange.out != Some(other);
                change += self.links.of(into).iter().filter(|(other, _)| stays(*other)).map(|(_, n)| n).sum::<i64>();
            }
        }
        change
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}

/// Keeps for each manager and cohort the sum of the amounts to the cohort's members, so that a swap is priced at the
/// same cost however many pairs there are (Lai and Hao 2016).
#[derive(Clone)]
struct Dense {
    links: Arc<Links>,
    scope: Scope,
    cohorts: usize,
    /// By manager, then cohort.
    sums: Vec<i64>,
    managers: usize,
    /// By two managers; empty where there are too many of them.
    between: Arc<[i64]>,
}

impl Dense {
    #[inline]
    fn sum(&self, manager: ManagerId, cohort: CohortId) -> i64 {
        self.sums[manager.index() * self.cohorts + cohort.index()]
    }

    fn between(&self, a: ManagerId, b: ManagerId) -> i64 {
        match self.between.get(a.index() * self.managers + b.index()) {
            Some(&amount) => amount,
            None => self.links.of(a).iter().filter(|(other, _)| *other == b).map(|(_, amount)| amount).sum(),
        }
    }

    fn add(&mut self, manager: ManagerId, cohort: CohortId, sign: i64) {
        let (starts, column) = (&self.links.starts, cohort.index());
        for &(other, amount) in &self.links.ends[starts[manager.index()] as usize..starts[manager.index() + 1] as usize]
        {
            self.sums[other.index() * self.cohorts + column] += sign * amount;
        }
    }
}

impl Tracker for Dense {
    fn reacts(&self) -> Reacts {
        Reacts::Seats
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_seats(&self, _: &Facts, _: &Draft, exchanges: &[Exchange]) -> i64 {
        let mut change = 0;
        for exchange in exchanges.iter().filter(|exchange| self.scope.has(exchange.cohort)) {
            change -= exchange.out.map_or(0, |out| self.sum(out, exchange.cohort));
            change += exchange.into.map_or(0, |into| self.sum(into, exchange.cohort));
            if let (Some(out), Some(into)) = (exchange.out, exchange.into) {
                change -= self.between(out, into);
            }
        }
        change
    }

    fn commit_seats(&mut self, _: &Facts, _: &Draft, exchanges: &[Exchange]) {
        for exchange in exchanges {
            if let Some(out) = exchange.out {
                self.add(out, exchange.cohort, -1);
            }
            if let Some(into) = exchange.into {
                self.add(into, exchange.cohort, 1);
            }
        }
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}
