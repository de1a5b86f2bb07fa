//! What a rule is. A term says its meaning twice: [`Term::findings`] counts plainly on a finished plan, and is all that
//! the checker knows; [`Term::tracker`] follows edits, and is all that the search knows. One law test holds them together.
//! What it counts at the least ([`Term::at_least`]) is all that the bound knows.

mod least;
mod swaps;
mod tracker;

pub use least::{AtLeast, ByClass, Placed, Seated, Timed, Worked};
pub use swaps::{FirstSwap, SWAPS, SwapOffer, SwapOffers, Swaps, swap};
pub use tracker::{Reacts, Tracker, first_one_within, price_one_by_one};

use crate::facts::Facts;
use crate::ids::{AttributeId, CohortId, ConsultantId, ManagerId, ModuleId, RoomId};
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

/// A term as it stands in a problem: its name in reports, and what it weighs.
#[derive(Debug)]
pub struct Posed {
    /// The built-in term's name, or the rule's `kind`, with `:attribute` where it has one.
    pub name: String,
    /// What it counts, in a few words for people.
    pub summary: &'static str,
    /// The weight; `None` when the term is hard.
    pub weight: Option<i64>,
    /// The attribute by which it mixes cohorts, if it does.
    pub mixes_by: Option<AttributeId>,
    /// Whether it compares with an earlier plan.
    pub looks_back: bool,
    /// What its amount is at the most, either way, as its kind of rule says; `None` for a built-in term.
    pub most: Option<i64>,
    /// What it means.
    pub term: Box<dyn Term>,
}
