//! How much worse a candidate may make a plan: drawn anew for each (Kirkpatrick et al. 1983).

use crate::rng::Rng;
use crate::state::Budget;

/// How many values the logarithm of a random number is rounded to.
const LOGS: usize = 4_096;

/// −ln of evenly spaced numbers from 0 to 1, to draw from. Computed in software, so that every machine has the same.
#[derive(Clone, Debug)]
pub struct Logs(Vec<f64>);

impl Logs {
    /// The table.
    pub fn new() -> Logs {
        Logs((0..LOGS).map(|index| -libm::log((index as f64 + 0.5) / LOGS as f64)).collect())
    }

    /// One of them.
    #[inline]
    pub fn draw(&self, rng: &mut Rng) -> f64 {
        self.0[rng.below(LOGS)]
    }
}

/// What candidates may cost at a temperature.
#[derive(Clone, Copy, Debug)]
pub struct Tolerance<'a> {
    /// Where chance comes from.
    pub logs: &'a Logs,
    /// In soft cost; infinite where anything goes.
    pub temperature: f64,
    /// What a hard breach of amount 1 costs, in soft cost.
    pub hard_price: i64,
}

impl Tolerance<'_> {
    /// The budget of one candidate.
    #[inline]
    pub fn draw(&self, rng: &mut Rng) -> Budget {
        Budget { hard_price: self.hard_price, most: (self.temperature * self.logs.draw(rng)) as i64 }
    }
}
