//! `spread`: people who share a value should be dealt evenly over the cohorts.
//!
//! Five of one department in one cohort cost 10; dealt as 3 and 2 over two cohorts they cost 3 + 1.

use std::borrow::Cow;

use super::support::allocation::least_of_classes;
use super::support::counts::{Counts, by_value, who_share};
use super::support::{Args, Key, KeyKind, Need, RuleKind, Scope, most};
use crate::draft::{Draft, Exchange};
use crate::facts::Facts;
use crate::ids::{AttributeId, ManagerId, WaveId};
use crate::plan::Plan;
use crate::term::{AtLeast, ByClass, Finding, Place, Reacts, Seated, Swaps, Term, Tracker, price_one_by_one};
use crate::words::count;

pub(super) const KIND: RuleKind = RuleKind {
    kind: "spread",
    summary: "pairs in one cohort who share a value",
    keys: &[Key { name: "attribute", kind: KeyKind::Attribute, need: Need::Required }],
    mixed_only: true,
    mixes: true,
    looks_back: false,
    most: |facts, _| most::pairs(facts),
    build: |_, args: Args| Box::new(Spread { attribute: args.required_attribute(), scope: args.scope }),
};

#[derive(Debug)]
struct Spread {
    attribute: AttributeId,
    scope: Scope,
}

fn pairs(n: i64) -> i64 {
    n * (n - 1) / 2
}

impl Term for Spread {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let attribute = &facts.attributes[self.attribute.index()];
        let mut findings = Vec::new();
        for cohort in self.scope.cohorts() {
            let counts = by_value(facts, self.attribute, &plan.cohorts[cohort.index()].members);
            for (value, &n) in counts.iter().enumerate().filter(|&(_, &n)| n > 1) {
                findings.push(Finding {
                    amount: pairs(n),
                    message: format!(
                        "{}: {n} members share {} “{}”, {}",
                        facts.cohorts[cohort.index()].id,
                        attribute.name,
                        attribute.values[value],
                        count(pairs(n), "pair")
                    ),
                    place: Place { cohort: Some(cohort), ..Place::default() },
                });
            }
        }
        findings
    }

    fn at_least(&self, _: &Facts) -> AtLeast<'_> {
        AtLeast::Seats(self)
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        Box::new(SpreadTracker { counts: Counts::new(facts, self.attribute), scope: self.scope.clone() })
    }
}

impl Seated for Spread {
    fn cohort(&self, facts: &Facts, wave: WaveId, members: &[ManagerId]) -> i64 {
        let counts = || by_value(facts, self.attribute, members);
        if self.scope.looks_at(facts, wave) { counts().into_iter().map(pairs).sum() } else { 0 }
    }

    fn least(&self, facts: &Facts, is_left_out: &dyn Fn(WaveId) -> bool) -> (i64, Cow<'static, str>) {
        let amount = least_of_classes(self, facts, is_left_out).into_iter().sum();
        (amount, "every value's managers dealt as evenly as the waves allow".into())
    }

    fn by_class(&self) -> Option<&dyn ByClass> {
        Some(self)
    }
}

impl ByClass for Spread {
    fn classes(&self, facts: &Facts) -> Vec<Vec<ManagerId>> {
        who_share(facts, self.attribute)
    }

    fn one_more(&self, facts: &Facts, wave: WaveId, _: &[ManagerId], beside: i64) -> i64 {
        // With n who share a value it makes n more pairs.
        if self.scope.looks_at(facts, wave) { beside } else { 0 }
    }
}

#[derive(Clone)]
struct SpreadTracker {
    counts: Counts,
    scope: Scope,
}

impl Tracker for SpreadTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Seats
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_seats(&self, facts: &Facts, _: &Draft, exchanges: &[Exchange]) -> i64 {
        let mut change = 0;
        for exchange in exchanges.iter().filter(|exchange| self.scope.has(exchange.cohort)) {
            if let Some((out, into)) = self.counts.change(facts, exchange) {
                change -= out.map_or(0, |value| self.counts.count(exchange.cohort, value) - 1);
                change += into.map_or(0, |value| self.counts.count(exchange.cohort, value));
            }
        }
        change
    }

    fn price_swaps(&self, facts: &Facts, draft: &Draft, swaps: &Swaps, unit: i64, costs: &mut [i64]) {
        let &Swaps { manager, from, to, .. } = swaps;
        let Some(own) = self.counts.value(facts, Some(manager)) else {
            return price_one_by_one(self, facts, draft, swaps, unit, costs);
        };
        if !self.scope.has(from) || !self.scope.has(to) {
            return price_one_by_one(self, facts, draft, swaps, unit, costs);
        }
        let (here, there) = (self.counts.of(from), self.counts.of(to));
        let more = |value: usize| i64::from(here[value]) - i64::from(there[value]);
        let moved = 1 - more(own);
        for (&partner, cost) in swaps.partners(draft).iter().zip(costs) {
            *cost += match self.counts.value(facts, Some(partner)) {
                Some(value) if value == own => 0,
                Some(value) => unit * (moved + more(value) + 1),
                None => unit * moved,
            };
        }
    }

    fn commit_seats(&mut self, facts: &Facts, _: &Draft, exchanges: &[Exchange]) {
        self.counts.commit(facts, exchanges);
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}
