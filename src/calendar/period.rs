//! A stretch of time as a planner writes it: a date, a half date, a range or an ISO week.

use std::fmt;

use chrono::NaiveDate;

/// One period; its first and its last date belong to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Period {
    /// First date.
    pub from: NaiveDate,
    /// Last date.
    pub to: NaiveDate,
    /// The only half of each date that belongs to the period (0 morning, 1 afternoon); `None`: both.
    pub half: Option<usize>,
    /// The planner's reason for it.
    pub why: Option<String>,
}

impl Period {
    /// Whether this half of this date lies in the period.
    pub fn covers(&self, date: NaiveDate, half: usize) -> bool {
        self.from <= date && date <= self.to && self.half.is_none_or(|own| own == half)
    }
}

/// The dates and the reason.
impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{}", self.from)?;
        if self.to != self.from {
            write!(out, " to {}", self.to)?;
        }
        match self.half {
            None => {}
            Some(0) => write!(out, " am")?,
            Some(_) => write!(out, " pm")?,
        }
        self.why.as_ref().map_or(Ok(()), |why| write!(out, ": {why}"))
    }
}
