//! The cheapest timeline of one cohort that has every room and consultant to itself.
//!
//! A shortest path: module by module and day by day, the cheapest way to have ended there (Bellman, "Dynamic
//! programming", 1957). What is left out only makes timelines cheaper, so what is found is at most what any cohort of
//! the wave pays in a valid plan, and a wave for which nothing is found has no valid plan: a cohort has as few members as
//! may be, a run keeps its kind of room but not its room, and each session may have another team.

use smallvec::SmallVec;

use super::prices::{CLOSED, Prices, Row};
use crate::calendar::Part;
use crate::draft::Sitting;
use crate::facts::Facts;
use crate::ids::{ModuleId, WaveId};

/// One session of a timeline.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Held {
    /// Of which module.
    pub module: ModuleId,
    /// In which kind of room.
    pub kind: usize,
    /// When.
    pub sitting: Sitting,
}

/// The cheapest way to have ended a module on a day: the run's first day, its kind of room, and the day on which the
/// module before it ended.
#[derive(Clone, Copy, Default)]
struct Way {
    cost: i64,
    first: usize,
    kind: usize,
    before: usize,
}

const NO_WAY: Way = Way { cost: CLOSED, first: 0, kind: 0, before: 0 };

/// For each day from the run's first on, the least cost of the sessions so far when the last of them ends there: with
/// the afternoon still free, and at all.
type Layer = Vec<[i64; 2]>;

/// The cheapest timeline of a cohort of the wave at these prices, with its cost; the first module that no cohort of the
/// wave can ever hold where there is none. Cost: days × (kinds of rooms × sessions × span + longest gap).
pub fn cheapest(facts: &Facts, prices: &Prices, wave: WaveId) -> Result<(i64, Vec<Held>), ModuleId> {
    let mut ways: Vec<Vec<Way>> = Vec::new();
    let mut layers = Vec::new();
    for module in (0..facts.modules.len()).map(ModuleId::new) {
        let mut ends = vec![NO_WAY; facts.slots.days];
        for first in 0..facts.slots.days {
            if !may_begin(facts, prices, wave, module, first) {
                continue;
            }
            let (reached, before) = match ways.last() {
                None => (if prices.may_start(wave, first) { 0 } else { CLOSED }, 0),
                Some(ends) => reach(facts, prices.gaps(wave, module), module, ends, first),
            };
            if reached >= CLOSED {
                continue;
            }
            for kind in prices.kinds_for(wave) {
                let is_held = hold(facts, &mut layers, first, module, prices.of(wave, module, kind));
                let Some(last) = layers.last().filter(|_| is_held) else { continue };
                for (after, &[_, cost]) in last.iter().enumerate().filter(|(_, cost)| cost[1] < CLOSED) {
                    let cost = reached + cost + prices.end(wave, module, first + after);
                    if cost < ends[first + after].cost {
                        ends[first + after] = Way { cost, first, kind, before };
                    }
                }
            }
        }
        if ends.iter().all(|way| way.cost >= CLOSED) {
            return Err(module);
        }
        ways.push(ends);
    }
    let best = ways.last().and_then(|ends| (0..ends.len()).min_by_key(|&day| ends[day].cost));
    let Some(mut day) = best else { return Ok((0, Vec::new())) };
    let cost = ways.last().map_or(0, |ends| ends[day].cost);
    let mut held = Vec::new();
    for (module, ends) in ways.iter().enumerate().rev() {
        let (way, module) = (ends[day], ModuleId::new(module));
        let row = prices.of(wave, module, way.kind);
        hold(facts, &mut layers, way.first, module, row);
        let sittings = trace(facts, &layers, way.first, day, module, row);
        held.extend(sittings.into_iter().map(|sitting| Held { module, kind: way.kind, sitting }));
        day = way.before;
    }
    Ok((cost, held))
}

/// Whether the module's first session can be held on the day at all.
fn may_begin(facts: &Facts, prices: &Prices, wave: WaveId, module: ModuleId, day: usize) -> bool {
    let parts = facts.modules[module.index()].sessions.first().map_or(&[][..], |kind| kind.parts());
    let can_be_held = |kind: usize| parts.iter().any(|&part| prices.of(wave, module, kind).of(day, part) < CLOSED);
    prices.kinds_for(wave).any(can_be_held)
}

