//! How many steps a search has, and how they are divided into coolings.
//!
//! A search begins with *pilots*: short coolings of one round, two rounds, four and so on. They find fair plans early and show
//! how fast steps are. One long cooling follows, up to the *horizon*. The temperature of a step depends on the number of pilots
//! and on the horizon, so both must be known before the long cooling begins. When the limit is a number of steps, the horizon is
//! that number. When it is a time, the horizon is estimated after the pilots; at two *looks*, after an eighth and after half of
//! the long cooling, more is known and the rest of it is stretched or shortened. The schedule is written beside the steps, so
//! that a search with a time limit can be repeated exactly.

use std::fmt;
use std::str::FromStr;

/// There are fewer pilots than this: 2¹⁶ rounds are more than a day of search.
const MOST_PILOTS: u64 = 16;

/// The looks, as shares of the long cooling.
const LOOKS: [(i64, i64); 2] = [(1, 8), (1, 2)];

/// The least and the greatest stretch of the rest at each look, in hundredths. A stretch outside of this would say more about a
/// busy machine than about the search.
pub const STRETCHES: [(i64, i64); 2] = [(40, 250), (50, 266)];

/// Searches with a shorter horizon have no looks, in steps: they are over before a look could tell anything.
const SHORTEST_WITH_LOOKS: u64 = 500_000;

/// No horizon is longer, in steps, so that sums of steps cannot overflow.
const LONGEST: u64 = 1 << 58;

/// The pilots take at most this fraction of a search: a twenty-fifth.
pub const PILOTS_PART: u64 = 25;

/// Planned lengths keep back one part in this many of the time that is left: to end a little early is better than to be cut off
/// while still warm.
const RESERVE: u64 = 20;

/// The coolings of a search. Its text form, `pilots=3,horizon=8040000,stretch=160:88`, is what [`Schedule::from_str`] reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Schedule {
    /// How many pilots come first.
    pilots: u64,
    /// The step with which the long cooling ends as it is planned when it begins.
    horizon: u64,
    /// How long the rest of it becomes at each look, in hundredths of what was planned.
    stretches: [i64; 2],
}

/// One cooling, in steps.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CoolingSpan {
    /// The step with which it begins, or would have begun if it had always fallen as fast as it does now.
    pub from: i64,
    /// The step with which it ends.
    pub to: i64,
    /// Its planned length.
    pub planned: u64,
}

impl CoolingSpan {
    /// The first full round at or after a look.
    fn look(self, number: usize, round: u64) -> i64 {
        let (part, whole) = LOOKS[number];
        let share = (self.to - self.from) / whole * part;
        (self.from + share).max(0).unsigned_abs().div_ceil(round).saturating_mul(round).min(LONGEST) as i64
    }

    /// The same cooling when the rest of it after step `at` takes `hundredths` of what was planned.
    fn stretched(self, at: i64, hundredths: i64) -> CoolingSpan {
        let left = self.to - at;
        if hundredths == 100 || left <= 0 {
            return self;
        }
        let more = i128::from(left / 100) * i128::from(hundredths);
        let done = more * i128::from(at - self.from) / i128::from(left);
        CoolingSpan { from: at - done as i64, to: at + more as i64, ..self }
    }
}

impl Schedule {
    fn unstretched(pilots: u64, horizon: u64) -> Schedule {
        Schedule { pilots, horizon: horizon.clamp(1, LONGEST), stretches: [100; 2] }
    }

    /// Of a search with this number of steps, in rounds of `round` steps.
    pub fn of(steps: u64, round: u64) -> Schedule {
        Schedule::unstretched(pilots_that_fit(steps, round), steps)
    }

    /// These pilots, and then a cooling for nearly as many steps as there is time for; a longer one where the pilots would be too
    /// large a part of it.
    pub fn planned(pilots: u64, steps: u64, round: u64) -> Schedule {
        let least = rounds_of(pilots.saturating_sub(1)).saturating_mul(round * PILOTS_PART);
        Schedule::unstretched(pilots, (steps - steps / RESERVE).max(least))
    }

    /// Of a search that ends during its pilots, the one under way included: what would have come after does not matter.
    pub fn of_pilots(pilots: u64, round: u64) -> Schedule {
        Schedule::planned(pilots, 0, round)
    }

