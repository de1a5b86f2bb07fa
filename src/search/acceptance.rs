//! The Metropolis criterion (Metropolis et al. 1953; for annealing, Kirkpatrick et al. 1983): how much worse a change may make a
//! plan. Instead of a probability for each cost, a threshold is drawn for each candidate before it is priced: a cost that is at most
//! −T ln u is accepted with probability exp(−cost / T).

use std::f64::consts::LN_2;

use crate::rng::Rng;
use crate::score::Score;

/// The most that a change may cost. Pricing stops as soon as a change is seen to cost more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Threshold {
    /// What a hard breach of amount 1 costs, in soft cost.
    pub hard_price: i64,
    /// The most that the change may cost.
    pub most: i64,
}

impl Threshold {
    /// Anything goes.
    pub const UNLIMITED: Threshold = Threshold { hard_price: 0, most: i64::MAX };

    /// What a change costs.
    #[inline]
    pub fn price(self, change: Score) -> i64 {
        change.hard.saturating_mul(self.hard_price).saturating_add(change.soft)
    }
}

/// The table of logarithms is indexed by this many bits of a random number. Chosen.
const BITS: u32 = 8;

/// −ln of random numbers between 0 and 1, from a table small enough to stay near the processor. Computed in software, so
/// that every machine has the same.
#[derive(Clone, Debug)]
pub struct LogTable([f64; 1 << BITS]);

impl Default for LogTable {
    /// The table.
    fn default() -> LogTable {
        let parts = (2 << BITS) as f64;
        LogTable(std::array::from_fn(|index| -libm::log(((1 << BITS) as f64 + index as f64 + 0.5) / parts)))
    }
}

impl LogTable {
    /// A draw. The random number is one from ½ to 1, halved a geometrically distributed number of times.
    #[inline]
    pub fn draw(&self, rng: &mut Rng) -> f64 {
        let bits = rng.bits();
        f64::from((bits >> BITS).trailing_zeros()) * LN_2 + self.0[bits as usize % self.0.len()]
    }
}

/// The Metropolis criterion at a temperature.
#[derive(Clone, Copy, Debug)]
pub struct Metropolis<'a> {
    /// The logarithms of random numbers.
    pub logs: &'a LogTable,
    /// In soft cost; infinite where anything goes.
    pub temperature: f64,
    /// What a hard breach of amount 1 costs, in soft cost.
    pub hard_price: i64,
}

impl Metropolis<'_> {
    /// The threshold of one candidate.
    #[inline]
    pub fn draw(&self, rng: &mut Rng) -> Threshold {
        Threshold { hard_price: self.hard_price, most: self.draw_most(rng) }
    }

    /// The most that one candidate may cost.
    #[inline]
    pub fn draw_most(&self, rng: &mut Rng) -> i64 {
        (self.temperature * self.logs.draw(rng)) as i64
    }
}
