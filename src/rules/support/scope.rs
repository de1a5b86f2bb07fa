//! The cohorts in the scope of a rule: those of the waves that it looks at.

use crate::facts::{Facts, Members};
use crate::ids::{CohortId, ManagerId, WaveId};

/// For each cohort, whether it is in the scope of a rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scope {
    cohorts: Vec<bool>,
}

impl Scope {
    /// The cohorts of these waves.
    pub fn of_waves(facts: &Facts, waves: &[WaveId]) -> Scope {
        Scope { cohorts: facts.cohorts.iter().map(|cohort| waves.contains(&cohort.wave)).collect() }
    }

    /// Every cohort.
    pub fn everywhere(facts: &Facts) -> Scope {
        Scope { cohorts: vec![true; facts.cohorts.len()] }
    }

    /// The cohorts of the waves whose members are `others` or `all`.
    pub fn mixed(facts: &Facts) -> Scope {
        let is_mixed = |id: usize| facts.wave_of(CohortId::new(id)).members != Members::Leadership;
        Scope { cohorts: (0..facts.cohorts.len()).map(is_mixed).collect() }
    }

    /// The cohorts in scope, without those of the waves for which `is_left_out` holds.
    pub fn without(&self, facts: &Facts, is_left_out: &dyn Fn(WaveId) -> bool) -> Scope {
        let each = self.cohorts.iter().zip(&facts.cohorts);
        Scope { cohorts: each.map(|(&is_in, cohort)| is_in && !is_left_out(cohort.wave)).collect() }
    }

    /// Whether the cohort is in scope.
    #[inline]
    pub fn has(&self, cohort: CohortId) -> bool {
        self.cohorts[cohort.index()]
    }

    /// Whether any cohort of the wave is in scope.
    pub fn looks_at(&self, facts: &Facts, wave: WaveId) -> bool {
        facts.waves[wave.index()].cohorts.iter().any(|&cohort| self.has(cohort))
    }

    /// The waves with a cohort in scope.
    pub fn waves(&self, facts: &Facts) -> impl Iterator<Item = WaveId> {
        (0..facts.waves.len()).map(WaveId::new).filter(|&wave| self.looks_at(facts, wave))
    }

    /// Whether the manager takes part and can sit only in cohorts in scope.
    pub fn holds(&self, facts: &Facts, manager: ManagerId) -> bool {
        let mut taking = (0..facts.waves.len()).map(WaveId::new).filter(|&wave| facts.takes(wave, manager));
        facts.managers[manager.index()].permanent && taking.all(|wave| self.looks_at(facts, wave))
    }

    /// The cohorts in scope.
    pub fn cohorts(&self) -> impl Iterator<Item = CohortId> {
        (0..self.cohorts.len()).map(CohortId::new).filter(|&cohort| self.has(cohort))
    }
}
