//! The pooled relaxation: the cheapest timelines of all cohorts when rooms of a kind, and consultants who can lead a module,
//! must go round.
//!
//! A Lagrangian relaxation (Held and Karp, "The traveling-salesman problem and minimum spanning trees", 1970; Geoffrion,
//! "Lagrangean relaxation for integer programming", 1974). Nothing forbids using more than there is; instead every half day
//! of something scarce costs a multiplier, and the multiplier times what there is is given back. A valid plan uses no more
//! than there is, and its timelines are no cheaper than the cheapest, so whatever the multipliers, no valid plan costs less.
//! The bound therefore needs no trust in how the multipliers were found: by the subgradient method, with a step target that
//! shrinks after every step that is no better than all before, and grows as long as all are.

use super::pooled_capacity::PooledCapacity;
use super::pooled_path::cheapest;
use super::subgradient;
use crate::bound::costs::POINT;
use crate::bound::session_costs::SessionCosts;
use crate::facts::Facts;
use crate::ids::WaveId;

/// The first step target: how much more than the first value is aimed at, in thousandths. Chosen.
const FIRST_TARGET: i64 = 10 * POINT;

/// What stays of the step target after a step that is no better than all before, in per cent. Chosen.
const SHRINK: i64 = 97;

/// After as many better steps in a row, the steps are too short, and the target grows with each further one. Measured on 2,400
/// managers: 1,309 proved instead of 199 without growing.
const SERIES: usize = 5;

/// By how much the target grows then, in per cent. Chosen.
const GROW: i64 = 20;

/// What the timelines of all cohorts together cost at least, in thousandths, after at most `steps` subgradient steps; and the
/// capacities with the multipliers that show it.
pub fn least(facts: &Facts, costs: &SessionCosts, steps: usize) -> (i64, PooledCapacity) {
    let (mut costs, mut capacity) = (costs.clone(), PooledCapacity::of(facts, costs));
    let (mut best, mut multipliers, mut target, mut series) = (0, vec![0; capacity.rows.len()], 0, 0);
    for step in 0..steps {
        let Some(value) = value(facts, &mut costs, &mut capacity) else { break };
        if step == 0 {
            target = value + FIRST_TARGET;
        }
        if value > best {
            best = value;
            multipliers.iter_mut().zip(&capacity.rows).for_each(|(multiplier, row)| *multiplier = row.multiplier);
            series += 1;
        } else {
            target = target * SHRINK / 100;
            series = 0;
        }
        if series >= SERIES {
            target += target * GROW / 100;
        }
        if !subgradient::step(&mut capacity.rows, best + target - value) {
            break;
        }
    }
    capacity.rows.iter_mut().zip(multipliers).for_each(|(row, multiplier)| row.multiplier = multiplier);
    (best, capacity)
}

/// The value of the relaxation at the present multipliers: what all cohorts pay, less the multipliers times what there is.
/// Counts what is used. `None` where a wave has no timeline at all.
fn value(facts: &Facts, costs: &mut SessionCosts, capacity: &mut PooledCapacity) -> Option<i64> {
    costs.set_multipliers(&capacity.multipliers(facts, costs));
    capacity.rows.iter_mut().for_each(|row| row.used = 0);
    let mut sum: i128 = 0;
    for (index, wave) in facts.waves.iter().enumerate() {
        let (cost, sessions) = cheapest(facts, costs, WaveId::new(index)).ok()?;
        let cohorts = wave.cohorts.len() as i64;
        sum += i128::from(cost) * i128::from(cohorts);
        sessions.iter().for_each(|&session| capacity.use_for(facts, session, cohorts));
    }
    let given_back: i128 = capacity.rows.iter().map(|row| i128::from(row.multiplier) * i128::from(row.there)).sum();
    i64::try_from(sum - given_back).ok()
}
