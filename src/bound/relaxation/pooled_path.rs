//! The cheapest timeline of one cohort that has every room and consultant to itself.
//!
//! A shortest path: module by module and day by day, the cheapest way to have ended there (Bellman, "Dynamic
//! programming", 1957). The cohort has as few members as may be, a run keeps its kind of room but not its room, and each
//! session may have another team. All this only makes timelines cheaper: what is found is at most what any cohort of the wave
//! pays in a valid plan, and a wave for which nothing is found has no valid plan.

use smallvec::SmallVec;

use crate::bound::costs::INFEASIBLE;
use crate::bound::session_costs::{RunCosts, SessionCosts};
use crate::calendar::Part;
use crate::draft::Sitting;
use crate::facts::Facts;
use crate::ids::{ModuleId, WaveId};

/// One session of a timeline.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TimelineSession {
    /// Of which module.
    pub module: ModuleId,
    /// In which kind of room.
    pub kind: usize,
    /// When.
    pub sitting: Sitting,
}

/// The cheapest way to have ended a module on a day.
#[derive(Clone, Copy, Default)]
struct RunEnd {
    /// What the timeline costs up to here.
    cost: i64,
    /// The run's first day.
    first: usize,
    /// The run's kind of room.
    kind: usize,
    /// The day on which the module before ended.
    before: usize,
}

const NO_END: RunEnd = RunEnd { cost: INFEASIBLE, first: 0, kind: 0, before: 0 };

/// For each day from the run's first on: the least cost of the sessions so far when the last of them ends there, first with
/// the afternoon still free, then in any case.
type SessionEnds = Vec<[i64; 2]>;

/// The cheapest timeline of a cohort of the wave at these costs, and what it costs. Where there is none: the first module that
/// no cohort of the wave can ever hold. Takes days × (kinds of rooms × sessions × span + longest gap).
pub fn cheapest(facts: &Facts, costs: &SessionCosts, wave: WaveId) -> Result<(i64, Vec<TimelineSession>), ModuleId> {
    let mut by_module: Vec<Vec<RunEnd>> = Vec::new();
    let mut sessions = Vec::new();
    for module in (0..facts.modules.len()).map(ModuleId::new) {
        let mut ends = vec![NO_END; facts.slots.days];
        for first in 0..facts.slots.days {
            if !may_begin(facts, costs, wave, module, first) {
                continue;
            }
            let (so_far, before) = match by_module.last() {
                None => (if costs.may_start(wave, first) { 0 } else { INFEASIBLE }, 0),
                Some(ends) => begin_after(facts, costs.gaps(wave, module), module, ends, first),
            };
            if so_far >= INFEASIBLE {
                continue;
            }
            for kind in costs.kinds_for(wave) {
                let is_held = hold(facts, &mut sessions, first, module, costs.of_run(wave, module, kind));
                let Some(last) = sessions.last().filter(|_| is_held) else { continue };
                for (after, &[_, cost]) in last.iter().enumerate().filter(|(_, cost)| cost[1] < INFEASIBLE) {
                    let cost = so_far + cost + costs.end(wave, module, first + after);
                    if cost < ends[first + after].cost {
                        ends[first + after] = RunEnd { cost, first, kind, before };
                    }
                }
            }
        }
        if ends.iter().all(|end| end.cost >= INFEASIBLE) {
            return Err(module);
        }
        by_module.push(ends);
    }
    let best = by_module.last().and_then(|ends| (0..ends.len()).min_by_key(|&day| ends[day].cost));
    let Some(mut day) = best else { return Ok((0, Vec::new())) };
    let cost = by_module.last().map_or(0, |ends| ends[day].cost);
    let mut timeline = Vec::new();
    for (module, ends) in by_module.iter().enumerate().rev() {
        let (end, module) = (ends[day], ModuleId::new(module));
        let run = costs.of_run(wave, module, end.kind);
        hold(facts, &mut sessions, end.first, module, run);
        let sittings = trace(facts, &sessions, end.first, day, module, run);
        timeline.extend(sittings.into_iter().map(|sitting| TimelineSession { module, kind: end.kind, sitting }));
        day = end.before;
    }
    Ok((cost, timeline))
}

