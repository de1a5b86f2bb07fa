//! How the search follows a term: an amount that is kept up to date through edits.

use super::swaps::{FirstSwap, SwapOffer, SwapOffers, Swaps, swap};
use crate::draft::{Booking, Draft, Exchange};
use crate::facts::Facts;
use crate::ids::RunId;

/// Which edits can change an amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reacts {
    /// Only changes of seats.
    Seats,
    /// Only bookings.
    Bookings,
    /// Both, each for itself.
    Both,
    /// Both, by who is to be where and when: what dates cost depends on who sits where, and swaps may mend it.
    Presence,
    /// Neither: there is nothing to follow, and the amount stays as it starts.
    Nothing,
}

impl Reacts {
    /// Whether changes of seats matter.
    #[inline]
    pub fn to_seats(self) -> bool {
        matches!(self, Reacts::Seats | Reacts::Both | Reacts::Presence)
    }

    /// Whether bookings matter.
    #[inline]
    pub fn to_bookings(self) -> bool {
        matches!(self, Reacts::Bookings | Reacts::Both | Reacts::Presence)
    }
}

/// Follows the amount of one term through edits.
///
/// `price_*` says by how much the amount would change if the edit were made on `draft`, without making it; `commit_*`
/// makes it. Both see the draft as it is before the edit. The tracker keeps only counts of its own; the amount itself
/// is kept by the caller: [`Tracker::start`], plus all prices.
pub trait Tracker: Send + Sync {
    /// Which edits matter. Edits of the other kind are never shown.
    fn reacts(&self) -> Reacts;

    /// Whether the amount can change, or anything that is kept, when managers of different cohorts exchange seats and as many
    /// sit in each cohort as before.
    fn minds_swaps(&self) -> bool {
        self.reacts().to_seats()
    }

    /// The amount on the empty draft.
    fn start(&self, facts: &Facts) -> i64;

    /// The change of the amount under a change of seats; every cohort stands at most once in `exchanges`.
    fn price_seats(&self, _facts: &Facts, _draft: &Draft, _exchanges: &[Exchange]) -> i64 {
        0
    }

    /// Adds to `costs` the cost of each of the swaps; `unit` is what a change of the amount by 1 costs.
    fn price_swaps(&self, facts: &Facts, draft: &Draft, swaps: &Swaps, unit: i64, costs: &mut [i64]) {
        price_one_by_one(self, facts, draft, swaps, unit, costs);
    }

    /// The first swap on offer with a partner who suits that costs at most the offer's threshold; `unit` is what a change of the
    /// amount by 1 costs. All cohorts of a manager are priced against one threshold.
    fn first_within(&self, facts: &Facts, draft: &Draft, unit: i64, offers: &mut dyn SwapOffers) -> FirstSwap {
        first_one_within(self, facts, draft, unit, offers)
    }

    /// Follows a change of seats.
    fn commit_seats(&mut self, _facts: &Facts, _draft: &Draft, _exchanges: &[Exchange]) {}

    /// The change of the amount if `run` were booked as `booking`.
    fn price_booking(&self, _facts: &Facts, _draft: &Draft, _run: RunId, _booking: &Booking) -> i64 {
        0
    }

    /// Follows a booking.
    fn commit_booking(&mut self, _facts: &Facts, _draft: &Draft, _run: RunId, _booking: &Booking) {}

    /// A copy for another island.
    fn boxed_clone(&self) -> Box<dyn Tracker>;
}

/// What [`Tracker::price_swaps`] says, by way of [`Tracker::price_seats`].
pub fn price_one_by_one<T: Tracker + ?Sized>(
    tracker: &T,
    facts: &Facts,
    draft: &Draft,
    swaps: &Swaps,
    unit: i64,
    costs: &mut [i64],
) {
    for (&partner, cost) in swaps.partners(draft).iter().zip(costs) {
        *cost += unit * tracker.price_seats(facts, draft, &swaps.exchanges(partner));
    }
}

/// What [`Tracker::first_within`] says, by way of [`Tracker::price_seats`].
pub fn first_one_within<T: Tracker + ?Sized>(
    tracker: &T,
    facts: &Facts,
    draft: &Draft,
    unit: i64,
    offers: &mut dyn SwapOffers,
) -> FirstSwap {
    FirstSwap::among(draft, offers, |offers, &mut SwapOffer { manager, from, most, .. }, _, to| {
        let price = |partner| unit * tracker.price_seats(facts, draft, &swap((manager, from), (partner, to)));
        draft.members(to).iter().position(|&partner| price(partner) <= most && offers.suits(from, partner))
    })
}

impl Clone for Box<dyn Tracker> {
    fn clone(&self) -> Self {
        self.boxed_clone()
    }
}
