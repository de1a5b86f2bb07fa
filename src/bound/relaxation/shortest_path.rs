//! The cheapest timeline of one cohort, as a shortest path through run options, module by module and day by day (Bellman,
//! "Dynamic programming", 1957).
//!
//! A cheaper problem tells the least cost to go from each day on; days from which nothing good can come are passed over (Hart,
//! Nilsson and Raphael, "A formal basis for the heuristic determination of minimum cost paths", 1968).

use super::run_options::RunOptions;
use super::windows::gaps;
use crate::bound::costs::INFEASIBLE;
use crate::bound::session_costs::SessionCosts;
use crate::facts::Facts;
use crate::ids::{ModuleId, WaveId};

/// The least cost of what is left of a timeline.
pub struct CostToGo {
    /// By module and first day: of the run and all after it.
    from_first: Vec<i64>,
    /// By module and last day: of the end and all after it.
    from_last: Vec<i64>,
    /// Of the whole timeline.
    pub least: i64,
}

/// The graph whose paths are the timelines of one wave's cohorts. Its nodes are modules and days, its arcs run options and gaps.
#[derive(Clone, Copy)]
pub struct PathGraph<'a> {
    facts: &'a Facts,
    costs: &'a SessionCosts,
    options: &'a RunOptions,
    wave: WaveId,
}

/// Memory for searches. No node in it is reached between two of them: each cleans up after the one before, which takes far less
/// time than to begin with new memory.
#[derive(Default)]
pub struct PathMemory {
    /// By module and first day: the cost so far.
    reached: Vec<i64>,
    /// By module and last day: the cost so far, without that of the end, and by which option.
    ends: Vec<(i64, usize)>,
    /// By module and first day: the last day of the module before.
    before: Vec<usize>,
    /// The places in `reached` that have a cost.
    begun: Vec<usize>,
    /// The places in `ends` that have a cost.
    ended: Vec<usize>,
    /// How many searches were made in it, or things that take as long.
    pub searches: usize,
}

impl PathMemory {
    /// Makes ready for a search with as many nodes by module and day.
    fn clean(&mut self, nodes: usize) {
        self.begun.drain(..).for_each(|at| self.reached[at] = INFEASIBLE);
        self.ended.drain(..).for_each(|at| self.ends[at].0 = INFEASIBLE);
        self.reached.resize(nodes, INFEASIBLE);
        self.ends.resize(nodes, (INFEASIBLE, 0));
        self.before.resize(nodes, 0);
    }
}

