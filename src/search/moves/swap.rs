//! Two managers of different cohorts change seats.

use std::ops::Range;

use smallvec::smallvec;

use super::{Context, Neighbourhood};
use crate::draft::Exchange;
use crate::ids::{CohortId, ManagerId};
use crate::rng::Rng;
use crate::state::Edit;
use crate::term::{SWAPS, Swaps};

/// Members of so many other cohorts are tried for one seat on one budget: more of them cost less time each, but chance has
/// less of a say.
const COHORTS: usize = 2;

/// Where one term decides and can rule out whole cohorts at a glance, there are so many times as many tries for the same
/// manager, each on a budget of its own.
const TIMES: usize = 3;

pub(super) const SWAP: Neighbourhood =
    Neighbourhood { name: "swap", share: 100, applies: |choices| choices.singles.len() > 1, propose: swap };

/// One manager for the first of several members of other cohorts that the budget affords.
fn swap(context: &mut Context, edits: &mut Vec<Edit>) {
    let Some((manager, from)) = draw_seated(context) else { return };
    let choices = context.choices;
    let suits = |partner| choices.is_single(partner) && choices.admits(from, partner);
    let cohorts = COHORTS * tries(context);
    let mut candidates = 0;
    for (number, &to) in choices.cohorts_from_any(manager, context.rng).iter().take(cohorts).enumerate() {
        let members = context.state.draft().members(to).len();
        let most = SWAPS.min(context.most - candidates);
        if to == from || members == 0 || most == 0 {
            continue;
        }
        if number > 0 && number.is_multiple_of(COHORTS) {
            context.budget = context.tolerance.draw(context.rng);
        }
        let swaps = Swaps { manager, from, to, places: window(members, most, context.rng) };
        if let Some(place) = context.state.first_affordable(&swaps, context.budget, suits) {
            context.candidates = candidates + place + 1;
            let partner = swaps.partners(context.state.draft())[place];
            return edits.push(exchange(manager, from, partner, to));
        }
        candidates += swaps.places.len();
    }
    context.candidates = candidates.max(1);
}

/// How often in a row one manager is tried on a new budget.
pub(super) fn tries(context: &Context) -> usize {
    if context.state.is_decided_by_one() { TIMES } else { 1 }
}

/// At most `most` places of `count` next to each other, each as often as any other.
fn window(count: usize, most: usize, rng: &mut Rng) -> Range<usize> {
    if count <= most {
        return 0..count;
    }
    let last = rng.below(count + most - 1);
    (last + 1).saturating_sub(most)..count.min(last + 1)
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
    Edit::Seats(smallvec![
        Exchange { cohort: from, out: Some(a), into: Some(b) },
        Exchange { cohort: to, out: Some(b), into: Some(a) },
    ])
}
