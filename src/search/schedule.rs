//! How many steps a search is meant to have, and how they are parted into coolings.
//!
//! A search begins with *pilots*: coolings of one round, two, four and so on. They find fair plans soon and show how fast
//! steps are at all temperatures. One long cooling follows, to the *horizon*. The temperature of a step depends on both
//! numbers, so they must be known before. With a number of steps the horizon is that number. With a time limit it is
//! guessed after the pilots, and taken from a fixed ladder; half way there, when more is known, the second half is
//! stretched or shortened. The last four digits of the steps done say how many pilots there were, which rung it was, and
//! how the second half was stretched, and so the number alone repeats the search.

/// Each rung of the ladder is this fraction longer than the one before: a tenth.
const RUNG: u64 = 10;

/// Step counts are told from each other by so many last digits, as a power of ten.
const DIGITS: u64 = 10_000;

/// Step counts whose last digits are at least this carry a code.
const CODES: u64 = 8_000;

/// Codes from this on tell of a stretched second half.
const STRETCHED: u64 = 500;

/// There are fewer pilots than this.
const MOST_PILOTS: u64 = 16;

/// A code says one of so many numbers of pilots, counted from so many below the one that fits the horizon.
const PILOTS: (u64, u64) = (5, 3);

/// The rung of a code is counted from so many below the one that is just long enough: without and with a stretch.
const LEVELS: (u64, u64) = (50, 20);

/// How long the second half of the last cooling can become, in hundredths of what was planned.
const STRETCHES: [u64; 10] = [50, 60, 72, 86, 100, 120, 144, 173, 207, 249];

/// No search has more steps than this.
const LONGEST: u64 = 1 << 58;

/// Pilots take no more than this fraction of a search: a twenty-fifth.
pub const PART: u64 = 25;

/// The coolings of a search.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Schedule {
    /// How many pilots come first.
    pub pilots: u64,
    /// The step with which the last cooling is planned to end when it begins.
    pub horizon: u64,
    /// Which of the [`STRETCHES`] its second half has; `None`: as planned.
    stretch: Option<u64>,
}

/// One cooling, in steps.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// The step with which it begins, or would have begun if all of it were like its second half.
    pub from: i64,
    /// The step with which it ends.
    pub to: i64,
    /// How long it was planned to be.
    pub planned: u64,
}

impl Schedule {
    /// So many pilots, and then a cooling to the last rung of the ladder that is not above `steps`; a longer one where so
    /// many pilots would be too large a part of it.
    pub fn planned(pilots: u64, steps: u64, round: u64) -> Schedule {
        let fitting = rounds_of(pilots.saturating_sub(1)).saturating_mul(round * PART);
        Schedule { pilots, horizon: rung_under(steps.max(next(fitting))), stretch: None }
    }

    /// Of a search that ends while there still are pilots, this one included: what would have come then does not matter.
    pub fn of_pilots(pilots: u64, round: u64) -> Schedule {
        Schedule::planned(pilots, 0, round)
    }

    /// Of a search that is to have this many steps, in rounds of so many.
    pub fn of(steps: u64, round: u64) -> Schedule {
        let (level, _) = rung_over(steps);
        let Some(code) = (steps % DIGITS).checked_sub(CODES) else {
            return Schedule { pilots: pilots_that_fit(steps, round), horizon: steps.clamp(1, LONGEST), stretch: None };
        };
        let (code, stretch, below) = match code.checked_sub(STRETCHED) {
            None => (code, None, LEVELS.0),
            Some(code) => {
                let number = STRETCHES.len() as u64;
                (code / PILOTS.0 / number * PILOTS.0 + code % PILOTS.0, Some(code / PILOTS.0 % number), LEVELS.1)
            }
        };
        let horizon = rung((level + code / PILOTS.0).saturating_sub(below)).min(LONGEST);
        let pilots = (pilots_that_fit(horizon, round) + code % PILOTS.0).saturating_sub(PILOTS.1);
        Schedule { pilots, horizon, stretch }
    }

