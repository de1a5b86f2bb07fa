//! `continuity`: a cohort should meet few different consultants.
//!
//! A cohort that meets 4 consultants, where the largest team of any module is 2, costs 2.

use smallvec::SmallVec;

use super::per_run::{DependsOn, PerCohort, with_changed};
use super::{Args, RuleKind, Scope};
use crate::draft::Booking;
use crate::facts::Facts;
use crate::ids::ConsultantId;
use crate::plan::Plan;
use crate::term::{Finding, Place, Term, Tracker};

pub(super) const KIND: RuleKind = RuleKind {
    kind: "continuity",
    summary: "consultants met beyond the largest team",
    keys: &[],
    mixed_only: false,
    build: |_, args: Args| Box::new(Continuity { scope: args.scope }),
};

#[derive(Debug)]
struct Continuity {
    scope: Scope,
}

/// The largest team that any module asks for.
fn largest_team(facts: &Facts) -> i64 {
    facts.modules.iter().map(|module| module.consultants).max().unwrap_or(0) as i64
}

impl Term for Continuity {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut findings = Vec::new();
        for cohort in self.scope.cohorts() {
            let runs = &plan.cohorts[cohort.index()].runs;
            let mut met: Vec<ConsultantId> = runs.iter().flat_map(|run| &run.team).copied().collect();
            met.sort_unstable();
            met.dedup();
            let over = met.len() as i64 - largest_team(facts);
            if over > 0 {
                findings.push(Finding {
                    amount: over,
                    message: format!(
                        "{} meets {} different consultants, {} would do",
                        facts.cohorts[cohort.index()].id,
                        met.len(),
                        largest_team(facts)
                    ),
                    place: Place { cohort: Some(cohort), ..Place::default() },
                });
            }
        }
        findings
    }

    fn tracker(&self, _: &Facts) -> Box<dyn Tracker> {
        Box::new(PerCohort { scope: self.scope.clone(), depends_on: DependsOn::Team, amount: met_beyond })
    }
}

fn met_beyond(facts: &Facts, bookings: &[Booking], changed: usize, booking: &Booking) -> i64 {
    let mut met: SmallVec<[ConsultantId; 16]> = SmallVec::new();
    for consultant in with_changed(bookings, changed, booking).flat_map(|booking| &booking.team) {
        if !met.contains(consultant) {
            met.push(*consultant);
        }
    }
    (met.len() as i64 - largest_team(facts)).max(0)
}
