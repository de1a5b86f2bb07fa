//! Amounts of pairs of managers where each has one with many others: the sums are kept, so that a change of seats is priced
//! at the same cost however many pairs there are (Lai and Hao 2016).

use std::sync::Arc;

use super::amounts::{Amount, Amounts, Pair, grain};
use super::departures::Departures;
use super::links::Links;
use crate::draft::{Draft, Exchange};
use crate::facts::Facts;
use crate::ids::{CohortId, ManagerId};
use crate::offers::{Offer, Offers, Tried, swap};
use crate::rules::Scope;
use crate::term::{Reacts, Swaps, Tracker, first_one_within, price_one_by_one};

/// The tracker of the pairs, with sums as wide as they must be.
pub fn tracker(facts: &Facts, pairs: &[Pair], scope: &Scope) -> Box<dyn Tracker> {
    let grain = grain(pairs);
    let pairs: Vec<Pair> = pairs.iter().map(|&(a, b, amount)| (a, b, amount / grain)).collect();
    let links = Links::new(facts.managers.len(), &pairs);
    // Whatever is worked out on the way adds or takes away each of one manager's amounts once at the most.
    let greatest = links.greatest();
    if greatest <= i16::MAX.into() {
        as_wide_as::<i16>(facts, grain, links, &pairs, scope)
    } else if greatest <= i32::MAX.into() {
        as_wide_as::<i32>(facts, grain, links, &pairs, scope)
    } else {
        as_wide_as::<i64>(facts, grain, links, &pairs, scope)
    }
}

fn as_wide_as<N: Amount>(facts: &Facts, grain: i64, links: Links, pairs: &[Pair], scope: &Scope) -> Box<dyn Tracker> {
    let amounts = Amounts::<N>::new(facts, grain, links, pairs);
    let (managers, cohorts) = (facts.managers.len(), facts.cohorts.len());
    let can_rule_out = amounts.are_kept() && (0..cohorts).all(|cohort| scope.has(CohortId::new(cohort)));
    Box::new(Dense {
        amounts,
        scope: scope.clone(),
        sums: vec![N::default(); managers * cohorts],
        departures: can_rule_out.then(|| Departures::new(cohorts)),
    })
}

/// Keeps for each manager and cohort the sum of the amounts to the cohort's members.
#[derive(Clone)]
struct Dense<N> {
    amounts: Arc<Amounts<N>>,
    scope: Scope,
    /// By cohort, then manager.
    sums: Vec<N>,
    /// `None` where all amounts are not kept, or not all cohorts are looked at.
    departures: Option<Departures<N>>,
}

/// For each manager, the sum of the amounts to the members of the cohort.
#[inline]
fn sums_to<N>(sums: &[N], managers: usize, cohort: CohortId) -> &[N] {
    &sums[cohort.index() * managers..][..managers]
}

/// What is looked up for swaps of one manager with members of one cohort.
struct Rows<'a, N> {
    here: &'a [N],
    there: &'a [N],
    between: &'a [N],
}

impl<N: Amount> Rows<'_, N> {
    /// The place of the first member who suits and changes no more than `exact` besides in exchange for the manager, and no
    /// more than `loose` when the amount between the two is left out. Kept apart, so that it costs nothing where swaps are
    /// ruled out at a glance.
    #[inline(never)]
    fn first_within(
        &self,
        members: &[ManagerId],
        exact: i64,
        loose: i64,
        suits: impl Fn(ManagerId) -> bool,
    ) -> Option<usize> {
        let (exact, loose) = (N::nearest(exact), N::nearest(loose));
        members.iter().position(|&partner| {
            let alone = self.here[partner.index()] - self.there[partner.index()];
            alone <= loose && {
                let between = self.between[partner.index()];
                alone - between - between <= exact && suits(partner)
            }
        })
    }
}

impl<N: Amount> Dense<N> {
    #[inline]
    fn sum(&self, manager: ManagerId, cohort: CohortId) -> i64 {
        self.sums[cohort.index() * self.amounts.managers() + manager.index()].into()
    }

