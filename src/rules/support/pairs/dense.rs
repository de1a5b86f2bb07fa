//! The tracker of amounts between nearly any two managers. Its sums are kept in the order in which managers sit, so that a
//! manager's swaps with all members of a cohort are priced in a few vector operations.

use std::sync::Arc;

use smallvec::SmallVec;

use super::amounts::{Amount, Matrix};
use super::change::change;
use super::places::{LANES, Places};
use crate::draft::{Draft, Exchange};
use crate::facts::Facts;
use crate::ids::{CohortId, ManagerId};
use crate::rules::support::scope::Scope;
use crate::term::{FirstSwap, Reacts, SwapOffer, SwapOffers, Swaps, Tracker, first_one_within, price_one_by_one, swap};

/// Keeps for each cohort and each manager who has a seat the sum of the amounts to the cohort's members.
#[derive(Clone)]
pub struct Dense<N> {
    /// In grains.
    amounts: Arc<Matrix<N>>,
    grain: i64,
    scope: Scope,
    is_everywhere: bool,
    places: Places,
    /// By cohort, then place: the sum of the amounts of who sits there to the cohort's members; 0 where nobody does.
    sums: Vec<Lanes<N>>,
    /// By place, the sum of the amounts of who sits there to the others in the same cohort; where nobody sits, a value that makes
    /// every swap too dear.
    own: Vec<Lanes<N>>,
    /// Scratch memory while seats change: by manager, the difference of two managers' amounts; by place, the same, 0 where nobody
    /// sits.
    differences: Vec<N>,
    changes: Vec<Lanes<N>>,
}

/// What is kept of one block of places.
type Lanes<N> = [N; LANES];

/// Greater than any sum of amounts.
const FAR: i64 = i64::MAX / 4;

impl<N: Amount> Dense<N> {
    /// Nobody is seated.
    pub fn new(facts: &Facts, grain: i64, amounts: Matrix<N>, scope: &Scope) -> Dense<N> {
        let cohorts = facts.cohorts.len();
        let mut dense = Dense {
            places: Places::new(cohorts, amounts.nobody()),
            differences: vec![N::default(); facts.managers.len() + 1],
            amounts: Arc::new(amounts),
            grain,
            scope: scope.clone(),
            is_everywhere: (0..cohorts).all(|cohort| scope.has(CohortId::new(cohort))),
            sums: Vec::new(),
            own: Vec::new(),
            changes: Vec::new(),
        };
        dense.start_anew();
        dense
    }

    /// Works out all sums.
    fn start_anew(&mut self) {
        let (blocks, cohorts) = (self.places.blocks(), self.places.cohorts());
        self.sums = vec![Lanes::default(); cohorts * blocks];
        self.own = vec![Lanes::default(); blocks];
        self.changes = vec![Lanes::default(); blocks];
        for cohort in 0..cohorts {
            self.places.taken(cohort).for_each(|place| self.work_out(place));
        }
        (0..cohorts).for_each(|cohort| self.copy_own(cohort));
    }

    /// Works out the sums of who sits in a place.
    fn work_out(&mut self, place: usize) {
        let manager = self.places.members()[place];
        for cohort in 0..self.places.cohorts() {
            let sum = self.add_up(manager, cohort);
            self.sums.as_flattened_mut()[cohort * self.places.count() + place] = sum;
        }
    }

    fn add_up(&self, manager: ManagerId, cohort: usize) -> N {
        let row = self.amounts.row(manager);
        let members = &self.places.members()[self.places.taken(cohort)];
        members.iter().fold(N::default(), |sum, member| sum + row[member.index()])
    }

    /// Brings up to date what each member of a cohort has with the others.
    fn copy_own(&mut self, cohort: usize) {
        let (taken, blocks) = (self.places.taken(cohort), self.places.blocks_of(cohort));
        self.own[blocks.clone()].copy_from_slice(&self.sums[cohort * self.places.blocks()..][blocks.clone()]);
        self.own.as_flattened_mut()[taken.end..blocks.end * LANES].fill(N::default() - N::GREATEST);
    }

