//! Members whom the dates of their cohort do not suit change seats with managers whom they do.

use smallvec::SmallVec;

use super::neighbourhood::Context;
use crate::ids::{CohortId, ManagerId};
use crate::search::acceptance::Threshold;
use crate::search::state::Edit;

/// For each member whom the dates do not suit, the members of at most this many other cohorts are tried. Measured.
const COHORTS: usize = 20;

/// Finds a better seat for every member of the cohorts whom the dates do not suit, as far as that pays, and as long as
/// what was attempted could still be affordable.
pub fn give_seats(context: &mut Context, cohorts: &[CohortId]) {
    let (state, seating) = (&*context.state, &context.choices.seating);
    let members = cohorts.iter().flat_map(|&cohort| state.draft().members(cohort).iter().map(move |&m| (m, cohort)));
    let singles = members.filter(|&(member, _)| seating.is_single(member));
    let reliefs =
        singles.map(|(member, cohort)| (member, cohort, context.threshold.price(state.relief(member, cohort))));
    let to_move: SmallVec<[(ManagerId, CohortId, i64); 16]> = reliefs.filter(|&(.., relief)| relief > 0).collect();
    let mut hoped = to_move.iter().fold(0_i64, |sum, &(.., relief)| sum.saturating_add(relief));
    for (manager, cohort, relief) in to_move {
        if context.threshold.price(context.state.attempted()).saturating_sub(hoped) > context.threshold.most {
            return;
        }
        // Someone before may have taken this seat.
        if context.state.draft().seat(manager) == Some(cohort) {
            give_seat(context, manager, cohort);
        }
        hoped = hoped.saturating_sub(relief);
    }
}

/// Makes the cheapest exchange of the manager's seat with one in some other cohorts, if it pays.
fn give_seat(context: &mut Context, manager: ManagerId, cohort: CohortId) {
    let seating = &context.choices.seating;
    let mut threshold = Threshold { most: -1, ..context.threshold };
    let mut best = None;
    let others = seating.cohorts_from_any(manager, context.rng).iter().filter(|&&other| other != cohort);
    for &other in others.take(COHORTS) {
        context.candidates += 1;
        let suits = |partner| seating.may_come(cohort, partner);
        if let Some((exchanges, price)) = context.state.cheapest_swap((manager, cohort), other, threshold, suits) {
            threshold.most = price - 1;
            best = Some(exchanges);
        }
    }
    if let Some(exchanges) = best {
        context.state.attempt(&Edit::swap(exchanges));
    }
}
