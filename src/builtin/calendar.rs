//! `open` and `room_open`: sessions lie on open dates, in rooms that are open.

use crate::calendar::Session;
use crate::facts::Facts;
use crate::ids::{CohortId, ModuleId};
use crate::plan::{Plan, Run};
use crate::rules::Scope;
use crate::rules::support::per_run::{DependsOn, PerRun};
use crate::term::{Finding, Place, Term, Tracker};

/// One finding of amount 1 for every session for which `wrong` gives a reason.
fn per_session(
    facts: &Facts,
    plan: &Plan,
    wrong: impl Fn(usize, &Run, usize, &Session) -> Option<String>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, planned) in plan.cohorts.iter().enumerate() {
        for (module, run) in planned.runs.iter().enumerate() {
            for (number, session) in run.sessions.iter().enumerate() {
                if let Some(why) = wrong(module, run, number, session) {
                    let message = format!(
                        "{}: “{}” on {} ({}): {why}",
                        facts.cohorts[index].id,
                        facts.modules[module].id,
                        session.date,
                        session.part.name()
                    );
                    let place = Place {
                        cohort: Some(CohortId::new(index)),
                        module: Some(ModuleId::new(module)),
                        room: Some(run.room),
                        ..Place::default()
                    };
                    findings.push(Finding { amount: 1, message, place });
                }
            }
        }
    }
    findings
}

/// Every session lies on an open date and takes the part of it that its module asks for: 1 per session for which
/// either fails.
#[derive(Debug)]
pub struct OpenDates;

impl Term for OpenDates {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        per_session(facts, plan, |module, _, number, session| {
            let kind = facts.modules[module].sessions[number];
            if let Some(why) = session.slots().find_map(|(date, half)| facts.calendar.closed(date, half)) {
                Some(format!("the programme is closed ({why})"))
            } else if !kind.parts().contains(&session.part) {
                Some(format!("the module asks for “{}”", kind.name()))
            } else {
                None
            }
        })
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        Box::new(PerRun {
            scope: Scope::everywhere(facts),
            depends_on: DependsOn::Times,
            amount: |facts, run, booking| {
                let kinds = &facts.modules[facts.module_of(run).index()].sessions;
                let wrong = booking.sittings.iter().zip(kinds).filter(|(sitting, kind)| {
                    !facts.slots.is_open(sitting.day as usize, sitting.part) || !kind.parts().contains(&sitting.part)
                });
                wrong.count() as i64
            },
        })
    }
}

/// The room is open on the session's date: 1 per session.
#[derive(Debug)]
pub struct RoomOpen;

impl Term for RoomOpen {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        per_session(facts, plan, |_, run, _, session| {
            let room = &facts.rooms[run.room.index()];
            let closed = session.slots().find_map(|(date, half)| room.pattern.closed(date, half));
            closed.map(|why| format!("room “{}” is closed ({why})", room.id))
        })
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        Box::new(PerRun {
            scope: Scope::everywhere(facts),
            depends_on: DependsOn::TimesAndRoom,
            amount: |facts, _, booking| {
                let Some(room) = booking.room else { return 0 };
                let closed =
                    |sitting: &&crate::draft::Sitting| !facts.slots.has_room(room, sitting.day as usize, sitting.part);
                booking.sittings.iter().filter(closed).count() as i64
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{amount, sample, session};
    use crate::calendar::Part::{Am, Full, Pm};
    use crate::calendar::Session;
    use crate::ids::RoomId;

    /// The amounts of `open` and `room_open` when the first cohort's run of “a” (a full day and a half day) has these
    /// sessions in the room “odd”, which is open in odd weeks only.
    fn held(first: Session, second: Session) -> [i64; 2] {
        let (problem, mut plan) = sample();
        plan.cohorts[0].runs[0].sessions = vec![first, second];
        plan.cohorts[0].runs[0].room = RoomId(1);
        ["open", "room_open"].map(|term| amount(&problem, &plan, term))
    }

    #[test]
    fn dates_and_parts_count_once_for_each_session() {
        assert_eq!(held(session(9, 7, Full), session(9, 8, Pm)), [0, 0]);
        assert_eq!(held(session(9, 7, Am), session(9, 8, Full)), [2, 0], "both parts are wrong");
        assert_eq!(
            held(session(9, 12, Am), session(9, 8, Full)),
            [2, 1],
            "a Saturday and a wrong part are one session"
        );
    }

    #[test]
    fn a_closed_half_closes_what_takes_it() {
        // The afternoon of 5 October is closed for the programme, but not for the room.
        assert_eq!(held(session(10, 5, Full), session(10, 6, Am)), [1, 0]);
        assert_eq!(held(session(10, 6, Full), session(10, 5, Pm)), [1, 0]);
        assert_eq!(held(session(10, 6, Full), session(10, 5, Am)), [0, 0]);
    }

    #[test]
    fn a_room_is_judged_by_its_own_calendar() {
        assert_eq!(held(session(9, 14, Full), session(9, 15, Am)), [0, 2], "an even week");
        assert_eq!(held(session(8, 10, Full), session(12, 21, Am)), [2, 1], "outside the programme; weeks 33 and 52");
    }
}
