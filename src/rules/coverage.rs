//! `coverage`: not too many of one value away at the same time, so that somebody is at home.
//!
//! With `share = 0.34` and `min = 2`, an area with 10 managers may have max(2, 3) of them in sessions in any one half
//! day; 5 of them there cost 2 for each such half day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use smallvec::SmallVec;

use super::counts::Counts;
use super::{Args, Key, KeyKind, Limit, Need, RuleKind, Scope};
use crate::draft::{Booking, Draft, Exchange};
use crate::facts::Facts;
use crate::ids::{AttributeId, CohortId, RunId};
use crate::plan::Plan;
use crate::term::{Finding, Place, Reacts, Term, Tracker};

pub(super) const KIND: RuleKind = RuleKind {
    kind: "coverage",
    summary: "managers of a value away at once, beyond the number allowed",
    keys: &[
        Key { name: "attribute", kind: KeyKind::Attribute, need: Need::Required },
        Key { name: "share", kind: KeyKind::Share, need: Need::AtLeastOne },
        Key { name: "count", kind: KeyKind::Count, need: Need::AtLeastOne },
        Key { name: "min", kind: KeyKind::Count, need: Need::Optional },
    ],
    mixed_only: true,
    build: |_, args: Args| {
        let limit = Limit { share: args.share, count: args.count, min: args.min.unwrap_or(1) };
        Box::new(Coverage { attribute: args.required_attribute(), limit, scope: args.scope })
    },
};

#[derive(Debug)]
struct Coverage {
    attribute: AttributeId,
    limit: Limit,
    scope: Scope,
}

impl Coverage {
    /// For each value, how many of it may be away at once. All eligible managers with the value count.
    fn limits(&self, facts: &Facts) -> Vec<i64> {
        let mut all = vec![0; facts.attributes[self.attribute.index()].values.len()];
        for value in facts.eligible().filter_map(|manager| facts.value(manager, self.attribute)) {
            all[value as usize] += 1;
        }
        all.into_iter().map(|n| self.limit.of(n)).collect()
    }
}

impl Term for Coverage {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut away: BTreeMap<(u32, NaiveDate, usize), i64> = BTreeMap::new();
        for cohort in self.scope.cohorts() {
            let planned = &plan.cohorts[cohort.index()];
            for (date, half) in planned.runs.iter().flat_map(|run| &run.sessions).flat_map(|session| session.slots()) {
                for &member in &planned.members {
                    if let Some(value) = facts.value(member, self.attribute) {
                        *away.entry((value, date, half)).or_default() += 1;
                    }
                }
            }
        }
        let limits = self.limits(facts);
        let attribute = &facts.attributes[self.attribute.index()];
        let mut findings = Vec::new();
        for ((value, date, half), n) in away {
            let most = limits[value as usize];
            if n > most {
                findings.push(Finding {
                    amount: n - most,
                    message: format!(
                        "{} “{}”: {n} managers are in sessions on {date} {}, at most {most} may be away at once",
                        attribute.name,
                        attribute.values[value as usize],
                        if half == 0 { "am" } else { "pm" }
                    ),
                    place: Place::default(),
                });
            }
        }
        findings
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        let slots = 2 * facts.slots.days;
        let counts = Counts::new(facts, self.attribute);
        let limits = self.limits(facts);
        let away = vec![0; limits.len() * slots];
        let meets = vec![0; facts.cohorts.len() * slots];
        let places = vec![Vec::new(); facts.cohorts.len()];
        Box::new(CoverageTracker { counts, scope: self.scope.clone(), limits, slots, away, meets, places })
    }
}

#[derive(Clone)]
struct CoverageTracker {
    counts: Counts,
    scope: Scope,
    limits: Vec<i64>,
    slots: usize,
    /// By value and slot: how many are in a session.
    away: Vec<u16>,
    /// By cohort and slot: how many sessions it has there.
    meets: Vec<u8>,
    /// By cohort: the slots in which it has any session.
    places: Vec<Vec<u16>>,
}

impl CoverageTracker {
    /// How many sessions the cohort has in the slot; more than one only in a plan that is wrong.
    #[inline]
    fn meets(&self, cohort: CohortId, slot: usize) -> i64 {
        i64::from(self.meets[cohort.index() * self.slots + slot])
    }

    /// The change when `change` more managers of the value are in a session in the slot.
    #[inline]
    fn over(&self, value: usize, slot: usize, change: i64) -> i64 {
        let n = i64::from(self.away[value * self.slots + slot]);
        let most = self.limits[value];
        (n + change - most).max(0) - (n - most).max(0)
    }

    /// How many more managers of the value are in a session of the cohort in the slot after the exchange.
    #[inline]
    fn comes(&self, exchange: &Exchange, value: usize, slot: usize) -> i64 {
        let more = i64::from(self.counts.value(exchange.into) == Some(value))
            - i64::from(self.counts.value(exchange.out) == Some(value));
        if more == 0 { 0 } else { more * self.meets(exchange.cohort, slot) }
    }

