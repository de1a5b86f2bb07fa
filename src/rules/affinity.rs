//! `affinity`: amounts of chosen pairs of managers, paid (or, below zero, gained) where both are in one cohort.
//!
//! With the row `m1,m2,6`, the two in one cohort cost 6 times the weight.

use super::links;
use super::{Args, Key, KeyKind, Need, RuleKind, Scope};
use crate::facts::Facts;
use crate::ids::ManagerId;
use crate::plan::Plan;
use crate::term::{Finding, Place, Term, Tracker};

pub(super) const KIND: RuleKind = RuleKind {
    kind: "affinity",
    summary: "sum of the amounts of the pairs in one cohort",
    keys: &[Key { name: "file", kind: KeyKind::Pairs, need: Need::Required }],
    mixed_only: false,
    build: |_, args: Args| Box::new(Affinity { pairs: args.pairs.unwrap_or_default(), scope: args.scope }),
};

#[derive(Debug)]
struct Affinity {
    pairs: Vec<(ManagerId, ManagerId, i64)>,
    scope: Scope,
}

impl Term for Affinity {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut sums = vec![(0, 0); facts.cohorts.len()];
        let seats = plan.seats(facts.managers.len());
        for (a, b, amount) in &self.pairs {
            for cohort in seats[a.index()].iter().filter(|cohort| seats[b.index()].contains(cohort)) {
                let (pairs, sum) = &mut sums[cohort.index()];
                *pairs += 1;
                *sum += amount;
            }
        }
        let mut findings = Vec::new();
        for cohort in self.scope.cohorts() {
            let (pairs, sum) = sums[cohort.index()];
            if sum != 0 {
                findings.push(Finding {
                    amount: sum,
                    message: format!("{}: {pairs} pairs of the file, {sum} in all", facts.cohorts[cohort.index()].id),
                    place: Place { cohort: Some(cohort), ..Place::default() },
                });
            }
        }
        findings
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        links::tracker(facts, &self.pairs, &self.scope)
    }
}
