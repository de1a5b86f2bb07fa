//! `min_share`: a value needs at least a share of every cohort.
//!
//! With `value = "k"` and `share = 0.3`, a cohort of 20 needs ceil(6.0) = 6 members with that value; 4 of them cost 2.

use std::borrow::Cow;

use super::support::allocation::Headcount;
use super::support::counts::{Counts, by_value, who_share};
use super::support::{Args, Key, KeyKind, Need, RuleKind, Scope, Share, most};
use crate::draft::{Draft, Exchange};
use crate::facts::{Facts, Wave};
use crate::ids::{AttributeId, CohortId, ManagerId, WaveId};
use crate::plan::Plan;
use crate::term::{AtLeast, Finding, Place, Reacts, Seated, Term, Tracker};

pub(super) const KIND: RuleKind = RuleKind {
    kind: "min_share",
    summary: "members with a value missing to its share of their cohort",
    keys: &[
        Key { name: "attribute", kind: KeyKind::Attribute, need: Need::Required },
        Key { name: "value", kind: KeyKind::Value, need: Need::Required },
        Key { name: "share", kind: KeyKind::Share, need: Need::Required },
    ],
    mixed_only: true,
    mixes: true,
    looks_back: false,
    most: |facts, _| most::managers(facts),
    build: |_, args: Args| {
        let share = args.share.unwrap_or(Share { millionths: 0 });
        let (attribute, value) = (args.required_attribute(), args.required_value());
        Box::new(MinShare { attribute, value, share, scope: args.scope })
    },
};

#[derive(Debug)]
struct MinShare {
    attribute: AttributeId,
    value: u32,
    share: Share,
    scope: Scope,
}

impl MinShare {
    /// How many of the value are missing in a cohort with these members.
    fn missing(&self, facts: &Facts, members: &[ManagerId]) -> i64 {
        let there = by_value(facts, self.attribute, members)[self.value as usize];
        (self.share.at_least_of(members.len() as i64) - there).max(0)
    }
}

impl Term for MinShare {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let attribute = &facts.attributes[self.attribute.index()];
        let finding = |cohort: CohortId| {
            let members = &plan.cohorts[cohort.index()].members;
            let (missing, needed) = (self.missing(facts, members), self.share.at_least_of(members.len() as i64));
            (missing > 0).then(|| Finding {
                amount: missing,
                message: format!(
                    "{}: {} of {} members have {} “{}”, at least {needed} are wanted",
                    facts.cohorts[cohort.index()].id,
                    needed - missing,
                    members.len(),
                    attribute.name,
                    attribute.values[self.value as usize]
                ),
                place: Place { cohort: Some(cohort), ..Place::default() },
            })
        };
        self.scope.cohorts().filter_map(finding).collect()
    }

    fn at_least(&self, _: &Facts) -> AtLeast<'_> {
        AtLeast::Seats(self)
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        Box::new(MinShareTracker {
            counts: Counts::new(facts, self.attribute),
            value: self.value as usize,
            share: self.share,
            scope: self.scope.clone(),
        })
    }
}

impl Seated for MinShare {
    fn cohort(&self, facts: &Facts, wave: WaveId, members: &[ManagerId]) -> i64 {
        if self.scope.looks_at(facts, wave) { self.missing(facts, members) } else { 0 }
    }

    /// What all cohorts need at least, less those who can be in them: wave by wave, and for all waves together, where everyone
    /// who can only sit in them makes the cohorts larger.
    fn least(&self, facts: &Facts, is_left_out: &dyn Fn(WaveId) -> bool) -> (i64, Cow<'static, str>) {
        let scope = self.scope.without(facts, is_left_out);
        let holders = &who_share(facts, self.attribute)[self.value as usize];
        let headcount = Headcount::of(facts, holders);
        let needed = |wave: WaveId| {
            let Wave { min, cohorts, .. } = &facts.waves[wave.index()];
            cohorts.len() as i64 * self.share.at_least_of(*min as i64)
        };
        let of_wave = |wave: WaveId| (needed(wave) - headcount.taken_by(facts, wave)).max(0);
        let wave_by_wave: i64 = scope.waves(facts).map(of_wave).sum();
        let seated = facts.eligible().filter(|&manager| scope.holds(facts, manager)).count() as i64;
        let wanted = scope.waves(facts).map(needed).sum::<i64>().max(self.share.at_least_of(seated));
        let can_come = |&&manager: &&ManagerId| scope.waves(facts).any(|wave| facts.takes(wave, manager));
        let available = holders.iter().filter(can_come).count() as i64;
        if wave_by_wave >= wanted - available {
            return (wave_by_wave, "fewer managers with the value than the cohorts of a wave need".into());
        }
        let why = format!("{wanted} with the value are wanted in all cohorts together, and {available} can be in them");
        (wanted - available, why.into())
    }
}

#[derive(Clone)]
struct MinShareTracker {
    counts: Counts,
    value: usize,
    share: Share,
    scope: Scope,
}

impl Tracker for MinShareTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Seats
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_seats(&self, facts: &Facts, draft: &Draft, exchanges: &[Exchange]) -> i64 {
        let missing = |members: i64, there: i64| (self.share.at_least_of(members) - there).max(0);
        let each = |exchange: &Exchange| {
            let has = |manager| i64::from(self.counts.value(facts, manager) == Some(self.value));
            let members = draft.members(exchange.cohort).len() as i64;
            let there = self.counts.count(exchange.cohort, self.value);
            let more = i64::from(exchange.into.is_some()) - i64::from(exchange.out.is_some());
            missing(members + more, there + has(exchange.into) - has(exchange.out)) - missing(members, there)
        };
        exchanges.iter().filter(|exchange| self.scope.has(exchange.cohort)).map(each).sum()
    }

    fn commit_seats(&mut self, facts: &Facts, _: &Draft, exchanges: &[Exchange]) {
        self.counts.commit(facts, exchanges);
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::Share;

    #[test]
    fn a_share_is_rounded_up_where_it_is_a_least() {
        let share = |millionths| Share { millionths };
        assert_eq!([0, 1, 3, 4, 10, 20].map(|n| share(300_000).at_least_of(n)), [0, 1, 1, 2, 3, 6]);
        assert_eq!([share(0).at_least_of(7), share(1_000_000).at_least_of(7), share(1).at_least_of(7)], [0, 7, 1]);
    }
}
