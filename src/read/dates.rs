//! Dates, weeks and periods the way texts write them.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::calendar::Period;

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
pub(super) fn monday(text: &str) -> Option<NaiveDate> {
    let (year, week) = text.split_once("-W")?;
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(year, 4) || !digits(week, 2) || !("1900".."3000").contains(&year) {
        return None;
    }
    NaiveDate::from_isoywd_opt(year.parse().ok()?, week.parse().ok()?, Weekday::Mon)
}

/// The message that the text is no date. If only the day is too high for its month, it says how many days the month
/// has.
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

/// The message that the text is no week. If only the week is too high for its year, it says how many weeks the year
/// has.
pub(super) fn no_week(text: &str) -> String {
    let is_week_53 = text.strip_suffix("-W53").is_some_and(|year| monday(&format!("{year}-W52")).is_some());
    let why = if is_week_53 { ": that year has 52 weeks" } else { "" };
    format!("“{text}” is no ISO week of the calendar{why}")
}

pub(super) fn whole(from: NaiveDate, to: NaiveDate) -> Period {
    Period { from, to, half: None, why: None }
}

/// The week that begins on this Monday.
pub(super) fn week(monday: NaiveDate) -> Period {
    whole(monday, monday + Days::new(6))
}

/// A period as text: a date, a half date, a week or `from..to`. The error is a sentence for the planner.
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
