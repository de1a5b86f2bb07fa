//! One consultant of a run's team gives way to another who is free.

use super::neighbourhood::{Context, Neighbourhood};
use super::retime::draw_run;
use crate::search::resources::{draw_consultant, sorted};
use crate::search::state::Edit;

pub(super) const RESTAFF: Neighbourhood =
    Neighbourhood { name: "restaff", share: 50, applies: |choices| !choices.runs.is_empty(), propose: restaff };

fn restaff(context: &mut Context, edits: &mut Vec<Edit>) {
    let run = draw_run(context);
    let facts = context.state.facts();
    let draft = context.state.draft();
    let own = draft.booking(run);
    if own.team.is_empty() || facts.fixed.runs[run.index()].team.is_some() {
        return;
    }
    if let Some(consultant) = draw_consultant(facts, draft, context.choices, run, context.rng) {
        let mut booking = own.clone();
        let place = context.rng.below(booking.team.len());
        booking.team[place] = consultant;
        booking.team = sorted(booking.team);
        edits.push(Edit::Book(run, booking));
    }
}
