//! The search: a first plan, then simulated annealing on islands that meet at fixed steps.
//!
//! What an island does depends on the seed, the island's number and the steps alone, never on threads or clocks; the clock only
//! decides after which meeting the search ends. `docs/search.md` explains it, and what was tried and dropped.

pub mod acceptance;
pub mod annealing;
mod choices;
mod construct;
mod gap_costs;
mod history;
mod incumbent;
mod island;
mod moves;
pub mod offers;
#[cfg(feature = "internals")]
pub mod probe;
mod replica;
mod resources;
pub mod seating;
pub mod state;
mod timeline;
mod times;

use std::time::Instant;

use rayon::prelude::*;

use crate::facts::Facts;
use crate::rng::Rng;
use crate::score::Score;
use acceptance::{LogTable, Threshold};
use annealing::{AcceptanceRates, Clock, Cooling, Limit, Schedule, Tempering, temperature_range};
use choices::Choices;
use incumbent::Incumbent;
use island::{Island, Worsenings};
use replica::{Layout, Replica};
use state::{Snapshot, State};

/// The price of a hard breach while the first local optimum is looked for, in soft cost: more than anything soft.
const DEAR: i64 = 1_000_000_000;

/// The least price of a hard breach afterwards, in mean worsenings. Measured.
const HARD: i64 = 5;

/// Candidates that are priced to learn what a change costs in this problem.
const SAMPLES: usize = 5_000;

/// Until pilots have shown where plans freeze, a cooling begins at the temperature at which this share of all candidates would be
/// accepted though they make a first local optimum worse. Measured.
const WARM_SHARE: f64 = 0.1;

/// A cooling ends this many times colder than it begins, unless temperatures are exchanged. Measured.
const COOLED: f64 = 24.0;

/// Where temperatures are exchanged, the search for the temperature at which plans freeze begins at the temperature of this share.
const TEMPERING_WARM_SHARE: f64 = 0.03;

/// Steps of the first descent for each manager and run ...
const DESCENT: u64 = 80;

/// ... and the most for each island.
const LONGEST_DESCENT: u64 = 40_000;

/// The most steps of the first descent of a replica where there are no runs.
const LONGEST_SEATING: u64 = 1_000_000;

/// Where a search is, for those who watch.
#[derive(Clone, Copy, Debug)]
pub struct News {
    /// Candidates so far.
    pub steps: u64,
    /// The best score so far.
    pub score: Score,
}

/// How a search ends.
#[derive(Debug)]
pub struct SearchOutcome {
    /// The best plan.
    pub best: Snapshot,
    /// The score that the search has kept for it, by following its edits; the checker has not been asked.
    pub score: Score,
    /// Candidates done; with a number of steps as the limit, that number, even where the search ended early since nothing can be
    /// better.
    pub steps: u64,
    /// With which schedule the same number of steps repeats the search.
    pub schedule: Schedule,
    /// Whether the steps alone repeat it.
    pub is_plain: bool,
}

/// Seats everyone and books every run of a state; what is there stays.
pub fn complete(state: &mut State, seed: u64) {
    construct::complete(state, &Choices::of(state.facts()), &mut Rng::new(seed, u64::MAX));
}

