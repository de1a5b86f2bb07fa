//! One run moves to other days within its window; room and team stay where they are free.

use super::neighbourhood::{Context, Neighbourhood};
use crate::draft::Booking;
use crate::ids::RunId;
use crate::search::choices::Choices;
use crate::search::resources::assign;
use crate::search::state::Edit;
use crate::search::times;

/// At most this many days away is near. Chosen.
const NEAR_DAYS: i64 = 9;

pub(super) const RETIME: Neighbourhood =
    Neighbourhood { name: "retime", share: 80, applies: |choices| !choices.runs.is_empty(), propose: retime };

fn retime(context: &mut Context, edits: &mut Vec<Edit>) {
    let run = draw_run(context);
    edits.extend(retimed(context, run).map(|booking| Edit::Book(run, booking)));
}

/// The run on other days, half of the time near to where it is.
pub(super) fn retimed(context: &mut Context, run: RunId) -> Option<Booking> {
    let facts = context.state.facts();
    if facts.fixed.runs[run.index()].sessions.is_some() {
        return None;
    }
    let draft = context.state.draft();
    let module = facts.module_of(run);
    let (from, to) = times::window(facts, draft, run);
    let mut days = context.choices.first_days_within(module, from, to);
    if days.is_empty() {
        days = &context.choices.run_times.first_days[module.index()];
    }
    if let Some(first) = draft.booking(run).first()
        && context.rng.below(2) == 0
    {
        let (from, to) = (from.max(i64::from(first) - NEAR_DAYS), to.min(i64::from(first) + NEAR_DAYS));
        let near = context.choices.first_days_within(module, from, to);
        days = if near.is_empty() { days } else { near };
    }
    if days.is_empty() {
        return None;
    }
    let day = days[context.rng.below(days.len())];
    let sittings = context.choices.run_times.draw(facts, module, day, context.rng)?;
    let draft = context.state.draft();
    if sittings == draft.booking(run).sittings {
        return None;
    }
    assign(facts, draft, context.choices, run, sittings, true, context.rng)
}

/// A random run of which something is not pinned; half of the time one with a hard breach, while there are some (Minton
/// and others 1992).
pub(super) fn draw_run(context: &mut Context) -> RunId {
    let Choices { runs, troubled, .. } = context.choices;
    let runs = if !troubled.is_empty() && context.rng.below(2) == 0 { troubled } else { runs };
    runs[context.rng.below(runs.len())]
}
