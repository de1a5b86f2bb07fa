//! `early`: cohorts should be done early. A cohort's last session is the latest of its last module.
//!
//! A cohort whose last session is 100 days after the programme's start costs 100.

use super::support::per_run::{DependsOn, PerRun};
use super::support::{Args, RuleKind, Scope, most};
use crate::facts::Facts;
use crate::ids::{ModuleId, WaveId};
use crate::plan::Plan;
use crate::term::{AtLeast, Finding, Place, Term, Timed, Tracker};
use crate::words::count;

pub(super) const KIND: RuleKind = RuleKind {
    kind: "early",
    summary: "days from the programme's start to the cohorts' last sessions",
    keys: &[],
    mixed_only: false,
    mixes: false,
    looks_back: false,
    most: |facts, _| most::cohorts(facts) * most::days(facts),
    build: |_, args: Args| Box::new(Early { scope: args.scope }),
};

#[derive(Debug)]
struct Early {
    scope: Scope,
}

impl Term for Early {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut findings = Vec::new();
        for cohort in self.scope.cohorts() {
            let Some(last) = plan.cohorts[cohort.index()].last() else { continue };
            let days = (last - facts.calendar.start).num_days();
            if days != 0 {
                findings.push(Finding {
                    amount: days,
                    message: format!(
                        "{} is done on {last}, {} after the programme's start",
                        facts.cohorts[cohort.index()].id,
                        count(days, "day")
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

    fn tracker(&self, _: &Facts) -> Box<dyn Tracker> {
        Box::new(PerRun {
            scope: self.scope.clone(),
            depends_on: DependsOn::Times,
            amount: |facts, run, booking| {
                let is_last = facts.module_of(run).index() + 1 == facts.modules.len();
                let start = (facts.calendar.start - facts.slots.first).num_days();
                booking.last().filter(|_| is_last).map_or(0, |last| i64::from(last) - start)
            },
        })
    }
}

impl Timed for Early {
    fn end(&self, facts: &Facts, wave: WaveId, module: ModuleId, day: usize) -> i64 {
        let counts = module.index() + 1 == facts.modules.len() && self.scope.looks_at(facts, wave);
        if counts { (facts.slots.date(day) - facts.calendar.start).num_days() } else { 0 }
    }
}
