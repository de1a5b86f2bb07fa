//! `stability`: a new plan should change little of the earlier one that people already know.
//!
//! A manager in another cohort costs 1; so does each session at another time, each run in another room, and each
//! consultant of a team who was not in it before. Managers whom one of the plans does not seat cost nothing, and no more
//! do cohorts that the earlier plan has not. Without an earlier plan nothing costs anything.

use super::support::{Args, RuleKind, Scope, most};
use crate::calendar::Session;
use crate::draft::{Booking, Draft, Exchange, Sitting};
use crate::facts::Facts;
use crate::ids::{CohortId, ConsultantId, ManagerId, ModuleId, RunId};
use crate::plan::{Plan, Run};
use crate::term::{Finding, Place, Reacts, Term, Tracker};

pub(super) const KIND: RuleKind = RuleKind {
    kind: "stability",
    summary: "changes from the earlier plan",
    keys: &[],
    mixed_only: false,
    mixes: false,
    looks_back: true,
    most: |facts, _| most::managers(facts) + 2 * most::slots(facts) + most::places_in_teams(facts),
    build: |_, args: Args| Box::new(Stability { scope: args.scope }),
};

#[derive(Debug)]
struct Stability {
    scope: Scope,
}

/// Everything in which a plan differs from the earlier one, whether or not the problem has the rule.
pub fn changes(facts: &Facts, plan: &Plan) -> Vec<Finding> {
    Stability { scope: Scope::everywhere(facts) }.findings(facts, plan)
}

/// The first cohort in which each manager sits.
fn first_seats(facts: &Facts, plan: &Plan) -> Vec<Option<CohortId>> {
    plan.seats(facts.managers.len()).iter().map(|cohorts| cohorts.first().copied()).collect()
}

fn run_findings(facts: &Facts, cohort: CohortId, module: usize, run: &Run, earlier: &Run) -> Vec<Finding> {
    let place = Place { cohort: Some(cohort), module: Some(ModuleId::new(module)), ..Place::default() };
    let what = format!("{}: “{}”", facts.cohorts[cohort.index()].id, facts.modules[module].id);
    let mut findings = Vec::new();
    let mut say = |message: String| findings.push(Finding { amount: 1, message, place });
    for (session, before) in run.sessions.iter().zip(&earlier.sessions).filter(|(session, before)| session != before) {
        let time = |session: &Session| format!("{} ({})", session.date, session.part.name());
        say(format!("{what} is on {}, it was on {}", time(session), time(before)));
    }
    if run.room != earlier.room {
        let room = |run: &Run| &facts.rooms[run.room.index()].id;
        say(format!("{what} is in room “{}”, it was in “{}”", room(run), room(earlier)));
    }
    let mut team = run.team.clone();
    team.sort_unstable();
    team.dedup();
    for consultant in team.iter().filter(|consultant| !earlier.team.contains(consultant)) {
        say(format!("{what} has consultant “{}”, who was not in its team", facts.consultants[consultant.index()].id));
    }
    findings
}

impl Term for Stability {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let Some(earlier) = &facts.earlier else { return Vec::new() };
        let mut findings = Vec::new();
        let (now, before) = (first_seats(facts, plan), first_seats(facts, earlier));
        for (index, seats) in now.iter().zip(&before).enumerate() {
            if let (Some(cohort), Some(was)) = seats
                && cohort != was
                && self.scope.has(*cohort)
            {
                findings.push(Finding {
                    amount: 1,
                    message: format!(
                        "manager “{}” is in {}, and was in {}",
                        facts.managers[index].id,
                        facts.cohorts[cohort.index()].id,
                        facts.cohorts[was.index()].id
                    ),
                    place: Place { cohort: Some(*cohort), manager: Some(ManagerId::new(index)), ..Place::default() },
                });
            }
        }
        for cohort in self.scope.cohorts() {
            let runs = plan.cohorts[cohort.index()].runs.iter().zip(&earlier.cohorts[cohort.index()].runs);
            for (module, (run, was)) in runs.enumerate() {
                findings.extend(run_findings(facts, cohort, module, run, was));
            }
        }
        findings
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        let earlier = facts.earlier.as_ref();
        let was = |run: &Run| EarlierRun {
            sittings: run.sessions.iter().map(|&session| Sitting::of(facts, session)).collect(),
            room: run.room.index(),
            team: run.team.clone(),
        };
        let bookings = |plan: &Plan| {
            let runs = |cohort| &plan.cohorts[facts.cohort_of(cohort).index()].runs;
            let all = (0..facts.run_count()).map(RunId::new);
            all.map(|run| runs(run).get(facts.module_of(run).index()).map(was)).collect()
        };
        Box::new(StabilityTracker {
            scope: self.scope.clone(),
            seats: earlier.map(|plan| first_seats(facts, plan)).unwrap_or_default(),
            runs: earlier.map(bookings).unwrap_or_default(),
        })
    }
}

/// A run of the earlier plan; a session outside the calendar can be nobody's again.
#[derive(Clone)]
struct EarlierRun {
    sittings: Vec<Option<Sitting>>,
    room: usize,
    team: Vec<ConsultantId>,
}

#[derive(Clone)]
struct StabilityTracker {
    scope: Scope,
    seats: Vec<Option<CohortId>>,
    /// `None` for a run of a cohort that is new.
    runs: Vec<Option<EarlierRun>>,
}

impl StabilityTracker {
    fn moved(&self, manager: Option<ManagerId>, cohort: CohortId) -> i64 {
        let was = manager.and_then(|manager| self.seats.get(manager.index()).copied().flatten());
        i64::from(was.is_some_and(|was| was != cohort))
    }

    fn changed(&self, run: RunId, booking: &Booking) -> i64 {
        let was = self.runs.get(run.index()).and_then(Option::as_ref);
        let Some(was) = was.filter(|_| booking.is_booked()) else { return 0 };
        let times = booking.sittings.iter().zip(&was.sittings).filter(|&(now, was)| Some(*now) != *was).count();
        let team = booking.team.iter().filter(|consultant| !was.team.contains(consultant)).count();
        let room = booking.room.is_some_and(|room| room.index() != was.room);
        (times + team) as i64 + i64::from(room)
    }
}

impl Tracker for StabilityTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Both
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_seats(&self, _: &Facts, _: &Draft, exchanges: &[Exchange]) -> i64 {
        let each = |e: &Exchange| self.moved(e.into, e.cohort) - self.moved(e.out, e.cohort);
        exchanges.iter().filter(|exchange| self.scope.has(exchange.cohort)).map(each).sum()
    }

    fn price_booking(&self, facts: &Facts, draft: &Draft, run: RunId, booking: &Booking) -> i64 {
        if !self.scope.has(facts.cohort_of(run)) {
            return 0;
        }
        self.changed(run, booking) - self.changed(run, draft.booking(run))
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}
