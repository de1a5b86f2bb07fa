//! The search: a first plan, then simulated annealing on islands that meet at fixed steps.
//!
//! What an island does depends on the seed, the island's number and the steps alone, never on threads or clocks; the
//! clock only says after which meeting the search ends.

mod choices;
mod construct;
mod furnish;
mod incumbent;
mod island;
mod moves;
mod schedule;
mod times;

use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::rng::Rng;
use crate::score::Score;
use crate::state::{Snapshot, State};
use choices::Choices;
use island::{Cooling, Island, Shared};

/// How many islands there are, whatever the machine.
const ISLANDS: usize = 4;

/// Steps of one island between two meetings.
const EPOCH: u64 = 20_000;

/// Of the time that is left at the first meeting, so many per cent are planned for.
const PLANNED: u128 = 96;

/// Candidates that are priced to learn what a change costs in this problem.
const SAMPLES: usize = 2_000;

/// How long to search.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    /// Wall-clock time from the call.
    Time(Duration),
    /// Work: the number of candidate moves, over all islands.
    Steps(u64),
}

/// Where a search is, for those who watch.
#[derive(Clone, Copy, Debug)]
pub struct News {
    /// Candidate moves so far.
    pub steps: u64,
    /// The best score so far.
    pub score: Score,
}

/// What a search ends with.
#[derive(Debug)]
pub struct Found {
    /// The best plan.
    pub best: Snapshot,
    /// Candidate moves done.
    pub steps: u64,
}

/// Seats everyone and books every run of a state; what is there stays.
pub fn complete(state: &mut State, seed: u64) {
    construct::complete(state, &Choices::of(state.facts()), &mut Rng::new(seed, u64::MAX));
}

/// Searches from a complete state until the limit is reached or `goes_on` (told the news after every meeting) says no.
pub fn search(start: State, seed: u64, limit: Limit, began: Instant, goes_on: &mut dyn FnMut(News) -> bool) -> Found {
    let shared = Shared::new(Choices::of(start.facts()));
    if shared.is_settled() {
        return Found { best: start.snapshot(), steps: 0 };
    }
    let mut clock = Clock::new(limit, began);
    let mut islands = islands(start, seed, &shared, &clock);
    let scale = islands[0].clone().mean_worsening(&shared, SAMPLES) as f64;
    let warm = std::env::var("WARM").ok().and_then(|s| s.parse::<f64>().ok()).unwrap_or(0.2);
    let cold = std::env::var("COLD").ok().and_then(|s| s.parse::<f64>().ok()).unwrap_or(0.01);
    let mut done = 0;
    loop {
        let epoch = clock.epoch(done);
        if epoch == 0 {
            break;
        }
        let cooling = clock.cooling(scale * warm, scale * cold);
        islands.par_iter_mut().enumerate().for_each(|(number, island)| {
            let share = |steps: u64| (steps + (ISLANDS - 1 - number) as u64) / ISLANDS as u64;
            island.run(&shared, &cooling, share(done), share(done + epoch) - share(done));
        });
        done += epoch;
        clock.plan(done);
        let best = best_of(&islands);
        if !goes_on(News { steps: done, score: islands[best].incumbent.score() }) {
            clock.stop(done);
        }
    }
    let best = best_of(&islands);
    Found { best: islands[best].incumbent.snapshot().clone(), steps: done }
}

/// The islands at the start: all from one state, which was brought down to a first local optimum.
fn islands<'p>(start: State<'p>, seed: u64, shared: &Shared, clock: &Clock) -> Vec<Island<'p>> {
    let facts = start.facts();
    let steps = (20 * (facts.managers.len() + facts.run_count()) as u64).min(ROUND).min(clock.most());
    let mut first = Island::new(start, Rng::new(seed, ISLANDS as u64), 1_000_000);
    first.run(shared, &Cooling::frozen(), 0, steps);
    let hard_price = 5 * first.clone().mean_worsening(shared, SAMPLES);
    let island = |number| Island::new(first.state.clone(), Rng::new(seed, number), hard_price);
    (0..ISLANDS as u64).map(island).collect()
}

fn best_of(islands: &[Island]) -> usize {
    (0..islands.len()).min_by_key(|&number| islands[number].incumbent.score()).unwrap_or(0)
}

/// Turns a limit into epochs and a horizon.
struct Clock {
    limit: Limit,
    began: Instant,
    annealing: Instant,
    /// `None` until a time limit has become a number of steps.
    horizon: Option<u64>,
    /// Set when the end has come early, to the number of steps to end with.
    end: Option<u64>,
}

/// Steps of all islands between two meetings.
const ROUND: u64 = EPOCH * ISLANDS as u64;

/// With a horizon of fewer rounds than this, cooling begins at once.
const SHORT: u64 = 10 * ROUND;

impl Clock {
    fn new(limit: Limit, began: Instant) -> Clock {
        let horizon = match limit {
            Limit::Steps(steps) => Some(schedule::horizon(steps)),
            Limit::Time(_) => None,
        };
        Clock { limit, began, annealing: Instant::now(), horizon, end: None }
    }

    /// The most steps there can be.
    fn most(&self) -> u64 {
        match self.limit {
            Limit::Steps(steps) => steps,
            Limit::Time(_) => u64::MAX,
        }
    }

    /// How many steps the next epoch has; 0: the search is over.
    fn epoch(&mut self, done: u64) -> u64 {
        if let Limit::Time(time) = self.limit
            && done > 0
            && self.began.elapsed() >= time
        {
            self.stop(done);
        }
        self.end.unwrap_or(self.most()).saturating_sub(done).min(ROUND)
    }

    /// Ends the search as soon as the steps done tell the horizon.
    fn stop(&mut self, done: u64) {
        let told = match (self.limit, self.horizon) {
            (Limit::Time(_), Some(horizon)) => schedule::steps_that_tell(done, horizon),
            _ => None,
        };
        self.end.get_or_insert(told.unwrap_or(done));
    }

    /// One island's cooling. While the horizon is not known it is warm, and so it is in the first round of any search
    /// that is not short: that round is what a horizon is guessed from.
    fn cooling(&self, warm: f64, cold: f64) -> Cooling {
        let islands = ISLANDS as u64;
        let horizon = self.horizon.unwrap_or(u64::MAX);
        let lead = if horizon < SHORT { 0 } else { EPOCH };
        Cooling { warm, cold, lead, steps: horizon / islands }
    }

    /// After the first round, guesses how many steps the time allows.
    fn plan(&mut self, done: u64) {
        if let (Limit::Time(time), None) = (self.limit, self.horizon) {
            let spent = self.annealing.elapsed().max(Duration::from_micros(1));
            let left = time.saturating_sub(self.began.elapsed());
            let more = u128::from(done) * left.as_micros() * PLANNED / (100 * spent.as_micros());
            self.horizon = Some(schedule::rung_under(done + more as u64).max(schedule::rung_over(SHORT).1));
        }
    }
}
