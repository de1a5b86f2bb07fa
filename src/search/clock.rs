//! When a search ends, and how long it is meant to be.

use std::time::{Duration, Instant};

use super::Limit;
use super::island::Cooling;
use super::schedule;

/// A search with this many steps for each manager and run is long.
const LONG: u64 = 10_000;

/// With a horizon of fewer rounds than this, cooling begins at once.
const SHORT: u64 = 10;

/// How many rounds are assumed while nothing is known.
const USUAL: u64 = 100;

/// Of the time that is left after the first round, so many per cent are planned for.
const PLANNED: u128 = 96;

/// Turns a limit into rounds (an epoch of every island) and a horizon.
pub struct Clock {
    limit: Limit,
    began: Instant,
    annealing: Option<Instant>,
    islands: u64,
    /// Steps of one island between two meetings.
    epoch: u64,
    /// `None` until a time limit has become a number of steps.
    horizon: Option<u64>,
    /// Set when the end has come early, to the number of steps to end with.
    end: Option<u64>,
}

impl Clock {
    /// The clock of a search by so many islands, with so many steps between two meetings, that began at `began`.
    pub fn new(limit: Limit, began: Instant, islands: u64, epoch: u64) -> Clock {
        let horizon = match limit {
            Limit::Steps(steps) => Some(schedule::horizon(steps)),
            Limit::Time(_) => None,
        };
        Clock { limit, began, annealing: None, islands, epoch, horizon, end: None }
    }

    /// The steps of a full round.
    pub fn round(&self) -> u64 {
        self.epoch * self.islands
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
        self.annealing.get_or_insert_with(Instant::now);
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
        let told = match self.limit {
            Limit::Time(_) => self.repeated_by(done),
            Limit::Steps(_) => None,
        };
        self.end.get_or_insert(told.unwrap_or(done));
    }

    /// The number of steps that says how long this search was meant to be, if one near `done` does.
    pub fn repeated_by(&self, done: u64) -> Option<u64> {
        match self.limit {
            Limit::Steps(steps) => Some(steps),
            Limit::Time(_) => self.horizon.and_then(|horizon| schedule::steps_that_tell(done, horizon)),
        }
    }

    /// One island's cooling from `warm` to `cold`, for a search that is long for what there is to search. A shorter one
    /// begins colder, since it would not come back from so warm. While the horizon is not known the search counts as one
    /// of [`USUAL`] rounds, and so it does in the first round of any search that is not short: that round is what a
    /// horizon is guessed from.
    pub fn cooling(&self, warm: f64, cold: f64, elements: u64) -> Cooling {
        let horizon = self.horizon.unwrap_or(u64::MAX);
        let lead = if horizon < SHORT * self.round() { 0 } else { self.epoch };
        let less = |steps: u64| libm::sqrt(steps as f64 / (elements * LONG) as f64).min(1.0);
        Cooling {
            first: warm * less(USUAL * self.round()),
            lead,
            warm: warm * less(horizon),
            cold: cold * less(horizon),
            steps: horizon / self.islands,
        }
    }

    /// After the first round, guesses how many steps the time allows.
    pub fn plan(&mut self, done: u64) {
        if let (Limit::Time(time), None, Some(annealing)) = (self.limit, self.horizon, self.annealing) {
            let spent = annealing.elapsed().max(Duration::from_micros(1));
            let left = time.saturating_sub(self.began.elapsed());
            let more = u128::from(done) * left.as_micros() * PLANNED / (100 * spent.as_micros());
            let least = schedule::rung_over(SHORT * self.round()).1;
            self.horizon = Some(schedule::rung_under(done + more as u64).max(least));
        }
    }
}
