//! The calendar of an invented programme: two school years with their breaks, and when its waves start.

use chrono::{NaiveDate, Weekday};

use crate::calendar::{Calendar, Holidays, Period, Weekdays};

/// The Monday of an ISO week. Every year has the weeks 1 to 52, so the default date is never used.
fn monday(year: i32, week: u32) -> NaiveDate {
    NaiveDate::from_isoywd_opt(year, week, Weekday::Mon).unwrap_or_default()
}

fn friday(year: i32, week: u32) -> NaiveDate {
    NaiveDate::from_isoywd_opt(year, week, Weekday::Fri).unwrap_or_default()
}

fn sunday(year: i32, week: u32) -> NaiveDate {
    NaiveDate::from_isoywd_opt(year, week, Weekday::Sun).unwrap_or_default()
}

/// The calendar from week 34 of the year to week 26 two years later. It starts on a Monday.
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

/// The longest start window, in weeks with open dates (chosen).
const LONGEST_WINDOW: usize = 10;

/// The start windows of waves with these numbers of cohorts: one after another from week 36 of the first year to week
/// 6 of the last, in proportion to their cohorts, none longer than `LONGEST_WINDOW`. Only weeks with an open date
/// count.
pub fn windows(year: i32, cohorts: &[usize]) -> Vec<(NaiveDate, NaiveDate)> {
    let calendar = calendar(year);
    let mondays = monday(year, 36).iter_weeks().take_while(|&week| week < monday(year + 2, 7));
    let is_open = |monday: &NaiveDate| monday.iter_days().take(5).any(|date| calendar.is_open(date, 0));
    let weeks: Vec<NaiveDate> = mondays.filter(is_open).collect();
    let all = cohorts.iter().sum::<usize>().max(1);
    let mut before = 0;
    let mut window = |&cohorts: &usize| {
        let from = weeks.len() * before / all;
        before += cohorts;
        let length = (weeks.len() * before / all - from).clamp(1, LONGEST_WINDOW);
        (weeks[from], weeks[from + length - 1] + chrono::Days::new(4))
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
