//! The cheapest timelines of all cohorts, consultant by consultant and group by group.
//!
//! The Lagrangian relaxation of [`scarce`](super::scarce), begun with its tolls, with finer items: every consultant's half
//! days, the work of each in all, and each leadership group, which some cohort must take. A cohort's timeline is priced with
//! its teams, the set of consultants that it meets and the groups whose absences it bears; where a wave's cohorts have nobody
//! but whole groups, also with what these cost together. So the bound is at best that of the linear program whose columns are
//! whole timelines (Dantzig and Wolfe, "Decomposition principle for linear programs", 1960).
//!
//! To look for timelines is what takes the time, so those once found are kept, and the tolls are changed many times as if
//! there were no others. Only when that has gone on for a while, or promises as much as is hoped for, others are looked
//! for; what is found then is a bound. When the tolls have not got better for long, they are set back to the best, and
//! less is hoped for; as long as they get better, as much is hoped for as has been gained. At the best tolls, whole waves are
//! looked at in the end ([`together`](super::together)).

use std::sync::atomic::{AtomicBool, Ordering};

use super::charges::Charges;
use super::columns::{Column, Columns};
use super::fares::Fares;
use super::market::Market;
use super::prices::{CLOSED, Prices, SCALE};
use super::scarce::change_tolls;
use super::stock::Stock;
use super::together::{Tolled, more_together};
use super::ways::Ways;
use crate::facts::Facts;

/// How often the tolls are changed at most. A round in which only known timelines are looked at takes microseconds.
const ROUNDS: usize = 10_000;

/// How many ways to hold a run are looked at in all, about, for ten units of effort or fewer.
const WORK: usize = 80_000_000;

/// For how many rounds the known timelines are taken for all there are. With 1, 10, 20 and 40 rounds and as much work,
/// 716, 753, 758 and 799 were proved for `orebro`.
const TRUSTED: usize = 40;

/// With so much of what is hoped for, in per cent, others are looked for at once.
const PROMISING: i64 = 90;

/// How long to wait for better tolls, in rounds.
const PATIENCE: usize = 300;

/// What stays of the hope after waiting in vain, in per cent.
const HOPE: i64 = 50;

/// A hope for less than this, in thousandths, is given up.
const LEAST_HOPE: i64 = SCALE / 20;

/// What is proved.
pub struct Finer {
    /// What all cohorts together cost at the least, in thousandths, ...
    pub least: i64,
    /// ... and how much more with who sits in them.
    pub with_seats: i64,
    /// For each wave, whether its cohorts are charged for their company, too.
    pub settled: Vec<bool>,
}

/// What all cohorts and consultants together cost at the least, as far as it can be shown with tolls that begin as those of
/// the stock. `None` where there is no timeline at all.
pub fn cheapest_timelines(
    facts: &Facts,
    charges: &Charges,
    prices: &Prices,
    ways: &Ways,
    stock: &Stock,
    effort: usize,
    stop: &AtomicBool,
) -> Option<Finer> {
    let mut columns = Columns::of(facts, charges, prices, ways)?;
    let mut market = Market::of(facts, prices, columns.groups.len(), charges.one_more_date());
    market.take_over(stock);
    market.share_evenly(work(facts, ways));
    let mut fares = Fares::of(facts, ways, &market, prices.kinds.len());
    let mut timelines = Timelines { facts, known: vec![Vec::new(); facts.waves.len()], chosen: Vec::new() };
    let searches = effort.div_ceil(10).saturating_mul(WORK) / ways.list.len().max(1);
    let (mut best, mut tolls, mut hope, mut gained) = (i64::MIN, Vec::new(), 0, 0);
    // Whether others are to be looked for, the round in which they were, and that in which the tolls were better or set back.
    let (mut is_due, mut looked, mut better) = (true, 0, 0);
    for round in 0..ROUNDS {
        let mut sum = timelines.choose(&mut market);
        is_due |= round - looked >= TRUSTED || sum >= best + hope * PROMISING / 100;
        if sum >= best && is_due {
            if columns.searches >= searches || stop.load(Ordering::Relaxed) {
                break;
            }
            (is_due, looked) = (false, round);
            fares.update(facts, ways, &market, prices.kinds.len());
            // Measured: eight consultants' fares take about as long as one shortest path.
            columns.searches += facts.consultants.len().div_ceil(8);
            sum = timelines.look_for_others(&mut columns, &fares, &mut market, best)?;
            if sum > best {
                if round == 0 {
                    hope = sum.max(0) / 10 + 10 * SCALE;
                } else {
                    gained += sum - best;
                    hope = hope.max(gained);
                }
                (best, better) = (sum, round);
                tolls = market.tolls();
            }
        }
        if round - better >= PATIENCE {
            (hope, gained, better) = (hope * HOPE / 100, 0, round);
            if hope < LEAST_HOPE {
                break;
            }
            set(&mut market, &tolls);
        } else if !change_tolls(&mut market.items, best + hope - sum) {
            // Of the known timelines all fit together; of all there are, if others have just been looked for.
            if looked == round {
                break;
            }
            is_due = true;
        }
    }
    if best == i64::MIN {
        return None;
    }
    set(&mut market, &tolls);
    fares.update(facts, ways, &market, prices.kinds.len());
    let at = Tolled { facts, columns: &columns, fares: &fares, market: &market };
    let (more, with_seats) = more_together(&at, charges, effort, stop);
    Some(Finer { least: best + more, with_seats, settled: columns.settled })
}

