//! Proofs by counting that no plan can be valid, in the planner's words with the numbers on both sides.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::Datelike;

use super::remedies::{Stranded, stranded};
use crate::bound::costs::POINT;
use crate::bound::relaxation::pooled_path::cheapest;
use crate::bound::session_costs::SessionCosts;
use crate::calendar::Part;
use crate::facts::{Consultant, Facts, Members, Module, Pin, SessionKind};
use crate::ids::{CohortId, ConsultantId, ManagerId, RoomId, WaveId};
use crate::problem::Problem;
use crate::term::{AtLeast, Timed};
use crate::words::count;

/// Every reason that was found why no plan of the problem can be valid. If there is none, that proves nothing. Pins of runs are
/// not looked at, and nothing is where a hard rule can fall below zero. Takes about days × (rooms + consultants), and as much
/// again for each hard rule.
pub fn reasons_against(problem: &Problem) -> Vec<String> {
    let facts = &problem.facts;
    let mut reasons = Vec::new();
    let hard = problem.terms.iter().filter(|posed| posed.weight.is_none());
    let hard: Vec<_> = hard.map(|posed| (posed.name.as_str(), posed.term.at_least(facts))).collect();
    // Then the hard score may be zero whatever else is broken.
    if hard.iter().any(|(_, least)| matches!(least, AtLeast::Amount(amount, _) if *amount < 0)) {
        return reasons;
    }
    rules(facts, hard, &mut reasons);
    groups(facts, &mut reasons);
    pinned(facts, &mut reasons);
    if !facts.modules.is_empty() {
        seats(facts, &mut reasons);
        teams(facts, &mut reasons);
        timelines(facts, &mut reasons);
        room_slots(facts, &mut reasons);
        consultant_days(facts, &mut reasons);
    }
    reasons
}

/// A hard rule is kept only if its amount is zero.
fn rules(facts: &Facts, hard: Vec<(&str, AtLeast)>, reasons: &mut Vec<String>) {
    for (name, least) in hard {
        let (amount, why) = match least {
            AtLeast::Amount(amount, why) => (amount, why),
            AtLeast::Seats(rule) => rule.least(facts, &|_| false),
            AtLeast::Managers(rule) => (rule.least_of_all(facts), rule.why()),
            AtLeast::Work(rule) => rule.least(facts),
            AtLeast::Timelines(_) if facts.modules.is_empty() => continue,
            AtLeast::Timelines(rule) => dearest_wave(facts, rule),
        };
        if amount > 0 {
            reasons.push(format!("the hard rule “{name}” cannot be kept, it counts at least {amount}: {why}"));
        }
    }
}

/// The least that one cohort counts, in the wave where that is most. Waves without any timeline count nothing.
fn dearest_wave(facts: &Facts, rule: &dyn Timed) -> (i64, Cow<'static, str>) {
    let costs = SessionCosts::of_rules(facts, &[(1, rule)]);
    let least = |wave: usize| cheapest(facts, &costs, WaveId::new(wave)).map_or(0, |(cost, _)| cost / POINT);
    let dearest = (0..facts.waves.len()).map(|wave| (least(wave), wave)).max();
    let (amount, wave) = dearest.unwrap_or_default();
    let name = facts.waves.get(wave).map_or("", |wave| wave.id.as_str());
    (amount, format!("a cohort of wave “{name}” counts that much even on its best dates").into())
}

/// A leadership group is never split, so some cohort must hold it whole.
fn groups(facts: &Facts, reasons: &mut Vec<String>) {
    let taking = facts.waves.iter().filter(|wave| wave.members != Members::Others);
    let Some(most) = taking.map(|wave| wave.max).max() else { return };
    for group in facts.groups.iter().filter(|group| group.members.len() > most) {
        reasons.push(format!(
            "leadership group “{}” has {} and may not be split, but the largest cohort that may take it holds {most}",
            group.id,
            count(group.members.len(), "member")
        ));
    }
}

