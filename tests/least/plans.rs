//! Enumerates all plans of a problem.

use std::iter::successors;

use chrono::NaiveDate;
use kohort::calendar::{Part, Session};
use kohort::ids::{ConsultantId, ManagerId, RoomId};
use kohort::plan::{CohortPlan, Plan, Run};
use kohort::problem::Problem;
use kohort::term::Posed;

/// The most partial timetables that are tried for one problem.
const MOST_TRIED: usize = 6_000;

/// The most plans that are kept for one problem.
const MOST_PLANS: usize = 1_500;

/// Every list that takes one item of each set.
pub fn product<T: Clone>(sets: &[Vec<T>]) -> Vec<Vec<T>> {
    let longer = |lists: Vec<Vec<T>>, set: &Vec<T>| {
        let with =
            |list: &Vec<T>| set.iter().map(|item| [&list[..], std::slice::from_ref(item)].concat()).collect::<Vec<_>>();
        lists.iter().flat_map(with).collect()
    };
    sets.iter().fold(vec![Vec::new()], longer)
}

/// Every way to seat each manager who takes part once, in any cohort; nothing is booked.
pub fn seatings(problem: &Problem) -> Vec<Plan> {
    let eligible: Vec<ManagerId> = problem.facts.eligible().collect();
    let cohorts = problem.facts.cohorts.len();
    let seated = |seats: Vec<usize>| {
        let mut plan = Plan { cohorts: vec![CohortPlan::default(); cohorts] };
        eligible.iter().zip(seats).for_each(|(&manager, seat)| plan.cohorts[seat].members.push(manager));
        plan
    };
    product(&vec![(0..cohorts).collect::<Vec<_>>(); eligible.len()]).into_iter().map(seated).collect()
}

/// Every run of a module on days of the programme, with the parts and the number of consultants that the module asks
/// for. Sessions may be out of order or on closed dates.
pub fn runs(problem: &Problem, module: usize) -> Vec<Run> {
    let facts = &problem.facts;
    let asks = &facts.modules[module];
    let days: Vec<NaiveDate> = successors(Some(facts.calendar.start), NaiveDate::succ_opt)
        .take_while(|day| *day <= facts.calendar.end)
        .collect();
    let of_kind = |parts: &'static [Part]| {
        days.iter().flat_map(|&date| parts.iter().map(move |&part| Session { date, part })).collect::<Vec<_>>()
    };
    let sessions = product(&asks.sessions.iter().map(|kind| of_kind(kind.parts())).collect::<Vec<_>>());
    let staff = facts.consultants.len();
    let team = |set: usize| (0..staff).filter(|who| set >> who & 1 == 1).map(ConsultantId::new).collect::<Vec<_>>();
    let teams: Vec<_> = (0..1 << staff).map(team).filter(|team| team.len() == asks.consultants).collect();
    let mut runs = Vec::new();
    for sessions in &sessions {
        for room in (0..facts.rooms.len()).map(RoomId::new) {
            runs.extend(teams.iter().map(|team| Run { room, team: team.clone(), sessions: sessions.clone() }));
        }
    }
    runs
}

/// The built-in terms; they stand before the rules.
pub fn built_in(problem: &Problem) -> &[Posed] {
    &problem.terms[..kohort::builtin::terms().len()]
}

/// The rules.
pub fn rules(problem: &Problem) -> &[Posed] {
    &problem.terms[kohort::builtin::terms().len()..]
}

/// Whether the plan keeps all built-in terms.
pub fn keeps_built_in(problem: &Problem, plan: &Plan) -> bool {
    built_in(problem).iter().all(|posed| posed.term.amount(&problem.facts, plan) == 0)
}

/// Every way to book all runs without breaking a built-in term; nobody is seated. `None` where there are too many to
/// try.
fn timetables(problem: &Problem) -> Option<Vec<Plan>> {
    let (facts, mut tried) = (&problem.facts, 0);
    let runs: Vec<Vec<Run>> = (0..facts.modules.len()).map(|module| runs(problem, module)).collect();
    let empty = Plan { cohorts: vec![CohortPlan::default(); facts.cohorts.len()] };
    // `pin` would count runs that are not booked yet.
    let terms: Vec<&Posed> = built_in(problem).iter().filter(|posed| posed.name != "pin").collect();
    let before: Vec<i64> = terms.iter().map(|posed| posed.term.amount(facts, &empty)).collect();
    // A breach by some of the runs stays one, whatever else is booked.
    let is_kept =
        |plan: &Plan| terms.iter().zip(&before).all(|(posed, before)| posed.term.amount(facts, plan) <= *before);
    let mut plans = vec![empty];
    for cohort in 0..facts.cohorts.len() {
        for runs in &runs {
            tried += plans.len() * runs.len();
            if tried > MOST_TRIED {
                return None;
            }
            let with = |plan: &Plan| {
                let with_run = |run: &Run| {
                    let mut plan = plan.clone();
                    plan.cohorts[cohort].runs.push(run.clone());
                    plan
                };
                runs.iter().map(with_run).filter(is_kept).collect::<Vec<_>>()
            };
            plans = plans.iter().flat_map(with).collect();
        }
    }
    Some(plans)
}

/// The members of one plan with the runs of the other.
pub fn both(seats: &Plan, runs: &Plan) -> Plan {
    let cohorts = seats.cohorts.iter().zip(&runs.cohorts);
    let cohort = |(seats, runs): (&CohortPlan, &CohortPlan)| CohortPlan {
        members: seats.members.clone(),
        runs: runs.runs.clone(),
    };
    Plan { cohorts: cohorts.map(cohort).collect() }
}

/// Every plan that keeps all built-in terms; `None` where there are too many.
pub fn kept(problem: &Problem) -> Option<Vec<Plan>> {
    let of_seats = |posed: &&Posed| ["assigned", "group", "size"].contains(&posed.name.as_str());
    let mut seatings = seatings(problem);
    seatings.retain(|plan| {
        built_in(problem).iter().filter(of_seats).all(|posed| posed.term.amount(&problem.facts, plan) == 0)
    });
    let timetables = if seatings.is_empty() { Vec::new() } else { timetables(problem)? };
    if seatings.len() * timetables.len() > 4 * MOST_PLANS {
        return None;
    }
    let is_kept = |plan: &Plan| keeps_built_in(problem, plan);
    let of_timetable = |runs: &Plan| seatings.iter().map(|seats| both(seats, runs)).filter(is_kept).collect::<Vec<_>>();
    let plans: Vec<Plan> = timetables.iter().flat_map(of_timetable).collect();
    (plans.len() <= MOST_PLANS).then_some(plans)
}
