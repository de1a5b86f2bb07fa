//! `kohort check`: are the files in order, and what is a plan worth?

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::complaint::Complaint;
use super::exit::Exit;
use super::files::Files;
use super::output::{Output, tell_all};
use crate::bound::reasons_against;
use crate::check::measure;
use crate::write::report::{CheckOutcome, FORMATS, ReportFormat};

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
    #[arg(long, value_parser = formats(), default_value = FORMATS[0].name)]
    format: &'static ReportFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Parses the name of a report format.
fn formats() -> impl TypedValueParser<Value = &'static ReportFormat> {
    let names = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.summary));
    PossibleValuesParser::new(names)
        .try_map(|name| FORMATS.iter().find(|format| format.name == name).ok_or("there is no such format"))
}

impl Check {
    /// Reads the files, checks them, and writes the report.
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
        let outcome = CheckOutcome {
            problem: &self.problem,
            plan: self.plan.as_deref(),
            diagnostics: &files.said,
            facts: usable.map(|problem| &problem.facts),
            impossible: &impossible,
            report: report.as_ref(),
            lines: files.plan.as_ref().map(|read| &read.lines),
        };
        if self.format.is_for_people {
            tell_all(&files.said);
        }
        if usable.is_some() || !self.format.is_for_people {
            output.write(&(self.format.write)(&outcome))?;
        }
        Ok(match usable {
            None => Exit::Unusable,
            Some(_) if !impossible.is_empty() => Exit::Impossible,
            Some(_) if !outcome.is_valid() => Exit::Breaches,
            Some(_) => Exit::Done,
        })
    }
}