    /// The change in a slot in which several of the cohorts meet: their changes count together, at the first of them.
    fn meeting_at_once(&self, exchanges: &[Exchange], index: usize, slot: usize, values: [Option<usize>; 2]) -> i64 {
        let mut change = 0;
        for value in values.into_iter().flatten() {
            let comes = |exchange: &Exchange| {
                if self.scope.has(exchange.cohort) { self.comes(exchange, value, slot) } else { 0 }
            };
            if exchanges[..index].iter().all(|before| comes(before) == 0) {
                change += self.over(value, slot, exchanges.iter().map(comes).sum());
            }
        }
        change
    }

    /// Tells every slot in which the cohort would have more or fewer sessions with the new booking, and how many.
    fn slot_changes(&self, draft: &Draft, run: RunId, booking: &Booking, mut tell: impl FnMut(usize, i64)) {
        let own = draft.booking(run);
        let slots = |booking: &Booking| -> SmallVec<[usize; 8]> {
            booking.sittings.iter().flat_map(|sitting| sitting.slots()).collect()
        };
        let (before, after) = (slots(own), slots(booking));
        let times = |slots: &[usize], slot: usize| slots.iter().filter(|&&taken| taken == slot).count() as i64;
        for (place, &slot) in before.iter().chain(&after).enumerate() {
            let change = times(&after, slot) - times(&before, slot);
            if change != 0 && !before.iter().chain(&after).take(place).any(|&told| told == slot) {
                tell(slot, change);
            }
        }
    }
}

impl Tracker for CoverageTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Both
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_seats(&self, _: &Facts, _: &Draft, exchanges: &[Exchange]) -> i64 {
        let mut change = 0;
        for (index, exchange) in exchanges.iter().enumerate().filter(|(_, exchange)| self.scope.has(exchange.cohort)) {
            let Some((out, into)) = self.counts.change(exchange) else { continue };
            for &slot in &self.places[exchange.cohort.index()] {
                let slot = slot as usize;
                let is_other = |(other, meeting): (usize, &Exchange)| {
                    other != index && self.meets(meeting.cohort, slot) > 0 && self.scope.has(meeting.cohort)
                };
                if !exchanges.iter().enumerate().any(is_other) {
                    let times = self.meets(exchange.cohort, slot);
                    change += out.map_or(0, |value| self.over(value, slot, -times));
                    change += into.map_or(0, |value| self.over(value, slot, times));
                    continue;
                }
                change += self.meeting_at_once(exchanges, index, slot, [out, into]);
            }
        }
        change
    }

    fn commit_seats(&mut self, _: &Facts, draft: &Draft, exchanges: &[Exchange]) {
        for exchange in exchanges.iter().filter(|exchange| self.scope.has(exchange.cohort)) {
            let Some((out, into)) = self.counts.change(exchange) else { continue };
            let bookings = draft.bookings(exchange.cohort);
            for slot in bookings.iter().flat_map(|booking| &booking.sittings).flat_map(|sitting| sitting.slots()) {
                if let Some(value) = out {
                    self.away[value * self.slots + slot] -= 1;
                }
                if let Some(value) = into {
                    self.away[value * self.slots + slot] += 1;
                }
            }
        }
        self.counts.commit(exchanges);
    }

    fn price_booking(&self, facts: &Facts, draft: &Draft, run: RunId, booking: &Booking) -> i64 {
        let cohort = facts.cohort_of(run);
        if !self.scope.has(cohort) || draft.booking(run).sittings == booking.sittings {
            return 0;
        }
        let mut sum = 0;
        self.slot_changes(draft, run, booking, |slot, change| {
            for (value, &n) in self.counts.of(cohort).iter().enumerate().filter(|&(_, &n)| n > 0) {
                sum += self.over(value, slot, change * i64::from(n));
            }
        });
        sum
    }

    fn commit_booking(&mut self, facts: &Facts, draft: &Draft, run: RunId, booking: &Booking) {
        let cohort = facts.cohort_of(run);
        if !self.scope.has(cohort) || draft.booking(run).sittings == booking.sittings {
            return;
        }
        let mut changes: SmallVec<[(usize, i64); 16]> = SmallVec::new();
        self.slot_changes(draft, run, booking, |slot, change| changes.push((slot, change)));
        for (slot, change) in changes {
            for (value, &n) in self.counts.of(cohort).iter().enumerate() {
                let away = &mut self.away[value * self.slots + slot];
                *away = away.wrapping_add_signed((change * i64::from(n)) as i16);
            }
        }
        let row = cohort.index() * self.slots;
        let places = &mut self.places[cohort.index()];
        for slot in draft.booking(run).sittings.iter().flat_map(|sitting| sitting.slots()) {
            self.meets[row + slot] -= 1;
            if self.meets[row + slot] == 0 {
                places.retain(|&place| place as usize != slot);
            }
        }
        for slot in booking.sittings.iter().flat_map(|sitting| sitting.slots()) {
            if self.meets[row + slot] == 0 {
                places.push(slot as u16);
            }
            self.meets[row + slot] += 1;
        }
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}
