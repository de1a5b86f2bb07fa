//! The pricing problem of one wave: for each set of groups and each set of consultants, the cheapest timeline.

use std::ops::Range;

use super::capacity::Capacity;
use super::forced;
use super::reduced_costs::ReducedCosts;
use super::run_options::RunOptions;
use super::shortest_path::{PathGraph, PathMemory};
use super::subsets::{ConsultantSet, GroupSet, consultant_sets};
use crate::bound::costs::INFEASIBLE;
use crate::bound::rule_costs::RuleCosts;
use crate::bound::session_costs::{RoomKind, SessionCosts};
use crate::facts::{Facts, Members};
use crate::ids::{ManagerId, ModuleId, WaveId};

/// What pricing is set up from.
#[derive(Clone, Copy)]
pub struct PricingInput<'a> {
    /// The problem.
    pub facts: &'a Facts,
    /// Its rules.
    pub rules: &'a RuleCosts<'a>,
    /// What the rules charge for sessions.
    pub costs: &'a SessionCosts,
    /// All options for holding a run.
    pub options: &'a RunOptions,
}

impl PricingInput<'_> {
    /// By option: what the rules charge for the absences of these members of a cohort of the wave.
    pub fn absences(&self, wave: WaveId, members: &[ManagerId]) -> Vec<i64> {
        let of_option = |sittings: &[_]| -> i64 {
            sittings.iter().map(|&sitting| self.rules.of_attendance(wave, members, sitting)).sum()
        };
        self.options.list.iter().map(|option| of_option(&option.sittings)).collect()
    }
}

/// One timeline of a cohort, priced.
pub struct PricedPath {
    /// What it costs at the multipliers, in thousandths.
    pub price: i64,
    /// Its option for each module.
    pub options: Vec<usize>,
    /// The consultants whom its teams are of.
    pub consultants: ConsultantSet,
}

/// What is looked at for one wave.
pub struct WavePricing {
    /// The sets of consultants, cheapest first.
    pub consultant_sets: Vec<ConsultantSet>,
    /// The sets of groups.
    pub group_sets: Vec<GroupSet>,
    /// By set of groups: what the rules charge for who its members are.
    members: Vec<i64>,
    /// By set of groups: the least its timeline costs when all multipliers are zero.
    least: Vec<i64>,
    /// By group and option: what the rules charge for its members' absences.
    absences: Vec<Vec<i64>>,
    /// Who must be in the wave's only cohort, and is in none of the groups.
    pub forced: Vec<ManagerId>,
    /// By option: what the rules charge for their absences; [`INFEASIBLE`] where the run is fixed at another time.
    forced_absences: Vec<i64>,
    /// By module: the options that begin within its window.
    near: Vec<Range<usize>>,
}

impl WavePricing {
    /// For a wave whose cohorts take these sets of `groups`. If `is_settled`, they have the members of a set and no others, and
    /// sets that break a hard rule are left out. `unpriced` holds the costs when all multipliers are zero. `None` where there is
    /// no timeline at all.
    pub fn of(
        input: PricingInput,
        unpriced: &ReducedCosts,
        groups: &[usize],
        sets: Vec<GroupSet>,
        is_settled: bool,
        wave: WaveId,
    ) -> Option<WavePricing> {
        let PricingInput { facts, rules, costs, options } = input;
        let of_members = |set: &GroupSet| -> Option<i64> {
            if !is_settled {
                return Some(0);
            }
            let members = set.list().flat_map(|group| &facts.groups[groups[group]].members);
            rules.of_members(wave, &members.copied().collect::<Vec<_>>())
        };
        let kept = sets.into_iter().filter_map(|set| Some((set, of_members(&set)?)));
        let (group_sets, members): (Vec<GroupSet>, Vec<i64>) = kept.unzip();
        let windows = options.windows[wave.index()].iter().enumerate();
        let forced = forced::members(facts, wave, groups);
        let of_group = |&group: &usize| match facts.waves[wave.index()].members {
            Members::Others => Vec::new(),
            _ => input.absences(wave, &facts.groups[group].members),
        };
        let mut pricing = WavePricing {
            near: windows.map(|(module, window)| options.within(module, window)).collect(),
            consultant_sets: consultant_sets(facts, &rules.timeline_rules(), wave),
            least: Vec::new(),
            absences: groups.iter().map(of_group).collect(),
            forced_absences: input.absences(wave, &forced),
            forced,
            group_sets,
            members,
        };
        for module in (0..facts.modules.len()).map(ModuleId::new) {
            let Some(fixed) = forced::sittings(facts, wave, module) else { continue };
            let is_other = |option: &usize| options.list[*option].sittings[..] != fixed[..];
            let others = pricing.near[module.index()].clone().filter(is_other);
            others.for_each(|option| pricing.forced_absences[option] = INFEASIBLE);
        }
        let graph = PathGraph::new(facts, costs, options, wave);
        let cheapest = pricing.consultant_sets.first()?.cost;
        for set in &pricing.group_sets {
            let least = graph.cost_to_go(&pricing.floor(unpriced.of_all(wave), *set)).least;
            pricing.least.push(if least < INFEASIBLE { least + cheapest } else { INFEASIBLE });
        }
        pricing.least.iter().any(|&least| least < INFEASIBLE).then_some(pricing)
    }

