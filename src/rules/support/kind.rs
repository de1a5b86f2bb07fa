//! What a kind of rule declares.

use super::args::{Args, Key};
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
    /// Whether it mixes cohorts by its attribute, so that summaries tell who shares what.
    pub mixes: bool,
    /// Whether it compares with an earlier plan, and means nothing without one.
    pub looks_back: bool,
    /// What the amount is at the most, either way, with these keys.
    pub most: fn(&Facts, &Args) -> i64,
    /// Makes the term; the reader has seen to it that the keys are there and good.
    pub build: fn(&Facts, Args) -> Box<dyn Term>,
}
