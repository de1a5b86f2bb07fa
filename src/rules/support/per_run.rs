//! Trackers of rules whose amount is a sum over runs or over cohorts, each counted on its own.

use super::scope::Scope;
use crate::draft::{Booking, Draft};
use crate::facts::Facts;
use crate::ids::RunId;
use crate::term::{Reacts, Tracker};

/// The parts of a booking on which an amount depends. While they stay the same, the amount does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DependsOn {
    /// Only the times.
    Times,
    /// The times and the room.
    TimesAndRoom,
    /// The times and the team.
    TimesAndTeam,
}

impl DependsOn {
    #[inline]
    fn stays(self, before: &Booking, after: &Booking) -> bool {
        match self {
            DependsOn::Times => before.sittings == after.sittings,
            DependsOn::TimesAndRoom => before.room == after.room && before.sittings == after.sittings,
            DependsOn::TimesAndTeam => before.team == after.team && before.sittings == after.sittings,
        }
    }
}

/// Follows a sum of `amount` over the bookings of the cohorts in scope.
#[derive(Clone)]
pub struct PerRun {
    /// The cohorts in scope.
    pub scope: Scope,
    /// What the amount depends on.
    pub depends_on: DependsOn,
    /// The amount of one booking of a run; 0 if the run is not booked.
    pub amount: fn(&Facts, RunId, &Booking) -> i64,
}

impl Tracker for PerRun {
    fn reacts(&self) -> Reacts {
        Reacts::Bookings
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_booking(&self, facts: &Facts, draft: &Draft, run: RunId, booking: &Booking) -> i64 {
        if self.depends_on.stays(draft.booking(run), booking) || !self.scope.has(facts.cohort_of(run)) {
            return 0;
        }
        (self.amount)(facts, run, booking) - (self.amount)(facts, run, draft.booking(run))
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}

/// Follows a sum of `amount` over the cohorts in scope, each counted from all its bookings.
#[derive(Clone)]
pub struct PerCohort {
    /// The cohorts in scope.
    pub scope: Scope,
    /// What the amount depends on.
    pub depends_on: DependsOn,
    /// The amount of a cohort whose bookings are those of the slice, but for the module with the given index, which
    /// has the given booking.
    pub amount: fn(&Facts, &[Booking], usize, &Booking) -> i64,
}

impl Tracker for PerCohort {
    fn reacts(&self) -> Reacts {
        Reacts::Bookings
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_booking(&self, facts: &Facts, draft: &Draft, run: RunId, booking: &Booking) -> i64 {
        let cohort = facts.cohort_of(run);
        if self.depends_on.stays(draft.booking(run), booking) || !self.scope.has(cohort) {
            return 0;
        }
        let (bookings, module) = (draft.bookings(cohort), facts.module_of(run).index());
        (self.amount)(facts, bookings, module, booking) - (self.amount)(facts, bookings, module, draft.booking(run))
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}

/// The bookings of a cohort, one of them replaced: that of the module with the index `changed`.
pub fn with_changed<'a>(
    bookings: &'a [Booking],
    changed: usize,
    booking: &'a Booking,
) -> impl Iterator<Item = &'a Booking> {
    bookings.iter().enumerate().map(move |(module, own)| if module == changed { booking } else { own })
}
