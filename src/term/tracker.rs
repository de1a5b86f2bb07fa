//! How the search follows a term: an amount that is kept up to date while the draft is edited.

use super::swaps::{FirstSwap, SwapOffer, SwapOffers, Swaps, swap};
use crate::draft::{Booking, Draft, Exchange};
use crate::facts::Facts;
use crate::ids::RunId;

/// Which edits of the draft can change a term's amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reacts {
    /// Only changes of seats.
    Seats,
    /// Only bookings.
    Bookings,
    /// Both kinds.
    Both,
    /// Both kinds, by who has to be where and when: the price of a booking depends on who sits in the cohort, and swaps
    /// of managers can win it back.
    Presence,
    /// Neither: the amount stays as it starts.
    Nothing,
}

impl Reacts {
    /// Whether changes of seats can change the amount.
    #[inline]
    pub fn to_seats(self) -> bool {
        matches!(self, Reacts::Seats | Reacts::Both | Reacts::Presence)
    }

    /// Whether bookings can change the amount.
    #[inline]
    pub fn to_bookings(self) -> bool {
        matches!(self, Reacts::Bookings | Reacts::Both | Reacts::Presence)
    }
}

/// Follows the amount of one term while the draft is edited.
///
/// `price_*` returns by how much an edit would change the amount, without making the edit; `commit_*` updates the
/// tracker for an edit that is made. Both see the draft as it is before the edit. A tracker keeps only the counts
/// that it needs for prices. The caller keeps the amount: it is [`Tracker::start`] plus the prices of all edits made.
pub trait Tracker: Send + Sync {
    /// Which edits matter. The search never shows the tracker an edit of another kind.
    fn reacts(&self) -> Reacts;

    /// Whether a swap (managers exchange seats and every cohort keeps its size) can change the amount or the
    /// tracker's counts.
    fn minds_swaps(&self) -> bool {
        self.reacts().to_seats()
    }

    /// The amount on the empty draft.
    fn start(&self, facts: &Facts) -> i64;

    /// The change of the amount under these exchanges, which name every cohort at most once.
    fn price_seats(&self, _facts: &Facts, _draft: &Draft, _exchanges: &[Exchange]) -> i64 {
        0
    }

    /// Adds to `costs` the cost of each of the swaps, in the order of the partners; `unit` is the cost of a change of
    /// the amount by 1.
    fn price_swaps(&self, facts: &Facts, draft: &Draft, swaps: &Swaps, unit: i64, costs: &mut [i64]) {
        price_one_by_one(self, facts, draft, swaps, unit, costs);
    }

    /// The first swap on offer that costs at most the offer's threshold and whose partner suits. `unit` is the cost
    /// of a change of the amount by 1. One threshold holds for all cohorts of an offer.
    fn first_within(&self, facts: &Facts, draft: &Draft, unit: i64, offers: &mut dyn SwapOffers) -> FirstSwap {
        first_one_within(self, facts, draft, unit, offers)
    }

    /// Updates the counts for a change of seats.
    fn commit_seats(&mut self, _facts: &Facts, _draft: &Draft, _exchanges: &[Exchange]) {}

    /// The change of the amount if `run` were booked as `booking`.
    fn price_booking(&self, _facts: &Facts, _draft: &Draft, _run: RunId, _booking: &Booking) -> i64 {
        0
    }

    /// Updates the counts for a booking.
    fn commit_booking(&mut self, _facts: &Facts, _draft: &Draft, _run: RunId, _booking: &Booking) {}

    /// A copy, for another island of the search.
    fn boxed_clone(&self) -> Box<dyn Tracker>;
}

/// Does what [`Tracker::price_swaps`] promises, by asking [`Tracker::price_seats`] for each swap.
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

/// Does what [`Tracker::first_within`] promises, by asking [`Tracker::price_seats`] for each swap.
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
