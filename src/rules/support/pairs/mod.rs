//! Trackers of amounts of pairs of managers, paid where both sit in one cohort: for `apart` and `affinity`.
//!
//! Which of the three trackers is used depends on how many pairs there are: [`sparse`] walks the pairs of those who move,
//! [`sums`] keeps a sum for each manager and cohort, and [`dense`] keeps the same sums in the order in which managers sit, so that
//! a manager's swaps with all members of a cohort are priced in a few vector instructions.

mod amounts;
mod change;
mod dense;
mod links;
mod places;
mod sparse;
mod sums;

use std::sync::Arc;

use self::amounts::{Amount, Matrix, Pair, grain};
use self::dense::Dense;
use self::links::Links;
use self::places::LANES;
use self::sparse::Sparse;
use self::sums::Sums;
use super::scope::Scope;
use crate::facts::Facts;
use crate::term::Tracker;

/// With at most this many partners per manager on average, pairs are walked; with more, sums are kept. Measured.
const SPARSE_LINKS: usize = 24;

/// The most sums that are kept: 20 million, 160 MB at 64 bits.
const LARGEST_TABLE: usize = 20_000_000;

/// The most managers for whom the amounts between any two are kept as a matrix ...
const LARGEST_MATRIX: usize = 2_000;

/// ... if at least one in this many entries of it is in the file ...
const ENTRIES_PER_PAIR: usize = 8;

/// ... and if there are at most this many places per manager when every cohort has at least one block of places. Empty places
/// take memory and time.
const PLACES_PER_MANAGER: usize = 4;

/// The tracker that fits these pairs.
pub fn tracker(facts: &Facts, pairs: &[Pair], scope: &Scope) -> Box<dyn Tracker> {
    let managers = facts.managers.len();
    let are_few = 2 * pairs.len() <= SPARSE_LINKS * managers || managers * facts.cohorts.len() > LARGEST_TABLE;
    if are_few {
        return Box::new(Sparse { links: Arc::new(Links::new(managers, pairs)), scope: scope.clone() });
    }
    let grain = grain(pairs);
    let pairs: Vec<Pair> = pairs.iter().map(|&(a, b, amount)| (a, b, amount / grain)).collect();
    let links = Links::new(managers, &pairs);
    // No intermediate value adds or subtracts any of a manager's amounts more than once.
    let greatest = links.greatest();
    if greatest < i16::MAX.into() {
        with_sums::<i16>(facts, grain, links, &pairs, scope)
    } else if greatest < i32::MAX.into() {
        with_sums::<i32>(facts, grain, links, &pairs, scope)
    } else {
        with_sums::<i64>(facts, grain, links, &pairs, scope)
    }
}

/// A tracker that keeps sums of the type `N`.
fn with_sums<N: Amount>(facts: &Facts, grain: i64, links: Links, pairs: &[Pair], scope: &Scope) -> Box<dyn Tracker> {
    let managers = facts.managers.len();
    let is_compact = facts.cohorts.len() * LANES <= PLACES_PER_MANAGER * managers;
    if managers <= LARGEST_MATRIX && 2 * pairs.len() * ENTRIES_PER_PAIR >= managers * managers && is_compact {
        return Box::new(Dense::<N>::new(facts, grain, Matrix::new(managers, pairs), scope));
    }
    Box::new(Sums::<N>::new(facts, grain, links, scope))
}
