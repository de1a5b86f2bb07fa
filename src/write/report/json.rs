//! One JSON document; its keys are a contract, described in the README.

use serde::Serialize;

use super::format::ReportFormat;
use super::outcome::{CheckOutcome, Level, Names, Note};

#[derive(Serialize)]
struct Document<'a> {
    valid: bool,
    /// Null when there is no plan to score.
    hard: Option<i64>,
    soft: Option<i64>,
    terms: Vec<TermEntry<'a>>,
    findings: Vec<FindingEntry<'a>>,
    /// The diagnostics of the files; left out when there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    diagnostics: Vec<FileNote<'a>>,
}

#[derive(Serialize)]
struct TermEntry<'a> {
    term: &'a str,
    hard: bool,
    weight: Option<i64>,
    amount: i64,
    cost: i64,
}

#[derive(Serialize)]
struct FindingEntry<'a> {
    term: &'a str,
    term_index: usize,
    amount: i64,
    message: &'a str,
    #[serde(flatten)]
    place: Names<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
}

#[derive(Serialize)]
struct FileNote<'a> {
    severity: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

pub(super) const FORMAT: ReportFormat =
    ReportFormat { name: "json", summary: "One JSON document", is_for_people: false, write: json };

/// The outcome as one JSON document.
fn json(outcome: &CheckOutcome) -> String {
    let notes = outcome.notes();
    let document = Document {
        valid: outcome.is_valid(),
        hard: outcome.report.map(|report| report.score.hard),
        soft: outcome.report.map(|report| report.score.soft),
        terms: outcome.report.map_or(Vec::new(), |report| report.terms.iter().map(term).collect()),
        findings: notes.iter().filter_map(finding).collect(),
        diagnostics: notes.iter().filter(|note| note.term.is_none()).map(file_note).collect(),
    };
    // Serializing strings and numbers into memory cannot fail.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn term(report: &crate::check::TermReport) -> TermEntry<'_> {
    TermEntry {
        term: &report.name,
        hard: report.weight.is_none(),
        weight: report.weight,
        amount: report.amount,
        cost: report.cost,
    }
}

fn finding<'a>(note: &Note<'a>) -> Option<FindingEntry<'a>> {
    let (term_index, term) = note.term?;
    Some(FindingEntry {
        term,
        term_index,
        amount: note.amount,
        message: note.message,
        place: note.place,
        line: note.at.map(|(line, _)| line),
    })
}

fn file_note<'a>(note: &Note<'a>) -> FileNote<'a> {
    FileNote {
        severity: if note.level == Level::Error { "error" } else { "warning" },
        message: note.message,
        help: note.help,
        file: note.file.map(|file| file.display().to_string()),
        line: note.at.map(|(line, _)| line),
        column: note.at.map(|(_, column)| column),
    }
}
