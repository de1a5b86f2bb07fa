//! What there is to choose from: worked out once per search, shared by all islands.

use std::sync::Arc;

use super::times::RunTimes;
use crate::draft::Draft;
use crate::facts::{Facts, FixedRun};
use crate::ids::{CohortId, ConsultantId, GroupId, ManagerId, ModuleId, RoomId, RunId};
use crate::search::seating::{Seating, is_free};
use crate::search::state::State;

/// Everything a neighbourhood may pick; what is pinned is not in here.
#[derive(Clone, Debug)]
pub struct Choices {
    /// Who may sit where.
    pub seating: Seating,
    /// Leadership groups that may change cohorts as a whole.
    pub groups: Vec<GroupId>,
    /// Runs of which something is not pinned.
    pub runs: Vec<RunId>,
    /// Those of them that had a part in a hard breach when they were last looked for.
    pub troubled: Vec<RunId>,
    /// The session times with which each module can be held from each day on.
    pub run_times: Arc<RunTimes>,
    /// For each module, the consultants who can lead it.
    pub able: Vec<Vec<ConsultantId>>,
    /// All rooms, cheapest first.
    pub rooms: Vec<RoomId>,
}

impl Choices {
    /// What the pins leave open.
    pub fn of(facts: &Facts) -> Choices {
        let may_move = |group: &GroupId| {
            let members = &facts.groups[group.index()].members;
            members.len() > 1 && members.iter().all(|&member| is_free(facts, member))
        };
        let mut rooms: Vec<RoomId> = (0..facts.rooms.len()).map(RoomId::new).collect();
        rooms.sort_by_key(|room| facts.rooms[room.index()].cost);
        let is_open = |run: &RunId| {
            let FixedRun { sessions, room, team } = &facts.fixed.runs[run.index()];
            sessions.is_none() || room.is_none() || team.is_none()
        };
        Choices {
            seating: Seating::of(facts),
            groups: (0..facts.groups.len()).map(GroupId::new).filter(may_move).collect(),
            runs: (0..facts.run_count()).map(RunId::new).filter(is_open).collect(),
            troubled: Vec::new(),
            run_times: Arc::new(RunTimes::of(facts)),
            able: (0..facts.modules.len()).map(|module| able(facts, ModuleId::new(module))).collect(),
            rooms,
        }
    }

    /// Of these choices, what concerns the cohorts for which `is_in` holds.
    pub fn part(&self, facts: &Facts, draft: &Draft, is_in: &[bool]) -> Choices {
        let has = |cohort: &CohortId| is_in[cohort.index()];
        let sits_in = |manager: ManagerId| draft.seat(manager).is_some_and(|cohort| has(&cohort));
        let is_whole = |group: &GroupId| facts.groups[group.index()].members.iter().all(|&member| sits_in(member));
        Choices {
            seating: self.seating.part(draft, is_in),
            groups: self.groups.iter().copied().filter(is_whole).collect(),
            runs: self.runs.iter().copied().filter(|&run| has(&facts.cohort_of(run))).collect(),
            ..self.clone()
        }
    }

    /// Looks for the runs that have a part in a hard breach.
    pub fn look_for_trouble(&mut self, state: &State) {
        self.troubled.clear();
        if state.score().hard > 0 {
            self.troubled.extend(self.runs.iter().copied().filter(|&run| state.is_troubled(run)));
        }
    }

    /// The runs of a cohort of which something is not pinned.
    pub fn runs_of(&self, facts: &Facts, cohort: CohortId) -> impl Iterator<Item = RunId> {
        let runs = (0..facts.modules.len()).map(move |module| facts.run(cohort, ModuleId::new(module)));
        runs.filter(|run| self.runs.binary_search(run).is_ok())
    }

    /// The days of a module's first session from `from` to `to`, both in.
    #[inline]
    pub fn first_days_within(&self, module: ModuleId, from: i64, to: i64) -> &[u16] {
        let days = &self.run_times.first_days[module.index()];
        let start = days.partition_point(|&day| i64::from(day) < from);
        let end = days.partition_point(|&day| i64::from(day) <= to);
        &days[start..end.max(start)]
    }
}

fn able(facts: &Facts, module: ModuleId) -> Vec<ConsultantId> {
    let can = |id: &ConsultantId| facts.consultants[id.index()].leads[module.index()];
    (0..facts.consultants.len()).map(ConsultantId::new).filter(can).collect()
}
