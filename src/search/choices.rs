//! What there is to choose from: worked out once per search, shared by all islands.

use std::sync::Arc;

use super::times::Ways;
use crate::draft::Draft;
use crate::facts::{Facts, FixedRun, Members};
use crate::ids::{CohortId, ConsultantId, GroupId, ManagerId, ModuleId, RoomId, RunId};
use crate::rng::Rng;
use crate::state::State;

/// Everything a neighbourhood may pick; what is pinned is not in here.
#[derive(Clone, Debug)]
pub struct Choices {
    /// Managers who may change seats on their own.
    pub singles: Vec<ManagerId>,
    /// Leadership groups that may change cohorts as a whole.
    pub groups: Vec<GroupId>,
    /// Runs of which something is not pinned.
    pub runs: Vec<RunId>,
    /// Those of them that had a part in a hard breach when they were last looked for.
    pub troubled: Vec<RunId>,
    /// How each module can be held from each day on.
    pub ways: Arc<Ways>,
    /// For each module, the consultants who can lead it.
    pub able: Vec<Vec<ConsultantId>>,
    /// All rooms, cheapest first.
    pub rooms: Vec<RoomId>,
    is_single: Vec<bool>,
    /// For each manager, whether with a leadership group.
    in_group: Vec<bool>,
    /// For each cohort, whether it takes managers without, and with, a leadership group.
    admits: Vec<[bool; 2]>,
    with_group: Ring,
    without_group: Ring,
}

/// Cohorts, written twice so that they can be read on from any of them.
#[derive(Clone, Debug)]
struct Ring(Vec<CohortId>);

impl Ring {
    fn of(cohorts: impl Iterator<Item = CohortId> + Clone) -> Ring {
        Ring(cohorts.clone().chain(cohorts).collect())
    }

    #[inline]
    fn once(&self) -> &[CohortId] {
        &self.0[..self.0.len() / 2]
    }
}

impl Choices {
    /// What the pins leave open.
    pub fn of(facts: &Facts) -> Choices {
        let is_free = |m: &ManagerId| facts.managers[m.index()].permanent && facts.fixed.seats[m.index()].is_none();
        let is_alone = |m: &ManagerId| {
            facts.managers[m.index()].group.is_none_or(|group| facts.groups[group.index()].members.len() == 1)
        };
        let singles: Vec<ManagerId> = facts.eligible().filter(|m| is_free(m) && is_alone(m)).collect();
        let mut is_single = vec![false; facts.managers.len()];
        singles.iter().for_each(|manager| is_single[manager.index()] = true);
        let may_move = |group: &GroupId| {
            let members = &facts.groups[group.index()].members;
            members.len() > 1 && members.iter().all(is_free)
        };
        let taking = |has_group: usize| {
            let waves = facts.waves.iter().filter(move |wave| admits(wave.members)[has_group]);
            Ring::of(waves.flat_map(|wave| wave.cohorts.iter().copied()))
        };
        let mut rooms: Vec<RoomId> = (0..facts.rooms.len()).map(RoomId::new).collect();
        rooms.sort_by_key(|room| facts.rooms[room.index()].cost);
        let is_open = |run: &RunId| {
            let FixedRun { sessions, room, team } = &facts.fixed.runs[run.index()];
            sessions.is_none() || room.is_none() || team.is_none()
        };
        Choices {
            singles,
            groups: (0..facts.groups.len()).map(GroupId::new).filter(may_move).collect(),
            runs: (0..facts.run_count()).map(RunId::new).filter(is_open).collect(),
            troubled: Vec::new(),
            ways: Arc::new(Ways::of(facts)),
            able: (0..facts.modules.len()).map(|module| able(facts, ModuleId::new(module))).collect(),
            rooms,
            is_single,
            in_group: facts.managers.iter().map(|manager| manager.group.is_some()).collect(),
            admits: facts.cohorts.iter().map(|cohort| admits(facts.waves[cohort.wave.index()].members)).collect(),
            with_group: taking(1),
            without_group: taking(0),
        }
    }

    /// Of these choices, what concerns the cohorts for which `is_in` holds.
    pub fn part(&self, facts: &Facts, draft: &Draft, is_in: &[bool]) -> Choices {
        let has = |cohort: &CohortId| is_in[cohort.index()];
        let sits_in = |manager: ManagerId| draft.seat(manager).is_some_and(|cohort| has(&cohort));
        let is_whole = |group: &GroupId| facts.groups[group.index()].members.iter().all(|&member| sits_in(member));
        Choices {
            singles: self.singles.iter().copied().filter(|&manager| sits_in(manager)).collect(),
            groups: self.groups.iter().copied().filter(is_whole).collect(),
            runs: self.runs.iter().copied().filter(|&run| has(&facts.cohort_of(run))).collect(),
            with_group: Ring::of(self.with_group.once().iter().copied().filter(has)),
            without_group: Ring::of(self.without_group.once().iter().copied().filter(has)),
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

    /// Whether the manager may change seats alone.
    #[inline]
    pub fn is_single(&self, manager: ManagerId) -> bool {
        self.is_single[manager.index()]
    }

    /// The cohorts that may take the manager.
    #[inline]
    pub fn cohorts_for(&self, manager: ManagerId) -> &[CohortId] {
        self.cohorts_of_kind(self.in_group[manager.index()])
    }

    /// Whether the cohort may take the manager.
    #[inline]
    pub fn admits(&self, cohort: CohortId, manager: ManagerId) -> bool {
        self.admits[cohort.index()][usize::from(self.in_group[manager.index()])]
    }

    /// The cohorts that may take a manager with, or without, a leadership group.
    #[inline]
    pub fn cohorts_of_kind(&self, has_group: bool) -> &[CohortId] {
        self.ring(has_group).once()
    }

    /// The cohorts that may take the manager, all of them, from a random one on.
    #[inline]
    pub fn cohorts_from_any(&self, manager: ManagerId, rng: &mut Rng) -> &[CohortId] {
        let ring = self.ring(self.in_group[manager.index()]);
        let first = rng.below(ring.once().len());
        &ring.0[first..first + ring.once().len()]
    }

    #[inline]
    fn ring(&self, has_group: bool) -> &Ring {
        if has_group { &self.with_group } else { &self.without_group }
    }

    /// The days of a module's first session from `from` to `to`, both in.
    #[inline]
    pub fn first_days_within(&self, module: ModuleId, from: i64, to: i64) -> &[u16] {
        let days = &self.ways.first_days[module.index()];
        let start = days.partition_point(|&day| i64::from(day) < from);
        let end = days.partition_point(|&day| i64::from(day) <= to);
        &days[start..end.max(start)]
    }
}

/// Whether cohorts for these members take managers without, and with, a leadership group.
fn admits(members: Members) -> [bool; 2] {
    [members != Members::Leadership, members != Members::Others]
}

fn able(facts: &Facts, module: ModuleId) -> Vec<ConsultantId> {
    let can = |id: &ConsultantId| facts.consultants[id.index()].leads[module.index()];
    (0..facts.consultants.len()).map(ConsultantId::new).filter(can).collect()
}
