//! The neighbourhoods: one file each, one line each in [`NEIGHBOURHOODS`]. A neighbourhood proposes edits and knows no
//! rule; what the edits cost is for the state to say.

mod cycle;
mod group;
mod regroup;
mod relocate;
mod replan;
mod reroom;
mod restaff;
mod retime;
mod seats;
mod shift;
mod swap;
mod trade;

pub use replan::replan_all;

use super::choices::Choices;
use super::trail::Trail;
use crate::budget::{Budget, Tolerance};
use crate::rng::Rng;
use crate::state::{Edit, State};

/// What a neighbourhood works with.
pub struct Context<'a, 'p> {
    /// The draft to change. A neighbourhood may attempt edits on it.
    pub state: &'a mut State<'p>,
    /// What there is to choose from.
    pub choices: &'a Choices,
    /// What the candidate may cost. A neighbourhood that looks at several may make the first that is no dearer.
    pub budget: Budget,
    /// Where further budgets come from. A neighbourhood that draws one leaves in `budget` that of what it makes.
    pub tolerance: Tolerance<'a>,
    /// How many candidates the neighbourhood has priced, 1 before: this is what counts as steps.
    pub candidates: usize,
    /// The island's own generator.
    pub rng: &'a mut Rng,
    /// Where a neighbourhood notes what it makes at once; `None`: it only proposes.
    pub trail: Option<&'a mut Trail>,
}

/// One way to change a plan.
#[derive(Debug)]
pub struct Neighbourhood {
    /// What it is called where it is measured; the name of its file.
    pub name: &'static str,
    /// How often it is tried, against the sum of all.
    pub share: usize,
    /// Whether the problem leaves it anything to do.
    pub applies: fn(&Choices) -> bool,
    /// Makes a candidate: what it has attempted on the state, and then `edits` (empty before). Neither: there is none.
    pub propose: fn(&mut Context, edits: &mut Vec<Edit>),
}

/// Every neighbourhood there is.
pub const NEIGHBOURHOODS: &[Neighbourhood] = &[
    swap::SWAP,
    relocate::RELOCATE,
    cycle::CYCLE,
    group::GROUP,
    retime::RETIME,
    reroom::REROOM,
    restaff::RESTAFF,
    shift::SHIFT,
    trade::TRADE,
    replan::REPLAN,
    regroup::REGROUP,
];
