//! JUnit XML: a test case for the files and one for each term, as build servers show them.

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::format::ReportFormat;
use super::outcome::{CheckOutcome, Level, Note};
use crate::check::TermReport;

pub(super) const FORMAT: ReportFormat =
    ReportFormat { name: "junit", summary: "JUnit XML, for build servers", is_for_people: false, write: junit };

/// The outcome as one test suite. A hard term fails when its amount is above zero or below; a term with a weight
/// never fails, and its output states the cost.
fn junit(outcome: &CheckOutcome) -> String {
    let mut suite = TestSuite::new(outcome.subject().display().to_string());
    suite.add_test_case(files(&outcome.notes()));
    let terms = outcome.report.map_or(&[][..], |report| &report.terms);
    for (number, term) in terms.iter().enumerate() {
        let before = terms[..number].iter().filter(|other| other.name == term.name).count();
        // Build servers tell test cases apart by name alone.
        let name = if before == 0 { term.name.clone() } else { format!("{} ({})", term.name, before + 1) };
        suite.add_test_case(case(name, term));
    }
    let mut report = Report::new("kohort check");
    report.add_test_suite(suite);
    // Serializing into memory cannot fail.
    report.to_string().unwrap_or_default()
}

fn files(notes: &[Note]) -> TestCase {
    let errors: Vec<String> = notes.iter().filter(|note| note.level == Level::Error).map(located).collect();
    let warnings: Vec<String> = notes.iter().filter(|note| note.level == Level::Warning).map(located).collect();
    let status = match errors.len() {
        0 => TestCaseStatus::success(),
        1 => failure("1 error".to_owned(), errors),
        n => failure(format!("{n} errors"), errors),
    };
    let mut case = TestCase::new("files", status);
    case.set_classname("kohort");
    if !warnings.is_empty() {
        case.set_system_out(warnings.join("\n"));
    }
    case
}

fn case(name: String, term: &TermReport) -> TestCase {
    let status = if term.weight.is_none() && term.amount != 0 {
        failure(format!("amount {}", term.amount), term.findings.iter().map(|f| f.message.clone()).collect())
    } else {
        TestCaseStatus::success()
    };
    let mut case = TestCase::new(name, status);
    case.set_classname("kohort");
    if let Some(weight) = term.weight {
        case.set_system_out(format!("amount {}, weight {weight}, cost {}", term.amount, term.cost));
    }
    case
}

fn failure(message: String, details: Vec<String>) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_message(message);
    status.set_description(details.join("\n"));
    status
}

fn located(note: &Note) -> String {
    let message = note.full_message();
    match (note.file, note.at) {
        (Some(file), Some((line, column))) => format!("{}:{line}:{column}: {message}", file.display()),
        (Some(file), None) => format!("{}: {message}", file.display()),
        (None, _) => message,
    }
}
