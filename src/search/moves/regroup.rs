//! A whole leadership group moves to another cohort, mostly for one from there, and both cohorts are planned anew: the
//! days that suited the groups before seldom suit them now.

use smallvec::SmallVec;

use super::group::move_whole;
use super::replan::replan_all;
use super::{Context, Neighbourhood};
use crate::ids::{CohortId, GroupId, ManagerId};
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
    if cohorts.is_empty() {
        return;
    }
    let to = cohorts[context.rng.below(cohorts.len())];
    let Some(from) = move_whole(context, group, to, edits) else { return };
    if context.rng.below(4) > 0 {
        let there = others(context, to, group);
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

/// The groups other than this one that may move and whose first member sits in the cohort, in order.
fn others(context: &Context, cohort: CohortId, group: GroupId) -> SmallVec<[GroupId; 8]> {
    let facts = context.state.facts();
    let led_by = |manager: &ManagerId| {
        facts.managers[manager.index()]
            .group
            .filter(|group| facts.groups[group.index()].members.first() == Some(manager))
    };
    let may_move = |other: &GroupId| *other != group && context.choices.groups.binary_search(other).is_ok();
    let mut there: SmallVec<[GroupId; 8]> =
        context.state.draft().members(cohort).iter().filter_map(led_by).filter(may_move).collect();
    there.sort_unstable();
    there
}
