//! What cohorts cost together beyond the cheapest timeline for each of them, at the tolls found.
//!
//! The tolls make rooms, consultants and leadership groups so dear that they go round on average: two cohorts may each
//! have half of what only one can have. Here those of a wave are looked at together ([`whole`]), and those of all managers
//! without a leadership group, where they are few, with who sits in them ([`mixed`]): a Lagrangian relaxation in which such
//! cohorts are a single subproblem, solved by enumeration ([`dealing`]).

mod by_dates;
mod dealing;
mod mixed;
mod seats;
mod timetables;
mod whole;

use std::sync::atomic::AtomicBool;

use super::charges::Charges;
use super::columns::Columns;
use super::fares::Fares;
use super::market::Market;
use crate::facts::Facts;
use crate::ids::WaveId;
use mixed::Mixed;

/// The timelines of a problem at some tolls.
pub struct Tolled<'a> {
    /// The problem.
    pub facts: &'a Facts,
    /// The timelines.
    pub columns: &'a Columns<'a>,
    /// What it costs to hold a run.
    pub fares: &'a Fares,
    /// The tolls.
    pub market: &'a Market<'a>,
}

/// How many thousandths all cohorts cost at the least beyond the cheapest timeline for each, as far as it can be shown with
/// this effort; and how many beyond that and what is counted for seats.
pub fn more_together(at: &Tolled, charges: &Charges, effort: usize, stop: &AtomicBool) -> (i64, i64) {
    let mixed = Mixed::of(at, charges);
    let is_mixed = |&wave: &WaveId| mixed.as_ref().is_some_and(|mixed| mixed.has(wave));
    let (of_mixed, others): (Vec<WaveId>, Vec<WaveId>) = (0..at.facts.waves.len()).map(WaveId::new).partition(is_mixed);
    let more = |waves: Vec<WaveId>| waves.into_iter().map(|wave| whole::more(at, wave, effort, stop)).sum::<i64>();
    let with_seats = mixed.as_ref().map_or(0, |mixed| mixed.more(at, effort, stop));
    let of_mixed = more(of_mixed);
    (more(others) + of_mixed, (with_seats - of_mixed).max(0))
}
