//! What a change of seats is worth when each manager's sum of amounts to each cohort is known (Lai and Hao, "Iterated maxima
//! search for the maximally diverse grouping problem", 2016).

use crate::draft::Exchange;
use crate::ids::{CohortId, ManagerId};
use crate::rules::support::scope::Scope;

/// By how much a change of seats changes the sums of all cohorts together, given the sum of a manager's amounts to the members
/// of a cohort, and the amount between two.
#[inline]
pub fn change(
    scope: &Scope,
    exchanges: &[Exchange],
    sum: impl Fn(ManagerId, CohortId) -> i64,
    between: impl Fn(ManagerId, ManagerId) -> i64,
) -> i64 {
    let mut change = 0;
    for exchange in exchanges.iter().filter(|exchange| scope.has(exchange.cohort)) {
        change -= exchange.out.map_or(0, |out| sum(out, exchange.cohort));
        change += exchange.into.map_or(0, |into| sum(into, exchange.cohort));
        if let (Some(out), Some(into)) = (exchange.out, exchange.into) {
            change -= between(out, into);
        }
    }
    change
}
