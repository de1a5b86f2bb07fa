//! Swaps of managers, of which many are priced in one call. Rules see offers of swaps, and nothing of the search that
//! makes the offers.

use std::ops::Range;

use crate::draft::{Draft, Exchange};
use crate::ids::{CohortId, ManagerId};

/// The most swaps that are priced in one call.
pub const SWAPS: usize = 32;

/// The swaps of one manager with each of several members of another cohort: alternatives, of which at most one is
/// made.
#[derive(Clone, Debug)]
pub struct Swaps {
    /// The manager.
    pub manager: ManagerId,
    /// The cohort in which the manager sits.
    pub from: CohortId,
    /// The other cohort.
    pub to: CohortId,
    /// The positions of the partners among the members of the other cohort; at most [`SWAPS`].
    pub places: Range<usize>,
}

impl Swaps {
    /// The partners, who sit in the other cohort of this draft.
    #[inline]
    pub fn partners<'d>(&self, draft: &'d Draft) -> &'d [ManagerId] {
        &draft.members(self.to)[self.places.clone()]
    }

    /// The swap with one of the partners.
    #[inline]
    pub fn exchanges(&self, partner: ManagerId) -> [Exchange; 2] {
        swap((self.manager, self.from), (partner, self.to))
    }
}

/// A manager who may change seats, and the cohorts with whose members the manager may be swapped.
#[derive(Clone, Copy, Debug)]
pub struct SwapOffer<'a> {
    /// The manager.
    pub manager: ManagerId,
    /// The cohort in which the manager sits.
    pub from: CohortId,
    /// The cohorts to look at in this order, each at most once. `from` may be among them, and is left out.
    pub to: &'a [CohortId],
    /// The threshold: the highest cost that a swap may have to be taken.
    pub most: i64,
}

impl<'a> SwapOffer<'a> {
    /// The cohorts to look at, without `from`.
    #[inline]
    pub fn others(self) -> impl Iterator<Item = CohortId> + use<'a> {
        self.to.iter().copied().filter(move |&to| to != self.from)
    }
}

/// Offers swaps to a term: the search decides who may move, where to, and at what cost.
pub trait SwapOffers<'a> {
    /// The next manager on offer; `None` when there are no more.
    fn next(&mut self, draft: &Draft) -> Option<SwapOffer<'a>>;

    /// Whether `partner`, a member of another cohort, may be swapped into `from`.
    fn suits(&self, from: CohortId, partner: ManagerId) -> bool;
}

/// The result of looking for a swap that is cheap enough.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FirstSwap {
    /// How many swaps were priced, singly or in bulk, up to and including the one that was taken.
    pub priced: usize,
    /// The swap that was taken; `None` when none was cheap enough.
    pub taken: Option<[Exchange; 2]>,
}

impl FirstSwap {
    /// Goes through the offers, cohort by cohort. `place_of` picks a member of the cohort, by position, or none; it
    /// is given the offers, the offer, how many cohorts of this offer came before, and the cohort.
    pub fn among<'a, O: SwapOffers<'a> + ?Sized>(
        draft: &Draft,
        offers: &mut O,
        mut place_of: impl FnMut(&mut O, &mut SwapOffer<'a>, usize, CohortId) -> Option<usize>,
    ) -> FirstSwap {
        let mut priced = 0;
        while let Some(mut offer) = offers.next(draft) {
            for (before, to) in offer.others().enumerate() {
                let members = draft.members(to);
                if let Some(place) = place_of(offers, &mut offer, before, to) {
                    let taken = swap((offer.manager, offer.from), (members[place], to));
                    return FirstSwap { priced: priced + place + 1, taken: Some(taken) };
                }
                priced += members.len();
            }
        }
        FirstSwap { priced, taken: None }
    }
}

/// The swap of two managers: each takes the other's seat.
#[inline]
pub fn swap((a, from): (ManagerId, CohortId), (b, to): (ManagerId, CohortId)) -> [Exchange; 2] {
    [Exchange { cohort: from, out: Some(a), into: Some(b) }, Exchange { cohort: to, out: Some(b), into: Some(a) }]
}
