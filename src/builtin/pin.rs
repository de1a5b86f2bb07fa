//! `pin`: what the planner fixed stays as it is, and so does the past of an earlier plan.

use crate::calendar::Session;
use crate::draft::{Booking, Draft, Exchange, Sitting};
use crate::facts::{Facts, FixedRun};
use crate::ids::{CohortId, ConsultantId, ManagerId, RoomId, RunId};
use crate::plan::{Plan, Run};
use crate::term::{Finding, Place, Reacts, Term, Tracker};

/// Counts 1 for each manager who is not in the fixed cohort; and for each run 1 if its sessions differ from the fixed
/// ones, 1 for another room and 1 for another team.
///
/// SPEC 6 gives no amounts. Chosen here: each fixed thing counts 1, however much of it differs. A manager who is in
/// the fixed cohort and also in a second one is counted by `assigned` alone. Teams are compared as sets, as in
/// `team`. The frozen past counts like pins.
#[derive(Debug)]
pub struct Pinned;

impl Term for Pinned {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut findings = seat_findings(facts, plan);
        for (index, fixed) in facts.fixed.runs.iter().enumerate() {
            let run = RunId::new(index);
            let (cohort, module) = (facts.cohort_of(run), facts.module_of(run));
            let place = Place { cohort: Some(cohort), module: Some(module), ..Place::default() };
            let what = format!("{}: “{}”", facts.cohorts[cohort.index()].id, facts.modules[module.index()].id);
            let reasons = run_reasons(facts, fixed, &plan.cohorts[cohort.index()].runs[module.index()]);
            findings.extend(reasons.map(|why| Finding { amount: 1, message: format!("{what} {why}"), place }));
        }
        findings
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        Box::new(PinTracker { pins: !facts.fixed.is_open() })
    }
}

fn seat_findings(facts: &Facts, plan: &Plan) -> Vec<Finding> {
    let seats = plan.seats(facts.managers.len());
    let name = |cohort: CohortId| facts.cohorts[cohort.index()].id.as_str();
    let mut findings = Vec::new();
    for (index, pinned) in facts.fixed.seats.iter().enumerate() {
        if let Some(cohort) = pinned.filter(|cohort| !seats[index].contains(cohort)) {
            let where_now = seats[index].first().map_or("no cohort", |&other| name(other));
            findings.push(Finding {
                amount: 1,
                message: format!(
                    "manager “{}” is in {where_now}, but fixed to {}",
                    facts.managers[index].id,
                    name(cohort)
                ),
                place: Place { cohort: Some(cohort), manager: Some(ManagerId::new(index)), ..Place::default() },
            });
        }
    }
    findings
}

/// The parts of the run that differ from what is fixed, in words.
fn run_reasons(facts: &Facts, fixed: &FixedRun, run: &Run) -> impl Iterator<Item = String> {
    let sessions = fixed.sessions.as_ref().filter(|sessions| **sessions != run.sessions);
    let room = fixed.room.filter(|&room| room != run.room);
    let team = fixed.team.as_ref().filter(|team| **team != run.different_consultants());
    let when = |sessions: &[Session]| {
        let times = sessions.iter().map(|session| format!("{} ({})", session.date, session.part.name()));
        times.collect::<Vec<_>>().join(" and ")
    };
    let who = |team: &[ConsultantId]| {
        let names = team.iter().map(|consultant| format!("“{}”", facts.consultants[consultant.index()].id));
        if team.is_empty() { "nobody".to_string() } else { names.collect::<Vec<_>>().join(" and ") }
    };
    let id = |room: RoomId| &facts.rooms[room.index()].id;
    [
        sessions.map(|fixed| format!("has its sessions on {}, but fixed is {}", when(&run.sessions), when(fixed))),
        room.map(|fixed| format!("is in room “{}”, but fixed is “{}”", id(run.room), id(fixed))),
        team.map(|fixed| format!("has the team {}, but fixed is {}", who(&run.team), who(fixed))),
    ]
    .into_iter()
    .flatten()
}

#[derive(Clone)]
struct PinTracker {
    /// Whether anything is pinned.
    pins: bool,
}

