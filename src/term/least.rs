//! Lower bounds of terms: what a term's amount is at least on every valid plan. The bound of a problem is built from these.
//!
//! A term states its lower bound in the form that fits what its amount depends on: nothing that a plan decides
//! ([`AtLeast::Amount`]), members of cohorts ([`Seated`]), waves of managers ([`Placed`]), times, rooms and consultants of
//! cohorts ([`Timed`]), or dates of work of consultants ([`Worked`]). The bound adds up terms of one form before it
//! looks for the cheapest choice, and so gets closer than the sum of all terms' own minima. All figures here are amounts:
//! they are not yet multiplied by the term's weight.
//!
//! The law test `tests/least` holds every promise below against all plans of tiny problems.

use std::borrow::Cow;

use crate::draft::Sitting;
use crate::facts::Facts;
use crate::ids::{ManagerId, ModuleId, RoomId, WaveId};

/// A lower bound on a term's amount over all valid plans.
pub enum AtLeast<'a> {
    /// No valid plan has a smaller amount; with the reason, in a few words for the planner.
    Amount(i64, Cow<'static, str>),
    /// The amount is at least a sum over cohorts, each counted by its members alone.
    Seats(&'a dyn Seated),
    /// The amount is a sum over managers, each counted by the wave of the manager's cohort.
    Managers(&'a dyn Placed),
    /// The amount is at least a sum of charges for the times, rooms, consultants and members of each cohort.
    Timelines(&'a dyn Timed),
    /// The amount is a sum over consultants, each counted by the number of dates of work.
    Work(&'a dyn Worked),
}

/// A term whose amount is a sum over cohorts, each counted by its members alone and never below zero.
///
/// Where several cohorts have sessions at the same time the amount may be larger than the sum; without that it is equal.
pub trait Seated: Sync {
    /// The amount of a cohort of the wave with exactly these members.
    fn cohort(&self, facts: &Facts, wave: WaveId, members: &[ManagerId]) -> i64;

    /// A lower bound on the sum over all cohorts of a valid plan, without the cohorts of the waves for which `is_left_out`
    /// holds; with the reason, in a few words for the planner.
    fn least(&self, facts: &Facts, is_left_out: &dyn Fn(WaveId) -> bool) -> (i64, Cow<'static, str>);

    /// The same amounts as a count by classes of managers, if they can be counted so.
    fn by_class(&self) -> Option<&dyn ByClass> {
        None
    }
}

/// A term that counts the members of each class in a cohort. A class is a set of managers, such as those who share a value.
///
/// The amount of a cohort is the sum over its classes. It is convex in each: a further member of a class counts at least
/// as much as the one before, and never less than zero.
pub trait ByClass: Sync {
    /// The managers of each class. A manager may be in several classes.
    fn classes(&self, facts: &Facts) -> Vec<Vec<ManagerId>>;

    /// By how much the amount of a cohort of the wave grows when a member of `class` joins `beside` others of the class.
    fn one_more(&self, facts: &Facts, wave: WaveId, class: &[ManagerId], beside: i64) -> i64;
}

/// A term whose amount is exactly a sum over managers, each counted by the wave of the manager's cohort and never below
/// zero.
pub trait Placed: Sync {
    /// The amount of the manager in a cohort of the wave.
    fn manager(&self, facts: &Facts, wave: WaveId, manager: ManagerId) -> i64;

    /// The reason for [`Placed::least_of_all`], in a few words for the planner.
    fn why(&self) -> Cow<'static, str>;

    /// A lower bound on the manager's amount on a valid plan: the amount in the wave that suits the manager best, of those
    /// that take the manager.
    fn least(&self, facts: &Facts, manager: ManagerId) -> i64 {
        let waves = (0..facts.waves.len()).map(WaveId::new).filter(|&wave| facts.takes(wave, manager));
        waves.map(|wave| self.manager(facts, wave, manager)).min().unwrap_or(0)
    }

    /// A lower bound on the amount of all managers together on a valid plan.
    fn least_of_all(&self, facts: &Facts) -> i64 {
        facts.eligible().map(|manager| self.least(facts, manager)).sum()
    }
}

/// A term whose amount is exactly a sum over consultants, each counted by the number of dates on which the consultant works.
///
/// The amount of a consultant is zero without work, and convex: a further date counts at least as much as the one before,
/// and never less than zero.
pub trait Worked: Sync {
    /// By how much a consultant's amount grows with a further date of work, beside `dates` others.
    fn one_more(&self, dates: i64) -> i64;

    /// A lower bound on the amount of all consultants together on a valid plan; with the reason, in a few words for the
    /// planner.
    fn least(&self, facts: &Facts) -> (i64, Cow<'static, str>);
}

/// A term that charges each cohort for its own times, rooms, consultants and members; what other cohorts do does not
/// matter.
///
/// The charges of all cohorts of a valid plan add up to no more than the term's amount. No charge is below zero; a method
/// that a term does not override charges nothing.
pub trait Timed: Sync {
    /// The charge for one session: `sitting` is its day and part, `room` the room of its run.
    fn sitting(&self, _facts: &Facts, _wave: WaveId, _module: ModuleId, _sitting: Sitting, _room: RoomId) -> i64 {
        0
    }

    /// The charge for the gap before a module: `days` is its first date minus the last date of the module before, in
    /// calendar days.
    fn gap(&self, _facts: &Facts, _wave: WaveId, _module: ModuleId, _days: i64) -> i64 {
        0
    }

    /// The charge for ending a module on this day, the day of its last session. Days are numbered as in
    /// [`Slots`](crate::facts::Slots).
    fn end(&self, _facts: &Facts, _wave: WaveId, _module: ModuleId, _day: usize) -> i64 {
        0
    }

    /// The charge for meeting `different` different consultants in all modules of a cohort.
    fn faces(&self, _facts: &Facts, _wave: WaveId, _different: usize) -> i64 {
        0
    }

    /// The charge for one session and one member of the cohort, who may be unable to come.
    fn member(&self, _facts: &Facts, _wave: WaveId, _manager: ManagerId, _sitting: Sitting) -> i64 {
        0
    }
}
