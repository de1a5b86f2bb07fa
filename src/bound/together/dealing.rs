//! The cheapest dealing of parties and timelines to some cohorts: each group in one cohort, no two cohorts with the same room
//! or consultant at once, and no consultant on more dates than may be.
//!
//! What costs more than some sum is not looked at, and if nothing below it is found, the cohorts cost that much: enumeration
//! within what a bound leaves open (as Baldacci, Christofides and Mingozzi do for vehicle routes, 2008). The sum is raised
//! until a dealing is found or the work gets too much.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use smallvec::SmallVec;

use super::timetables::{Timetable, are_within_limits, number};
use crate::bound::prices::{CLOSED, DEAREST, SCALE};
use crate::facts::Facts;

/// So many timelines are listed at the most, for each unit of effort, ...
const LISTED: usize = 6_000;

/// ... so many at the most in all (some 60 MB), ...
const MOST_LISTED: usize = 200_000;

/// ... and so many timelines, or pairs of them, are looked at for each unit.
const LOOKED: usize = 6_000_000;

/// Of two parties no more pairs of timelines are looked at: those that are left cost no less than the cheapest of them could.
const A_PAIR: usize = 300_000;

/// By how much more is tried first than is proved: half as much again after each time that it is proved, too, and half of it
/// when that was too much work, ...
const FIRST: i64 = 2 * SCALE;

/// ... but no less than this.
const LEAST: i64 = SCALE / 2;

/// So much is looked at with this effort.
pub fn most_looked(effort: usize) -> usize {
    effort.saturating_mul(LOOKED)
}

/// So many timelines are listed with this effort.
pub fn most_listed(effort: usize) -> usize {
    effort.saturating_mul(LISTED).min(MOST_LISTED)
}

/// Lists all timelines with a party that cost no more than so much more than the cheapest of all, the cheapest first; `None`
/// where they are more than so many.
pub type List<'a> = dyn Fn(usize, i64, usize) -> Option<Vec<Timetable>> + 'a;

/// What cohorts with these parties and timelines cost besides at the least, or so much if it is no less, whatever timelines
/// the others have.
pub type Besides<'a> = dyn Fn(&[(usize, &Timetable)], i64) -> i64 + 'a;

/// How groups can be dealt to cohorts.
pub struct Dealing<'a> {
    facts: &'a Facts,
    /// The groups of each party, with what its cheapest timeline costs more than the cheapest of all.
    parties: Vec<(u32, i64)>,
    /// By group, the parties with it; those without any at the end.
    with: Vec<Vec<usize>>,
    cohorts: usize,
    /// What so many cohorts with these groups cost more at the least, by their cheapest timelines.
    rest: HashMap<(u32, usize), i64>,
    /// How much may still be looked at.
    left: usize,
    stop: &'a AtomicBool,
    besides: &'a Besides<'a>,
}