    #[inline]
    fn sum(&self, manager: ManagerId, cohort: CohortId) -> i64 {
        match self.places.of(manager) {
            Some(place) => self.sums_of(cohort).as_flattened()[place].into(),
            None => self.add_up(manager, cohort.index()).into(),
        }
    }

    /// Works out, by place, what it changes that one comes for another.
    fn compare(&mut self, out: Option<ManagerId>, into: Option<ManagerId>) {
        let row = |manager: Option<ManagerId>| self.amounts.row(manager.unwrap_or(self.amounts.nobody())).iter();
        let differences = self.differences.iter_mut().zip(row(into).zip(row(out)));
        differences.for_each(|(difference, (more, less))| *difference = *more - *less);
        let members = self.places.members().as_chunks::<LANES>().0;
        for blocks in self.places.all_blocks() {
            for (changes, members) in self.changes[blocks.clone()].iter_mut().zip(&members[blocks]) {
                *changes = members.map(|member| self.differences[member.index()]);
            }
        }
    }

    /// Changes the sums of a cohort by what was worked out.
    fn change(&mut self, cohort: CohortId, change: impl Fn(&mut N, N)) {
        let sums = self.sums[cohort.index() * self.places.blocks()..].as_flattened_mut();
        sums.iter_mut().zip(self.changes.as_flattened()).for_each(|(sum, by)| change(sum, *by));
    }

    /// Has what is kept of two places change places as well.
    fn swap_sums(&mut self, a: usize, b: usize) {
        self.sums.chunks_exact_mut(self.places.blocks()).for_each(|sums| sums.as_flattened_mut().swap(a, b));
    }

    /// Two managers of different cohorts change seats.
    fn follow_swap(&mut self, (a, here): (ManagerId, CohortId), (b, there): (ManagerId, CohortId)) {
        self.compare(Some(a), Some(b));
        self.change(here, |sum, by| *sum += by);
        self.change(there, |sum, by| *sum -= by);
        if let (Some(a), Some(b)) = (self.places.of(a), self.places.of(b)) {
            self.places.swap(a, b);
            self.swap_sums(a, b);
        }
    }

    /// Managers come and go in any other way.
    fn follow_all(&mut self, exchanges: &[Exchange]) {
        for exchange in exchanges {
            self.compare(exchange.out, exchange.into);
            self.change(exchange.cohort, |sum, by| *sum += by);
        }
        for exchange in exchanges {
            if let Some(out) = exchange.out {
                let (place, last) = self.places.leave(exchange.cohort.index(), out);
                self.swap_sums(place, last);
                self.changes.as_flattened_mut()[last] = N::default();
                let sums = self.sums.as_flattened_mut().iter_mut();
                sums.skip(last).step_by(self.places.count()).for_each(|sum| *sum = N::default());
            }
        }
        let came = || exchanges.iter().filter_map(|exchange| Some((exchange.into?, exchange.cohort.index())));
        let full: SmallVec<[usize; 3]> =
            came().map(|(_, cohort)| cohort).filter(|&to| self.places.is_full(to)).collect();
        full.iter().for_each(|&cohort| self.places.make_room(cohort));
        let places: SmallVec<[usize; 3]> = came().map(|(manager, cohort)| self.places.come(cohort, manager)).collect();
        if !full.is_empty() {
            return self.start_anew();
        }
        places.into_iter().for_each(|place| self.work_out(place));
    }

    /// The position among the members of a cohort of the first who suits and with whom a swap changes at most `most`, the manager's
    /// own part left out. Not inlined, so that it costs nothing where a whole cohort is ruled out at once.
    #[inline(never)]
    fn first_member(
        &self,
        here: &[N],
        between: &[N],
        to: CohortId,
        most: N,
        suits: impl Fn(ManagerId) -> bool,
    ) -> Option<usize> {
        let taken = self.places.taken(to.index());
        let members = &self.places.members()[taken.clone()];
        let mut rows = here[taken.clone()].iter().zip(&self.own.as_flattened()[taken]).zip(members);
        rows.position(|((here, own), &partner)| {
            let between = between[partner.index()];
            *here - *own - between - between <= most && suits(partner)
        })
    }

