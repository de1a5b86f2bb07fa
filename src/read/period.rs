//! Periods, as TOML values and as text in a roster.

use chrono::{Days, NaiveDate, Weekday};
use toml::de::DeValue;

use super::log::Log;
use super::toml_tree::Node;
use crate::calendar::Period;

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

fn whole(from: NaiveDate, to: NaiveDate) -> Period {
    Period { from, to, half: None, why: None }
}

/// The week of a Monday.
fn week(monday: NaiveDate) -> Period {
    whole(monday, monday + Days::new(6))
}

/// A period as text: a date, a half date, a week or `from..to`. The error is a sentence.
pub(super) fn from_text(text: &str) -> Result<Period, String> {
    let no_date = |part: &str| format!("“{part}” is no date of the calendar");
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
        return monday(text).map(week).ok_or_else(|| format!("“{text}” is no ISO week of the calendar"));
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
            node.wrong("a period", log);
            None
        }
    }
}

fn from_table(node: &Node, log: &mut Log) -> Option<Period> {
    let table = node.section(log)?;
    table.only(&["from", "to", "week", "date", "why"], log);
    let why = table.get("why").and_then(|why| why.text(log)).map(str::to_string);
    if let Some(written) = table.get("week") {
        let text = written.text(log)?;
        let Some(monday) = monday(text) else {
            log.error(
                &written.at(),
                format!("“{text}” is no ISO week of the calendar"),
                "write it like 2015-W38".to_string(),
            );
            return None;
        };
        return Some(Period { why, ..week(monday) });
    }
    if let Some(written) = table.get("date") {
        return Some(Period { why, ..from_node(&written, log)? });
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

/// A list of periods.
pub(super) fn list(node: &Node, log: &mut Log) -> Vec<Period> {
    node.items(log).iter().filter_map(|item| from_node(item, log)).collect()
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
