//! Shared by `max_share` and `max_count`: members who share a value beyond a limit.

use std::borrow::Cow;

use super::allocation::Headcount;
use super::args::Share;
use super::counts::{Counts, by_value, who_share};
use super::scope::Scope;
use crate::draft::{Draft, Exchange};
use crate::facts::{Facts, Wave};
use crate::ids::{AttributeId, CohortId, ManagerId, WaveId};
use crate::plan::Plan;
use crate::term::{AtLeast, ByClass, Finding, Place, Reacts, Seated, Term, Tracker};

/// The most members of one value that a cohort may have.
#[derive(Clone, Copy, Debug)]
pub enum ValueLimit {
    /// floor(share × members of the cohort).
    Share(Share),
    /// The same for all.
    Count(i64),
}

impl ValueLimit {
    #[inline]
    fn of(self, members: i64) -> i64 {
        match self {
            ValueLimit::Share(share) => share.of(members),
            ValueLimit::Count(count) => count,
        }
    }
}

/// Per cohort and value: members with that value over the limit.
#[derive(Debug)]
pub struct AtMost {
    /// The attribute whose values are counted.
    pub attribute: AttributeId,
    /// The limit.
    pub most: ValueLimit,
    /// The cohorts looked at.
    pub scope: Scope,
}

impl AtMost {
    /// The least number of members over the limit in all cohorts of a wave, since each cohort must be filled to its smallest size.
    fn over_when_filled(&self, facts: &Facts, values: &[Headcount], wave: WaveId) -> i64 {
        let Wave { min, max, cohorts, .. } = &facts.waves[wave.index()];
        let without: Vec<_> = facts.eligible().filter(|&id| facts.value(id, self.attribute).is_none()).collect();
        let without = Headcount::of(facts, &without).taken_by(facts, wave);
        let over = |members: usize| {
            let most = self.most.of(members as i64);
            let within: i64 = values.iter().map(|headcount| headcount.taken_by(facts, wave).min(most)).sum();
            (members as i64 - without - within).max(0)
        };
        // Mostly the smallest size already has nobody over; no cohort is larger than everyone who takes part.
        let mut least = i64::MAX;
        for members in *min..=(*max).min(facts.eligible().count()).max(*min) {
            least = least.min(over(members));
            if least == 0 {
                break;
            }
        }
        least * cohorts.len() as i64
    }
}

impl Term for AtMost {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let attribute = &facts.attributes[self.attribute.index()];
        let mut findings = Vec::new();
        for cohort in self.scope.cohorts() {
            let members = &plan.cohorts[cohort.index()].members;
            let most = match self.most {
                ValueLimit::Share(share) => share.of(members.len() as i64),
                ValueLimit::Count(count) => count,
            };
            for (value, n) in
                by_value(facts, self.attribute, members).into_iter().enumerate().filter(|&(_, n)| n > most)
            {
                findings.push(Finding {
                    amount: n - most,
                    message: format!(
                        "{}: {n} of {} members have {} “{}”, at most {most} may",
                        facts.cohorts[cohort.index()].id,
                        members.len(),
                        attribute.name,
                        attribute.values[value]
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
        Box::new(AtMostTracker {
            counts: Counts::new(facts, self.attribute),
            most: self.most,
            scope: self.scope.clone(),
        })
    }
}

impl Seated for AtMost {
    fn cohort(&self, facts: &Facts, wave: WaveId, members: &[ManagerId]) -> i64 {
        if !self.scope.looks_at(facts, wave) {
            return 0;
        }
        let most = self.most.of(members.len() as i64);
        by_value(facts, self.attribute, members).into_iter().map(|n| (n - most).max(0)).sum()
    }

    fn least(&self, facts: &Facts, is_left_out: &dyn Fn(WaveId) -> bool) -> (i64, Cow<'static, str>) {
        let scope = self.scope.without(facts, is_left_out);
        let values = Headcount::by_value(facts, self.attribute);
        let most = |wave: WaveId| self.most.of(facts.waves[wave.index()].max as i64);
        let over = |wave, n| i64::from(scope.looks_at(facts, wave) && n >= most(wave));
        let dealt = values.iter().map(|headcount| headcount.cheapest(facts, over)).sum();
        let filled = scope.waves(facts).map(|wave| self.over_when_filled(facts, &values, wave)).sum();
        if filled > dealt {
            return (filled, "too few values to fill the cohorts with as few of each as they may have".into());
        }
        (dealt, "more managers of a value than the cohorts may have".into())
    }

    fn by_class(&self) -> Option<&dyn ByClass> {
        match self.most {
            // The larger the cohort, the more of a value it may have.
            ValueLimit::Share(_) => None,
            ValueLimit::Count(_) => Some(self),
        }
    }
}

impl ByClass for AtMost {
    fn classes(&self, facts: &Facts) -> Vec<Vec<ManagerId>> {
        who_share(facts, self.attribute)
    }

    fn one_more(&self, facts: &Facts, wave: WaveId, _: &[ManagerId], beside: i64) -> i64 {
        i64::from(self.scope.looks_at(facts, wave) && beside >= self.most.of(beside))
    }
}

#[derive(Clone)]
struct AtMostTracker {
    counts: Counts,
    most: ValueLimit,
    scope: Scope,
}

impl AtMostTracker {
    /// The change where a cohort of `members` loses and gains a member; only two counts matter while the limit stays.
    fn swap(&self, cohort: CohortId, members: i64, out: Option<usize>, into: Option<usize>) -> i64 {
        let most = self.most.of(members);
        let lost = out.is_some_and(|value| self.counts.count(cohort, value) > most);
        let gained = into.is_some_and(|value| self.counts.count(cohort, value) >= most);
        i64::from(gained) - i64::from(lost)
    }

    /// The change where the limit may change for every value.
    fn resize(&self, facts: &Facts, exchange: &Exchange, members: i64) -> i64 {
        let (out, into) = (self.counts.value(facts, exchange.out), self.counts.value(facts, exchange.into));
        let after = members + i64::from(exchange.into.is_some()) - i64::from(exchange.out.is_some());
        let (most, most_after) = (self.most.of(members), self.most.of(after));
        if most == most_after {
            return self.swap(exchange.cohort, members, out, into);
        }
        let each = |(value, &n): (usize, &u32)| {
            let n = i64::from(n);
            let n_after = n + i64::from(into == Some(value)) - i64::from(out == Some(value));
            (n_after - most_after).max(0) - (n - most).max(0)
        };
        self.counts.of(exchange.cohort).iter().enumerate().map(each).sum()
    }
}

impl Tracker for AtMostTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Seats
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_seats(&self, facts: &Facts, draft: &Draft, exchanges: &[Exchange]) -> i64 {
        let mut change = 0;
        for exchange in exchanges.iter().filter(|exchange| self.scope.has(exchange.cohort)) {
            let members = draft.members(exchange.cohort).len() as i64;
            if exchange.out.is_some() != exchange.into.is_some() {
                change += self.resize(facts, exchange, members);
            } else if let Some((out, into)) = self.counts.change(facts, exchange) {
                change += self.swap(exchange.cohort, members, out, into);
            }
        }
        change
    }

    fn commit_seats(&mut self, facts: &Facts, _: &Draft, exchanges: &[Exchange]) {
        self.counts.commit(facts, exchanges);
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}
