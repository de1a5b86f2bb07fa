//! Amounts of pairs of managers, in whole numbers as narrow as they fit: half as wide, twice as many are added in one go, and
//! twice as much of a table fits where it is near.

use std::ops::{AddAssign, Sub, SubAssign};
use std::sync::Arc;

use super::links::Links;
use crate::facts::Facts;
use crate::ids::ManagerId;

/// The most managers for whom the amount between any two is kept too.
const LARGEST_MATRIX: usize = 2_000;

/// The amounts between any two are only kept where at least one in so many is in the file.
const SPARE: usize = 8;

/// A pair of managers with its amount.
pub type Pair = (ManagerId, ManagerId, i64);

/// A whole number as wide as the amounts of a problem need it.
pub trait Amount:
    Copy + PartialOrd + Default + Send + Sync + Sub<Output = Self> + AddAssign + SubAssign + Into<i64> + 'static
{
    /// The number; it must fit.
    fn of(amount: i64) -> Self;

    /// The nearest number that fits.
    fn nearest(amount: i64) -> Self;
}

macro_rules! amount {
    ($($width:ty)*) => {$(
        impl Amount for $width {
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

/// The amounts between managers, in grains.
pub struct Amounts<N> {
    /// So much is one grain.
    pub grain: i64,
    managers: usize,
    links: Links,
    /// By two managers; empty where there are too many of them.
    between: Vec<N>,
    /// For each manager, the greatest amount to another, where those between any two are kept.
    greatest: Vec<N>,
}

/// The greatest number that divides all amounts, 1 at the least.
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

impl<N: Amount> Amounts<N> {
    /// Of pairs that are counted in grains of so much.
    pub fn new(facts: &Facts, grain: i64, links: Links, pairs: &[Pair]) -> Arc<Amounts<N>> {
        let managers = facts.managers.len();
        let is_full = 2 * pairs.len() * SPARE >= managers * managers;
        let between = if managers <= LARGEST_MATRIX && is_full { matrix(managers, pairs) } else { Vec::new() };
        let greatest = between.chunks_exact(managers.max(1)).enumerate().map(|(own, row)| greatest(own, row)).collect();
        Arc::new(Amounts { grain, managers, links, between, greatest })
    }

    /// How many managers there are.
    #[inline]
    pub fn managers(&self) -> usize {
        self.managers
    }

    /// Whether the amounts between any two are kept.
    pub fn are_kept(&self) -> bool {
        !self.between.is_empty()
    }

    /// Those with whom a manager has amounts.
    #[inline]
    pub fn links(&self, manager: ManagerId) -> &[(ManagerId, i64)] {
        self.links.of(manager)
    }

    /// A manager's amounts to all; `None` where they are not kept so.
    #[inline]
    pub fn row(&self, manager: ManagerId) -> Option<&[N]> {
        self.between.get(manager.index() * self.managers..)?.get(..self.managers)
    }

    /// The amount between two managers.
    pub fn between(&self, a: ManagerId, b: ManagerId) -> i64 {
        match self.row(a) {
            Some(row) => row[b.index()].into(),
            None => self.links.of(a).iter().filter(|(other, _)| *other == b).map(|(_, amount)| amount).sum(),
        }
    }

    /// The greatest amount of a manager to another, where [`Amounts::row`] is kept.
    #[inline]
    pub fn greatest(&self, manager: ManagerId) -> i64 {
        self.greatest[manager.index()].into()
    }
}

fn matrix<N: Amount>(managers: usize, pairs: &[Pair]) -> Vec<N> {
    let mut between = vec![N::default(); managers * managers];
    for (a, b, amount) in pairs {
        between[a.index() * managers + b.index()] += N::of(*amount);
        between[b.index() * managers + a.index()] += N::of(*amount);
    }
    between
}

/// The greatest amount of a row, but for the manager's own.
fn greatest<N: Amount>(own: usize, row: &[N]) -> N {
    let others = row[..own].iter().chain(&row[own + 1..]).copied();
    others.reduce(|a, b| if b > a { b } else { a }).unwrap_or_default()
}
