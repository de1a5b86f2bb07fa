//! Between which temperatures plans freeze: found by a quick cooling in which it is counted how often something worse is
//! accepted.
//!
//! What a first local optimum says of temperatures is not enough where seats are all there is. Distances in a plane have
//! many exchanges that hardly differ, and freeze at a tenth of the temperature at which random amounts do. How often
//! something worse is accepted when a cooling should begin, and when it may end, is much the same for both.

/// The ratio of each temperature to the one before. Chosen.
const LEVEL_RATIO: f64 = 0.85;

/// At most this many temperatures are tried; the last is a three-thousandth of the first.
const MOST_LEVELS: usize = 50;

/// The least and the most steps of an island at each temperature; between them, the square of the number of managers.
/// With twice as many, this took 0.8 of the first second of a search of 950 managers by nine rules, and now 0.2.
const STEPS: (usize, usize) = (2_000, 25_000);

/// Where this many temperatures in a row accept less than half of [`COLD_SHARE`], everything colder is frozen. Chosen.
const FROZEN_LEVELS: usize = 6;

/// A cooling begins where this share of all candidates is accepted though they make a plan worse. Measured.
const WARM_SHARE: f64 = 0.003;

/// A cooling ends where it is this share. Measured.
const COLD_SHARE: f64 = 0.0002;

/// The temperatures from and to which to cool; `warm` is one at which nothing is frozen. `run` has all islands do a number of
/// steps at a temperature and says how many candidates were accepted though they made a plan worse; its first argument is the
/// number of steps before. The plans are local optima after it.
pub fn find(islands: usize, managers: usize, warm: f64, mut run: impl FnMut(u64, u64, f64) -> u64) -> (f64, f64) {
    let steps = (islands * managers.saturating_mul(managers).clamp(STEPS.0, STEPS.1)) as u64;
    let mut levels = Vec::with_capacity(MOST_LEVELS);
    let mut temperature = warm;
    for level in 0..MOST_LEVELS as u64 {
        let accepted = run(level * steps, steps, temperature);
        levels.push((temperature, accepted as f64 / steps as f64));
        if levels.len() >= FROZEN_LEVELS
            && levels.iter().rev().take(FROZEN_LEVELS).all(|(_, accepted)| 2.0 * accepted < COLD_SHARE)
        {
            break;
        }
        temperature *= LEVEL_RATIO;
    }
    (last(&levels, WARM_SHARE), last(&levels, COLD_SHARE))
}

/// The last temperature at which at least this share is accepted, or the first of all.
fn last(levels: &[(f64, f64)], share: f64) -> f64 {
    levels.iter().rev().find(|(_, accepted)| *accepted >= share).unwrap_or(&levels[0]).0
}

#[cfg(test)]
mod tests {
    use super::last;

    #[test]
    fn chance_in_a_level_does_not_matter_where_a_colder_one_accepts_more() {
        let levels = [(4.0, 0.1), (3.0, 0.002), (2.0, 0.004), (1.0, 0.001), (0.5, 0.0)];
        assert_eq!([0.5, 0.05, 0.003, 0.001, 0.0].map(|share| last(&levels, share)), [4.0, 4.0, 2.0, 1.0, 0.5]);
    }
}
