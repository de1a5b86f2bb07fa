//! Periods, as TOML values and as text in a roster.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use toml::de::DeValue;

use super::log::Log;
use super::toml_tree::{Node, Wanted};
use crate::calendar::{Calendar, Period};

/// What a period may look like.
const FORMS: &str = "write a date (2015-09-14), a half date (\"2015-09-14 am\"), { from = 2015-09-14, to = 2015-09-18 } or { week = \"2015-W38\" }";

/// A date written as `2015-09-14`, in the years 1900 to 2999.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let shape = bytes.len() == 10
        && bytes.iter().enumerate().all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() });
    if !shape {
        return None;
    }
    let date = NaiveDate::from_ymd_opt(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?)?;
    ("1900".."3000").contains(&&text[..4]).then_some(date)
}

/// The Monday of an ISO week written as `2015-W38`.
fn monday(text: &str) -> Option<NaiveDate> {
    let (year, week) = text.split_once("-W")?;
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(year, 4) || !digits(week, 2) || !("1900".."3000").contains(&year) {
        return None;
    }
    NaiveDate::from_isoywd_opt(year.parse().ok()?, week.parse().ok()?, Weekday::Mon)
}

/// Says that the text is no date, and if it is only too late for its month, how many days that has.
pub(super) fn no_date(text: &str) -> String {
    let month = |text: &str| {
        let (year_month, day) = text.rsplit_once('-')?;
        let first = date(&format!("{year_month}-01"))?;
        let days = first.num_days_in_month();
        let named = day.parse::<u8>().is_ok_and(|day| day > days);
        named.then(|| format!("“{text}” is no date of the calendar: that month has {days} days"))
    };
    month(text).unwrap_or_else(|| format!("“{text}” is no date of the calendar"))
}

/// Says that the text is no week, and if it is only too late for its year, how many weeks that has.
fn no_week(text: &str) -> String {
    let is_week_53 = text.strip_suffix("-W53").is_some_and(|year| monday(&format!("{year}-W52")).is_some());
    let why = if is_week_53 { ": that year has 52 weeks" } else { "" };
    format!("“{text}” is no ISO week of the calendar{why}")
}

fn whole(from: NaiveDate, to: NaiveDate) -> Period {
    Period { from, to, half: None, why: None }
}

/// The week of a Monday.
fn week(monday: NaiveDate) -> Period {
    whole(monday, monday + Days::new(6))
}

/// A period as text: a date, a half date, a week or `from..to`. The error is a sentence.
pub(super) fn from_text(text: &str) -> Result<Period, String> {
    if let Some((from, to)) = text.split_once("..") {
        let (from, to) = (from.trim(), to.trim());
        let first = date(from).ok_or_else(|| no_date(from))?;
        let last = date(to).ok_or_else(|| no_date(to))?;
        return if last < first {
            Err(format!("the period ends on {to}, before it begins on {from}"))
        } else {
            Ok(whole(first, last))
        };
    }
    if text.contains("-W") {
        return monday(text).map(week).ok_or_else(|| no_week(text));
    }
    let (day, half) = match text.rsplit_once(' ') {
        Some((day, "am")) => (day.trim_end(), Some(0)),
        Some((day, "pm")) => (day.trim_end(), Some(1)),
        _ => (text, None),
    };
    date(day).map(|date| Period { half, ..whole(date, date) }).ok_or_else(|| no_date(text))
}

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

/// Says that a date is none of the programme's.
pub(super) fn outside(date: NaiveDate, calendar: &Calendar) -> String {
    format!("{date} lies outside the programme, which runs from {} to {}", calendar.start, calendar.end)
}

/// A list of periods.
pub(super) fn list(node: &Node, log: &mut Log) -> Vec<Period> {
    node.items(log).iter().filter_map(|item| from_node(item, log)).collect()
}

/// A list of periods that mean nothing outside the programme: the year may be a slip.
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

#[cfg(test)]
mod tests {
    use super::{date, from_text};

    #[test]
    fn dates_are_written_one_way() {
        assert!(date("2016-02-29").is_some());
        for wrong in ["2015-02-29", "2015-2-3", "20150203", "2015-02-030", "0000-01-01", "", "åååå-åå"] {
            assert_eq!(date(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn periods_in_a_roster() {
        let weekend = from_text("2016-W53").unwrap_err();
        assert!(weekend.contains("no ISO week"), "{weekend}");
        let week = from_text("2015-W53").expect("2015 has 53 weeks");
        assert_eq!((week.from.to_string(), week.to.to_string()), ("2015-12-28".into(), "2016-01-03".into()));
        assert_eq!(from_text("2016-03-01..2016-03-04").expect("a range").to.to_string(), "2016-03-04");
        assert_eq!(from_text("2016-03-01 pm").expect("a half date").half, Some(1));
        assert!(from_text("2016-03-04..2016-03-01").is_err());
    }
}