impl<'a> Dealing<'a> {
    /// To so many cohorts, with so much to be looked at.
    pub fn new(
        facts: &'a Facts,
        parties: Vec<(u32, i64)>,
        cohorts: usize,
        left: usize,
        stop: &'a AtomicBool,
        besides: &'a Besides<'a>,
    ) -> Dealing<'a> {
        let with = |group: u32| -> Vec<usize> {
            let has = |groups: u32| if group < u32::BITS { groups >> group & 1 == 1 } else { groups == 0 };
            (0..parties.len()).filter(|&party| has(parties[party].0)).collect()
        };
        let with = (0..=u32::BITS).map(with).collect();
        Dealing { facts, parties, with, cohorts, rest: HashMap::new(), left, stop, besides }
    }

    /// What the cohorts with these groups cost more at the least, as far as it can be shown by what may be looked at, and
    /// with so many timelines.
    pub fn prove(&mut self, groups: u32, many: usize, list: &List) -> i64 {
        let alone = self.rest(groups, self.cohorts);
        if alone >= CLOSED || self.left == 0 {
            return 0;
        }
        let (mut proved, mut left, mut step) = (alone, self.left, FIRST);
        while step >= LEAST && left > 0 {
            if proved >= DEAREST {
                // There is no dealing at all, and no price to be told.
                return alone;
            }
            let most = proved + step;
            self.left = left / 2;
            left -= self.left;
            let best = self.lists(groups, most, many, list).map(|lists| {
                let mut search = Search { dealing: self, lists, pairs: HashMap::new(), best: most };
                search.deal(groups, &mut Vec::new());
                search.best
            });
            left += self.left;
            match best.filter(|_| self.left > 0) {
                Some(best) if best < most => return if best < DEAREST { best.max(proved) } else { alone },
                Some(_) => (proved, step) = (most, step * 3 / 2),
                None => step /= 2,
            }
        }
        proved
    }

    /// Counts what is looked at.
    fn look(&mut self, many: usize) {
        self.left = self.left.saturating_sub(many);
        if self.stop.load(Ordering::Relaxed) {
            self.left = 0;
        }
    }

    /// The parties of a next cohort when these groups are left: those with the first of them.
    fn next(&mut self, groups: u32) -> Vec<usize> {
        let with = &self.with[groups.trailing_zeros() as usize];
        let next = with.iter().copied().filter(|&party| self.parties[party].0 & !groups == 0).collect();
        self.left = self.left.saturating_sub(with.len());
        next
    }

    /// What so many cohorts with these groups cost more at the least; [`CLOSED`] where they cannot have them.
    fn rest(&mut self, groups: u32, cohorts: usize) -> i64 {
        if cohorts == 0 {
            return if groups == 0 { 0 } else { CLOSED };
        }
        if let Some(&known) = self.rest.get(&(groups, cohorts)) {
            return known;
        }
        let mut best = CLOSED;
        for party in self.next(groups) {
            let (taken, more) = self.parties[party];
            if self.left > 0 && more < best {
                best = best.min(more + self.rest(groups & !taken, cohorts - 1));
            }
        }
        // What was not looked at to the end is not known.
        if self.left > 0 {
            self.rest.insert((groups, cohorts), best);
        }
        best
    }

    /// For each party its timelines in dealings below `most`; `None` where they are too many.
    fn lists(&mut self, groups: u32, most: i64, many: usize, list: &List) -> Option<Vec<Vec<Timetable>>> {
        let mut lists = Vec::with_capacity(self.parties.len());
        let mut left = many;
        for (party, (taken, least)) in self.parties.clone().into_iter().enumerate() {
            let more = most - self.rest(groups & !taken, self.cohorts - 1);
            if self.left == 0 {
                return None;
            }
            let of_party = if least < more { list(party, more, left)? } else { Vec::new() };
            left -= of_party.len().min(left);
            lists.push(of_party);
        }
        number(&mut lists);
        Some(lists)
    }
}

/// The search for the cheapest dealing.
struct Search<'s, 'a> {
    dealing: &'s mut Dealing<'a>,
    /// By party, the cheapest first.
    lists: Vec<Vec<Timetable>>,
    /// What two cohorts with these parties cost more at the least when each has its own room and consultants.
    pairs: HashMap<(usize, usize), i64>,
    /// What is still to be beaten.
    best: i64,
}

impl Search<'_, '_> {
    /// Deals the groups that are left to the cohorts that have none yet.
    fn deal(&mut self, groups: u32, chosen: &mut Vec<usize>) {
        let left = self.dealing.cohorts - chosen.len();
        if left == 0 {
            let mut order = chosen.clone();
            order.sort_by_key(|&party| std::cmp::Reverse(self.dealing.parties[party].1));
            return self.hold(&order, &mut Vec::new(), 0);
        }
        for party in self.dealing.next(groups) {
            let rest = groups & !self.dealing.parties[party].0;
            let after = self.dealing.rest(rest, left - 1);
            chosen.push(party);
            if self.together(chosen, self.best - after) < self.best - after && self.dealing.left > 0 {
                self.deal(rest, chosen);
            }
            chosen.pop();
        }
    }

