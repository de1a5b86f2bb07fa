//! What the cohorts of managers without a leadership group cost together, where they are few, when it is looked at who can
//! come to which.
//!
//! What a cohort's dates cost hangs together with who sits in it, so what all plans cost is more than the least of seats and
//! the least of timelines. Here a timeline is chosen for each cohort, and for each such choice the managers are dealt to the
//! cohorts ([`by_dates`](super::by_dates)): what that costs more than was counted for seats alone comes on top.

use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;

use super::Tolled;
use super::by_dates::{NOT_CHOSEN, SeatsByDates};
use super::dealing::{Dealing, most_listed, most_looked};
use super::seats::{MOST_COHORTS, MOST_MANAGERS};
use super::timetables::{Lister, Timetable};
use crate::bound::charges::Charges;
use crate::bound::prices::CLOSED;
use crate::facts::Facts;
use crate::ids::{CohortId, ManagerId, WaveId};

/// Measured: to look whether timelines go together takes so many times as long when it is asked who can come.
const A_LOOK: usize = 8;

/// The cohorts that managers without a group can be in, where nobody else can.
pub struct Mixed<'a> {
    /// The problem.
    pub facts: &'a Facts,
    /// Its rules.
    pub charges: &'a Charges<'a>,
    /// The cohorts, each with its wave.
    pub cohorts: Vec<(CohortId, WaveId)>,
    /// Who is in them.
    pub managers: Vec<ManagerId>,
    /// By cohort: those of them whose absences are counted with its timelines, since they can be in no other.
    pub certain: Vec<&'a [ManagerId]>,
}

impl<'a> Mixed<'a> {
    /// `None` where they or the managers are too many, where they are just one, or somebody can be both in one of them and
    /// elsewhere.
    pub fn of(at: &Tolled<'a>, charges: &'a Charges<'a>) -> Option<Mixed<'a>> {
        let facts = at.facts;
        let has_group = |manager: &ManagerId| facts.managers[manager.index()].group.is_some();
        let (grouped, managers): (Vec<ManagerId>, Vec<ManagerId>) = facts.eligible().partition(has_group);
        // All without a group are taken by the same waves.
        let takes = |wave: WaveId, some: &[ManagerId]| some.first().is_some_and(|&manager| facts.takes(wave, manager));
        let waves: Vec<WaveId> =
            (0..facts.waves.len()).map(WaveId::new).filter(|&wave| takes(wave, &managers)).collect();
        let of_wave = |&wave: &WaveId| facts.waves[wave.index()].cohorts.iter().map(move |&cohort| (cohort, wave));
        let cohorts: Vec<(CohortId, WaveId)> = waves.iter().flat_map(of_wave).collect();
        let are_few = (2..=MOST_COHORTS).contains(&cohorts.len()) && managers.len() <= MOST_MANAGERS;
        if !are_few || waves.iter().any(|&wave| takes(wave, &grouped)) {
            return None;
        }
        let certain = cohorts.iter().map(|&(_, wave)| &at.columns.stall(wave).certain[..]).collect();
        Some(Mixed { facts, charges, cohorts, managers, certain })
    }

    /// Whether cohorts of the wave are among them.
    pub fn has(&self, wave: WaveId) -> bool {
        self.cohorts.iter().any(|&(_, of)| of == wave)
    }

    /// How many thousandths they cost at the least beyond the cheapest timeline for each and the least of their seats.
    pub fn more(&self, at: &Tolled, effort: usize, stop: &AtomicBool) -> i64 {
        let least = |&(_, wave): &(CohortId, WaveId)| at.columns.cheapest_of_each(wave, at.fares, at.market)[0];
        let least: Vec<i64> = self.cohorts.iter().map(least).collect();
        if least.iter().any(|&least| least >= CLOSED) {
            return 0;
        }
        let seats = SeatsByDates::of(self, at.columns, effort, stop);
        let list = |cohort: usize, more: i64, many: usize| {
            let absences = |path: &[usize], below: i64| {
                let mut choice = [NOT_CHOSEN; MOST_COHORTS];
                choice[cohort] = seats.number(cohort, path);
                match seats.cost(choice, below) < below {
                    _ if seats.is_over() => ControlFlow::Break(()),
                    is_below => ControlFlow::Continue(is_below.then_some(choice[cohort])),
                }
            };
            let lister = Lister { at, wave: self.cohorts[cohort].1, absences: &absences };
            // Such a cohort takes no groups: there is one party.
            lister.list(0, least[cohort], more, many)
        };
        let besides = |held: &[(usize, &Timetable)], below: i64| {
            let mut choice = [NOT_CHOSEN; MOST_COHORTS];
            held.iter().for_each(|&(cohort, timetable)| choice[cohort] = timetable.absences);
            seats.cost(choice, below)
        };
        // Each cohort is a party of its own, as if it had a group that no other has.
        let parties = (0..self.cohorts.len()).map(|cohort| (1 << cohort, 0)).collect();
        let looks = most_looked(effort) / A_LOOK;
        let mut dealing = Dealing::new(self.facts, parties, self.cohorts.len(), looks, stop, &besides);
        dealing.prove((1 << self.cohorts.len()) - 1, most_listed(effort), &list)
    }
}
