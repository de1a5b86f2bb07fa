//! What the search may not change: pins, and the past of an earlier plan.

use chrono::NaiveDate;

use super::Facts;
use crate::calendar::Session;
use crate::ids::{CohortId, ConsultantId, ManagerId, ModuleId, RoomId};
use crate::plan::{Plan, Run};

/// One `[[pin]]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pin {
    /// The manager is in the cohort.
    Seat {
        /// Who.
        manager: ManagerId,
        /// Where.
        cohort: CohortId,
    },
    /// The parts of the cohort's run of the module that `fixed` gives stay as they are.
    Run {
        /// Which cohort.
        cohort: CohortId,
        /// Which module.
        module: ModuleId,
        /// What is fixed of it.
        fixed: FixedRun,
    },
}

/// The parts of a run that are fixed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FixedRun {
    /// Dates and parts, in the module's order.
    pub sessions: Option<Vec<Session>>,
    /// The room.
    pub room: Option<RoomId>,
    /// The team; in [`Fixed`] sorted, each consultant once.
    pub team: Option<Vec<ConsultantId>>,
}

/// Everything that is fixed, by manager and by run.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Fixed {
    /// For each manager, the cohort that must not change.
    pub seats: Vec<Option<CohortId>>,
    /// For each run, the parts that must not change.
    pub runs: Vec<FixedRun>,
}

impl Fixed {
    /// Whether nothing at all is fixed.
    pub fn is_open(&self) -> bool {
        self.seats.iter().all(Option::is_none) && self.runs.iter().all(|run| *run == FixedRun::default())
    }

    /// Pins, then the frozen past. Of several pins that contradict each other the last counts; the past overrules all
    /// pins.
    pub(super) fn compile(facts: &Facts) -> Fixed {
        let mut fixed =
            Fixed { seats: vec![None; facts.managers.len()], runs: vec![FixedRun::default(); facts.run_count()] };
        for pin in &facts.pins {
            match pin {
                Pin::Seat { manager, cohort } => fixed.seats[manager.index()] = Some(*cohort),
                Pin::Run { cohort, module, fixed: parts } => {
                    let run = &mut fixed.runs[facts.run(*cohort, *module).index()];
                    run.sessions = parts.sessions.clone().or(run.sessions.take());
                    run.room = parts.room.or(run.room);
                    run.team = parts.team.clone().or(run.team.take());
                }
            }
        }
        if let (Some(until), Some(earlier)) = (facts.frozen_until, &facts.earlier) {
            fixed.freeze(facts, earlier, until);
        }
        for team in fixed.runs.iter_mut().filter_map(|run| run.team.as_mut()) {
            team.sort_unstable();
            team.dedup();
        }
        fixed
    }

    /// Fixes every run that has a session on or before `until`, and the cohort of everyone who has attended by then.
    ///
    /// SPEC 6 leaves open who has attended. Chosen here: a member of the cohort who was present at one session at
    /// least of those held by then; a manager who missed them all, ill or on leave, may still start in another
    /// cohort. A manager who is no longer permanent keeps no seat. Of a manager listed in two cohorts, the one
    /// attended first counts.
    fn freeze(&mut self, facts: &Facts, earlier: &Plan, until: NaiveDate) {
        let mut attended = vec![None; facts.managers.len()];
        for (index, cohort) in earlier.cohorts.iter().enumerate() {
            let id = CohortId::new(index);
            for (module, run) in cohort.runs.iter().enumerate().filter(|(_, run)| has_begun(run, until)) {
                self.runs[facts.run(id, ModuleId::new(module)).index()] = FixedRun {
                    sessions: Some(run.sessions.clone()),
                    room: Some(run.room),
                    team: Some(run.team.clone()),
                };
            }
            let held: Vec<&Session> =
                cohort.runs.iter().flat_map(|run| &run.sessions).filter(|session| session.date <= until).collect();
            for &member in &cohort.members {
                let manager = &facts.managers[member.index()];
                let was_there = |session: &&Session| !session.slots().any(|(date, half)| manager.is_absent(date, half));
                if manager.permanent && held.iter().any(was_there) {
                    attended[member.index()].get_or_insert(id);
                }
            }
        }
        for (seat, attended) in self.seats.iter_mut().zip(attended) {
            *seat = attended.or(*seat);
        }
    }
}

