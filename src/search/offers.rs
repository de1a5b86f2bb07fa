//! Swaps on offer: random managers, one after the other, each in exchange for any member of a few other cohorts.

use super::acceptance::Metropolis;
use super::seating::Seating;
use crate::draft::Draft;
use crate::ids::{CohortId, ManagerId};
use crate::rng::Rng;
use crate::term::{SwapOffer, SwapOffers};

/// Random offers. What a swap may cost is drawn anew for each manager, or for each cohort.
#[derive(Debug)]
pub struct RandomOffers<'a> {
    /// Who may sit where.
    pub seating: &'a Seating,
    /// How much worse a swap may make a plan.
    pub metropolis: Metropolis<'a>,
    /// The generator.
    pub rng: &'a mut Rng,
    /// The most that a swap can gain by what is not priced yet, in soft cost.
    pub slack: i64,
    /// How many managers are still to come.
    pub managers: usize,
    /// The most cohorts that each of them is offered.
    pub cohorts: usize,
    /// What was drawn last, without the slack.
    pub most: i64,
}

impl RandomOffers<'_> {
    /// The most that a swap may cost, drawn anew.
    #[inline]
    pub fn draw_most(&mut self) -> i64 {
        self.most = self.metropolis.draw_most(self.rng);
        if self.slack == 0 { self.most } else { self.most.saturating_add(self.slack) }
    }
}

impl<'a> SwapOffers<'a> for RandomOffers<'a> {
    #[inline]
    fn next(&mut self, draft: &Draft) -> Option<SwapOffer<'a>> {
        self.managers = self.managers.checked_sub(1)?;
        let (manager, from) = self.seating.draw(draft, self.rng)?;
        let to = self.seating.cohorts_from_any(manager, self.rng);
        let most = self.draw_most();
        Some(SwapOffer { manager, from, to: &to[..to.len().min(self.cohorts)], most })
    }

    #[inline]
    fn suits(&self, from: CohortId, partner: ManagerId) -> bool {
        self.seating.may_come(from, partner)
    }
}