    /// The smallest number of steps from `done` on that says it was searched by this schedule, whose horizon is a rung of
    /// the ladder. `None` where none within some ten thousand does: the search was cut too short for its horizon.
    pub fn steps_that_tell(self, done: u64, round: u64) -> Option<u64> {
        if done <= self.horizon && self.horizon - done < DIGITS && Schedule::of(self.horizon, round) == self {
            return Some(self.horizon);
        }
        let (number, _) = rung_over(self.horizon);
        let pilots = (self.pilots + PILOTS.1).checked_sub(pilots_that_fit(self.horizon, round));
        let pilots = pilots.filter(|&pilots| pilots < PILOTS.0)?;
        [done / DIGITS, done / DIGITS + 1].into_iter().find_map(|many| {
            let (level, _) = rung_over(many * DIGITS + CODES);
            let rung = |below: u64| (number + below).checked_sub(level);
            let code = match self.stretch {
                None => rung(LEVELS.0)? * PILOTS.0 + pilots,
                Some(stretch) => STRETCHED + (rung(LEVELS.1)? * STRETCHES.len() as u64 + stretch) * PILOTS.0 + pilots,
            };
            let steps = many * DIGITS + CODES + code;
            (code < DIGITS - CODES && steps >= done && Schedule::of(steps, round) == self).then_some(steps)
        })
    }

    /// The steps of all pilots.
    pub fn piloted(self, round: u64) -> u64 {
        rounds_of(self.pilots) * round
    }

    /// The step, of those after a full round, half way between the last pilot and the horizon.
    pub fn half(self, round: u64) -> u64 {
        let piloted = self.piloted(round);
        (piloted + self.horizon.saturating_sub(piloted) / 2).div_ceil(round) * round
    }

    /// The same, with the second half as long as `more` steps allow, if it can be.
    pub fn stretched(self, more: u64, round: u64) -> Schedule {
        let fits = |stretch: &u64| Schedule { stretch: Some(*stretch), ..self }.end(round) <= self.half(round) + more;
        Schedule { stretch: Some((1..STRETCHES.len() as u64).take_while(fits).last().unwrap_or(0)), ..self }
    }

    /// Whether the second half was looked at.
    pub fn is_stretched(self) -> bool {
        self.stretch.is_some()
    }

    fn end(self, round: u64) -> u64 {
        let Some(stretch) = self.stretch else { return self.horizon };
        let half = self.half(round);
        let planned = self.horizon.saturating_sub(half);
        (half + planned / 100 * STRETCHES[stretch as usize]).max(half + 1)
    }

    /// The cooling to which the step after `done` belongs.
    pub fn cooling(self, done: u64, round: u64) -> Span {
        let piloted = self.piloted(round);
        if done < piloted {
            return pilot(done, round);
        }
        let (from, to, half) = (piloted as i64, self.horizon as i64, self.half(round) as i64);
        let planned = self.horizon.saturating_sub(piloted);
        if self.stretch.is_none() || (done as i64) < half {
            return Span { from, to, planned };
        }
        let to = self.end(round) as i64;
        Span { from: half.saturating_mul(2).saturating_sub(to), to, planned }
    }
}

/// How many pilots are a small part of so many steps.
fn pilots_that_fit(steps: u64, round: u64) -> u64 {
    let fits = |pilots: &u64| rounds_of(*pilots).saturating_mul(round * PART) <= steps;
    (1..MOST_PILOTS).take_while(fits).count() as u64
}

/// How many rounds so many pilots have.
fn rounds_of(pilots: u64) -> u64 {
    (1 << pilots) - 1
}

/// The pilot to which the step after `done` belongs.
pub fn pilot(done: u64, round: u64) -> Span {
    let number = u64::from((done / round + 1).ilog2());
    let (from, to) = (rounds_of(number) * round, rounds_of(number + 1) * round);
    Span { from: from as i64, to: to as i64, planned: to - from }
}

/// The last rung that is not above `steps` (at least the lowest rung).
fn rung_under(steps: u64) -> u64 {
    let mut length = 1_000;
    while next(length) <= steps && length < u64::MAX {
        length = next(length);
    }
    length
}

/// The first rung with at least `steps` steps, as its number and its length.
fn rung_over(steps: u64) -> (u64, u64) {
    let (mut number, mut length) = (0, 1_000);
    while length < steps {
        length = next(length);
        number += 1;
    }
    (number, length)
}

fn rung(number: u64) -> u64 {
    (0..number).fold(1_000, |length, _| next(length))
}

fn next(length: u64) -> u64 {
    length.saturating_add((length / RUNG).max(1_000) / 1_000 * 1_000)
}

#[cfg(test)]
mod tests {
    use super::{STRETCHES, Schedule, Span, next, rung_under};

    const ROUND: u64 = 40_000;

