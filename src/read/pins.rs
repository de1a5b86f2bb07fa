//! Reads `[[pin]]`.

use std::collections::{BTreeSet, HashMap};

use ::toml::de::DeValue;

use super::log::{Log, Spot};
use super::period;
use super::roster::Roster;
use super::toml::{Node, Section};
use crate::calendar::{Part, Session};
use crate::facts::{Facts, FixedRun, Pin, Slots};
use crate::ids::{CohortId, ConsultantId, ManagerId, ModuleId, RoomId};
use crate::words::count;

/// Reads all pins, and reports pins that contradict each other.
pub(super) fn read(root: &Section, facts: &Facts, roster: &Roster, log: &mut Log) -> Vec<Pin> {
    let mut pins = Vec::new();
    let mut seats: HashMap<ManagerId, (CohortId, Spot)> = HashMap::new();
    let mut runs: HashMap<(CohortId, ModuleId), Vec<(FixedRun, Spot)>> = HashMap::new();
    for table in root.sections("pin", log) {
        let Some(pin) = pin(&table, facts, roster, log) else { continue };
        match &pin {
            Pin::Seat { manager, cohort } => {
                let (before, first) = seats.entry(*manager).or_insert_with(|| (*cohort, table.at.clone()));
                if before != cohort {
                    let id = &facts.managers[manager.index()].id;
                    contradicts(&table.at, first, &format!("manager “{id}” is pinned to two cohorts"), log);
                }
            }
            Pin::Run { cohort, module, fixed } => {
                let others = runs.entry((*cohort, *module)).or_default();
                for (other, first) in others.iter() {
                    if let Some(part) = contradiction(fixed, other) {
                        let (cohort, module) = (&facts.cohorts[cohort.index()].id, &facts.modules[module.index()].id);
                        let what = format!("two pins give “{module}” of cohort “{cohort}” different {part}");
                        contradicts(&table.at, first, &what, log);
                    }
                }
                others.push((fixed.clone(), table.at.clone()));
            }
        }
        pins.push(pin);
    }
    pins
}

fn contradicts(at: &Spot, first: &Spot, what: &str, log: &mut Log) {
    let help = format!("the other pin is in {}; keep one of them", log.place(first));
    log.error(at, what, help);
}

/// What the two pins of one run give differently, as a word for a message; `None` if they agree.
fn contradiction(one: &FixedRun, other: &FixedRun) -> Option<&'static str> {
    fn differ<T: PartialEq>(one: &Option<T>, other: &Option<T>) -> bool {
        one.is_some() && other.is_some() && one != other
    }
    if differ(&one.room, &other.room) {
        Some("rooms")
    } else if differ(&one.sessions, &other.sessions) {
        Some("sessions")
    } else if differ(&different(&one.team), &different(&other.team)) {
        Some("teams")
    } else {
        None
    }
}

/// A team as a set.
fn different(team: &Option<Vec<ConsultantId>>) -> Option<BTreeSet<ConsultantId>> {
    team.as_ref().map(|team| team.iter().copied().collect())
}

fn pin(table: &Section, facts: &Facts, roster: &Roster, log: &mut Log) -> Option<Pin> {
    table.only(&["manager", "cohort", "module", "sessions", "room", "team"], log);
    let cohort = table.require("cohort", log).and_then(|node| {
        let ids = facts.cohorts.iter().map(|cohort| cohort.id.as_str());
        look_up(&node, "cohort", "cohorts", ids, log).map(CohortId::new)
    });
    match (table.get("manager"), table.get("module")) {
        (Some(node), None) => {
            let manager = roster.find_node(&node, &facts.managers, log);
            for key in ["sessions", "room", "team"] {
                if let Some(node) = table.get(key) {
                    let help = "make a second pin of it, with “cohort” and “module”".to_string();
                    log.error(&node.at(), format!("a pin of a manager has no “{key}”"), help);
                }
            }
            let (manager, cohort) = (manager?, cohort?);
            if !facts.managers[manager.index()].permanent {
                let id = &facts.managers[manager.index()].id;
                let message = format!("manager “{id}” is not permanent, so no plan that keeps this pin is valid");
                log.warn(&node.at(), message, "take the pin away".to_string());
            }
            Some(Pin::Seat { manager, cohort })
        }
        (None, Some(node)) => {
            let ids = facts.modules.iter().map(|module| module.id.as_str());
            let module = look_up(&node, "module", "modules", ids, log).map(ModuleId::new);
            let parts = [table.get("sessions"), table.get("room"), table.get("team")];
            if parts.iter().all(Option::is_none) {
                log.error(&table.at, "this pin fixes nothing", "add “sessions”, “room” or “team”".to_string());
            }
            let [sessions_node, room_node, team_node] = parts;
            let room = room_node.and_then(|node| room(&node, facts, log));
            let team = team_node.map(|node| team(&node, facts, log));
            let (module, cohort) = (module?, cohort?);
            let sessions = sessions_node.and_then(|node| pinned_sessions(&node, facts, module, log));
            Some(Pin::Run { cohort, module, fixed: FixedRun { sessions, room, team } })
        }
        (Some(_), Some(node)) => {
            let help = "make two pins: “manager” and “cohort”, and “cohort” and “module”".to_string();
            log.error(&node.at(), "a pin is of a manager or of a module, and this is of both", help);
            None
        }
        (None, None) => {
            let help = "write manager = \"…\", or module = \"…\" with sessions, room or team".to_string();
            log.error(&table.at, "this pin is of no manager and of no module", help);
            None
        }
    }
}

