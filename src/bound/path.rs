//! The cheapest timeline of one cohort, as a shortest path over ways to hold its runs, module by module and day by day
//! (Bellman, "Dynamic programming", 1957), with what is left to pay at the least known from a cheaper problem, so that
//! days from which nothing good can come are passed over (Hart, Nilsson and Raphael, "A formal basis for the heuristic
//! determination of minimum cost paths", 1968).

use super::prices::{CLOSED, Prices};
use super::ways::Ways;
use super::windows::gaps;
use crate::facts::Facts;
use crate::ids::{ModuleId, WaveId};

/// The least that is left to pay.
pub struct Left {
    /// By module and first day: for the run and all after it.
    head: Vec<i64>,
    /// By module and last day: for the end and all after it.
    tail: Vec<i64>,
    /// The whole timeline.
    pub least: i64,
}

/// One wave's timelines.
#[derive(Clone, Copy)]
pub struct Route<'a> {
    facts: &'a Facts,
    prices: &'a Prices,
    ways: &'a Ways,
    wave: WaveId,
}

/// Memory for searches: nothing is reached in it between two of them, and each cleans up after the one before, which costs
/// far less than to begin with new memory.
#[derive(Default)]
pub struct Scratch {
    /// By module and first day: the cost so far.
    reach: Vec<i64>,
    /// By module and last day: the cost so far, without that of the end, and by which way.
    ends: Vec<(i64, usize)>,
    /// By module and first day: the last day of the module before.
    before: Vec<usize>,
    /// The places in `reach` with a cost.
    begun: Vec<usize>,
    /// The places in `ends` with a cost.
    ended: Vec<usize>,
}

impl Scratch {
    /// Makes ready for a search with so many places, by module and day.
    fn clean(&mut self, places: usize) {
        self.begun.drain(..).for_each(|at| self.reach[at] = CLOSED);
        self.ended.drain(..).for_each(|at| self.ends[at].0 = CLOSED);
        self.reach.resize(places, CLOSED);
        self.ends.resize(places, (CLOSED, 0));
        self.before.resize(places, 0);
    }
}