    /// The sums of a cohort, by place.
    #[inline]
    fn sums_of(&self, cohort: CohortId) -> &[Lanes<N>] {
        let count = self.places.blocks();
        &self.sums[cohort.index() * count..][..count]
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
        let sum = |manager, cohort| self.sum(manager, cohort);
        self.grain * change(&self.scope, exchanges, sum, |a, b| self.amounts.row(a)[b.index()].into())
    }

    fn price_swaps(&self, facts: &Facts, draft: &Draft, swaps: &Swaps, unit: i64, costs: &mut [i64]) {
        let &Swaps { manager, from, to, .. } = swaps;
        let (true, true, Some(place)) = (self.scope.has(from), self.scope.has(to), self.places.of(manager)) else {
            return price_one_by_one(self, facts, draft, swaps, unit, costs);
        };
        let sums = |cohort: CohortId| self.sums_of(cohort).as_flattened();
        let (here, there, row) = (sums(from), sums(to), self.amounts.row(manager));
        for (&partner, cost) in swaps.partners(draft).iter().zip(costs) {
            let Some(other) = self.places.of(partner) else { continue };
            let between = row[partner.index()];
            let change = (there[place] - between) - here[place] + (here[other] - between) - there[other];
            *cost += unit * self.grain * change.into();
        }
    }

    fn first_within(&self, facts: &Facts, draft: &Draft, unit: i64, offers: &mut dyn SwapOffers) -> FirstSwap {
        if !self.is_everywhere {
            return first_one_within(self, facts, draft, unit, offers);
        }
        let (sums, count) = (self.sums.as_flattened(), self.places.count());
        let mut priced = 0;
        while let Some(offer) = offers.next(draft) {
            let SwapOffer { manager, from, .. } = offer;
            let Some(place) = self.places.of(manager) else { break };
            let here = self.sums_of(from);
            let stays: i64 = here.as_flattened()[place].into();
            let most = offer.most.clamp(-FAR, FAR).div_euclid(unit * self.grain) + stays;
            let near = 2 * self.amounts.greatest(manager);
            for to in offer.others() {
                let goes: i64 = sums[to.index() * count + place].into();
                let blocks = self.places.blocks_of(to.index());
                // The amounts between two managers are far away in memory and seldom decide, so they are looked up last.
                if is_within(&here[blocks.clone()], &self.own[blocks], N::nearest(most - goes + near)) {
                    let (here, between) = (here.as_flattened(), self.amounts.row(manager));
                    let suits = |partner| offers.suits(from, partner);
                    if let Some(number) = self.first_member(here, between, to, N::nearest(most - goes), suits) {
                        let partner = self.places.members()[self.places.taken(to.index()).start + number];
                        return FirstSwap {
                            priced: priced + number + 1,
                            taken: Some(swap((manager, from), (partner, to))),
                        };
                    }
                }
                priced += self.places.taken(to.index()).len();
            }
        }
        FirstSwap { priced, taken: None }
    }

    fn commit_seats(&mut self, _: &Facts, _: &Draft, exchanges: &[Exchange]) {
        match *exchanges {
            [
                Exchange { cohort: here, out: Some(out), into: Some(into) },
                Exchange { cohort: there, out: Some(_), into: Some(_) },
            ] => self.follow_swap((out, here), (into, there)),
            _ => self.follow_all(exchanges),
        }
        exchanges.iter().for_each(|exchange| self.copy_own(exchange.cohort.index()));
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}

/// Whether anybody changes no more than the limit by going from their own cohort to the other one.
#[inline]
fn is_within<N: Amount>(other: &[Lanes<N>], own: &[Lanes<N>], limit: N) -> bool {
    let mut least = [N::GREATEST; LANES];
    for (other, own) in other.iter().zip(own) {
        for lane in 0..LANES {
            least[lane] = least[lane].min(other[lane] - own[lane]);
        }
    }
    least.iter().any(|&least| least <= limit)
}
