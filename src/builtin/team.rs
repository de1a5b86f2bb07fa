//! `team` and `consultant_open`: the right consultants, on days on which they are available.

use crate::draft::{Booking, Draft};
use crate::facts::Facts;
use crate::ids::{CohortId, ConsultantId, ModuleId, RunId};
use crate::plan::Plan;
use crate::rules::Scope;
use crate::rules::support::per_run::{DependsOn, PerRun};
use crate::term::{Finding, Place, Reacts, Term, Tracker};

/// The team has exactly the module's number of different consultants, each able to lead it: 1 per missing, extra or
/// unable. An extra consultant who is also unable counts twice, once for each.
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

/// Each consultant of a team is available on every date of the run: 1 per consultant and session.
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
                        let closed = session.slots().find_map(|(date, half)| who.pattern.closed(date, half));
                        if let Some(why) = closed {
                            findings.push(Finding {
                                amount: 1,
                                message: format!(
                                    "{}: “{}” on {} ({}): consultant “{}” cannot be had ({why})",
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

#[cfg(test)]
mod tests {
    use super::super::testing::{amount, sample, session};
    use crate::calendar::Part::{Am, Full, Pm};
    use crate::ids::ConsultantId;

    /// The amounts of `team` and `consultant_open` with this team for the last cohort's run of “a”, which needs two
    /// consultants, on 21 September and in the afternoon of the 22nd. “k” and “l” can lead it, “m” cannot; “l” is
    /// away that afternoon.
    fn led_by(team: &[u32]) -> [i64; 2] {
        let (problem, mut plan) = sample();
        let run = &mut plan.cohorts[2].runs[0];
        run.team = team.iter().copied().map(ConsultantId).collect();
        run.sessions = vec![session(9, 21, Full), session(9, 22, Pm)];
        ["team", "consultant_open"].map(|term| amount(&problem, &plan, term))
    }

    #[test]
    fn a_team_has_its_size_of_different_consultants_who_can() {
        assert_eq!(led_by(&[]), [2, 0]);
        assert_eq!(led_by(&[0]), [1, 0]);
        assert_eq!(led_by(&[0, 0]), [1, 0], "one of two, twice");
        assert_eq!(led_by(&[0, 2]), [1, 0], "one cannot lead it");
        assert_eq!(led_by(&[2]), [2, 0], "one is missing, and the other cannot lead it");
        assert_eq!(led_by(&[0, 1, 2]), [2, 1], "one too many, and one who cannot lead it");
    }

    #[test]
    fn a_half_day_away_matters_to_what_takes_it() {
        assert_eq!(led_by(&[0, 1]), [0, 1]);
        assert_eq!(led_by(&[1, 1]), [1, 1], "whoever stands twice is away once");
        let (problem, mut plan) = sample();
        plan.cohorts[2].runs[0].sessions = vec![session(9, 22, Full), session(9, 22, Am)];
        assert_eq!(amount(&problem, &plan, "consultant_open"), 1, "the full day is missed, the morning is not");
        plan.cohorts[2].runs[0].sessions = vec![session(9, 19, Full), session(9, 20, Am)];
        assert_eq!(amount(&problem, &plan, "consultant_open"), 4, "two consultants on a Saturday and a Sunday");
    }
}
