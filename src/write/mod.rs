//! Plans and reports as files: plans in TOML, reports in one file per format.

mod atomic;
mod plan;

pub use atomic::Target;
pub use plan::{Origin, plan};
