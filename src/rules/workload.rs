//! `workload`: work should be spread over the consultants, and so d dates of work cost d(d − 1)/2.
//!
//! Two consultants with 10 dates each cost 45 + 45; with 15 and 5 they cost 105 + 10.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::support::{Args, RuleKind, most};
use crate::draft::{Booking, Draft};
use crate::facts::{Facts, Module};
use crate::ids::{ConsultantId, RunId};
use crate::plan::Plan;
use crate::term::{AtLeast, Finding, Place, Reacts, Term, Tracker, Worked};

pub(super) const KIND: RuleKind = RuleKind {
    kind: "workload",
    summary: "pairs of dates on which one consultant works; fewest when shared evenly",
    keys: &[],
    mixed_only: false,
    mixes: false,
    looks_back: false,
    most: |facts, _| {
        most::places_in_teams(facts) * most::slots_of_one(facts) * most::days(facts).min(most::slots(facts))
    },
    build: |_, _: Args| Box::new(Workload),
};

#[derive(Debug)]
struct Workload;

impl Term for Workload {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut dates = vec![BTreeSet::new(); facts.consultants.len()];
        for run in plan.cohorts.iter().flat_map(|cohort| &cohort.runs) {
            for consultant in &run.team {
                dates[consultant.index()].extend(run.sessions.iter().map(|session| session.date));
            }
        }
        let mut findings = Vec::new();
        for (index, dates) in dates.iter().enumerate().filter(|(_, dates)| dates.len() > 1) {
            let d = dates.len() as i64;
            findings.push(Finding {
                amount: d * (d - 1) / 2,
                message: format!("consultant “{}” works on {d} dates", facts.consultants[index].id),
                place: Place { consultant: Some(ConsultantId::new(index)), ..Place::default() },
            });
        }
        findings
    }

    fn at_least(&self, _: &Facts) -> AtLeast<'_> {
        AtLeast::Work(self)
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        Box::new(WorkloadTracker { dates: vec![0; facts.consultants.len()] })
    }
}

impl Worked for Workload {
    fn one_more(&self, dates: i64) -> i64 {
        dates
    }

    fn least(&self, facts: &Facts) -> (i64, Cow<'static, str>) {
        // A date of work holds one full session, or at most two half ones.
        let halves = |module: &Module| {
            let sessions =
                module.sessions.iter().map(|kind| kind.parts().first().map_or(0, |part| part.halves().len()));
            module.consultants * sessions.sum::<usize>()
        };
        let dates = (facts.cohorts.len() * facts.modules.iter().map(halves).sum::<usize>()).div_ceil(2) as i64;
        let people = facts.consultants.len().max(1) as i64;
        let (each, more) = (dates / people, dates % people);
        let amount = more * (each + 1) * each / 2 + (people - more) * each * (each - 1) / 2;
        (amount, "all work shared evenly by all consultants".into())
    }
}

#[derive(Clone)]
struct WorkloadTracker {
    /// For each consultant, the dates with work.
    dates: Vec<i64>,
}

/// How many days come, less those that go.
#[inline]
fn total(days: &[(u16, i64)]) -> i64 {
    days.iter().map(|day| day.1).sum()
}

impl Tracker for WorkloadTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Bookings
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_booking(&self, _: &Facts, draft: &Draft, run: RunId, booking: &Booking) -> i64 {
        let cost = |d: i64| d * (d - 1) / 2;
        let mut sum = 0;
        draft.work_changes(run, booking, |consultant, days| {
            let now = self.dates[consultant.index()];
            sum += cost(now + total(days)) - cost(now);
        });
        sum
    }

    fn commit_booking(&mut self, _: &Facts, draft: &Draft, run: RunId, booking: &Booking) {
        draft.work_changes(run, booking, |consultant, days| self.dates[consultant.index()] += total(days));
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}
