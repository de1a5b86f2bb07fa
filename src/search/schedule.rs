//! How many steps a search is meant to have, and how they are parted into coolings.
//!
//! A search begins with *pilots*: coolings of one round, two, four and so on. They find fair plans soon and show how fast
//! steps are at all temperatures. One long cooling follows, to the *horizon*. The temperature of a step depends on both
//! numbers, so they must be known before. With a number of steps the horizon is that number. With a time limit it is
//! guessed after the pilots, and taken from a fixed ladder; the clock then cuts the search short or leaves it time for
//! more. The last four digits of the steps done say how many pilots there were and which rung it was, and so the number
//! alone repeats the search.

/// Each rung of the ladder is this fraction longer than the one before: a twentieth.
const RUNG: u64 = 20;

/// Step counts are told from each other by so many last digits, as a power of ten.
const DIGITS: u64 = 10_000;

/// Step counts whose last digits are at least this carry a code.
const CODES: u64 = 8_000;

/// A code says one of so many numbers of pilots.
const PILOTS: u64 = 16;

/// The rung of a code is counted from so many below the one that is just long enough.
const LEVEL: u64 = 62;

/// Pilots take no more than this fraction of a search: a twenty-fifth.
pub const PART: u64 = 25;

/// The coolings of a search.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Schedule {
    /// How many pilots come first.
    pub pilots: u64,
    /// The step with which the last cooling ends.
    pub horizon: u64,
}

impl Schedule {
    /// Of a search that is to have this many steps, in rounds of so many.
    pub fn of(steps: u64, round: u64) -> Schedule {
        let (level, _) = rung_over(steps);
        match (steps % DIGITS).checked_sub(CODES) {
            Some(code) => {
                Schedule { pilots: code % PILOTS, horizon: rung((level + code / PILOTS).saturating_sub(LEVEL)) }
            }
            None => {
                let fits = |pilots: &u64| rounds_of(*pilots).saturating_mul(round * PART) <= steps;
                Schedule { pilots: (1..PILOTS).take_while(fits).count() as u64, horizon: steps.max(1) }
            }
        }
    }

    /// The smallest number of steps from `done` on that says it was searched by this schedule, whose horizon is a rung of
    /// the ladder. `None` where none within some ten thousand does: the search was cut too short for its horizon.
    pub fn steps_that_tell(self, done: u64, round: u64) -> Option<u64> {
        if done <= self.horizon && self.horizon - done < DIGITS && Schedule::of(self.horizon, round) == self {
            return Some(self.horizon);
        }
        let (number, _) = rung_over(self.horizon);
        [done / DIGITS, done / DIGITS + 1].into_iter().find_map(|many| {
            let (level, _) = rung_over(many * DIGITS + CODES);
            let code = (number + LEVEL).checked_sub(level)? * PILOTS + self.pilots;
            let steps = many * DIGITS + CODES + code;
            (code < DIGITS - CODES && steps >= done && Schedule::of(steps, round) == self).then_some(steps)
        })
    }

    /// The first and the last step of the cooling to which the step after `done` belongs.
    pub fn cooling(self, done: u64, round: u64) -> (u64, u64) {
        let piloted = rounds_of(self.pilots) * round;
        if done < piloted { pilot(done, round) } else { (piloted, self.horizon) }
    }
}

/// How many rounds so many pilots have.
pub fn rounds_of(pilots: u64) -> u64 {
    (1 << pilots) - 1
}

/// The first and the last step of the pilot to which the step after `done` belongs.
pub fn pilot(done: u64, round: u64) -> (u64, u64) {
    let number = u64::from((done / round + 1).ilog2());
    (rounds_of(number) * round, rounds_of(number + 1) * round)
}

/// The last rung that is not above `steps` (at least the lowest rung).
pub fn rung_under(steps: u64) -> u64 {
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
    use super::{Schedule, next, rung_under};

    const ROUND: u64 = 40_000;

    #[test]
    fn a_plain_number_of_steps_is_its_own_horizon() {
        for steps in [1, 10, 1_000, 50_000, 12_345_678, 1_000_000_000, u64::MAX] {
            assert_eq!(Schedule::of(steps, ROUND).horizon, steps);
        }
    }

    #[test]
    fn pilots_take_a_small_part() {
        let pilots = |steps| Schedule::of(steps, ROUND).pilots;
        assert_eq!([pilots(900_000), pilots(1_000_000), pilots(2_990_000), pilots(3_000_000)], [0, 1, 1, 2]);
        let coolings = [0, 50_000, 120_000, 2_000_000].map(|done| Schedule::of(3_000_000, ROUND).cooling(done, ROUND));
        assert_eq!(coolings, [(0, 40_000), (40_000, 120_000), (120_000, 3_000_000), (120_000, 3_000_000)]);
    }

    #[test]
    fn a_search_that_was_cut_short_can_be_repeated_from_its_steps() {
        let mut horizon = rung_under(30_000_000);
        for pilots in [0, 1, 5, 15] {
            let schedule = Schedule { pilots, horizon };
            for done in [horizon / 15, horizon / 7, horizon / 2, horizon - 3_000, horizon + 10_000, horizon * 2] {
                let steps = schedule.steps_that_tell(done, ROUND).expect("some ten thousand steps are enough");
                assert!((done..done + 20_000).contains(&steps), "{done} became {steps}");
                assert_eq!(Schedule::of(steps, ROUND), schedule);
            }
            horizon = next(horizon);
        }
    }

    #[test]
    fn a_search_that_reached_its_horizon_has_just_as_many_steps() {
        let horizon = rung_under(30_000_000);
        let schedule = Schedule::of(horizon, ROUND);
        assert_eq!(schedule.steps_that_tell(horizon, ROUND), Some(horizon));
    }
}
