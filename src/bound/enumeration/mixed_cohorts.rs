//! The cohorts that all managers without a leadership group are in, where they are few and nobody else can be in them.

use super::assignment::{MOST_COHORTS, MOST_MANAGERS};
use crate::bound::relaxation::column_generation::Relaxation;
use crate::bound::rule_costs::RuleCosts;
use crate::facts::Facts;
use crate::ids::{CohortId, ManagerId, WaveId};

/// Such cohorts.
pub struct MixedCohorts<'a> {
    /// The problem.
    pub facts: &'a Facts,
    /// Its rules.
    pub rules: &'a RuleCosts<'a>,
    /// The cohorts, each with its wave.
    pub cohorts: Vec<(CohortId, WaveId)>,
    /// Who is in them.
    pub managers: Vec<ManagerId>,
    /// By cohort: those of them who can be in no other, so that their absences are in the costs of its timelines.
    pub forced: Vec<&'a [ManagerId]>,
}

impl<'a> MixedCohorts<'a> {
    /// `None` where there are too many cohorts or managers, just one cohort, or somebody with a group who can be in one of them.
    pub fn of(relaxation: &'a Relaxation<'a>, rules: &'a RuleCosts<'a>) -> Option<MixedCohorts<'a>> {
        let facts = relaxation.facts;
        let has_group = |manager: &ManagerId| facts.managers[manager.index()].group.is_some();
        let (grouped, managers): (Vec<ManagerId>, Vec<ManagerId>) = facts.eligible().partition(has_group);
        // All without a group are taken by the same waves.
        let takes = |wave: WaveId, some: &[ManagerId]| some.first().is_some_and(|&manager| facts.takes(wave, manager));
        let waves: Vec<WaveId> =
            (0..facts.waves.len()).map(WaveId::new).filter(|&wave| takes(wave, &managers)).collect();
        let of_wave = |&wave: &WaveId| facts.waves[wave.index()].cohorts.iter().map(move |&cohort| (cohort, wave));
        let cohorts: Vec<(CohortId, WaveId)> = waves.iter().flat_map(of_wave).collect();
        let are_few = (2..=MOST_COHORTS).contains(&cohorts.len()) && managers.len() <= MOST_MANAGERS;
        if !are_few || waves.iter().any(|&wave| takes(wave, &grouped)) {
            return None;
        }
        let forced = cohorts.iter().map(|&(_, wave)| &relaxation.pricing.of_wave(wave).forced[..]).collect();
        Some(MixedCohorts { facts, rules, cohorts, managers, forced })
    }

    /// Whether cohorts of the wave are among them.
    pub fn has(&self, wave: WaveId) -> bool {
        self.cohorts.iter().any(|&(_, of)| of == wave)
    }
}
