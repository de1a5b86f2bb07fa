//! How many half days of rooms and consultants there are, pool by pool.
//!
//! Rooms of a kind are one pool. Consultants are pooled for sets of modules: in any half day, the teams of those modules have
//! no more people than there are available who can lead any of them (Hall, "On representatives of subsets", 1935). In a week,
//! a month and in all the pool gives no more than the `max_days` of each allow; a date of work is at most two half days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;

use super::pooled_path::TimelineSession;
use super::subgradient::CapacityRow;
use crate::bound::session_costs::{HalfDayMultipliers, SessionCosts};
use crate::calendar::Part;
use crate::facts::{Consultant, Facts};
use crate::ids::ConsultantId;

/// With at most this many modules there is a pool for every set of them (15 sets for 4), with more only for each alone and for
/// all together. Chosen.
const MOST_MODULES: usize = 4;

const HALVES: [Part; 2] = [Part::Am, Part::Pm];

/// All pools.
pub struct PooledCapacity {
    /// In no particular order.
    pub rows: Vec<CapacityRow>,
    slots: usize,
    /// By kind of room and slot: the row.
    rooms: Vec<usize>,
    /// By module and slot: the rows that a half day of the team takes from.
    teams: Vec<Vec<Vec<usize>>>,
}

impl PooledCapacity {
    /// What there is, with nothing used and all multipliers zero.
    pub fn of(facts: &Facts, costs: &SessionCosts) -> PooledCapacity {
        let slots = 2 * facts.slots.days;
        let mut capacity = PooledCapacity {
            rows: Vec::new(),
            slots,
            rooms: Vec::with_capacity(costs.kinds.len() * slots),
            teams: vec![vec![Vec::new(); slots]; facts.modules.len()],
        };
        for (kind, slot) in costs.kinds.iter().flat_map(|kind| (0..slots).map(move |slot| (kind, slot))) {
            let open =
                kind.rooms.iter().filter(|&&room| facts.slots.has_room(room, slot / 2, HALVES[slot % 2])).count();
            let row = capacity.add(open as i64);
            capacity.rooms.push(row);
        }
        for modules in sets(facts.modules.len()) {
            capacity.add_pool(facts, &modules);
        }
        capacity
    }

    fn add(&mut self, there: i64) -> usize {
        self.rows.push(CapacityRow { there, ..CapacityRow::default() });
        self.rows.len() - 1
    }

    /// Adds the rows of the consultants who can lead any of these modules.
    fn add_pool(&mut self, facts: &Facts, modules: &[usize]) {
        let pool: Vec<(ConsultantId, &Consultant)> = (0..facts.consultants.len())
            .map(|index| (ConsultantId::new(index), &facts.consultants[index]))
            .filter(|(_, consultant)| modules.iter().any(|&module| consultant.leads[module]))
            .collect();
        for slot in 0..self.slots {
            let there = pool.iter().filter(|(id, _)| is_free(facts, *id, slot)).count();
            self.add_to(modules, &[slot], there as i64);
        }
        let of_week = |slot: usize| {
            let week = facts.slots.date(slot / 2).iso_week();
            (week.year(), week.week())
        };
        let of_month = |slot: usize| (facts.slots.date(slot / 2).year(), facts.slots.date(slot / 2).month());
        self.add_periods(facts, modules, &pool, &of_week, |consultant| consultant.max_days.week);
        self.add_periods(facts, modules, &pool, &of_month, |consultant| consultant.max_days.month);
        self.add_periods(facts, modules, &pool, &|_| (0, 0), |consultant| consultant.max_days.total);
    }

