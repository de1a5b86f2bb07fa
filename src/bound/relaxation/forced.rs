//! What is forced in a wave's only cohort: who must be in it, and when its fixed runs are.

use crate::draft::Sitting;
use crate::facts::Facts;
use crate::ids::{CohortId, ManagerId, ModuleId, WaveId};

/// The cohort, where the wave has just one.
fn only(facts: &Facts, wave: WaveId) -> Option<CohortId> {
    match facts.waves[wave.index()].cohorts[..] {
        [cohort] => Some(cohort),
        _ => None,
    }
}

/// Who must be in the only cohort of the wave, because no other takes them or they are fixed there, and is in none of these
/// groups. Nobody where the wave has several cohorts.
pub fn members(facts: &Facts, wave: WaveId, groups: &[usize]) -> Vec<ManagerId> {
    let Some(only) = only(facts, wave) else { return Vec::new() };
    let waves = || (0..facts.waves.len()).map(WaveId::new);
    let is_forced = |&manager: &ManagerId| {
        let taking = waves().filter(|&wave| facts.takes(wave, manager));
        let cohorts = taking.flat_map(|wave| &facts.waves[wave.index()].cohorts);
        let group = facts.managers[manager.index()].group;
        let is_grouped = group.is_some_and(|group| groups.contains(&group.index()));
        !is_grouped && (facts.fixed.seats[manager.index()] == Some(only) || cohorts.eq([&only]))
    };
    facts.eligible().filter(is_forced).collect()
}

/// When the fixed run of a module of the wave's only cohort is held. `None` where nothing is fixed, or the wave has several
/// cohorts.
pub fn sittings(facts: &Facts, wave: WaveId, module: ModuleId) -> Option<Vec<Sitting>> {
    let fixed = &facts.fixed.runs[facts.run(only(facts, wave)?, module).index()];
    fixed.sessions.as_ref()?.iter().map(|&session| Sitting::of(facts, session)).collect()
}
