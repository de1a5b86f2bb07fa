//! Members whom the dates of their cohort do not suit change seats with managers whom they do.

use smallvec::SmallVec;

use super::Context;
use crate::budget::Budget;
use crate::ids::{CohortId, ManagerId};
use crate::state::Edit;

/// The members of so many other cohorts are looked at for each member whom the dates do not suit.
const COHORTS: usize = 20;

/// Finds a better seat for every member of the cohort whom its dates do not suit, as far as that pays.
pub fn give_seats(context: &mut Context, cohort: CohortId) {
    let (state, seating) = (&*context.state, &context.choices.seating);
    let members = state.draft().members(cohort).iter().copied();
    let to_move = members.filter(|&member| seating.is_single(member) && !state.dates_suit(member, cohort));
    for manager in to_move.collect::<SmallVec<[ManagerId; 8]>>() {
        give_seat(context, manager, cohort);
    }
}

/// Makes the cheapest exchange of the manager's seat with one in some other cohorts, if it pays.
fn give_seat(context: &mut Context, manager: ManagerId, cohort: CohortId) {
    let seating = &context.choices.seating;
    let mut budget = Budget { most: -1, ..context.budget };
    let mut best = None;
    let others = seating.cohorts_from_any(manager, context.rng).iter().filter(|&&other| other != cohort);
    for &other in others.take(COHORTS) {
        context.candidates += 1;
        let suits = |partner| seating.is_single(partner) && seating.admits(cohort, partner);
        if let Some((exchanges, price)) = context.state.cheapest_swap((manager, cohort), other, budget, suits) {
            budget.most = price - 1;
            best = Some(exchanges);
        }
    }
    if let Some(exchanges) = best {
        context.state.attempt(&Edit::swap(exchanges));
    }
}