    /// The steps of all pilots together.
    pub fn piloted(self, round: u64) -> u64 {
        rounds_of(self.pilots).saturating_mul(round)
    }

    /// The step of a look; `None` where the horizon is too near for looks.
    pub fn look(self, number: usize, round: u64) -> Option<u64> {
        let at = self.last(number, round).look(number, round);
        (self.horizon >= SHORTEST_WITH_LOOKS).then_some(at.unsigned_abs())
    }

    /// The same, with the rest after a look nearly as long as `steps`.
    pub fn stretched(mut self, number: usize, steps: u64, round: u64) -> Schedule {
        let span = self.last(number, round);
        let left = (span.to - span.look(number, round)).max(1);
        let wanted = i128::from(steps - steps / RESERVE) * 100 / i128::from(left);
        let (least, most) = STRETCHES[number];
        self.stretches[number] = wanted.clamp(least.into(), most.into()) as i64;
        self
    }

    /// The long cooling after a number of looks.
    fn last(self, looks: usize, round: u64) -> CoolingSpan {
        let piloted = self.piloted(round).min(self.horizon);
        let span = CoolingSpan { from: piloted as i64, to: self.horizon as i64, planned: self.horizon - piloted };
        (0..looks).fold(span, |span, number| span.stretched(span.look(number, round), self.stretches[number]))
    }

    /// The cooling to which the step after `done` belongs.
    pub fn cooling(self, done: u64, round: u64) -> CoolingSpan {
        if done < self.piloted(round) {
            return pilot(done, round);
        }
        let is_behind = |&number: &usize| done as i64 >= self.last(number, round).look(number, round);
        self.last((0..LOOKS.len()).take_while(is_behind).count(), round)
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Schedule { pilots, horizon, stretches: [first, second] } = self;
        write!(f, "pilots={pilots},horizon={horizon},stretch={first}:{second}")
    }
}

impl FromStr for Schedule {
    type Err = String;

    fn from_str(text: &str) -> Result<Schedule, String> {
        let wrong = || format!("“{text}” is no schedule; one is written like pilots=3,horizon=8040000,stretch=160:88");
        let mut parts = text.split(',').map(|part| part.split_once('='));
        let mut next = |key: &str| parts.next().flatten().filter(|(name, _)| *name == key).map(|(_, value)| value);
        let (pilots, horizon, stretch) = (next("pilots"), next("horizon"), next("stretch"));
        let number = |text: Option<&str>| text.and_then(|text| text.parse::<u64>().ok());
        let (first, second) = stretch.and_then(|stretch| stretch.split_once(':')).ok_or_else(wrong)?;
        let hundredths =
            [number(Some(first)), number(Some(second))].map(|number| number.and_then(|n| i64::try_from(n).ok()));
        match (number(pilots), number(horizon), hundredths, parts.next()) {
            (Some(pilots), Some(horizon), [Some(first), Some(second)], None) => {
                let is_stretch = |(hundredths, (least, most)): (i64, (i64, i64))| {
                    hundredths == 100 || (least..=most).contains(&hundredths)
                };
                let stretches = [first, second];
                let is_good = pilots < MOST_PILOTS
                    && (1..=LONGEST).contains(&horizon)
                    && stretches.into_iter().zip(STRETCHES).all(is_stretch);
                is_good.then_some(Schedule { pilots, horizon, stretches }).ok_or_else(wrong)
            }
            _ => Err(wrong()),
        }
    }
}

/// How many pilots are a small part of this number of steps.
fn pilots_that_fit(steps: u64, round: u64) -> u64 {
    let fits = |pilots: &u64| rounds_of(*pilots).saturating_mul(round * PILOTS_PART) <= steps;
    (1..MOST_PILOTS).take_while(fits).count() as u64
}

/// How many rounds this number of pilots has in all.
fn rounds_of(pilots: u64) -> u64 {
    (1 << pilots) - 1
}

/// The pilot to which the step after `done` belongs.
pub fn pilot(done: u64, round: u64) -> CoolingSpan {
    let number = u64::from((done / round + 1).ilog2());
    let (from, to) = (rounds_of(number) * round, rounds_of(number + 1) * round);
    CoolingSpan { from: from as i64, to: to as i64, planned: to - from }
}

#[cfg(test)]
mod tests {
    use super::{CoolingSpan, Schedule};

