//! How many steps a search is meant to have, and how warm it is on the way.
//!
//! The temperature follows the share of the *horizon* that is done, so the horizon must be known from the first step
//! on. With a number of steps the horizon is that number. With a time limit it is guessed from the speed at the start
//! and taken from a fixed ladder; if the clock then cuts the search short (or leaves it time for more), the last three
//! digits of the steps done say which rung it was, and so the number alone repeats the search.

/// Each rung of the ladder is this fraction longer than the one before: a twentieth.
const RUNG: u64 = 20;

/// Step counts whose last three digits are at least this carry a rung.
const CODES: u64 = 800;

/// The code of the rung that is just long enough.
const LEVEL: u64 = 820;

/// The first rung with at least `steps` steps, as its number and its length.
pub fn rung_over(steps: u64) -> (u64, u64) {
    let (mut number, mut length) = (0, 1_000);
    while length < steps {
        length = next(length);
        number += 1;
    }
    (number, length)
}

fn next(length: u64) -> u64 {
    length + (length / RUNG).max(1_000) / 1_000 * 1_000
}

/// The last rung that is not above `steps` (at least the lowest rung).
pub fn rung_under(steps: u64) -> u64 {
    let mut length = 1_000;
    while next(length) <= steps {
        length = next(length);
    }
    length
}

/// The horizon of a search that is to have this many steps.
pub fn horizon(steps: u64) -> u64 {
    let code = steps % 1_000;
    if code < CODES {
        return steps.max(1);
    }
    let (level, _) = rung_over(steps);
    let number = (level + code).saturating_sub(LEVEL);
    let mut length = 1_000;
    for _ in 0..number {
        length = next(length);
    }
    length
}

/// The smallest number of steps from `done` on that says it was searched with this horizon, a rung of the ladder.
/// `None` where none within a few thousand does: the search was cut too short for its horizon.
pub fn steps_that_tell(done: u64, length: u64) -> Option<u64> {
    if done <= length && length - done < 1_000 && length % 1_000 < CODES {
        return Some(length);
    }
    let (number, _) = rung_over(length);
    [done / 1_000, done / 1_000 + 1].into_iter().find_map(|thousands| {
        let (level, _) = rung_over(thousands * 1_000 + CODES);
        let code = (number + LEVEL).checked_sub(level).filter(|code| (CODES..1_000).contains(code))?;
        let steps = thousands * 1_000 + code;
        (steps >= done && horizon(steps) == length).then_some(steps)
    })
}

#[cfg(test)]
mod tests {
    use super::{horizon, next, rung_under, steps_that_tell};

    #[test]
    fn a_plain_number_of_steps_is_its_own_horizon() {
        for steps in [1, 10, 1_000, 50_000, 12_345_678, 1_000_000_000] {
            assert_eq!(horizon(steps), steps);
        }
    }

    #[test]
    fn a_search_that_was_cut_short_can_be_repeated_from_its_steps() {
        let mut length = rung_under(30_000_000);
        for _ in 0..5 {
            for done in [length / 50, length / 7, length / 2, length - 3_000, length + 10_000, length * 2] {
                let steps = steps_that_tell(done, length).expect("a few thousand steps are enough");
                assert!((done..done + 2_000).contains(&steps), "{done} became {steps}");
                assert_eq!(horizon(steps), length);
            }
            length = next(length);
        }
    }

    #[test]
    fn a_search_that_reached_its_horizon_has_just_as_many_steps() {
        let length = rung_under(30_000_000);
        assert_eq!(steps_that_tell(length, length), Some(length));
    }
}
