//! One manager moves to another cohort.

use super::neighbourhood::{Context, Neighbourhood};
use super::swap::{draw_seated, seats_are_all};
use crate::search::state::Edit;

/// Where only seats are to be found and one term decides, this many moves are tried in a row. Chosen.
const TRIES: usize = 96;

pub(super) const RELOCATE: Neighbourhood = Neighbourhood {
    name: "relocate",
    share: 8,
    applies: |choices| !choices.seating.singles.is_empty(),
    propose: relocate,
};

fn relocate(context: &mut Context, edits: &mut Vec<Edit>) {
    if !seats_are_all(context) {
        return edits.extend(draw(context));
    }
    context.candidates = TRIES;
    for _ in 0..TRIES {
        let Some(edit) = draw(context) else { continue };
        if let Some(change) = context.state.price_if(&edit, context.threshold) {
            let Some(history) = context.history.as_deref_mut() else { return edits.push(edit) };
            history.leave(context.state.draft(), context.state.score(), context.threshold.price(change));
            context.state.keep(&[edit], change, |edit| history.note(edit));
        }
        context.threshold = context.metropolis.draw(context.rng);
    }
}

/// One manager to a random cohort that has room.
fn draw(context: &mut Context) -> Option<Edit> {
    let facts = context.state.facts();
    let (manager, from) = draw_seated(context)?;
    let cohorts = context.choices.seating.cohorts_for(manager);
    let to = *cohorts.get(context.rng.below(cohorts.len()))?;
    let draft = context.state.draft();
    // A move that makes one cohort too small or the other too large pays off only while sizes are wrong anyway.
    let fits = draft.members(to).len() < facts.wave_of(to).max && draft.members(from).len() > facts.wave_of(from).min;
    let is_worth_it = to != from && (fits || draft.members(from).len() > draft.members(to).len() + 1);
    is_worth_it.then(|| Edit::seat(manager, Some(from), Some(to)))
}
