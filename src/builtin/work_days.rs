//! `max_days`: no more dates with work per ISO week, calendar month and in all than a consultant allows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use smallvec::SmallVec;

use crate::draft::{Booking, Draft};
use crate::facts::Facts;
use crate::ids::{ConsultantId, RunId};
use crate::plan::Plan;
use crate::term::{Finding, Place, Reacts, Term, Tracker};

/// Dates over, per week, per month, and in all.
#[derive(Debug)]
pub struct MaxDays;

fn week(date: NaiveDate) -> String {
    format!("{}-W{:02}", date.iso_week().year(), date.iso_week().week())
}

fn month(date: NaiveDate) -> String {
    format!("{}-{:02}", date.year(), date.month())
}

impl Term for MaxDays {
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
                            "consultant “{}” works on {days} dates in {period}, at most {most} are allowed",
                            consultant.id
                        ),
                        place: Place { consultant: Some(ConsultantId::new(index)), ..Place::default() },
                    });
                }
            }
        }
        findings
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        let mut periods = Vec::new();
        let (mut weeks, mut months) = (Vec::new(), Vec::new());
        for day in 0..facts.slots.days {
            let date = facts.slots.date(day);
            for (names, name) in [(&mut weeks, week(date)), (&mut months, month(date))] {
                if names.last() != Some(&name) {
                    names.push(name);
                }
            }
            // The numbers of the week and the month; the months come after the weeks.
            periods.push((weeks.len() - 1, months.len() - 1));
        }
        let periods = periods.into_iter().map(|(week, month)| [week as u32, (weeks.len() + month) as u32]).collect();
        let row = weeks.len() + months.len() + 1;
        Box::new(MaxDaysTracker { periods, weeks: weeks.len(), row, dates: vec![0; row * facts.consultants.len()] })
    }
}

#[derive(Clone)]
struct MaxDaysTracker {
    /// For each day, its week's and its month's place in a row.
    periods: Vec<[u32; 2]>,
    weeks: usize,
    /// Length of a consultant's row: weeks, months, all.
    row: usize,
    dates: Vec<i32>,
}

impl MaxDaysTracker {
    fn limit(&self, facts: &Facts, consultant: ConsultantId, place: usize) -> Option<i64> {
        let limits = facts.consultants[consultant.index()].max_days;
        if place + 1 == self.row {
            limits.total
        } else if place < self.weeks {
            limits.week
        } else {
            limits.month
        }
    }

    fn places(&self, day: u16) -> [usize; 3] {
        let [week, month] = self.periods[day as usize];
        [week as usize, month as usize, self.row - 1]
    }
}

impl Tracker for MaxDaysTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Bookings
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_booking(&self, facts: &Facts, draft: &Draft, run: RunId, booking: &Booking) -> i64 {
        let mut changes: SmallVec<[(ConsultantId, usize, i64); 16]> = SmallVec::new();
        draft.work_changes(run, booking, |consultant, day, change| {
            for place in self.places(day) {
                match changes.iter_mut().find(|known| known.0 == consultant && known.1 == place) {
                    Some(known) => known.2 += change,
                    None => changes.push((consultant, place, change)),
                }
            }
        });
        let each = |&(consultant, place, change): &(ConsultantId, usize, i64)| {
            let Some(most) = self.limit(facts, consultant, place) else { return 0 };
            let now = i64::from(self.dates[consultant.index() * self.row + place]);
            (now + change - most).max(0) - (now - most).max(0)
        };
        changes.iter().map(each).sum()
    }

    fn commit_booking(&mut self, _: &Facts, draft: &Draft, run: RunId, booking: &Booking) {
        draft.work_changes(run, booking, |consultant, day, change| {
            for place in self.places(day) {
                self.dates[consultant.index() * self.row + place] += change as i32;
            }
        });
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}
