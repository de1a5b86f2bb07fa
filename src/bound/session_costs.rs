//! What a wave pays for each session of a run: what the rules charge, plus Lagrange multipliers for what is scarce.
//!
//! Rooms that cost the same and seat the same waves are one kind. A kind with many rooms runs out later than one with few.

use super::costs::{INFEASIBLE, weighted};
use crate::calendar::Part;
use crate::draft::Sitting;
use crate::facts::{Facts, half_mask};
use crate::ids::{ConsultantId, ModuleId, RoomId, WaveId};
use crate::term::Timed;

const PARTS: [Part; 3] = [Part::Am, Part::Pm, Part::Full];

/// Rooms that are as good as each other.
#[derive(Clone, Debug)]
pub struct RoomKind {
    /// The rooms.
    pub rooms: Vec<RoomId>,
    /// By wave: whether they seat its smallest cohort.
    pub seats: Vec<bool>,
}

/// All costs, in thousandths.
#[derive(Clone)]
pub struct SessionCosts {
    days: usize,
    modules: usize,
    /// The kinds of rooms.
    pub kinds: Vec<RoomKind>,
    /// By wave: the first and the last day on which a cohort may begin.
    starts: Vec<(i64, i64)>,
    /// By wave, module, kind, day and part: what the rules charge.
    by_rules: Vec<i64>,
    /// The same plus multipliers.
    in_all: Vec<i64>,
    /// By wave, module and day.
    ends: Vec<i64>,
    /// By wave, module and days of the gap before it.
    gaps: Vec<i64>,
}

/// Lagrange multipliers of half days, in thousandths; never below zero.
#[derive(Clone, Debug)]
pub struct HalfDayMultipliers {
    /// By module and slot: for the whole team.
    pub team: Vec<i64>,
    /// By kind of room and slot.
    pub room: Vec<i64>,
}

impl HalfDayMultipliers {
    /// All zero: nothing is scarce.
    pub fn none(facts: &Facts, costs: &SessionCosts) -> HalfDayMultipliers {
        let slots = 2 * facts.slots.days;
        HalfDayMultipliers { team: vec![0; facts.modules.len() * slots], room: vec![0; costs.kinds.len() * slots] }
    }
}

/// The costs of the sessions of one run in one kind of room.
#[derive(Clone, Copy)]
pub struct RunCosts<'a> {
    costs: &'a [i64],
}

impl RunCosts<'_> {
    /// The cost of a session; [`INFEASIBLE`] where it cannot be held.
    #[inline]
    pub fn at(self, day: usize, part: Part) -> i64 {
        self.costs[offset(day, part)]
    }
}

/// Where a session stands among those of its run and kind of room.
#[inline]
fn offset(day: usize, part: Part) -> usize {
    day * PARTS.len() + half_mask(part) as usize - 1
}

impl SessionCosts {
    /// What these rules, each after its weight, charge. Takes days × modules × (consultants + waves × rooms × rules).
    pub fn of_rules(facts: &Facts, rules: &[(i64, &dyn Timed)]) -> SessionCosts {
        let (days, modules, waves) = (facts.slots.days, facts.modules.len(), facts.waves.len());
        let sum =
            |amount: &dyn Fn(&dyn Timed) -> i64| weighted(rules.iter().map(|&(weight, rule)| (weight, amount(rule))));
        let kinds = kinds(facts);
        let mut costs = SessionCosts {
            days,
            modules,
            starts: facts.waves.iter().map(|wave| days_of(facts, wave.start)).collect(),
            by_rules: vec![INFEASIBLE; waves * modules * kinds.len() * days * PARTS.len()],
            in_all: Vec::new(),
            ends: Vec::with_capacity(waves * modules * days),
            gaps: Vec::with_capacity(waves * modules * days),
            kinds,
        };
        for (wave, module) in (0..waves).flat_map(|wave| (0..modules).map(move |module| (wave, module))) {
            let (wave, module) = (WaveId::new(wave), ModuleId::new(module));
            costs.ends.extend((0..days).map(|day| sum(&|rule| rule.end(facts, wave, module, day))));
            costs.gaps.extend((0..days).map(|gap| sum(&|rule| rule.gap(facts, wave, module, gap as i64))));
        }
        for (module, day, part) in
            sessions(modules, days).filter(|&(module, day, part)| has_team(facts, module, day, part))
        {
            let sitting = Sitting { day: day as u16, part };
            for (wave, kind) in (0..waves).flat_map(|wave| (0..costs.kinds.len()).map(move |kind| (wave, kind))) {
                let wave = WaveId::new(wave);
                let open = costs.kinds[kind].rooms.iter().filter(|&&room| facts.slots.has_room(room, day, part));
                let cheapest = open.map(|&room| sum(&|rule| rule.sitting(facts, wave, module, sitting, room))).min();
                let at = costs.start_of(wave, module, kind) + offset(day, part);
                costs.by_rules[at] = cheapest.unwrap_or(INFEASIBLE);
            }
        }
        costs.in_all.clone_from(&costs.by_rules);
        costs
    }

