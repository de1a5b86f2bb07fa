//! The cheapest timelines of all cohorts, consultant by consultant and group by group.
//!
//! The Lagrangian relaxation of [`scarce`](super::scarce) with finer items: every consultant's half days, and each
//! leadership group, which some cohort must take. A cohort's timeline is priced with its teams, the set of consultants
//! that it meets and the groups whose absences it bears; so the bound is at best that of the linear program whose columns
//! are whole timelines (Dantzig and Wolfe, "Decomposition principle for linear programs", 1960). Timelines once found are
//! kept: where they show already that the tolls are worse than the best so far, nothing else is looked at in that round.
//! When the tolls have not got better for a while, they are set back to the best, and less is hoped for.

use super::columns::{Column, Columns};
use super::fares::Fares;
use super::market::Market;
use super::prices::{CLOSED, Prices, SCALE};
use super::scarce::change_tolls;
use super::ways::Ways;
use crate::facts::Facts;
use crate::term::Timed;

/// How often the tolls are changed at most. A round in which only known timelines are looked at takes microseconds.
const ROUNDS: usize = 2_000;

/// How many ways to hold a run are looked at in all, about.
const WORK: usize = 130_000_000;

/// How long to wait for better tolls, in rounds.
const PATIENCE: usize = 25;

/// What stays of the hope after waiting in vain, in per cent.
const HOPE: i64 = 50;

/// A hope for less than this, in thousandths, is given up.
const LEAST_HOPE: i64 = SCALE / 20;

/// What the timelines of all cohorts together cost at the least, in thousandths, by these rules with their weights.
pub struct Found {
    /// No valid plan has less.
    pub least: i64,
    /// Whether all sets of consultants that a cohort can meet were looked at.
    pub is_whole: bool,
}

/// The bound of these rules; `None` where there is too much to look at, or no timeline at all.
pub fn cheapest_timelines(facts: &Facts, rules: &[(i64, &dyn Timed)], prices: &Prices) -> Option<Found> {
    let ways = Ways::of(facts, prices)?;
    let mut columns = Columns::of(facts, rules, prices, &ways)?;
    let mut market = Market::of(facts, prices, columns.groups.len());
    let mut fares = Fares::of(facts, &ways, &market, prices.kinds.len());
    let mut known: Vec<Vec<Column>> = vec![Vec::new(); facts.waves.len()];
    let searches = WORK / ways.list.len().max(1);
    let (mut best, mut tolls, mut hope, mut waited) = (i64::MIN, Vec::new(), 0, 0);
    for round in 0..ROUNDS {
        let mut chosen: Vec<(i64, usize)> = known.iter().map(|known| cheapest(known, &market)).collect();
        let mut sum = value(facts, &mut market, &known, &chosen);
        if sum >= best {
            if columns.searches >= searches {
                break;
            }
            fares.update(facts, &ways, &market, prices.kinds.len());
            // Measured: eight consultants' fares take about as long as one shortest path.
            columns.searches += facts.consultants.len().div_ceil(8);
            for wave in columns.fastest_first() {
                let (chosen_one, known_ones) = (&mut chosen[wave.index()], &mut known[wave.index()]);
                for (price, column) in columns.below(wave, &fares, &mut market, chosen_one.0) {
                    *chosen_one = (price, known_ones.len());
                    known_ones.push(column);
                }
                if known_ones.is_empty() {
                    return None;
                }
                sum = value(facts, &mut market, &known, &chosen);
                if sum < best {
                    break;
                }
            }
            if sum > best {
                (best, waited) = (sum, 0);
                tolls = market.items.iter().map(|item| item.toll).collect();
            }
        }
        if round == 0 {
            hope = best.max(0) / 10 + 10 * SCALE;
        }
        waited += 1;
        if waited > PATIENCE {
            (hope, waited) = (hope * HOPE / 100, 0);
            if hope < LEAST_HOPE {
                break;
            }
            let tolls = tolls.iter().copied().chain(std::iter::repeat(0));
            market.items.iter_mut().zip(tolls).for_each(|(item, toll)| (item.toll, item.trend) = (toll, 0));
        } else if !change_tolls(&mut market.items, best + hope - sum) {
            break;
        }
    }
    if best == i64::MIN {
        return None;
    }
    Some(Found { least: best, is_whole: columns.is_whole() })
}

/// The cheapest of the timelines at the market's tolls, with its price.
fn cheapest(known: &[Column], market: &Market) -> (i64, usize) {
    let price = |column: &Column| {
        column.cost + column.uses.iter().map(|&(item, amount)| market.items[item].toll * amount).sum::<i64>()
    };
    known.iter().enumerate().map(|(at, column)| (price(column), at)).min().unwrap_or((CLOSED, 0))
}

/// What all cohorts pay when each takes the chosen timeline of its wave, less what all there is would earn; counts what
/// is used. As much as can be, where a wave has none.
fn value(facts: &Facts, market: &mut Market, known: &[Vec<Column>], chosen: &[(i64, usize)]) -> i64 {
    market.items.iter_mut().for_each(|item| item.used = 0);
    let mut sum: i128 = 0;
    for ((wave, known), &(price, at)) in facts.waves.iter().zip(known).zip(chosen) {
        let cohorts = wave.cohorts.len() as i64;
        sum += i128::from(price) * i128::from(cohorts);
        for &(item, amount) in known.get(at).iter().flat_map(|column| &column.uses) {
            market.items[item].used += amount * cohorts;
        }
    }
    let earned = market.earn();
    i64::try_from((sum - earned).min(i128::from(i64::MAX))).unwrap_or(i64::MIN)
}
