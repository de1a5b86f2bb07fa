//! Two managers of different cohorts change seats.

use std::ops::Range;

use smallvec::smallvec;

use super::{Context, Neighbourhood};
use crate::draft::Exchange;
use crate::ids::{CohortId, ManagerId};
use crate::rng::Rng;
use crate::state::Edit;
use crate::term::{SWAPS, Swaps};

/// Members of so many other cohorts are tried for one seat, on one budget: more of them cost less time each, but chance has
/// less of a say.
const COHORTS: usize = 2;

pub(super) const SWAP: Neighbourhood =
    Neighbourhood { name: "swap", share: 100, applies: |choices| choices.singles.len() > 1, propose: swap };

/// One manager for the first of several members of other cohorts that the budget affords.
fn swap(context: &mut Context, edits: &mut Vec<Edit>) {
    let Some((manager, from)) = draw_seated(context) else { return };
    let choices = context.choices;
    let cohorts = choices.cohorts_for(manager);
    let first = context.rng.below(cohorts.len());
    let mut candidates = 0;
    for &to in cohorts[first..].iter().chain(&cohorts[..first]).take(COHORTS) {
        let members = context.state.draft().members(to);
        let most = SWAPS.min(context.most - candidates);
        if to == from || members.is_empty() || most == 0 {
            continue;
        }
        let partners = &members[window(members.len(), most, context.rng)];
        let swaps = Swaps { manager, from, to, partners };
        let suits = |partner| choices.is_single(partner) && choices.admits(from, partner);
        if let Some(place) = context.state.first_affordable(&swaps, context.budget, suits) {
            context.candidates = candidates + place + 1;
            return edits.push(exchange(manager, from, partners[place], to));
        }
        candidates += partners.len();
    }
    context.candidates = candidates.max(1);
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
