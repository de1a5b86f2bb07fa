//! One run moves to other days within its window; room and team stay where they are free.

use super::{Context, Neighbourhood};
use crate::ids::RunId;
use crate::search::furnish::furnish;
use crate::search::times;
use crate::state::Edit;

/// So many days away is near.
const NEAR: i64 = 9;

pub(super) const RETIME: Neighbourhood =
    Neighbourhood { name: "retime", share: 120, applies: |choices| !choices.runs.is_empty(), propose: retime };

fn retime(context: &mut Context, edits: &mut Vec<Edit>) {
    let run = draw_run(context);
    let facts = context.state.facts();
    if facts.fixed.runs[run.index()].sessions.is_some() {
        return;
    }
    let draft = context.state.draft();
    let module = facts.module_of(run);
    let (from, to) = times::window(facts, draft, run);
    let mut days = context.choices.first_days_within(module, from, to);
    if days.is_empty() {
        days = &context.choices.first_days[module.index()];
    }
    if let Some(first) = draft.booking(run).first()
        && context.rng.below(2) == 0
    {
        let (from, to) = (from.max(i64::from(first) - NEAR), to.min(i64::from(first) + NEAR));
        let near = context.choices.first_days_within(module, from, to);
        days = if near.is_empty() { days } else { near };
    }
    if days.is_empty() {
        return;
    }
    let day = days[context.rng.below(days.len())];
    let Some(sittings) = times::draw(facts, module, day, context.rng) else { return };
    let draft = context.state.draft();
    if sittings != draft.booking(run).sittings {
        let booking = furnish(facts, draft, context.choices, run, sittings, true, context.rng);
        edits.extend(booking.map(|booking| Edit::Book(run, booking)));
    }
}

/// A random run of which something may change.
pub(super) fn draw_run(context: &mut Context) -> RunId {
    let runs = &context.choices.runs;
    runs[context.rng.below(runs.len())]
}
