//! How often something worse is accepted at which temperature, and so at which plans freeze.
//!
//! What candidates cost that make a local optimum worse is not enough to tell. Where most of them break a rule that is heavy and
//! nearly always kept, what is left to arrange freezes at a fraction of what they cost. How often something worse is
//! accepted there is much the same for all problems, and at one temperature about the same in a quick cooling as in a
//! slow one, so pilots can tell it.

use std::collections::BTreeMap;
use std::iter::Sum;

/// Temperatures are grouped into levels; each level is this ratio of the one before. Chosen.
const LEVEL_RATIO: f64 = 0.85;

/// This many adjacent levels are pooled; the coldest of them is half as warm as the warmest. Chosen.
const POOLED_LEVELS: i32 = 5;

/// Plans freeze where this share of all candidates is accepted though they make a plan worse. Measured.
const FREEZING_SHARE: f64 = 0.000_125;

/// Fewer steps than this are too few to measure the share: at the freezing share, five of them make a plan worse.
const LEAST_STEPS: u64 = 40_000;

/// Steps, and how many of them made a plan worse, by temperature.
#[derive(Clone, Debug, Default)]
pub struct AcceptanceRates {
    /// By power of [`LEVEL_RATIO`].
    levels: BTreeMap<i32, (u64, u64)>,
}

impl AcceptanceRates {
    /// Notes `steps` steps at a temperature, `worse` of which made a plan worse.
    pub fn note(&mut self, temperature: f64, steps: u64, worse: u64) {
        let level = libm::round(libm::log(temperature) / libm::log(LEVEL_RATIO)) as i32;
        self.add(level, steps, worse);
    }

    fn add(&mut self, level: i32, steps: u64, worse: u64) {
        let (all, accepted) = self.levels.entry(level).or_default();
        (*all, *accepted) = (*all + steps, *accepted + worse);
    }

    /// The temperature at which plans freeze: the coldest at which more is accepted, and a little less, since twice the
    /// temperature accepts four times as much. `None` where nothing was, or there were too few steps to tell.
    pub fn freezing_temperature(&self) -> Option<f64> {
        self.levels.keys().rev().find_map(|&warmest| {
            let (mut steps, mut worse, mut levels) = (0, 0, 0.0);
            for (&level, &(all, accepted)) in self.levels.range(warmest..warmest + POOLED_LEVELS) {
                (steps, worse) = (steps + all, worse + accepted);
                levels += f64::from(level) * all as f64;
            }
            let share = worse as f64 / steps as f64;
            let temperature = libm::pow(LEVEL_RATIO, levels / steps as f64);
            (steps >= LEAST_STEPS && share >= FREEZING_SHARE).then(|| temperature * libm::sqrt(FREEZING_SHARE / share))
        })
    }
}

impl<'a> Sum<&'a AcceptanceRates> for AcceptanceRates {
    fn sum<I: Iterator<Item = &'a AcceptanceRates>>(all: I) -> AcceptanceRates {
        let mut sum = AcceptanceRates::default();
        all.flat_map(|rates| &rates.levels).for_each(|(&level, &(steps, worse))| sum.add(level, steps, worse));
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::{AcceptanceRates, LEVEL_RATIO};

    /// What is accepted where plans freeze at a temperature of 2: of a million steps at each level, 125 there.
    fn freezing_at_2(levels: std::ops::Range<i32>, steps: u64) -> AcceptanceRates {
        let mut rates = AcceptanceRates::default();
        for level in levels {
            let temperature = libm::pow(LEVEL_RATIO, f64::from(level));
            let share = 0.000_125 * (temperature / 2.0) * (temperature / 2.0);
            rates.note(temperature, steps, libm::round(share * steps as f64) as u64);
        }
        rates
    }

    #[test]
    fn plans_freeze_where_little_is_accepted_whether_or_not_it_was_as_cold() {
        let of_all = freezing_at_2(-20..20, 1_000_000).freezing_temperature().unwrap();
        let of_warm = freezing_at_2(-20..-9, 1_000_000).freezing_temperature().unwrap();
        assert!((1.8..2.2).contains(&of_all) && (1.8..2.2).contains(&of_warm), "{of_all}, {of_warm}");
    }

    #[test]
    fn nothing_is_told_by_few_steps_or_where_all_is_frozen() {
        assert_eq!(freezing_at_2(-20..20, 1_000).freezing_temperature(), None);
        assert_eq!(freezing_at_2(20..40, 1_000_000).freezing_temperature(), None);
    }

    #[test]
    fn what_several_have_seen_adds_up() {
        let halves = [freezing_at_2(-20..0, 1_000_000), freezing_at_2(-5..20, 1_000_000)];
        let sum: AcceptanceRates = halves.iter().sum();
        assert_eq!(sum.levels[&-3], (2_000_000, 2 * halves[0].levels[&-3].1));
        assert_eq!(sum.levels.len(), 40);
    }
}
