//! Reads `[[wave]]`, and makes its cohorts.

use chrono::NaiveDate;

use super::log::Log;
use super::programme::MOST;
use super::toml::Section;
use crate::calendar::Calendar;
use crate::facts::{Cohort, Members, Wave};
use crate::ids::{CohortId, WaveId};

/// The most cohorts of one wave (chosen).
const MOST_COHORTS: i64 = 10_000;

/// Reads all waves. Every start window must have a date of the programme in it.
pub(super) fn read(tables: &[(Section, String)], calendar: &Calendar, log: &mut Log) -> (Vec<Wave>, Vec<Cohort>) {
    let mut waves = Vec::new();
    let mut cohorts = Vec::new();
    for (index, (table, id)) in tables.iter().enumerate() {
        table.only(&["id", "members", "cohorts", "size", "start"], log);
        let count = table.require("cohorts", log).and_then(|node| node.number(1, MOST_COHORTS, log)).unwrap_or(1);
        let first = cohorts.len();
        cohorts.extend((1..=count).map(|number| Cohort { id: format!("{id}-{number}"), wave: WaveId::new(index) }));
        let (min, max) = size(table, log);
        waves.push(Wave {
            id: id.clone(),
            members: members(table, log),
            cohorts: (first..cohorts.len()).map(CohortId::new).collect(),
            min,
            max,
            start: window(table, calendar, log),
        });
    }
    (waves, cohorts)
}

fn members(table: &Section, log: &mut Log) -> Members {
    const KINDS: [Members; 3] = [Members::Leadership, Members::Others, Members::All];
    let Some(node) = table.require("members", log) else { return Members::All };
    let Some(text) = node.text(log) else { return Members::All };
    KINDS.into_iter().find(|kind| kind.name() == text).unwrap_or_else(|| {
        log.unknown(&node.at(), ("kind of members", "kinds"), text, KINDS.map(Members::name));
        Members::All
    })
}

fn size(table: &Section, log: &mut Log) -> (usize, usize) {
    let Some(size) = table.require("size", log).and_then(|node| node.section(log)) else { return (0, MOST as usize) };
    size.only(&["min", "max"], log);
    let mut number = |key: &str| size.require(key, log).and_then(|node| node.number(0, MOST, log));
    let (min, max) = (number("min"), number("max"));
    if let (Some(min), Some(max)) = (min, max)
        && max < min
    {
        log.error(&size.at, format!("a cohort has at least {min} and at most {max} members: no number is both"), None);
    }
    (min.unwrap_or(0) as usize, max.unwrap_or(MOST) as usize)
}

fn window(table: &Section, calendar: &Calendar, log: &mut Log) -> (NaiveDate, NaiveDate) {
    let whole = (calendar.start, calendar.end);
    let Some(start) = table.get("start").and_then(|node| node.section(log)) else { return whole };
    start.only(&["from", "to"], log);
    let mut date = |key: &str| start.get(key).and_then(|node| node.date(log));
    let (from, to) = (date("from"), date("to"));
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        let help = "exchange the two dates".to_string();
        log.error(&start.at, format!("the start window ends on {to}, before it begins on {from}"), help);
    } else if from.is_some_and(|from| from > calendar.end) || to.is_some_and(|to| to < calendar.start) {
        let (first, last) = whole;
        let message = format!("the start window lies outside the programme, which runs from {first} to {last}");
        log.error(&start.at, message, None);
    }
    (from.unwrap_or(whole.0), to.unwrap_or(whole.1))
}
