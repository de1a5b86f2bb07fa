//! Which days a wave's cohorts can reach at all, with every room and consultant to themselves.

use std::collections::BTreeSet;

use crate::calendar::Part;
use crate::facts::{Facts, half_mask};
use crate::ids::{ConsultantId, ModuleId, RoomId, WaveId};

/// The first module of a wave that no cohort can ever hold within window, gaps and span, with rooms that seat its
/// smallest cohort and a full team on every session; `None` when a timeline exists. What is found is exact for one
/// cohort alone except that each session may have another room and team, so "none" is a proof.
pub fn first_unreachable(facts: &Facts, wave: WaveId) -> Option<ModuleId> {
    let window = facts.waves[wave.index()].start;
    let day = |date: chrono::NaiveDate| (date - facts.slots.first).num_days();
    let mut ends: BTreeSet<i64> = BTreeSet::new();
    for module in (0..facts.modules.len()).map(ModuleId::new) {
        let gap = facts.modules[module.index()].gap;
        let may_begin = |first: i64| {
            if module.index() == 0 {
                (day(window.0)..=day(window.1)).contains(&first)
            } else {
                let latest = first - gap.min;
                let earliest = gap.max.map_or(i64::MIN, |max| first - max);
                earliest <= latest && ends.range(earliest..=latest).next().is_some()
            }
        };
        let mut reached = BTreeSet::new();
        for first in (0..facts.slots.days as i64).filter(|&first| may_begin(first)) {
            reached.extend(last_days(facts, wave, module, first));
        }
        if reached.is_empty() {
            return Some(module);
        }
        ends = reached;
    }
    None
}

/// The days on which a run of the module that begins on `first` can end.
fn last_days(facts: &Facts, wave: WaveId, module: ModuleId, first: i64) -> BTreeSet<i64> {
    let sessions = &facts.modules[module.index()].sessions;
    let end = (first + facts.modules[module.index()].span).min(facts.slots.days as i64);
    // Where the sessions so far can end: a day, and whether its afternoon is taken.
    let mut reached: BTreeSet<(i64, bool)> = BTreeSet::from([(first, false)]);
    for (index, kind) in sessions.iter().enumerate() {
        let mut next = BTreeSet::new();
        for &(day, afternoon) in &reached {
            for later in day..if index == 0 { day + 1 } else { end } {
                for &part in kind.parts() {
                    let follows = index == 0 || later > day || !afternoon && part == Part::Pm;
                    if follows && can_be_held(facts, wave, module, later as usize, part) {
                        next.insert((later, half_mask(part) & 2 != 0));
                    }
                }
            }
        }
        reached = next;
    }
    reached.into_iter().map(|(day, _)| day).collect()
}

fn can_be_held(facts: &Facts, wave: WaveId, module: ModuleId, day: usize, part: Part) -> bool {
    let room = |(index, room): (usize, &crate::facts::Room)| {
        room.seats >= facts.waves[wave.index()].min && facts.slots.has_room(RoomId::new(index), day, part)
    };
    let consultant = |(index, consultant): &(usize, &crate::facts::Consultant)| {
        consultant.leads[module.index()] && facts.slots.has_consultant(ConsultantId::new(*index), day, part)
    };
    facts.slots.is_open(day, part)
        && facts.rooms.iter().enumerate().any(room)
        && facts.consultants.iter().enumerate().filter(consultant).count() >= facts.modules[module.index()].consultants
}
