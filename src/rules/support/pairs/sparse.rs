//! The tracker of few pairs: it looks at every pair of those who change seats.

use std::sync::Arc;

use super::links::Links;
use crate::draft::{Draft, Exchange};
use crate::facts::Facts;
use crate::ids::ManagerId;
use crate::rules::support::scope::Scope;
use crate::term::{Reacts, Tracker};

/// Keeps nothing but the pairs.
#[derive(Clone)]
pub struct Sparse {
    /// The pairs of each manager.
    pub links: Arc<Links>,
    /// The cohorts looked at.
    pub scope: Scope,
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
