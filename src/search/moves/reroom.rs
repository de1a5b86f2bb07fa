//! One run moves to another free room.

use super::neighbourhood::{Context, Neighbourhood};
use super::retime::draw_run;
use crate::search::resources::draw_room;
use crate::search::state::Edit;

pub(super) const REROOM: Neighbourhood = Neighbourhood {
    name: "reroom",
    share: 25,
    applies: |choices| !choices.runs.is_empty() && choices.rooms.len() > 1,
    propose: reroom,
};

fn reroom(context: &mut Context, edits: &mut Vec<Edit>) {
    let run = draw_run(context);
    let facts = context.state.facts();
    let draft = context.state.draft();
    let own = draft.booking(run);
    if facts.fixed.runs[run.index()].room.is_some() {
        return;
    }
    if let Some(room) = draw_room(facts, draft, context.choices, run, &own.sittings, context.rng)
        && own.room != Some(room)
    {
        let mut booking = own.clone();
        booking.room = Some(room);
        edits.push(Edit::Book(run, booking));
    }
}
