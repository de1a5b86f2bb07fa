//! What terms count at the least on every valid plan: the bound's raw material.

use std::borrow::Cow;

use crate::draft::Sitting;
use crate::facts::Facts;
use crate::ids::{ManagerId, ModuleId, RoomId, WaveId};

/// What a term's amount is at the least on every valid plan.
pub enum AtLeast<'a> {
    /// No valid plan has less, and why, in a few words for people.
    Amount(i64, Cow<'static, str>),
    /// As much at the least as all cohorts together, each by its members alone.
    Seats(&'a dyn Seated),
    /// As much as all managers together, each by the wave of the cohort.
    Managers(&'a dyn Placed),
    /// As much as the timelines of the cohorts are charged, one by one.
    Timelines(&'a dyn Timed),
    /// As much as all consultants together, each by the number of dates of work.
    Work(&'a dyn Worked),
}

/// A term whose amount is the sum of what it counts in each cohort by its members alone, never below zero; or more, where
/// cohorts that meet at the same time count together.
pub trait Seated: Sync {
    /// What it counts in a cohort of the wave that has these members and no others.
    fn cohort(&self, facts: &Facts, wave: WaveId, members: &[ManagerId]) -> i64;

    /// What all cohorts together count at the least on every valid plan, those of the waves left out for which
    /// `is_left_out` says so; and why.
    fn least(&self, facts: &Facts, is_left_out: &dyn Fn(WaveId) -> bool) -> (i64, Cow<'static, str>);

    /// The same as a count by classes, where it is one.
    fn by_class(&self) -> Option<&dyn ByClass> {
        None
    }
}

/// A term that counts how many of each class of managers (those who share a value, say) are in a cohort: for each further
/// one never less than for the one before.
pub trait ByClass: Sync {
    /// The managers of each class; one may be in several.
    fn classes(&self, facts: &Facts) -> Vec<Vec<ManagerId>>;

    /// What one more member of a class counts in a cohort of the wave that has `beside` others of the class.
    fn one_more(&self, facts: &Facts, wave: WaveId, class: &[ManagerId], beside: i64) -> i64;
}

/// A term whose amount is the sum of what it counts for each manager by the wave of the cohort, never below zero.
pub trait Placed: Sync {
    /// What it counts for the manager in a cohort of the wave.
    fn manager(&self, facts: &Facts, wave: WaveId, manager: ManagerId) -> i64;

    /// Why all managers together cannot count less than each does in the wave that suits best.
    fn why(&self) -> Cow<'static, str>;

    /// What the manager counts at the least on every valid plan.
    fn least(&self, facts: &Facts, manager: ManagerId) -> i64 {
        let waves = (0..facts.waves.len()).map(WaveId::new).filter(|&wave| facts.takes(wave, manager));
        waves.map(|wave| self.manager(facts, wave, manager)).min().unwrap_or(0)
    }

    /// What all managers together count at the least on every valid plan.
    fn least_of_all(&self, facts: &Facts) -> i64 {
        facts.eligible().map(|manager| self.least(facts, manager)).sum()
    }
}

/// A term whose amount is the sum of what it counts for each consultant by the dates on which the consultant works, never
/// below zero.
pub trait Worked: Sync {
    /// What one more date counts for a consultant who works on `dates` others; no less than the one before did.
    fn one_more(&self, dates: i64) -> i64;

    /// What all consultants together count at the least on every valid plan, and why.
    fn least(&self, facts: &Facts) -> (i64, Cow<'static, str>);
}

/// What a term charges each cohort for its own times, rooms, consultants and members, by the cohort's wave; never below
/// zero. On a valid plan the charges of all cohorts add up to no more than the term's amount.
pub trait Timed: Sync {
    /// For a session of a module in a room.
    fn sitting(&self, _facts: &Facts, _wave: WaveId, _module: ModuleId, _sitting: Sitting, _room: RoomId) -> i64 {
        0
    }

    /// For `days` days between the first date of a module and the last date of the one before.
    fn gap(&self, _facts: &Facts, _wave: WaveId, _module: ModuleId, _days: i64) -> i64 {
        0
    }

    /// For the last session of a module on this day (see [`Slots`](crate::facts::Slots)).
    fn end(&self, _facts: &Facts, _wave: WaveId, _module: ModuleId, _day: usize) -> i64 {
        0
    }

    /// For `different` different consultants who lead the cohort's sessions.
    fn faces(&self, _facts: &Facts, _wave: WaveId, _different: usize) -> i64 {
        0
    }

    /// For a session that this member of the cohort is to come to.
    fn member(&self, _facts: &Facts, _wave: WaveId, _manager: ManagerId, _sitting: Sitting) -> i64 {
        0
    }
}
