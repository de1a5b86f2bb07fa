//! The outcome of a check, as all formats need it.

use std::path::Path;

use crate::check::Report;
use crate::diag::{Diagnostics, Severity};
use crate::facts::Facts;
use crate::plan::PlanLines;
use crate::term::Place;

/// The outcome of a check: what is wrong with the files, and with the plan if the files can be used.
#[derive(Clone, Copy, Debug)]
pub struct CheckOutcome<'a> {
    /// The problem file, as the planner named it.
    pub problem: &'a Path,
    /// The plan file, as the planner named it; `None`: the problem was checked alone.
    pub plan: Option<&'a Path>,
    /// The diagnostics of the files.
    pub diagnostics: &'a Diagnostics,
    /// The facts of the problem, if it could be read.
    pub facts: Option<&'a Facts>,
    /// The reasons why no plan can be valid, as far as that is proved; none otherwise.
    pub impossible: &'a [String],
    /// The plan's score and findings, if there is a plan and it could be read.
    pub report: Option<&'a Report>,
    /// The lines on which the parts of the plan stand in its file.
    pub lines: Option<&'a PlanLines>,
}

impl CheckOutcome<'_> {
    /// Whether the files can be used, a valid plan is not proved impossible, and no breach was found.
    pub fn is_valid(&self) -> bool {
        !self.diagnostics.has_errors()
            && self.impossible.is_empty()
            && self.report.is_none_or(|report| report.score.is_valid())
    }

    /// The file that was checked.
    pub(super) fn subject(&self) -> &Path {
        self.plan.unwrap_or(self.problem)
    }

    /// Everything to report: the diagnostics, why no plan can be valid, then the findings in the order of the terms.
    pub(super) fn notes(&self) -> Vec<Note<'_>> {
        let mut notes: Vec<Note> = self.diagnostics.items.iter().map(|item| self.file_note(item)).collect();
        notes.extend(self.impossible.iter().map(|reason| Note {
            level: Level::Error,
            term: None,
            amount: 0,
            message: reason,
            help: None,
            file: Some(self.problem),
            at: None,
            place: Names::default(),
        }));
        let (Some(facts), Some(report)) = (self.facts, self.report) else { return notes };
        for (number, term) in report.terms.iter().enumerate() {
            notes.extend(term.findings.iter().map(|finding| Note {
                level: if term.weight.is_none() { Level::Breach } else { Level::Cost },
                term: Some((number, &term.name)),
                amount: finding.amount,
                message: &finding.message,
                help: None,
                file: self.plan,
                at: self.lines.and_then(|lines| Some((line(lines, &finding.place)?, 1))),
                place: names(facts, &finding.place),
            }));
        }
        notes
    }

    fn file_note<'n>(&'n self, item: &'n crate::diag::Diagnostic) -> Note<'n> {
        let source = item.at.as_ref().and_then(|(source, span)| Some((self.diagnostics.sources.get(*source)?, span)));
        Note {
            level: match item.severity {
                Severity::Error => Level::Error,
                Severity::Warning => Level::Warning,
            },
            term: None,
            amount: 0,
            message: &item.message,
            help: item.help.as_deref(),
            file: source.map(|(source, _)| source.path.as_path()),
            at: source.map(|(source, span)| source.position(span.start)),
            place: Names::default(),
        }
    }
}

/// How serious a note is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Level {
    /// A file cannot be used, or it is proved that no plan can be valid.
    Error,
    /// Something in a file is worth a look.
    Warning,
    /// The plan breaks a hard term.
    Breach,
    /// The plan has a finding of a term with a weight.
    Cost,
}

/// One thing to report, as all formats need it.
#[derive(Debug)]
pub(super) struct Note<'a> {
    pub level: Level,
    /// For a finding, its term with the term's index in the report; `None` for a note about a file.
    pub term: Option<(usize, &'a str)>,
    pub amount: i64,
    pub message: &'a str,
    pub help: Option<&'a str>,
    pub file: Option<&'a Path>,
    /// Line and column, from 1.
    pub at: Option<(usize, usize)>,
    pub place: Names<'a>,
}

impl Note<'_> {
    /// The message with its help, if there is one.
    pub(super) fn full_message(&self) -> String {
        match self.help {
            Some(help) => format!("{}; {help}", self.message),
            None => self.message.to_owned(),
        }
    }
}

/// The place of a finding, by the ids that the planner knows.
#[derive(Clone, Copy, Debug, Default, serde::Serialize)]
pub(super) struct Names<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cohort: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manager: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consultant: Option<&'a str>,
}

/// The line of the run or the cohort that the place names.
fn line(lines: &PlanLines, place: &Place) -> Option<usize> {
    let cohort = place.cohort?.index();
    let run = place.module.and_then(|module| lines.runs.get(cohort)?.get(module.index()));
    run.or(lines.cohorts.get(cohort)).copied()
}

fn names<'a>(facts: &'a Facts, place: &Place) -> Names<'a> {
    Names {
        cohort: place.cohort.map(|id| facts.cohorts[id.index()].id.as_str()),
        module: place.module.map(|id| facts.modules[id.index()].id.as_str()),
        manager: place.manager.map(|id| facts.managers[id.index()].id.as_str()),
        room: place.room.map(|id| facts.rooms[id.index()].id.as_str()),
        consultant: place.consultant.map(|id| facts.consultants[id.index()].id.as_str()),
    }
}