/// A pinned manager must be permanent and of those whom the wave takes, in the same cohort as pinned members of the own group,
/// and no more may be pinned to a cohort than it may have.
fn pinned(facts: &Facts, reasons: &mut Vec<String>) {
    let name = |cohort: CohortId| &facts.cohorts[cohort.index()].id;
    let mut is_pinned = vec![false; facts.managers.len()];
    for pin in &facts.pins {
        if let Pin::Seat { manager, .. } = pin {
            is_pinned[manager.index()] = true;
        }
    }
    let mut places = vec![0; facts.cohorts.len()];
    let mut group_in: Vec<Option<(ManagerId, CohortId)>> = vec![None; facts.groups.len()];
    for (index, &seat) in facts.fixed.seats.iter().enumerate() {
        let Some(cohort) = seat else { continue };
        let (id, manager) = (ManagerId::new(index), &facts.managers[index]);
        let how = if is_pinned[index] { "is pinned to" } else { "has attended in" };
        let pinned = format!("manager “{}” {how} cohort “{}”", manager.id, name(cohort));
        places[cohort.index()] += 1;
        if !manager.permanent {
            reasons.push(format!("{pinned}, but is not permanent and may be in none"));
        } else if !facts.takes(facts.cohorts[cohort.index()].wave, id) {
            reasons.push(format!("{pinned}, but its wave is for {}", facts.wave_of(cohort).members.people()));
        } else if let Some(group) = manager.group {
            let (first, other) = *group_in[group.index()].get_or_insert((id, cohort));
            if other != cohort {
                reasons.push(format!(
                    "{pinned} and “{}” to “{}”, but leadership group “{}” may not be split",
                    facts.managers[first.index()].id,
                    name(other),
                    facts.groups[group.index()].id
                ));
            }
        }
    }
    for (cohort, &places) in places.iter().enumerate() {
        let cohort = CohortId::new(cohort);
        let most = facts.wave_of(cohort).max;
        if places > most {
            reasons.push(format!("{places} managers are fixed in cohort “{}”, which may have {most}", name(cohort)));
        }
    }
}

/// The largest room must seat the smallest cohorts and every group, and the cohorts must have places for all managers.
fn seats(facts: &Facts, reasons: &mut Vec<String>) {
    let most = facts.rooms.iter().map(|room| room.seats).max().unwrap_or(0);
    for wave in facts.waves.iter().filter(|wave| wave.min > most) {
        reasons.push(format!(
            "cohorts of wave “{}” have at least {}, but the largest room seats {most}",
            wave.id,
            count(wave.min, "member")
        ));
    }
    use Members::{All, Leadership, Others};
    for (kind, taking) in
        [(All, &[Leadership, Others, All][..]), (Leadership, &[Leadership, All]), (Others, &[Others, All])]
    {
        let waves = facts.waves.iter().filter(|wave| taking.contains(&wave.members));
        let places: usize = waves.map(|wave| wave.cohorts.len() * wave.max.min(most)).sum();
        let is_meant =
            |id: &ManagerId| kind == All || facts.managers[id.index()].group.is_some() == (kind == Leadership);
        let wanted = facts.eligible().filter(is_meant).count();
        if wanted > places {
            reasons.push(format!(
                "there are {wanted} {}, but places for {places} in their cohorts, since the largest room seats {most}",
                kind.people()
            ));
            break;
        }
    }
    let largest = facts.groups.iter().max_by_key(|group| group.members.len());
    if let Some(group) = largest.filter(|group| group.members.len() > most) {
        reasons.push(format!(
            "leadership group “{}” has {} and may not be split, but the largest room seats {most}",
            group.id,
            count(group.members.len(), "member")
        ));
    }
}

/// As many consultants must be able to lead a module as its team has members.
fn teams(facts: &Facts, reasons: &mut Vec<String>) {
    for (index, module) in facts.modules.iter().enumerate() {
        let able = facts.consultants.iter().filter(|consultant| consultant.leads[index]).count();
        if able < module.consultants {
            reasons.push(format!(
                "module “{}” needs {} a session, but only {able} can lead it",
                module.id,
                count(module.consultants, "consultant")
            ));
        }
    }
}