/// Sets the tolls as they were, and those of what was not there then to nothing.
fn set(market: &mut Market, tolls: &[i64]) {
    let tolls = tolls.iter().copied().chain(std::iter::repeat(0));
    market.items.iter_mut().zip(tolls).for_each(|(item, toll)| (item.toll, item.trend) = (toll, 0));
}

/// How many half days all consultants together work at the least.
fn work(facts: &Facts, ways: &Ways) -> i64 {
    let of_module = |module: usize| {
        let days = 0..=facts.slots.days - 1;
        let least = ways.within(module, &days).map(|way| ways.list[way].work).min();
        facts.modules[module].consultants as i64 * least.unwrap_or(0)
    };
    facts.cohorts.len() as i64 * (0..facts.modules.len()).map(of_module).sum::<i64>()
}

/// The timelines that were found.
struct Timelines<'a> {
    facts: &'a Facts,
    /// Of each wave.
    known: Vec<Vec<Column>>,
    /// For each wave, the cheapest of them at the present tolls: its price and its place.
    chosen: Vec<(i64, usize)>,
}

impl Timelines<'_> {
    /// Chooses the cheapest known one for each wave; what that is worth.
    fn choose(&mut self, market: &mut Market) -> i64 {
        let tolls = market.tolls();
        let cheapest = |known: &Vec<Column>| {
            known.iter().enumerate().map(|(at, column)| (column.price(&tolls), at)).min().unwrap_or((CLOSED, 0))
        };
        self.chosen = self.known.iter().map(cheapest).collect();
        self.value(market)
    }

    /// Looks for cheaper ones, wave by wave as long as it is worth no less than `least`; what they are worth then. `None`
    /// where a wave has no timeline at all.
    fn look_for_others(
        &mut self,
        columns: &mut Columns,
        fares: &Fares,
        market: &mut Market,
        least: i64,
    ) -> Option<i64> {
        let mut sum = self.value(market);
        for wave in columns.fastest_first() {
            let (chosen, known) = (&mut self.chosen[wave.index()], &mut self.known[wave.index()]);
            for (price, column) in columns.below(wave, fares, market, chosen.0) {
                *chosen = (price, known.len());
                known.push(column);
            }
            if known.is_empty() {
                return None;
            }
            sum = self.value(market);
            if sum < least {
                break;
            }
        }
        Some(sum)
    }

    /// What all cohorts pay when each takes the chosen timeline of its wave, less what all there is would earn; counts what
    /// is used. As much as can be, where a wave has none.
    fn value(&self, market: &mut Market) -> i64 {
        market.items.iter_mut().for_each(|item| item.used = 0);
        let mut sum: i128 = 0;
        for ((wave, known), &(price, at)) in self.facts.waves.iter().zip(&self.known).zip(&self.chosen) {
            let cohorts = wave.cohorts.len() as i64;
            sum += i128::from(price) * i128::from(cohorts);
            for &(item, amount) in known.get(at).iter().flat_map(|column| &column.uses) {
                market.items[item as usize].used += i64::from(amount) * cohorts;
            }
        }
        let earned = market.earn();
        i64::try_from((sum - earned).min(i128::from(i64::MAX))).unwrap_or(i64::MIN)
    }
}
