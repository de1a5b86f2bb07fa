//! A whole leadership group moves to another cohort; half of the time one from there comes back for it.

use super::neighbourhood::{Context, Neighbourhood};
use crate::ids::{CohortId, GroupId};
use crate::search::state::Edit;

pub(super) const GROUP: Neighbourhood =
    Neighbourhood { name: "group", share: 8, applies: |choices| !choices.groups.is_empty(), propose: group };

fn group(context: &mut Context, edits: &mut Vec<Edit>) {
    let groups = &context.choices.groups;
    let group = groups[context.rng.below(groups.len())];
    let cohorts = context.choices.seating.cohorts_of_kind(true);
    if cohorts.is_empty() {
        return;
    }
    let to = cohorts[context.rng.below(cohorts.len())];
    let Some(from) = move_whole(context, group, to, edits) else { return };
    if context.rng.below(2) == 0 {
        return;
    }
    let back = groups[context.rng.below(groups.len())];
    if back != group && seat_of(context, back) == Some(to) {
        move_whole(context, back, from, edits);
    }
}

/// The cohort of a group's first member.
fn seat_of(context: &Context, group: GroupId) -> Option<CohortId> {
    let members = &context.state.facts().groups[group.index()].members;
    context.state.draft().seat(*members.first()?)
}

/// Brings all members of a group to a cohort, wherever they are; gives the cohort they leave.
pub(super) fn move_whole(context: &Context, group: GroupId, to: CohortId, edits: &mut Vec<Edit>) -> Option<CohortId> {
    let from = seat_of(context, group).filter(|&from| from != to)?;
    for &member in &context.state.facts().groups[group.index()].members {
        let seat = context.state.draft().seat(member);
        if seat != Some(to) {
            edits.push(Edit::seat(member, seat, Some(to)));
        }
    }
    Some(from)
}
