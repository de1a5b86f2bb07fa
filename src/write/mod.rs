//! Plans and reports as files: plans in TOML, reports in one file per format.

mod atomic;
mod plan;
pub mod report;
mod summary;
mod table;

pub use atomic::Target;
pub use plan::{Origin, plan};
pub use summary::summary;
pub use table::{Align, Table};
