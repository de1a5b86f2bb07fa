//! Two managers of different cohorts change seats.

use smallvec::smallvec;

use super::{Context, Neighbourhood};
use crate::draft::Exchange;
use crate::ids::{CohortId, ManagerId};
use crate::state::Edit;

pub(super) const SWAP: Neighbourhood = Neighbourhood {
    name: "swap",
    share: 200,
    applies: |choices| choices.singles.len() > 1,
    propose: |context, edits| {
        if let Some((a, from)) = draw_seated(context)
            && let Some((b, to)) = draw_partner(context, a, &[from])
        {
            edits.push(exchange(a, from, b, to));
        }
    },
};

/// A random manager who may change seats, with the cohort.
pub(super) fn draw_seated(context: &mut Context) -> Option<(ManagerId, CohortId)> {
    let singles = &context.choices.singles;
    let manager = singles[context.rng.below(singles.len())];
    Some((manager, context.state.draft().seat(manager)?))
}

/// A random manager from a cohort that may take `manager` and is none of `not`; one who may come to the first of them.
pub(super) fn draw_partner(
    context: &mut Context,
    manager: ManagerId,
    not: &[CohortId],
) -> Option<(ManagerId, CohortId)> {
    let facts = context.state.facts();
    let cohorts = context.choices.cohorts_for(facts, manager);
    let cohort = cohorts[context.rng.below(cohorts.len())];
    if not.contains(&cohort) {
        return None;
    }
    let members = context.state.draft().members(cohort);
    if members.is_empty() {
        return None;
    }
    let partner = members[context.rng.below(members.len())];
    let can_come = context.choices.is_single(partner) && facts.takes(facts.cohorts[not[0].index()].wave, partner);
    can_come.then_some((partner, cohort))
}

/// Two managers change seats.
pub(super) fn exchange(a: ManagerId, from: CohortId, b: ManagerId, to: CohortId) -> Edit {
    Edit::Seats(smallvec![
        Exchange { cohort: from, out: Some(a), into: Some(b) },
        Exchange { cohort: to, out: Some(b), into: Some(a) },
    ])
}
