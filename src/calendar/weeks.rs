//! Days of the week, and even or odd weeks.

use chrono::{Datelike, NaiveDate, Weekday};

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

    /// The days' names in a file, Monday first.
    pub fn names(self) -> Vec<&'static str> {
        let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        names.into_iter().enumerate().filter(|(day, _)| self.0 >> day & 1 == 1).map(|(_, name)| name).collect()
    }

    /// Whether the date falls on one of the days.
    pub fn contains(self, date: NaiveDate) -> bool {
        self.0 >> date.weekday().num_days_from_monday() & 1 == 1
    }
}

/// Whether the number of an ISO week is even or odd.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Parity {
    /// ISO weeks with an even number.
    Even,
    /// ISO weeks with an odd number.
    Odd,
}

impl Parity {
    /// The parity of the ISO week in which the date lies.
    pub fn of_week(date: NaiveDate) -> Parity {
        if date.iso_week().week().is_multiple_of(2) { Parity::Even } else { Parity::Odd }
    }
}
