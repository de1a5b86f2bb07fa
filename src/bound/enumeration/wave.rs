//! What the cohorts of one wave cost together, with each of its leadership groups in one cohort.

use crate::bound::interrupt::Interrupt;
use std::ops::ControlFlow;

use super::partition::Partition;
use super::timelines::TimelineLister;
use super::work::{listed, looks};
use crate::bound::costs::INFEASIBLE;
use crate::bound::relaxation::column_generation::Relaxation;
use crate::ids::WaveId;

/// The most sets of groups for each unit of effort: with more, enumeration takes too long. Chosen.
const MOST_GROUP_SETS: usize = 200;

/// The most cohorts that are looked at together where they have no groups and can be exchanged. Measured: with six and seven,
/// a minute proves one point at most.
const MOST_ALIKE: usize = 3;

/// How many thousandths the cohorts of a wave cost at least beyond the cheapest timeline for each, as far as it can be shown
/// with this effort.
pub fn more(relaxation: &Relaxation, wave: WaveId, effort: usize, interrupt: &Interrupt) -> i64 {
    let Relaxation { facts, pricing, costs, capacity, .. } = relaxation;
    let cohorts = facts.waves[wave.index()].cohorts.len();
    let groups = match pricing.groups_of_wave(wave) {
        Some(groups) if cohorts > 1 && (groups > 0 || cohorts <= MOST_ALIKE) => groups,
        _ => return 0,
    };
    let group_sets = &pricing.of_wave(wave).group_sets;
    if group_sets.len() > effort.saturating_mul(MOST_GROUP_SETS) {
        return 0;
    }
    let least = pricing.cheapest_of_each(wave, costs, capacity);
    let Some(&cheapest) = least.iter().min().filter(|&&least| least < INFEASIBLE) else { return 0 };
    let sets = group_sets.iter().zip(&least).map(|(set, least)| (set.groups, least - cheapest)).collect();
    let mut partition = Partition::new(facts, sets, cohorts, looks(effort), interrupt, &|_, _| 0);
    // The absences of groups are in the costs of their timelines already.
    let lister = TimelineLister { relaxation, wave, absences: &|_, _| ControlFlow::Continue(Some(0)) };
    partition.prove(groups, listed(effort), &|set, more, most| lister.list(set, cheapest, more, most))
}
