//! Reads `[programme]`, `[[module]]`, `[[room]]` and `[[consultant]]`.

use chrono::{NaiveDate, Weekday};

use super::log::Log;
use super::period;
use super::toml::{Node, Section};
use crate::calendar::{Calendar, Holidays, Parity, Pattern, Period, Weekdays};
use crate::facts::{Consultant, Gap, MaxDays, Module, Room, SessionKind};
use crate::words::count;

/// The most days that a programme may last: ten years (chosen; slots are counted in 16 bits).
const LONGEST: i64 = 3_660;

/// The largest number that counts something in a problem file (chosen).
pub(super) const MOST: i64 = 1_000_000;

/// The contents of `[programme]`.
pub(super) struct Programme {
    pub name: String,
    pub calendar: Calendar,
    pub gap: Gap,
    pub frozen_until: Option<NaiveDate>,
}

/// Reads `[programme]`. A problem without modules (`dated` is false) needs no dates.
pub(super) fn programme(root: &Section, dated: bool, log: &mut Log) -> Programme {
    let plain = |start: NaiveDate, end: NaiveDate| Calendar {
        start,
        end,
        weekdays: Weekdays::WORKING,
        holidays: Holidays::None,
        closed: Vec::new(),
        avoid: Vec::new(),
    };
    // Without dates the calendar covers all years, so that no period lies outside it.
    let mut programme = Programme {
        name: String::new(),
        calendar: plain(NaiveDate::MIN, NaiveDate::MAX),
        gap: Gap { min: 1, ideal: None, max: None },
        frozen_until: None,
    };
    let node = if dated { root.require("programme", log) } else { root.get("programme") };
    let Some(table) = node.and_then(|node| node.section(log)) else { return programme };
    let table = table.called("[programme]".to_string());
    const KEYS: &[&str] = &["name", "start", "end", "weekdays", "holidays", "gap", "closed", "avoid", "frozen_until"];
    table.only(KEYS, log);
    if let Some(name) = table.get("name").and_then(|node| node.text(log)) {
        programme.name = name.to_string();
    }
    let mut date = |key: &str| {
        let node = if dated { table.require(key, log) } else { table.get(key) }?;
        Some((node.date(log)?, node))
    };
    if let (Some((start, _)), Some((end, node))) = (date("start"), date("end")) {
        let days = (end - start).num_days() + 1;
        if days < 1 {
            log.error(
                &node.at(),
                format!("the programme ends on {end}, before it starts on {start}"),
                "exchange the two dates".to_string(),
            );
        } else if days > LONGEST {
            log.error(
                &node.at(),
                format!("the programme lasts {days} days; kohort plans at most ten years ({LONGEST} days)"),
                None,
            );
        } else {
            programme.calendar = plain(start, end);
        }
    }
    let calendar = &mut programme.calendar;
    if let Some(days) = table.get("weekdays") {
        calendar.weekdays = weekdays(&days, log).unwrap_or(Weekdays::WORKING);
    }
    if let Some(node) = table.get("holidays") {
        match node.text(log) {
            Some("sweden") => calendar.holidays = Holidays::Sweden,
            Some("none") | None => {}
            Some(other) => log.unknown(&node.at(), ("calendar of holidays", "calendars"), other, ["sweden", "none"]),
        }
    }
    calendar.closed = periods(&table, "closed", calendar, log);
    calendar.avoid = periods(&table, "avoid", calendar, log);
    if let Some(node) = table.get("gap") {
        programme.gap = gap(&node, log).unwrap_or(programme.gap);
    }
    programme.frozen_until = table.get("frozen_until").and_then(|node| node.date(log));
    programme
}

fn periods(table: &Section, key: &str, calendar: &Calendar, log: &mut Log) -> Vec<Period> {
    table.get(key).map(|node| period::list_within(&node, calendar, log)).unwrap_or_default()
}

fn gap(node: &Node, log: &mut Log) -> Option<Gap> {
    let table = node.section(log)?;
    table.only(&["min", "ideal", "max"], log);
    let mut days = |key: &str| table.get(key).and_then(|node| node.number(0, LONGEST, log));
    let gap = Gap { min: days("min").unwrap_or(1), ideal: days("ideal"), max: days("max") };
    if let Some(max) = gap.max.filter(|&max| max < gap.min) {
        log.error(
            &node.at(),
            format!("the gap is at least {} days and at most {max}: no number is both", gap.min),
            None,
        );
        return None;
    }
    if let Some(ideal) = gap.ideal.filter(|&ideal| ideal < gap.min || gap.max.is_some_and(|max| ideal > max)) {
        log.warn(&node.at(), format!("the ideal gap of {ideal} days lies outside what is allowed"), None);
    }
    Some(gap)
}

fn weekdays(node: &Node, log: &mut Log) -> Option<Weekdays> {
    const DAYS: [(&str, Weekday); 7] = [
        ("mon", Weekday::Mon),
        ("tue", Weekday::Tue),
        ("wed", Weekday::Wed),
        ("thu", Weekday::Thu),
        ("fri", Weekday::Fri),
        ("sat", Weekday::Sat),
        ("sun", Weekday::Sun),
    ];
    let mut days = Vec::new();
    for (item, text) in node.texts(log) {
        match DAYS.iter().find(|(name, _)| *name == text) {
            Some((_, day)) => days.push(*day),
            None => log.unknown(&item.at(), ("weekday", "weekdays"), text, DAYS.iter().map(|(name, _)| *name)),
        }
    }
    if node.is_empty_list() {
        log.error(&node.at(), "no day of the week is named", "name some, or leave the key out".to_string());
    }
    Some(Weekdays::of(days))
}