/// A cohort that has every room and consultant to itself must find dates.
fn timelines(facts: &Facts, reasons: &mut Vec<String>) {
    for Stranded { wave, module, remedies } in stranded(facts) {
        let wave = &facts.waves[wave.index()];
        let help = match remedies[..] {
            [] => "more than one thing stands in the way: open dates, rooms, consultants, start, gaps, span".to_owned(),
            _ => format!("it would if {}", remedies.join(", or if ")),
        };
        reasons.push(format!(
            "a cohort of wave “{}” that starts from {} to {} finds no dates for module “{}”; {help}",
            wave.id,
            wave.start.0,
            wave.start.1,
            facts.modules[module.index()].id
        ));
    }
}

/// How many half days a session takes.
fn slots_of(kind: SessionKind) -> usize {
    if kind == SessionKind::Full { 2 } else { 1 }
}

/// All runs together must not need more half days in rooms than there are on open days.
fn room_slots(facts: &Facts, reasons: &mut Vec<String>) {
    let per_cohort: usize = facts.modules.iter().flat_map(|module| &module.sessions).map(|&kind| slots_of(kind)).sum();
    let wanted = per_cohort * facts.cohorts.len();
    let halves = || (0..facts.slots.days).flat_map(|day| [(day, Part::Am), (day, Part::Pm)]);
    let open = |room: usize| {
        halves()
            .filter(|&(day, part)| facts.slots.is_open(day, part) && facts.slots.has_room(RoomId::new(room), day, part))
            .count()
    };
    let there: usize = (0..facts.rooms.len()).map(open).sum();
    if wanted > there {
        reasons.push(format!(
            "all sessions of {} take {} in a room, but all rooms together are open for {there} on open days",
            count(facts.cohorts.len(), "cohort"),
            count(wanted, "half day")
        ));
    }
}

/// All teams together must not need more dates of work than availability and `max_days` allow.
fn consultant_days(facts: &Facts, reasons: &mut Vec<String>) {
    let slots_with =
        |module: &Module| module.consultants * module.sessions.iter().map(|&kind| slots_of(kind)).sum::<usize>();
    // Two half days may share a date, so each counts for half a date only.
    let wanted = (facts.modules.iter().map(slots_with).sum::<usize>() * facts.cohorts.len()).div_ceil(2);
    let there: usize = facts
        .consultants
        .iter()
        .enumerate()
        .map(|(index, consultant)| dates_of(facts, ConsultantId::new(index), consultant))
        .sum();
    if wanted > there {
        reasons.push(format!(
            "all sessions of {} take at least {} of consultants, but all consultants together can give {there}",
            count(facts.cohorts.len(), "cohort"),
            count(wanted, "day")
        ));
    }
}

/// The most dates on which a consultant can work.
fn dates_of(facts: &Facts, id: ConsultantId, consultant: &Consultant) -> usize {
    let is_free = |day: &usize| {
        [Part::Am, Part::Pm]
            .iter()
            .any(|&part| facts.slots.is_open(*day, part) && facts.slots.has_consultant(id, *day, part))
    };
    let (mut weeks, mut months) = (BTreeMap::new(), BTreeMap::new());
    let mut all = 0;
    for date in (0..facts.slots.days).filter(is_free).map(|day| facts.slots.date(day)) {
        *weeks.entry((date.iso_week().year(), date.iso_week().week())).or_insert(0) += 1;
        *months.entry((date.year(), date.month())).or_insert(0) += 1;
        all += 1;
    }
    let limit = |most: Option<i64>| most.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(0));
    let by_week: usize = weeks.values().map(|&days: &usize| days.min(limit(consultant.max_days.week))).sum();
    let by_month: usize = months.values().map(|&days: &usize| days.min(limit(consultant.max_days.month))).sum();
    by_week.min(by_month).min(all).min(limit(consultant.max_days.total))
}
