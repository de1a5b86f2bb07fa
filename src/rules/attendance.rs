//! `attendance`: members who cannot come to a session of their cohort.
//!
//! A manager away on a Tuesday costs 1 for a full session on it, and 1 for a half one in a half day that is missed.

use std::sync::Arc;

use smallvec::SmallVec;

use super::support::per_run::with_changed;
use super::support::{Args, RuleKind, Scope, most};
use crate::calendar::Part;
use crate::draft::{Booking, Draft, Exchange, Sitting};
use crate::facts::{Facts, SlotBits};
use crate::ids::{CohortId, ManagerId, ModuleId, RunId, WaveId};
use crate::plan::Plan;
use crate::term::{AtLeast, Finding, Place, Reacts, Swaps, Term, Timed, Tracker};

pub(super) const KIND: RuleKind = RuleKind {
    kind: "attendance",
    summary: "sessions that a manager cannot attend",
    keys: &[],
    mixed_only: false,
    mixes: false,
    looks_back: false,
    most: |facts, _| most::managers(facts) * most::slots_of_one(facts),
    build: |_, args: Args| Box::new(Attendance { scope: args.scope }),
};

#[derive(Debug)]
struct Attendance {
    scope: Scope,
}

impl Term for Attendance {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut findings = Vec::new();
        for cohort in self.scope.cohorts() {
            let planned = &plan.cohorts[cohort.index()];
            let mut members = planned.members.clone();
            members.sort_unstable();
            members.dedup();
            for (module, run) in planned.runs.iter().enumerate() {
                for session in &run.sessions {
                    for &member in &members {
                        let manager = &facts.managers[member.index()];
                        if let Some(why) = session.slots().find_map(|(date, half)| manager.absence(date, half)) {
                            findings.push(Finding {
                                amount: 1,
                                message: format!(
                                    "{}: manager “{}” cannot attend “{}” on {} ({}): away {why}",
                                    facts.cohorts[cohort.index()].id,
                                    manager.id,
                                    facts.modules[module].id,
                                    session.date,
                                    session.part.name()
                                ),
                                place: Place {
                                    cohort: Some(cohort),
                                    module: Some(ModuleId::new(module)),
                                    manager: Some(member),
                                    ..Place::default()
                                },
                            });
                        }
                    }
                }
            }
        }
        findings
    }

    fn at_least(&self, _: &Facts) -> AtLeast<'_> {
        AtLeast::Timelines(self)
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        let days = facts.slots.days;
        Box::new(AttendanceTracker {
            scope: self.scope.clone(),
            days,
            absences: Arc::new(Absences::of(facts)),
            absent: vec![0; facts.cohorts.len() * days],
            held: vec![SmallVec::new(); facts.cohorts.len()],
        })
    }
}

impl Timed for Attendance {
    fn member(&self, facts: &Facts, wave: WaveId, manager: ManagerId, sitting: Sitting) -> i64 {
        let misses = facts.slots.is_absent(manager, sitting.day as usize, sitting.part);
        i64::from(misses && self.scope.looks_at(facts, wave))
    }
}

/// How many members are absent on a day: in the morning, in the afternoon and in either, 16 bits each.
type DayCounts = u64;

/// Where the count of those who miss such a session stands.
const fn shift(part: Part) -> u32 {
    match part {
        Part::Am => 0,
        Part::Pm => 16,
        Part::Full => 32,
    }
}

/// What somebody adds to the counts who is absent in these halves, as bits.
const ADDS: [DayCounts; 4] = {
    let [am, pm, full] = [1 << shift(Part::Am), 1 << shift(Part::Pm), 1 << shift(Part::Full)];
    [0, am + full, pm + full, am + pm + full]
};

/// For each manager, the days of absence, four times, with the halves added.
struct Absences {
    starts: Vec<u32>,
    days: Vec<u16>,
}

impl Absences {
    fn of(facts: &Facts) -> Absences {
        let (mut starts, mut days) = (vec![0], Vec::new());
        for manager in 0..facts.managers.len() {
            days.extend(facts.slots.absent.days(manager).map(|(day, halves)| (4 * day) as u16 + halves as u16));
            starts.push(days.len() as u32);
        }
        Absences { starts, days }
    }

