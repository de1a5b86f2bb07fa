//! What a check found, written in one file per format, one line each in [`FORMATS`].

mod format;
mod github;
mod json;
mod junit;
mod outcome;
mod sarif;
mod text;

pub use format::ReportFormat;
pub use outcome::CheckOutcome;
pub use text::{breaches, changes, costs, no_plan, overview, verdict};

/// Every format there is; the first is the default.
pub const FORMATS: &[ReportFormat] = &[text::FORMAT, json::FORMAT, github::FORMAT, sarif::FORMAT, junit::FORMAT];
