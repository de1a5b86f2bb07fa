//! Steps of the subgradient method: capacities of which too much is used become dearer, the others cheaper.
//!
//! The direction is smoothed over the steps (Camerini, Fratta and Maffioli, "On improving relaxation methods by modified
//! gradient techniques", 1975). The step is as long as it would take to reach a target above the best value so far (Polyak,
//! "Minimization of unsmooth functionals", 1969).

use crate::bound::costs::MAX_COST;

/// What stays of the direction after a step, in 64ths. Chosen, as is [`NEWEST`]: the weights of the older excesses fall by a
/// tenth with each step.
const KEPT: i64 = 58;

/// With what weight the newest excess comes into the direction, which is therefore in sixteenths of a half day.
const NEWEST: i64 = 16;

/// One constraint that the relaxation leaves out: no more may be used than there is.
#[derive(Clone, Default, Debug)]
pub struct CapacityRow {
    /// How many half days there are.
    pub there: i64,
    /// How many are used.
    pub used: i64,
    /// The Lagrange multiplier: what each one costs on top, in thousandths.
    pub multiplier: i64,
    /// The smoothed subgradient, in sixteenths of a half day: above zero where too much was used lately, below zero where too
    /// little was.
    pub direction: i64,
}

/// Moves the multipliers so far that the value would grow by `gain` thousandths if it went on growing as it does here.
/// Whether there was anything to move.
pub fn step(rows: &mut [CapacityRow], gain: i64) -> bool {
    let mut square = 0;
    for row in rows.iter_mut() {
        row.direction = row.direction * KEPT / 64 + (row.used - row.there) * NEWEST;
        if row.multiplier == 0 {
            row.direction = row.direction.max(0);
        }
        square += i128::from(row.direction) * i128::from(row.direction);
    }
    if square == 0 {
        return false;
    }
    // Fixed point: 2⁴⁴ is 16, the unit of the direction, times 2⁴⁰ for the fraction.
    let length = (i128::from(gain) << 44) / square;
    for row in rows.iter_mut().filter(|row| row.direction != 0) {
        let change = (length * i128::from(row.direction)) >> 40;
        let multiplier = i128::from(row.multiplier) + change;
        row.multiplier = i64::try_from(multiplier.clamp(0, i128::from(MAX_COST))).unwrap_or(0);
    }
    true
}