impl<'a> PathGraph<'a> {
    /// The graph of a wave.
    pub fn new(facts: &'a Facts, costs: &'a SessionCosts, options: &'a RunOptions, wave: WaveId) -> PathGraph<'a> {
        PathGraph { facts, costs, options, wave }
    }

    /// Which wave's.
    pub fn wave(self) -> WaveId {
        self.wave
    }

    /// The cost to go when each option costs what `cost` says.
    pub fn cost_to_go(self, cost: &[i64]) -> CostToGo {
        let (days, modules) = (self.facts.slots.days, self.facts.modules.len());
        let closed = vec![INFEASIBLE; days * modules];
        let mut to_go = CostToGo { from_first: closed.clone(), from_last: closed, least: INFEASIBLE };
        // The days on which the module after can begin, each with its cost to go.
        let mut after: Vec<(usize, i64)> = Vec::new();
        for module in (0..modules).rev() {
            let (from_first, from_last) =
                (&mut to_go.from_first[module * days..], &mut to_go.from_last[module * days..]);
            let mut begins = Vec::new();
            for first in self.options.windows[self.wave.index()][module].clone() {
                let mut best = INFEASIBLE;
                for option in self.options.on(module, first).filter(|&option| cost[option] < INFEASIBLE) {
                    let last = self.options.list[option].last;
                    if from_last[last] >= INFEASIBLE {
                        from_last[last] = self.after_end(module, last, &after);
                    }
                    best = best.min(cost[option] + from_last[last]);
                }
                if best < INFEASIBLE {
                    from_first[first] = best;
                    begins.push((first, best));
                }
            }
            after = begins;
        }
        let starts = after.iter().filter(|(day, _)| self.costs.may_start(self.wave, *day));
        to_go.least = starts.map(|&(_, cost)| cost).min().unwrap_or(INFEASIBLE);
        to_go
    }

    /// The cost to go when the module ends on a day, and the next can begin as `after` says.
    fn after_end(&self, module: usize, last: usize, after: &[(usize, i64)]) -> i64 {
        let end = self.costs.end(self.wave, ModuleId::new(module), last);
        if module + 1 == self.facts.modules.len() {
            return end;
        }
        let of_gap = self.costs.gaps(self.wave, ModuleId::new(module + 1));
        let range = gaps(self.facts, module + 1);
        let (from, to) = (last + range.start(), last.saturating_add(*range.end()));
        let from = after.partition_point(|&(first, _)| first < from);
        let upto = after[from..].iter().take_while(|&&(first, _)| first <= to);
        let least = upto.map(|&(first, cost)| cost + of_gap[first - last]).min();
        least.map_or(INFEASIBLE, |least| least + end)
    }

    /// The cheapest timeline below `budget`, as one option for each module, with its cost. `cost` says what an option costs. It
    /// is never less than in `floor`, of which `to_go` was made.
    pub fn cheapest(
        self,
        to_go: &CostToGo,
        floor: &[i64],
        cost: &dyn Fn(usize) -> i64,
        mut budget: i64,
        memory: &mut PathMemory,
    ) -> Option<(i64, Vec<usize>)> {
        let (days, modules) = (self.facts.slots.days, self.facts.modules.len());
        memory.clean(days * modules);
        let PathMemory { reached, ends, before, begun, ended, .. } = memory;
        begun.extend((0..days).filter(|&day| to_go.from_first[day] < budget && self.costs.may_start(self.wave, day)));
        begun.iter().for_each(|&at| reached[at] = 0);
        let mut found = None;
        let mut new_begins = 0;
        for module in 0..modules {
            let at_module = module * days;
            let new_ends = ended.len();
            for &begin in &begun[new_begins..] {
                for option in self.options.on(module, begin - at_module) {
                    let at = at_module + self.options.list[option].last;
                    let (so_far, left) = (reached[begin], to_go.from_last[at]);
                    if floor[option] >= INFEASIBLE || so_far + floor[option] + left >= budget {
                        continue;
                    }
                    let sum = so_far + cost(option);
                    let end = &mut ends[at];
                    if sum + left < budget && sum < end.0 {
                        if end.0 >= INFEASIBLE {
                            ended.push(at);
                        }
                        *end = (sum, option);
                    }
                }
            }
            new_begins = begun.len();
            let id = ModuleId::new(module);
            let is_last = module + 1 == modules;
            for &at in &ended[new_ends..] {
                let last = at - at_module;
                let sum = ends[at].0 + self.costs.end(self.wave, id, last);
                if is_last {
                    if sum < budget {
                        (budget, found) = (sum, Some(last));
                    }
                    continue;
                }
                let of_gap = self.costs.gaps(self.wave, ModuleId::new(module + 1));
                for gap in gaps(self.facts, module + 1) {
                    let first = last + gap;
                    if first >= days {
                        break;
                    }
                    let (sum, at) = (sum + of_gap[gap], at_module + days + first);
                    if sum < reached[at] && sum + to_go.from_first[at] < budget {
                        if reached[at] >= INFEASIBLE {
                            begun.push(at);
                        }
                        reached[at] = sum;
                        before[at] = last;
                    }
                }
            }
        }
        let mut last = found?;
        let mut path = Vec::new();
        for module in (0..modules).rev() {
            let option = ends[module * days + last].1;
            path.push(option);
            if module > 0 {
                last = before[module * days + self.options.list[option].first];
            }
        }
        path.reverse();
        Some((budget, path))
    }

    /// Tells all timelines within `budget`, each with its cost, until `tell` says no. Whether it never did. `to_go` is the cost
    /// to go at these costs.
    pub fn each_within(
        self,
        to_go: &CostToGo,
        cost: &[i64],
        budget: i64,
        tell: &mut dyn FnMut(i64, &[usize]) -> bool,
    ) -> bool {
        let starts = self.options.windows[self.wave.index()].first().cloned();
        let may_start = |&first: &usize| self.costs.may_start(self.wave, first);
        let mut starts = starts.into_iter().flatten().filter(may_start);
        starts.all(|first| self.each_from(to_go, cost, budget, first, 0, &mut Vec::new(), tell))
    }

    /// The same for timelines that begin with the options in `path`, which have cost `sum`, and whose next module begins on
    /// `first`.
    #[allow(clippy::too_many_arguments)]
    fn each_from(
        self,
        to_go: &CostToGo,
        cost: &[i64],
        budget: i64,
        first: usize,
        sum: i64,
        path: &mut Vec<usize>,
        tell: &mut dyn FnMut(i64, &[usize]) -> bool,
    ) -> bool {
        let (days, module) = (self.facts.slots.days, path.len());
        if to_go.from_first[module * days + first] > budget - sum {
            return true;
        }
        self.options.on(module, first).all(|option| {
            let last = self.options.list[option].last;
            let is_too_dear =
                cost[option] >= INFEASIBLE || cost[option] + to_go.from_last[module * days + last] > budget - sum;
            if is_too_dear {
                return true;
            }
            let sum = sum + cost[option] + self.costs.end(self.wave, ModuleId::new(module), last);
            path.push(option);
            let goes_on = if module + 1 == self.facts.modules.len() {
                tell(sum, path)
            } else {
                let of_gap = self.costs.gaps(self.wave, ModuleId::new(module + 1));
                let mut firsts = gaps(self.facts, module + 1).take_while(|gap| last + gap < days);
                firsts.all(|gap| self.each_from(to_go, cost, budget, last + gap, sum + of_gap[gap], path, tell))
            };
            path.pop();
            goes_on
        })
    }
}
