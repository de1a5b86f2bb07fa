//! Members who cannot come to a session change seats with managers who can.

use smallvec::SmallVec;

use super::Context;
use super::swap::draw_partner;
use crate::budget::Budget;
use crate::draft::Booking;
use crate::facts::{Facts, SlotBits};
use crate::ids::{CohortId, ManagerId};
use crate::offers::swap;
use crate::state::Edit;

/// How many exchanges are priced for each member who cannot come.
const TRIES: usize = 24;

/// With more members than this who cannot come, nobody changes seats.
const MOST: usize = 6;

/// Finds a better seat for every member of the cohort who cannot come to all of it, as far as that pays.
pub fn give_seats(context: &mut Context, cohort: CohortId) {
    let missing = missing(context, cohort);
    if missing.len() <= MOST {
        for manager in missing {
            give_seat(context, manager, cohort);
        }
    }
}

/// Members who cannot come to all sessions of their cohort and may change seats.
fn missing(context: &Context, cohort: CohortId) -> SmallVec<[ManagerId; 8]> {
    let (facts, draft) = (context.state.facts(), context.state.draft());
    let meetings = meetings(draft.bookings(cohort));
    let misses =
        |manager: &ManagerId| context.choices.seating.is_single(*manager) && !can_come(facts, *manager, &meetings);
    draft.members(cohort).iter().copied().filter(misses).collect()
}

/// When a cohort meets.
fn meetings(bookings: &[Booking]) -> SmallVec<[SlotBits; 16]> {
    let sittings = bookings.iter().flat_map(|booking| &booking.sittings);
    sittings.map(|sitting| SlotBits::of(sitting.day as usize, sitting.part)).collect()
}

fn can_come(facts: &Facts, manager: ManagerId, meetings: &[SlotBits]) -> bool {
    let absent = facts.slots.absent.row(manager.index());
    !meetings.iter().any(|&slots| absent.has_any(slots))
}

/// Makes the cheapest of several exchanges of the manager's seat, if it pays.
fn give_seat(context: &mut Context, manager: ManagerId, cohort: CohortId) {
    let facts = context.state.facts();
    let own = meetings(context.state.draft().bookings(cohort));
    let mut best = None;
    let mut budget = Budget { most: -1, ..context.budget };
    for _ in 0..TRIES {
        let Some((partner, other)) = draw_partner(context, manager, &[cohort]) else { continue };
        if !can_come(facts, partner, &own)
            || !can_come(facts, manager, &meetings(context.state.draft().bookings(other)))
        {
            continue;
        }
        let edit = Edit::swap(swap((manager, cohort), (partner, other)));
        context.candidates += 1;
        if let Some(price) = context.state.price_if(&edit, budget) {
            budget.most = budget.price(price) - 1;
            best = Some(edit);
        }
    }
    if let Some(edit) = best {
        context.state.attempt(&edit);
    }
}
