//! `max_days`: no more dates with work per ISO week, calendar month and in all than a consultant allows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use crate::draft::{Booking, Draft};
use crate::facts::{Facts, MaxDays};
use crate::ids::{ConsultantId, RunId};
use crate::plan::Plan;
use crate::term::{Finding, Place, Reacts, Term, Tracker};
use crate::words::count;

/// Counts the dates over the limit per week, per month and in all.
#[derive(Debug)]
pub struct WorkDays;

fn week(date: NaiveDate) -> String {
    format!("{}-W{:02}", date.iso_week().year(), date.iso_week().week())
}

fn month(date: NaiveDate) -> String {
    format!("{}-{:02}", date.year(), date.month())
}

impl Term for WorkDays {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut dates = vec![BTreeSet::new(); facts.consultants.len()];
        for run in plan.cohorts.iter().flat_map(|cohort| &cohort.runs) {
            for consultant in &run.team {
                dates[consultant.index()].extend(run.sessions.iter().map(|session| session.date));
            }
        }
        let mut findings = Vec::new();
        for (index, dates) in dates.iter().enumerate() {
            let consultant = &facts.consultants[index];
            let mut periods: BTreeMap<(u8, String), (i64, Option<i64>)> = BTreeMap::new();
            for &date in dates {
                periods.entry((0, week(date))).or_insert((0, consultant.max_days.week)).0 += 1;
                periods.entry((1, month(date))).or_insert((0, consultant.max_days.month)).0 += 1;
                periods.entry((2, "all".to_string())).or_insert((0, consultant.max_days.total)).0 += 1;
            }
            for ((_, period), (days, most)) in periods {
                if let Some(most) = most.filter(|&most| days > most) {
                    findings.push(Finding {
                        amount: days - most,
                        message: format!(
                            "consultant “{}” works on {} in {period}, at most {most} allowed",
                            consultant.id,
                            count(days, "date")
                        ),
                        place: Place { consultant: Some(ConsultantId::new(index)), ..Place::default() },
                    });
                }
            }
        }
        findings
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        let (mut weeks, mut months) = (Vec::new(), Vec::new());
        let place = |names: &mut Vec<String>, name: String| {
            if names.last() != Some(&name) {
                names.push(name);
            }
            names.len() as u32 - 1
        };
        let dates = (0..facts.slots.days).map(|day| facts.slots.date(day));
        let periods = dates.map(|date| [place(&mut weeks, week(date)), place(&mut months, month(date))]).collect();
        let consultants = facts.consultants.len();
        let limits = facts.consultants.iter().map(|consultant| {
            let MaxDays { week, month, total } = consultant.max_days;
            [week, month, total].map(|limit| limit.unwrap_or(i64::MAX))
        });
        Box::new(WorkDaysTracker {
            periods,
            limits: limits.collect(),
            dates: [weeks.len(), months.len(), 1]
                .map(|length| ConsultantRow { length, dates: vec![0; length * consultants] }),
        })
    }
}

/// How many dates with work each consultant has in each period of one kind.
#[derive(Clone)]
struct ConsultantRow {
    length: usize,
    dates: Vec<i32>,
}

#[derive(Clone)]
struct WorkDaysTracker {
    /// For each day, the number of its week and of its month.
    periods: Vec<[u32; 2]>,
    /// For each consultant, the most dates per week, per month, and in all.
    limits: Vec<[i64; 3]>,
    /// Dates per week, per month, and in all.
    dates: [ConsultantRow; 3],
}

impl WorkDaysTracker {
    /// The number of the day's week (kind 0) or month (kind 1); 0 for the whole programme (kind 2).
    #[inline]
    fn period(&self, kind: usize, day: u16) -> usize {
        self.periods[day as usize].get(kind).map_or(0, |&period| period as usize)
    }

    /// By how much the dates over the limit change in one kind of period.
    #[inline]
    fn over(&self, kind: usize, consultant: ConsultantId, days: &[(u16, i64)]) -> i64 {
        let most = self.limits[consultant.index()][kind];
        if most == i64::MAX {
            return 0;
        }
        let row = &self.dates[kind];
        let mut sum = 0;
        for (place, &(day, _)) in days.iter().enumerate() {
            let period = self.period(kind, day);
            let is_same = |other: &&(u16, i64)| self.period(kind, other.0) == period;
            if days[..place].iter().any(|before| is_same(&before)) {
                continue;
            }
            let change: i64 = days[place..].iter().filter(is_same).map(|day| day.1).sum();
            let now = i64::from(row.dates[consultant.index() * row.length + period]);
            sum += (now + change - most).max(0) - (now - most).max(0);
        }
        sum
    }
}

impl Tracker for WorkDaysTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Bookings
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_booking(&self, _: &Facts, draft: &Draft, run: RunId, booking: &Booking) -> i64 {
        let mut sum = 0;
        draft.work_changes(run, booking, |consultant, days| {
            sum += (0..3).map(|kind| self.over(kind, consultant, days)).sum::<i64>();
        });
        sum
    }

    fn commit_booking(&mut self, _: &Facts, draft: &Draft, run: RunId, booking: &Booking) {
        draft.work_changes(run, booking, |consultant, days| {
            for kind in 0..3 {
                for &(day, change) in days {
                    let period = self.period(kind, day);
                    let row = &mut self.dates[kind];
                    row.dates[consultant.index() * row.length + period] += change as i32;
                }
            }
        });
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{amount, sample, session};
    use crate::calendar::Part::{Am, Full, Pm};
    use crate::ids::ConsultantId;
    use crate::plan::Plan;

    /// In the sample “k” works on 7, 8, 16, 17, 21 and 22 September, and may work on 2 dates a week, 6 a month and 6
    /// in all.
    fn over(change: impl Fn(&mut Plan)) -> i64 {
        let (problem, mut plan) = sample();
        change(&mut plan);
        amount(&problem, &plan, "max_days")
    }

    #[test]
    fn weeks_months_and_the_whole_count_each() {
        assert_eq!(over(|_| ()), 0);
        // A seventh date, in October, alone in its week: one too many in all.
        assert_eq!(over(|plan| plan.cohorts[1].runs[1].team = vec![ConsultantId(0)]), 1);
        // On 15 September, in the week of the 16th and 17th: one too many in the week, the month and in all.
        assert_eq!(over(|plan| plan.cohorts[0].runs[1].team = vec![ConsultantId(0)]), 3);
    }

    #[test]
    fn a_week_counts_as_one_over_the_end_of_a_month() {
        let at_the_turn = |plan: &mut Plan| {
            plan.cohorts[0].runs[0].sessions = vec![session(9, 29, Full), session(9, 30, Am)];
            plan.cohorts[1].runs[0].sessions = vec![session(10, 1, Full), session(10, 2, Am)];
        };
        assert_eq!(over(at_the_turn), 2, "four dates in week 40, two in all others");
    }

    #[test]
    fn a_date_counts_once_whatever_is_done_on_it() {
        let both_halves = |plan: &mut Plan| {
            plan.cohorts[0].runs[0].sessions = vec![session(9, 7, Full), session(9, 7, Am)];
            plan.cohorts[0].runs[1].sessions = vec![session(9, 7, Pm)];
            plan.cohorts[0].runs[1].team = vec![ConsultantId(0), ConsultantId(0)];
        };
        assert_eq!(over(both_halves), 0, "five dates");
    }
}
