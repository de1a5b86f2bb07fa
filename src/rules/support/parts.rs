//! Sets of managers that should each sit in one cohort: shared by `together` and `group`.

use std::sync::Arc;

use smallvec::SmallVec;

use super::scope::Scope;
use crate::draft::{Draft, Exchange};
use crate::facts::Facts;
use crate::ids::{CohortId, ManagerId};
use crate::plan::Plan;
use crate::term::{Reacts, Tracker};

/// The members of `set` who sit in these cohorts, but outside the cohort that holds most of them; with that cohort,
/// the first if several hold as many. `None` without cohorts.
pub fn outside_largest(
    plan: &Plan,
    set: &[ManagerId],
    cohorts: impl Iterator<Item = CohortId>,
) -> Option<(CohortId, Vec<ManagerId>)> {
    let parts: Vec<(CohortId, Vec<ManagerId>)> = cohorts
        .map(|cohort| {
            let members = &plan.cohorts[cohort.index()].members;
            (cohort, set.iter().copied().filter(|manager| members.contains(manager)).collect())
        })
        .collect();
    let (cohort, largest) = parts.iter().max_by_key(|(cohort, part)| (part.len(), std::cmp::Reverse(*cohort)))?;
    let mut outside: Vec<ManagerId> = parts.iter().flat_map(|(_, part)| part).copied().collect();
    outside.sort_unstable();
    outside.dedup();
    outside.retain(|manager| !largest.contains(manager));
    Some((*cohort, outside))
}

/// Stands for no set.
const NONE: u32 = u32::MAX;

/// Follows how the members of disjoint sets are spread over cohorts: the amount is how many of them sit outside the
/// cohort that holds most of their set.
#[derive(Clone)]
pub struct PartsTracker {
    sets: Arc<[Vec<ManagerId>]>,
    set_of: Arc<[u32]>,
    scope: Scope,
    cohorts: usize,
    /// By set, then cohort: how many members of the set sit there.
    counts: Vec<u16>,
}

impl PartsTracker {
    /// A tracker with nobody seated. Sets of one manager are left out: they cannot be split, and so cost no time.
    pub fn new<'a>(facts: &Facts, sets: impl Iterator<Item = &'a [ManagerId]>, scope: Scope) -> PartsTracker {
        let sets: Vec<Vec<ManagerId>> = sets.filter(|set| set.len() > 1).map(<[ManagerId]>::to_vec).collect();
        let mut set_of = vec![NONE; facts.managers.len()];
        for (number, set) in sets.iter().enumerate() {
            set.iter().for_each(|manager| set_of[manager.index()] = number as u32);
        }
        let cohorts = facts.cohorts.len();
        let counts = vec![0; sets.len() * cohorts];
        PartsTracker { sets: sets.into(), set_of: set_of.into(), scope, cohorts, counts }
    }

    /// By how much a set's amount changes when its counts change as `changes` says. The time grows with the size of
    /// the set, not with the number of cohorts.
    fn change(&self, draft: &Draft, set: u32, changes: &[(u32, CohortId, i64)]) -> i64 {
        let own = || changes.iter().filter(|change| change.0 == set && self.scope.has(change.1));
        let count = |cohort: CohortId| i64::from(self.counts[set as usize * self.cohorts + cohort.index()]);
        let count_after = |cohort: CohortId| {
            count(cohort) + own().filter(|change| change.1 == cohort).map(|change| change.2).sum::<i64>()
        };
        let seats = || self.sets[set as usize].iter().filter_map(|&manager| draft.seat(manager));
        let parts = || seats().filter(|&cohort| self.scope.has(cohort));
        let largest = parts().map(count).max().unwrap_or(0);
        let largest_after = parts().chain(own().map(|change| change.1)).map(count_after).max().unwrap_or(0);
        own().map(|change| change.2).sum::<i64>() - (largest_after - largest)
    }

    fn changes(&self, exchanges: &[Exchange]) -> SmallVec<[(u32, CohortId, i64); 6]> {
        let mut changes = SmallVec::new();
        for exchange in exchanges {
            for (manager, sign) in [(exchange.out, -1), (exchange.into, 1)] {
                let set = manager.map_or(NONE, |manager| self.set_of[manager.index()]);
                if set != NONE {
                    changes.push((set, exchange.cohort, sign));
                }
            }
        }
        changes
    }
}

impl Tracker for PartsTracker {
    fn reacts(&self) -> Reacts {
        if self.sets.is_empty() { Reacts::Nothing } else { Reacts::Seats }
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_seats(&self, _: &Facts, draft: &Draft, exchanges: &[Exchange]) -> i64 {
        let changes = self.changes(exchanges);
        let is_first = |&(index, change): &(usize, &(u32, CohortId, i64))| {
            changes[..index].iter().all(|before| before.0 != change.0)
        };
        changes.iter().enumerate().filter(is_first).map(|(_, change)| self.change(draft, change.0, &changes)).sum()
    }

    fn commit_seats(&mut self, _: &Facts, _: &Draft, exchanges: &[Exchange]) {
        for (set, cohort, sign) in self.changes(exchanges) {
            let count = &mut self.counts[set as usize * self.cohorts + cohort.index()];
            *count = count.wrapping_add_signed(sign as i16);
        }
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}
