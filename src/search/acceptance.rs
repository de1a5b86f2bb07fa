//! How much worse a change may make a plan: drawn anew for each candidate of a search (Kirkpatrick et al. 1983).

use std::f64::consts::LN_2;

use crate::rng::Rng;
use crate::score::Score;

/// How dear a change may be. A change is looked at only so far as to see that it is dearer.
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

/// So many of a number's bits are looked up.
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
    /// One of them. The number is one from ½ to 1, halved as often as a coin shows heads.
    #[inline]
    pub fn draw(&self, rng: &mut Rng) -> f64 {
        let bits = rng.bits();
        f64::from((bits >> BITS).trailing_zeros()) * LN_2 + self.0[bits as usize % self.0.len()]
    }
}

/// What candidates may cost at a temperature.
#[derive(Clone, Copy, Debug)]
pub struct Metropolis<'a> {
    /// Where chance comes from.
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