fn has_begun(run: &Run, until: NaiveDate) -> bool {
    run.first().is_some_and(|first| first <= until)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::FixedRun;
    use crate::calendar::{Part, Session};
    use crate::ids::{CohortId, ConsultantId, ManagerId, RoomId};
    use crate::plan::Plan;
    use crate::problem::Problem;
    use crate::read;

    const PROBLEM: &str = r#"
        format = 1
        programme = { name = "Past", start = 2015-08-17, end = 2015-12-18, frozen_until = 2015-09-08 }
        module = [{ id = "a", sessions = ["full", "half"] }, { id = "b", sessions = ["half"], consultants = 2 }]
        room = [{ id = "r", seats = 9 }, { id = "s", seats = 9 }]
        consultant = [{ id = "k", modules = ["a", "b"] }, { id = "l", modules = ["a", "b"] }]
        manager = [
            { id = "m0" }, { id = "m1", unavailable = [{ week = "2015-W37" }] },
            { id = "m2", unavailable = ["2015-09-08 am"] }, { id = "m3", permanent = false },
            { id = "m4", unavailable = ["2015-09-08 pm"] }, { id = "m5" },
        ]
        wave = [{ id = "w", members = "all", cohorts = 2, size = { min = 1, max = 9 } }]
        pin = [
            { manager = "m0", cohort = "w-2" }, { manager = "m5", cohort = "w-2" },
            { cohort = "w-1", module = "a", room = "s" }, { cohort = "w-2", module = "b", room = "s" },
            { cohort = "w-2", module = "b", team = ["l", "k", "l"] },
        ]
    "#;

    /// The first cohort's “a” ends on the last frozen date; the second cohort's begins a day later.
    const EARLIER: &str = r#"
        format = 1
        [[cohort]]
        id = "w-1"
        members = ["m0", "m1", "m2", "m3", "m4"]
        run = [
            { module = "a", room = "r", team = ["l"], sessions = [{ date = 2015-09-09, part = "full" }, { date = 2015-09-08, part = "am" }] },
            { module = "b", room = "r", team = ["k", "l"], sessions = [{ date = 2015-09-15, part = "am" }] },
        ]
        [[cohort]]
        id = "w-2"
        members = ["m5"]
        run = [
            { module = "a", room = "r", team = ["l"], sessions = [{ date = 2015-09-09, part = "full" }, { date = 2015-09-10, part = "am" }] },
            { module = "b", room = "r", team = ["k", "l"], sessions = [{ date = 2015-09-16, part = "am" }] },
        ]
    "#;

    fn problem() -> Problem {
        read::problem_text(PROBLEM).expect("the problem can be read")
    }

    fn with_past() -> Problem {
        let mut problem = problem();
        let plan: Plan = read::plan_text(EARLIER, &problem).expect("the plan can be read").plan;
        problem.set_earlier(plan);
        problem
    }

    const FIRST: CohortId = CohortId(0);
    const SECOND: CohortId = CohortId(1);

    #[test]
    fn without_an_earlier_plan_only_pins_are_fixed() {
        let fixed = problem().facts.fixed;
        assert_eq!(fixed.seats, [Some(SECOND), None, None, None, None, Some(SECOND)]);
        assert_eq!(fixed.runs[0], FixedRun { room: Some(RoomId(1)), ..FixedRun::default() });
        assert_eq!(fixed.runs[1], FixedRun::default());
        let team = Some(vec![ConsultantId(0), ConsultantId(1)]);
        assert_eq!(fixed.runs[3], FixedRun { room: Some(RoomId(1)), team, sessions: None }, "two pins of one run");
    }

    #[test]
    fn a_run_is_frozen_as_a_whole_when_one_session_is() {
        let fixed = with_past().facts.fixed;
        let session = |day, part| Session { date: NaiveDate::from_ymd_opt(2015, 9, day).expect("a date"), part };
        let held = FixedRun {
            sessions: Some(vec![session(9, Part::Full), session(8, Part::Am)]),
            room: Some(RoomId(0)),
            team: Some(vec![ConsultantId(1)]),
        };
        assert_eq!(fixed.runs[0], held, "the past stands over the pin");
        assert_eq!(fixed.runs[1], FixedRun::default(), "the next module is still to come");
        assert_eq!(fixed.runs[2], FixedRun::default(), "begins a day after the last frozen date");
    }

    #[test]
    fn who_has_attended_stays_and_who_has_not_may_go() {
        let seats = with_past().facts.fixed.seats;
        assert_eq!(seats[0], Some(FIRST), "was there, whatever the pin says");
        assert_eq!(seats[1], None, "was away all week");
        assert_eq!(seats[2], None, "was away in that half");
        assert_eq!(seats[3], None, "takes no part any more");
        assert_eq!(seats[4], Some(FIRST), "was away in the other half");
        assert_eq!(seats[5], Some(SECOND), "pinned, and not yet begun");
    }

    #[test]
    fn what_is_frozen_lies_within_the_days_of_the_search() {
        let mut problem = problem();
        let mut plan = read::plan_text(EARLIER, &problem).expect("the plan can be read").plan;
        let date = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a date");
        plan.cohorts[0].runs[0].sessions[1].date = date(2015, 8, 10);
        plan.cohorts[0].runs[0].sessions[0].date = date(2016, 1, 4);
        problem.set_earlier(plan);
        let slots = &problem.facts.slots;
        assert_eq!(slots.first, date(2015, 8, 10));
        assert_eq!(slots.date(slots.days - 1), date(2016, 1, 4));
        assert!(!slots.is_open(0, Part::Am), "before the programme");
        assert_eq!(problem.facts.fixed.seats[ManagerId(0).index()], Some(FIRST));
    }
}
