//! `coverage`: not too many of one value away at the same time, so that somebody is at home.
//!
//! With `share = 0.34` and `min = 2`, an area with 10 managers may have max(2, 3) of them in sessions in any one half
//! day; 5 of them there cost 2 for each such half day.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use smallvec::SmallVec;

use super::support::allocation::least_of_classes;
use super::support::counts;
use super::support::{Args, Key, KeyKind, Need, RuleKind, Scope, Share, most};
use crate::calendar::half_name;
use crate::draft::{Booking, Draft, Exchange, Sitting};
use crate::facts::{BitRows, Facts, SessionKind, SlotBits};
use crate::ids::{AttributeId, CohortId, ManagerId, RunId, WaveId};
use crate::plan::Plan;
use crate::term::{AtLeast, ByClass, Finding, Place, Reacts, Seated, Term, Tracker};
use crate::words::count;

pub(super) const KIND: RuleKind = RuleKind {
    kind: "coverage",
    summary: "managers of a value away at once, beyond the number allowed",
    keys: &[
        Key { name: "attribute", kind: KeyKind::Attribute, need: Need::Required },
        Key { name: "share", kind: KeyKind::Share, need: Need::AtLeastOne },
        Key { name: "count", kind: KeyKind::Count, need: Need::AtLeastOne },
        Key { name: "min", kind: KeyKind::Floor, need: Need::Optional },
    ],
    mixed_only: true,
    mixes: false,
    looks_back: false,
    most: |facts, _| most::managers(facts) * most::slots_of_one(facts),
    build: |_, args: Args| {
        let limit = AwayLimit { share: args.share, count: args.count, min: args.min.unwrap_or(1) };
        Box::new(Coverage { attribute: args.required_attribute(), limit, scope: args.scope })
    },
};

/// How many managers of a value may be away at once: a share of them, a count, or the smaller of both.
#[derive(Clone, Copy, Debug)]
struct AwayLimit {
    /// At most this share.
    share: Option<Share>,
    /// At most this many.
    count: Option<i64>,
    /// A share never limits below this.
    min: i64,
}

impl AwayLimit {
    /// The limit where there are `n` in all.
    fn of(self, n: i64) -> i64 {
        let by_share = self.share.map(|share| share.of(n).max(self.min));
        by_share.into_iter().chain(self.count).min().unwrap_or(i64::MAX)
    }
}

#[derive(Debug)]
struct Coverage {
    attribute: AttributeId,
    limit: AwayLimit,
    scope: Scope,
}

impl Coverage {
    /// For each value, how many of it may be away at once. All eligible managers with the value count.
    fn limits(&self, facts: &Facts) -> Vec<i64> {
        counts::who_share(facts, self.attribute).iter().map(|who| self.limit.of(who.len() as i64)).collect()
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
                        "{} “{}”: {} in sessions on {date} {}, at most {most} may be away at once",
                        attribute.name,
                        attribute.values[value as usize],
                        count(n, "manager"),
                        half_name(half)
                    ),
                    place: Place::default(),
                });
            }
        }
        findings
    }

    fn at_least(&self, _: &Facts) -> AtLeast<'_> {
        AtLeast::Seats(self)
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        let slots = 2 * facts.slots.days;
        let limits = self.limits(facts);
        let mut full = BitRows::zeros(limits.len(), slots);
        for (value, _) in limits.iter().enumerate().filter(|&(_, &most)| most <= 0) {
            (0..slots).for_each(|slot| full.set(value, slot, true));
        }
        Box::new(CoverageTracker {
            attribute: self.attribute,
            scope: self.scope.clone(),
            slots,
            away: vec![0; limits.len() * slots],
            limits,
            full,
            present: vec![Vec::new(); facts.cohorts.len()],
            meets: vec![0; facts.cohorts.len() * slots],
            places: vec![Vec::new(); facts.cohorts.len()],
        })
    }
}

/// A cohort's members are away together, in each half day of its sessions; what other cohorts have at the same time comes on
/// top.
impl Seated for Coverage {
    fn cohort(&self, facts: &Facts, wave: WaveId, members: &[ManagerId]) -> i64 {
        let counts = counts::by_value(facts, self.attribute, members);
        let over = counts.into_iter().zip(self.limits(facts)).map(|(n, most)| (n - most).max(0)).sum::<i64>();
        if self.scope.looks_at(facts, wave) { half_days(facts) * over } else { 0 }
    }

