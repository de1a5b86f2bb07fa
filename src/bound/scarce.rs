//! The cheapest timelines of all cohorts, when rooms and consultants must go round.
//!
//! Lagrangian relaxation: instead of forbidding that more is used than there is, every half day of something scarce costs
//! a toll, and what all there is would earn is given back (Held and Karp, "The traveling-salesman problem and minimum
//! spanning trees", 1970; Geoffrion, "Lagrangean relaxation for integer programming", 1974). Whatever the tolls, no valid
//! plan costs less, as it uses no more than there is and its timelines are dearer than the cheapest. So the bound needs no
//! trust in how the tolls were found: steps along what is used too much, smoothed over the rounds (Camerini, Fratta and
//! Maffioli, "On improving relaxation methods by modified gradient techniques", 1975), as long as it would take to a hope
//! above the best value so far (Polyak 1969), which shrinks with every round that is no better and grows while all are.

use super::prices::{DEAREST, Prices, SCALE};
use super::stock::{Item, Stock};
use super::timeline::cheapest;
use crate::facts::Facts;
use crate::ids::WaveId;

/// What stays of the hope after a round that was not better than all before, in per cent.
const HOPE: i64 = 97;

/// After so many better rounds in a row the steps are too short, and with each more is hoped for.
const SERIES: usize = 5;

/// By how much more, in per cent.
const MORE: i64 = 20;

/// What stays of a trend after a round, in 64ths; the newest excess adds 16 times itself.
const TREND: i64 = 58;

/// What the timelines of all cohorts together cost at the least, in thousandths, at these prices, as far as it can be shown
/// when the tolls are changed so many times; and what there is, with the tolls that show it.
pub fn cheapest_timelines(facts: &Facts, prices: &Prices, rounds: usize) -> (i64, Stock) {
    let (mut prices, mut stock) = (prices.clone(), Stock::of(facts, prices));
    let (mut best, mut tolls, mut hope, mut series) = (0, vec![0; stock.items.len()], 0, 0);
    for round in 0..rounds {
        let Some(value) = value(facts, &mut prices, &mut stock) else { break };
        if round == 0 {
            hope = value + 10 * SCALE;
        }
        if value > best {
            best = value;
            tolls.iter_mut().zip(&stock.items).for_each(|(toll, item)| *toll = item.toll);
            series += 1;
        } else {
            hope = hope * HOPE / 100;
            series = 0;
        }
        if series >= SERIES {
            hope += hope * MORE / 100;
        }
        if !change_tolls(&mut stock.items, best + hope - value) {
            break;
        }
    }
    stock.items.iter_mut().zip(tolls).for_each(|(item, toll)| item.toll = toll);
    (best, stock)
}

/// Raises and lowers the tolls so far that the value would grow by `gain` if it went on growing as it does here; whether
/// anything was left to change.
pub fn change_tolls(items: &mut [Item], gain: i64) -> bool {
    let mut square = 0;
    for item in items.iter_mut() {
        item.trend = item.trend * TREND / 64 + (item.used - item.there) * 16;
        if item.toll == 0 {
            item.trend = item.trend.max(0);
        }
        square += i128::from(item.trend) * i128::from(item.trend);
    }
    if square == 0 {
        return false;
    }
    // 2⁴⁴ = 16 (the trend's unit) × 2⁴⁰ (for the fraction).
    let step = (i128::from(gain) << 44) / square;
    for item in items.iter_mut().filter(|item| item.trend != 0) {
        let change = (step * i128::from(item.trend)) >> 40;
        let toll = i128::from(item.toll) + change;
        item.toll = i64::try_from(toll.clamp(0, i128::from(DEAREST))).unwrap_or(0);
    }
    true
}

/// What all cohorts pay at the present tolls, less what all there is would earn; counts what is used. `None` where a wave
/// has no timeline at all.
fn value(facts: &Facts, prices: &mut Prices, stock: &mut Stock) -> Option<i64> {
    prices.charge(&stock.tolls(facts, prices));
    stock.items.iter_mut().for_each(|item| item.used = 0);
    let mut sum: i128 = 0;
    for (index, wave) in facts.waves.iter().enumerate() {
        let (cost, held) = cheapest(facts, prices, WaveId::new(index)).ok()?;
        let cohorts = wave.cohorts.len() as i64;
        sum += i128::from(cost) * i128::from(cohorts);
        held.iter().for_each(|&held| stock.use_for(facts, held, cohorts));
    }
    let earned: i128 = stock.items.iter().map(|item| i128::from(item.toll) * i128::from(item.there)).sum();
    i64::try_from(sum - earned).ok()
}
