//! What there is of rooms and consultants, half day by half day, as far as it can run out.
//!
//! Consultants are counted for sets of modules: the teams of those modules cannot have more people than can lead any of
//! them and can be had (Hall 1935); in a week, a month and in all no more than the `max_days` of each allow, where a date
//! of work is at most two half days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;

use super::prices::{Prices, Tolls};
use super::timeline::Held;
use crate::calendar::Part;
use crate::facts::{Consultant, Facts};
use crate::ids::ConsultantId;

/// With at most so many modules every set of them is looked at; with more only each alone and all together.
const FEW: usize = 4;

const HALVES: [Part; 2] = [Part::Am, Part::Pm];

/// Something that can run out.
#[derive(Clone, Debug)]
pub struct Item {
    /// How many half days there are.
    pub there: i64,
    /// How many are used.
    pub used: i64,
    /// What each costs, in thousandths.
    pub toll: i64,
    /// By how many sixteenths of a half day too much was used of late; below zero: too little.
    pub trend: i64,
}

/// All that can run out.
pub struct Stock {
    /// In no particular order.
    pub items: Vec<Item>,
    slots: usize,
    /// By kind of room and slot, the item.
    rooms: Vec<usize>,
    /// For each module, the items that a half day of its team in a slot takes from.
    crews: Vec<Vec<Vec<usize>>>,
}

impl Stock {
    /// What there is, with nothing used and no tolls.
    pub fn of(facts: &Facts, prices: &Prices) -> Stock {
        let slots = 2 * facts.slots.days;
        let mut stock = Stock {
            items: Vec::new(),
            slots,
            rooms: Vec::with_capacity(prices.kinds.len() * slots),
            crews: vec![vec![Vec::new(); slots]; facts.modules.len()],
        };
        for (kind, slot) in prices.kinds.iter().flat_map(|kind| (0..slots).map(move |slot| (kind, slot))) {
            let open =
                kind.rooms.iter().filter(|&&room| facts.slots.has_room(room, slot / 2, HALVES[slot % 2])).count();
            let item = stock.add(open as i64);
            stock.rooms.push(item);
        }
        for modules in sets(facts.modules.len()) {
            stock.add_crew(facts, &modules);
        }
        stock
    }

    fn add(&mut self, there: i64) -> usize {
        self.items.push(Item { there, used: 0, toll: 0, trend: 0 });
        self.items.len() - 1
    }

    /// The consultants who can lead any of these modules.
    fn add_crew(&mut self, facts: &Facts, modules: &[usize]) {
        let crew: Vec<(ConsultantId, &Consultant)> = (0..facts.consultants.len())
            .map(|index| (ConsultantId::new(index), &facts.consultants[index]))
            .filter(|(_, consultant)| modules.iter().any(|&module| consultant.leads[module]))
            .collect();
        for slot in 0..self.slots {
            let there = crew.iter().filter(|(id, _)| is_free(facts, *id, slot)).count();
            self.add_to(modules, &[slot], there as i64);
        }
        let of_week = |slot: usize| {
            let week = facts.slots.date(slot / 2).iso_week();
            (week.year(), week.week())
        };
        let of_month = |slot: usize| (facts.slots.date(slot / 2).year(), facts.slots.date(slot / 2).month());
        self.add_periods(facts, modules, &crew, &of_week, |consultant| consultant.max_days.week);
        self.add_periods(facts, modules, &crew, &of_month, |consultant| consultant.max_days.month);
        self.add_periods(facts, modules, &crew, &|_| (0, 0), |consultant| consultant.max_days.total);
    }

    /// What these consultants can give in each period, where some of them may not work as much as they could.
    fn add_periods(
        &mut self,
        facts: &Facts,
        modules: &[usize],
        crew: &[(ConsultantId, &Consultant)],
        period: &dyn Fn(usize) -> (i32, u32),
        most: impl Fn(&Consultant) -> Option<i64>,
    ) {
        if crew.iter().all(|(_, consultant)| most(consultant).is_none()) {
            return;
        }
        let mut periods: BTreeMap<(i32, u32), Vec<usize>> = BTreeMap::new();
        (0..self.slots).for_each(|slot| periods.entry(period(slot)).or_default().push(slot));
        for slots in periods.values() {
            let gives = |(id, consultant): &(ConsultantId, &Consultant)| {
                let free = slots.iter().filter(|&&slot| is_free(facts, *id, slot)).count() as i64;
                most(consultant).map_or(free, |most| free.min(most.saturating_mul(2)))
            };
            let there = crew.iter().map(gives).sum();
            self.add_to(modules, slots, there);
        }
    }

    /// One more item, which teams of these modules take from in these slots.
    fn add_to(&mut self, modules: &[usize], slots: &[usize], there: i64) {
        let item = self.add(there);
        for (&module, &slot) in modules.iter().flat_map(|module| slots.iter().map(move |slot| (module, slot))) {
            self.crews[module][slot].push(item);
        }
    }

    /// What a half day in a kind of room costs at the present tolls.
    pub fn room_toll(&self, kind: usize, slot: usize) -> i64 {
        self.items[self.rooms[kind * self.slots + slot]].toll
    }

    /// What a half day of a consultant earns at the present tolls: all that the consultant is counted for. 0 for who cannot
    /// be had.
    pub fn consultant_toll(&self, facts: &Facts, consultant: ConsultantId, slot: usize) -> i64 {
        if !is_free(facts, consultant, slot) {
            return 0;
        }
        let leads = facts.consultants[consultant.index()].leads.iter().zip(&self.crews);
        let items = leads.filter(|&(&leads, _)| leads).flat_map(|(_, slots)| &slots[slot]);
        let items: BTreeSet<usize> = items.copied().filter(|&item| self.items[item].toll > 0).collect();
        items.into_iter().map(|item| self.items[item].toll).sum()
    }

    /// What half days cost at the present tolls.
    pub fn tolls(&self, facts: &Facts, prices: &Prices) -> Tolls {
        let mut tolls = Tolls::none(facts, prices);
        for (toll, &item) in tolls.room.iter_mut().zip(&self.rooms) {
            *toll = self.items[item].toll;
        }
        for (module, slots) in self.crews.iter().enumerate() {
            let team = facts.modules[module].consultants as i64;
            for (slot, items) in slots.iter().enumerate() {
                let each: i64 = items.iter().map(|&item| self.items[item].toll).sum();
                tolls.crew[module * self.slots + slot] = team * each;
            }
        }
        tolls
    }

    /// Counts what so many cohorts use for a session.
    pub fn use_for(&mut self, facts: &Facts, held: Held, cohorts: i64) {
        let team = facts.modules[held.module.index()].consultants as i64;
        for slot in held.sitting.slots() {
            self.items[self.rooms[held.kind * self.slots + slot]].used += cohorts;
            for &item in &self.crews[held.module.index()][slot] {
                self.items[item].used += cohorts * team;
            }
        }
    }
}

fn is_free(facts: &Facts, consultant: ConsultantId, slot: usize) -> bool {
    let (day, part) = (slot / 2, HALVES[slot % 2]);
    facts.slots.is_open(day, part) && facts.slots.has_consultant(consultant, day, part)
}

/// The sets of modules that are looked at.
fn sets(modules: usize) -> Vec<Vec<usize>> {
    if modules <= FEW {
        let set = |bits: usize| (0..modules).filter(|module| bits >> module & 1 == 1).collect();
        return (1..1 << modules).map(set).collect();
    }
    let alone = (0..modules).map(|module| vec![module]);
    alone.chain([(0..modules).collect()]).collect()
}
