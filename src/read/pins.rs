//! `[[pin]]`.

use super::log::{Log, suggest};
use super::roster::Roster;
use super::toml_tree::{Node, Section};
use crate::calendar::{Part, Session};
use crate::facts::{Facts, FixedRun, Pin};
use crate::ids::{CohortId, ConsultantId, ModuleId, RoomId};

/// Reads all pins.
pub(super) fn read(root: &Section, facts: &Facts, roster: &Roster, log: &mut Log) -> Vec<Pin> {
    root.sections("pin", log).iter().filter_map(|table| pin(table, facts, roster, log)).collect()
}

fn pin(table: &Section, facts: &Facts, roster: &Roster, log: &mut Log) -> Option<Pin> {
    table.only(&["manager", "cohort", "module", "sessions", "room", "team"], log);
    let cohort = table.require("cohort", log)?;
    let ids = facts.cohorts.iter().map(|cohort| cohort.id.as_str());
    let cohort = CohortId::new(look_up(&cohort, "cohort", "cohorts", ids, log)?);
    match (table.get("manager"), table.get("module")) {
        (Some(node), None) => {
            let text = node.text(log)?;
            let Some(&manager) = roster.by_id.get(text) else {
                let ids = roster.managers.iter().map(|manager| manager.id.as_str());
                log.error(&node.at(), format!("there is no manager “{text}”"), suggest(text, "managers", ids));
                return None;
            };
            for key in ["sessions", "room", "team"] {
                if let Some(node) = table.get(key) {
                    log.error(
                        &node.at(),
                        format!("a pin of a manager has no “{key}”"),
                        "make two pins of it".to_string(),
                    );
                }
            }
            Some(Pin::Seat { manager, cohort })
        }
        (None, Some(node)) => {
            let ids = facts.modules.iter().map(|module| module.id.as_str());
            let module = ModuleId::new(look_up(&node, "module", "modules", ids, log)?);
            let fixed = FixedRun {
                sessions: table.get("sessions").and_then(|node| sessions(&node, facts, module, log)),
                room: table.get("room").and_then(|node| room(&node, facts, log)),
                team: table.get("team").map(|node| team(&node, facts, log)),
            };
            if fixed == FixedRun::default() {
                log.error(&table.at, "this pin fixes nothing", "add “sessions”, “room” or “team”".to_string());
            }
            Some(Pin::Run { cohort, module, fixed })
        }
        _ => {
            log.error(&table.at, "a pin names either a “manager” or a “module”", None);
            None
        }
    }
}

/// The place of the name in a list of ids.
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
        log.error(&node.at(), format!("there is no {one} “{text}”"), suggest(text, many, ids));
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

fn sessions(node: &Node, facts: &Facts, module: ModuleId, log: &mut Log) -> Option<Vec<Session>> {
    let sessions = plain_sessions(node, facts, module, log)?;
    for session in &sessions {
        if !(facts.calendar.start..=facts.calendar.end).contains(&session.date) {
            let message = format!(
                "{} lies outside the programme, which runs from {} to {}",
                session.date, facts.calendar.start, facts.calendar.end
            );
            log.error(&node.at(), message, None);
        }
    }
    Some(sessions)
}

/// The sessions of a run, as many as its module has.
pub(super) fn plain_sessions(node: &Node, facts: &Facts, module: ModuleId, log: &mut Log) -> Option<Vec<Session>> {
    let items = node.items(log);
    let module = &facts.modules[module.index()];
    if items.len() != module.sessions.len() {
        let message =
            format!("module “{}” has {} sessions, but here are {}", module.id, module.sessions.len(), items.len());
        log.error(&node.at(), message, None);
        return None;
    }
    items.iter().map(|item| session(item, log)).collect()
}

fn session(node: &Node, log: &mut Log) -> Option<Session> {
    let table = node.section(log)?;
    table.only(&["date", "part"], log);
    let date = table.require("date", log)?.date(log);
    let part = table.require("part", log)?;
    let text = part.text(log)?;
    const PARTS: [Part; 3] = [Part::Full, Part::Am, Part::Pm];
    let found = PARTS.into_iter().find(|part| part.name() == text);
    if found.is_none() {
        log.error(&part.at(), format!("a session cannot take “{text}”"), suggest(text, "parts", PARTS.map(Part::name)));
    }
    Some(Session { date: date?, part: found? })
}
