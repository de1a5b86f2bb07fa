//! `min_distinct`: a cohort should bring together enough different values.
//!
//! With `count = 5`, a cohort with members of 3 departments costs 2.

use std::borrow::Cow;

use super::support::allocation::Headcount;
use super::support::counts::{Counts, by_value};
use super::support::{Args, Key, KeyKind, Need, RuleKind, Scope, most};
use crate::draft::{Draft, Exchange};
use crate::facts::{Facts, Wave};
use crate::ids::{AttributeId, ManagerId, WaveId};
use crate::plan::Plan;
use crate::term::{AtLeast, Finding, Place, Reacts, Seated, Term, Tracker};

pub(super) const KIND: RuleKind = RuleKind {
    kind: "min_distinct",
    summary: "values that a cohort lacks",
    keys: &[
        Key { name: "attribute", kind: KeyKind::Attribute, need: Need::Required },
        Key { name: "count", kind: KeyKind::Count, need: Need::Required },
    ],
    mixed_only: true,
    mixes: true,
    looks_back: false,
    most: |facts, args| most::cohorts(facts) * args.required_count(),
    build: |_, args: Args| {
        let count = args.required_count();
        Box::new(MinDistinct { attribute: args.required_attribute(), count, scope: args.scope })
    },
};

#[derive(Debug)]
struct MinDistinct {
    attribute: AttributeId,
    count: i64,
    scope: Scope,
}

impl Term for MinDistinct {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut findings = Vec::new();
        for cohort in self.scope.cohorts() {
            let counts = by_value(facts, self.attribute, &plan.cohorts[cohort.index()].members);
            let distinct = counts.iter().filter(|&&n| n > 0).count() as i64;
            if distinct < self.count {
                findings.push(Finding {
                    amount: self.count - distinct,
                    message: format!(
                        "{}: {distinct} different values of {}, at least {} are wanted",
                        facts.cohorts[cohort.index()].id,
                        facts.attributes[self.attribute.index()].name,
                        self.count
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
        Box::new(MinDistinctTracker {
            counts: Counts::new(facts, self.attribute),
            distinct: vec![0; facts.cohorts.len()],
            count: self.count,
            scope: self.scope.clone(),
        })
    }
}

impl Seated for MinDistinct {
    fn cohort(&self, facts: &Facts, wave: WaveId, members: &[ManagerId]) -> i64 {
        let counts = || by_value(facts, self.attribute, members);
        let distinct = || counts().into_iter().filter(|&n| n > 0).count() as i64;
        if self.scope.looks_at(facts, wave) { (self.count - distinct()).max(0) } else { 0 }
    }

    fn least(&self, facts: &Facts, is_left_out: &dyn Fn(WaveId) -> bool) -> (i64, Cow<'static, str>) {
        let scope = self.scope.without(facts, is_left_out);
        let values = Headcount::by_value(facts, self.attribute);
        let of_wave = |wave: WaveId| {
            let Wave { max, cohorts, .. } = &facts.waves[wave.index()];
            let there = values.iter().filter(|headcount| headcount.taken_by(facts, wave) > 0).count().min(*max) as i64;
            (self.count - there).max(0) * cohorts.len() as i64
        };
        let in_each = scope.waves(facts).map(of_wave).sum();
        // The first of a value in a cohort gives it one more.
        let price = |wave, n| if n == 0 && scope.looks_at(facts, wave) { -1 } else { 0 };
        let all: i64 = values.iter().map(|headcount| -headcount.cheapest(facts, price)).sum();
        let wanted = self.count * scope.cohorts().count() as i64;
        if in_each >= wanted - all {
            return (in_each, "fewer values than wanted among the managers of a wave".into());
        }
        let why = format!("{wanted} are wanted in all cohorts together, and the managers allow {all}");
        (wanted - all, why.into())
    }
}

#[derive(Clone)]
struct MinDistinctTracker {
    counts: Counts,
    /// For each cohort, how many values it has.
    distinct: Vec<i64>,
    count: i64,
    scope: Scope,
}

impl MinDistinctTracker {
    /// By how much the number of values changes.
    #[inline]
    fn change(&self, facts: &Facts, exchange: &Exchange) -> i64 {
        let Some((out, into)) = self.counts.change(facts, exchange) else { return 0 };
        let lost = out.is_some_and(|value| self.counts.count(exchange.cohort, value) == 1);
        let gained = into.is_some_and(|value| self.counts.count(exchange.cohort, value) == 0);
        i64::from(gained) - i64::from(lost)
    }
}

impl Tracker for MinDistinctTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Seats
    }

    fn start(&self, _: &Facts) -> i64 {
        self.scope.cohorts().count() as i64 * self.count
    }

    fn price_seats(&self, facts: &Facts, _: &Draft, exchanges: &[Exchange]) -> i64 {
        let missing = |distinct: i64| (self.count - distinct).max(0);
        let each = |exchange: &Exchange| {
            let now = self.distinct[exchange.cohort.index()];
            missing(now + self.change(facts, exchange)) - missing(now)
        };
        exchanges.iter().filter(|exchange| self.scope.has(exchange.cohort)).map(each).sum()
    }

    fn commit_seats(&mut self, facts: &Facts, _: &Draft, exchanges: &[Exchange]) {
        for exchange in exchanges {
            self.distinct[exchange.cohort.index()] += self.change(facts, exchange);
        }
        self.counts.commit(facts, exchanges);
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}
