//! `team` and `consultant_open`: the right consultants, on days on which they can be had.

use crate::draft::{Booking, Draft};
use crate::facts::Facts;
use crate::ids::{CohortId, ConsultantId, ModuleId, RunId};
use crate::plan::Plan;
use crate::rules::Scope;
use crate::rules::per_run::{DependsOn, PerRun};
use crate::term::{Finding, Place, Reacts, Term, Tracker};

/// The team has exactly the module's number of different consultants, each able to lead it: 1 per missing, extra or
/// unable.
#[derive(Debug)]
pub struct Team;

impl Term for Team {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (index, planned) in plan.cohorts.iter().enumerate() {
            for (number, run) in planned.runs.iter().enumerate() {
                let module = &facts.modules[number];
                let team = run.different_consultants();
                let place = Place {
                    cohort: Some(CohortId::new(index)),
                    module: Some(ModuleId::new(number)),
                    ..Place::default()
                };
                let what = format!("{}: “{}”", facts.cohorts[index].id, module.id);
                if team.len() != module.consultants {
                    findings.push(Finding {
                        amount: team.len().abs_diff(module.consultants) as i64,
                        message: format!(
                            "{what} needs {} different consultants, it has {}",
                            module.consultants,
                            team.len()
                        ),
                        place,
                    });
                }
                for consultant in team {
                    let who = &facts.consultants[consultant.index()];
                    if !who.leads[number] {
                        findings.push(Finding {
                            amount: 1,
                            message: format!("{what} has consultant “{}”, who cannot lead it", who.id),
                            place: Place { consultant: Some(consultant), ..place },
                        });
                    }
                }
            }
        }
        findings
    }

    fn tracker(&self, _: &Facts) -> Box<dyn Tracker> {
        Box::new(TeamTracker)
    }
}

#[derive(Clone)]
struct TeamTracker;

impl Tracker for TeamTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Bookings
    }

    fn start(&self, facts: &Facts) -> i64 {
        facts.cohorts.len() as i64 * facts.modules.iter().map(|module| module.consultants as i64).sum::<i64>()
    }

    fn price_booking(&self, facts: &Facts, draft: &Draft, run: RunId, booking: &Booking) -> i64 {
        let own = draft.booking(run);
        if own.team == booking.team {
            return 0;
        }
        let module = facts.module_of(run).index();
        let wrong = |booking: &Booking| {
            let unable = booking.team.iter().filter(|c| !facts.consultants[c.index()].leads[module]).count();
            (booking.team.len().abs_diff(facts.modules[module].consultants) + unable) as i64
        };
        wrong(booking) - wrong(own)
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}

/// Each consultant of a team can be had on every date of the run: 1 per consultant and session.
#[derive(Debug)]
pub struct ConsultantOpen;

impl Term for ConsultantOpen {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (index, planned) in plan.cohorts.iter().enumerate() {
            for (number, run) in planned.runs.iter().enumerate() {
                for session in &run.sessions {
                    for consultant in run.different_consultants() {
                        let who = &facts.consultants[consultant.index()];
                        if session.slots().any(|(date, half)| !who.pattern.is_open(date, half)) {
                            findings.push(Finding {
                                amount: 1,
                                message: format!(
                                    "{}: “{}” on {} ({}): consultant “{}” cannot be had",
                                    facts.cohorts[index].id,
                                    facts.modules[number].id,
                                    session.date,
                                    session.part.name(),
                                    who.id
                                ),
                                place: Place {
                                    cohort: Some(CohortId::new(index)),
                                    module: Some(ModuleId::new(number)),
                                    consultant: Some(consultant),
                                    ..Place::default()
                                },
                            });
                        }
                    }
                }
            }
        }
        findings
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        Box::new(PerRun {
            scope: Scope::everywhere(facts),
            depends_on: DependsOn::TimesAndTeam,
            amount: |facts, _, booking| {
                let absent = |consultant: &ConsultantId| {
                    let sessions = booking.sittings.iter();
                    sessions.filter(|s| !facts.slots.has_consultant(*consultant, s.day as usize, s.part)).count() as i64
                };
                booking.team.iter().map(absent).sum()
            },
        })
    }
}
