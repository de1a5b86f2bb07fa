//! The cheapest timeline of one cohort, as a shortest path over ways to hold its runs, module by module and day by day
//! (Bellman, "Dynamic programming", 1957), with what is left to pay at the least known from a cheaper problem, so that
//! days from which nothing good can come are passed over (Hart, Nilsson and Raphael, "A formal basis for the heuristic
//! determination of minimum cost paths", 1968).

use std::ops::RangeInclusive;

use super::prices::{CLOSED, Prices};
use super::ways::Ways;
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

/// Memory for searches, so that it need not be asked for again.
#[derive(Default)]
pub struct Scratch {
    reach: Vec<i64>,
    next: Vec<i64>,
    /// By module and last day: the cost, and by which way.
    ends: Vec<(i64, usize)>,
    /// By module and first day: the last day of the module before.
    before: Vec<usize>,
}

impl<'a> Route<'a> {
    /// The timelines of the wave.
    pub fn new(facts: &'a Facts, prices: &'a Prices, ways: &'a Ways, wave: WaveId) -> Route<'a> {
        Route { facts, prices, ways, wave }
    }

    /// How many days there may be before a module.
    fn gaps(&self, module: usize) -> RangeInclusive<usize> {
        let gap = self.facts.modules[module].gap;
        let days = |days: i64| usize::try_from(days).unwrap_or(0);
        days(gap.min)..=gap.max.map_or(self.facts.slots.days, days)
    }

    /// The days on which each module can begin at all, as far as the gaps say.
    pub fn windows(self) -> Vec<RangeInclusive<usize>> {
        let days = self.facts.slots.days;
        let starts: Vec<usize> = (0..days).filter(|&day| self.prices.may_start(self.wave, day)).collect();
        let (mut from, mut to) = (starts.first().copied().unwrap_or(days), starts.last().copied().unwrap_or(0));
        let mut windows = Vec::new();
        for module in 0..self.facts.modules.len() {
            if module > 0 {
                let span = self.facts.modules[module - 1].span.max(1) as usize - 1;
                from = from.saturating_add(*self.gaps(module).start());
                to = to.saturating_add(span).saturating_add(*self.gaps(module).end());
            }
            windows.push(from..=to.min(days - 1));
        }
        windows
    }

    /// What is left to pay when each way costs so much.
    pub fn left_to_pay(self, windows: &[RangeInclusive<usize>], cost: &[i64]) -> Left {
        let (days, modules) = (self.facts.slots.days, self.facts.modules.len());
        let closed = vec![CLOSED; days * modules];
        let mut left = Left { head: closed.clone(), tail: closed, least: CLOSED };
        // The days on which the module after can begin, with what is left then.
        let mut after: Vec<(usize, i64)> = Vec::new();
        for module in (0..modules).rev() {
            let (heads, tails) = (&mut left.head[module * days..], &mut left.tail[module * days..]);
            let mut begins = Vec::new();
            for first in windows[module].clone() {
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
        let range = self.gaps(module + 1);
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
        let Scratch { reach, next, ends, before } = scratch;
        reach.clear();
        reach.resize(days, CLOSED);
        ends.clear();
        ends.resize(days * modules, (CLOSED, 0));
        before.resize(days * modules, 0);
        let mut found = None;
        let starts = (0..days).filter(|&day| left.head[day] < budget && self.prices.may_start(self.wave, day));
        let mut firsts: Vec<usize> = starts.collect();
        firsts.iter().for_each(|&day| reach[day] = 0);
        for module in 0..modules {
            let mut lasts = Vec::new();
            for first in std::mem::take(&mut firsts) {
                for way in self.ways.on(module, first) {
                    let last = self.ways.list[way].last;
                    let (so_far, tail) = (reach[first], left.tail[module * days + last]);
                    if floor[way] >= CLOSED || so_far + floor[way] + tail >= budget {
                        continue;
                    }
                    let sum = so_far + cost(way);
                    let end = &mut ends[module * days + last];
                    if sum + tail < budget && sum < end.0 {
                        if end.0 >= CLOSED {
                            lasts.push(last);
                        }
                        *end = (sum, way);
                    }
                }
            }
            let id = ModuleId::new(module);
            if module + 1 == modules {
                for last in lasts {
                    let sum = ends[module * days + last].0 + self.prices.end(self.wave, id, last);
                    if sum < budget {
                        (budget, found) = (sum, Some(last));
                    }
                }
                break;
            }
            next.clear();
            next.resize(days, CLOSED);
            let prices = self.prices.gaps(self.wave, ModuleId::new(module + 1));
            for last in lasts {
                let sum = ends[module * days + last].0 + self.prices.end(self.wave, id, last);
                for gap in self.gaps(module + 1) {
                    let first = last + gap;
                    if first >= days {
                        break;
                    }
                    let sum = sum + prices[gap];
                    if sum < next[first] && sum + left.head[(module + 1) * days + first] < budget {
                        if next[first] >= CLOSED {
                            firsts.push(first);
                        }
                        next[first] = sum;
                        before[(module + 1) * days + first] = last;
                    }
                }
            }
            std::mem::swap(reach, next);
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
}
