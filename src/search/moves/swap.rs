//! Two managers of different cohorts change seats.

use super::{Context, Neighbourhood};
use crate::ids::{CohortId, ManagerId};
use crate::state::Edit;
use crate::term::{self, Offers};

/// Members of so many other cohorts are tried for one seat, each cohort on a budget of its own: more of them cost less time
/// each, but chance has less of a say.
const COHORTS: usize = 2;

/// Where one term decides and can rule out whole cohorts at a glance, there are so many times as many tries for the same
/// manager.
const TIMES: usize = 3;

pub(super) const SWAP: Neighbourhood =
    Neighbourhood { name: "swap", share: 100, applies: |choices| choices.singles.len() > 1, propose: swap };

/// One manager for the first member of a few other cohorts that the budget affords.
fn swap(context: &mut Context, edits: &mut Vec<Edit>) {
    let Some((manager, from)) = draw_seated(context) else { return };
    let Context { choices, tolerance, budget, .. } = *context;
    let to = choices.cohorts_from_any(manager, context.rng);
    let offers = Offers { manager, from, to: &to[..to.len().min(COHORTS * tries(context))] };
    // At the best, a swap mends all that is broken.
    let slack = budget.hard_price.saturating_mul(context.state.score().hard);
    let (rng, budget) = (&mut *context.rng, &mut context.budget);
    let most = || {
        *budget = tolerance.draw(rng);
        budget.most.saturating_add(slack)
    };
    let suits = |partner| choices.is_single(partner) && choices.admits(from, partner);
    let taken = context.state.first_affordable(offers, most, suits);
    let draft = context.state.draft();
    let in_vain = offers.others().take_while(|&(number, _)| taken.is_none_or(|(taken, _)| number < taken));
    context.candidates = in_vain.map(|(_, cohort)| draft.members(cohort).len()).sum();
    if let Some((number, place)) = taken {
        context.candidates += place + 1;
        edits.push(exchange(manager, from, draft.members(to[number])[place], to[number]));
    }
    context.candidates = context.candidates.max(1);
}

/// How often in a row one manager is tried on a new budget.
pub(super) fn tries(context: &Context) -> usize {
    if context.state.is_decided_by_one() { TIMES } else { 1 }
}

/// A random manager who may change seats, with the cohort.
#[inline]
pub(super) fn draw_seated(context: &mut Context) -> Option<(ManagerId, CohortId)> {
    let singles = &context.choices.singles;
    let manager = singles[context.rng.below(singles.len())];
    Some((manager, context.state.draft().seat(manager)?))
}

/// A random manager from a cohort that may take `manager` and is none of `not`; one who may come to the first of them.
#[inline]
pub(super) fn draw_partner(
    context: &mut Context,
    manager: ManagerId,
    not: &[CohortId],
) -> Option<(ManagerId, CohortId)> {
    let (partner, cohort) = draw_seated(context)?;
    let choices = context.choices;
    let suits = !not.contains(&cohort) && choices.admits(cohort, manager) && choices.admits(not[0], partner);
    suits.then_some((partner, cohort))
}

/// Two managers change seats.
pub(super) fn exchange(a: ManagerId, from: CohortId, b: ManagerId, to: CohortId) -> Edit {
    Edit::Seats(term::swap((a, from), (b, to)).into_iter().collect())
}