    /// The days on which the manager is absent, with what that adds.
    #[inline]
    fn of_manager(&self, manager: ManagerId) -> impl Iterator<Item = (usize, DayCounts)> {
        let days = &self.days[self.starts[manager.index()] as usize..self.starts[manager.index() + 1] as usize];
        days.iter().map(|&day| (usize::from(day / 4), ADDS[usize::from(day % 4)]))
    }
}

#[derive(Clone)]
struct AttendanceTracker {
    scope: Scope,
    days: usize,
    absences: Arc<Absences>,
    /// By cohort and day: how many members are absent.
    absent: Vec<DayCounts>,
    /// By cohort: its sessions, as bits to hold against the absences of a manager.
    held: Vec<SmallVec<[SlotBits; 12]>>,
}

impl AttendanceTracker {
    #[inline]
    fn absent(&self, cohort: CohortId, sitting: Sitting) -> i64 {
        let counts = self.absent[cohort.index() * self.days + sitting.day as usize];
        i64::from((counts >> shift(sitting.part)) as u16)
    }

    /// How many sessions of the cohort the manager would miss.
    #[inline]
    fn misses(&self, facts: &Facts, cohort: CohortId, manager: ManagerId) -> i64 {
        if !self.scope.has(cohort) {
            return 0;
        }
        let row = facts.slots.absent.row(manager.index());
        self.held[cohort.index()].iter().map(|&bits| i64::from(row.has_any(bits))).sum()
    }

    /// How often members of the cohort would miss a session of the booking.
    fn missed(&self, cohort: CohortId, booking: &Booking) -> i64 {
        booking.sittings.iter().map(|&sitting| self.absent(cohort, sitting)).sum()
    }

    /// DayCounts a manager in, or out.
    fn count(&mut self, cohort: CohortId, manager: Option<ManagerId>, is_in: bool) {
        let Some(manager) = manager else { return };
        let row = &mut self.absent[cohort.index() * self.days..(cohort.index() + 1) * self.days];
        for (day, adds) in self.absences.of_manager(manager) {
            row[day] = if is_in { row[day].wrapping_add(adds) } else { row[day].wrapping_sub(adds) };
        }
    }
}

impl Tracker for AttendanceTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Presence
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_seats(&self, facts: &Facts, _: &Draft, exchanges: &[Exchange]) -> i64 {
        let mut change = 0;
        for exchange in exchanges {
            let misses = |manager| self.misses(facts, exchange.cohort, manager);
            change += exchange.into.map_or(0, misses) - exchange.out.map_or(0, misses);
        }
        change
    }

    fn price_swaps(&self, facts: &Facts, draft: &Draft, swaps: &Swaps, unit: i64, costs: &mut [i64]) {
        let &Swaps { manager, from, to, .. } = swaps;
        let moved = self.misses(facts, to, manager) - self.misses(facts, from, manager);
        for (&partner, cost) in swaps.partners(draft).iter().zip(costs) {
            *cost += unit * (moved + self.misses(facts, from, partner) - self.misses(facts, to, partner));
        }
    }

    fn commit_seats(&mut self, _: &Facts, _: &Draft, exchanges: &[Exchange]) {
        for exchange in exchanges {
            if self.scope.has(exchange.cohort) {
                self.count(exchange.cohort, exchange.out, false);
                self.count(exchange.cohort, exchange.into, true);
            }
        }
    }

    fn price_booking(&self, facts: &Facts, draft: &Draft, run: RunId, booking: &Booking) -> i64 {
        let (cohort, own) = (facts.cohort_of(run), draft.booking(run));
        if !self.scope.has(cohort) || own.sittings == booking.sittings {
            return 0;
        }
        self.missed(cohort, booking) - self.missed(cohort, own)
    }

    fn commit_booking(&mut self, facts: &Facts, draft: &Draft, run: RunId, booking: &Booking) {
        if draft.booking(run).sittings == booking.sittings {
            return;
        }
        let cohort = facts.cohort_of(run);
        let bookings = with_changed(draft.bookings(cohort), facts.module_of(run).index(), booking);
        let held = &mut self.held[cohort.index()];
        held.clear();
        let sittings = bookings.flat_map(|booking| &booking.sittings);
        held.extend(sittings.map(|sitting| SlotBits::of(sitting.day as usize, sitting.part)));
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}
