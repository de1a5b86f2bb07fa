//! `room_cost`: what rooms cost.
//!
//! A room with `cost = 2` costs 4 for a full day.

use super::support::per_run::{DependsOn, PerRun};
use super::support::{Args, RuleKind, Scope, most};
use crate::draft::Sitting;
use crate::facts::Facts;
use crate::ids::{ModuleId, RoomId, WaveId};
use crate::plan::Plan;
use crate::term::{AtLeast, Finding, Place, Term, Timed, Tracker};
use crate::words::count;

pub(super) const KIND: RuleKind = RuleKind {
    kind: "room_cost",
    summary: "cost of the rooms",
    keys: &[],
    mixed_only: false,
    mixes: false,
    looks_back: false,
    most: |facts, _| most::slots(facts) * facts.rooms.iter().map(|room| room.cost).max().unwrap_or(0),
    build: |_, args: Args| Box::new(RoomCost { scope: args.scope }),
};

#[derive(Debug)]
struct RoomCost {
    scope: Scope,
}

impl Term for RoomCost {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut findings = Vec::new();
        for cohort in self.scope.cohorts() {
            for (module, run) in plan.cohorts[cohort.index()].runs.iter().enumerate() {
                let room = &facts.rooms[run.room.index()];
                let slots = run.sessions.iter().flat_map(|session| session.slots()).count() as i64;
                if slots * room.cost != 0 {
                    findings.push(Finding {
                        amount: slots * room.cost,
                        message: format!(
                            "{}: “{}” uses room “{}” for {} at {}",
                            facts.cohorts[cohort.index()].id,
                            facts.modules[module].id,
                            room.id,
                            count(slots, "half day"),
                            room.cost
                        ),
                        place: Place {
                            cohort: Some(cohort),
                            module: Some(ModuleId::new(module)),
                            room: Some(run.room),
                            ..Place::default()
                        },
                    });
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
            depends_on: DependsOn::TimesAndRoom,
            amount: |facts, _, booking| {
                let slots: usize = booking.sittings.iter().map(|sitting| sitting.part.halves().len()).sum();
                booking.room.map_or(0, |room| facts.rooms[room.index()].cost * slots as i64)
            },
        })
    }
}

impl Timed for RoomCost {
    fn sitting(&self, facts: &Facts, wave: WaveId, _: ModuleId, sitting: Sitting, room: RoomId) -> i64 {
        let cost = facts.rooms[room.index()].cost * sitting.part.halves().len() as i64;
        if self.scope.looks_at(facts, wave) { cost } else { 0 }
    }
}