/// Searches from a complete state until the limit is reached (with a number of steps, by the schedule of the search that is
/// repeated, if one is), `goes_on` says no, or `is_optimal` says that nothing can be better.
/// `goes_on` is told the news after the first descent and after every meeting; only after a meeting its answer counts. When
/// `is_optimal` first says yes changes nothing but the time: of equal plans the first one stays the best.
pub fn search(
    start: State,
    seed: u64,
    limit: Limit,
    repeated: Option<Schedule>,
    began: Instant,
    is_optimal: &(dyn Fn(Score) -> bool + Sync),
    goes_on: &mut dyn FnMut(News) -> bool,
) -> SearchOutcome {
    let facts = start.facts();
    let all = Choices::of(facts);
    let layout = Layout::of(facts);
    let islands = layout.islands() as u64;
    let mut clock = Clock::new(limit, repeated, began, islands, layout.epoch);
    let first = Island::new(start, all.clone(), Rng::new(seed, islands), DEAR);
    if first.is_settled() {
        let (best, score) = (first.state.snapshot(), first.state.score());
        return SearchOutcome { best, score, steps: 0, schedule: clock.repeated_by(0), is_plain: clock.is_plain() };
    }
    let mut replicas: Vec<Replica> =
        (0..layout.replicas).map(|number| Replica::new(&first, seed, number, layout)).collect();
    drop(first);
    let elements = (facts.managers.len() + facts.run_count()) as u64;
    // Fewer steps than a round are all spent on the descent.
    let is_short = clock.most() < clock.round();
    let descent = descent(facts, elements, layout).min(if is_short { clock.most() } else { u64::MAX });
    for before in (0..descent).step_by(clock.round() as usize) {
        let round = clock.round().min(descent - before);
        do_round(&mut replicas, &all, &vec![Cooling::FROZEN; layout.replicas], before, round);
    }
    // A search that ended here could not be repeated, since the descent is not counted as steps.
    goes_on(News { steps: 0, score: best_of(&replicas, 0).1.score() });
    let worsenings: Worsenings = replicas.iter_mut().map(|replica| replica.islands[0].worsenings(SAMPLES)).sum();
    let (logs, mut tempering) = (LogTable::default(), Tempering::new(facts, layout.replicas, seed));
    let threshold = Threshold { hard_price: HARD * worsenings.mean(), most: 0 };
    replicas.iter_mut().for_each(|replica| replica.price_hard(threshold.hard_price));
    let (mut warm, mut cold) = if tempering.exchanges() && !is_short {
        let warm = worsenings.temperature(TEMPERING_WARM_SHARE);
        temperature_range::find(layout.islands(), facts.managers.len(), warm, |before, steps, temperature| {
            do_round(&mut replicas, &all, &vec![Cooling::steady(temperature); layout.replicas], before, steps);
            let islands = replicas.iter_mut().flat_map(|replica| &mut replica.islands);
            islands.map(Island::take_worsened).sum()
        })
    } else {
        let warm = worsenings.temperature(WARM_SHARE);
        (warm, warm / COOLED)
    };
    let mut done = 0;
    let mut leader = 0;
    loop {
        let round = clock.next_round(done);
        if round == 0 {
            break;
        }
        if !tempering.exchanges() && clock.begins_cooling(done) {
            let islands = replicas.iter().flat_map(|replica| &replica.islands);
            let rates: AcceptanceRates = islands.map(|island| &island.rates).sum();
            if let Some(freezing) = rates.freezing_temperature() {
                (warm, cold) = (freezing * COOLED, freezing);
            }
        }
        let cooling = tempering.lowest(clock.cooling(warm, cold, elements, done));
        do_round(&mut replicas, &all, &tempering.coolings(&cooling), done, round);
        done += round;
        let cost = |replica: usize| threshold.price(replicas[replica].islands[0].state.score());
        tempering.meet(cooling.at(done / islands), &logs, cost);
        clock.plan(done);
        let best;
        (leader, best) = best_of(&replicas, leader);
        if !goes_on(News { steps: done, score: best.score() }) {
            clock.stop(done);
        }
        if is_optimal(best.score()) {
            break;
        }
    }
    let best = best_of(&replicas, leader).1;
    SearchOutcome {
        best: best.snapshot().clone(),
        score: best.score(),
        steps: clock.told(done),
        schedule: clock.repeated_by(done),
        is_plain: clock.is_plain(),
    }
}

/// How many steps lead to something like a local optimum. Where seats are all there is, steps are quick, and every swap is tried
/// several times: a plan far from a local optimum would suggest too cold a temperature.
fn descent(facts: &Facts, elements: u64, layout: Layout) -> u64 {
    if facts.run_count() == 0 {
        return (2 * elements * elements).min(LONGEST_SEATING) * layout.replicas as u64;
    }
    (DESCENT * elements * layout.replicas as u64).min(LONGEST_DESCENT * layout.islands() as u64)
}

/// Has all islands together do `round` steps after `done`, each replica at its temperatures, and meet.
fn do_round(replicas: &mut [Replica], all: &Choices, coolings: &[Cooling], done: u64, round: u64) {
    let parts = replicas[0].islands.len();
    let islands = (replicas.len() * parts) as u64;
    let share = |steps: u64, number: u64| (steps + islands - 1 - number) / islands;
    replicas.par_iter_mut().enumerate().for_each(|(replica_number, replica)| {
        replica.deal(all);
        replica.islands.par_iter_mut().enumerate().for_each(|(part, island)| {
            let number = (replica_number * parts + part) as u64;
            let before = share(done, number);
            island.run(&coolings[replica_number], before, share(done + round, number) - before);
        });
        replica.meet();
    });
}

/// The best plan that any island has seen, with the island's number; of equals the one that led before.
fn best_of<'a>(replicas: &'a [Replica], leader: usize) -> (usize, &'a Incumbent) {
    let islands = replicas.iter().flat_map(|replica| &replica.islands).map(|island| &island.history.incumbent);
    let better = |(number, incumbent): &(usize, &Incumbent)| (incumbent.score(), *number != leader);
    islands.enumerate().min_by_key(better).unwrap_or((0, &replicas[0].islands[0].history.incumbent))
}
