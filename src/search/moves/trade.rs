//! Two cohorts change bookings of one module, times, room and team together.

use super::neighbourhood::{Context, Neighbourhood};
use super::retime::draw_run;
use crate::search::state::Edit;

pub(super) const TRADE: Neighbourhood =
    Neighbourhood { name: "trade", share: 6, applies: |choices| choices.runs.len() > 1, propose: trade };

fn trade(context: &mut Context, edits: &mut Vec<Edit>) {
    let one = draw_run(context);
    let facts = context.state.facts();
    let cohort = facts.cohort_of(draw_run(context));
    let other = facts.run(cohort, facts.module_of(one));
    let is_free = |run: crate::ids::RunId| facts.fixed.runs[run.index()] == crate::facts::FixedRun::default();
    if one == other || !is_free(one) || !is_free(other) {
        return;
    }
    let draft = context.state.draft();
    edits.push(Edit::Book(one, draft.booking(other).clone()));
    edits.push(Edit::Book(other, draft.booking(one).clone()));
}
