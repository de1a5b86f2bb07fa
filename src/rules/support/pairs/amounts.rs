//! Amounts of pairs of managers, as whole numbers of the narrowest type that holds them: with half the width, a vector operation
//! adds twice as many, and twice as much of a table fits into the cache.

use std::ops::{Add, AddAssign, Sub, SubAssign};

use crate::ids::ManagerId;

/// A pair of managers with its amount.
pub type Pair = (ManagerId, ManagerId, i64);

/// A whole number as wide as the amounts of a problem need it.
pub trait Amount:
    Copy
    + Ord
    + Default
    + Send
    + Sync
    + Add<Output = Self>
    + Sub<Output = Self>
    + AddAssign
    + SubAssign
    + Into<i64>
    + 'static
{
    /// The greatest there is.
    const GREATEST: Self;

    /// The number; it must fit.
    fn of(amount: i64) -> Self;

    /// The nearest number that fits.
    fn nearest(amount: i64) -> Self;
}

macro_rules! amount {
    ($($width:ty)*) => {$(
        impl Amount for $width {
            const GREATEST: $width = <$width>::MAX;

            #[inline]
            fn of(amount: i64) -> $width {
                amount as $width
            }

            #[inline]
            fn nearest(amount: i64) -> $width {
                amount.clamp(<$width>::MIN.into(), <$width>::MAX.into()) as $width
            }
        }
    )*};
}

amount!(i16 i32 i64);

/// The greatest common divisor of all amounts, at least 1. Amounts are kept as multiples of it.
pub fn grain(pairs: &[Pair]) -> i64 {
    let divisor = pairs.iter().fold(0, |mut divisor, (.., amount)| {
        let mut rest = amount.unsigned_abs();
        while rest > 0 {
            (divisor, rest) = (rest, divisor % rest);
        }
        divisor
    });
    i64::try_from(divisor.max(1)).unwrap_or(1)
}

/// The amounts between any two managers.
pub struct Matrix<N> {
    managers: usize,
    /// By two managers, nobody the last of them.
    amounts: Vec<N>,
    /// For each manager, the greatest amount to another.
    greatest: Vec<N>,
}

impl<N: Amount> Matrix<N> {
    /// Of these pairs.
    pub fn new(managers: usize, pairs: &[Pair]) -> Matrix<N> {
        let width = managers + 1;
        let mut amounts = vec![N::default(); width * width];
        for (a, b, amount) in pairs {
            amounts[a.index() * width + b.index()] += N::of(*amount);
            amounts[b.index() * width + a.index()] += N::of(*amount);
        }
        let of_others = |(own, row): (usize, &[N])| row[..own].iter().chain(&row[own + 1..managers]).max().copied();
        let greatest = amounts
            .chunks_exact(width)
            .take(managers)
            .enumerate()
            .map(|row| of_others(row).unwrap_or_default())
            .collect();
        Matrix { managers, amounts, greatest }
    }

    /// A number behind those of all managers, for nobody: without an amount to anybody.
    pub fn nobody(&self) -> ManagerId {
        ManagerId::new(self.managers)
    }

    /// The amounts of a manager, or of nobody, to all others and to nobody.
    #[inline]
    pub fn row(&self, manager: ManagerId) -> &[N] {
        &self.amounts[manager.index() * (self.managers + 1)..][..=self.managers]
    }

    /// The greatest amount of a manager to another.
    #[inline]
    pub fn greatest(&self, manager: ManagerId) -> i64 {
        self.greatest[manager.index()].into()
    }
}
