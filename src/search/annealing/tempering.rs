//! Temperatures that replicas exchange (Swendsen and Wang 1986, Geyer 1991).
//!
//! Where seats are all there is, each replica stands on a level of a tempering: the first is as cold as the schedule says, each
//! other one a little warmer than the one below, and all of them fall together. When replicas meet, neighbours on the tempering
//! exchange levels, the more likely the better the plan of the warmer one is. What is found where it is warm so sinks to
//! where it is cold, and what is stuck there comes up again.

use super::cooling::Cooling;
use crate::facts::Facts;
use crate::rng::Rng;
use crate::search::acceptance::LogTable;

/// The ratio of the temperatures of neighbours is e to so much over the root of the number of managers. The costs of plans
/// at one temperature differ by that root, so they exchange about as often however many managers there are.
const STEP: f64 = 1.55;

/// So many managers are on all levels together: with more, each level would be too shallow.
const MANAGERS: usize = 960;

/// A tempering has at most so many levels; where there could be more, they are no further from each other.
const MOST: usize = 8;

/// At the end the lowest level is cooled so many times more at once.
const QUENCH: f64 = 2.5;

/// How many replicas exchange temperatures; `None` where none do, since there is more to find than seats.
pub fn levels(facts: &Facts) -> Option<usize> {
    (facts.run_count() == 0).then(|| (MANAGERS / facts.eligible().count().max(1)).clamp(2, MOST))
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
    /// So many replicas, each on the level of its number.
    pub fn new(facts: &Facts, replicas: usize, seed: u64) -> Tempering {
        let exchanges = replicas > 1 && levels(facts).is_some();
        let managers = facts.eligible().count().max(MANAGERS / MOST);
        let step = if exchanges { libm::exp(STEP / libm::sqrt(managers as f64)) } else { 1.0 };
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
    fn the_cheapest_plan_sinks_to_the_lowest_rung() {
        let (mut tempering, logs) = (tempering(true), LogTable::default());
        (0..10).for_each(|_| tempering.meet(1e-3, &logs, |replica| 100 * (5 - replica as i64)));
        assert_eq!(tempering.replicas, [4, 3, 2, 1, 0]);
        let lowest = Cooling { warm: 2.0, cold: 1.0, quench: 1.0, from: 0, to: 9 };
        assert_eq!(tempering.coolings(&lowest)[4], lowest);
        assert_eq!(tempering.coolings(&lowest)[2], Cooling { warm: 4.5, cold: 2.25, ..lowest });
    }

    #[test]
    fn without_a_ladder_nothing_is_exchanged() {
        let (mut tempering, logs) = (tempering(false), LogTable::default());
        (0..10).for_each(|_| tempering.meet(1e9, &logs, |_| 0));
        assert_eq!(tempering.replicas, [0, 1, 2, 3, 4]);
    }
}
