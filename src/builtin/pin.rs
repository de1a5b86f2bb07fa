//! `pin`: what the planner fixed, and the past of an earlier plan, stays as it is.

use crate::draft::{Booking, Draft, Exchange, Sitting};
use crate::facts::{Facts, FixedRun};
use crate::ids::{CohortId, ManagerId, RunId};
use crate::plan::Plan;
use crate::term::{Finding, Place, Reacts, Term, Tracker};

/// 1 for each manager who is not in the fixed cohort (or in another too), and for each run 1 for other sessions than
/// fixed, 1 for another room and 1 for another team.
#[derive(Debug)]
pub struct Pinned;

impl Term for Pinned {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut findings = Vec::new();
        let seats = plan.seats(facts.managers.len());
        for (index, pinned) in facts.fixed.seats.iter().enumerate() {
            if let Some(cohort) = pinned.filter(|cohort| seats[index].as_slice() != [*cohort]) {
                findings.push(Finding {
                    amount: 1,
                    message: format!(
                        "manager “{}” is pinned to {}",
                        facts.managers[index].id,
                        facts.cohorts[cohort.index()].id
                    ),
                    place: Place { cohort: Some(cohort), manager: Some(ManagerId::new(index)), ..Place::default() },
                });
            }
        }
        for (index, fixed) in facts.fixed.runs.iter().enumerate() {
            let id = RunId::new(index);
            let (cohort, module) = (facts.cohort_of(id), facts.module_of(id));
            let run = &plan.cohorts[cohort.index()].runs[module.index()];
            let team = |team: &[crate::ids::ConsultantId]| {
                let mut team = team.to_vec();
                team.sort_unstable();
                team
            };
            let kept = [
                ("sessions", fixed.sessions.as_ref().is_none_or(|sessions| *sessions == run.sessions)),
                ("room", fixed.room.is_none_or(|room| room == run.room)),
                ("team", fixed.team.as_ref().is_none_or(|fixed| team(fixed) == team(&run.team))),
            ];
            for (what, _) in kept.into_iter().filter(|(_, kept)| !kept) {
                findings.push(Finding {
                    amount: 1,
                    message: format!(
                        "{}: “{}” has another {what} than is pinned",
                        facts.cohorts[cohort.index()].id,
                        facts.modules[module.index()].id
                    ),
                    place: Place { cohort: Some(cohort), module: Some(module), ..Place::default() },
                });
            }
        }
        findings
    }

    fn tracker(&self, _: &Facts) -> Box<dyn Tracker> {
        Box::new(PinTracker)
    }
}

#[derive(Clone)]
struct PinTracker;

impl PinTracker {
    fn misplaced(facts: &Facts, manager: Option<ManagerId>, cohort: CohortId) -> i64 {
        let pinned = manager.and_then(|manager| facts.fixed.seats[manager.index()]);
        i64::from(pinned.is_some_and(|pinned| pinned != cohort))
    }

    /// The change for a manager who is left without a cohort, or was.
    fn nowhere(facts: &Facts, manager: Option<ManagerId>) -> i64 {
        i64::from(manager.is_some_and(|manager| facts.fixed.seats[manager.index()].is_some()))
    }
}

fn broken(facts: &Facts, fixed: &FixedRun, booking: &Booking) -> i64 {
    let sessions = fixed.sessions.as_ref().is_some_and(|sessions| {
        let same =
            |(session, sitting): (&crate::calendar::Session, &Sitting)| Sitting::of(facts, *session) == Some(*sitting);
        sessions.len() != booking.sittings.len() || !sessions.iter().zip(&booking.sittings).all(same)
    });
    let room = fixed.room.is_some_and(|room| Some(room) != booking.room);
    let team = fixed.team.as_ref().is_some_and(|fixed| {
        fixed.len() != booking.team.len() || !fixed.iter().all(|consultant| booking.team.contains(consultant))
    });
    i64::from(sessions) + i64::from(room) + i64::from(team)
}

impl Tracker for PinTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Both
    }

    fn start(&self, facts: &Facts) -> i64 {
        let seats = facts.fixed.seats.iter().flatten().count() as i64;
        seats + facts.fixed.runs.iter().map(|fixed| broken(facts, fixed, &Booking::default())).sum::<i64>()
    }

    fn price_seats(&self, facts: &Facts, draft: &Draft, exchanges: &[Exchange]) -> i64 {
        let mut change = 0;
        for exchange in exchanges {
            if let Some(into) = exchange.into {
                let was_nowhere = draft.seat(into).is_none();
                change += Self::misplaced(facts, exchange.into, exchange.cohort);
                change -= if was_nowhere { Self::nowhere(facts, exchange.into) } else { 0 };
            }
            if let Some(out) = exchange.out {
                let goes_nowhere = exchanges.iter().all(|other| other.into != Some(out));
                change -= Self::misplaced(facts, exchange.out, exchange.cohort);
                change += if goes_nowhere { Self::nowhere(facts, exchange.out) } else { 0 };
            }
        }
        change
    }

    fn price_booking(&self, facts: &Facts, draft: &Draft, run: RunId, booking: &Booking) -> i64 {
        let fixed = &facts.fixed.runs[run.index()];
        if *fixed == FixedRun::default() {
            return 0;
        }
        broken(facts, fixed, booking) - broken(facts, fixed, draft.booking(run))
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}