    const ROUND: u64 = 40_000;

    #[test]
    fn a_number_of_steps_is_its_own_horizon() {
        for steps in [1, 10, 1_000, 50_000, 9_999_999, 12_345_678, 1_000_000_000, 1 << 58] {
            assert_eq!(Schedule::of(steps, ROUND).horizon, steps);
            assert_eq!(Schedule::of(steps, ROUND).stretches, [100; 2]);
        }
    }

    #[test]
    fn pilots_take_a_small_part() {
        let pilots = |steps| Schedule::of(steps, ROUND).pilots;
        assert_eq!([pilots(900_000), pilots(1_000_000), pilots(2_990_000), pilots(3_000_000)], [0, 1, 1, 2]);
        let coolings = [0, 50_000, 120_000, 2_000_000].map(|done| Schedule::of(3_000_000, ROUND).cooling(done, ROUND));
        let span = |from: i64, to: i64| CoolingSpan { from, to, planned: (to - from) as u64 };
        let last = span(120_000, 3_000_000);
        assert_eq!(coolings, [span(0, 40_000), span(40_000, 120_000), last, last]);
    }

    #[test]
    fn what_is_left_is_stretched_after_a_look() {
        let schedule = Schedule::of(8_040_000, ROUND);
        let planned = schedule.cooling(7_000_000, ROUND);
        assert_eq!((schedule.pilots, planned), (3, CoolingSpan { from: 280_000, to: 8_040_000, planned: 7_760_000 }));
        assert_eq!(schedule.look(0, ROUND), Some(1_280_000));
        // 6,760,000 steps are left; 160 hundredths of them with the reserve.
        let longer = schedule.stretched(0, 11_385_600, ROUND);
        assert_eq!(longer.stretches, [160, 100]);
        assert_eq!(longer.cooling(1_240_000, ROUND), planned);
        let later = CoolingSpan { from: -320_000, to: 12_096_000, planned: 7_760_000 };
        assert_eq!(longer.cooling(1_280_000, ROUND), later);
        assert_eq!(longer.look(1, ROUND), Some(5_920_000));
        let shorter = longer.stretched(1, 10, ROUND);
        assert_eq!(shorter.cooling(5_880_000, ROUND), later);
        let last = shorter.cooling(5_920_000, ROUND);
        assert_eq!(last.to, 9_008_000);
        let share = |span: CoolingSpan| (5_920_000 - span.from) as f64 / (span.to - span.from) as f64;
        assert!((share(last) - share(later)).abs() < 1e-6);
        assert_eq!(Schedule::of(400_000, ROUND).look(0, ROUND), None);
    }

    #[test]
    fn stretches_have_limits() {
        let schedule = Schedule::of(8_040_000, ROUND);
        let of_nothing = schedule.stretched(0, 0, ROUND).stretched(1, 0, ROUND);
        let of_all = schedule.stretched(0, u64::MAX / 8, ROUND).stretched(1, u64::MAX / 8, ROUND);
        assert_eq!((of_nothing.stretches, of_all.stretches), ([40, 50], [250, 266]));
    }

    #[test]
    fn a_schedule_is_read_as_it_is_written() {
        let plain = Schedule::of(9_999_999, ROUND);
        for schedule in [plain, plain.stretched(0, 1_000_000, ROUND).stretched(1, 50_000_000, ROUND)] {
            assert_eq!(schedule.to_string().parse(), Ok(schedule));
        }
        for wrong in [
            "",
            "3",
            "pilots=3",
            "horizon=8,pilots=3,stretch=100:100",
            "pilots=99,horizon=8,stretch=100:100",
            "pilots=1,horizon=0,stretch=100:100",
            "pilots=1,horizon=8,stretch=100",
            "pilots=1,horizon=8,stretch=100:1000",
            "pilots=1,horizon=8,stretch=100:100,more=1",
            "pilots=-1,horizon=8,stretch=100:100",
        ] {
            assert!(wrong.parse::<Schedule>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_longest_search_does_not_overflow() {
        for steps in [u64::MAX, i64::MAX as u64, 1 << 62] {
            let schedule = Schedule::of(steps, ROUND);
            let span = schedule.cooling(steps / 2, ROUND);
            assert!(span.from < span.to && schedule.look(1, ROUND) > schedule.look(0, ROUND));
        }
    }
}
