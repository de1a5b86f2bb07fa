//! Measures a plan, plainly: every term's findings, added up. Knows nothing of the search.

use crate::plan::Plan;
use crate::problem::{Misfit, Problem};
use crate::score::Score;
pub use crate::term::{Finding, Place};

/// What one term says of a plan.
#[derive(Clone, Debug)]
pub struct TermReport {
    /// The term's name.
    pub name: String,
    /// What it counts, in a few words for people.
    pub summary: &'static str,
    /// The weight; `None` when the term is hard.
    pub weight: Option<i64>,
    /// The sum of the findings' amounts.
    pub amount: i64,
    /// The amount, times the weight where there is one.
    pub cost: i64,
    /// Every reason for the amount.
    pub findings: Vec<Finding>,
}

/// What all terms say of a plan.
#[derive(Clone, Debug)]
pub struct Report {
    /// The sum of the terms' costs.
    pub score: Score,
    /// The built-in terms, then the rules in the order of the file.
    pub terms: Vec<TermReport>,
}

/// Measures the plan by every term of the problem.
///
/// # Errors
/// When the plan is not one of this problem, or lacks runs.
pub fn check(problem: &Problem, plan: &Plan) -> Result<Report, Misfit> {
    problem.fits(plan)?;
    let unfinished = plan.cohorts.iter().position(|cohort| cohort.runs.len() != problem.facts.modules.len());
    match unfinished {
        Some(cohort) => Err(Misfit::Unfinished(problem.facts.cohorts[cohort].id.clone())),
        None => Ok(measure(problem, plan)),
    }
}

/// The same for a plan that is known to be one of this problem and whole.
#[doc(hidden)]
pub fn measure(problem: &Problem, plan: &Plan) -> Report {
    let mut score = Score::ZERO;
    let measure = |posed: &crate::term::Posed| {
        let findings = posed.term.findings(&problem.facts, plan);
        let amount = findings.iter().map(|finding| finding.amount).sum::<i64>();
        let cost = amount * posed.weight.unwrap_or(1);
        match posed.weight {
            None => score.hard += cost,
            Some(_) => score.soft += cost,
        }
        TermReport { name: posed.name.clone(), summary: posed.summary, weight: posed.weight, amount, cost, findings }
    };
    let terms = problem.terms.iter().map(measure).collect();
    Report { score, terms }
}
