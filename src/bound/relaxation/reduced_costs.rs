//! The reduced cost of every run option at the present multipliers: what the rules charge, plus the multipliers of what the
//! option uses.

use smallvec::SmallVec;

use super::capacity::Capacity;
use super::run_options::RunOptions;
use super::subsets::bits;
use crate::bound::costs::INFEASIBLE;
use crate::facts::Facts;
use crate::ids::WaveId;

/// The reduced costs, in thousandths.
pub struct ReducedCosts {
    consultants: usize,
    options: usize,
    /// By option: how large its team is.
    team_sizes: Vec<usize>,
    /// By option and consultant; [`INFEASIBLE`] for who cannot lead it.
    by_consultant: Vec<i64>,
    /// By wave and option: the cheapest kind of room, with what the rules charge.
    by_room: Vec<i64>,
    /// By wave and option: the cheapest kind of room and the cheapest team of all.
    in_all: Vec<i64>,
}

impl ReducedCosts {
    /// At the multipliers of the capacity.
    pub fn of(facts: &Facts, options: &RunOptions, capacity: &Capacity, kinds: usize) -> ReducedCosts {
        let consultants = facts.consultants.len();
        let mut team_sizes = vec![0; options.list.len()];
        for module in 0..facts.modules.len() {
            let of_module = (0..facts.slots.days).flat_map(|first| options.on(module, first));
            of_module.for_each(|option| team_sizes[option] = facts.modules[module].consultants);
        }
        let mut costs = ReducedCosts {
            consultants,
            options: options.list.len(),
            team_sizes,
            by_consultant: Vec::new(),
            by_room: Vec::new(),
            in_all: Vec::new(),
        };
        costs.update(facts, options, capacity, kinds);
        costs
    }

    /// Follows the multipliers of the capacity.
    pub fn update(&mut self, facts: &Facts, options: &RunOptions, capacity: &Capacity, kinds: usize) {
        self.by_consultant.clear();
        self.by_room.clear();
        self.in_all.clear();
        let mut teams = Vec::with_capacity(self.options);
        let mut rooms = Vec::with_capacity(self.options * kinds);
        for (index, option) in options.list.iter().enumerate() {
            let slots: SmallVec<[usize; 8]> = option.slots().collect();
            let sum = |multiplier: &dyn Fn(usize) -> i64| slots.iter().map(|&slot| multiplier(slot)).sum::<i64>();
            self.by_consultant.extend((0..self.consultants).map(|consultant| {
                let work = option.work * capacity.of_work(consultant);
                if option.able >> consultant & 1 == 1 {
                    sum(&|slot| capacity.of_consultant(consultant, slot)) + work
                } else {
                    INFEASIBLE
                }
            }));
            rooms.extend((0..kinds).map(|kind| sum(&|slot| capacity.of_room(kind, slot))));
            teams.push(self.of_team(index, u64::MAX));
        }
        for wave in (0..facts.waves.len()).map(WaveId::new) {
            for (option, &team) in teams.iter().enumerate() {
                let multipliers = &rooms[option * kinds..(option + 1) * kinds];
                let each = options.rooms(wave, option).iter().zip(multipliers).map(|(cost, more)| cost + more);
                let room = each.min().unwrap_or(INFEASIBLE).min(INFEASIBLE);
                self.by_room.push(room);
                self.in_all.push(if room < INFEASIBLE { room + team } else { INFEASIBLE });
            }
        }
    }

    /// How large the team for an option is.
    pub fn team_size(&self, option: usize) -> usize {
        self.team_sizes[option]
    }

    /// The cost of the cheapest team out of `who`; [`INFEASIBLE`] where there is none.
    #[inline]
    pub fn of_team(&self, option: usize, who: u64) -> i64 {
        let costs = &self.by_consultant[option * self.consultants..(option + 1) * self.consultants];
        if self.team_sizes[option] == 1 {
            return bits(who, self.consultants).map(|consultant| costs[consultant]).min().unwrap_or(INFEASIBLE);
        }
        self.cheapest(costs, who, self.team_sizes[option])
            .iter()
            .fold(0, |sum, &(cost, _)| if cost < INFEASIBLE { sum + cost } else { INFEASIBLE })
    }

    /// The consultants of the cheapest team out of `who`.
    pub fn team(&self, option: usize, who: u64) -> impl Iterator<Item = usize> + use<> {
        let costs = &self.by_consultant[option * self.consultants..(option + 1) * self.consultants];
        self.cheapest(costs, who, self.team_sizes[option]).into_iter().map(|(_, consultant)| consultant)
    }

    /// The `size` cheapest of `who`, filled up with [`INFEASIBLE`].
    #[inline]
    fn cheapest(&self, costs: &[i64], who: u64, size: usize) -> SmallVec<[(i64, usize); 4]> {
        let mut best: SmallVec<[(i64, usize); 4]> = SmallVec::from_elem((INFEASIBLE, 0), size);
        for consultant in bits(who, self.consultants) {
            let mut new = (costs[consultant], consultant);
            for place in &mut best {
                if new.0 < place.0 {
                    std::mem::swap(place, &mut new);
                }
            }
        }
        best
    }

    /// The cost of the cheapest kind of room for an option.
    #[inline]
    pub fn of_room(&self, wave: WaveId, option: usize) -> i64 {
        self.by_room[wave.index() * self.options + option]
    }

    /// The cost of the cheapest room with the cheapest team out of `who`, where `floor` is the cost with the cheapest team of
    /// all; [`INFEASIBLE`] where there is no team.
    #[inline]
    pub fn with(&self, wave: WaveId, option: usize, who: u64, floor: i64) -> i64 {
        let team = self.of_team(option, who);
        if team < INFEASIBLE {
            self.of_room(wave, option) + team + floor - self.of_all(wave)[option]
        } else {
            INFEASIBLE
        }
    }

    /// By option: the cost of the cheapest room and the cheapest team of all.
    pub fn of_all(&self, wave: WaveId) -> &[i64] {
        &self.in_all[wave.index() * self.options..(wave.index() + 1) * self.options]
    }
}
