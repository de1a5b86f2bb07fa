//! One run moves to other days within its window; room and team stay where they are free.

use super::{Context, Neighbourhood};
use crate::ids::RunId;
use crate::search::furnish::furnish;
use crate::search::times;
use crate::state::Edit;

/// How many first days away counts as near.
const NEAR: usize = 6;

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
    let near = draft.booking(run).first().map(|first| days.partition_point(|&day| day < first));
    let day = match near {
        _ if days.is_empty() => return,
        Some(at) if context.rng.below(2) == 0 => {
            let start = at.saturating_sub(NEAR).min(days.len() - 1);
            let end = (at + NEAR).min(days.len() - 1);
            days[start + context.rng.below(end - start + 1)]
        }
        _ => days[context.rng.below(days.len())],
    };
    let Some(sittings) = times::draw(facts, module, day, context.rng) else { return };
    let draft = context.state.draft();
    if sittings != draft.booking(run).sittings {
        edits.push(Edit::Book(run, furnish(facts, draft, context.choices, run, sittings, true, context.rng)));
    }
}

/// A random run of which something may change.
pub(super) fn draw_run(context: &mut Context) -> RunId {
    let runs = &context.choices.runs;
    runs[context.rng.below(runs.len())]
}