/// Whether the module's first session can be held on the day at all.
fn may_begin(facts: &Facts, costs: &SessionCosts, wave: WaveId, module: ModuleId, day: usize) -> bool {
    let parts = facts.modules[module.index()].sessions.first().map_or(&[][..], |kind| kind.parts());
    let can_be_held =
        |kind: usize| parts.iter().any(|&part| costs.of_run(wave, module, kind).at(day, part) < INFEASIBLE);
    costs.kinds_for(wave).any(can_be_held)
}

/// The cheapest way to begin a module on `first` after the one before, which ends as `ends` says: the cost so far with that of
/// the gap, and the day of the end. `gaps` holds the costs of 0, 1, … days between.
fn begin_after(facts: &Facts, gaps: &[i64], module: ModuleId, ends: &[RunEnd], first: usize) -> (i64, usize) {
    let gap = facts.modules[module.index()].gap;
    let fewest = usize::try_from(gap.min).unwrap_or(0);
    let most = gap.max.map_or(first, |max| usize::try_from(max).unwrap_or(0).min(first));
    let mut best = (INFEASIBLE, 0);
    for days in fewest..=most {
        let cost = ends[first - days].cost + gaps[days];
        if cost < best.0 {
            best = (cost, first - days);
        }
    }
    best
}

/// Fills `sessions` for a run that begins on `first`, session by session. Whether there is such a run.
fn hold(facts: &Facts, sessions: &mut Vec<SessionEnds>, first: usize, module: ModuleId, run: RunCosts) -> bool {
    let module = &facts.modules[module.index()];
    let span = (module.span as usize).min(facts.slots.days - first);
    sessions.resize(module.sessions.len(), SessionEnds::new());
    for index in 0..module.sessions.len() {
        let mut ends = std::mem::take(&mut sessions[index]);
        ends.clear();
        ends.resize(span, [INFEASIBLE; 2]);
        // The least cost of the sessions before, when they end on an earlier day.
        let mut earlier = INFEASIBLE;
        for after in 0..if index == 0 { 1 } else { span } {
            let same_day = index.checked_sub(1).map_or(INFEASIBLE, |before| sessions[before][after][0]);
            for &part in module.sessions[index].parts() {
                let before = match (index, part) {
                    (0, _) => 0,
                    (_, Part::Pm) => earlier.min(same_day),
                    _ => earlier,
                };
                let each = if before < INFEASIBLE { run.at(first + after, part) } else { INFEASIBLE };
                if each < INFEASIBLE {
                    let cost = &mut ends[after];
                    cost[1] = cost[1].min(before + each);
                    if part == Part::Am {
                        cost[0] = cost[0].min(before + each);
                    }
                }
            }
            earlier = earlier.min(index.checked_sub(1).map_or(INFEASIBLE, |before| sessions[before][after][1]));
        }
        let is_held = ends.iter().any(|cost| cost[1] < INFEASIBLE);
        sessions[index] = ends;
        if !is_held {
            return false;
        }
    }
    true
}

/// The sessions of a cheapest run that begins on `first` and ends on `last`, the last session first.
fn trace(
    facts: &Facts,
    ends: &[SessionEnds],
    first: usize,
    last: usize,
    module: ModuleId,
    run: RunCosts,
) -> SmallVec<[Sitting; 4]> {
    let sessions = &facts.modules[module.index()].sessions;
    let mut found = SmallVec::new();
    // Where the session ends, and whether it must leave the afternoon free.
    let (mut after, mut free) = (last - first, false);
    for index in (0..sessions.len()).rev() {
        let cost = ends[index][after][usize::from(!free)];
        let parts = sessions[index].parts().iter().filter(|&&part| !free || part == Part::Am);
        let step = parts.flat_map(|&part| {
            let before = index.checked_sub(1).map(|before| &ends[before]);
            let days = if before.is_some() { 0..after } else { 0..0 };
            let same = before.filter(|_| part == Part::Pm).map(|ends| (ends[after][0], after, true));
            let earlier = days.filter_map(move |day| before.map(|ends| (ends[day][1], day, false)));
            let begin = before.is_none().then_some((0, 0, false));
            same.into_iter().chain(earlier).chain(begin).map(move |from| (part, from))
        });
        let mut step = step.filter(|(_, from)| from.0 < INFEASIBLE);
        let Some((part, from)) = step.find(|&(part, from)| {
            let each = run.at(first + after, part);
            each < INFEASIBLE && from.0 + each == cost
        }) else {
            break;
        };
        found.push(Sitting { day: (first + after) as u16, part });
        (after, free) = (from.1, from.2);
    }
    found
}