    /// What cohorts with these parties cost more at the least: one by one, or as pairs, in each of which they cost what two
    /// do. Nothing more is looked at once it is `most`.
    fn together(&mut self, chosen: &[usize], most: i64) -> i64 {
        let alone: i64 = chosen.iter().map(|&party| self.dealing.parties[party].1).sum();
        let (mut pairs, mut dearest) = (0, alone);
        for (at, &party) in chosen.iter().enumerate() {
            for &other in &chosen[..at] {
                if dearest >= most {
                    return dearest;
                }
                let pair = self.pair(party.min(other), party.max(other));
                let of_each = self.dealing.parties[party].1 + self.dealing.parties[other].1;
                dearest = dearest.max(alone + pair - of_each);
                pairs += pair;
            }
        }
        // Each is in as many pairs as there are others.
        let others = chosen.len() as i64 - 1;
        if others > 0 { dearest.max(pairs / others) } else { dearest }
    }

    fn pair(&mut self, party: usize, other: usize) -> i64 {
        if let Some(&known) = self.pairs.get(&(party, other)) {
            return known;
        }
        let (mut best, mut looked) = (self.best, 0_usize);
        for one in &self.lists[party] {
            if one.more + self.dealing.parties[other].1 >= best {
                break;
            }
            if looked > A_PAIR {
                best = one.more + self.dealing.parties[other].1;
                break;
            }
            for two in &self.lists[other] {
                let sum = one.more + two.more;
                if sum >= best {
                    break;
                }
                looked += 1;
                if one.goes_with(two) && are_within_limits(self.dealing.facts, &[one, two]) {
                    best = sum;
                }
            }
        }
        self.dealing.look(looked);
        self.pairs.insert((party, other), best);
        best
    }

    /// What the cohorts cost besides for which a timeline is held.
    fn besides(&self, parties: &[usize], held: &[usize], below: i64) -> i64 {
        let with = |(&party, &at): (&usize, &usize)| (party, &self.lists[party][at]);
        let held: SmallVec<[(usize, &Timetable); 8]> = parties.iter().zip(held).map(with).collect();
        (self.dealing.besides)(&held, below)
    }

