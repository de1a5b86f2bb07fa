//! The calendar of an invented programme: two school years with their breaks, and when its waves start.

use chrono::{NaiveDate, Weekday};

use crate::calendar::{Calendar, Holidays, Period, Weekdays};

/// A Monday of an ISO week. Weeks 1 to 52 are in every year, so nothing is ever put in its place.
fn monday(year: i32, week: u32) -> NaiveDate {
    NaiveDate::from_isoywd_opt(year, week, Weekday::Mon).unwrap_or_default()
}

fn friday(year: i32, week: u32) -> NaiveDate {
    NaiveDate::from_isoywd_opt(year, week, Weekday::Fri).unwrap_or_default()
}

fn sunday(year: i32, week: u32) -> NaiveDate {
    NaiveDate::from_isoywd_opt(year, week, Weekday::Sun).unwrap_or_default()
}

/// From week 34 of a year to week 26 of the year after the next. It starts on a Monday.
pub fn calendar(year: i32) -> Calendar {
    let weeks = |year, from, to, why: &str| Period {
        from: monday(year, from),
        to: sunday(year, to),
        half: None,
        why: Some(why.to_owned()),
    };
    let christmas = |year| Period { to: friday(year + 1, 1), ..weeks(year, 51, 51, "jul") };
    Calendar {
        start: monday(year, 34),
        end: friday(year + 2, 26),
        weekdays: Weekdays::WORKING,
        holidays: Holidays::Sweden,
        closed: vec![
            weeks(year, 44, 44, "höstlov"),
            christmas(year),
            weeks(year + 1, 9, 9, "sportlov"),
            weeks(year + 1, 25, 33, "semester"),
            weeks(year + 1, 44, 44, "höstlov"),
            christmas(year + 1),
            weeks(year + 2, 9, 9, "sportlov"),
        ],
        avoid: vec![
            weeks(year, 37, 37, "delårsrapport"),
            weeks(year + 1, 3, 4, "bokslut"),
            weeks(year + 1, 37, 37, "delårsrapport"),
            weeks(year + 2, 3, 4, "bokslut"),
        ],
    }
}

/// Weeks in which cohorts may start at all: from week 36 of the first year to week 6 of the last.
const LONGEST_WINDOW: i64 = 10;

/// The start windows of waves with so many cohorts each: one after the other, in proportion to their cohorts, from week
/// 36 of the first year to week 6 of the last, none longer than ten weeks.
pub fn windows(year: i32, cohorts: &[usize]) -> Vec<(NaiveDate, NaiveDate)> {
    let first = monday(year, 36);
    let weeks = (monday(year + 2, 7) - first).num_weeks();
    let all = cohorts.iter().sum::<usize>().max(1) as i64;
    let mut before = 0;
    let mut window = |&cohorts: &usize| {
        let from = weeks * before / all;
        before += cohorts as i64;
        let to = (weeks * before / all).clamp(from + 1, from + LONGEST_WINDOW);
        (first + chrono::Days::new(from as u64 * 7), first + chrono::Days::new(to as u64 * 7 - 3))
    };
    cohorts.iter().map(&mut window).collect()
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::{calendar, windows};
    use chrono::Datelike;

    #[test]
    fn two_years_from_a_monday() {
        for year in 2000..2100 {
            let calendar = calendar(year);
            assert_eq!(calendar.start.weekday(), Weekday::Mon);
            assert!(calendar.closed.iter().chain(&calendar.avoid).all(|period| period.from < period.to));
            assert!(calendar.closed.iter().all(|period| calendar.start < period.from && period.to < calendar.end));
        }
    }

    #[test]
    fn windows_follow_each_other_inside_the_programme() {
        for cohorts in [&[1, 1][..], &[5, 7, 6, 6], &[300, 190, 190, 190, 190, 190, 190]] {
            let windows = windows(2026, cohorts);
            assert!(windows.iter().all(|(from, to)| from < to && to.weekday() == Weekday::Fri));
            assert!(windows.windows(2).all(|pair| pair[0].1 < pair[1].0));
            assert!(windows.last().is_some_and(|(_, to)| *to < calendar(2026).end));
        }
    }
}
