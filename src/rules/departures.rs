//! What it changes at the least when anybody leaves one cohort for another: it shows at a glance that all swaps with the
//! members of a cohort are too dear.

use super::amounts::Amount;
use crate::draft::Exchange;
use crate::ids::{CohortId, ManagerId};

/// So often in a row it may be in vain, about, to ask whether all swaps with a cohort can be ruled out at once.
const TRUST: i32 = 20;

/// It is asked again after so many swaps with a cohort were looked at one by one.
const DISTRUST: i32 = 2_000;

/// The least changes, kept until one of the two cohorts changes.
#[derive(Clone)]
pub struct Departures<N> {
    /// By the cohort to which a member would go, then the cohort of the member; empty until it is asked for.
    least: Vec<Least<N>>,
    /// Whether to ask: above 0 as far as it was worth while, below 0 for a while when it was not. No result depends on it.
    trust: i32,
    /// How many changes of seats were made.
    changes: u64,
    /// For each cohort, how many had been made when its own members changed.
    changed: Vec<u64>,
}

/// What it changes at the least when a member goes.
#[derive(Clone, Copy, Default)]
struct Least<N> {
    change: N,
    /// How many changes of seats had been made when this was worked out.
    at: u64,
}

/// A cohort with each manager's sum of amounts to its members.
type Sums<'a, N> = (CohortId, &'a [N]);

impl<N: Amount> Departures<N> {
    /// Between so many cohorts.
    pub fn new(cohorts: usize) -> Departures<N> {
        Departures { least: Vec::new(), trust: TRUST, changes: 1, changed: vec![1; cohorts] }
    }

    /// Follows a change of seats.
    pub fn note(&mut self, exchanges: &[Exchange]) {
        self.changes += 1;
        exchanges.iter().for_each(|exchange| self.changed[exchange.cohort.index()] = self.changes);
    }

    /// Whether it is worth while to ask.
    #[inline]
    pub fn are_trusted(&self) -> bool {
        self.trust > 0
    }

    /// Whether it is seen at a glance that all swaps with members of `to` are too dear: by what it changes at the least when
    /// any of them goes to `from`, the amount to whom they are exchanged for left out.
    #[inline]
    pub fn are_too_dear(
        &mut self,
        from: Sums<N>,
        to: Sums<N>,
        members: &[ManagerId],
        is_too_dear: impl Fn(i64) -> bool,
    ) -> bool {
        if self.trust <= 0 {
            self.trust += 1;
            return false;
        }
        let at = from.0.index() * self.changed.len() + to.0.index();
        let least = match self.least.get(at) {
            Some(known) if known.at >= self.changed[from.0.index()] && known.at >= self.changed[to.0.index()] => {
                known.change
            }
            _ => self.work_out(at, from.1, to.1, members),
        };
        if is_too_dear(least.into()) {
            self.trust = TRUST.min(self.trust + 1);
            return true;
        }
        self.trust = if self.trust == 1 { -DISTRUST } else { self.trust - 1 };
        false
    }

    #[inline(never)]
    fn work_out(&mut self, at: usize, here: &[N], there: &[N], members: &[ManagerId]) -> N {
        let alone = members.iter().map(|partner| here[partner.index()] - there[partner.index()]);
        let change = alone.reduce(|a, b| if b < a { b } else { a }).unwrap_or_default();
        if self.least.is_empty() {
            self.least = vec![Least::default(); self.changed.len() * self.changed.len()];
        }
        self.least[at] = Least { change, at: self.changes };
        change
    }
}
