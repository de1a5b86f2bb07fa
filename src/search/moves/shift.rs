//! One run and all that come after it in the cohort move by the same number of days, as nearly as the calendar lets.

use super::neighbourhood::{Context, Neighbourhood};
use super::retime::draw_run;
use crate::ids::ModuleId;
use crate::search::resources::assign;
use crate::search::state::Edit;

/// The most days by which runs are moved. Chosen.
const MOST_DAYS: usize = 21;

pub(super) const SHIFT: Neighbourhood =
    Neighbourhood { name: "shift", share: 6, applies: |choices| !choices.runs.is_empty(), propose: shift };

fn shift(context: &mut Context, edits: &mut Vec<Edit>) {
    let run = draw_run(context);
    let facts = context.state.facts();
    let cohort = facts.cohort_of(run);
    let days = context.rng.below(2 * MOST_DAYS + 1) as i64 - MOST_DAYS as i64;
    for module in facts.module_of(run).index()..facts.modules.len() {
        let run = facts.run(cohort, ModuleId::new(module));
        let draft = context.state.draft();
        let Some(first) = draft.booking(run).first() else { continue };
        if facts.fixed.runs[run.index()].sessions.is_some() {
            continue;
        }
        let aim = i64::from(first) + days;
        let near = context.choices.first_days_within(ModuleId::new(module), aim - 1, aim + 1);
        if near.is_empty() {
            continue;
        }
        let day = near[context.rng.below(near.len())];
        if let Some(sittings) = context.choices.run_times.draw(facts, ModuleId::new(module), day, context.rng) {
            let booking = assign(facts, context.state.draft(), context.choices, run, sittings, true, context.rng);
            edits.extend(booking.map(|booking| Edit::Book(run, booking)));
        }
    }
}
