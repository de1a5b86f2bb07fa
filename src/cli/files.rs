//! Reads the files that a call names, and collects the errors of all of them.

use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::plan::Plan;
use crate::problem::Problem;
use crate::read::{self, ReadPlan};

/// The problem and the plans of a call, each only if it could be read without errors.
#[derive(Debug)]
pub(super) struct Files {
    /// The problem; the plan of `--from` is its earlier plan.
    pub problem: Option<Problem>,
    /// The plan to be checked.
    pub plan: Option<ReadPlan>,
    /// The plan of `--from`.
    pub from: Option<Plan>,
    /// The errors and warnings of all files.
    pub said: Diagnostics,
}

impl Files {
    /// Reads the files. A file with errors is left out.
    pub fn read(problem: &Path, plan: Option<&Path>, from: Option<&PathBuf>) -> Files {
        let mut said = Diagnostics::default();
        let problem = match read::problem(problem) {
            Ok(problem) => {
                said = problem.warnings.clone();
                Some(problem)
            }
            Err(errors) => {
                said.append(errors);
                None
            }
        };
        let plan = plan.map(|path| match &problem {
            Some(problem) => read::plan(path, problem).map(Some),
            None => read::plan_alone(path).map(|()| None),
        });
        let from = from.map(|path| match &problem {
            Some(problem) => read::earlier(path, problem).map(Some),
            None => read::plan_alone(path).map(|()| None),
        });
        let plan = plan.and_then(|read| good(read, &mut said));
        let from = from.and_then(|read| good(read, &mut said)).map(|(plan, warnings)| {
            said.append(warnings);
            plan
        });
        let problem = problem.map(|mut problem| {
            if let Some(from) = &from {
                problem.set_earlier(from.clone());
            }
            problem
        });
        Files { problem, plan, from, said }
    }

    /// Warns of a problem that refers to an earlier plan if none is given.
    pub fn warn_of_missing_earlier(&mut self) {
        let Some(problem) = self.problem.as_ref().filter(|_| self.from.is_none()) else { return };
        if problem.facts.frozen_until.is_some() || problem.terms.iter().any(|posed| posed.looks_back) {
            self.said.items.push(Diagnostic {
                severity: Severity::Warning,
                at: None,
                message: "without an earlier plan, “frozen_until” and “stability” have no effect".to_owned(),
                help: Some("name the earlier plan: --from PLAN".to_owned()),
            });
        }
    }
}

/// What was read; errors are added to `said`.
fn good<T>(read: Result<Option<T>, Diagnostics>, said: &mut Diagnostics) -> Option<T> {
    read.unwrap_or_else(|errors| {
        said.append(errors);
        None
    })
}
