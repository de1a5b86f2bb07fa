//! The report formats against golden files, on a report made by hand with every difficult character.

use std::path::Path;

use kohort::Problem;
use kohort::check::{Report, TermReport};
use kohort::diag::{Diagnostic, Diagnostics, Severity};
use kohort::ids::{CohortId, ManagerId, ModuleId};
use kohort::plan::PlanLines;
use kohort::read;
use kohort::score::Score;
use kohort::term::{Finding, Place};
use kohort::write::report::{CheckOutcome, FORMATS};

const PROBLEM: &str = r#"
format = 1
[programme]
start = 2026-08-24
end = 2026-12-18
[[module]]
id = "whole, part 1"
sessions = ["full"]
consultants = 0
[[room]]
id = "annex"
seats = 8
[[manager]]
id = "<åsa>"
[[wave]]
id = "mixed"
members = "all"
cohorts = 1
size = { min = 1, max = 4 }
"#;

fn problem() -> Problem {
    read::problem_text(PROBLEM).unwrap()
}

fn finding(amount: i64, message: &str, place: Place) -> Finding {
    Finding { amount, message: message.to_owned(), place }
}

fn term(name: &str, weight: Option<i64>, findings: Vec<Finding>) -> TermReport {
    let amount = findings.iter().map(|finding| finding.amount).sum();
    TermReport {
        name: name.to_owned(),
        summary: "what it counts",
        weight,
        amount,
        cost: amount * weight.unwrap_or(1),
        findings,
    }
}

/// A plan with a breach in each kind of place, a cheap rule, and a rule with more findings than are listed.
fn report() -> Report {
    let cohort = Some(CohortId(0));
    let everywhere = Place::default();
    let assigned = vec![finding(
        1,
        "“<åsa>” & \"all\": 100 % sure,\nnowhere to be seen",
        Place { manager: Some(ManagerId(0)), ..everywhere },
    )];
    let open = vec![finding(2, "closed: jul", Place { cohort, module: Some(ModuleId(0)), ..everywhere })];
    let size = vec![finding(3, "too few", Place { cohort, ..everywhere })];
    let spread = (1..=7).map(|amount| finding(amount, &format!("{amount} pairs"), Place { cohort, ..everywhere }));
    let terms = vec![
        term("assigned", None, assigned),
        term("open", None, open),
        term("size", None, size),
        term("group", None, Vec::new()),
        term("spread:department", Some(4), spread.collect()),
        term("affinity", Some(2), vec![finding(-5, "they like each other", everywhere)]),
        term("gap", Some(1), Vec::new()),
        term("gap", Some(200), vec![finding(1, "a day early", everywhere)]),
    ];
    Report { score: Score { hard: 6, soft: 302 }, terms }
}

fn lines() -> PlanLines {
    PlanLines { cohorts: vec![3], runs: vec![vec![6]] }
}

/// Two errors, one with help and one without a place, and a warning.
fn errors() -> Diagnostics {
    let mut said = Diagnostics::default();
    let source = said.add_source(Path::new("town, north/problem.toml"), "format = 1\nwieght = 4\n".to_owned());
    let mut say = |severity, at, message: &str, help: Option<&str>| {
        let (message, help) = (message.to_owned(), help.map(str::to_owned));
        said.items.push(Diagnostic { severity, at, message, help });
    };
    say(Severity::Error, Some((source, 11..17)), "there is no key “wieght”", Some("did you mean “weight”?"));
    say(Severity::Warning, Some((source, 0..6)), "<format> & all that: 100 %", None);
    say(Severity::Error, None, "“plan.toml” cannot be read", None);
    said
}

/// A format's reports of four outcomes: a plan with breaches, files that cannot be used, a problem alone, and a
/// problem without any plan.
fn in_all_cases(format: fn(&CheckOutcome) -> String) -> String {
    let (problem, report, lines, errors) = (problem(), report(), lines(), errors());
    let path = Path::new("town, north/problem.toml");
    let plan = Some(Path::new("plans/plan 1.toml"));
    let none = Diagnostics::default();
    let facts = Some(&problem.facts);
    let reasons = ["10 cohorts need 90 %\nof 0 rooms".to_owned()];
    let alone = CheckOutcome {
        problem: path,
        plan: None,
        diagnostics: &none,
        facts,
        impossible: &[],
        report: None,
        lines: None,
    };
    let impossible = CheckOutcome { impossible: &reasons, ..alone };
    let breaches = CheckOutcome { plan, report: Some(&report), lines: Some(&lines), ..alone };
    let unusable = CheckOutcome { plan, diagnostics: &errors, facts: None, ..alone };
    [breaches, unusable, alone, impossible].iter().map(format).collect::<Vec<_>>().join("----\n")
}

#[test]
fn every_format_is_held_to_its_golden_file() {
    for format in FORMATS {
        let written = in_all_cases(format.write).replace(env!("CARGO_PKG_VERSION"), "VERSION");
        insta::assert_snapshot!(format.name, written);
    }
}

/// A format's reports of all cases, one document each.
fn documents(name: &str) -> Vec<String> {
    let format = FORMATS.iter().find(|format| format.name == name).expect("there is this format");
    in_all_cases(format.write).split("----\n").map(str::to_owned).collect()
}

#[test]
fn the_documents_are_well_formed() {
    for document in documents("json").iter().chain(&documents("sarif")) {
        serde_json::from_str::<serde_json::Value>(document).unwrap();
    }
    for document in documents("junit") {
        let read = quick_junit::Report::deserialize_from_str(&document).unwrap();
        assert_eq!(read.test_suites.len(), 1);
    }
}
