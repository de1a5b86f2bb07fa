//! The unit in which the bound counts: whole thousandths of a point of the score.
//!
//! Thousandths let a multiplier be a fraction of a point without any floating-point arithmetic.

/// One point of the score, in thousandths.
pub const POINT: i64 = 1_000;

/// The cost of what cannot be had. A quarter of the range, so that a few of them can be added.
pub const INFEASIBLE: i64 = i64::MAX / 4;

/// No single cost is higher (about 10⁹ points), so that sums cannot overflow. A cost that is cut to it makes the bound weaker,
/// never wrong.
pub const MAX_COST: i64 = 1 << 40;

/// The cost of amounts, each after its weight, in thousandths; between 0 and [`MAX_COST`].
pub fn weighted(amounts: impl Iterator<Item = (i64, i64)>) -> i64 {
    let each = |(weight, amount): (i64, i64)| weight.saturating_mul(amount).saturating_mul(POINT);
    amounts.map(each).fold(0, i64::saturating_add).clamp(0, MAX_COST)
}

/// Thousandths as whole points, rounded up: soft scores are whole, so a plan that costs more than 3.2 points costs 4.
pub fn points(thousandths: i64) -> i64 {
    -(-thousandths.max(0)).div_euclid(POINT)
}
