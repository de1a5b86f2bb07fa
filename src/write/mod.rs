//! Plans and reports as files: plans in TOML, reports in one file per format.

mod atomic;
mod plan;
#[cfg(feature = "internals")]
pub mod report;
#[cfg(not(feature = "internals"))]
pub(crate) mod report;
mod summary;
mod table;

pub(crate) use atomic::Target;
pub use plan::{Origin, plan};
pub(crate) use summary::summary;
pub(crate) use table::{Align, Table};
