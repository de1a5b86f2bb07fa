//! When a search ends, and how long it is meant to be.

use std::time::{Duration, Instant};

use super::Limit;
use super::cooling::Cooling;
use super::schedule::{self, Schedule, Span};

/// A cooling with this many steps for each manager and run is long.
const LONG: u64 = 2_500;

/// After the first eighth of a cooling a step takes so many hundredths of the time, on average: where it is colder less is
/// changed.
const AFTER_FIRST: u32 = 60;

/// How much less time a step takes where it is colder, at the last look: so much as was seen before it, to this power.
const GOES_ON: f64 = 1.5;

/// It takes this share of the time before it at the least.
const LEAST: f64 = 0.3;

/// Turns a limit into rounds (an epoch of every island) and a schedule.
pub struct Clock {
    limit: Limit,
    began: Instant,
    /// When the cooling began that is under way.
    cooling_began: Option<Instant>,
    /// The steps and the time of the first look, and the time half way to the second.
    looked: Option<(u64, Instant)>,
    between: Option<Instant>,
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
        Clock { limit, began, cooling_began: None, looked: None, between: None, islands, epoch, schedule, end: None }
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
        self.cooling_began.get_or_insert_with(Instant::now);
        if let Limit::Time(time) = self.limit
            && done > 0
            && self.began.elapsed() >= time
        {
            self.stop(done);
        }
        if self.cannot_go_on(done) {
            self.stop(done);
        }
        self.end.unwrap_or(self.most()).saturating_sub(done).min(self.round())
    }

    /// Whether after another round, far behind the horizon, the steps would no longer tell the schedule.
    fn cannot_go_on(&self, done: u64) -> bool {
        let is_behind = self.schedule.is_some_and(|schedule| done > schedule.end(self.round()));
        let tells = |done: u64| self.repeated_by(done).is_some();
        is_behind && self.end.is_none() && tells(done) && !tells(done + self.round())
    }

    /// Ends the search as soon as the steps done tell the schedule.
    pub fn stop(&mut self, done: u64) {
        if self.schedule.is_none() {
            // What would have come after the pilot under way does not matter any more.
            let pilots = u64::from((done / self.round()).ilog2()) + 1;
            self.schedule = Some(Schedule::of_pilots(pilots, self.round()));
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
        let Span { from, to, planned } = self.span(done);
        let less = libm::sqrt(planned as f64 / (elements * LONG) as f64).min(1.0);
        let islands = self.islands as i64;
        Cooling { warm: warm * less, cold: cold * less, quench: 1.0, from: from / islands, to: to / islands }
    }

    /// Whether a cooling begins with the step after `done`.
    pub fn begins_cooling(&self, done: u64) -> bool {
        self.span(done).from == done as i64
    }

    fn span(&self, done: u64) -> Span {
        match self.schedule {
            Some(schedule) => schedule.cooling(done, self.round()),
            None => schedule::pilot(done, self.round()),
        }
    }

    /// Guesses how many steps the time allows, after a round: when the last pilot is done, and again at each look.
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

    /// From the first look to the second, half of the steps and then as many again, it is seen how much less time steps take
    /// where it is colder; what is left gets cheaper once more by as much.
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
        // Those before have taken as long as this one, nearly.
        self.cooling_began = None;
        if 4 * spent * (schedule::PART as u32) < left {
            return;
        }
        let pilots = u64::from((done / round + 1).ilog2());
        self.schedule = Some(Schedule::planned(pilots, done + steps_in(left, pilot.planned, spent), round));
    }
}

/// How many steps the time left allows when so many take so long.
fn steps_in(left: Duration, steps: u64, spent: Duration) -> u64 {
    let more = u128::from(steps) * left.as_micros() / spent.as_micros().max(1);
    u64::try_from(more).unwrap_or(u64::MAX / 4)
}
