//! A whole leadership group moves to another cohort, mostly for one from there, and both cohorts are planned anew: the
//! days that suited the groups before seldom suit them now. Both are planned several times, since one draw of days and
//! consultants says little of what a dealing of the groups is worth.

use smallvec::SmallVec;

use super::group::move_whole;
use super::neighbourhood::{Context, Neighbourhood};
use super::replan::{improve, replan_all};
use crate::ids::{CohortId, GroupId, ManagerId};
use crate::search::state::Edit;

/// A candidate is worked at while it costs at most its threshold plus the price of a hard breach divided by this. Measured.
const PATIENCE_DIVISOR: i64 = 3;

/// Once in this many draws a group moves without one that comes in exchange. Measured.
const ALONE_EVERY: usize = 12;

/// Planning stops once both cohorts were planned anew this many times in a row without gain. Measured.
const MOST_IN_VAIN: usize = 7;

/// Both cohorts are planned anew at most this many times. Chosen.
const MOST_ROUNDS: usize = 30;

pub(super) const REGROUP: Neighbourhood = Neighbourhood {
    name: "regroup",
    share: 2,
    applies: |choices| !choices.groups.is_empty() && !choices.runs.is_empty(),
    propose: regroup,
};

fn regroup(context: &mut Context, edits: &mut Vec<Edit>) {
    let groups = &context.choices.groups;
    let group = groups[context.rng.below(groups.len())];
    let cohorts = context.choices.seating.cohorts_of_kind(true);
    if cohorts.is_empty() {
        return;
    }
    let to = cohorts[context.rng.below(cohorts.len())];
    let Some(from) = move_whole(context, group, to, edits) else { return };
    if context.rng.below(ALONE_EVERY) > 0 {
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
    let patience = context.threshold.hard_price / PATIENCE_DIVISOR;
    replan_all(context, &cohorts, 0..context.state.facts().modules.len(), patience);
    if context.state.has_attempted() {
        work_at(context, &cohorts, context.threshold.most.saturating_add(patience));
    }
}

/// Plans the cohorts anew as long as that makes what was attempted cheaper, unless it costs more than `most`.
fn work_at(context: &mut Context, cohorts: &[CohortId], most: i64) {
    let mut cost = context.threshold.price(context.state.attempted());
    let mut in_vain = 0;
    for _ in 0..MOST_ROUNDS {
        if cost > most || in_vain == MOST_IN_VAIN {
            return;
        }
        cohorts.iter().for_each(|&cohort| improve(context, cohort));
        let before = std::mem::replace(&mut cost, context.threshold.price(context.state.attempted()));
        in_vain = if cost < before { 0 } else { in_vain + 1 };
    }
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