fn weeks(table: &Section, log: &mut Log) -> Option<Parity> {
    let node = table.get("weeks")?;
    match node.text(log)? {
        "even" => Some(Parity::Even),
        "odd" => Some(Parity::Odd),
        other => {
            log.unknown(&node.at(), ("kind of weeks", "choices"), other, ["even", "odd"]);
            None
        }
    }
}

/// The pattern of a room or consultant; `closed` is the key of the periods in which it cannot be had.
fn pattern(table: &Section, closed: &str, calendar: &Calendar, log: &mut Log) -> Pattern {
    Pattern {
        weekdays: table.get("weekdays").and_then(|node| weekdays(&node, log)).unwrap_or(calendar.weekdays),
        weeks: weeks(table, log),
        available: table.get("available").map(|node| period::list_within(&node, calendar, log)),
        closed: periods(table, closed, calendar, log),
    }
}

fn name(table: &Section, log: &mut Log) -> Option<String> {
    table.get("name").and_then(|node| node.text(log)).map(str::to_string)
}

/// `format = 1` stands in every file.
pub(super) fn format(root: &Section, log: &mut Log) {
    let Some(node) = root.require("format", log) else { return };
    if let Some(number) = node.number(0, MOST, log).filter(|&number| number != 1) {
        log.error(&node.at(), format!("this is format {number}, and this kohort reads format 1"), None);
    }
}

/// Reads one `[[module]]`.
pub(super) fn module(table: &Section, id: &str, default_gap: Gap, log: &mut Log) -> Module {
    table.only(&["id", "name", "sessions", "span", "consultants", "gap"], log);
    let mut sessions = Vec::new();
    if let Some(node) = table.require("sessions", log) {
        const KINDS: [SessionKind; 4] = [SessionKind::Full, SessionKind::Am, SessionKind::Pm, SessionKind::Half];
        let items = node.items(log).len();
        for (item, text) in node.texts(log) {
            match KINDS.into_iter().find(|kind| kind.name() == text) {
                Some(kind) => sessions.push(kind),
                None => log.unknown(&item.at(), ("kind of session", "kinds"), text, KINDS.map(SessionKind::name)),
            }
        }
        // Where some sessions could not be read, their number is unknown, and errors that depend on it are not
        // reported.
        if sessions.len() < items {
            sessions.clear();
        }
        if node.is_empty_list() {
            log.error(
                &node.at(),
                format!("module “{id}” has no sessions"),
                "write at least one, like [\"full\"]".to_string(),
            );
        }
    }
    let span = table.get("span").and_then(|node| Some((node.number(1, LONGEST, log)?, node)));
    if let Some((days, node)) = &span {
        let least = least_days(&sessions);
        if *days < least {
            log.error(
                &node.at(),
                format!(
                    "the {} of module “{id}” take at least {}, but the span is {days}",
                    count(sessions.len(), "session"),
                    count(least, "day")
                ),
                None,
            );
        }
    }
    Module {
        id: id.to_string(),
        name: name(table, log),
        span: span.map_or((sessions.len() as i64).max(1), |(days, _)| days),
        sessions,
        consultants: table.get("consultants").and_then(|node| node.number(0, 1_000, log)).unwrap_or(1) as usize,
        gap: table.get("gap").and_then(|node| gap(&node, log)).unwrap_or(default_gap),
    }
}

/// The fewest days on which the sessions can be held in order.
fn least_days(sessions: &[SessionKind]) -> i64 {
    let mut days = 0;
    let mut morning_only = false;
    for kind in sessions {
        let fits = morning_only && matches!(kind, SessionKind::Pm | SessionKind::Half);
        if !fits {
            days += 1;
        }
        morning_only = !fits && matches!(kind, SessionKind::Am | SessionKind::Half);
    }
    days
}

/// Reads one `[[room]]`.
pub(super) fn room(table: &Section, id: &str, calendar: &Calendar, log: &mut Log) -> Room {
    table.only(&["id", "name", "seats", "weekdays", "weeks", "closed", "cost"], log);
    Room {
        id: id.to_string(),
        name: name(table, log),
        seats: table.require("seats", log).and_then(|node| node.number(0, MOST, log)).unwrap_or(0) as usize,
        pattern: pattern(table, "closed", calendar, log),
        cost: table.get("cost").and_then(|node| node.number(0, MOST, log)).unwrap_or(0),
    }
}

/// Reads one `[[consultant]]`; `modules` are the modules' ids in order.
pub(super) fn consultant(
    table: &Section,
    id: &str,
    modules: &[&str],
    calendar: &Calendar,
    log: &mut Log,
) -> Consultant {
    table.only(&["id", "name", "modules", "weekdays", "weeks", "available", "unavailable", "max_days"], log);
    let mut leads = vec![false; modules.len()];
    if let Some(node) = table.require("modules", log) {
        for (item, text) in node.texts(log) {
            match modules.iter().position(|module| *module == text) {
                Some(index) => leads[index] = true,
                None => {
                    log.unknown(&item.at(), ("module", "modules"), text, modules.iter().copied());
                }
            }
        }
    }
    let limits = table.get("max_days").and_then(|node| node.section(log));
    let max_days = limits.map(|limits| {
        limits.only(&["week", "month", "total"], log);
        let mut days = |key: &str| limits.get(key).and_then(|node| node.number(0, MOST, log));
        MaxDays { week: days("week"), month: days("month"), total: days("total") }
    });
    Consultant {
        id: id.to_string(),
        name: name(table, log),
        leads,
        pattern: pattern(table, "unavailable", calendar, log),
        max_days: max_days.unwrap_or_default(),
    }
}
