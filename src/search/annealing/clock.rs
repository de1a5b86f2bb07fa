//! When a search ends, and how long it is going to be.

use std::time::{Duration, Instant};

use super::cooling::Cooling;
use super::limit::Limit;
use super::schedule::{self, CoolingSpan, Schedule};

/// A cooling with this many steps for each manager and run is long enough to begin at full warmth. Measured.
const LONG: u64 = 2_500;

/// After the first eighth of a cooling a step takes this share of the time it took before, in hundredths, on average: the colder
/// it is, the fewer changes are made. Measured.
const AFTER_FIRST: u32 = 60;

/// At the second look, steps are expected to get faster by the ratio seen between the looks, to this power. Measured.
const GOES_ON: f64 = 1.5;

/// They get no faster than this share of the time before. Measured.
const LEAST: f64 = 0.3;

/// Turns a limit into rounds (one epoch of every island) and a schedule.
pub struct Clock {
    limit: Limit,
    repeated: Option<Schedule>,
    began: Instant,
    /// When the cooling under way began.
    cooling_began: Option<Instant>,
    /// The steps and the time of the first look, and the time half way to the second.
    looked: Option<(u64, Instant)>,
    between: Option<Instant>,
    islands: u64,
    /// Steps of one island between two meetings.
    epoch: u64,
    /// `None` during the pilots of a search with a time limit.
    schedule: Option<Schedule>,
    /// The number of steps to end with, once that is known early.
    end: Option<u64>,
}

impl Clock {
    /// The clock of a search that began at `began`, with `epoch` steps of each island between two meetings. With a number of steps,
    /// `repeated` is the schedule of the search that is repeated.
    pub fn new(limit: Limit, repeated: Option<Schedule>, began: Instant, islands: u64, epoch: u64) -> Clock {
        let schedule = match limit {
            Limit::Steps(steps) => Some(repeated.unwrap_or(Schedule::of(steps, epoch * islands))),
            Limit::Time(_) => None,
        };
        Clock {
            limit,
            repeated,
            began,
            cooling_began: None,
            looked: None,
            between: None,
            islands,
            epoch,
            schedule,
            end: None,
        }
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

    /// The number of steps of the next round; 0 when the search is over.
    pub fn next_round(&mut self, done: u64) -> u64 {
        self.cooling_began.get_or_insert_with(Instant::now);
        if let Limit::Time(time) = self.limit
            && done > 0
            && self.began.elapsed() >= time
        {
            self.stop(done);
        }
        self.end.unwrap_or(self.most()).saturating_sub(done).min(self.round())
    }

    /// Ends the search with the steps done.
    pub fn stop(&mut self, done: u64) {
        self.end.get_or_insert(done);
    }

    /// The number of steps to be told of a search that ends with `done`: what was asked for, where that is a number of steps and the
    /// search was not stopped.
    pub fn told(&self, done: u64) -> u64 {
        match self.limit {
            Limit::Time(_) => done,
            Limit::Steps(steps) => self.end.unwrap_or(steps),
        }
    }

    /// The schedule that repeats a search that ends with `done` steps.
    pub fn repeated_by(&self, done: u64) -> Schedule {
        self.schedule.unwrap_or_else(|| {
            let pilots = u64::from((done / self.round()).max(1).ilog2()) + 1;
            Schedule::of_pilots(pilots, self.round())
        })
    }

    /// Whether the number of steps alone repeats the search, since it is what was asked for.
    pub fn is_plain(&self) -> bool {
        matches!(self.limit, Limit::Steps(_)) && self.end.is_none() && self.repeated.is_none()
    }

    /// One island's cooling from `warm` to `cold` when `done` steps are done. A cooling that is short for a plan with this many
    /// managers and runs begins colder, since it would not come back from full warmth.
    pub fn cooling(&self, warm: f64, cold: f64, elements: u64, done: u64) -> Cooling {
        let CoolingSpan { from, to, planned } = self.span(done);
        let less = libm::sqrt(planned as f64 / (elements * LONG) as f64).min(1.0);
        let islands = self.islands as i64;
        Cooling { warm: warm * less, cold: cold * less, quench: 1.0, from: from / islands, to: to / islands }
    }

    /// Whether a cooling begins with the step after `done`.
    pub fn begins_cooling(&self, done: u64) -> bool {
        self.span(done).from == done as i64
    }

    fn span(&self, done: u64) -> CoolingSpan {
        match self.schedule {
            Some(schedule) => schedule.cooling(done, self.round()),
            None => schedule::pilot(done, self.round()),
        }
    }

    /// After a round of a search with a time limit, estimates how many steps the time allows: when the last pilot is done, and
    /// again at each look.
    pub fn plan(&mut self, done: u64) {
        let (Limit::Time(time), Some(began), None) = (self.limit, self.cooling_began, self.end) else { return };
        let left = time.saturating_sub(self.began.elapsed());
        match (self.schedule, self.looked) {
            (None, _) => self.plan_first(left, began.elapsed(), done),
            (Some(schedule), None) if schedule.look(0, self.round()) == Some(done) => {
                self.looked = Some((done, Instant::now()));
                let steps = done - schedule.piloted(self.round());
                let more = steps_in(left, steps, began.elapsed() * AFTER_FIRST / 100);
                self.schedule = Some(schedule.stretched(0, more, self.round()));
            }
            (Some(schedule), Some((from, looked))) => self.look_again(schedule, from, looked, left, done),
            _ => (),
        }
    }

    /// At the second look. The first and the second half of the steps since the first look show how much faster steps get as it
    /// gets colder; the rest is expected to get faster once more by as much.
    fn look_again(&mut self, schedule: Schedule, from: u64, looked: Instant, left: Duration, done: u64) {
        let Some(at) = schedule.look(1, self.round()) else { return };
        if done >= from.midpoint(at) {
            self.between.get_or_insert_with(Instant::now);
        }
        if let Some(between) = self.between
            && done == at
        {
            let seen = between.elapsed().as_secs_f64() / (between - looked).as_secs_f64().max(1e-9);
            let spent = looked.elapsed().mul_f64(seen.powf(GOES_ON).clamp(LEAST, 1.0));
            let more = steps_in(left, done - from, spent);
            self.schedule = Some(schedule.stretched(1, more, self.round()));
        }
    }

    /// The last pilot is the one after which another, twice as long, would take too much of the time.
    fn plan_first(&mut self, left: Duration, spent: Duration, done: u64) {
        let round = self.round();
        let pilot = schedule::pilot(done - round, round);
        if pilot.to != done as i64 {
            return;
        }
        self.cooling_began = None;
        // The pilots before this one have taken nearly as long together.
        if 4 * spent * (schedule::PILOTS_PART as u32) < left {
            return;
        }
        let pilots = u64::from((done / round + 1).ilog2());
        self.schedule = Some(Schedule::planned(pilots, done + steps_in(left, pilot.planned, spent), round));
    }
}

/// How many steps the time left allows when `steps` take as long as `spent`.
fn steps_in(left: Duration, steps: u64, spent: Duration) -> u64 {
    let more = u128::from(steps) * left.as_micros() / spent.as_micros().max(1);
    u64::try_from(more).unwrap_or(u64::MAX / 4)
}
