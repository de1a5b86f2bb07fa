//! `attendance`: members who cannot come to a session of their cohort.
//!
//! A manager away on a Tuesday costs 1 for a full session on it, and 1 for a half one in a half day that is missed.

use super::{Args, RuleKind, Scope};
use crate::calendar::Part;
use crate::draft::{Booking, Draft, Exchange, Sitting};
use crate::facts::{Facts, half_mask};
use crate::ids::{CohortId, ManagerId, ModuleId, RunId};
use crate::plan::Plan;
use crate::term::{Finding, Place, Reacts, Term, Tracker};

pub(super) const KIND: RuleKind = RuleKind {
    kind: "attendance",
    summary: "sessions that a manager cannot attend",
    keys: &[],
    mixed_only: false,
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

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        let days = facts.slots.days;
        let absent = vec![0; facts.cohorts.len() * days * PARTS];
        Box::new(AttendanceTracker { scope: self.scope.clone(), days, absent })
    }
}

/// Entries of a day: absent in the morning, in the afternoon, in either.
const PARTS: usize = 3;

#[derive(Clone)]
struct AttendanceTracker {
    scope: Scope,
    days: usize,
    /// By cohort, day and part: how many members miss such a session.
    absent: Vec<u16>,
}

impl AttendanceTracker {
    #[inline]
    fn absent(&self, cohort: CohortId, sitting: Sitting) -> i64 {
        let part = match sitting.part {
            Part::Am => 0,
            Part::Pm => 1,
            Part::Full => 2,
        };
        i64::from(self.absent[(cohort.index() * self.days + sitting.day as usize) * PARTS + part])
    }

    fn missed(&self, cohort: CohortId, booking: &Booking) -> i64 {
        booking.sittings.iter().map(|&sitting| self.absent(cohort, sitting)).sum()
    }

    fn count(&mut self, facts: &Facts, cohort: CohortId, manager: ManagerId, sign: i16) {
        let row = &mut self.absent[cohort.index() * self.days * PARTS..(cohort.index() + 1) * self.days * PARTS];
        for (day, halves) in facts.slots.absent.days(manager.index()) {
            for (entry, part) in [Part::Am, Part::Pm, Part::Full].into_iter().enumerate() {
                if halves & half_mask(part) != 0 {
                    let count = &mut row[day * PARTS + entry];
                    *count = count.wrapping_add_signed(sign);
                }
            }
        }
    }
}

impl Tracker for AttendanceTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Both
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_seats(&self, facts: &Facts, draft: &Draft, exchanges: &[Exchange]) -> i64 {
        let mut change = 0;
        for exchange in exchanges.iter().filter(|exchange| self.scope.has(exchange.cohort)) {
            let sittings = || draft.bookings(exchange.cohort).iter().flat_map(|booking| booking.sittings.iter());
            let missed = |manager: ManagerId| {
                let row = facts.slots.absent.row(manager.index());
                sittings().filter(|sitting| row.any(sitting.day as usize, sitting.part)).count() as i64
            };
            change += exchange.into.map_or(0, missed) - exchange.out.map_or(0, missed);
        }
        change
    }

    fn commit_seats(&mut self, facts: &Facts, _: &Draft, exchanges: &[Exchange]) {
        for exchange in exchanges {
            if !self.scope.has(exchange.cohort) {
                continue;
            }
            if let Some(out) = exchange.out {
                self.count(facts, exchange.cohort, out, -1);
            }
            if let Some(into) = exchange.into {
                self.count(facts, exchange.cohort, into, 1);
            }
        }
    }

    fn price_booking(&self, facts: &Facts, draft: &Draft, run: RunId, booking: &Booking) -> i64 {
        let cohort = facts.cohort_of(run);
        if !self.scope.has(cohort) {
            return 0;
        }
        self.missed(cohort, booking) - self.missed(cohort, draft.booking(run))
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}
