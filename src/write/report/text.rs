//! The report for people: whether the plan is valid, what each rule costs, and why.

use super::format::ReportFormat;
use super::outcome::CheckOutcome;
use crate::check::{Report, TermReport};
use crate::facts::Facts;
use crate::term::Finding;
use crate::words::count;
use crate::write::table::{Align, Table};

/// How many findings are listed for a term with a weight (chosen).
const TOLD: usize = 5;

/// How many changes from an earlier plan are listed (chosen).
const CHANGES: usize = 30;

/// The longest line of a list, in characters.
const WIDTH: usize = 100;

pub(super) const FORMAT: ReportFormat =
    ReportFormat { name: "text", summary: "For people", is_for_people: true, write: text };

/// The outcome as text, without the diagnostics of the files.
fn text(outcome: &CheckOutcome) -> String {
    let name = outcome.subject().display();
    match (outcome.facts, outcome.report) {
        (Some(facts), None) if outcome.impossible.is_empty() => format!("{name} can be used.\n{}", overview(facts)),
        (Some(facts), None) => format!("{}{}", no_plan(&name.to_string(), outcome.impossible), overview(facts)),
        (Some(_), Some(report)) => {
            let all: Vec<String> =
                [verdict(&name.to_string(), report), costs(report), breaches(report), reasons(report)].into();
            all.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
        }
        (None, _) => String::new(),
    }
}

/// The message that no plan can be valid, with the reasons.
pub fn no_plan(name: &str, reasons: &[String]) -> String {
    let reasons: String = reasons.iter().map(|reason| format!("  {reason}\n")).collect();
    format!("No plan of {name} can be valid:\n{reasons}")
}

/// The size of a problem, in a few lines.
pub fn overview(facts: &Facts) -> String {
    let excluded = facts.managers.iter().filter(|manager| !manager.permanent).count();
    let left_out = match excluded {
        0 => String::new(),
        n => format!(" ({n} more excluded, not permanently employed)"),
    };
    format!(
        "  {}{left_out}, {}\n  {} in {}\n  {}, {}, {}\n",
        count(facts.eligible().count(), "manager"),
        count(facts.groups.len(), "leadership group"),
        count(facts.cohorts.len(), "cohort"),
        count(facts.waves.len(), "wave"),
        count(facts.modules.len(), "module"),
        count(facts.rooms.len(), "room"),
        count(facts.consultants.len(), "consultant"),
    )
}

/// Whether a plan is valid, in one sentence.
pub fn verdict(name: &str, report: &Report) -> String {
    let score = report.score;
    match score.is_valid() {
        true => format!("{name} is valid: it breaks nothing, and costs {}.\n", score.soft),
        false => format!("{name} is NOT valid: its breaches add up to {}; it costs {}.\n", score.hard, score.soft),
    }
}

/// The cost of each rule that costs something, and the names of those that are kept.
pub fn costs(report: &Report) -> String {
    let mut table = Table::new(&[
        ("rule", Align::Left),
        ("weight", Align::Right),
        ("amount", Align::Right),
        ("cost", Align::Right),
        ("what is counted", Align::Left),
    ]);
    let (kept, told): (Vec<_>, Vec<_>) =
        report.terms.iter().partition(|term| term.weight.is_none() && term.amount == 0);
    for term in &told {
        table.row([
            term.name.clone(),
            term.weight.map_or("hard".to_owned(), |weight| weight.to_string()),
            term.amount.to_string(),
            term.cost.to_string(),
            term.summary.to_owned(),
        ]);
    }
    let kept: Vec<&str> = kept.iter().map(|term| term.name.as_str()).collect();
    let table = if told.is_empty() { String::new() } else { table.render() };
    match kept.is_empty() {
        true => table,
        false => table + &wrapped("  kept: ", &kept),
    }
}

/// A list of words after an opening, separated by commas and broken into lines.
fn wrapped(beginning: &str, words: &[&str]) -> String {
    let indent = " ".repeat(beginning.chars().count());
    let mut out = String::new();
    let mut line = beginning.to_owned();
    for (index, word) in words.iter().enumerate() {
        let comma = if index + 1 < words.len() { ", " } else { "" };
        if line.chars().count() + word.chars().count() > WIDTH {
            out.push_str(line.trim_end());
            out.push('\n');
            line.clone_from(&indent);
        }
        line.push_str(word);
        line.push_str(comma);
    }
    out + &line + "\n"
}

/// All breaches, by term.
pub fn breaches(report: &Report) -> String {
    let broken = report.terms.iter().filter(|term| term.weight.is_none() && !term.findings.is_empty());
    let told: String = broken.map(|term| findings(term, &term.findings.iter().collect::<Vec<_>>(), 0)).collect();
    if told.is_empty() { told } else { format!("What is broken\n{told}") }
}

/// The findings that cost most, by term, the most expensive term first.
fn reasons(report: &Report) -> String {
    let mut paid: Vec<&TermReport> =
        report.terms.iter().filter(|term| term.weight.is_some() && term.amount > 0).collect();
    paid.sort_by_key(|term| -term.cost);
    let told: String = paid
        .into_iter()
        .map(|term| {
            let mut worst: Vec<&Finding> = term.findings.iter().filter(|finding| finding.amount > 0).collect();
            worst.sort_by_key(|finding| -finding.amount);
            let more = worst.len().saturating_sub(TOLD);
            worst.truncate(TOLD);
            findings(term, &worst, more)
        })
        .collect();
    if told.is_empty() { told } else { format!("What costs most\n{told}") }
}

/// How a plan differs from the earlier one.
pub fn changes(earlier: &str, changes: &[Finding]) -> String {
    if changes.is_empty() {
        return format!("Nothing has changed from {earlier}.\n");
    }
    let told: String = changes.iter().take(CHANGES).map(|change| format!("  {}\n", change.message)).collect();
    let more = match changes.len().saturating_sub(CHANGES) {
        0 => String::new(),
        more => format!("  … and {more} more\n"),
    };
    format!("What has changed from {earlier}\n{told}{more}")
}

fn findings(term: &TermReport, told: &[&Finding], more: usize) -> String {
    let width = told.iter().map(|finding| finding.amount.to_string().len()).max().unwrap_or(0);
    let mut out = match term.weight {
        None => format!("  {}: {}\n", term.name, term.amount),
        Some(weight) => format!("  {}: {weight} × {} = {}\n", term.name, term.amount, term.cost),
    };
    for finding in told {
        out.push_str(&format!("    {:>width$}  {}\n", finding.amount, finding.message));
    }
    if more > 0 {
        out.push_str(&format!("    {:>width$}  … and {more} more\n", ""));
    }
    out
}