    /// Looks for timelines of these parties that go together, for less than the best.
    fn hold(&mut self, parties: &[usize], held: &mut Vec<usize>, sum: i64) {
        if held.len() == parties.len() {
            let all: Vec<&Timetable> = parties.iter().zip(&*held).map(|(&party, &at)| &self.lists[party][at]).collect();
            if are_within_limits(self.dealing.facts, &all) {
                self.best = sum + self.besides(parties, held, self.best - sum);
            }
            return;
        }
        let rest: i64 = parties[held.len() + 1..].iter().map(|&party| self.dealing.parties[party].1).sum();
        for place in 0..self.lists[parties[held.len()]].len() {
            let next = &self.lists[parties[held.len()]][place];
            let sum = sum + next.more;
            if sum + rest >= self.best || self.dealing.left == 0 {
                return;
            }
            let mut before = parties.iter().zip(&*held).map(|(&party, &at)| &self.lists[party][at]);
            let goes = before.all(|other| next.goes_with(other));
            self.dealing.look(held.len() + 1);
            if goes {
                held.push(place);
                let most = self.best - sum - rest;
                if self.besides(parties, held, most) < most {
                    self.hold(parties, held, sum);
                }
                held.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::{CLOSED, Dealing, SCALE, Timetable, are_within_limits, number};
    use crate::facts::Facts;
    use crate::read;
    use crate::rng::Rng;

    const PROBLEM: &str = r#"
format = 1
programme = { name = "by hand", start = 2015-09-07, end = 2015-09-18 }
module = [{ id = "a", sessions = ["am"] }]
room = [{ id = "r", seats = 4 }]
consultant = [
    { id = "k", modules = ["a"], max_days = { week = 2 } }, { id = "l", modules = ["a"], max_days = { total = 2 } },
]
manager = [{ id = "p" }]
wave = [{ id = "w", members = "all", cohorts = 1, size = { min = 1, max = 1 } }]
"#;

    /// For each of some sets of three groups, or for the empty one alone, a few timelines at random, the cheapest first.
    fn lists(facts: &Facts, rng: &mut Rng, are_groups: bool) -> Vec<(u32, Vec<Timetable>)> {
        let sets = if are_groups { 1..8_u32 } else { 0..1 };
        let slots = 2 * facts.slots.days;
        let mut timetable = |_| {
            let (mut takes, mut works) = (Vec::new(), Vec::new());
            for _ in 0..1 + rng.below(2) {
                let (who, day) = (rng.below(2), rng.below(5));
                takes.extend([who, 2].map(|item| (item * slots + 2 * day) as u32));
                works.push((who as u16, day as u16));
            }
            Timetable::new(rng.below(9) as i64 * SCALE, takes, works)
        };
        let mut list = |_| {
            let mut list: Vec<Timetable> = (0..4).map(&mut timetable).collect();
            list.sort_by_key(|timetable| timetable.more);
            list
        };
        sets.map(|set| (set, list(set))).collect()
    }

    /// What so many cohorts with these groups cost at the least, of all dealings.
    fn least(
        facts: &Facts,
        lists: &[(u32, Vec<Timetable>)],
        groups: u32,
        cohorts: usize,
        held: &mut Vec<Timetable>,
    ) -> i64 {
        if cohorts == 0 {
            let all: Vec<&Timetable> = held.iter().collect();
            let is_held = groups == 0 && are_within_limits(facts, &all);
            return if is_held { held.iter().map(|timetable| timetable.more).sum() } else { CLOSED };
        }
        let mut best = CLOSED;
        for (set, list) in lists.iter().filter(|(set, _)| set & !groups == 0) {
            for timetable in list {
                if held.iter().all(|before| before.goes_with(timetable)) {
                    held.push(timetable.clone());
                    best = best.min(least(facts, lists, groups & !set, cohorts - 1, held));
                    held.pop();
                }
            }
        }
        best
    }

    #[test]
    fn what_is_proved_is_what_the_cheapest_of_all_dealings_costs() {
        let facts = read::problem_text(PROBLEM).expect("it can be read").facts;
        let (mut exact, mut dearer) = (0, 0);
        for seed in 0..300 {
            let mut rng = Rng::new(seed, 0);
            let are_groups = rng.below(3) > 0;
            let (groups, cohorts) = (if are_groups { 7 } else { 0 }, 2 + rng.below(2));
            let all = lists(&facts, &mut rng, are_groups);
            let (sets, mut of_set): (Vec<u32>, Vec<_>) = all.iter().cloned().unzip();
            number(&mut of_set);
            let numbered: Vec<_> = sets.into_iter().zip(of_set).collect();
            let expected = least(&facts, &numbered, groups, cohorts, &mut Vec::new());
            let parties: Vec<(u32, i64)> = all.iter().map(|(set, list)| (*set, list[0].more)).collect();
            let list = |party: usize, more: i64, many: usize| {
                let list: Vec<_> = all[party].1.iter().filter(|timetable| timetable.more <= more).cloned().collect();
                (list.len() <= many).then_some(list)
            };
            let stop = AtomicBool::new(false);
            let dealing = |looked| Dealing::new(&facts, parties.clone(), cohorts, looked, &stop, &|_, _| 0);
            let prove = |looked, many| dealing(looked).prove(groups, many, &list);
            for (looked, many) in [(1, 99), (40, 99), (200, 99), (100_000, 3), (100_000, 9)] {
                assert!(prove(looked, many) <= expected, "seed {seed}: {} is above {expected}", prove(looked, many));
            }
            let alone = dealing(1_000_000).rest(groups, cohorts);
            if expected == CLOSED {
                assert_eq!(prove(10_000_000, 99), if alone < CLOSED { alone } else { 0 }, "seed {seed}");
            } else {
                assert_eq!(prove(10_000_000, 99), expected, "seed {seed}");
                exact += 1;
                dearer += usize::from(alone < expected);
            }
        }
        assert!(exact > 100 && dearer > 50, "{exact} could be dealt, {dearer} cost more than one by one");
    }
}
