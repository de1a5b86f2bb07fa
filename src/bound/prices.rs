//! What the rules charge for a timeline, and what scarce rooms and consultants are charged with on top.
//!
//! Rooms that cost the same and seat the same waves are one kind; a kind in which many rooms are open is as scarce as
//! they are few.

use crate::calendar::Part;
use crate::draft::Sitting;
use crate::facts::{Facts, half_mask};
use crate::ids::{ConsultantId, ModuleId, RoomId, WaveId};
use crate::term::Timed;

/// More than any timeline costs: there is no way.
pub const CLOSED: i64 = i64::MAX / 4;

/// No single price is higher, so that sums cannot overflow; a price cut to it makes the bound weaker, never wrong.
pub const DEAREST: i64 = 1 << 40;

/// Prices are in thousandths of a point of the score.
pub const SCALE: i64 = 1_000;

const PARTS: [Part; 3] = [Part::Am, Part::Pm, Part::Full];

/// Rooms that are as good as each other.
#[derive(Clone, Debug)]
pub struct Kind {
    /// The rooms.
    pub rooms: Vec<RoomId>,
    /// For each wave, whether they seat its smallest cohort.
    pub seats: Vec<bool>,
}

/// What the rules charge, in thousandths.
#[derive(Clone)]
pub struct Prices {
    days: usize,
    modules: usize,
    /// The kinds of rooms.
    pub kinds: Vec<Kind>,
    starts: Vec<(i64, i64)>,
    /// By wave, module, kind, day and part.
    sittings: Vec<i64>,
    /// The same with tolls.
    charged: Vec<i64>,
    /// By wave, module and day.
    ends: Vec<i64>,
    /// By wave, module and days of the gap before it.
    gaps: Vec<i64>,
}

/// What a half day costs on top, in thousandths; never below zero.
#[derive(Clone, Debug)]
pub struct Tolls {
    /// By module and slot: for its whole team.
    pub crew: Vec<i64>,
    /// By kind of room and slot.
    pub room: Vec<i64>,
}

impl Tolls {
    /// Nothing is scarce.
    pub fn none(facts: &Facts, prices: &Prices) -> Tolls {
        let slots = 2 * facts.slots.days;
        Tolls { crew: vec![0; facts.modules.len() * slots], room: vec![0; prices.kinds.len() * slots] }
    }
}

/// What the sessions of a run cost in one kind of room.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    prices: &'a [i64],
}

impl Row<'_> {
    /// The price of a session; [`CLOSED`] where it cannot be held.
    #[inline]
    pub fn of(self, day: usize, part: Part) -> i64 {
        self.prices[place(day, part)]
    }
}

/// Where a session stands in its row.
#[inline]
fn place(day: usize, part: Part) -> usize {
    day * PARTS.len() + half_mask(part) as usize - 1
}

impl Prices {
    /// The prices that these rules, each with its weight, charge. Cost: days × modules × (consultants + waves × rooms ×
    /// rules).
    pub fn of_rules(facts: &Facts, rules: &[(i64, &dyn Timed)]) -> Prices {
        let (days, modules, waves) = (facts.slots.days, facts.modules.len(), facts.waves.len());
        let sum = |amount: &dyn Fn(&dyn Timed) -> i64| {
            let each = |&(weight, rule): &(i64, &dyn Timed)| weight.saturating_mul(amount(rule)).saturating_mul(SCALE);
            rules.iter().map(each).fold(0, i64::saturating_add).clamp(0, DEAREST)
        };
        let kinds = kinds(facts);
        let mut prices = Prices {
            days,
            modules,
            starts: facts.waves.iter().map(|wave| days_of(facts, wave.start)).collect(),
            sittings: vec![CLOSED; waves * modules * kinds.len() * days * PARTS.len()],
            charged: Vec::new(),
            ends: Vec::with_capacity(waves * modules * days),
            gaps: Vec::with_capacity(waves * modules * days),
            kinds,
        };
        for (wave, module) in (0..waves).flat_map(|wave| (0..modules).map(move |module| (wave, module))) {
            let (wave, module) = (WaveId::new(wave), ModuleId::new(module));
            prices.ends.extend((0..days).map(|day| sum(&|rule| rule.end(facts, wave, module, day))));
            prices.gaps.extend((0..days).map(|gap| sum(&|rule| rule.gap(facts, wave, module, gap as i64))));
        }
        for (module, day, part) in
            sittings(modules, days).filter(|&(module, day, part)| has_team(facts, module, day, part))
        {
            let sitting = Sitting { day: day as u16, part };
            for (wave, kind) in (0..waves).flat_map(|wave| (0..prices.kinds.len()).map(move |kind| (wave, kind))) {
                let wave = WaveId::new(wave);
                let open = prices.kinds[kind].rooms.iter().filter(|&&room| facts.slots.has_room(room, day, part));
                let price = open.map(|&room| sum(&|rule| rule.sitting(facts, wave, module, sitting, room))).min();
                let at = prices.row(wave, module, kind) + place(day, part);
                prices.sittings[at] = price.unwrap_or(CLOSED);
            }
        }
        prices.charged.clone_from(&prices.sittings);
        prices
    }