impl PinTracker {
    fn misplaced(facts: &Facts, manager: Option<ManagerId>, cohort: CohortId) -> i64 {
        let pinned = manager.and_then(|manager| facts.fixed.seats[manager.index()]);
        i64::from(pinned.is_some_and(|pinned| pinned != cohort))
    }

    /// What it costs to leave the manager without a cohort: 1 for a pinned manager.
    fn nowhere(facts: &Facts, manager: Option<ManagerId>) -> i64 {
        i64::from(manager.is_some_and(|manager| facts.fixed.seats[manager.index()].is_some()))
    }
}

fn broken(facts: &Facts, fixed: &FixedRun, booking: &Booking) -> i64 {
    let sessions = fixed.sessions.as_ref().is_some_and(|sessions| {
        let same = |(session, sitting): (&Session, &Sitting)| Sitting::of(facts, *session) == Some(*sitting);
        sessions.len() != booking.sittings.len() || !sessions.iter().zip(&booking.sittings).all(same)
    });
    let room = fixed.room.is_some_and(|room| Some(room) != booking.room);
    let team = fixed.team.as_ref().is_some_and(|fixed| fixed[..] != booking.team[..]);
    i64::from(sessions) + i64::from(room) + i64::from(team)
}

impl Tracker for PinTracker {
    fn reacts(&self) -> Reacts {
        if self.pins { Reacts::Both } else { Reacts::Nothing }
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

#[cfg(test)]
mod tests {
    use super::super::testing::{amount, sample_with, session};
    use crate::calendar::Part::Pm;
    use crate::ids::{ConsultantId, ManagerId, RoomId};
    use crate::plan::Plan;

    fn broken(pins: &str, change: impl Fn(&mut Plan)) -> i64 {
        let (problem, mut plan) = sample_with(pins);
        change(&mut plan);
        amount(&problem, &plan, "pin")
    }

    #[test]
    fn a_pinned_manager_is_in_the_cohort() {
        let pin = r#"pin = [{ manager = "x1", cohort = "v-1" }]"#;
        let x1 = ManagerId(4);
        assert_eq!(broken(pin, |_| ()), 0);
        assert_eq!(broken(pin, |plan| plan.cohorts[2].members.retain(|&member| member != x1)), 1, "nowhere");
        assert_eq!(
            broken(pin, |plan| plan.cohorts[0].members.push(x1)),
            0,
            "there and elsewhere: for “assigned” to say"
        );
    }

    #[test]
    fn what_is_pinned_as_one_counts_as_one() {
        let pin = r#"pin = [{ cohort = "w-1", module = "a", room = "large", team = ["l", "k"],
                              sessions = [{ date = 2015-09-07, part = "full" }, { date = 2015-09-08, part = "am" }] }]"#;
        assert_eq!(broken(pin, |_| ()), 0);
        let all = |plan: &mut Plan| {
            let run = &mut plan.cohorts[0].runs[0];
            run.sessions = vec![session(9, 8, Pm), session(9, 9, Pm)];
            run.room = RoomId(1);
            run.team = vec![ConsultantId(2)];
        };
        assert_eq!(broken(pin, all), 3, "the sessions, the room, the team");
    }

    #[test]
    fn a_team_is_who_is_in_it() {
        let pin = r#"pin = [{ cohort = "w-1", module = "a", team = ["l", "k", "l"] }]"#;
        assert_eq!(broken(pin, |plan| plan.cohorts[0].runs[0].team = vec![ConsultantId(1), ConsultantId(0)]), 0);
        assert_eq!(broken(pin, |plan| plan.cohorts[0].runs[0].team.push(ConsultantId(0))), 0);
        assert_eq!(broken(pin, |plan| plan.cohorts[0].runs[0].team.push(ConsultantId(2))), 1);
    }

    #[test]
    fn two_pins_of_one_run_both_hold() {
        let pins =
            r#"pin = [{ cohort = "w-1", module = "b", room = "odd" }, { cohort = "w-1", module = "b", team = ["m"] }]"#;
        assert_eq!(broken(pins, |_| ()), 2);
    }
}
