//! A plan: who is in which cohort, and when, where and with whom every cohort meets.

use chrono::NaiveDate;
use smallvec::SmallVec;

use crate::calendar::Session;
use crate::ids::{CohortId, ConsultantId, ManagerId, RoomId};

/// One cohort taking one module.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    /// The room.
    pub room: RoomId,
    /// The consultants, as the file lists them.
    pub team: Vec<ConsultantId>,
    /// Dates and parts of the day, in the order of the module's sessions.
    pub sessions: Vec<Session>,
}

impl Run {
    /// The earliest date of the run's sessions.
    pub fn first(&self) -> Option<NaiveDate> {
        self.sessions.iter().map(|session| session.date).min()
    }

    /// The latest date of the run's sessions.
    pub fn last(&self) -> Option<NaiveDate> {
        self.sessions.iter().map(|session| session.date).max()
    }

    /// The consultants of the team, each once, in the order of the problem file.
    pub fn different_consultants(&self) -> Vec<ConsultantId> {
        let mut team = self.team.clone();
        team.sort_unstable();
        team.dedup();
        team
    }
}

/// One cohort of a plan.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CohortPlan {
    /// Its members, as the file lists them; a breach may list one twice.
    pub members: Vec<ManagerId>,
    /// A run for each module, in module order.
    pub runs: Vec<Run>,
}

impl CohortPlan {
    /// The date on which the cohort starts: the earliest of its first module's sessions.
    pub fn first(&self) -> Option<NaiveDate> {
        self.runs.first()?.first()
    }

    /// The date on which the cohort is done: the latest of its last module's sessions.
    pub fn last(&self) -> Option<NaiveDate> {
        self.runs.last()?.last()
    }
}

/// A plan, usable but not always valid: it has every cohort and every run of the problem once. Only an earlier plan, of
/// a problem that has changed, may have cohorts without members and runs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Plan {
    /// The cohorts, indexed by [`CohortId`].
    pub cohorts: Vec<CohortPlan>,
}

impl Plan {
    /// For each manager, the cohorts that list the manager, each once; `managers` is their number.
    pub(crate) fn seats(&self, managers: usize) -> Vec<SmallVec<[CohortId; 2]>> {
        let mut seats = vec![SmallVec::new(); managers];
        for (index, cohort) in self.cohorts.iter().enumerate() {
            for member in &cohort.members {
                let cohorts: &mut SmallVec<[CohortId; 2]> = &mut seats[member.index()];
                if !cohorts.contains(&CohortId::new(index)) {
                    cohorts.push(CohortId::new(index));
                }
            }
        }
        seats
    }
}

/// The lines on which the parts of a plan stand in its file, from 1.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PlanLines {
    /// For each cohort, the line of its table.
    pub cohorts: Vec<usize>,
    /// For each cohort and module, the line of the run's table.
    pub runs: Vec<Vec<usize>>,
}
