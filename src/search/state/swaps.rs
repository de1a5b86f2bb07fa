//! Swaps of seats, many of them looked at in one go.

use super::{Edit, State, WeightedTracker};
use crate::draft::{Draft, Exchange};
use crate::ids::{CohortId, ManagerId};
use crate::score::Score;
use crate::search::acceptance::Threshold;
use crate::search::offers::RandomOffers;
use crate::term::{FirstSwap, SWAPS, SwapOffer, SwapOffers, Swaps, swap};

impl State<'_> {
    /// How much of what is broken swaps could mend at the best.
    #[inline]
    pub fn mended_by_swaps(&self) -> i64 {
        if self.swaps.hard.is_empty() { 0 } else { self.score.hard }
    }

    /// Whether one term alone decides how dear swaps are, as far as weights are concerned; many are then looked at in one go.
    #[inline]
    pub fn is_decided_by_one(&self) -> bool {
        self.seats.soft.len() == 1
    }

    /// The first swap on offer that costs no more than it may, as far as what has a weight is concerned, with a partner who
    /// suits.
    pub fn first_affordable(&self, offers: &mut RandomOffers) -> FirstSwap {
        if let [only] = self.seats.soft[..] {
            let WeightedTracker { tracker, unit } = &self.trackers[only as usize];
            return tracker.first_within(self.facts, &self.draft, unit.soft, offers);
        }
        FirstSwap::among(&self.draft, offers, |offers, offer, before, to| {
            if before > 0 {
                offer.most = offers.draw_most();
            }
            self.first_in(*offer, to, |partner| offers.suits(offer.from, partner))
        })
    }

    /// Whether [`State::walk`] can be asked: nothing but one term with a weight minds swaps.
    #[inline]
    pub fn can_walk(&self) -> bool {
        self.is_decided_by_one() && self.swaps.hard.is_empty()
    }

    /// Makes every swap on offer that costs no more than it may, one after the other. Tells each before it is made: the draft and
    /// its score, what the swap costs more, and the swap. How many were looked at.
    pub fn walk(&mut self, offers: &mut RandomOffers, mut tell: impl FnMut(&Draft, Score, i64, &[Exchange])) -> usize {
        let mut swaps = 0;
        loop {
            let tried = self.first_affordable(offers);
            swaps += tried.priced;
            let Some(exchanges) = tried.taken else { return swaps };
            let only = self.seats.soft[0] as usize;
            let WeightedTracker { tracker, unit } = &mut self.trackers[only];
            let cost = unit.soft * tracker.price_seats(self.facts, &self.draft, &exchanges);
            tell(&self.draft, self.score, cost, &exchanges);
            tracker.commit_seats(self.facts, &self.draft, &exchanges);
            self.draft.exchange(&exchanges);
            self.score.soft += cost;
        }
    }

    /// The place of the first member of the cohort with whom a swap costs no more than it may, by all that has a weight.
    fn first_in(
        &self,
        SwapOffer { manager, from, most, .. }: SwapOffer,
        to: CohortId,
        suits: impl Fn(ManagerId) -> bool,
    ) -> Option<usize> {
        let members = self.draft.members(to);
        (0..members.len()).step_by(SWAPS).find_map(|first| {
            let swaps = Swaps { manager, from, to, places: first..members.len().min(first + SWAPS) };
            let mut priced = swaps.partners(&self.draft).iter().zip(self.costs(&swaps));
            priced.position(|(&partner, cost)| cost <= most && suits(partner)).map(|place| first + place)
        })
    }

    /// The cheapest swap of a manager with a member of the cohort `to` who suits, of equals the first, if it is within the
    /// threshold; with what it costs.
    pub fn cheapest_swap(
        &self,
        (manager, from): (ManagerId, CohortId),
        to: CohortId,
        mut threshold: Threshold,
        suits: impl Fn(ManagerId) -> bool,
    ) -> Option<([Exchange; 2], i64)> {
        let slack = threshold.hard_price.saturating_mul(self.mended_by_swaps());
        let members = self.draft.members(to);
        let mut best = None;
        for first in (0..members.len()).step_by(SWAPS) {
            let swaps = Swaps { manager, from, to, places: first..members.len().min(first + SWAPS) };
            for (&partner, cost) in swaps.partners(&self.draft).iter().zip(self.costs(&swaps)) {
                if cost > threshold.most.saturating_add(slack) || !suits(partner) {
                    continue;
                }
                let exchanges = swap((manager, from), (partner, to));
                if let Some(change) = self.price_if(&Edit::swap(exchanges), threshold) {
                    let price = threshold.price(change);
                    best = Some((exchanges, price));
                    threshold.most = price - 1;
                }
            }
        }
        best
    }

    /// What these swaps cost by all that has a weight.
    fn costs(&self, swaps: &Swaps) -> [i64; SWAPS] {
        let mut costs = [0; SWAPS];
        for &number in &self.seats.soft {
            let WeightedTracker { tracker, unit } = &self.trackers[number as usize];
            tracker.price_swaps(self.facts, &self.draft, swaps, unit.soft, &mut costs[..swaps.places.len()]);
        }
        costs
    }
}
