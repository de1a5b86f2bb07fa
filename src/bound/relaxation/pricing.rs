//! The pricing problem of column generation: which timelines of a cohort are cheapest at the present multipliers. A column is
//! one timeline with its rooms, its teams and the groups that the cohort takes.

use super::capacity::Capacity;
use super::reduced_costs::ReducedCosts;
use super::run_options::RunOptions;
use super::shortest_path::{PathGraph, PathMemory};
use super::subsets::{GroupSet, GroupSets};
use super::wave_pricing::{PricedPath, PricingInput, WavePricing};
use crate::bound::costs::INFEASIBLE;
use crate::bound::session_costs::SessionCosts;
use crate::facts::{Facts, Members};
use crate::ids::WaveId;

/// One timeline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// What the rules charge, in thousandths.
    pub cost: i64,
    /// What it uses of the capacity, row by row: 1 for a half day, −1 for a group.
    pub uses: Vec<(u32, i32)>,
}

impl Column {
    /// What it costs at these multipliers, given by row.
    pub fn price(&self, multipliers: &[i64]) -> i64 {
        let of_uses = self.uses.iter().map(|&(row, amount)| multipliers[row as usize] * i64::from(amount));
        self.cost + of_uses.sum::<i64>()
    }
}

/// All that timelines are priced with.
pub struct Pricing<'a> {
    facts: &'a Facts,
    /// What the rules charge for sessions.
    pub costs: &'a SessionCosts,
    /// All options for holding a run.
    pub options: &'a RunOptions,
    by_wave: Vec<WavePricing>,
    /// The groups that are looked at.
    pub groups: Vec<usize>,
    /// By wave: whether what its cohorts cost by their members is in the prices of its timelines.
    pub settled: Vec<bool>,
    /// Counts the searches, too.
    pub memory: PathMemory,
}

impl<'a> Pricing<'a> {
    /// `None` where a wave has no timeline at all, or no set of groups that keeps the hard rules.
    pub fn of(input: PricingInput<'a>) -> Option<Pricing<'a>> {
        let PricingInput { facts, rules, costs, options } = input;
        let GroupSets { groups, of_wave, settled } = GroupSets::of(facts, &|wave| {
            let is_missed =
                |group: usize| input.absences(wave, &facts.groups[group].members).iter().any(|&cost| cost > 0);
            facts.waves[wave.index()].members != Members::Others
                && (rules.charge_groups(wave) || (0..facts.groups.len()).any(is_missed))
        });
        let nothing_scarce = Capacity::of(facts, costs, 0, Vec::new());
        let unpriced = ReducedCosts::of(facts, options, &nothing_scarce, costs.kinds.len());
        let waves = of_wave.into_iter().zip(&settled).enumerate();
        let of_wave =
            waves.map(|(wave, (sets, &is))| WavePricing::of(input, &unpriced, &groups, sets, is, WaveId::new(wave)));
        let by_wave: Vec<WavePricing> = of_wave.collect::<Option<_>>()?;
        let mut memory = PathMemory::default();
        memory.searches += by_wave.iter().map(|wave| wave.group_sets.len()).sum::<usize>();
        Some(Pricing { facts, costs, options, by_wave, groups, settled, memory })
    }

    /// Timelines of a cohort of the wave below the price `best`, each with its price; the last of them is the cheapest of all.
    /// None where nothing is below.
    pub fn below(
        &mut self,
        wave: WaveId,
        costs: &ReducedCosts,
        capacity: &mut Capacity,
        mut best: i64,
    ) -> Vec<(i64, Column)> {
        let graph = self.graph(wave);
        let of_wave = &self.by_wave[wave.index()];
        let mut found = Vec::new();
        for (least, set) in of_wave.most_promising_first(capacity) {
            if least >= best {
                break;
            }
            let with_set = of_wave.below(graph, costs, capacity, set, best, &mut self.memory);
            best = with_set.last().map_or(best, |path| path.price);
            found.extend(with_set.into_iter().map(|path| (path, of_wave.group_sets[set])));
        }
        found.into_iter().map(|(path, set)| (path.price, self.column(wave, costs, capacity, &path, set))).collect()
    }

    /// The timeline of a path, with the cheapest rooms and teams.
    fn column(
        &self,
        wave: WaveId,
        costs: &ReducedCosts,
        capacity: &mut Capacity,
        path: &PricedPath,
        set: GroupSet,
    ) -> Column {
        let mut uses = Vec::new();
        for &at in &path.options {
            let option = &self.options.list[at];
            let of_room = |kind: usize| option.slots().map(|slot| capacity.of_room(kind, slot)).sum::<i64>();
            let kinds = self.options.rooms(wave, at).iter().enumerate();
            let kind = kinds.min_by_key(|&(kind, cost)| cost + of_room(kind)).map_or(0, |(kind, _)| kind);
            uses.extend(option.slots().map(|slot| (capacity.room_row(kind, slot) as u32, 1)));
            for consultant in costs.team(at, path.consultants.who) {
                uses.extend(option.slots().map(|slot| (capacity.consultant_row(consultant, slot) as u32, 1)));
                uses.extend(capacity.work_row(consultant).map(|row| (row as u32, option.work as i32)));
            }
        }
        uses.extend(set.list().map(|group| (group as u32, -1)));
        let column = Column { cost: 0, uses };
        Column { cost: path.price - column.price(&capacity.multipliers()), ..column }
    }

    /// What is looked at for a wave.
    pub fn of_wave(&self, wave: WaveId) -> &WavePricing {
        &self.by_wave[wave.index()]
    }

    /// The graph of a wave's timelines.
    pub fn graph(&self, wave: WaveId) -> PathGraph<'a> {
        PathGraph::new(self.facts, self.costs, self.options, wave)
    }

    /// The groups that the cohorts of the wave have together, as bits by place in [`Pricing::groups`], and nobody else; no bits
    /// where they have no groups. `None` where they may have some of them, or others too.
    pub fn groups_of_wave(&self, wave: WaveId) -> Option<u32> {
        let takes = |pricing: &&WavePricing| pricing.group_sets.iter().any(|set| set.groups != 0);
        if !takes(&self.of_wave(wave)) {
            return Some(0);
        }
        let is_only = self.by_wave.iter().filter(takes).count() == 1;
        (is_only && self.settled[wave.index()]).then(|| ((1_u64 << self.groups.len()) - 1) as u32)
    }

    /// By set of groups: what a wave's cheapest timeline with it costs at the multipliers; [`INFEASIBLE`] where it has none.
    pub fn cheapest_of_each(&self, wave: WaveId, costs: &ReducedCosts, capacity: &Capacity) -> Vec<i64> {
        let (of_wave, graph, mut memory) = (self.of_wave(wave), self.graph(wave), PathMemory::default());
        let mut cheapest = |set| {
            let found = of_wave.below(graph, costs, capacity, set, INFEASIBLE, &mut memory);
            found.last().map_or(INFEASIBLE, |path| path.price)
        };
        (0..of_wave.group_sets.len()).map(&mut cheapest).collect()
    }

    /// The waves, those first that are looked through fastest.
    pub fn fastest_first(&self) -> Vec<WaveId> {
        let mut waves: Vec<usize> = (0..self.by_wave.len()).collect();
        let sets = |wave: usize| self.by_wave[wave].group_sets.len() * self.by_wave[wave].consultant_sets.len();
        waves.sort_by_key(|&wave| (sets(wave), wave));
        waves.into_iter().map(WaveId::new).collect()
    }
}
