//! What several rules share: what a rule declares, its keys and waves, and ways to count, track and bound.

pub(super) mod allocation;
mod args;
pub(super) mod counts;
mod kind;
pub(super) mod limits;
pub(super) mod most;
pub(super) mod pairs;
pub mod parts;
pub mod per_run;
mod scope;

pub use args::{Args, Key, KeyKind, Need, Share};
pub use kind::RuleKind;
pub use scope::Scope;
