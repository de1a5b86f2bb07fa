//! The rules that a planner can write: one file each, and one line each in [`RULES`].

mod affinity;
mod apart;
mod attendance;
mod avoid;
mod continuity;
mod coverage;
mod early;
mod gap;
mod max_count;
mod max_share;
mod min_distinct;
mod min_share;
mod preference;
mod room_cost;
mod spread;
mod stability;
pub mod support;
mod together;
mod workload;

pub use stability::changes;
#[cfg(feature = "internals")]
pub use support::Key;
pub use support::{Args, KeyKind, Need, RuleKind, Scope, Share};

/// Every kind of rule there is, in the order of the format's reference.
pub const RULES: &[RuleKind] = &[
    max_share::KIND,
    max_count::KIND,
    min_distinct::KIND,
    min_share::KIND,
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
