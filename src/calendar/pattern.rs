//! When rooms and consultants are available: on which weekdays, in which ISO weeks, in which periods.

use chrono::NaiveDate;

use super::{Closed, Parity, Period, Weekdays};

/// When a room or a consultant is available by its own description, whatever the programme's calendar says.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// Days of the week.
    pub weekdays: Weekdays,
    /// Only even or only odd ISO weeks; `None`: all.
    pub weeks: Option<Parity>,
    /// The only periods in which it is available; `None`: always.
    pub available: Option<Vec<Period>>,
    /// Periods in which it is not available (`closed`, `unavailable`).
    pub closed: Vec<Period>,
}

impl Pattern {
    /// Always available.
    pub const ALWAYS: Pattern = Pattern { weekdays: Weekdays::ALL, weeks: None, available: None, closed: Vec::new() };
}

impl Pattern {
    /// Whether it is available in this half (0 morning, 1 afternoon) of this date.
    pub fn is_open(&self, date: NaiveDate, half: usize) -> bool {
        self.closed(date, half).is_none()
    }

    /// Why it is not available in this half of this date; `None` if it is.
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
