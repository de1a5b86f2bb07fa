//! When a search ends, and how long it is meant to be.

use std::time::{Duration, Instant};

use super::Limit;
use super::cooling::Cooling;
use super::schedule::{self, Schedule, Span};

/// A cooling with this many steps for each manager and run is long.
const LONG: u64 = 2_500;

/// So many per cent of what has been seen to be possible are planned for: steps get cheaper as plans get better, but a
/// cooling that is cut off ends too warm.
const PLANNED: u128 = 106;

/// Turns a limit into rounds (an epoch of every island) and a schedule.
pub struct Clock {
    limit: Limit,
    began: Instant,
    /// When the cooling began that is under way.
    cooling_began: Option<Instant>,
    /// How long the first half of the last pilot took.
    first_half: Duration,
    /// How long a step of a cooling's second half takes, in hundredths of one of its first half: where it is colder less is
    /// changed.
    second_half: u128,
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
        Clock {
            limit,
            began,
            cooling_began: None,
            first_half: Duration::ZERO,
            second_half: 100,
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
        let is_behind = self.schedule.is_some_and(|schedule| done > schedule.horizon);
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

    /// Guesses how many steps the time allows, after a round: when the last pilot is done, and again half way from there.
    pub fn plan(&mut self, done: u64) {
        let (Limit::Time(time), Some(began), None) = (self.limit, self.cooling_began, self.end) else { return };
        match self.schedule {
            None => self.plan_first(time, began.elapsed().max(Duration::from_micros(1)), done),
            Some(schedule) if !schedule.is_stretched() && done == schedule.half(self.round()) => {
                let (steps, spent) = (done - schedule.piloted(self.round()), began.elapsed());
                let more = self.steps_left(time, steps, spent * self.second_half as u32 / 100);
                self.schedule = Some(schedule.stretched(more, self.round()));
            }
            Some(_) => (),
        }
    }

    /// The last pilot is the one after which another, twice as long, would take too much of the time.
    fn plan_first(&mut self, time: Duration, spent: Duration, done: u64) {
        let round = self.round();
        let pilot = schedule::pilot(done - round, round);
        let steps = pilot.planned;
        if pilot.to - done as i64 == steps as i64 / 2 {
            self.first_half = spent;
        }
        if pilot.to != done as i64 {
            return;
        }
        // Those before have taken as long as this one, nearly.
        self.cooling_began = None;
        let left = time.saturating_sub(self.began.elapsed());
        if 4 * spent * (schedule::PART as u32) < left {
            return;
        }
        if steps > round {
            let (first, second) = (self.first_half.as_nanos(), (spent - self.first_half).as_nanos());
            self.second_half = (100 * second / first.max(1)).clamp(50, 100);
        }
        let pilots = u64::from((done / round + 1).ilog2());
        let more = self.steps_left(time, steps, spent);
        self.schedule = Some(Schedule::planned(pilots, done + more, round));
    }

    /// How many steps the time left allows when so many take so long.
    fn steps_left(&self, time: Duration, steps: u64, spent: Duration) -> u64 {
        let left = time.saturating_sub(self.began.elapsed());
        let more = u128::from(steps) * left.as_micros() * PLANNED / (100 * spent.as_micros().max(1));
        u64::try_from(more).unwrap_or(u64::MAX / 4)
    }
}
