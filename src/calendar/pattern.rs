//! Weekly patterns: which weekdays, in even or odd ISO weeks.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{Closed, Period};

/// A set of days of the week.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Weekdays(u8);

impl Weekdays {
    /// Monday to Friday.
    pub const WORKING: Weekdays = Weekdays(0b001_1111);

    /// The whole week.
    pub const ALL: Weekdays = Weekdays(0b111_1111);

    /// The set of these days.
    pub fn of(days: impl IntoIterator<Item = Weekday>) -> Self {
        Weekdays(days.into_iter().fold(0, |set, day| set | 1 << day.num_days_from_monday()))
    }

    /// The days as written in a file, Monday first.
    pub fn names(self) -> Vec<&'static str> {
        let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        names.into_iter().enumerate().filter(|(day, _)| self.0 >> day & 1 == 1).map(|(_, name)| name).collect()
    }

    /// Whether the date falls on one of the days.
    pub fn contains(self, date: NaiveDate) -> bool {
        self.0 >> date.weekday().num_days_from_monday() & 1 == 1
    }
}

/// Even or odd ISO weeks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Parity {
    /// ISO weeks with an even number.
    Even,
    /// ISO weeks with an odd number.
    Odd,
}

impl Parity {
    /// Of the ISO week in which the date lies.
    pub fn of_week(date: NaiveDate) -> Parity {
        if date.iso_week().week().is_multiple_of(2) { Parity::Even } else { Parity::Odd }
    }
}

/// When a room or a consultant can be had, by its own description alone.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// Days of the week.
    pub weekdays: Weekdays,
    /// Only even or only odd ISO weeks; `None`: all.
    pub weeks: Option<Parity>,
    /// The only periods in which it can be had; `None`: always.
    pub available: Option<Vec<Period>>,
    /// Periods in which it cannot be had (`closed`, `unavailable`).
    pub closed: Vec<Period>,
}

impl Pattern {
    /// No limits at all.
    pub const ALWAYS: Pattern = Pattern { weekdays: Weekdays::ALL, weeks: None, available: None, closed: Vec::new() };
}

impl Pattern {
    /// Whether it can be had in this half (0 morning, 1 afternoon) of this date.
    pub fn is_open(&self, date: NaiveDate, half: usize) -> bool {
        self.closed(date, half).is_none()
    }

    /// Why it cannot be had in this half of this date, if so.
    pub fn closed(&self, date: NaiveDate, half: usize) -> Option<Closed<'_>> {
        let covers = |period: &&Period| period.covers(date, half);
        if !self.weekdays.contains(date) {
            return Some(Closed::Weekday(date));
        }
        if let Some(parity) = self.weeks.filter(|&parity| parity != Parity::of_week(date)) {
            return Some(Closed::Weeks(parity, date));
        }
        if self.available.as_ref().is_some_and(|periods| !periods.iter().any(|period| covers(&period))) {
            return Some(Closed::Unlisted);
        }
        self.closed.iter().find(covers).map(Closed::Period)
    }
}
