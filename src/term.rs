//! What a rule is. A term says its meaning twice: [`Term::findings`] counts plainly on a finished plan, and is all that
//! the checker knows; [`Term::tracker`] follows edits, and is all that the search knows. One law test holds them together.

use std::borrow::Cow;
use std::ops::Range;

use crate::draft::{Booking, Draft, Exchange, Sitting};
use crate::facts::Facts;
use crate::ids::{CohortId, ConsultantId, ManagerId, ModuleId, RoomId, RunId, WaveId};
use crate::offers::{Offer, Offers, Tried, swap};
use crate::plan::Plan;

/// Where a finding lies, as far as it has a place.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Place {
    /// The cohort.
    pub cohort: Option<CohortId>,
    /// The module.
    pub module: Option<ModuleId>,
    /// The manager.
    pub manager: Option<ManagerId>,
    /// The room.
    pub room: Option<RoomId>,
    /// The consultant.
    pub consultant: Option<ConsultantId>,
}

/// One reason for a term's amount.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// Its share of the amount, never zero.
    pub amount: i64,
    /// A sentence for the planner, with the names and numbers.
    pub message: String,
    /// Where it is.
    pub place: Place,
}

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

    /// What one more of a class counts in a cohort of the wave beside so many others.
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
    /// What one more date counts beside so many; no less than the one before did.
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

    /// For so many days between a module and the one before.
    fn gap(&self, _facts: &Facts, _wave: WaveId, _module: ModuleId, _days: i64) -> i64 {
        0
    }

    /// For the last session of a module on this day (see [`Slots`](crate::facts::Slots)).
    fn end(&self, _facts: &Facts, _wave: WaveId, _module: ModuleId, _day: usize) -> i64 {
        0
    }

    /// For so many different consultants who lead the cohort's sessions.
    fn faces(&self, _facts: &Facts, _wave: WaveId, _different: usize) -> i64 {
        0
    }

    /// For a session that this member of the cohort is to come to.
    fn member(&self, _facts: &Facts, _wave: WaveId, _manager: ManagerId, _sitting: Sitting) -> i64 {
        0
    }
}

/// The meaning of one rule, or of one thing that every plan must obey.
pub trait Term: Send + Sync + std::fmt::Debug {
    /// Every reason for the term's amount on this plan, counted plainly. The amounts add up to the term's amount.
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding>;

    /// The same amount, following edits from the empty draft on.
    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker>;

    /// What the amount is at the least on every valid plan (hard = 0), proved without looking at one. Pins may be
    /// ignored, and so may all that makes a plan dearer; a term whose amount can fall below zero must say so here. A term
    /// that is hard and above zero at the least proves that no plan is valid.
    fn at_least(&self, _facts: &Facts) -> AtLeast<'_> {
        AtLeast::Amount(0, "the amount is never below zero".into())
    }

    /// The term's amount on this plan.
    fn amount(&self, facts: &Facts, plan: &Plan) -> i64 {
        self.findings(facts, plan).iter().map(|finding| finding.amount).sum()
    }
}

/// Which edits can change an amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reacts {
    /// Only changes of seats.
    Seats,
    /// Only bookings.
    Bookings,
    /// Both, each for itself.
    Both,
    /// Both, by who is to be where and when: what dates cost depends on who sits where, and swaps may mend it.
    Presence,
    /// Neither: there is nothing to follow, and the amount stays as it starts.
    Nothing,
}

impl Reacts {
    /// Whether changes of seats matter.
    #[inline]
    pub fn to_seats(self) -> bool {
        matches!(self, Reacts::Seats | Reacts::Both | Reacts::Presence)
    }

    /// Whether bookings matter.
    #[inline]
    pub fn to_bookings(self) -> bool {
        matches!(self, Reacts::Bookings | Reacts::Both | Reacts::Presence)
    }
}

/// So many swaps at the most are priced at a time.
pub const SWAPS: usize = 32;

/// Swaps of one manager with each of several members of another cohort, instead of each other.
#[derive(Clone, Debug)]
pub struct Swaps {
    /// The manager.
    pub manager: ManagerId,
    /// The cohort in which the manager sits.
    pub from: CohortId,
    /// Another cohort.
    pub to: CohortId,
    /// The places of the partners among the members of the other cohort; at most [`SWAPS`].
    pub places: Range<usize>,
}

