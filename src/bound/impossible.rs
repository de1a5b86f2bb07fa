//! Proofs by counting that no plan can be valid, in the planner's words with the numbers on both sides.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::prices::Prices;
use super::timeline::cheapest;
use crate::calendar::Part;
use crate::facts::{Consultant, Facts, Members, Module, SessionKind};
use crate::ids::{ConsultantId, RoomId, WaveId};
use crate::words::count;

/// Every reason that was found why no plan of these facts can be valid; none found proves nothing. Rules, and pins of
/// runs, are not looked at. Cost: about days × rooms and consultants.
pub fn reasons_against(facts: &Facts) -> Vec<String> {
    let mut reasons = Vec::new();
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

/// Who is not permanent sits nowhere in a valid plan, whatever a pin says.
fn pinned(facts: &Facts, reasons: &mut Vec<String>) {
    for (manager, cohort) in facts.managers.iter().zip(&facts.fixed.seats) {
        if let Some(cohort) = cohort.filter(|_| !manager.permanent) {
            reasons.push(format!(
                "manager “{}” is pinned to cohort “{}”, but is not permanent and may be in none",
                manager.id,
                facts.cohorts[cohort.index()].id
            ));
        }
    }
}

fn seats(facts: &Facts, reasons: &mut Vec<String>) {
    let most = facts.rooms.iter().map(|room| room.seats).max().unwrap_or(0);
    for wave in facts.waves.iter().filter(|wave| wave.min > most) {
        reasons.push(format!(
            "cohorts of wave “{}” have at least {}, but the largest room seats {most}",
            wave.id,
            count(wave.min, "member")
        ));
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

fn timelines(facts: &Facts, reasons: &mut Vec<String>) {
    let prices = Prices::of_rules(facts, &[]);
    for (index, wave) in facts.waves.iter().enumerate() {
        if let Err(module) = cheapest(facts, &prices, WaveId::new(index)) {
            reasons.push(format!(
                "a cohort of wave “{}” that starts from {} to {} finds no dates for module “{}”: no days are open, with a \
                 room and enough consultants, within the gaps and the span",
                wave.id,
                wave.start.0,
                wave.start.1,
                facts.modules[module.index()].id
            ));
        }
    }
}

fn slots_of(kind: SessionKind) -> usize {
    if kind == SessionKind::Full { 2 } else { 1 }
}

/// Half days in rooms: wanted by all runs, and there are on open days.
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

/// Dates with work: wanted by all teams, and there are by availability and `max_days`.
fn consultant_days(facts: &Facts, reasons: &mut Vec<String>) {
    let slots_with =
        |module: &Module| module.consultants * module.sessions.iter().map(|&kind| slots_of(kind)).sum::<usize>();
    // Half days of two runs may share a date, so half a date each is the least that is certain.
    let wanted = (facts.modules.iter().map(slots_with).sum::<usize>() * facts.cohorts.len()).div_ceil(2);
    let there: usize = facts
        .consultants
        .iter()
        .enumerate()
        .map(|(index, consultant)| capacity(facts, ConsultantId::new(index), consultant))
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
fn capacity(facts: &Facts, id: ConsultantId, consultant: &Consultant) -> usize {
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
