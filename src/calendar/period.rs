//! A stretch of time as a planner writes it: a date, a half date, a range or an ISO week.

use chrono::NaiveDate;

/// One period, both ends in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Period {
    /// First date.
    pub from: NaiveDate,
    /// Last date.
    pub to: NaiveDate,
    /// The half that is meant (0 morning, 1 afternoon); `None`: whole days.
    pub half: Option<usize>,
    /// Why, in the planner's words.
    pub why: Option<String>,
}

impl Period {
    /// Whether this half of this date lies in the period.
    pub fn covers(&self, date: NaiveDate, half: usize) -> bool {
        self.from <= date && date <= self.to && self.half.is_none_or(|own| own == half)
    }
}
