//! When a search ends, and how long it is meant to be.

use std::time::{Duration, Instant};

use super::Limit;
use super::island::Cooling;
use super::schedule::{self, Schedule};

/// A cooling with this many steps for each manager and run is long.
const LONG: u64 = 2_500;

/// So many per cent of what the last pilot has shown to be possible are planned for: steps get cheaper as plans get better,
/// but a cooling that is cut off ends too warm.
const PLANNED: u128 = 105;

/// Turns a limit into rounds (an epoch of every island) and a schedule.
pub struct Clock {
    limit: Limit,
    began: Instant,
    /// When the pilot began that is under way.
    pilot_began: Option<Instant>,
    islands: u64,
    /// Steps of one island between two meetings.
    epoch: u64,
    /// `None` while there are pilots, until a time limit has become a number of steps.
    schedule: Option<Schedule>,
    /// Set when the end has come early, to the number of steps to end with.
    end: Option<u64>,
}

impl Clock {
    /// The clock of a search by so many islands, with so many steps between two meetings, that began at `began`.
    pub fn new(limit: Limit, began: Instant, islands: u64, epoch: u64) -> Clock {
        let schedule = match limit {
            Limit::Steps(steps) => Some(Schedule::of(steps, epoch * islands)),
            Limit::Time(_) => None,
        };
        Clock { limit, began, pilot_began: None, islands, epoch, schedule, end: None }
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
        self.pilot_began.get_or_insert_with(Instant::now);
        if let Limit::Time(time) = self.limit
            && done > 0
            && self.began.elapsed() >= time
        {
            self.stop(done);
        }
        self.end.unwrap_or(self.most()).saturating_sub(done).min(self.round())
    }

    /// Ends the search as soon as the steps done tell the schedule.
    pub fn stop(&mut self, done: u64) {
        if self.schedule.is_none() {
            // What would have come after the pilot under way does not matter any more.
            let pilots = u64::from((done / self.round()).ilog2()) + 1;
            self.schedule = Some(Schedule { pilots, horizon: schedule::rung_under(done) });
        }
        let told = match self.limit {
            Limit::Time(_) => self.repeated_by(done),
            Limit::Steps(_) => None,
        };
        self.end.get_or_insert(told.unwrap_or(done));
    }

    /// The number of steps that tells the schedule of this search, if one near `done` does.
    pub fn repeated_by(&self, done: u64) -> Option<u64> {
        match self.limit {
            Limit::Steps(steps) => Some(steps),
            Limit::Time(_) => self.schedule.and_then(|schedule| schedule.steps_that_tell(done, self.round())),
        }
    }

    /// One island's cooling from `warm` to `cold` when `done` steps are done, where it is long for what there is to
    /// search. A shorter one begins colder, since it would not come back from so warm.
    pub fn cooling(&self, warm: f64, cold: f64, elements: u64, done: u64) -> Cooling {
        let (from, to) = match self.schedule {
            Some(schedule) => schedule.cooling(done, self.round()),
            None => schedule::pilot(done, self.round()),
        };
        let less = libm::sqrt(to.saturating_sub(from) as f64 / (elements * LONG) as f64).min(1.0);
        Cooling { warm: warm * less, cold: cold * less, quench: 1.0, from: from / self.islands, to: to / self.islands }
    }

    /// After the last pilot, guesses how many steps the time allows: the last is the one after which another, twice as
    /// long, would take too much of the time.
    pub fn plan(&mut self, done: u64) {
        let (Limit::Time(time), None, Some(pilot_began)) = (self.limit, self.schedule, self.pilot_began) else {
            return;
        };
        let rounds = done / self.round();
        if !(rounds + 1).is_power_of_two() {
            return;
        }
        let spent = pilot_began.elapsed().max(Duration::from_micros(1));
        // Those before have taken as long as this one, nearly.
        if 4 * spent * (schedule::PART as u32) < time {
            self.pilot_began = None;
            return;
        }
        let pilots = u64::from((rounds + 1).ilog2());
        let (from, to) = schedule::pilot(done - self.round(), self.round());
        let left = time.saturating_sub(self.began.elapsed());
        let more = u128::from(to - from) * left.as_micros() * PLANNED / (100 * spent.as_micros());
        self.schedule = Some(Schedule { pilots, horizon: schedule::rung_under(done + more as u64) });
    }
}
