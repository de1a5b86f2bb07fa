//! Who may sit where.

use crate::draft::Draft;
use crate::facts::{Facts, Members};
use crate::ids::{CohortId, ManagerId};
use crate::rng::Rng;

/// The managers who may change seats on their own, and the cohorts that may take them.
#[derive(Clone, Debug)]
pub struct Seating {
    /// Managers who may change seats on their own.
    pub singles: Vec<ManagerId>,
    is_single: Vec<bool>,
    /// For each manager, whether with a leadership group.
    in_group: Vec<bool>,
    /// For each cohort, whether it takes managers without, and with, a leadership group.
    admits: Vec<[bool; 2]>,
    with_group: Ring,
    without_group: Ring,
}

/// Cohorts in a list that holds them twice, so that all of them from any one on are one slice.
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

impl Seating {
    /// What the pins leave open.
    pub fn of(facts: &Facts) -> Seating {
        let is_alone = |m: &ManagerId| {
            facts.managers[m.index()].group.is_none_or(|group| facts.groups[group.index()].members.len() == 1)
        };
        let singles: Vec<ManagerId> = facts.eligible().filter(|m| is_free(facts, *m) && is_alone(m)).collect();
        let mut is_single = vec![false; facts.managers.len()];
        singles.iter().for_each(|manager| is_single[manager.index()] = true);
        let taking = |has_group: usize| {
            let waves = facts.waves.iter().filter(move |wave| admits(wave.members)[has_group]);
            Ring::of(waves.flat_map(|wave| wave.cohorts.iter().copied()))
        };
        Seating {
            singles,
            is_single,
            in_group: facts.managers.iter().map(|manager| manager.group.is_some()).collect(),
            admits: facts.cohorts.iter().map(|cohort| admits(facts.waves[cohort.wave.index()].members)).collect(),
            with_group: taking(1),
            without_group: taking(0),
        }
    }

    /// Of these choices, what concerns the cohorts for which `is_in` holds.
    pub fn part(&self, draft: &Draft, is_in: &[bool]) -> Seating {
        let has = |cohort: &CohortId| is_in[cohort.index()];
        let sits_in = |manager: ManagerId| draft.seat(manager).is_some_and(|cohort| has(&cohort));
        Seating {
            singles: self.singles.iter().copied().filter(|&manager| sits_in(manager)).collect(),
            with_group: Ring::of(self.with_group.once().iter().copied().filter(has)),
            without_group: Ring::of(self.without_group.once().iter().copied().filter(has)),
            ..self.clone()
        }
    }

    /// A random manager who may change seats, with the cohort; `None` where that one has none, or
    /// nobody may.
    #[inline]
    pub fn draw(&self, draft: &Draft, rng: &mut Rng) -> Option<(ManagerId, CohortId)> {
        let manager = *self.singles.get(rng.below(self.singles.len()))?;
        Some((manager, draft.seat(manager)?))
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

    /// Whether the manager may come to the cohort in exchange for someone there.
    #[inline]
    pub fn may_come(&self, cohort: CohortId, manager: ManagerId) -> bool {
        self.is_single(manager) && self.admits(cohort, manager)
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
}

/// Whether the manager takes part and has no seat of a pin's or of the past's.
pub fn is_free(facts: &Facts, manager: ManagerId) -> bool {
    facts.managers[manager.index()].permanent && facts.fixed.seats[manager.index()].is_none()
}

/// Whether cohorts for these members take managers without, and with, a leadership group.
fn admits(members: Members) -> [bool; 2] {
    [members != Members::Leadership, members != Members::Others]
}
