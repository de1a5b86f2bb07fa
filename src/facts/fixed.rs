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
    /// The cohort's run of the module is so far as given.
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

/// Everything fixed, by manager and by run.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Fixed {
    /// For each manager, the cohort that cannot be changed.
    pub seats: Vec<Option<CohortId>>,
    /// For each run, the parts that cannot be changed.
    pub runs: Vec<FixedRun>,
}

impl Fixed {
    /// Pins first, of several that contradict each other the last; where the frozen past says otherwise, the past stands.
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
    /// SPEC 6 leaves open who has attended. Chosen here: a member of the cohort who was not away in at least one session
    /// held by then; whoever was ill or on leave in all of them can still start over elsewhere. A manager who is no longer
    /// permanent has no seat to keep, and of someone listed in two cohorts the first attended stands.
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
