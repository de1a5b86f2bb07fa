//! The score of a plan: whole numbers, hard before soft, lower is better.

use std::ops::{Add, AddAssign, Sub, SubAssign};

/// What a plan costs. Ordered by `hard`, then by `soft`; a plan with `hard == 0` is valid.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Score {
    /// Sum of the amounts of the built-in terms and of the hard rules.
    pub hard: i64,
    /// Sum of weight × amount over the rules with a weight.
    pub soft: i64,
}

impl Score {
    /// The score of a plan that breaks nothing and costs nothing.
    pub const ZERO: Score = Score { hard: 0, soft: 0 };

    /// Whether a plan with this score obeys everything it must.
    pub fn is_valid(self) -> bool {
        self.hard == 0
    }
}

impl Add for Score {
    type Output = Score;
    #[inline]
    fn add(self, other: Score) -> Score {
        Score { hard: self.hard + other.hard, soft: self.soft + other.soft }
    }
}

impl Sub for Score {
    type Output = Score;
    #[inline]
    fn sub(self, other: Score) -> Score {
        Score { hard: self.hard - other.hard, soft: self.soft - other.soft }
    }
}

impl AddAssign for Score {
    #[inline]
    fn add_assign(&mut self, other: Score) {
        *self = *self + other;
    }
}

impl SubAssign for Score {
    #[inline]
    fn sub_assign(&mut self, other: Score) {
        *self = *self - other;
    }
}

#[cfg(test)]
mod tests {
    use super::Score;

    #[test]
    fn hard_comes_before_soft() {
        assert!(Score { hard: 0, soft: 9_000 } < Score { hard: 1, soft: -5 });
        assert!(Score { hard: 0, soft: 3 } < Score { hard: 0, soft: 4 });
    }
}