impl<'a> Route<'a> {
    /// The timelines of the wave.
    pub fn new(facts: &'a Facts, prices: &'a Prices, ways: &'a Ways, wave: WaveId) -> Route<'a> {
        Route { facts, prices, ways, wave }
    }

    /// Which wave's.
    pub fn wave(self) -> WaveId {
        self.wave
    }

    /// What is left to pay when each way costs so much.
    pub fn left_to_pay(self, cost: &[i64]) -> Left {
        let (days, modules) = (self.facts.slots.days, self.facts.modules.len());
        let closed = vec![CLOSED; days * modules];
        let mut left = Left { head: closed.clone(), tail: closed, least: CLOSED };
        // The days on which the module after can begin, with what is left then.
        let mut after: Vec<(usize, i64)> = Vec::new();
        for module in (0..modules).rev() {
            let (heads, tails) = (&mut left.head[module * days..], &mut left.tail[module * days..]);
            let mut begins = Vec::new();
            for first in self.ways.windows[self.wave.index()][module].clone() {
                let mut best = CLOSED;
                for way in self.ways.on(module, first).filter(|&way| cost[way] < CLOSED) {
                    let tail = &mut tails[self.ways.list[way].last];
                    if *tail >= CLOSED {
                        *tail = self.tail(module, self.ways.list[way].last, &after);
                    }
                    best = best.min(cost[way] + *tail);
                }
                if best < CLOSED {
                    heads[first] = best;
                    begins.push((first, best));
                }
            }
            after = begins;
        }
        let starts = after.iter().filter(|(day, _)| self.prices.may_start(self.wave, *day));
        left.least = starts.map(|&(_, head)| head).min().unwrap_or(CLOSED);
        left
    }

    /// What is left to pay when the module ends on a day, and the next can begin as `after` says.
    fn tail(&self, module: usize, last: usize, after: &[(usize, i64)]) -> i64 {
        let end = self.prices.end(self.wave, ModuleId::new(module), last);
        if module + 1 == self.facts.modules.len() {
            return end;
        }
        let prices = self.prices.gaps(self.wave, ModuleId::new(module + 1));
        let range = gaps(self.facts, module + 1);
        let (from, to) = (last + range.start(), last.saturating_add(*range.end()));
        let from = after.partition_point(|&(first, _)| first < from);
        let upto = after[from..].iter().take_while(|&&(first, _)| first <= to);
        let least = upto.map(|&(first, head)| head + prices[first - last]).min();
        least.map_or(CLOSED, |least| least + end)
    }

    /// The cheapest timeline below the budget, as one way for each module, with its cost. `cost` says what a way costs,
    /// and never less than what `left` was made of, which stands in `floor`.
    pub fn cheapest(
        self,
        left: &Left,
        floor: &[i64],
        cost: &dyn Fn(usize) -> i64,
        mut budget: i64,
        scratch: &mut Scratch,
    ) -> Option<(i64, Vec<usize>)> {
        let (days, modules) = (self.facts.slots.days, self.facts.modules.len());
        scratch.clean(days * modules);
        let Scratch { reach, ends, before, begun, ended } = scratch;
        begun.extend((0..days).filter(|&day| left.head[day] < budget && self.prices.may_start(self.wave, day)));
        begun.iter().for_each(|&at| reach[at] = 0);
        let mut found = None;
        let mut new_begins = 0;
        for module in 0..modules {
            let at_module = module * days;
            let new_ends = ended.len();
            for &begin in &begun[new_begins..] {
                for way in self.ways.on(module, begin - at_module) {
                    let at = at_module + self.ways.list[way].last;
                    let (so_far, tail) = (reach[begin], left.tail[at]);
                    if floor[way] >= CLOSED || so_far + floor[way] + tail >= budget {
                        continue;
                    }
                    let sum = so_far + cost(way);
                    let end = &mut ends[at];
                    if sum + tail < budget && sum < end.0 {
                        if end.0 >= CLOSED {
                            ended.push(at);
                        }
                        *end = (sum, way);
                    }
                }
            }
            new_begins = begun.len();
            let id = ModuleId::new(module);
            let is_last = module + 1 == modules;
            for &at in &ended[new_ends..] {
                let last = at - at_module;
                let sum = ends[at].0 + self.prices.end(self.wave, id, last);
                if is_last {
                    if sum < budget {
                        (budget, found) = (sum, Some(last));
                    }
                    continue;
                }
                let prices = self.prices.gaps(self.wave, ModuleId::new(module + 1));
                for gap in gaps(self.facts, module + 1) {
                    let first = last + gap;
                    if first >= days {
                        break;
                    }
                    let (sum, at) = (sum + prices[gap], at_module + days + first);
                    if sum < reach[at] && sum + left.head[at] < budget {
                        if reach[at] >= CLOSED {
                            begun.push(at);
                        }
                        reach[at] = sum;
                        before[at] = last;
                    }
                }
            }
        }
        let mut last = found?;
        let mut path = Vec::new();
        for module in (0..modules).rev() {
            let way = ends[module * days + last].1;
            path.push(way);
            if module > 0 {
                last = before[module * days + self.ways.list[way].first];
            }
        }
        path.reverse();
        Some((budget, path))
    }

    /// Tells all timelines within the budget, each with what it costs, until `tell` says no; whether it never did. `left` is
    /// what is left to pay at these costs.
    pub fn each_within(
        self,
        left: &Left,
        cost: &[i64],
        budget: i64,
        tell: &mut dyn FnMut(i64, &[usize]) -> bool,
    ) -> bool {
        let starts = self.ways.windows[self.wave.index()].first().cloned();
        let may_start = |&first: &usize| self.prices.may_start(self.wave, first);
        let mut starts = starts.into_iter().flatten().filter(may_start);
        starts.all(|first| self.each_from(left, cost, budget, first, 0, &mut Vec::new(), tell))
    }

    /// The same with these ways to begin with, which have cost `sum`, and the next module beginning on `first`.
    #[allow(clippy::too_many_arguments)]
    fn each_from(
        self,
        left: &Left,
        cost: &[i64],
        budget: i64,
        first: usize,
        sum: i64,
        path: &mut Vec<usize>,
        tell: &mut dyn FnMut(i64, &[usize]) -> bool,
    ) -> bool {
        let (days, module) = (self.facts.slots.days, path.len());
        if left.head[module * days + first] > budget - sum {
            return true;
        }
        self.ways.on(module, first).all(|way| {
            let last = self.ways.list[way].last;
            if cost[way] >= CLOSED || cost[way] + left.tail[module * days + last] > budget - sum {
                return true;
            }
            let sum = sum + cost[way] + self.prices.end(self.wave, ModuleId::new(module), last);
            path.push(way);
            let goes_on = if module + 1 == self.facts.modules.len() {
                tell(sum, path)
            } else {
                let prices = self.prices.gaps(self.wave, ModuleId::new(module + 1));
                let mut firsts = gaps(self.facts, module + 1).take_while(|gap| last + gap < days);
                firsts.all(|gap| self.each_from(left, cost, budget, last + gap, sum + prices[gap], path, tell))
            };
            path.pop();
            goes_on
        })
    }
}