    /// The options that begin within the windows.
    pub fn near(&self) -> impl Iterator<Item = usize> {
        self.near.iter().cloned().flatten()
    }

    /// The sets of groups, those first that may have the cheapest timeline; each with the least that a timeline of it can cost
    /// at the multipliers.
    pub fn most_promising_first(&self, capacity: &Capacity) -> Vec<(i64, usize)> {
        let least = |(set, least): (usize, &i64)| (least.min(&INFEASIBLE) - self.worth(capacity, set), set);
        let mut order: Vec<(i64, usize)> = self.least.iter().enumerate().map(least).collect();
        order.sort_unstable();
        order
    }

    /// Timelines with a set of groups below the price `best`, each cheaper than the one before. Counts its searches in `memory`.
    pub fn below(
        &self,
        graph: PathGraph,
        costs: &ReducedCosts,
        capacity: &Capacity,
        set: usize,
        mut best: i64,
        memory: &mut PathMemory,
    ) -> Vec<PricedPath> {
        let (worth, mut found) = (self.worth(capacity, set), Vec::new());
        let floor = self.floor(costs.of_all(graph.wave()), self.group_sets[set]);
        let to_go = graph.cost_to_go(&floor);
        memory.searches += 1;
        for consultants in &self.consultant_sets {
            if to_go.least >= INFEASIBLE || to_go.least + consultants.cost - worth >= best {
                break;
            }
            memory.searches += 1;
            let cost = |option: usize| costs.with(graph.wave(), option, consultants.who, floor[option]);
            let budget = best + worth - consultants.cost;
            if let Some((sum, options)) = graph.cheapest(&to_go, &floor, &cost, budget, memory) {
                best = sum + consultants.cost - worth;
                found.push(PricedPath { price: best, options, consultants: *consultants });
            }
        }
        found
    }

    /// What it is worth to take a set of groups, less what it costs to have them together.
    pub fn worth(&self, capacity: &Capacity, set: usize) -> i64 {
        let groups = self.group_sets[set].list();
        groups.map(|group| capacity.rows[group].multiplier).sum::<i64>() - self.members[set]
    }

    /// Whether a room of this kind seats the managers of a set of groups.
    pub fn fits(&self, facts: &Facts, kind: &RoomKind, set: usize) -> bool {
        kind.rooms.iter().any(|room| facts.rooms[room.index()].seats >= self.group_sets[set].size)
    }

    /// By option: the cost in `of_all` plus that of the absences of a set of groups, for the options that are near.
    pub fn floor(&self, of_all: &[i64], set: GroupSet) -> Vec<i64> {
        let mut floor = of_all.to_vec();
        for absences in set.list().map(|group| &self.absences[group]).chain([&self.forced_absences]) {
            for near in &self.near {
                floor[near.clone()].iter_mut().zip(&absences[near.clone()]).for_each(|(sum, cost)| *sum += cost);
            }
        }
        floor
    }
}
