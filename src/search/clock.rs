//! When a search ends, and how long it is meant to be.

use std::time::{Duration, Instant};

use super::Limit;
use super::island::Cooling;
use super::schedule;

/// Steps of one island between two meetings.
const EPOCH: u64 = 20_000;

/// With a horizon of fewer rounds than this, cooling begins at once.
const SHORT: u64 = 10;

/// Of the time that is left after the first round, so many per cent are planned for.
const PLANNED: u128 = 96;

/// Turns a limit into rounds (an epoch of every island) and a horizon.
pub struct Clock {
    limit: Limit,
    began: Instant,
    annealing: Instant,
    islands: u64,
    /// `None` until a time limit has become a number of steps.
    horizon: Option<u64>,
    /// Set when the end has come early, to the number of steps to end with.
    end: Option<u64>,
}

impl Clock {
    /// The clock of a search by so many islands that began at `began`.
    pub fn new(limit: Limit, began: Instant, islands: u64) -> Clock {
        let horizon = match limit {
            Limit::Steps(steps) => Some(schedule::horizon(steps)),
            Limit::Time(_) => None,
        };
        Clock { limit, began, annealing: Instant::now(), islands, horizon, end: None }
    }

    /// The steps of a full round.
    pub fn round(&self) -> u64 {
        EPOCH * self.islands
    }

    /// The most steps there can be.
    pub fn most(&self) -> u64 {
        match self.limit {
            Limit::Steps(steps) => steps,
            Limit::Time(_) => u64::MAX,
        }
    }

    /// How many steps the next round has; 0: the search is over.
    pub fn next_round(&mut self, done: u64) -> u64 {
        if let Limit::Time(time) = self.limit
            && done > 0
            && self.began.elapsed() >= time
        {
            self.stop(done);
        }
        self.end.unwrap_or(self.most()).saturating_sub(done).min(self.round())
    }

    /// Ends the search as soon as the steps done tell the horizon.
    pub fn stop(&mut self, done: u64) {
        let told = match (self.limit, self.horizon) {
            (Limit::Time(_), Some(horizon)) => schedule::steps_that_tell(done, horizon),
            _ => None,
        };
        self.end.get_or_insert(told.unwrap_or(done));
    }

    /// One island's cooling from `warm` to `cold`. While the horizon is not known it is warm, and so it is in the first
    /// round of any search that is not short: that round is what a horizon is guessed from.
    pub fn cooling(&self, warm: f64, cold: f64) -> Cooling {
        let horizon = self.horizon.unwrap_or(u64::MAX);
        let lead = if horizon < SHORT * self.round() { 0 } else { EPOCH };
        Cooling { warm, cold, lead, steps: horizon / self.islands }
    }

    /// After the first round, guesses how many steps the time allows.
    pub fn plan(&mut self, done: u64) {
        if let (Limit::Time(time), None) = (self.limit, self.horizon) {
            let spent = self.annealing.elapsed().max(Duration::from_micros(1));
            let left = time.saturating_sub(self.began.elapsed());
            let more = u128::from(done) * left.as_micros() * PLANNED / (100 * spent.as_micros());
            let least = schedule::rung_over(SHORT * self.round()).1;
            self.horizon = Some(schedule::rung_under(done + more as u64).max(least));
        }
    }
}
