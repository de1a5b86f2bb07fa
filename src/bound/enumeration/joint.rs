//! What mixed cohorts cost together, timelines and members jointly.
//!
//! What a cohort's dates cost depends on who sits in it, so all plans cost more than the least of the seats plus the least of
//! the timelines. Here a timeline is chosen for each cohort, and for each such choice the managers are assigned to the cohorts
//! ([`assignment_by_dates`](super::assignment_by_dates)): what that costs more than was counted for seats alone comes on top.

use crate::bound::interrupt::Interrupt;
use std::ops::ControlFlow;

use super::assignment::MOST_COHORTS;
use super::assignment_by_dates::{AssignmentByDates, NOT_CHOSEN};
use super::mixed_cohorts::MixedCohorts;
use super::partition::Partition;
use super::timelines::{ListedTimeline, TimelineLister};
use super::work::{listed, looks};
use crate::bound::costs::INFEASIBLE;
use crate::bound::relaxation::column_generation::Relaxation;
use crate::ids::{CohortId, WaveId};

/// Measured: to try whether timelines fit together takes as many times as long when it is asked who can come.
const LOOKS_A_TRY: usize = 8;

/// How many thousandths the cohorts cost at least beyond the cheapest timeline for each and the least of their seats.
pub fn more(mixed: &MixedCohorts, relaxation: &Relaxation, effort: usize, interrupt: &Interrupt) -> i64 {
    let Relaxation { pricing, costs, capacity, .. } = relaxation;
    let least = |&(_, wave): &(CohortId, WaveId)| pricing.cheapest_of_each(wave, costs, capacity)[0];
    let least: Vec<i64> = mixed.cohorts.iter().map(least).collect();
    if least.iter().any(|&least| least >= INFEASIBLE) {
        return 0;
    }
    let seats = AssignmentByDates::of(mixed, pricing, effort, interrupt);
    let list = |cohort: usize, more: i64, most: usize| {
        let absences = |path: &[usize], below: i64| {
            let mut choice = [NOT_CHOSEN; MOST_COHORTS];
            choice[cohort] = seats.number(cohort, path);
            match seats.cost(choice, below) < below {
                _ if seats.is_over() => ControlFlow::Break(()),
                is_below => ControlFlow::Continue(is_below.then_some(choice[cohort])),
            }
        };
        let lister = TimelineLister { relaxation, wave: mixed.cohorts[cohort].1, absences: &absences };
        // Such a cohort takes no groups: there is one set of groups, the empty one.
        lister.list(0, least[cohort], more, most)
    };
    let extra = |held: &[(usize, &ListedTimeline)], below: i64| {
        let mut choice = [NOT_CHOSEN; MOST_COHORTS];
        held.iter().for_each(|&(cohort, timeline)| choice[cohort] = timeline.absences);
        seats.cost(choice, below)
    };
    // Each cohort counts as a group of its own, so that it is in the partition once.
    let sets = (0..mixed.cohorts.len()).map(|cohort| (1 << cohort, 0)).collect();
    let looks = looks(effort) / LOOKS_A_TRY;
    let mut partition = Partition::new(mixed.facts, sets, mixed.cohorts.len(), looks, interrupt, &extra);
    partition.prove((1 << mixed.cohorts.len()) - 1, listed(effort), &list)
}
