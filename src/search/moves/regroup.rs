//! A whole leadership group moves to another cohort, mostly for one from there, and both cohorts are planned anew: the
//! days that suited the groups before seldom suit them now.

use super::group::{move_whole, seat_of};
use super::replan::replan_all;
use super::{Context, Neighbourhood};
use crate::ids::GroupId;
use crate::state::Edit;

pub(super) const REGROUP: Neighbourhood = Neighbourhood {
    name: "regroup",
    share: 2,
    applies: |choices| !choices.groups.is_empty() && !choices.runs.is_empty(),
    propose: regroup,
};

fn regroup(context: &mut Context, edits: &mut Vec<Edit>) {
    let groups = &context.choices.groups;
    let group = groups[context.rng.below(groups.len())];
    let cohorts = context.choices.cohorts_of_kind(true);
    let to = cohorts[context.rng.below(cohorts.len())];
    let Some(from) = move_whole(context, group, to, edits) else { return };
    if context.rng.below(4) > 0 {
        let is_there = |other: &GroupId| *other != group && seat_of(context, *other) == Some(to);
        let there: Vec<GroupId> = groups.iter().copied().filter(is_there).collect();
        if !there.is_empty() {
            let back = there[context.rng.below(there.len())];
            move_whole(context, back, from, edits);
        }
    }
    for edit in edits.drain(..) {
        context.state.attempt(&edit);
    }
    let mut cohorts = [from, to];
    context.rng.shuffle(&mut cohorts);
    replan_all(context, &cohorts, 0..context.state.facts().modules.len());
}
