//! Shared by `apart` and `affinity`: amounts of pairs of managers, paid where both are in one cohort.

use std::ops::{AddAssign, Sub, SubAssign};
use std::sync::Arc;

use crate::draft::{Draft, Exchange};
use crate::facts::Facts;
use crate::ids::{CohortId, ManagerId};
use crate::rules::Scope;
use crate::term::{Reacts, Swaps, Tracker, first_one_within, price_one_by_one};

/// For each manager, the others with whom there is an amount.
#[derive(Clone, Debug)]
struct Links {
    starts: Vec<u32>,
    ends: Vec<(ManagerId, i64)>,
}

impl Links {
    fn new(managers: usize, pairs: &[(ManagerId, ManagerId, i64)]) -> Links {
        let mut starts = vec![0; managers + 1];
        for (a, b, _) in pairs {
            starts[a.index() + 1] += 1;
            starts[b.index() + 1] += 1;
        }
        for index in 0..managers {
            starts[index + 1] += starts[index];
        }
        let mut next = starts.clone();
        let mut ends = vec![(ManagerId(0), 0); 2 * pairs.len()];
        for &(a, b, amount) in pairs {
            for (from, to) in [(a, b), (b, a)] {
                ends[next[from.index()] as usize] = (to, amount);
                next[from.index()] += 1;
            }
        }
        Links { starts, ends }
    }

    #[inline]
    fn of(&self, manager: ManagerId) -> &[(ManagerId, i64)] {
        &self.ends[self.starts[manager.index()] as usize..self.starts[manager.index() + 1] as usize]
    }

    /// No amount of one manager to any set of others is greater than this, or less than its opposite.
    fn greatest(&self) -> i64 {
        let all = |range: &[u32]| {
            let ends = &self.ends[range[0] as usize..range[1] as usize];
            ends.iter().fold(0_i64, |sum, (_, amount)| sum.saturating_add(amount.saturating_abs()))
        };
        self.starts.windows(2).map(all).max().unwrap_or(0)
    }
}

/// The tracker of pairs, in the form that fits how many there are.
pub fn tracker(facts: &Facts, pairs: &[(ManagerId, ManagerId, i64)], scope: &Scope) -> Box<dyn Tracker> {
    let links = Arc::new(Links::new(facts.managers.len(), pairs));
    let table = facts.managers.len() * facts.cohorts.len();
    if 2 * pairs.len() > DENSE * facts.managers.len() && table <= LARGEST_TABLE {
        // Half as wide, twice as much of a table fits where it is near.
        if links.greatest() <= i64::from(i32::MAX) / GREATEST_SUM {
            return Box::new(Dense::<i32>::new(facts, links, pairs, scope));
        }
        return Box::new(Dense::<i64>::new(facts, links, pairs, scope));
    }
    Box::new(Sparse { links, scope: scope.clone() })
}

/// From so many links a manager on, sums are kept.
const DENSE: usize = 24;

/// The most sums that are kept.
const LARGEST_TABLE: usize = 20_000_000;

/// The most managers for whom the amount between any two is kept too.
const LARGEST_MATRIX: usize = 2_000;

/// The amounts between any two are only kept where at least one in so many is in the file.
const SPARE: usize = 8;

/// No sum that is worked out in one go is greater than so many times the greatest amount of one manager.
const GREATEST_SUM: i64 = 4;

/// A whole number as wide as the amounts of a problem need it.
trait Amount:
    Copy + PartialOrd + Default + Send + Sync + Sub<Output = Self> + AddAssign + SubAssign + Into<i64> + 'static
{
    /// The number; it must fit.
    fn of(amount: i64) -> Self;

    /// The nearest number that fits.
    fn nearest(amount: i64) -> Self;
}

impl Amount for i64 {
    fn of(amount: i64) -> i64 {
        amount
    }

    fn nearest(amount: i64) -> i64 {
        amount
    }
}

impl Amount for i32 {
    fn of(amount: i64) -> i32 {
        amount as i32
    }

    fn nearest(amount: i64) -> i32 {
        amount.clamp(i32::MIN.into(), i32::MAX.into()) as i32
    }
}

fn matrix<N: Amount>(managers: usize, pairs: &[(ManagerId, ManagerId, i64)]) -> Vec<N> {
    let mut between = vec![N::default(); managers * managers];
    for (a, b, amount) in pairs {
        between[a.index() * managers + b.index()] += N::of(*amount);
        between[b.index() * managers + a.index()] += N::of(*amount);
    }
    between
}

/// Looks at every link of those who change seats.
#[derive(Clone)]
struct Sparse {
    links: Arc<Links>,
    scope: Scope,
}