/// The index of the name in a list of ids; an unknown name is reported.
pub(super) fn look_up<'a>(
    node: &Node,
    one: &str,
    many: &str,
    ids: impl Iterator<Item = &'a str> + Clone,
    log: &mut Log,
) -> Option<usize> {
    let text = node.text(log)?;
    let found = ids.clone().position(|id| id == text);
    if found.is_none() {
        log.unknown(&node.at(), (one, many), text, ids);
    }
    found
}

/// A room by its id.
pub(super) fn room(node: &Node, facts: &Facts, log: &mut Log) -> Option<RoomId> {
    look_up(node, "room", "rooms", facts.rooms.iter().map(|room| room.id.as_str()), log).map(RoomId::new)
}

/// Consultants by their ids.
pub(super) fn team(node: &Node, facts: &Facts, log: &mut Log) -> Vec<ConsultantId> {
    let ids = facts.consultants.iter().map(|consultant| consultant.id.as_str());
    let items = node.items(log);
    let place = |item: &Node| look_up(item, "consultant", "consultants", ids.clone(), log).map(ConsultantId::new);
    items.iter().filter_map(place).collect()
}

/// The sessions of a pin. A date outside the programme is only warned of, although no plan that keeps the pin is
/// valid; a date too far away for [`Slots`] is an error.
fn pinned_sessions(node: &Node, facts: &Facts, module: ModuleId, log: &mut Log) -> Option<Vec<Session>> {
    let sessions = sessions(node, log);
    if !has_all_sessions(node, facts, module, log) {
        return None;
    }
    for session in sessions.iter().flatten() {
        let message = period::outside(session.date, &facts.calendar);
        if !Slots::near(&facts.calendar).contains(&session.date) {
            log.error(&node.at(), message, "a pin may lie ten years off at the most".to_string());
        } else if !(facts.calendar.start..=facts.calendar.end).contains(&session.date) {
            log.warn(&node.at(), message, "no plan that keeps this pin is valid".to_string());
        }
    }
    sessions
}

/// The sessions of a run as they are written; `None` when one of them cannot be read.
pub(super) fn sessions(node: &Node, log: &mut Log) -> Option<Vec<Session>> {
    let sessions: Vec<_> = node.items(log).iter().map(|item| session(item, log)).collect();
    sessions.into_iter().collect()
}

/// Whether the list has as many sessions as the module; if not, that is reported. A module that could not be read has
/// no sessions, and nothing is reported.
pub(super) fn has_all_sessions(node: &Node, facts: &Facts, module: ModuleId, log: &mut Log) -> bool {
    let module = &facts.modules[module.index()];
    let DeValue::Array(items) = node.value.get_ref() else { return false };
    if items.len() != module.sessions.len() && !module.sessions.is_empty() {
        let here = match items.len() {
            0 => "here are none".to_string(),
            1 => "here is 1".to_string(),
            more => format!("here are {more}"),
        };
        let message = format!("module “{}” has {}, but {here}", module.id, count(module.sessions.len(), "session"));
        log.error(&node.at(), message, None);
    }
    items.len() == module.sessions.len()
}

fn session(node: &Node, log: &mut Log) -> Option<Session> {
    let table = node.section(log)?;
    table.only(&["date", "part"], log);
    let date = table.require("date", log).and_then(|node| node.date(log));
    let part = table.require("part", log).and_then(|node| part(&node, log));
    Some(Session { date: date?, part: part? })
}

fn part(node: &Node, log: &mut Log) -> Option<Part> {
    const PARTS: [Part; 3] = [Part::Full, Part::Am, Part::Pm];
    let found = look_up(node, "part of the day", "parts", PARTS.iter().map(|part| part.name()), log);
    found.map(|index| PARTS[index])
}
