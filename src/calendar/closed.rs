//! Why a half day is closed to the programme, a room, a consultant or a manager.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::{Parity, Period};

/// The first reason found. Its text is short enough to stand in brackets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Closed<'a> {
    /// The half day lies before the first date.
    Before(NaiveDate),
    /// The half day lies after the last date.
    After(NaiveDate),
    /// The date falls on a day of the week that is not open.
    Weekday(NaiveDate),
    /// Only weeks of this parity are open, and the date's week has the other.
    Weeks(Parity, NaiveDate),
    /// The date is a public holiday with this name.
    Holiday(&'static str),
    /// The half day lies in none of the periods that are listed as open.
    Unlisted,
    /// The half day lies in a closed period.
    Period(&'a Period),
}

impl fmt::Display for Closed<'_> {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Closed::Before(first) => write!(out, "before {first}"),
            Closed::After(last) => write!(out, "after {last}"),
            Closed::Weekday(date) => write!(out, "a {}", date.format("%A")),
            Closed::Weeks(parity, date) => {
                let only = if *parity == Parity::Even { "even" } else { "odd" };
                write!(out, "only in {only} weeks, this is week {}", date.iso_week().week())
            }
            Closed::Holiday(name) => write!(out, "{name}"),
            Closed::Unlisted => write!(out, "in no period that is available"),
            Closed::Period(period) => write!(out, "{period}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use crate::calendar::{Calendar, Holidays, Parity, Pattern, Period, Weekdays};

    fn date(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2015, month, day).expect("there is this date")
    }

    fn period(from: NaiveDate, to: NaiveDate, half: Option<usize>, why: Option<&str>) -> Period {
        Period { from, to, half, why: why.map(str::to_string) }
    }

    #[test]
    fn the_programme_says_why_it_is_closed() {
        let calendar = Calendar {
            start: date(8, 17),
            end: date(12, 31),
            weekdays: Weekdays::WORKING,
            holidays: Holidays::Sweden,
            closed: vec![period(date(10, 26), date(10, 30), None, Some("höstlov"))],
            avoid: Vec::new(),
        };
        let why = |month, day| calendar.closed(date(month, day), 0).map(|why| why.to_string());
        assert_eq!(why(8, 14).as_deref(), Some("before 2015-08-17"));
        assert_eq!(why(9, 5).as_deref(), Some("a Saturday"));
        assert_eq!(why(10, 27).as_deref(), Some("2015-10-26 to 2015-10-30: höstlov"));
        assert_eq!(why(12, 25).as_deref(), Some("juldagen"));
        assert_eq!(why(9, 7), None);
    }

    #[test]
    fn a_room_or_a_consultant_says_why() {
        let pattern = Pattern {
            weekdays: Weekdays::WORKING,
            weeks: Some(Parity::Even),
            available: Some(vec![period(date(9, 1), date(9, 30), None, None)]),
            closed: vec![period(date(9, 14), date(9, 14), Some(1), None)],
        };
        let why = |month, day, half| pattern.closed(date(month, day), half).map(|why| why.to_string());
        assert_eq!(why(9, 7, 0).as_deref(), Some("only in even weeks, this is week 37"));
        assert_eq!(why(10, 12, 0).as_deref(), Some("in no period that is available"));
        assert_eq!(why(9, 14, 1).as_deref(), Some("2015-09-14 pm"));
        assert_eq!(why(9, 14, 0), None);
    }
}