    fn least(&self, facts: &Facts, is_left_out: &dyn Fn(WaveId) -> bool) -> (i64, Cow<'static, str>) {
        let over = least_of_classes(self, facts, is_left_out);
        let worst = (0..over.len()).max_by_key(|&value| (over[value], std::cmp::Reverse(value)));
        let Some(value) = worst.filter(|&value| over[value] > 0) else {
            return (0, "the cohorts are enough to have no more of a value than may be away at once".into());
        };
        let attribute = &facts.attributes[self.attribute.index()];
        let why = format!(
            "of {} “{}”, for one, at most {} may be away at once, but some cohort must have more of them",
            attribute.name,
            attribute.values[value],
            count(self.limits(facts)[value], "manager")
        );
        (over.iter().sum(), why.into())
    }

    fn by_class(&self) -> Option<&dyn ByClass> {
        Some(self)
    }
}

impl ByClass for Coverage {
    fn classes(&self, facts: &Facts) -> Vec<Vec<ManagerId>> {
        counts::who_share(facts, self.attribute)
    }

    fn one_more(&self, facts: &Facts, wave: WaveId, class: &[ManagerId], beside: i64) -> i64 {
        let is_full = beside >= self.limit.of(class.len() as i64);
        if self.scope.looks_at(facts, wave) && is_full { half_days(facts) } else { 0 }
    }
}

/// How many half days the sessions of a cohort take.
fn half_days(facts: &Facts) -> i64 {
    let of_session = |session: &SessionKind| session.parts()[0].halves().len() as i64;
    facts.modules.iter().flat_map(|module| &module.sessions).map(of_session).sum()
}

#[derive(Clone)]
struct CoverageTracker {
    attribute: AttributeId,
    scope: Scope,
    limits: Vec<i64>,
    slots: usize,
    /// By value and slot: how many are in a session.
    away: Vec<u16>,
    /// By value: the slots in which no more may be away. Elsewhere one more costs nothing, and fewer change nothing; so
    /// most prices are found in these few bits.
    full: BitRows,
    /// By cohort: the values that its members have, and how many of them.
    present: Vec<Vec<(u32, u32)>>,
    /// By cohort and slot: how many sessions it has there.
    meets: Vec<u8>,
    /// By cohort: the slots in which it has any session.
    places: Vec<Vec<u16>>,
}

/// Slots in which a cohort would have more or fewer sessions, and how many.
type SlotChanges = SmallVec<[(usize, i64); 16]>;

impl CoverageTracker {
    /// How many sessions the cohort has in the slot; more than one only in a plan that is wrong.
    #[inline]
    fn meets(&self, cohort: CohortId, slot: usize) -> i64 {
        i64::from(self.meets[cohort.index() * self.slots + slot])
    }

    /// The change when `change` more managers of the value are in a session in the slot.
    #[inline]
    fn over(&self, value: usize, slot: usize, change: i64) -> i64 {
        if change <= 1 && !self.full.has(value, slot) {
            return 0;
        }
        let n = i64::from(self.away[value * self.slots + slot]);
        let most = self.limits[value];
        (n + change - most).max(0) - (n - most).max(0)
    }

    /// `change` more managers of the value are in a session in the slot.
    #[inline]
    fn count(&mut self, value: usize, slot: usize, change: i64) {
        let away = &mut self.away[value * self.slots + slot];
        let is_full = |away: u16| i64::from(away) >= self.limits[value];
        let was = is_full(*away);
        *away = away.wrapping_add_signed(change as i16);
        if is_full(*away) != was {
            self.full.set(value, slot, !was);
        }
    }

    /// A member of the cohort more, or fewer, has the value.
    fn count_present(&mut self, cohort: CohortId, value: usize, comes: bool) {
        let present = &mut self.present[cohort.index()];
        match present.iter().position(|&(known, _)| known as usize == value) {
            Some(place) if comes => present[place].1 += 1,
            Some(place) if present[place].1 > 1 => present[place].1 -= 1,
            Some(place) => {
                present.swap_remove(place);
            }
            None => present.push((value as u32, 1)),
        }
    }

    /// How many more managers of the value are in a session of the cohort in the slot after the exchange.
    #[inline]
    fn comes(&self, facts: &Facts, exchange: &Exchange, value: usize, slot: usize) -> i64 {
        let more = i64::from(counts::value(facts, self.attribute, exchange.into) == Some(value))
            - i64::from(counts::value(facts, self.attribute, exchange.out) == Some(value));
        if more == 0 { 0 } else { more * self.meets(exchange.cohort, slot) }
    }

