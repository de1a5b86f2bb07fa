//! Shared by `apart` and `affinity`: amounts of pairs of managers, paid where both are in one cohort.

use std::sync::Arc;

use super::sums;
use crate::draft::{Draft, Exchange};
use crate::facts::Facts;
use crate::ids::ManagerId;
use crate::rules::Scope;
use crate::term::{Reacts, Tracker};

/// For each manager, the others with whom there is an amount.
#[derive(Clone, Debug)]
pub struct Links {
    starts: Vec<u32>,
    ends: Vec<(ManagerId, i64)>,
}

impl Links {
    /// The links of these pairs.
    pub fn new(managers: usize, pairs: &[(ManagerId, ManagerId, i64)]) -> Links {
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
    pub fn of(&self, manager: ManagerId) -> &[(ManagerId, i64)] {
        &self.ends[self.starts[manager.index()] as usize..self.starts[manager.index() + 1] as usize]
    }

    /// No amount of one manager to any set of others is greater than this, or less than its opposite.
    pub fn greatest(&self) -> i64 {
        let all = |range: &[u32]| {
            let ends = &self.ends[range[0] as usize..range[1] as usize];
            ends.iter().fold(0_i64, |sum, (_, amount)| sum.saturating_add(amount.saturating_abs()))
        };
        self.starts.windows(2).map(all).max().unwrap_or(0)
    }
}

/// The tracker of pairs, in the form that fits how many there are.
pub fn tracker(facts: &Facts, pairs: &[(ManagerId, ManagerId, i64)], scope: &Scope) -> Box<dyn Tracker> {
    let table = facts.managers.len() * facts.cohorts.len();
    if 2 * pairs.len() > DENSE * facts.managers.len() && table <= LARGEST_TABLE {
        return sums::tracker(facts, pairs, scope);
    }
    Box::new(Sparse { links: Arc::new(Links::new(facts.managers.len(), pairs)), scope: scope.clone() })
}

/// From so many links a manager on, sums are kept.
const DENSE: usize = 24;

/// The most sums that are kept.
const LARGEST_TABLE: usize = 20_000_000;

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
