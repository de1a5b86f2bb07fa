//! Two managers of different cohorts change seats.

use super::neighbourhood::{Context, Neighbourhood};
use crate::ids::{CohortId, ManagerId};
use crate::search::offers::RandomOffers;
use crate::search::state::Edit;
use crate::term::FirstSwap;

/// The members of at most this many other cohorts are tried for one seat, each cohort with a threshold of its own. More cohorts
/// take less time each, but make the choice less random. Measured.
const COHORTS: usize = 2;

/// Where only seats are to be found and one term decides, this many managers are tried in a row ...
const MANAGERS: usize = 16;

/// ... each with the members of at most this many other cohorts. Measured.
const MORE_COHORTS: usize = 24;

pub(super) const SWAP: Neighbourhood =
    Neighbourhood { name: "swap", share: 100, applies: |choices| choices.seating.singles.len() > 1, propose: swap };

/// Swaps one manager with the first member of a few other cohorts for whom the cost is within the threshold.
fn swap(context: &mut Context, edits: &mut Vec<Edit>) {
    let (managers, cohorts) = if seats_are_all(context) { (MANAGERS, MORE_COHORTS) } else { (1, COHORTS) };
    let mut offers = RandomOffers {
        seating: &context.choices.seating,
        metropolis: context.metropolis,
        rng: &mut *context.rng,
        slack: context.threshold.hard_price.saturating_mul(context.state.mended_by_swaps()),
        managers,
        cohorts,
        most: 0,
    };
    if let Some(history) = context.history.as_deref_mut().filter(|_| context.state.can_walk()) {
        let swaps = context.state.walk(&mut offers, |draft, score, price, exchanges| {
            history.leave(draft, score, price);
            history.note_seats(exchanges);
        });
        context.candidates = swaps.max(1);
        return;
    }
    let FirstSwap { priced, taken } = context.state.first_affordable(&mut offers);
    context.threshold.most = offers.most;
    context.candidates = priced.max(1);
    edits.extend(taken.map(Edit::swap));
}

/// Whether there is nothing but seats to be found, and one term alone decides on them.
pub(super) fn seats_are_all(context: &Context) -> bool {
    context.state.facts().run_count() == 0 && context.state.is_decided_by_one()
}

/// A random manager who may change seats, with the cohort.
#[inline]
pub(super) fn draw_seated(context: &mut Context) -> Option<(ManagerId, CohortId)> {
    context.choices.seating.draw(context.state.draft(), context.rng)
}