    /// The change in a slot in which several of the cohorts meet: their changes count together, at the first of them.
    fn meeting_at_once(
        &self,
        facts: &Facts,
        exchanges: &[Exchange],
        index: usize,
        slot: usize,
        values: [Option<usize>; 2],
    ) -> i64 {
        let mut change = 0;
        for value in values.into_iter().flatten() {
            let comes = |exchange: &Exchange| {
                if self.scope.has(exchange.cohort) { self.comes(facts, exchange, value, slot) } else { 0 }
            };
            if exchanges[..index].iter().all(|before| comes(before) == 0) {
                change += self.over(value, slot, exchanges.iter().map(comes).sum());
            }
        }
        change
    }
}

/// Every slot in which a cohort would have more or fewer sessions if one of its runs had the sittings `after`.
fn slot_changes(before: &[Sitting], after: &[Sitting]) -> SlotChanges {
    let mut changes = SlotChanges::new();
    for (sittings, change) in [(before, -1), (after, 1)] {
        for slot in sittings.iter().flat_map(|sitting| sitting.slots()) {
            match changes.iter_mut().find(|(known, _)| *known == slot) {
                Some((_, known)) => *known += change,
                None => changes.push((slot, change)),
            }
        }
    }
    changes.retain(|(_, change)| *change != 0);
    changes
}

impl Tracker for CoverageTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Presence
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_seats(&self, facts: &Facts, _: &Draft, exchanges: &[Exchange]) -> i64 {
        let mut change = 0;
        for (index, exchange) in exchanges.iter().enumerate().filter(|(_, exchange)| self.scope.has(exchange.cohort)) {
            let Some((out, into)) = counts::change(facts, self.attribute, exchange) else { continue };
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
                change += self.meeting_at_once(facts, exchanges, index, slot, [out, into]);
            }
        }
        change
    }

    fn commit_seats(&mut self, facts: &Facts, draft: &Draft, exchanges: &[Exchange]) {
        for exchange in exchanges {
            let Some((out, into)) = counts::change(facts, self.attribute, exchange) else { continue };
            if !self.scope.has(exchange.cohort) {
                continue;
            }
            let slots = || draft.bookings(exchange.cohort).iter().flat_map(|booking| &booking.sittings);
            for (value, comes) in [(out, false), (into, true)] {
                let Some(value) = value else { continue };
                self.count_present(exchange.cohort, value, comes);
                for slot in slots().flat_map(|sitting| sitting.slots()) {
                    self.count(value, slot, if comes { 1 } else { -1 });
                }
            }
        }
    }

    fn price_booking(&self, facts: &Facts, draft: &Draft, run: RunId, booking: &Booking) -> i64 {
        let cohort = facts.cohort_of(run);
        let (before, after) = (&draft.booking(run).sittings[..], &booking.sittings[..]);
        if !self.scope.has(cohort) || before == after {
            return 0;
        }
        let bits = |sitting: &Sitting| SlotBits::of(sitting.day as usize, sitting.part);
        let concerned: SmallVec<[SlotBits; 8]> = before.iter().chain(after).map(bits).collect();
        let is_apart = after.iter().enumerate().all(|(place, one)| after[..place].iter().all(|two| !one.meets(*two)));
        let mut changes: Option<SlotChanges> = None;
        let mut sum = 0;
        for &(value, n) in &self.present[cohort.index()] {
            let full = self.full.row(value as usize);
            if n == 1 && is_apart && !concerned.iter().any(|&bits| full.has_any(bits)) {
                continue;
            }
            for &mut (slot, change) in changes.get_or_insert_with(|| slot_changes(before, after)) {
                sum += self.over(value as usize, slot, change * i64::from(n));
            }
        }
        sum
    }

    fn commit_booking(&mut self, facts: &Facts, draft: &Draft, run: RunId, booking: &Booking) {
        let cohort = facts.cohort_of(run);
        let (before, after) = (&draft.booking(run).sittings[..], &booking.sittings[..]);
        if !self.scope.has(cohort) || before == after {
            return;
        }
        let changes = slot_changes(before, after);
        for index in 0..self.present[cohort.index()].len() {
            let (value, n) = self.present[cohort.index()][index];
            changes.iter().for_each(|&(slot, change)| self.count(value as usize, slot, change * i64::from(n)));
        }
        let places = &mut self.places[cohort.index()];
        for &(slot, change) in &changes {
            let meets = &mut self.meets[cohort.index() * self.slots + slot];
            let had = *meets > 0;
            *meets = meets.wrapping_add_signed(change as i8);
            match (had, *meets > 0) {
                (false, true) => places.push(slot as u16),
                (true, false) => places.retain(|&place| place as usize != slot),
                _ => (),
            }
        }
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}
