//! Dates, half days, periods and weekly patterns: what is open when.

mod closed;
mod holidays;
mod pattern;
mod period;
mod weeks;

pub use closed::Closed;
pub use holidays::{Holidays, swedish_holiday};
pub use pattern::Pattern;
pub use period::Period;
pub use weeks::{Parity, Weekdays};

use chrono::NaiveDate;

/// The part of a date that a session takes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Part {
    /// The morning slot.
    Am,
    /// The afternoon slot.
    Pm,
    /// Both slots.
    Full,
}

impl Part {
    /// The name in a file: `am`, `pm` or `full`.
    pub fn name(self) -> &'static str {
        match self {
            Part::Am => "am",
            Part::Pm => "pm",
            Part::Full => "full",
        }
    }

    /// The halves of the date that are taken: 0 is the morning, 1 the afternoon.
    pub fn halves(self) -> &'static [usize] {
        match self {
            Part::Am => &[0],
            Part::Pm => &[1],
            Part::Full => &[0, 1],
        }
    }
}

/// The name in a file of a half of a date: 0 is the morning, 1 the afternoon.
pub fn half_name(half: usize) -> &'static str {
    if half == 0 { Part::Am.name() } else { Part::Pm.name() }
}

/// One meeting: a date and the part of it that is taken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Session {
    /// The date.
    pub date: NaiveDate,
    /// `full`, `am` or `pm`.
    pub part: Part,
}

impl Session {
    /// The half days taken, as (date, half) with half 0 for the morning.
    pub fn slots(self) -> impl Iterator<Item = (NaiveDate, usize)> {
        self.part.halves().iter().map(move |&half| (self.date, half))
    }
}

/// The calendar of a programme.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// First date on which a session may be held.
    pub start: NaiveDate,
    /// Last date on which a session may be held.
    pub end: NaiveDate,
    /// Days of the week on which sessions may be held.
    pub weekdays: Weekdays,
    /// Which public holidays are closed.
    pub holidays: Holidays,
    /// Closed periods.
    pub closed: Vec<Period>,
    /// Periods that are allowed but that the rule `avoid` counts.
    pub avoid: Vec<Period>,
}

impl Calendar {
    /// Whether a session may be held in this half of this date.
    pub fn is_open(&self, date: NaiveDate, half: usize) -> bool {
        self.closed(date, half).is_none()
    }

    /// Why no session may be held in this half of this date; `None` if one may.
    pub fn closed(&self, date: NaiveDate, half: usize) -> Option<Closed<'_>> {
        if date < self.start {
            Some(Closed::Before(self.start))
        } else if date > self.end {
            Some(Closed::After(self.end))
        } else if !self.weekdays.contains(date) {
            Some(Closed::Weekday(date))
        } else if let Some(name) = self.holidays.name(date) {
            Some(Closed::Holiday(name))
        } else {
            self.closed.iter().find(|period| period.covers(date, half)).map(Closed::Period)
        }
    }

    /// Whether the half day lies in an `avoid` period.
    pub fn is_avoided(&self, date: NaiveDate, half: usize) -> bool {
        self.avoid.iter().any(|period| period.covers(date, half))
    }
}
