//! Two managers of different cohorts change seats.

use std::ops::Range;

use smallvec::smallvec;

use super::{Context, Neighbourhood};
use crate::draft::Exchange;
use crate::ids::{CohortId, ManagerId};
use crate::rng::Rng;
use crate::state::Edit;
use crate::term::Swaps;

/// So many members of a cohort are tried for one seat.
const PARTNERS: usize = 32;

pub(super) const SWAP: Neighbourhood =
    Neighbourhood { name: "swap", share: 100, applies: |choices| choices.singles.len() > 1, propose: swap };

/// One manager for each of several members of another cohort, who are priced together on one budget; the first that it
/// affords.
fn swap(context: &mut Context, edits: &mut Vec<Edit>) {
    let Some((manager, from)) = draw_seated(context) else { return };
    let choices = context.choices;
    let cohorts = choices.cohorts_for(manager);
    if cohorts.is_empty() {
        return;
    }
    let to = cohorts[context.rng.below(cohorts.len())];
    let members = context.state.draft().members(to);
    if to == from || members.is_empty() {
        return;
    }
    let partners = &members[window(members.len(), PARTNERS.min(context.most), context.rng)];
    let mut costs = [0; PARTNERS];
    let costs = &mut costs[..partners.len()];
    context.state.price_swaps(&Swaps { manager, from, to, partners }, costs);
    let affordable = context.state.affordable(context.budget);
    let suits = |partner| choices.is_single(partner) && choices.admits(from, partner);
    let found = partners.iter().zip(costs).position(|(&partner, cost)| *cost <= affordable && suits(partner));
    context.candidates = found.map_or(partners.len(), |place| place + 1);
    edits.extend(found.map(|place| exchange(manager, from, partners[place], to)));
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
