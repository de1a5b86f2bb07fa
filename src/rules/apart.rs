//! `apart`: managers who should not sit in one cohort: everyone and their own superior, or any two of a list.
//!
//! With `managers = ["m1", "m2", "m3"]`, all three in one cohort cost 3 pairs.

use std::borrow::Cow;

use super::support::allocation::least_of_classes;
use super::support::pairs;
use super::support::{Args, Key, KeyKind, Need, RuleKind, Scope, most};
use crate::facts::Facts;
use crate::ids::{ManagerId, WaveId};
use crate::plan::Plan;
use crate::term::{AtLeast, ByClass, Finding, Place, Seated, Term, Tracker};

pub(super) const KIND: RuleKind = RuleKind {
    kind: "apart",
    summary: "pairs in one cohort who should be apart",
    keys: &[
        Key { name: "relation", kind: KeyKind::Relation, need: Need::ExactlyOne },
        Key { name: "managers", kind: KeyKind::Managers, need: Need::ExactlyOne },
    ],
    mixed_only: true,
    mixes: false,
    looks_back: false,
    // Two managers who are each other's superiors are two pairs, but nobody has more than one superior.
    most: |facts, args| if args.managers.is_some() { most::pairs(facts) } else { most::managers(facts) },
    build: |facts, args: Args| {
        let pairs = args.managers.as_ref().map_or_else(|| superiors(facts), |list| any_two(list));
        Box::new(Apart { pairs, list: args.managers.unwrap_or_default(), scope: args.scope })
    },
};

fn superiors(facts: &Facts) -> Vec<(ManagerId, ManagerId)> {
    let pair = |(index, manager): (usize, &crate::facts::Manager)| Some((ManagerId::new(index), manager.superior?));
    facts.managers.iter().enumerate().filter_map(pair).collect()
}

fn any_two(list: &[ManagerId]) -> Vec<(ManagerId, ManagerId)> {
    list.iter().enumerate().flat_map(|(index, &a)| list[index + 1..].iter().map(move |&b| (a, b))).collect()
}

#[derive(Debug)]
struct Apart {
    pairs: Vec<(ManagerId, ManagerId)>,
    /// Those of whom any two are a pair; empty with a relation.
    list: Vec<ManagerId>,
    scope: Scope,
}

impl Term for Apart {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut findings = Vec::new();
        let seats = plan.seats(facts.managers.len());
        for &(a, b) in &self.pairs {
            let shared = seats[a.index()].iter().filter(|cohort| seats[b.index()].contains(cohort));
            for &cohort in shared.filter(|&&cohort| self.scope.has(cohort)) {
                findings.push(Finding {
                    amount: 1,
                    message: format!(
                        "{}: managers “{}” and “{}” should be apart",
                        facts.cohorts[cohort.index()].id,
                        facts.managers[a.index()].id,
                        facts.managers[b.index()].id
                    ),
                    place: Place { cohort: Some(cohort), manager: Some(a), ..Place::default() },
                });
            }
        }
        findings
    }

    fn at_least(&self, _: &Facts) -> AtLeast<'_> {
        AtLeast::Seats(self)
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        let pairs: Vec<_> = self.pairs.iter().map(|&(a, b)| (a, b, 1)).collect();
        pairs::tracker(facts, &pairs, &self.scope)
    }
}

impl Seated for Apart {
    fn cohort(&self, facts: &Facts, wave: WaveId, members: &[ManagerId]) -> i64 {
        if !self.scope.looks_at(facts, wave) {
            return 0;
        }
        let mut is_there = vec![false; facts.managers.len()];
        members.iter().for_each(|manager| is_there[manager.index()] = true);
        self.pairs.iter().filter(|(a, b)| is_there[a.index()] && is_there[b.index()]).count() as i64
    }

    fn least(&self, facts: &Facts, is_left_out: &dyn Fn(WaveId) -> bool) -> (i64, Cow<'static, str>) {
        let scope = self.scope.without(facts, is_left_out);
        let of_one_group = |&(a, b): &(ManagerId, ManagerId)| {
            let group = |manager: ManagerId| facts.managers[manager.index()].group;
            let is_held = scope.holds(facts, a) && scope.holds(facts, b);
            is_held && group(a).is_some() && group(a) == group(b)
        };
        let in_groups = self.pairs.iter().filter(|&pair| of_one_group(pair)).count() as i64;
        let dealt = least_of_classes(self, facts, is_left_out).into_iter().sum();
        if in_groups >= dealt {
            return (in_groups, "they lead one department together, and are never split".into());
        }
        (dealt, "there are not enough cohorts to keep them apart".into())
    }

    fn by_class(&self) -> Option<&dyn ByClass> {
        Some(self)
    }
}

impl ByClass for Apart {
    fn classes(&self, _: &Facts) -> Vec<Vec<ManagerId>> {
        if self.list.is_empty() {
            self.pairs.iter().map(|&(a, b)| vec![a, b]).collect()
        } else {
            vec![self.list.clone()]
        }
    }

    fn one_more(&self, facts: &Facts, wave: WaveId, _: &[ManagerId], beside: i64) -> i64 {
        if self.scope.looks_at(facts, wave) { beside } else { 0 }
    }
}
