//! Swaps on offer: random managers, one after the other, each in exchange for any member of a few other cohorts.

use crate::budget::Tolerance;
use crate::draft::{Draft, Exchange};
use crate::ids::{CohortId, ManagerId};
use crate::rng::Rng;
use crate::seating::Seating;

/// Where offers come from. What they may cost is drawn anew for each manager, or each cohort.
#[derive(Debug)]
pub struct Offers<'a> {
    /// Who may sit where.
    pub seating: &'a Seating,
    /// How much worse a swap may make a plan.
    pub tolerance: Tolerance<'a>,
    /// Where chance comes from.
    pub rng: &'a mut Rng,
    /// What a swap can gain at the most that is not looked at yet.
    pub slack: i64,
    /// How many managers are still to come.
    pub managers: usize,
    /// How many cohorts each of them has at the most.
    pub cohorts: usize,
    /// What the last one asked about may cost, but for the slack.
    pub most: i64,
}

/// A manager who may sit elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// The manager.
    pub manager: ManagerId,
    /// The cohort in which the manager sits.
    pub from: CohortId,
    /// The cohorts to look at, each once, in this order; `from` is passed over.
    pub to: &'a [CohortId],
    /// What a swap with a member of any of them may cost.
    pub most: i64,
}

impl<'a> Offer<'a> {
    /// The other cohorts.
    #[inline]
    pub fn others(self) -> impl Iterator<Item = CohortId> + use<'a> {
        self.to.iter().copied().filter(move |&to| to != self.from)
    }
}

impl<'a> Offers<'a> {
    /// The next manager; `None`: there are no more.
    #[inline]
    pub fn next(&mut self, draft: &Draft) -> Option<Offer<'a>> {
        self.managers = self.managers.checked_sub(1)?;
        let (manager, from) = self.seating.draw(draft, self.rng)?;
        let to = self.seating.cohorts_from_any(manager, self.rng);
        let most = self.draw_most();
        Some(Offer { manager, from, to: &to[..to.len().min(self.cohorts)], most })
    }

    #[inline]
    fn draw_most(&mut self) -> i64 {
        self.most = self.tolerance.draw_most(self.rng);
        if self.slack == 0 { self.most } else { self.most.saturating_add(self.slack) }
    }

    /// Whether the member of another cohort may come to `from`.
    #[inline]
    pub fn suits(&self, from: CohortId, partner: ManagerId) -> bool {
        self.seating.may_come(from, partner)
    }
}

/// What came of offers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tried {
    /// How many swaps were looked at, one by one or all at a glance, up to the one that was taken.
    pub swaps: usize,
    /// The one that was taken.
    pub taken: Option<[Exchange; 2]>,
}

impl Tried {
    /// What comes of looking at one cohort after the other, each on a budget of its own or all of a manager on one, until
    /// `place_of` finds one to take among the members.
    pub fn one_by_one(
        draft: &Draft,
        offers: &mut Offers,
        each_on_its_own: bool,
        place_of: impl Fn(&Offers, Offer, CohortId) -> Option<usize>,
    ) -> Tried {
        let mut swaps = 0;
        while let Some(mut offer) = offers.next(draft) {
            for (number, to) in offer.others().enumerate() {
                if each_on_its_own && number > 0 {
                    offer.most = offers.draw_most();
                }
                let members = draft.members(to);
                if let Some(place) = place_of(offers, offer, to) {
                    let taken = swap((offer.manager, offer.from), (members[place], to));
                    return Tried { swaps: swaps + place + 1, taken: Some(taken) };
                }
                swaps += members.len();
            }
        }
        Tried { swaps, taken: None }
    }
}

/// Two managers change seats.
#[inline]
pub fn swap((a, from): (ManagerId, CohortId), (b, to): (ManagerId, CohortId)) -> [Exchange; 2] {
    [Exchange { cohort: from, out: Some(a), into: Some(b) }, Exchange { cohort: to, out: Some(b), into: Some(a) }]
}
