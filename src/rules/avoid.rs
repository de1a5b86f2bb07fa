//! `avoid`: sessions in periods that are allowed but unwanted.
//!
//! A full day in an `avoid` period costs 2, a half day 1.

use super::support::per_run::{DependsOn, PerRun};
use super::support::{Args, RuleKind, Scope, most};
use crate::draft::Sitting;
use crate::facts::Facts;
use crate::ids::{ModuleId, RoomId, WaveId};
use crate::plan::Plan;
use crate::term::{AtLeast, Finding, Place, Term, Timed, Tracker};

pub(super) const KIND: RuleKind = RuleKind {
    kind: "avoid",
    summary: "half days in periods to be avoided",
    keys: &[],
    mixed_only: false,
    mixes: false,
    looks_back: false,
    most: |facts, _| most::slots(facts),
    build: |_, args: Args| Box::new(Avoid { scope: args.scope }),
};

#[derive(Debug)]
struct Avoid {
    scope: Scope,
}

impl Term for Avoid {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut findings = Vec::new();
        for cohort in self.scope.cohorts() {
            for (module, run) in plan.cohorts[cohort.index()].runs.iter().enumerate() {
                for session in &run.sessions {
                    let avoided = session.slots().filter(|&(date, half)| facts.calendar.is_avoided(date, half)).count();
                    if avoided > 0 {
                        let why = facts
                            .calendar
                            .avoid
                            .iter()
                            .find(|period| session.slots().any(|(date, half)| period.covers(date, half)));
                        let why = why.and_then(|period| period.why.as_deref()).unwrap_or("a period to avoid");
                        findings.push(Finding {
                            amount: avoided as i64,
                            message: format!(
                                "{}: “{}” on {} ({}) falls in {why}",
                                facts.cohorts[cohort.index()].id,
                                facts.modules[module].id,
                                session.date,
                                session.part.name()
                            ),
                            place: Place {
                                cohort: Some(cohort),
                                module: Some(ModuleId::new(module)),
                                ..Place::default()
                            },
                        });
                    }
                }
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
            amount: |facts, _, booking| {
                let avoided = |sitting: &Sitting| facts.slots.avoid.count(0, sitting.day as usize, sitting.part);
                booking.sittings.iter().map(avoided).sum()
            },
        })
    }
}

impl Timed for Avoid {
    fn sitting(&self, facts: &Facts, wave: WaveId, _: ModuleId, sitting: Sitting, _: RoomId) -> i64 {
        let avoided = facts.slots.avoid.count(0, sitting.day as usize, sitting.part);
        if self.scope.looks_at(facts, wave) { avoided } else { 0 }
    }
}
