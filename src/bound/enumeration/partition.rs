//! The cheapest partition of leadership groups among some cohorts, with a timeline for each: each group in one cohort, no two
//! cohorts with the same room or consultant at once, and no consultant on more dates than `max_days` allow.
//!
//! What costs more than some limit is not looked at, and if nothing below the limit is found, the cohorts cost at least that
//! much: enumeration within the gap that a bound leaves open (Baldacci, Christofides and Mingozzi, "An exact algorithm for the
//! vehicle routing problem based on the set partitioning formulation with additional cuts", 2008). The limit is raised until a
//! partition is found or no looks are left.

use crate::bound::interrupt::Interrupt;
use std::collections::HashMap;

use smallvec::SmallVec;

use super::timelines::{ListedTimeline, are_within_limits, number};
use crate::bound::costs::{INFEASIBLE, MAX_COST, POINT};
use crate::facts::Facts;

/// The most pairs of timelines tried for two sets of groups; what is left then costs no less than the cheapest of it could.
/// Chosen.
const MOST_PAIRS: usize = 300_000;

/// By how much the limit is raised first, in thousandths. Each time that all below the limit is ruled out, the next step is half
/// as long again; when that takes too many looks, it is half as long. Chosen.
const FIRST_STEP: i64 = 2 * POINT;

/// The shortest step, in thousandths. Chosen.
const LEAST_STEP: i64 = POINT / 2;

/// Lists all timelines with a set of groups that cost at most the first number beyond the cheapest of all, the cheapest first;
/// `None` where there are more than the second number.
pub type ListTimelines<'a> = dyn Fn(usize, i64, usize) -> Option<Vec<ListedTimeline>> + 'a;

/// What cohorts with these sets of groups and timelines cost on top at least, whatever timelines the others have; or the limit,
/// if it is no less.
pub type ExtraCost<'a> = dyn Fn(&[(usize, &ListedTimeline)], i64) -> i64 + 'a;

/// How groups can be partitioned among cohorts.
pub struct Partition<'a> {
    facts: &'a Facts,
    /// The sets of groups, as bits; each with what its cheapest timeline costs beyond the cheapest of all.
    sets: Vec<(u32, i64)>,
    /// By group: the sets with it. At the end: the empty set.
    with: Vec<Vec<usize>>,
    cohorts: usize,
    /// By groups and number of cohorts: what the cohorts that are to take the groups cost at least beyond the cheapest timeline
    /// of all, each for itself.
    rest: HashMap<(u32, usize), i64>,
    /// The looks that are left.
    left: usize,
    interrupt: &'a Interrupt<'a>,
    extra: &'a ExtraCost<'a>,
}