    /// Counts one member in place of another.
    fn replace(&mut self, cohort: CohortId, out: Option<ManagerId>, into: Option<ManagerId>) {
        let managers = self.amounts.managers();
        let sums = &mut self.sums[cohort.index() * managers..][..managers];
        if let (Some(less), Some(more)) =
            (out.and_then(|out| self.amounts.row(out)), into.and_then(|into| self.amounts.row(into)))
        {
            sums.iter_mut().zip(less.iter().zip(more)).for_each(|(sum, (less, more))| *sum += *more - *less);
            return;
        }
        let links = |manager: Option<ManagerId>| manager.map_or(&[][..], |manager| self.amounts.links(manager));
        links(out).iter().for_each(|(other, amount)| sums[other.index()] -= N::of(*amount));
        links(into).iter().for_each(|(other, amount)| sums[other.index()] += N::of(*amount));
    }
}

impl<N: Amount> Tracker for Dense<N> {
    fn reacts(&self) -> Reacts {
        Reacts::Seats
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_seats(&self, _: &Facts, _: &Draft, exchanges: &[Exchange]) -> i64 {
        let mut change = 0;
        for exchange in exchanges.iter().filter(|exchange| self.scope.has(exchange.cohort)) {
            change -= exchange.out.map_or(0, |out| self.sum(out, exchange.cohort));
            change += exchange.into.map_or(0, |into| self.sum(into, exchange.cohort));
            if let (Some(out), Some(into)) = (exchange.out, exchange.into) {
                change -= self.amounts.between(out, into);
            }
        }
        change * self.amounts.grain
    }

    fn price_swaps(&self, facts: &Facts, draft: &Draft, swaps: &Swaps, unit: i64, costs: &mut [i64]) {
        let &Swaps { manager, from, to, .. } = swaps;
        let (Some(row), true) = (self.amounts.row(manager), self.scope.has(from) && self.scope.has(to)) else {
            return price_one_by_one(self, facts, draft, swaps, unit, costs);
        };
        let moved = self.sum(manager, to) - self.sum(manager, from);
        for (&partner, cost) in swaps.partners(draft).iter().zip(costs) {
            let between: i64 = row[partner.index()].into();
            let back = self.sum(partner, from) - self.sum(partner, to);
            *cost += unit * self.amounts.grain * (moved + back - 2 * between);
        }
    }

    fn first_within(&mut self, facts: &Facts, draft: &Draft, unit: i64, offers: &mut Offers) -> Tried {
        match &mut self.departures {
            None => first_one_within(self, facts, draft, unit, offers),
            Some(departures) => first_not_ruled_out(&self.amounts, &self.sums, departures, draft, unit, offers),
        }
    }

    fn commit_seats(&mut self, _: &Facts, _: &Draft, exchanges: &[Exchange]) {
        for exchange in exchanges {
            self.replace(exchange.cohort, exchange.out, exchange.into);
        }
        if let Some(departures) = &mut self.departures {
            departures.note(exchanges);
        }
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}

/// The first swap on offer that costs no more than it may, where whole cohorts can be ruled out at a glance.
fn first_not_ruled_out<N: Amount>(
    amounts: &Amounts<N>,
    sums: &[N],
    departures: &mut Departures<N>,
    draft: &Draft,
    unit: i64,
    offers: &mut Offers,
) -> Tried {
    let grain = unit * amounts.grain;
    let mut swaps = 0;
    while let Some(offer) = offers.next(draft) {
        let Offer { manager, from, .. } = offer;
        let Some(between) = amounts.row(manager) else { break };
        let here = sums_to(sums, between.len(), from);
        let near = 2 * amounts.greatest(manager);
        let stays: i64 = here[manager.index()].into();
        for to in offer.others() {
            let most = offers.draw_most();
            let members = draft.members(to);
            let there = sums_to(sums, between.len(), to);
            let goes: i64 = there[manager.index()].into();
            let moved = goes - stays;
            let is_too_dear = |least| grain * (moved - near + least) > most;
            if departures.are_too_dear((from, here), (to, there), members, is_too_dear) {
                swaps += members.len();
                continue;
            }
            let rows = Rows { here, there, between };
            let exact = most.div_euclid(grain).saturating_sub(moved);
            // The amount between the two is far away in memory; where cohorts can be ruled out, it hardly ever makes a difference.
            let loose = if departures.are_trusted() { exact.saturating_add(near) } else { i64::MAX };
            let suits = |partner| offers.suits(from, partner);
            if let Some(place) = rows.first_within(members, exact, loose, suits) {
                let taken = swap((manager, from), (members[place], to));
                return Tried { swaps: swaps + place + 1, taken: Some(taken) };
            }
            swaps += members.len();
        }
    }
    Tried { swaps, taken: None }
}
