//! `together`: managers who should sit in one cohort.
//!
//! Of a list of five, three in one cohort and two in another cost 2: the managers outside the largest part.

use super::support::allocation::Headcount;
use super::support::parts::{PartsTracker, outside_largest};
use super::support::{Args, Key, KeyKind, Need, RuleKind, Scope, most};
use crate::facts::Facts;
use crate::ids::{ManagerId, WaveId};
use crate::plan::Plan;
use crate::term::{AtLeast, Finding, Place, Term, Tracker};

pub(super) const KIND: RuleKind = RuleKind {
    kind: "together",
    summary: "managers who are not with most of their list",
    keys: &[Key { name: "managers", kind: KeyKind::Managers, need: Need::Required }],
    mixed_only: false,
    mixes: false,
    looks_back: false,
    most: |facts, _| most::managers(facts),
    build: |_, args: Args| Box::new(Together { managers: args.managers.unwrap_or_default(), scope: args.scope }),
};

#[derive(Debug)]
struct Together {
    managers: Vec<ManagerId>,
    scope: Scope,
}

impl Term for Together {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let Some((largest, outside)) = outside_largest(plan, &self.managers, self.scope.cohorts()) else {
            return Vec::new();
        };
        let finding = |manager: ManagerId| Finding {
            amount: 1,
            message: format!(
                "manager “{}” is not in {} with the others of the list",
                facts.managers[manager.index()].id,
                facts.cohorts[largest.index()].id
            ),
            place: Place { manager: Some(manager), cohort: Some(largest), ..Place::default() },
        };
        outside.into_iter().map(finding).collect()
    }

    fn at_least(&self, facts: &Facts) -> AtLeast<'_> {
        let headcount = Headcount::of(facts, &self.managers);
        let in_one = |wave: WaveId| headcount.taken_by(facts, wave).min(facts.waves[wave.index()].max as i64);
        let most = self.scope.waves(facts).map(in_one).max().unwrap_or(0);
        let seated = self.managers.iter().filter(|&&manager| self.scope.holds(facts, manager)).count() as i64;
        let why = format!("{seated} managers are listed, and a cohort may have {most} of them");
        AtLeast::Amount((seated - most).max(0), why.into())
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        Box::new(PartsTracker::new(facts, [self.managers.as_slice()].into_iter(), self.scope.clone()))
    }
}
