//! Raises the bound of the relaxation by what cohorts cost together.

use crate::bound::interrupt::Interrupt;

use super::mixed_cohorts::MixedCohorts;
use super::{joint, wave};
use crate::bound::relaxation::column_generation::Relaxation;
use crate::bound::rule_costs::RuleCosts;
use crate::ids::WaveId;

/// By how much, in thousandths.
pub struct Raised {
    /// What all cohorts cost at least beyond the cheapest timeline for each.
    pub timelines: i64,
    /// What they cost beyond that and what is counted for seats.
    pub with_seats: i64,
}

/// By how much the bound can be raised with this effort.
pub fn raise(relaxation: &Relaxation, rules: &RuleCosts, effort: usize, interrupt: &Interrupt) -> Raised {
    let mixed = MixedCohorts::of(relaxation, rules);
    let is_mixed = |&wave: &WaveId| mixed.as_ref().is_some_and(|mixed| mixed.has(wave));
    let waves = (0..relaxation.facts.waves.len()).map(WaveId::new);
    let (of_mixed, others): (Vec<WaveId>, Vec<WaveId>) = waves.partition(is_mixed);
    let more =
        |waves: Vec<WaveId>| waves.into_iter().map(|id| wave::more(relaxation, id, effort, interrupt)).sum::<i64>();
    let with_seats = mixed.as_ref().map_or(0, |mixed| joint::more(mixed, relaxation, effort, interrupt));
    let of_mixed = more(of_mixed);
    Raised { timelines: more(others) + of_mixed, with_seats: (with_seats - of_mixed).max(0) }
}
