//! Absences of managers, and the weeks in which rooms and consultants are not available, drawn around a plan.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::staff::Person;
use crate::calendar::Period;
use crate::rng::Rng;

/// Draws the absences of one manager, on average `share` of 1,000 open days, some of them in whole weeks. Of the
/// absences that would fall on a date in `keep`, three quarters are not drawn.
pub fn absences(person: &mut Person, open: &[NaiveDate], share: usize, keep: &BTreeSet<NaiveDate>, rng: &mut Rng) {
    // Counted in half days. Each manager is away for 0.5 to 1.5 times the average.
    let mut left = open.len() * 2 * share * (500 + rng.below(1_001)) / 1_000_000;
    let mut taken = BTreeSet::new();
    // A draw that overlaps an earlier one is lost. The number of draws is limited, so that this ends even where
    // nearly all days are to be taken.
    for _ in 0..4 * open.len() {
        if left == 0 || open.is_empty() {
            break;
        }
        let date = open[rng.below(open.len())];
        let (period, cost) = match rng.below(20) {
            0 | 1 if left >= 10 => (week(date), 10),
            2..=4 if left >= 4 && date.weekday() != Weekday::Fri => (days(date, 2), 4),
            5 | 6 => (Period { half: Some(rng.below(2)), ..days(date, 1) }, 1),
            _ => (days(date, 1), 2),
        };
        let dates = || period.from.iter_days().take_while(|date| *date <= period.to);
        let kept = dates().any(|date| keep.contains(&date)) && rng.chance(3, 4);
        if !kept && dates().all(|date| !taken.contains(&date)) {
            taken.extend(dates());
            left = left.saturating_sub(cost);
            person.unavailable.push(period);
        }
    }
    person.unavailable.sort_by_key(|period| period.from);
}

/// Draws up to `count` different whole weeks that have an open date and no date in `keep`; returns them in order.
pub fn weeks_off(count: usize, open: &[NaiveDate], keep: &BTreeSet<NaiveDate>, rng: &mut Rng) -> Vec<Period> {
    let busy: BTreeSet<NaiveDate> = keep.iter().map(|&date| week(date).from).collect();
    let all: BTreeSet<NaiveDate> = open.iter().map(|&date| week(date).from).collect();
    let mut free: Vec<NaiveDate> = all.difference(&busy).copied().collect();
    rng.shuffle(&mut free);
    free.truncate(count);
    free.sort_unstable();
    free.into_iter().map(week).collect()
}

/// The ISO week of the date.
fn week(date: NaiveDate) -> Period {
    let monday = date - Days::new(u64::from(date.weekday().num_days_from_monday()));
    days(monday, 7)
}

fn days(from: NaiveDate, count: u64) -> Period {
    Period { from, to: from + Days::new(count - 1), half: None, why: None }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::NaiveDate;

    use super::weeks_off;
    use crate::generate::year::calendar;
    use crate::rng::Rng;

    #[test]
    fn weeks_off_leave_the_kept_dates_alone() {
        let calendar = calendar(2026);
        let open: Vec<NaiveDate> = calendar.start.iter_days().take_while(|date| *date <= calendar.end).collect();
        let keep: BTreeSet<NaiveDate> = open.iter().copied().step_by(9).collect();
        let weeks = weeks_off(10, &open, &keep, &mut Rng::new(1, 0));
        assert_eq!(weeks.len(), 10);
        assert!(weeks.iter().all(|week| !keep.iter().any(|&date| week.covers(date, 0))));
        assert!(weeks.windows(2).all(|pair| pair[0].to < pair[1].from));
        assert!(weeks_off(10, &open, &open.iter().copied().collect(), &mut Rng::new(1, 0)).is_empty());
    }
}