impl<'a> Partition<'a> {
    /// Of sets of groups among `cohorts`, with `looks` to find the cheapest.
    pub fn new(
        facts: &'a Facts,
        sets: Vec<(u32, i64)>,
        cohorts: usize,
        looks: usize,
        interrupt: &'a Interrupt<'a>,
        extra: &'a ExtraCost<'a>,
    ) -> Partition<'a> {
        let with = |group: u32| -> Vec<usize> {
            let has = |groups: u32| if group < u32::BITS { groups >> group & 1 == 1 } else { groups == 0 };
            (0..sets.len()).filter(|&set| has(sets[set].0)).collect()
        };
        let with = (0..=u32::BITS).map(with).collect();
        Partition { facts, sets, with, cohorts, rest: HashMap::new(), left: looks, interrupt, extra }
    }

    /// What the cohorts that share these groups cost at least beyond the cheapest timeline for each, as far as it can be shown
    /// with the looks there are, and with at most `listed` timelines.
    pub fn prove(&mut self, groups: u32, listed: usize, list: &ListTimelines) -> i64 {
        let apart = self.rest(groups, self.cohorts);
        if apart >= INFEASIBLE || self.left == 0 {
            return 0;
        }
        let (mut proved, mut left, mut step) = (apart, self.left, FIRST_STEP);
        while step >= LEAST_STEP && left > 0 {
            if proved >= MAX_COST {
                // There is no partition at all, and no cost to be told.
                return apart;
            }
            let limit = proved + step;
            self.left = left / 2;
            left -= self.left;
            let best = self.lists(groups, limit, listed, list).map(|lists| {
                let mut search = PartitionSearch { partition: self, lists, pairs: HashMap::new(), best: limit };
                search.divide(groups, &mut Vec::new());
                search.best
            });
            left += self.left;
            match best.filter(|_| self.left > 0) {
                Some(best) if best < limit => return if best < MAX_COST { best.max(proved) } else { apart },
                Some(_) => (proved, step) = (limit, step * 3 / 2),
                None => step /= 2,
            }
        }
        proved
    }

    /// Counts looks. None are left once the search is told to stop.
    fn look(&mut self, looks: usize) {
        self.left = self.left.saturating_sub(looks);
        if self.interrupt.is_over() {
            self.left = 0;
        }
    }

    /// The sets for a next cohort when these groups are left: those with the first of them.
    fn next(&mut self, groups: u32) -> Vec<usize> {
        let with = &self.with[groups.trailing_zeros() as usize];
        let next = with.iter().copied().filter(|&set| self.sets[set].0 & !groups == 0).collect();
        self.left = self.left.saturating_sub(with.len());
        next
    }

    /// What `cohorts` cohorts with these groups cost at least beyond the cheapest timeline of all, each for itself;
    /// [`INFEASIBLE`] where they cannot have the groups.
    fn rest(&mut self, groups: u32, cohorts: usize) -> i64 {
        if cohorts == 0 {
            return if groups == 0 { 0 } else { INFEASIBLE };
        }
        if let Some(&known) = self.rest.get(&(groups, cohorts)) {
            return known;
        }
        let mut best = INFEASIBLE;
        for set in self.next(groups) {
            let (taken, more) = self.sets[set];
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

    /// By set of groups: its timelines in partitions below `limit`. `None` where there are more than `listed`.
    fn lists(
        &mut self,
        groups: u32,
        limit: i64,
        listed: usize,
        list: &ListTimelines,
    ) -> Option<Vec<Vec<ListedTimeline>>> {
        let mut lists = Vec::with_capacity(self.sets.len());
        let mut left = listed;
        for (set, (taken, least)) in self.sets.clone().into_iter().enumerate() {
            let more = limit - self.rest(groups & !taken, self.cohorts - 1);
            if self.left == 0 {
                return None;
            }
            let of_set = if least < more { list(set, more, left)? } else { Vec::new() };
            left -= of_set.len().min(left);
            lists.push(of_set);
        }
        number(&mut lists);
        Some(lists)
    }
}

/// The search for the cheapest partition.
struct PartitionSearch<'s, 'a> {
    partition: &'s mut Partition<'a>,
    /// By set of groups: its timelines, the cheapest first.
    lists: Vec<Vec<ListedTimeline>>,
    /// What two cohorts with these two sets cost at least when they share no room and no consultant at once.
    pairs: HashMap<(usize, usize), i64>,
    /// What is still to be beaten.
    best: i64,
}

impl PartitionSearch<'_, '_> {
    /// Divides the groups that are left among the cohorts that have none yet.
    fn divide(&mut self, groups: u32, chosen: &mut Vec<usize>) {
        let left = self.partition.cohorts - chosen.len();
        if left == 0 {
            let mut order = chosen.clone();
            order.sort_by_key(|&set| std::cmp::Reverse(self.partition.sets[set].1));
            return self.hold(&order, &mut Vec::new(), 0);
        }
        for set in self.partition.next(groups) {
            let rest = groups & !self.partition.sets[set].0;
            let after = self.partition.rest(rest, left - 1);
            chosen.push(set);
            if self.together(chosen, self.best - after) < self.best - after && self.partition.left > 0 {
                self.divide(rest, chosen);
            }
            chosen.pop();
        }
    }

    /// What cohorts with these sets cost at least: one by one, or by pairs. Nothing more is looked at once it is `limit`.
    fn together(&mut self, chosen: &[usize], limit: i64) -> i64 {
        let apart: i64 = chosen.iter().map(|&set| self.partition.sets[set].1).sum();
        let (mut pairs, mut dearest) = (0, apart);
        for (at, &set) in chosen.iter().enumerate() {
            for &other in &chosen[..at] {
                if dearest >= limit {
                    return dearest;
                }
                let pair = self.pair(set.min(other), set.max(other));
                let of_each = self.partition.sets[set].1 + self.partition.sets[other].1;
                dearest = dearest.max(apart + pair - of_each);
                pairs += pair;
            }
        }
        // Each cohort is in as many pairs as there are others.
        let others = chosen.len() as i64 - 1;
        if others > 0 { dearest.max(pairs / others) } else { dearest }
    }

    /// What two cohorts with these sets cost at least.
    fn pair(&mut self, set: usize, other: usize) -> i64 {
        if let Some(&known) = self.pairs.get(&(set, other)) {
            return known;
        }
        let least_of_other = self.partition.sets[other].1;
        let (mut best, mut tried) = (self.best, 0_usize);
        for one in &self.lists[set] {
            if one.more + least_of_other >= best {
                break;
            }
            if tried > MOST_PAIRS {
                best = one.more + least_of_other;
                break;
            }
            for two in &self.lists[other] {
                let sum = one.more + two.more;
                if sum >= best {
                    break;
                }
                tried += 1;
                if one.goes_with(two) && are_within_limits(self.partition.facts, &[one, two]) {
                    best = sum;
                }
            }
        }
        self.partition.look(tried);
        self.pairs.insert((set, other), best);
        best
    }

    /// What the cohorts whose timelines are held cost on top.
    fn extra(&self, sets: &[usize], held: &[usize], below: i64) -> i64 {
        let with = |(&set, &at): (&usize, &usize)| (set, &self.lists[set][at]);
        let held: SmallVec<[(usize, &ListedTimeline); 8]> = sets.iter().zip(held).map(with).collect();
        (self.partition.extra)(&held, below)
    }

    /// Looks for timelines of these sets that go together, for less than the best. `held` are those chosen so far, which cost
    /// `sum`.
    fn hold(&mut self, sets: &[usize], held: &mut Vec<usize>, sum: i64) {
        if held.len() == sets.len() {
            let all: Vec<&ListedTimeline> = sets.iter().zip(&*held).map(|(&set, &at)| &self.lists[set][at]).collect();
            if are_within_limits(self.partition.facts, &all) {
                self.best = sum + self.extra(sets, held, self.best - sum);
            }
            return;
        }
        let rest: i64 = sets[held.len() + 1..].iter().map(|&set| self.partition.sets[set].1).sum();
        for place in 0..self.lists[sets[held.len()]].len() {
            let next = &self.lists[sets[held.len()]][place];
            let sum = sum + next.more;
            if sum + rest >= self.best || self.partition.left == 0 {
                return;
            }
            let mut before = sets.iter().zip(&*held).map(|(&set, &at)| &self.lists[set][at]);
            let goes = before.all(|other| next.goes_with(other));
            self.partition.look(held.len() + 1);
            if goes {
                held.push(place);
                let limit = self.best - sum - rest;
                if self.extra(sets, held, limit) < limit {
                    self.hold(sets, held, sum);
                }
                held.pop();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::bound::interrupt::Interrupt;

    use super::{INFEASIBLE, ListedTimeline, POINT, Partition, are_within_limits, number};
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
    fn lists(facts: &Facts, rng: &mut Rng, are_groups: bool) -> Vec<(u32, Vec<ListedTimeline>)> {
        let sets = if are_groups { 1..8_u32 } else { 0..1 };
        let slots = 2 * facts.slots.days;
        let mut timeline = |_| {
            let (mut takes, mut works) = (Vec::new(), Vec::new());
            for _ in 0..1 + rng.below(2) {
                let (who, day) = (rng.below(2), rng.below(5));
                takes.extend([who, 2].map(|item| (item * slots + 2 * day) as u32));
                works.push((who as u16, day as u16));
            }
            ListedTimeline::new(rng.below(9) as i64 * POINT, takes, works)
        };
        let mut list = |_| {
            let mut list: Vec<ListedTimeline> = (0..4).map(&mut timeline).collect();
            list.sort_by_key(|timeline| timeline.more);
            list
        };
        sets.map(|set| (set, list(set))).collect()
    }

    /// What the cheapest of all partitions of these groups among `cohorts` costs.
    fn least(
        facts: &Facts,
        lists: &[(u32, Vec<ListedTimeline>)],
        groups: u32,
        cohorts: usize,
        held: &mut Vec<ListedTimeline>,
    ) -> i64 {
        if cohorts == 0 {
            let all: Vec<&ListedTimeline> = held.iter().collect();
            let is_held = groups == 0 && are_within_limits(facts, &all);
            return if is_held { held.iter().map(|timeline| timeline.more).sum() } else { INFEASIBLE };
        }
        let mut best = INFEASIBLE;
        for (set, list) in lists.iter().filter(|(set, _)| set & !groups == 0) {
            for timeline in list {
                if held.iter().all(|before| before.goes_with(timeline)) {
                    held.push(timeline.clone());
                    best = best.min(least(facts, lists, groups & !set, cohorts - 1, held));
                    held.pop();
                }
            }
        }
        best
    }

    #[test]
    fn what_is_proved_is_what_the_cheapest_of_all_partitions_costs() {
        let facts = read::problem_text(PROBLEM).expect("it can be read").facts;
        let (mut exact, mut dearer) = (0, 0);
        for seed in 0..300 {
            let mut rng = Rng::new(seed, 0);
            let are_groups = rng.below(3) > 0;
            let (groups, cohorts) = (if are_groups { 7 } else { 0 }, 2 + rng.below(2));
            let all = lists(&facts, &mut rng, are_groups);
            let (groups_of, mut of_set): (Vec<u32>, Vec<_>) = all.iter().cloned().unzip();
            number(&mut of_set);
            let numbered: Vec<_> = groups_of.into_iter().zip(of_set).collect();
            let expected = least(&facts, &numbered, groups, cohorts, &mut Vec::new());
            let sets: Vec<(u32, i64)> = all.iter().map(|(set, list)| (*set, list[0].more)).collect();
            let list = |set: usize, more: i64, most: usize| {
                let list: Vec<_> = all[set].1.iter().filter(|timeline| timeline.more <= more).cloned().collect();
                (list.len() <= most).then_some(list)
            };
            let signal = std::sync::atomic::AtomicBool::new(false);
            let interrupt = Interrupt::new(&signal, None);
            let partition = |looks| Partition::new(&facts, sets.clone(), cohorts, looks, &interrupt, &|_, _| 0);
            let prove = |looks, listed| partition(looks).prove(groups, listed, &list);
            for (looks, listed) in [(1, 99), (40, 99), (200, 99), (100_000, 3), (100_000, 9)] {
                assert!(prove(looks, listed) <= expected, "seed {seed}: {} is above {expected}", prove(looks, listed));
            }
            let apart = partition(1_000_000).rest(groups, cohorts);
            if expected == INFEASIBLE {
                assert_eq!(prove(10_000_000, 99), if apart < INFEASIBLE { apart } else { 0 }, "seed {seed}");
            } else {
                assert_eq!(prove(10_000_000, 99), expected, "seed {seed}");
                exact += 1;
                dearer += usize::from(apart < expected);
            }
        }
        assert!(exact > 100 && dearer > 50, "{exact} have a partition, {dearer} cost more than one by one");
    }
}