impl Swaps {
    /// The partners, on the draft as it is.
    #[inline]
    pub fn partners<'d>(&self, draft: &'d Draft) -> &'d [ManagerId] {
        &draft.members(self.to)[self.places.clone()]
    }

    /// The swap with one of the partners.
    #[inline]
    pub fn exchanges(&self, partner: ManagerId) -> [Exchange; 2] {
        swap((self.manager, self.from), (partner, self.to))
    }
}

/// Follows the amount of one term through edits.
///
/// `price_*` says by how much the amount would change if the edit were made on `draft`, without making it; `commit_*`
/// makes it. Both see the draft as it is before the edit. The tracker keeps only counts of its own; the amount itself
/// is kept by the caller: [`Tracker::start`], plus all prices.
pub trait Tracker: Send + Sync {
    /// Which edits matter. Edits of the other kind are never shown.
    fn reacts(&self) -> Reacts;

    /// Whether the amount can change, or anything that is kept, when managers of different cohorts exchange seats and as many
    /// sit in each cohort as before.
    fn minds_swaps(&self) -> bool {
        self.reacts().to_seats()
    }

    /// The amount on the empty draft.
    fn start(&self, facts: &Facts) -> i64;

    /// The change of the amount under a change of seats; every cohort stands at most once in `exchanges`.
    fn price_seats(&self, _facts: &Facts, _draft: &Draft, _exchanges: &[Exchange]) -> i64 {
        0
    }

    /// Adds to the costs what each of the swaps would, at so much for each change of the amount by 1.
    fn price_swaps(&self, facts: &Facts, draft: &Draft, swaps: &Swaps, unit: i64, costs: &mut [i64]) {
        price_one_by_one(self, facts, draft, swaps, unit, costs);
    }

    /// The first swap on offer with a partner who suits, at `unit` for each change of the amount by 1, that costs no more
    /// than it may. All cohorts of a manager are looked at on one budget.
    fn first_within(&mut self, facts: &Facts, draft: &Draft, unit: i64, offers: &mut Offers) -> Tried {
        first_one_within(self, facts, draft, unit, offers)
    }

    /// Follows a change of seats.
    fn commit_seats(&mut self, _facts: &Facts, _draft: &Draft, _exchanges: &[Exchange]) {}

    /// The change of the amount if `run` were booked as `booking`.
    fn price_booking(&self, _facts: &Facts, _draft: &Draft, _run: RunId, _booking: &Booking) -> i64 {
        0
    }

    /// Follows a booking.
    fn commit_booking(&mut self, _facts: &Facts, _draft: &Draft, _run: RunId, _booking: &Booking) {}

    /// A copy for another island.
    fn boxed_clone(&self) -> Box<dyn Tracker>;
}

/// What [`Tracker::price_swaps`] says, by way of [`Tracker::price_seats`].
pub fn price_one_by_one<T: Tracker + ?Sized>(
    tracker: &T,
    facts: &Facts,
    draft: &Draft,
    swaps: &Swaps,
    unit: i64,
    costs: &mut [i64],
) {
    for (&partner, cost) in swaps.partners(draft).iter().zip(costs) {
        *cost += unit * tracker.price_seats(facts, draft, &swaps.exchanges(partner));
    }
}

/// What [`Tracker::first_within`] says, by way of [`Tracker::price_seats`].
pub fn first_one_within<T: Tracker + ?Sized>(
    tracker: &T,
    facts: &Facts,
    draft: &Draft,
    unit: i64,
    offers: &mut Offers,
) -> Tried {
    Tried::one_by_one(draft, offers, false, |offers, Offer { manager, from, most, .. }, to| {
        let price = |partner| unit * tracker.price_seats(facts, draft, &swap((manager, from), (partner, to)));
        draft.members(to).iter().position(|&partner| price(partner) <= most && offers.suits(from, partner))
    })
}

impl Clone for Box<dyn Tracker> {
    fn clone(&self) -> Self {
        self.boxed_clone()
    }
}

/// A term as it stands in a problem: its name in reports, and what it weighs.
#[derive(Debug)]
pub struct Posed {
    /// The built-in term's name, or the rule's `kind`, with `:attribute` where it has one.
    pub name: String,
    /// What it counts, in a few words for people.
    pub summary: &'static str,
    /// The weight; `None` when the term is hard.
    pub weight: Option<i64>,
    /// What it means.
    pub term: Box<dyn Term>,
}
