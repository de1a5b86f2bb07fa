//! Parallel tempering: replicas exchange temperatures (Swendsen and Wang 1986, Geyer 1991).
//!
//! Where seats are all there is, each replica has a temperature level: the first is as cold as the schedule says, each
//! further one a little warmer than the one below, and all of them fall together. When replicas meet, those on neighbouring levels
//! exchange levels, the more likely the better the plan of the warmer one is. Plans that are found where it is warm so sink to
//! where it is cold, and plans that are stuck there rise again.

use super::cooling::Cooling;
use crate::facts::Facts;
use crate::rng::Rng;
use crate::search::acceptance::LogTable;

/// The ratio of the temperatures of two neighbouring levels is e to the power of this over the square root of the number of
/// managers. The spread of costs at one temperature grows with that root, so exchanges are about as frequent however many managers
/// there are. Measured.
const LOG_STEP: f64 = 1.55;

/// The number of levels times the number of managers is at most about this: with more levels, each would get too few steps.
/// Measured.
const MANAGERS_ON_ALL_LEVELS: usize = 960;

/// The most levels. Where there could be more, the levels stay as close to each other. Measured.
const MOST_LEVELS: usize = 8;

/// How many times colder the lowest level gets in the last part of a cooling. Measured.
const QUENCH: f64 = 2.5;

/// How many replicas exchange temperatures; `None` where none do, since there is more to find than seats.
pub fn levels(facts: &Facts) -> Option<usize> {
    (facts.run_count() == 0).then(|| (MANAGERS_ON_ALL_LEVELS / facts.eligible().count().max(1)).clamp(2, MOST_LEVELS))
}

/// The replicas by their temperatures.
pub struct Tempering {
    /// By level, the replica that stands on it.
    replicas: Vec<usize>,
    /// How many times warmer each level is than the one below; 1 where nothing is exchanged.
    step: f64,
    exchanges: bool,
    meetings: usize,
    rng: Rng,
}

impl Tempering {
    /// `replicas` replicas, each on the level of its number.
    pub fn new(facts: &Facts, replicas: usize, seed: u64) -> Tempering {
        let exchanges = replicas > 1 && levels(facts).is_some();
        let managers = facts.eligible().count().max(MANAGERS_ON_ALL_LEVELS / MOST_LEVELS);
        let step = if exchanges { libm::exp(LOG_STEP / libm::sqrt(managers as f64)) } else { 1.0 };
        Tempering { replicas: (0..replicas).collect(), step, exchanges, meetings: 0, rng: Rng::new(seed, u64::MAX - 1) }
    }

    /// Whether temperatures are exchanged.
    pub fn exchanges(&self) -> bool {
        self.exchanges
    }

    /// The cooling of the lowest level, given the schedule's: it is still warm enough for exchanges where that ends, and so
    /// is quenched.
    pub fn lowest(&self, cooling: Cooling) -> Cooling {
        Cooling { quench: if self.exchanges { QUENCH } else { 1.0 }, ..cooling }
    }

    /// The cooling of each replica, given that of the lowest level.
    pub fn coolings(&self, lowest: &Cooling) -> Vec<Cooling> {
        let mut coolings = vec![*lowest; self.replicas.len()];
        let mut level = 1.0;
        for &replica in &self.replicas {
            coolings[replica] = lowest.warmer(level);
            level *= self.step;
        }
        coolings
    }

    /// Lets neighbours exchange, every other pair of them at a time; `temperature` is that of the lowest level, `cost` what
    /// the plan of a replica costs.
    pub fn meet(&mut self, temperature: f64, logs: &LogTable, cost: impl Fn(usize) -> i64) {
        if !self.exchanges {
            return;
        }
        let first = self.meetings % 2;
        self.meetings += 1;
        let mut colder = temperature * if first == 0 { 1.0 } else { self.step };
        for pair in self.replicas[first..].chunks_exact_mut(2) {
            let warmer = colder * self.step;
            let dearer = (cost(pair[1]) - cost(pair[0])) as f64;
            if dearer * (1.0 / colder - 1.0 / warmer) <= logs.draw(&mut self.rng) {
                pair.swap(0, 1);
            }
            colder = warmer * self.step;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cooling, Tempering};
    use crate::rng::Rng;
    use crate::search::acceptance::LogTable;

    fn tempering(exchanges: bool) -> Tempering {
        Tempering { replicas: (0..5).collect(), step: 1.5, exchanges, meetings: 0, rng: Rng::new(1, 0) }
    }

    #[test]
    fn the_cheapest_plan_sinks_to_the_lowest_level() {
        let (mut tempering, logs) = (tempering(true), LogTable::default());
        (0..10).for_each(|_| tempering.meet(1e-3, &logs, |replica| 100 * (5 - replica as i64)));
        assert_eq!(tempering.replicas, [4, 3, 2, 1, 0]);
        let lowest = Cooling { warm: 2.0, cold: 1.0, quench: 1.0, from: 0, to: 9 };
        assert_eq!(tempering.coolings(&lowest)[4], lowest);
        assert_eq!(tempering.coolings(&lowest)[2], Cooling { warm: 4.5, cold: 2.25, ..lowest });
    }

    #[test]
    fn without_tempering_nothing_is_exchanged() {
        let (mut tempering, logs) = (tempering(false), LogTable::default());
        (0..10).for_each(|_| tempering.meet(1e9, &logs, |_| 0));
        assert_eq!(tempering.replicas, [0, 1, 2, 3, 4]);
    }
}
