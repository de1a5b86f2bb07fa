//! What the cohorts of managers without a leadership group cost together, where they are few, when it is looked at who can
//! come to which.
//!
//! What a cohort's dates cost hangs together with who sits in it, so what all plans cost is more than the least of seats and
//! the least of timelines. Here a timeline is chosen for each cohort, and for each such choice the managers are dealt to the
//! cohorts ([`seated`](super::seated)): what that costs more than was counted for seats alone comes on top. For how many
//! managers that is exact depends on how far apart the bound and the plans are: all problems tried with one or two such
//! cohorts were solved, of those with three some.

use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;

use super::Tolled;
use super::dealing::{Dealing, most_listed, most_looked};
use super::seated::{NOT_CHOSEN, Seated};
use super::seats::MOST_COHORTS;
use super::timetables::{Lister, Timetable};
use crate::bound::charges::Charges;
use crate::bound::only;
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
    pub counted: Vec<Vec<ManagerId>>,
}

impl<'a> Mixed<'a> {
    /// `None` where they are one or too many, or somebody can be both in one of them and elsewhere.
    pub fn of(facts: &'a Facts, charges: &'a Charges<'a>) -> Option<Mixed<'a>> {
        let has_group = |manager: &ManagerId| facts.managers[manager.index()].group.is_some();
        let (grouped, managers): (Vec<ManagerId>, Vec<ManagerId>) = facts.eligible().partition(has_group);
        // All without a group are taken by the same waves.
        let takes = |wave: WaveId, some: &[ManagerId]| some.first().is_some_and(|&manager| facts.takes(wave, manager));
        let waves: Vec<WaveId> =
            (0..facts.waves.len()).map(WaveId::new).filter(|&wave| takes(wave, &managers)).collect();
        let of_wave = |&wave: &WaveId| facts.waves[wave.index()].cohorts.iter().map(move |&cohort| (cohort, wave));
        let cohorts: Vec<(CohortId, WaveId)> = waves.iter().flat_map(of_wave).collect();
        if !(2..=MOST_COHORTS).contains(&cohorts.len()) || waves.iter().any(|&wave| takes(wave, &grouped)) {
            return None;
        }
        let counted = cohorts.iter().map(|&(_, wave)| only::members(facts, wave, &[])).collect();
        Some(Mixed { facts, charges, cohorts, managers, counted })
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
        let seated = Seated::of(self, at.columns, effort, stop);
        let list = |cohort: usize, more: i64, many: usize| {
            let absences = |path: &[usize], below: i64| {
                let mut choice = [NOT_CHOSEN; MOST_COHORTS];
                choice[cohort] = seated.number(cohort, path);
                match seated.cost(choice, below) < below {
                    _ if seated.is_over() => ControlFlow::Break(()),
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
            seated.cost(choice, below)
        };
        // Each cohort is a party of its own, as if it had a group that no other has.
        let parties = (0..self.cohorts.len()).map(|cohort| (1 << cohort, 0)).collect();
        let looks = most_looked(effort) / A_LOOK;
        let mut dealing = Dealing::new(self.facts, parties, self.cohorts.len(), looks, stop, &besides);
        dealing.prove((1 << self.cohorts.len()) - 1, most_listed(effort), &list)
    }
}
