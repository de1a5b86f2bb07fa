//! Terms: the planner's rules, and what every plan must obey. A term states its meaning twice: [`Term::findings`]
//! counts plainly on a finished plan, and is all that the checker uses; [`Term::tracker`] follows edits, and is all
//! that the search uses. A law test holds the two together. [`Term::at_least`] is the term's lower bound, and all
//! that the bound uses.

mod least;
mod swaps;
mod tracker;

pub use least::{AtLeast, ByClass, Placed, Seated, Timed, Worked};
pub use swaps::{FirstSwap, SWAPS, SwapOffer, SwapOffers, Swaps, swap};
pub use tracker::{Reacts, Tracker, first_one_within, price_one_by_one};

use crate::facts::Facts;
use crate::ids::{AttributeId, CohortId, ConsultantId, ManagerId, ModuleId, RoomId};
use crate::plan::Plan;

/// The place of a finding; a field is `None` where the finding has no such place.
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
    /// How much of the term's amount it explains; never zero.
    pub amount: i64,
    /// A sentence for the planner, with the names and numbers.
    pub message: String,
    /// Where it is.
    pub place: Place,
}

/// The meaning of one rule, or of one thing that every plan must obey.
pub trait Term: Send + Sync + std::fmt::Debug {
    /// All reasons for the term's amount on this plan, counted plainly. Their amounts add up to the term's amount.
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding>;

    /// A tracker of the same amount, which follows edits from the empty draft on.
    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker>;

    /// A lower bound on the amount over all valid plans (hard = 0), derived without looking at a plan. It may ignore
    /// pins and everything else that can only make plans more expensive. A term whose amount can fall below zero must
    /// override this. A hard term with a lower bound above zero proves that no plan is valid.
    fn at_least(&self, _facts: &Facts) -> AtLeast<'_> {
        AtLeast::Amount(0, "the amount is never below zero".into())
    }

    /// The term's amount on this plan.
    fn amount(&self, facts: &Facts, plan: &Plan) -> i64 {
        self.findings(facts, plan).iter().map(|finding| finding.amount).sum()
    }
}

/// A term of a problem, with its name in reports and its weight.
#[derive(Debug)]
pub struct Posed {
    /// The built-in term's name, or the rule's `kind`, with `:attribute` where it has one.
    pub name: String,
    /// What it counts, in a few words for the planner.
    pub summary: &'static str,
    /// The weight; `None` when the term is hard.
    pub weight: Option<i64>,
    /// The attribute by which it mixes cohorts, if it mixes them.
    pub mixes_by: Option<AttributeId>,
    /// Whether it compares the plan with an earlier one.
    pub looks_back: bool,
    /// The largest absolute amount that a plan can have, as its kind of rule states it; `None` for a built-in term.
    pub most: Option<i64>,
    /// Its meaning.
    pub term: Box<dyn Term>,
}
