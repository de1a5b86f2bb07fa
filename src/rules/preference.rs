//! `preference`: managers who would rather be in another wave.
//!
//! A manager with `prefers = ["blandad1"]` who sits in a cohort of wave `blandad2` costs 1.

use std::borrow::Cow;
use std::sync::Arc;

use super::support::{Args, RuleKind, Scope, most};
use crate::draft::{Draft, Exchange};
use crate::facts::Facts;
use crate::ids::{CohortId, ManagerId, WaveId};
use crate::plan::Plan;
use crate::term::{AtLeast, Finding, Place, Placed, Reacts, Term, Tracker};

pub(super) const KIND: RuleKind = RuleKind {
    kind: "preference",
    summary: "managers in a wave that they do not prefer",
    keys: &[],
    mixed_only: false,
    mixes: false,
    looks_back: false,
    most: |facts, _| most::managers(facts),
    build: |_, args: Args| Box::new(Preference { scope: args.scope }),
};

#[derive(Debug)]
struct Preference {
    scope: Scope,
}

impl Term for Preference {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (index, cohorts) in plan.seats(facts.managers.len()).iter().enumerate() {
            let manager = &facts.managers[index];
            let is_other = |cohort: &&CohortId| {
                self.scope.has(**cohort) && !manager.prefers.contains(&facts.cohorts[cohort.index()].wave)
            };
            if let Some(cohort) = cohorts.iter().find(is_other).filter(|_| !manager.prefers.is_empty()) {
                findings.push(Finding {
                    amount: 1,
                    message: format!(
                        "manager “{}” is in {}, but would rather be in wave {}",
                        manager.id,
                        facts.cohorts[cohort.index()].id,
                        manager
                            .prefers
                            .iter()
                            .map(|w| facts.waves[w.index()].id.as_str())
                            .collect::<Vec<_>>()
                            .join(" or ")
                    ),
                    place: Place { cohort: Some(*cohort), manager: Some(ManagerId::new(index)), ..Place::default() },
                });
            }
        }
        findings
    }

    fn at_least(&self, _: &Facts) -> AtLeast<'_> {
        AtLeast::Managers(self)
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        let waves = facts.waves.len();
        let minds = |place: usize| {
            let prefers = &facts.managers[place / waves].prefers;
            !prefers.is_empty() && !prefers.contains(&WaveId::new(place % waves))
        };
        let minds = (0..facts.managers.len() * waves).map(minds).collect();
        Box::new(PreferenceTracker { scope: self.scope.clone(), waves, minds })
    }
}

impl Placed for Preference {
    fn manager(&self, facts: &Facts, wave: WaveId, manager: ManagerId) -> i64 {
        let prefers = &facts.managers[manager.index()].prefers;
        i64::from(self.scope.looks_at(facts, wave) && !prefers.is_empty() && !prefers.contains(&wave))
    }

    fn why(&self) -> Cow<'static, str> {
        "managers who prefer only waves that do not take them".into()
    }
}

#[derive(Clone)]
struct PreferenceTracker {
    scope: Scope,
    waves: usize,
    /// By manager, then wave.
    minds: Arc<[bool]>,
}

impl PreferenceTracker {
    #[inline]
    fn minds(&self, facts: &Facts, manager: Option<ManagerId>, cohort: CohortId) -> i64 {
        let wave = facts.cohorts[cohort.index()].wave.index();
        i64::from(manager.is_some_and(|manager| self.minds[manager.index() * self.waves + wave]))
    }
}

impl Tracker for PreferenceTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Seats
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_seats(&self, facts: &Facts, _: &Draft, exchanges: &[Exchange]) -> i64 {
        let each = |e: &Exchange| self.minds(facts, e.into, e.cohort) - self.minds(facts, e.out, e.cohort);
        exchanges.iter().filter(|exchange| self.scope.has(exchange.cohort)).map(each).sum()
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}