impl Tracker for Sparse {
    fn reacts(&self) -> Reacts {
        Reacts::Seats
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_seats(&self, _: &Facts, draft: &Draft, exchanges: &[Exchange]) -> i64 {
        let mut change = 0;
        for exchange in exchanges.iter().filter(|exchange| self.scope.has(exchange.cohort)) {
            let here = |manager: ManagerId| draft.seat(manager) == Some(exchange.cohort);
            if let Some(out) = exchange.out {
                change -= self.links.of(out).iter().filter(|(other, _)| here(*other)).map(|(_, n)| n).sum::<i64>();
            }
            if let Some(into) = exchange.into {
                let stays = |other: ManagerId| here(other) && exchange.out != Some(other);
                change += self.links.of(into).iter().filter(|(other, _)| stays(*other)).map(|(_, n)| n).sum::<i64>();
            }
        }
        change
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}

/// Keeps for each manager and cohort the sum of the amounts to the cohort's members, so that a swap is priced at the
/// same cost however many pairs there are (Lai and Hao 2016).
#[derive(Clone)]
struct Dense<N> {
    links: Arc<Links>,
    scope: Scope,
    managers: usize,
    /// By cohort, then manager.
    sums: Vec<N>,
    /// By two managers; empty where there are too many of them.
    between: Arc<[N]>,
}

impl<N: Amount> Dense<N> {
    fn new(facts: &Facts, links: Arc<Links>, pairs: &[(ManagerId, ManagerId, i64)], scope: &Scope) -> Dense<N> {
        let managers = facts.managers.len();
        let is_full = 2 * pairs.len() * SPARE >= managers * managers;
        let keeps_matrix = managers <= LARGEST_MATRIX && is_full;
        let between = if keeps_matrix { matrix(managers, pairs) } else { Vec::new() }.into();
        let sums = vec![N::default(); managers * facts.cohorts.len()];
        Dense { links, scope: scope.clone(), managers, sums, between }
    }

    #[inline]
    fn sum(&self, manager: ManagerId, cohort: CohortId) -> i64 {
        self.sums[cohort.index() * self.managers + manager.index()].into()
    }

    fn between(&self, a: ManagerId, b: ManagerId) -> i64 {
        match self.between.get(a.index() * self.managers + b.index()) {
            Some(&amount) => amount.into(),
            None => self.links.of(a).iter().filter(|(other, _)| *other == b).map(|(_, amount)| amount).sum(),
        }
    }

    /// What the swaps change whoever the partner is, and what they change besides for each partner. `None` where this
    /// cannot be looked up.
    fn rows(&self, swaps: &Swaps) -> Option<(i64, impl Fn(ManagerId) -> N)> {
        let &Swaps { manager, from, to, .. } = swaps;
        let (managers, own) = (self.managers, manager.index());
        let between = self.between.get(own * managers..)?.get(..managers)?;
        if !self.scope.has(from) || !self.scope.has(to) {
            return None;
        }
        let row = |cohort: CohortId| &self.sums[cohort.index() * managers..][..managers];
        let (here, there) = (row(from), row(to));
        let moved = there[own].into() - here[own].into();
        Some((moved, move |partner: ManagerId| {
            let partner = partner.index();
            here[partner] - there[partner] - between[partner] - between[partner]
        }))
    }

    /// Counts one member in place of another.
    fn replace(&mut self, cohort: CohortId, out: Option<ManagerId>, into: Option<ManagerId>) {
        let sums = &mut self.sums[cohort.index() * self.managers..(cohort.index() + 1) * self.managers];
        let row = |manager: ManagerId| {
            let start = manager.index() * self.managers;
            self.between.get(start..start + self.managers)
        };
        match (out, into, out.and_then(row), into.and_then(row)) {
            (.., Some(less), Some(more)) => {
                sums.iter_mut().zip(less.iter().zip(more)).for_each(|(sum, (less, more))| *sum += *more - *less);
            }
            (.., None, Some(more)) => sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += *more),
            (.., Some(less), None) => sums.iter_mut().zip(less).for_each(|(sum, less)| *sum -= *less),
            (out, into, None, None) => {
                let links = |manager: Option<ManagerId>| manager.map_or(&[][..], |manager| self.links.of(manager));
                links(out).iter().for_each(|(other, amount)| sums[other.index()] -= N::of(*amount));
                links(into).iter().for_each(|(other, amount)| sums[other.index()] += N::of(*amount));
            }
        }
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
                change -= self.between(out, into);
            }
        }
        change
    }

    fn price_swaps(&self, facts: &Facts, draft: &Draft, swaps: &Swaps, unit: i64, costs: &mut [i64]) {
        let Some((moved, exchanged)) = self.rows(swaps) else {
            return price_one_by_one(self, facts, draft, swaps, unit, costs);
        };
        for (partner, cost) in swaps.partners.iter().zip(costs) {
            *cost += unit * (moved + exchanged(*partner).into());
        }
    }

    fn first_within(&self, facts: &Facts, draft: &Draft, swaps: &Swaps, most: i64) -> Option<usize> {
        let Some((moved, exchanged)) = self.rows(swaps) else {
            return first_one_within(self, facts, draft, swaps, most);
        };
        let most = N::nearest(most.saturating_sub(moved));
        swaps.partners.iter().position(|&partner| exchanged(partner) <= most)
    }

    fn commit_seats(&mut self, _: &Facts, _: &Draft, exchanges: &[Exchange]) {
        for exchange in exchanges {
            self.replace(exchange.cohort, exchange.out, exchange.into);
        }
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}
