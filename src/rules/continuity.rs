//! `continuity`: a cohort should meet few different consultants.
//!
//! A cohort that meets 4 consultants, where the largest team of any module is 2, costs 2.

use smallvec::SmallVec;

use super::support::{Args, RuleKind, Scope, most};
use crate::draft::{Booking, Draft};
use crate::facts::Facts;
use crate::ids::{ConsultantId, RunId, WaveId};
use crate::plan::Plan;
use crate::term::{AtLeast, Finding, Place, Reacts, Term, Timed, Tracker};

pub(super) const KIND: RuleKind = RuleKind {
    kind: "continuity",
    summary: "consultants met beyond the largest team",
    keys: &[],
    mixed_only: false,
    mixes: false,
    looks_back: false,
    most: |facts, _| most::places_in_teams(facts),
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

    fn at_least(&self, _: &Facts) -> AtLeast<'_> {
        AtLeast::Timelines(self)
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        Box::new(ContinuityTracker { scope: self.scope.clone(), enough: largest_team(facts) })
    }
}

impl Timed for Continuity {
    fn faces(&self, facts: &Facts, wave: WaveId, different: usize) -> i64 {
        if self.scope.looks_at(facts, wave) { (different as i64 - largest_team(facts)).max(0) } else { 0 }
    }
}

#[derive(Clone)]
struct ContinuityTracker {
    scope: Scope,
    /// How many consultants cost nothing.
    enough: i64,
}

impl Tracker for ContinuityTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Bookings
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_booking(&self, facts: &Facts, draft: &Draft, run: RunId, booking: &Booking) -> i64 {
        let (cohort, own) = (facts.cohort_of(run), draft.booking(run));
        if own.team == booking.team || !self.scope.has(cohort) {
            return 0;
        }
        let module = facts.module_of(run).index();
        let mut others: SmallVec<[ConsultantId; 16]> = SmallVec::new();
        for (_, other) in draft.bookings(cohort).iter().enumerate().filter(|(index, _)| *index != module) {
            for consultant in &other.team {
                if !others.contains(consultant) {
                    others.push(*consultant);
                }
            }
        }
        let beyond = |team: &[ConsultantId]| {
            let new = team.iter().filter(|consultant| !others.contains(consultant)).count();
            ((others.len() + new) as i64 - self.enough).max(0)
        };
        beyond(&booking.team) - beyond(&own.team)
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}
