//! A cohort's timeline from one run on is taken out and put back run by run, each at the best of several places: a
//! ruin and recreate (Schrimpf et al. 2000) of one cohort.

use super::retime::draw_run;
use super::{Context, Neighbourhood};
use crate::ids::ModuleId;
use crate::search::construct::best_booking;
use crate::state::Edit;

/// How many places are tried for each run.
const TRIES: usize = 12;

pub(super) const REBUILD: Neighbourhood =
    Neighbourhood { name: "rebuild", share: 1, applies: |choices| !choices.runs.is_empty(), propose: rebuild };

fn rebuild(context: &mut Context, edits: &mut Vec<Edit>) {
    let run = draw_run(context);
    let facts = context.state.facts();
    let cohort = facts.cohort_of(run);
    let runs = (facts.module_of(run).index()..facts.modules.len()).map(|m| facts.run(cohort, ModuleId::new(m)));
    let runs: Vec<_> = runs.filter(|run| facts.fixed.runs[run.index()] == crate::facts::FixedRun::default()).collect();
    let before: Vec<_> = runs.iter().map(|&run| context.state.draft().booking(run).clone()).collect();
    for &run in &runs {
        context.state.apply(&Edit::Book(run, Default::default()));
    }
    for &run in &runs {
        if let Some(booking) = best_booking(context.state, context.choices, run, TRIES, context.rng) {
            let edit = Edit::Book(run, booking);
            context.state.apply(&edit);
            edits.push(edit);
        }
    }
    for (&run, booking) in runs.iter().zip(before) {
        context.state.apply(&Edit::Book(run, booking));
    }
    if edits.len() < runs.len() {
        edits.clear();
    }
}
