//! `kohort check`: are the files in order, and what is a plan worth?

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::files::Files;
use super::output::{Output, tell_all};
use super::{Complaint, Exit};
use crate::bound::reasons_against;
use crate::check::measure;
use crate::write::report::{self, Outcome};

/// Checks a problem, or a plan against it
///
/// Without PLAN, the files of the problem are looked at, and whether they leave room for a valid plan, as far as that
/// is seen at once. With it, everything that the plan breaks is told, and what it costs. Nothing that the plan file
/// claims of itself is believed.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  kohort check problem.toml                           are the problem and its roster in order?
  kohort check problem.toml plan.toml                 is the plan valid, and what does it cost?
  kohort check problem.toml new.toml --from old.toml  … also counted against the plan before
  kohort check problem.toml plan.toml --format junit -o report.xml

Exit codes: 0 in order or valid · 1 the plan breaks something · 2 the files or the options are wrong ·
4 proved that no plan can be valid (without PLAN)")]
pub(super) struct Check {
    /// The problem, a TOML file
    problem: PathBuf,
    /// A plan for it
    plan: Option<PathBuf>,
    /// The earlier plan, for the rule `stability` and for `frozen_until`
    #[arg(long, value_name = "PLAN")]
    from: Option<PathBuf>,
    /// How the findings are written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The formats of a report.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Format {
    /// For people
    Text,
    /// One JSON document
    Json,
    /// Annotations of a GitHub workflow
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, for build servers
    Junit,
}

impl Check {
    /// Reads, measures and reports.
    pub fn run(&self) -> Result<Exit, Complaint> {
        let mut files = Files::read(&self.problem, self.plan.as_deref(), self.from.as_ref());
        if self.plan.is_some() {
            files.warn_of_missing_earlier();
        }
        let plans = self.plan.iter().chain(&self.from).map(PathBuf::as_path);
        let output = Output::new(self.output.as_deref(), files.said.paths().chain(plans))?;
        let usable = files.problem.as_ref().filter(|_| !files.said.has_errors());
        let report = usable.zip(files.plan.as_ref()).map(|(problem, read)| measure(problem, &read.plan));
        let impossible = match (usable, &report) {
            (Some(problem), None) => reasons_against(problem),
            _ => Vec::new(),
        };
        let outcome = Outcome {
            problem: &self.problem,
            plan: self.plan.as_deref(),
            diagnostics: &files.said,
            facts: usable.map(|problem| &problem.facts),
            impossible: &impossible,
            report: report.as_ref(),
            lines: files.plan.as_ref().map(|read| &read.lines),
        };
        let text = match self.format {
            Format::Text => {
                tell_all(&files.said);
                report::text(&outcome)
            }
            Format::Json => report::json(&outcome),
            Format::Github => report::github(&outcome),
            Format::Sarif => report::sarif(&outcome),
            Format::Junit => report::junit(&outcome),
        };
        if usable.is_some() || self.format != Format::Text {
            output.write(&text)?;
        }
        Ok(match usable {
            None => Exit::Unusable,
            Some(_) if !impossible.is_empty() => Exit::Impossible,
            Some(_) if !outcome.is_valid() => Exit::Breaches,
            Some(_) => Exit::Done,
        })
    }
}