/// The cheapest way to begin a module on `first` after the one before, which ends as `ends` says: the cost so far with
/// that of the gap, and the day of the end. `gaps` are the prices of so many days between.
fn reach(facts: &Facts, gaps: &[i64], module: ModuleId, ends: &[Way], first: usize) -> (i64, usize) {
    let gap = facts.modules[module.index()].gap;
    let fewest = usize::try_from(gap.min).unwrap_or(0);
    let most = gap.max.map_or(first, |max| usize::try_from(max).unwrap_or(0).min(first));
    let mut best = (CLOSED, 0);
    for days in fewest..=most {
        let cost = ends[first - days].cost + gaps[days];
        if cost < best.0 {
            best = (cost, first - days);
        }
    }
    best
}

/// Fills a layer for each session of a run that begins on `first`; whether there is such a run.
fn hold(facts: &Facts, layers: &mut Vec<Layer>, first: usize, module: ModuleId, row: Row) -> bool {
    let module = &facts.modules[module.index()];
    let span = (module.span as usize).min(facts.slots.days - first);
    layers.resize(module.sessions.len(), Layer::new());
    for index in 0..module.sessions.len() {
        let mut layer = std::mem::take(&mut layers[index]);
        layer.clear();
        layer.resize(span, [CLOSED; 2]);
        // The least cost of the sessions before, when they end on an earlier day.
        let mut earlier = CLOSED;
        for after in 0..if index == 0 { 1 } else { span } {
            let same_day = index.checked_sub(1).map_or(CLOSED, |before| layers[before][after][0]);
            for &part in module.sessions[index].parts() {
                let before = match (index, part) {
                    (0, _) => 0,
                    (_, Part::Pm) => earlier.min(same_day),
                    _ => earlier,
                };
                let each = if before < CLOSED { row.of(first + after, part) } else { CLOSED };
                if each < CLOSED {
                    let cost = &mut layer[after];
                    cost[1] = cost[1].min(before + each);
                    if part == Part::Am {
                        cost[0] = cost[0].min(before + each);
                    }
                }
            }
            earlier = earlier.min(index.checked_sub(1).map_or(CLOSED, |before| layers[before][after][1]));
        }
        let is_held = layer.iter().any(|cost| cost[1] < CLOSED);
        layers[index] = layer;
        if !is_held {
            return false;
        }
    }
    true
}

/// The sessions of a cheapest run that begins on `first` and ends on `last`, the last session first.
fn trace(
    facts: &Facts,
    layers: &[Layer],
    first: usize,
    last: usize,
    module: ModuleId,
    row: Row,
) -> SmallVec<[Sitting; 4]> {
    let sessions = &facts.modules[module.index()].sessions;
    let mut found = SmallVec::new();
    // Where the session ends, and whether it must leave the afternoon free.
    let (mut after, mut free) = (last - first, false);
    for index in (0..sessions.len()).rev() {
        let cost = layers[index][after][usize::from(!free)];
        let parts = sessions[index].parts().iter().filter(|&&part| !free || part == Part::Am);
        let step = parts.flat_map(|&part| {
            let before = index.checked_sub(1).map(|before| &layers[before]);
            let days = if before.is_some() { 0..after } else { 0..0 };
            let same = before.filter(|_| part == Part::Pm).map(|layer| (layer[after][0], after, true));
            let earlier = days.filter_map(move |day| before.map(|layer| (layer[day][1], day, false)));
            let begin = before.is_none().then_some((0, 0, false));
            same.into_iter().chain(earlier).chain(begin).map(move |from| (part, from))
        });
        let mut step = step.filter(|(_, from)| from.0 < CLOSED);
        let Some((part, from)) = step.find(|&(part, from)| {
            let each = row.of(first + after, part);
            each < CLOSED && from.0 + each == cost
        }) else {
            break;
        };
        found.push(Sitting { day: (first + after) as u16, part });
        (after, free) = (from.1, from.2);
    }
    found
}
