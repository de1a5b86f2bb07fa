//! Swaps of managers, many of them priced at once. Rules see swaps on offer, and nothing of the search that makes the offers.

use std::ops::Range;

use crate::draft::{Draft, Exchange};
use crate::ids::{CohortId, ManagerId};

/// The most swaps that are priced at a time.
pub const SWAPS: usize = 32;

/// Swaps of one manager with each of several members of another cohort, instead of each other.
#[derive(Clone, Debug)]
pub struct Swaps {
    /// The manager.
    pub manager: ManagerId,
    /// The cohort in which the manager sits.
    pub from: CohortId,
    /// Another cohort.
    pub to: CohortId,
    /// The places of the partners among the members of the other cohort; at most [`SWAPS`].
    pub places: Range<usize>,
}

impl Swaps {
    /// The partners, on the draft as it is.
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

/// A manager who may change seats, and the cohorts whose members may come in exchange.
#[derive(Clone, Copy, Debug)]
pub struct SwapOffer<'a> {
    /// The manager.
    pub manager: ManagerId,
    /// The cohort in which the manager sits.
    pub from: CohortId,
    /// The cohorts to look at, each once, in this order; `from` is passed over.
    pub to: &'a [CohortId],
    /// The most that a swap with a member of any of them may cost.
    pub most: i64,
}

impl<'a> SwapOffer<'a> {
    /// The other cohorts.
    #[inline]
    pub fn others(self) -> impl Iterator<Item = CohortId> + use<'a> {
        self.to.iter().copied().filter(move |&to| to != self.from)
    }
}

/// Where swaps on offer come from: the search decides who may move, where to, and at what cost.
pub trait SwapOffers<'a> {
    /// The next manager on offer; `None` when there are no more.
    fn next(&mut self, draft: &Draft) -> Option<SwapOffer<'a>>;

    /// Whether `partner`, a member of another cohort, may come to `from`.
    fn suits(&self, from: CohortId, partner: ManagerId) -> bool;
}

/// The first swap on offer that was cheap enough.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FirstSwap {
    /// How many swaps were priced, one by one or in bulk, up to the one that was taken.
    pub priced: usize,
    /// The one that was taken.
    pub taken: Option<[Exchange; 2]>,
}

impl FirstSwap {
    /// Looks at the offers, cohort by cohort. `place_of` says which member of a cohort to take, if any; it is told the offer, how
    /// many cohorts of the same offer came before, and the cohort.
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

/// Two managers change seats.
#[inline]
pub fn swap((a, from): (ManagerId, CohortId), (b, to): (ManagerId, CohortId)) -> [Exchange; 2] {
    [Exchange { cohort: from, out: Some(a), into: Some(b) }, Exchange { cohort: to, out: Some(b), into: Some(a) }]
}
