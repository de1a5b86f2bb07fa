//! Takes a given plan as the state to start from.

use smallvec::SmallVec;

use crate::draft::{Booking, Sitting};
use crate::ids::{CohortId, ConsultantId, ModuleId};
use crate::plan::Plan;
use crate::search::state::{Edit, State};

/// Seats and books what the plan says, as far as the search can represent it: a manager once, a session inside the calendar.
/// What a pin says otherwise is left to [`search::complete`](crate::search::complete).
pub fn adopt(state: &mut State, plan: &Plan) {
    let facts = state.facts();
    for (index, cohort) in plan.cohorts.iter().enumerate() {
        let id = CohortId::new(index);
        for &manager in &cohort.members {
            if facts.managers[manager.index()].permanent && state.draft().seat(manager).is_none() {
                state.apply(&Edit::seat(manager, None, Some(id)));
            }
        }
        for (module, run) in cohort.runs.iter().enumerate() {
            let sittings: Option<_> = run.sessions.iter().map(|&session| Sitting::of(facts, session)).collect();
            let mut team: SmallVec<[ConsultantId; 4]> = run.team.iter().copied().collect();
            team.sort_unstable();
            team.dedup();
            let fixed = &facts.fixed.runs[facts.run(id, ModuleId::new(module)).index()];
            let keeps = fixed.sessions.as_ref().is_none_or(|sessions| *sessions == run.sessions)
                && fixed.room.is_none_or(|room| room == run.room)
                && fixed
                    .team
                    .as_ref()
                    .is_none_or(|fixed| fixed.len() == team.len() && team.iter().all(|c| fixed.contains(c)));
            if let (Some(sittings), true) = (sittings, keeps) {
                let booking = Booking { sittings, room: Some(run.room), team };
                state.apply(&Edit::Book(facts.run(id, ModuleId::new(module)), booking));
            }
        }
    }
}
