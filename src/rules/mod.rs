//! The rules that a planner can write: one file each, and one line each in [`RULES`].

mod affinity;
mod amounts;
mod apart;
mod args;
mod attendance;
mod avoid;
mod continuity;
mod counts;
mod coverage;
mod deal;
mod dense;
mod early;
mod gap;
mod limits;
mod links;
mod max_count;
mod max_share;
mod min_distinct;
mod most;
pub mod parts;
pub mod per_run;
mod places;
mod preference;
mod room_cost;
mod scope;
mod spread;
mod stability;
mod sums;
mod together;
mod workload;

pub use args::{Args, Key, KeyKind, Limit, Need, Share};
pub use scope::Scope;
pub use stability::changes;

use crate::facts::Facts;
use crate::term::Term;

/// One kind of rule. Reading, "did you mean", documentation, checking, searching and the laws follow from this.
#[derive(Debug)]
pub struct RuleKind {
    /// The value of `kind`.
    pub kind: &'static str,
    /// What it counts, in a few words for people; the exact amount stands in the rule's file.
    pub summary: &'static str,
    /// The keys it takes besides `kind`, `hard`, `weight` and `waves`.
    pub keys: &'static [Key],
    /// Without `waves`: only the waves whose members are `others` or `all`, rather than all waves.
    pub mixed_only: bool,
    /// What the amount is at the most, either way, with these keys.
    pub most: fn(&Facts, &Args) -> i64,
    /// Makes the term; the reader has seen to it that the keys are there and good.
    pub build: fn(&Facts, Args) -> Box<dyn Term>,
}

/// Every kind of rule there is, in the order of the format's reference.
pub const RULES: &[RuleKind] = &[
    max_share::KIND,
    max_count::KIND,
    min_distinct::KIND,
    spread::KIND,
    apart::KIND,
    together::KIND,
    affinity::KIND,
    attendance::KIND,
    preference::KIND,
    coverage::KIND,
    avoid::KIND,
    gap::KIND,
    continuity::KIND,
    room_cost::KIND,
    workload::KIND,
    early::KIND,
    stability::KIND,
];
