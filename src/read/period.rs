//! Periods as TOML values.

use ::toml::de::DeValue;
use chrono::NaiveDate;

use super::dates::{from_text, monday, no_week, week, whole};
use super::log::Log;
use super::toml::{Node, Wanted};
use crate::calendar::{Calendar, Period};

/// The ways to write a period, as help.
const FORMS: &str = "write a date (2015-09-14), a half date (\"2015-09-14 am\"), { from = 2015-09-14, to = 2015-09-18 } or { week = \"2015-W38\" }";

/// A period in a TOML file.
pub(super) fn from_node(node: &Node, log: &mut Log) -> Option<Period> {
    match node.value.get_ref() {
        DeValue::Datetime(_) => node.date(log).map(|date| whole(date, date)),
        DeValue::String(text) => {
            from_text(text).map_err(|message| log.error(&node.at(), message, FORMS.to_string())).ok()
        }
        DeValue::Table(_) => from_table(node, log),
        _ => {
            node.wrong(Wanted::Period, log);
            None
        }
    }
}

fn from_table(node: &Node, log: &mut Log) -> Option<Period> {
    let table = node.section(log)?;
    if let Some(date) = table.get("date") {
        log.error(&date.at(), "a period that is one date stands without braces", "write the date itself".to_string());
        return None;
    }
    table.only(&["from", "to", "week", "why"], log);
    let why = table.get("why").and_then(|why| why.text(log)).map(str::to_string);
    if let Some(written) = table.get("week") {
        if table.get("from").is_some() || table.get("to").is_some() {
            let message = "this period is a week and also goes from one date to another";
            log.error(&node.at(), message, "keep “week”, or “from” and “to”".to_string());
            return None;
        }
        let text = written.text(log)?;
        let Some(monday) = monday(text) else {
            log.error(&written.at(), no_week(text), "write it like 2015-W38".to_string());
            return None;
        };
        return Some(Period { why, ..week(monday) });
    }
    let (Some(from), Some(to)) = (table.get("from"), table.get("to")) else {
        log.error(&node.at(), "this period needs both “from” and “to”, or “week”", FORMS.to_string());
        return None;
    };
    let (first, last) = (from.date(log)?, to.date(log)?);
    if last < first {
        log.error(
            &node.at(),
            format!("the period ends on {last}, before it begins on {first}"),
            "exchange the two dates".to_string(),
        );
        return None;
    }
    Some(Period { why, ..whole(first, last) })
}

/// The message that a date lies outside the programme.
pub(super) fn outside(date: NaiveDate, calendar: &Calendar) -> String {
    format!("{date} lies outside the programme, which runs from {} to {}", calendar.start, calendar.end)
}

/// A list of periods.
pub(super) fn list(node: &Node, log: &mut Log) -> Vec<Period> {
    node.items(log).iter().filter_map(|item| from_node(item, log)).collect()
}

/// A list of periods that have no effect outside the programme. A period outside gets a warning, since its year may
/// be a typing error.
pub(super) fn list_within(node: &Node, calendar: &Calendar, log: &mut Log) -> Vec<Period> {
    let items = node.items(log);
    let read = items.iter().filter_map(|item| Some((item, from_node(item, log)?)));
    let periods: Vec<(&Node, Period)> = read.collect();
    for (item, period) in &periods {
        if period.to < calendar.start || period.from > calendar.end {
            let message =
                format!("this period has no effect: the programme runs from {} to {}", calendar.start, calendar.end);
            log.warn(&item.at(), message, None);
        }
    }
    periods.into_iter().map(|(_, period)| period).collect()
}
