//! The cheapest timelines of all cohorts.

use super::prices::{Prices, SCALE, Tolls};
use super::timeline::cheapest;
use crate::facts::Facts;
use crate::ids::WaveId;
use crate::term::Timed;

/// What the timelines of all cohorts together cost at the least.
pub fn cheapest_timelines(facts: &Facts, rules: &[(i64, &dyn Timed)]) -> i64 {
    let prices = Prices::of_rules(facts, rules);
    let tolls = Tolls::none(facts, &prices);
    let mut sum = 0;
    for (index, wave) in facts.waves.iter().enumerate() {
        let Ok((cost, _)) = cheapest(facts, &prices, &tolls, WaveId::new(index)) else { return 0 };
        sum += i128::from(cost) * wave.cohorts.len() as i128;
    }
    i64::try_from(-(-sum).div_euclid(i128::from(SCALE))).unwrap_or(i64::MAX)
}