    #[test]
    fn a_plain_number_of_steps_is_its_own_horizon() {
        for steps in [1, 10, 1_000, 50_000, 12_345_678, 1_000_000_000, 1 << 58] {
            assert_eq!(Schedule::of(steps, ROUND).horizon, steps);
        }
    }

    #[test]
    fn pilots_take_a_small_part() {
        let pilots = |steps| Schedule::of(steps, ROUND).pilots;
        assert_eq!([pilots(900_000), pilots(1_000_000), pilots(2_990_000), pilots(3_000_000)], [0, 1, 1, 2]);
        let coolings = [0, 50_000, 120_000, 2_000_000].map(|done| Schedule::of(3_000_000, ROUND).cooling(done, ROUND));
        let span = |from: i64, to: i64| Span { from, to, planned: (to - from) as u64 };
        let last = span(120_000, 3_000_000);
        assert_eq!(coolings, [span(0, 40_000), span(40_000, 120_000), last, last]);
    }

    #[test]
    fn a_second_half_is_stretched_from_the_middle_on() {
        let schedule = Schedule::of(8_040_000, ROUND);
        let planned = schedule.cooling(7_000_000, ROUND);
        assert_eq!((schedule.pilots, planned), (3, Span { from: 280_000, to: 8_040_000, planned: 7_760_000 }));
        assert_eq!(schedule.half(ROUND), 4_160_000);
        let longer = schedule.stretched(5_000_000, ROUND);
        assert_eq!(longer.cooling(4_000_000, ROUND), planned);
        assert_eq!(longer.cooling(4_160_000, ROUND), Span { from: -496_000, to: 8_816_000, planned: 7_760_000 });
        let shorter = schedule.stretched(10, ROUND).cooling(4_160_000, ROUND);
        assert_eq!(shorter, Span { from: 2_220_000, to: 6_100_000, planned: 7_760_000 });
    }

    #[test]
    fn a_search_that_was_cut_short_can_be_repeated_from_its_steps() {
        let mut horizon = rung_under(30_000_000);
        for offset in 0..5 {
            let fitting = Schedule::of(horizon, ROUND);
            let schedule = Schedule { pilots: fitting.pilots + 1 - offset, ..fitting };
            let half = schedule.half(ROUND);
            let ends = [horizon / 10, horizon / 7, horizon / 2, horizon - 3_000, horizon + 10_000, horizon * 2];
            let stretches = (0..STRETCHES.len() as u64).map(|number| Schedule { stretch: Some(number), ..schedule });
            let stretched = stretches.flat_map(|longer| {
                let end = longer.end(ROUND);
                [half + 1, (half + end) / 2, end - 3_000, 2 * end].map(|done| (longer, done))
            });
            for (schedule, done) in ends.map(|done| (schedule, done)).into_iter().chain(stretched) {
                let steps = schedule.steps_that_tell(done, ROUND).expect("some ten thousand steps are enough");
                assert!((done..done + 20_000).contains(&steps), "{done} became {steps}");
                assert_eq!(Schedule::of(steps, ROUND), schedule);
            }
            horizon = next(horizon);
        }
    }

    #[test]
    fn a_search_that_ends_among_its_pilots_can_be_repeated_from_its_steps() {
        for rounds in 1..200_u64 {
            let (done, pilots) = (rounds * ROUND, u64::from(rounds.ilog2()) + 1);
            let schedule = Schedule::of_pilots(pilots, ROUND);
            let steps = schedule.steps_that_tell(done, ROUND).expect("some ten thousand steps are enough");
            assert!((done..done + 20_000).contains(&steps), "{done} became {steps}");
            assert_eq!(Schedule::of(steps, ROUND).cooling(done, ROUND), schedule.cooling(done, ROUND));
        }
    }

    #[test]
    fn the_most_steps_there_can_be_are_no_trouble() {
        for steps in [u64::MAX, i64::MAX as u64, 9_223_372_036_854_769_999, 1 << 62] {
            let schedule = Schedule::of(steps, ROUND);
            let span = schedule.cooling(steps / 2, ROUND);
            assert!(span.from < span.to && schedule.half(ROUND) > 0);
        }
    }

    #[test]
    fn a_search_that_reached_its_horizon_has_just_as_many_steps() {
        let horizon = rung_under(30_000_000);
        let schedule = Schedule::of(horizon, ROUND);
        assert_eq!(schedule.steps_that_tell(horizon, ROUND), Some(horizon));
    }
}
