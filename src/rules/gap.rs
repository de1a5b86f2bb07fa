//! `gap`: the days between two modules in a row, against the ideal.
//!
//! With `ideal = 35`, modules 30 days apart cost 5, and 42 days apart 7.

use super::support::per_run::{DependsOn, PerCohort};
use super::support::{Args, RuleKind, Scope, most};
use crate::draft::Booking;
use crate::facts::Facts;
use crate::ids::{ModuleId, WaveId};
use crate::plan::Plan;
use crate::term::{AtLeast, Finding, Place, Term, Timed, Tracker};
use crate::words::count;

pub(super) const KIND: RuleKind = RuleKind {
    kind: "gap",
    summary: "days between two modules away from the ideal",
    keys: &[],
    mixed_only: false,
    mixes: false,
    looks_back: false,
    most: |facts, _| {
        let ideal = facts.modules.iter().filter_map(|module| module.gap.ideal).max().unwrap_or(0);
        most::cohorts(facts) * facts.modules.len() as i64 * (most::days(facts) + ideal)
    },
    build: |_, args: Args| Box::new(GapRule { scope: args.scope }),
};

#[derive(Debug)]
struct GapRule {
    scope: Scope,
}

impl Term for GapRule {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut findings = Vec::new();
        for cohort in self.scope.cohorts() {
            for (earlier, pair) in plan.cohorts[cohort.index()].runs.windows(2).enumerate() {
                let module = &facts.modules[earlier + 1];
                let (Some(ideal), Some(last), Some(first)) = (module.gap.ideal, pair[0].last(), pair[1].first()) else {
                    continue;
                };
                let days = (first - last).num_days();
                if days != ideal {
                    findings.push(Finding {
                        amount: (days - ideal).abs(),
                        message: format!(
                            "{}: {} from “{}” to “{}”, ideal is {ideal}",
                            facts.cohorts[cohort.index()].id,
                            count(days, "day"),
                            facts.modules[earlier].id,
                            module.id
                        ),
                        place: Place {
                            cohort: Some(cohort),
                            module: Some(ModuleId::new(earlier + 1)),
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
        Box::new(PerCohort { scope: self.scope.clone(), depends_on: DependsOn::Times, amount: around })
    }
}

impl Timed for GapRule {
    fn gap(&self, facts: &Facts, wave: WaveId, module: ModuleId, days: i64) -> i64 {
        let ideal = facts.modules[module.index()].gap.ideal.filter(|_| self.scope.looks_at(facts, wave));
        ideal.map_or(0, |ideal| (days - ideal).abs())
    }
}

/// What the gaps before and after the changed run cost; the other gaps of the cohort do not change.
fn around(facts: &Facts, bookings: &[Booking], changed: usize, booking: &Booking) -> i64 {
    let from_ideal = |later: usize, last: Option<u16>, first: Option<u16>| {
        let (Some(ideal), Some(last), Some(first)) = (facts.modules[later].gap.ideal, last, first) else { return 0 };
        (i64::from(first) - i64::from(last) - ideal).abs()
    };
    let before = changed.checked_sub(1).map_or(0, |m| from_ideal(changed, bookings[m].last(), booking.first()));
    before + bookings.get(changed + 1).map_or(0, |next| from_ideal(changed + 1, booking.last(), next.first()))
}
