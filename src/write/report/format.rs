//! The description of a report format.

use super::outcome::CheckOutcome;

/// A report format. The command line's `--format`, its help and its tests follow from these descriptions.
#[derive(Debug)]
pub struct ReportFormat {
    /// The value of `--format`.
    pub name: &'static str,
    /// What the format is for, in a few words.
    pub summary: &'static str,
    /// Whether the diagnostics of the files go to standard error in human form instead of into the report.
    pub is_for_people: bool,
    /// Writes the report.
    pub write: fn(&CheckOutcome) -> String,
}
