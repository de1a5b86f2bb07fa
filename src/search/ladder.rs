//! Temperatures that crews exchange (Swendsen and Wang 1986, Geyer 1991).
//!
//! Where seats are all there is, each crew stands on a rung of a ladder: the first is as cold as the schedule says, each
//! other one a little warmer than the one below, and all of them fall together. When crews meet, neighbours on the ladder
//! exchange rungs, the more likely the better the plan of the warmer one is. What is found where it is warm so sinks to
//! where it is cold, and what is stuck there comes up again.

use super::cooling::Cooling;
use crate::budget::Logs;
use crate::facts::Facts;
use crate::rng::Rng;

/// The ratio of the temperatures of neighbours is e to so much over the root of the number of managers. The costs of plans
/// at one temperature differ by that root, so they exchange about as often however many managers there are.
const STEP: f64 = 1.55;

/// So many managers are on all rungs together: with more, each rung would be too shallow.
const MANAGERS: usize = 960;

/// A ladder has at most so many rungs; where there could be more, they are no further from each other.
const MOST: usize = 8;

/// At the end the lowest rung is cooled so many times more at once.
const QUENCH: f64 = 2.5;

/// How many crews exchange temperatures; `None` where none do, since there is more to find than seats.
pub fn rungs(facts: &Facts) -> Option<usize> {
    (facts.run_count() == 0).then(|| (MANAGERS / facts.eligible().count().max(1)).clamp(2, MOST))
}

/// The crews by their temperatures.
pub struct Ladder {
    /// By rung, the crew that stands on it.
    crews: Vec<usize>,
    /// How many times warmer each rung is than the one below; 1 where nothing is exchanged.
    step: f64,
    exchanges: bool,
    meetings: usize,
    rng: Rng,
}

impl Ladder {
    /// So many crews, each on the rung of its number.
    pub fn new(facts: &Facts, crews: usize, seed: u64) -> Ladder {
        let exchanges = crews > 1 && rungs(facts).is_some();
        let managers = facts.eligible().count().max(MANAGERS / MOST);
        let step = if exchanges { libm::exp(STEP / libm::sqrt(managers as f64)) } else { 1.0 };
        Ladder { crews: (0..crews).collect(), step, exchanges, meetings: 0, rng: Rng::new(seed, u64::MAX - 1) }
    }

    /// Whether temperatures are exchanged.
    pub fn exchanges(&self) -> bool {
        self.exchanges
    }

    /// The cooling of the lowest rung, given the schedule's: it is still warm enough for exchanges where that ends, and so
    /// is quenched.
    pub fn lowest(&self, cooling: Cooling) -> Cooling {
        Cooling { quench: if self.exchanges { QUENCH } else { 1.0 }, ..cooling }
    }

    /// The cooling of each crew, given that of the lowest rung.
    pub fn coolings(&self, lowest: &Cooling) -> Vec<Cooling> {
        let mut coolings = vec![*lowest; self.crews.len()];
        let mut rung = 1.0;
        for &crew in &self.crews {
            coolings[crew] = lowest.warmer(rung);
            rung *= self.step;
        }
        coolings
    }

    /// Lets neighbours exchange, every other pair of them at a time; `temperature` is that of the lowest rung, `cost` what
    /// the plan of a crew costs.
    pub fn meet(&mut self, temperature: f64, logs: &Logs, cost: impl Fn(usize) -> i64) {
        if !self.exchanges {
            return;
        }
        let first = self.meetings % 2;
        self.meetings += 1;
        let mut colder = temperature * if first == 0 { 1.0 } else { self.step };
        for pair in self.crews[first..].chunks_exact_mut(2) {
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
    use super::{Cooling, Ladder};
    use crate::budget::Logs;
    use crate::rng::Rng;

    fn ladder(exchanges: bool) -> Ladder {
        Ladder { crews: (0..5).collect(), step: 1.5, exchanges, meetings: 0, rng: Rng::new(1, 0) }
    }

    #[test]
    fn the_cheapest_plan_sinks_to_the_lowest_rung() {
        let (mut ladder, logs) = (ladder(true), Logs::default());
        (0..10).for_each(|_| ladder.meet(1e-3, &logs, |crew| 100 * (5 - crew as i64)));
        assert_eq!(ladder.crews, [4, 3, 2, 1, 0]);
        let lowest = Cooling { warm: 2.0, cold: 1.0, quench: 1.0, from: 0, to: 9 };
        assert_eq!(ladder.coolings(&lowest)[4], lowest);
        assert_eq!(ladder.coolings(&lowest)[2], Cooling { warm: 4.5, cold: 2.25, ..lowest });
    }

    #[test]
    fn without_a_ladder_nothing_is_exchanged() {
        let (mut ladder, logs) = (ladder(false), Logs::default());
        (0..10).for_each(|_| ladder.meet(1e9, &logs, |_| 0));
        assert_eq!(ladder.crews, [0, 1, 2, 3, 4]);
    }
}
