//! What a format of a report is.

use super::outcome::CheckOutcome;

/// One format of a report. The command line's `--format`, its help and its tests follow from this.
#[derive(Debug)]
pub struct ReportFormat {
    /// The value of `--format`.
    pub name: &'static str,
    /// Whom or what it is for, in a few words.
    pub summary: &'static str,
    /// Whether what the readers said of the files is told to people instead of standing in the report.
    pub is_for_people: bool,
    /// Writes the report.
    pub write: fn(&CheckOutcome) -> String,
}