    /// Adds a row for each period, if any of these consultants may not work as much as they are available.
    fn add_periods(
        &mut self,
        facts: &Facts,
        modules: &[usize],
        pool: &[(ConsultantId, &Consultant)],
        period: &dyn Fn(usize) -> (i32, u32),
        most: impl Fn(&Consultant) -> Option<i64>,
    ) {
        if pool.iter().all(|(_, consultant)| most(consultant).is_none()) {
            return;
        }
        let mut periods: BTreeMap<(i32, u32), Vec<usize>> = BTreeMap::new();
        (0..self.slots).for_each(|slot| periods.entry(period(slot)).or_default().push(slot));
        for slots in periods.values() {
            let gives = |(id, consultant): &(ConsultantId, &Consultant)| {
                let free = slots.iter().filter(|&&slot| is_free(facts, *id, slot)).count() as i64;
                most(consultant).map_or(free, |most| free.min(most.saturating_mul(2)))
            };
            let there = pool.iter().map(gives).sum();
            self.add_to(modules, slots, there);
        }
    }

    /// Adds a row that teams of these modules take from in these slots.
    fn add_to(&mut self, modules: &[usize], slots: &[usize], there: i64) {
        let row = self.add(there);
        for (&module, &slot) in modules.iter().flat_map(|module| slots.iter().map(move |slot| (module, slot))) {
            self.teams[module][slot].push(row);
        }
    }

    /// The multiplier of a half day in a kind of room.
    pub fn of_room(&self, kind: usize, slot: usize) -> i64 {
        self.rows[self.rooms[kind * self.slots + slot]].multiplier
    }

    /// The sum of the multipliers of all pools that a consultant is counted in for a half day; 0 for who is not available.
    pub fn of_consultant(&self, facts: &Facts, consultant: ConsultantId, slot: usize) -> i64 {
        if !is_free(facts, consultant, slot) {
            return 0;
        }
        let leads = facts.consultants[consultant.index()].leads.iter().zip(&self.teams);
        let rows = leads.filter(|&(&leads, _)| leads).flat_map(|(_, slots)| &slots[slot]);
        let rows: BTreeSet<usize> = rows.copied().filter(|&row| self.rows[row].multiplier > 0).collect();
        rows.into_iter().map(|row| self.rows[row].multiplier).sum()
    }

    /// The multipliers of all half days.
    pub fn multipliers(&self, facts: &Facts, costs: &SessionCosts) -> HalfDayMultipliers {
        let mut multipliers = HalfDayMultipliers::none(facts, costs);
        for (multiplier, &row) in multipliers.room.iter_mut().zip(&self.rooms) {
            *multiplier = self.rows[row].multiplier;
        }
        for (module, slots) in self.teams.iter().enumerate() {
            let team = facts.modules[module].consultants as i64;
            for (slot, rows) in slots.iter().enumerate() {
                let each: i64 = rows.iter().map(|&row| self.rows[row].multiplier).sum();
                multipliers.team[module * self.slots + slot] = team * each;
            }
        }
        multipliers
    }

    /// Counts what a session takes when `cohorts` cohorts have it.
    pub fn use_for(&mut self, facts: &Facts, session: TimelineSession, cohorts: i64) {
        let team = facts.modules[session.module.index()].consultants as i64;
        for slot in session.sitting.slots() {
            self.rows[self.rooms[session.kind * self.slots + slot]].used += cohorts;
            for &row in &self.teams[session.module.index()][slot] {
                self.rows[row].used += cohorts * team;
            }
        }
    }
}

fn is_free(facts: &Facts, consultant: ConsultantId, slot: usize) -> bool {
    let (day, part) = (slot / 2, HALVES[slot % 2]);
    facts.slots.is_open(day, part) && facts.slots.has_consultant(consultant, day, part)
}

/// The sets of modules that have a pool.
fn sets(modules: usize) -> Vec<Vec<usize>> {
    if modules <= MOST_MODULES {
        let set = |bits: usize| (0..modules).filter(|module| bits >> module & 1 == 1).collect();
        return (1..1 << modules).map(set).collect();
    }
    let alone = (0..modules).map(|module| vec![module]);
    alone.chain([(0..modules).collect()]).collect()
}