    /// Where the prices of a wave's run of a module in a kind of room begin.
    fn row(&self, wave: WaveId, module: ModuleId, kind: usize) -> usize {
        ((wave.index() * self.modules + module.index()) * self.kinds.len() + kind) * self.days * PARTS.len()
    }

    /// Puts tolls on top of the rules' prices, in place of those before.
    pub fn charge(&mut self, tolls: &Tolls) {
        let (slots, length) = (2 * self.days, self.days * PARTS.len());
        let rows = self.sittings.chunks_exact(length).zip(self.charged.chunks_exact_mut(length));
        for (index, (prices, charged)) in rows.enumerate() {
            let (kind, module) = (index % self.kinds.len(), index / self.kinds.len() % self.modules);
            let crew = tolls.crew[module * slots..(module + 1) * slots].chunks_exact(2);
            let room = tolls.room[kind * slots..(kind + 1) * slots].chunks_exact(2);
            let days = prices.chunks_exact(PARTS.len()).zip(charged.chunks_exact_mut(PARTS.len()));
            for ((prices, charged), (crew, room)) in days.zip(crew.zip(room)) {
                let (am, pm) = (crew[0] + room[0], crew[1] + room[1]);
                for ((charged, &price), toll) in charged.iter_mut().zip(prices).zip([am, pm, am + pm]) {
                    *charged = if price < CLOSED { price + toll } else { CLOSED };
                }
            }
        }
    }

    /// The prices of the sessions of a wave's run of a module in a kind of room.
    pub fn of(&self, wave: WaveId, module: ModuleId, kind: usize) -> Row<'_> {
        let from = self.row(wave, module, kind);
        Row { prices: &self.charged[from..from + self.days * PARTS.len()] }
    }

    /// The price of ending a module on a day.
    pub fn end(&self, wave: WaveId, module: ModuleId, day: usize) -> i64 {
        self.ends[(wave.index() * self.modules + module.index()) * self.days + day]
    }

    /// The prices of 0, 1, … days before a module.
    pub fn gaps(&self, wave: WaveId, module: ModuleId) -> &[i64] {
        let from = (wave.index() * self.modules + module.index()) * self.days;
        &self.gaps[from..from + self.days]
    }

    /// Whether a cohort of the wave may begin on the day.
    pub fn may_start(&self, wave: WaveId, day: usize) -> bool {
        let (from, to) = self.starts[wave.index()];
        (from..=to).contains(&(day as i64))
    }

    /// The kinds of rooms that seat the wave's smallest cohort.
    pub fn kinds_for(&self, wave: WaveId) -> impl Iterator<Item = usize> {
        (0..self.kinds.len()).filter(move |&kind| self.kinds[kind].seats[wave.index()])
    }
}

fn days_of(facts: &Facts, (from, to): (chrono::NaiveDate, chrono::NaiveDate)) -> (i64, i64) {
    ((from - facts.slots.first).num_days(), (to - facts.slots.first).num_days())
}

/// Every session that the programme is open for.
fn sittings(modules: usize, days: usize) -> impl Iterator<Item = (ModuleId, usize, Part)> {
    let of_module = move |module| (0..days).flat_map(move |day| PARTS.map(|part| (ModuleId::new(module), day, part)));
    (0..modules).flat_map(of_module)
}

/// Whether the programme is open, and consultants enough can be had.
fn has_team(facts: &Facts, module: ModuleId, day: usize, part: Part) -> bool {
    let can_come = |&index: &usize| {
        facts.consultants[index].leads[module.index()]
            && facts.slots.has_consultant(ConsultantId::new(index), day, part)
    };
    let wanted = facts.modules[module.index()].consultants;
    facts.slots.is_open(day, part) && (0..facts.consultants.len()).filter(can_come).take(wanted).count() == wanted
}

fn kinds(facts: &Facts) -> Vec<Kind> {
    let mut kinds: Vec<(i64, Kind)> = Vec::new();
    for (index, room) in facts.rooms.iter().enumerate() {
        let seats: Vec<bool> = facts.waves.iter().map(|wave| wave.min <= room.seats).collect();
        match kinds.iter_mut().find(|(cost, kind)| *cost == room.cost && kind.seats == seats) {
            Some((_, kind)) => kind.rooms.push(RoomId::new(index)),
            None => kinds.push((room.cost, Kind { rooms: vec![RoomId::new(index)], seats })),
        }
    }
    kinds.into_iter().map(|(_, kind)| kind).collect()
}
