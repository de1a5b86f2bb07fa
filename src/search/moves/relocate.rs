//! One manager moves to another cohort.

use super::swap::{draw_seated, tries};
use super::{Context, Neighbourhood};
use crate::state::Edit;

pub(super) const RELOCATE: Neighbourhood = Neighbourhood {
    name: "relocate",
    share: 8,
    applies: |choices| !choices.seating.singles.is_empty(),
    propose: relocate,
};

/// One manager to a random cohort that has room; where there are several tries, the first that the budget affords.
fn relocate(context: &mut Context, edits: &mut Vec<Edit>) {
    let facts = context.state.facts();
    let (managers, times) = tries(context);
    let tries = managers * times;
    for number in 1..=tries {
        let Some((manager, from)) = draw_seated(context) else { return };
        let cohorts = context.choices.seating.cohorts_for(manager);
        if cohorts.is_empty() {
            return;
        }
        let to = cohorts[context.rng.below(cohorts.len())];
        let draft = context.state.draft();
        // A move that makes one cohort too small or the other too large pays off only while sizes are wrong anyway.
        let fits =
            draft.members(to).len() < facts.wave_of(to).max && draft.members(from).len() > facts.wave_of(from).min;
        if to == from || !(fits || draft.members(from).len() > draft.members(to).len() + 1) {
            continue;
        }
        let edit = Edit::seat(manager, Some(from), Some(to));
        if number == tries || context.state.price_if(&edit, context.budget).is_some() {
            context.candidates = number;
            return edits.push(edit);
        }
        context.budget = context.tolerance.draw(context.rng);
    }
}