    /// Where the costs of a wave's run of a module in a kind of room begin.
    fn start_of(&self, wave: WaveId, module: ModuleId, kind: usize) -> usize {
        ((wave.index() * self.modules + module.index()) * self.kinds.len() + kind) * self.days * PARTS.len()
    }

    /// Adds these multipliers to what the rules charge, in place of the multipliers before.
    pub fn set_multipliers(&mut self, multipliers: &HalfDayMultipliers) {
        let (slots, length) = (2 * self.days, self.days * PARTS.len());
        let runs = self.by_rules.chunks_exact(length).zip(self.in_all.chunks_exact_mut(length));
        for (index, (by_rules, in_all)) in runs.enumerate() {
            let (kind, module) = (index % self.kinds.len(), index / self.kinds.len() % self.modules);
            let team = multipliers.team[module * slots..(module + 1) * slots].chunks_exact(2);
            let room = multipliers.room[kind * slots..(kind + 1) * slots].chunks_exact(2);
            let days = by_rules.chunks_exact(PARTS.len()).zip(in_all.chunks_exact_mut(PARTS.len()));
            for ((by_rules, in_all), (team, room)) in days.zip(team.zip(room)) {
                let (am, pm) = (team[0] + room[0], team[1] + room[1]);
                for ((in_all, &cost), more) in in_all.iter_mut().zip(by_rules).zip([am, pm, am + pm]) {
                    *in_all = if cost < INFEASIBLE { cost + more } else { INFEASIBLE };
                }
            }
        }
    }

    /// The costs of the sessions of a wave's run of a module in a kind of room.
    pub fn of_run(&self, wave: WaveId, module: ModuleId, kind: usize) -> RunCosts<'_> {
        let from = self.start_of(wave, module, kind);
        RunCosts { costs: &self.in_all[from..from + self.days * PARTS.len()] }
    }

    /// The cost of ending a module on a day.
    pub fn end(&self, wave: WaveId, module: ModuleId, day: usize) -> i64 {
        self.ends[(wave.index() * self.modules + module.index()) * self.days + day]
    }

    /// The costs of 0, 1, … days between a module and the one before.
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

/// Every session that any module could have on any day.
fn sessions(modules: usize, days: usize) -> impl Iterator<Item = (ModuleId, usize, Part)> {
    let of_module = move |module| (0..days).flat_map(move |day| PARTS.map(|part| (ModuleId::new(module), day, part)));
    (0..modules).flat_map(of_module)
}

/// Whether the programme is open then, and enough consultants who can lead the module are available.
fn has_team(facts: &Facts, module: ModuleId, day: usize, part: Part) -> bool {
    let can_come = |&index: &usize| {
        facts.consultants[index].leads[module.index()]
            && facts.slots.has_consultant(ConsultantId::new(index), day, part)
    };
    let wanted = facts.modules[module.index()].consultants;
    facts.slots.is_open(day, part) && (0..facts.consultants.len()).filter(can_come).take(wanted).count() == wanted
}

fn kinds(facts: &Facts) -> Vec<RoomKind> {
    let mut kinds: Vec<(i64, RoomKind)> = Vec::new();
    for (index, room) in facts.rooms.iter().enumerate() {
        let seats: Vec<bool> = facts.waves.iter().map(|wave| wave.min <= room.seats).collect();
        match kinds.iter_mut().find(|(cost, kind)| *cost == room.cost && kind.seats == seats) {
            Some((_, kind)) => kind.rooms.push(RoomId::new(index)),
            None => kinds.push((room.cost, RoomKind { rooms: vec![RoomId::new(index)], seats })),
        }
    }
    kinds.into_iter().map(|(_, kind)| kind).collect()
}
