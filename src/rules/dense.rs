//! Amounts of pairs of managers where each has one with many others: the sums are kept, so that a change of seats is priced
//! at the same cost however many pairs there are (Lai and Hao 2016).

use std::ops::{AddAssign, Sub, SubAssign};
use std::sync::Arc;

use super::links::Links;
use crate::draft::{Draft, Exchange};
use crate::facts::Facts;
use crate::ids::{CohortId, ManagerId};
use crate::rules::Scope;
use crate::term::{Offers, Reacts, Swaps, Taken, Tracker, first_one_within, price_one_by_one};

/// The most managers for whom the amount between any two is kept too.
const LARGEST_MATRIX: usize = 2_000;

/// The amounts between any two are only kept where at least one in so many is in the file.
const SPARE: usize = 8;

/// A whole number as wide as the amounts of a problem need it.
trait Amount:
    Copy + PartialOrd + Default + Send + Sync + Sub<Output = Self> + AddAssign + SubAssign + Into<i64> + 'static
{
    /// The number; it must fit.
    fn of(amount: i64) -> Self;

    /// The nearest number that fits.
    fn nearest(amount: i64) -> Self;
}

macro_rules! amount {
    ($($width:ty)*) => {$(
        impl Amount for $width {
            fn of(amount: i64) -> $width {
                amount as $width
            }

            fn nearest(amount: i64) -> $width {
                amount.clamp(<$width>::MIN.into(), <$width>::MAX.into()) as $width
            }
        }
    )*};
}

amount!(i16 i32 i64);

fn matrix<N: Amount>(managers: usize, pairs: &[(ManagerId, ManagerId, i64)]) -> Vec<N> {
    let mut between = vec![N::default(); managers * managers];
    for (a, b, amount) in pairs {
        between[a.index() * managers + b.index()] += N::of(*amount);
        between[b.index() * managers + a.index()] += N::of(*amount);
    }
    between
}

/// For each manager, the greatest amount to another.
fn greatest<N: Amount>(managers: usize, between: &[N]) -> Vec<N> {
    let greater = |a: N, b: N| if b > a { b } else { a };
    let of_row = |(own, row): (usize, &[N])| {
        let others = row[..own].iter().chain(&row[own + 1..]).copied();
        others.reduce(greater).unwrap_or_default()
    };
    between.chunks_exact(managers.max(1)).enumerate().map(of_row).collect()
}

/// The greatest number that divides all amounts, 1 at the least.
fn grain(pairs: &[(ManagerId, ManagerId, i64)]) -> i64 {
    let divisor = pairs.iter().fold(0, |mut divisor, (.., amount)| {
        let mut rest = amount.unsigned_abs();
        while rest > 0 {
            (divisor, rest) = (rest, divisor % rest);
        }
        divisor
    });
    i64::try_from(divisor.max(1)).unwrap_or(1)
}

/// The tracker of the pairs. Amounts are kept in grains, and as narrow as they fit: half as wide, twice as many are added in
/// one go, and twice as much of a table fits where it is near.
pub fn tracker(facts: &Facts, pairs: &[(ManagerId, ManagerId, i64)], scope: &Scope) -> Box<dyn Tracker> {
    let grain = grain(pairs);
    let pairs: Vec<_> = pairs.iter().map(|&(a, b, amount)| (a, b, amount / grain)).collect();
    let links = Arc::new(Links::new(facts.managers.len(), &pairs));
    // Whatever is worked out on the way adds or takes away each of one manager's amounts once at the most.
    let greatest = links.greatest();
    if greatest <= i16::MAX.into() {
        Box::new(Dense::<i16>::new(facts, links, &pairs, grain, scope))
    } else if greatest <= i32::MAX.into() {
        Box::new(Dense::<i32>::new(facts, links, &pairs, grain, scope))
    } else {
        Box::new(Dense::<i64>::new(facts, links, &pairs, grain, scope))
    }
}

/// So often in a row it may be in vain, about, to ask whether all swaps with a cohort can be ruled out at once.
const TRUST: i32 = 20;

/// It is asked again after so many swaps with a cohort were looked at one by one.
const DISTRUST: i32 = 2_000;

/// What it changes at the least when a member of one cohort goes to another in exchange for somebody, the amount between
/// the two left out.
#[derive(Clone, Copy, Default)]
struct Least<N> {
    change: N,
    /// How many changes of seats had been made when this was worked out.
    at: u64,
}

/// Keeps for each manager and cohort the sum of the amounts to the cohort's members.
#[derive(Clone)]
struct Dense<N> {
    /// In grains, as all amounts here are.
    links: Arc<Links>,
    /// So much is one grain.
    grain: i64,
    scope: Scope,
    managers: usize,
    /// By cohort, then manager.
    sums: Vec<N>,
    /// By two managers; empty where there are too many of them.
    between: Arc<[N]>,
    /// Whether all swaps with a cohort can be ruled out at once: the amounts are kept, and the rule looks at every cohort.
    can_rule_out: bool,
    /// For each manager, the greatest of the amounts to the others, where those are kept.
    greatest: Arc<[N]>,
    /// By two cohorts: of the members of the second when they go to the first; empty until it is asked for.
    least: Vec<Least<N>>,
    /// Whether to ask whether swaps can be ruled out: above 0 as far as it was worth while, below 0 for a while when it was
    /// not. No result depends on it.
    trust: i32,
    /// How many changes of seats were made.
    changes: u64,
    /// For each cohort, how many had been made when its own members changed.
    changed: Vec<u64>,
}

/// What is looked up for swaps of one manager with members of one cohort.
struct Rows<'a, N> {
    here: &'a [N],
    there: &'a [N],
    between: &'a [N],
}

impl<N: Amount> Rows<'_, N> {
    /// What it changes besides to exchange this partner, were there nothing between the two.
    #[inline]
    fn alone(&self, partner: ManagerId) -> N {
        self.here[partner.index()] - self.there[partner.index()]
    }

    /// What it changes besides to exchange this partner.
    #[inline]
    fn exchanged(&self, partner: ManagerId) -> N {
        let between = self.between[partner.index()];
        self.alone(partner) - between - between
    }
}

impl<N: Amount> Dense<N> {
    fn new(
        facts: &Facts,
        links: Arc<Links>,
        pairs: &[(ManagerId, ManagerId, i64)],
        grain: i64,
        scope: &Scope,
    ) -> Dense<N> {
        let managers = facts.managers.len();
        let is_full = 2 * pairs.len() * SPARE >= managers * managers;
        let keeps_matrix = managers <= LARGEST_MATRIX && is_full;
        let between = if keeps_matrix { matrix(managers, pairs) } else { Vec::new() };
        Dense {
            links,
            grain,
            scope: scope.clone(),
            managers,
            sums: vec![N::default(); managers * facts.cohorts.len()],
            can_rule_out: keeps_matrix && (0..facts.cohorts.len()).all(|cohort| scope.has(CohortId::new(cohort))),
            greatest: greatest(managers, &between).into(),
            between: between.into(),
            least: Vec::new(),
            trust: TRUST,
            changes: 1,
            changed: vec![1; facts.cohorts.len()],
        }
    }

    /// For each manager, the sum of the amounts to the members of the cohort.
    #[inline]
    fn sums_to(&self, cohort: CohortId) -> &[N] {
        &self.sums[cohort.index() * self.managers..][..self.managers]
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

    /// What there is to look up for swaps; `None` where it is not kept.
    #[inline]
    fn rows(&self, manager: ManagerId, from: CohortId, to: CohortId) -> Option<Rows<'_, N>> {
        let between = self.between.get(manager.index() * self.managers..)?.get(..self.managers)?;
        let rows = Rows { here: self.sums_to(from), there: self.sums_to(to), between };
        (self.scope.has(from) && self.scope.has(to)).then_some(rows)
    }

    /// Whether it is seen at a glance that all swaps with members of the cohort are too dear: by what it changes at the least
    /// when any of them goes to `from`.
    #[inline]
    fn are_too_dear(&mut self, draft: &Draft, from: CohortId, to: CohortId, is_too_dear: impl Fn(i64) -> bool) -> bool {
        if self.trust <= 0 {
            self.trust += 1;
            return false;
        }
        let are = is_too_dear(self.least(draft, from, to).into());
        self.trust = match self.trust {
            trust if are => TRUST.min(trust + 1),
            1 => -DISTRUST,
            trust => trust - 1,
        };
        are
    }

    /// What the amount between the manager and a partner takes away at the most from what an exchange changes.
    #[inline]
    fn twice_greatest(&self, manager: ManagerId) -> i64 {
        let greatest: i64 = self.greatest[manager.index()].into();
        2 * greatest
    }

    /// What it changes at the least when any member of `to` goes to `from` in exchange for somebody, the amount between
    /// the two left out. Looked up where neither cohort has changed since it was last asked.
    #[inline]
    fn least(&mut self, draft: &Draft, from: CohortId, to: CohortId) -> N {
        let cohorts = self.changed.len();
        let at = from.index() * cohorts + to.index();
        match self.least.get(at) {
            Some(known) if known.at >= self.changed[from.index()] && known.at >= self.changed[to.index()] => {
                known.change
            }
            _ => self.work_out_least(draft, from, to),
        }
    }

    #[cold]
    fn work_out_least(&mut self, draft: &Draft, from: CohortId, to: CohortId) -> N {
        let (here, there) = (self.sums_to(from), self.sums_to(to));
        let alone = draft.members(to).iter().map(|partner| here[partner.index()] - there[partner.index()]);
        let change = alone.reduce(|a, b| if b < a { b } else { a }).unwrap_or_default();
        let cohorts = self.changed.len();
        self.least.resize(cohorts * cohorts, Least::default());
        self.least[from.index() * cohorts + to.index()] = Least { change, at: self.changes };
        change
    }

    /// The place of the first member of `to` who suits and changes no more than `most` besides in exchange for the manager, and
    /// no more than `apart` when the amount between the two is left out. Kept apart, so that it costs nothing where swaps
    /// are ruled out at a glance.
    #[inline(never)]
    fn first_of_all(
        &self,
        draft: &Draft,
        (manager, from, to): (ManagerId, CohortId, CohortId),
        (most, apart): (i64, i64),
        suits: &dyn Fn(ManagerId) -> bool,
    ) -> Option<usize> {
        let rows = self.rows(manager, from, to)?;
        let (exact, loose) = (N::nearest(most), N::nearest(apart));
        let is_within =
            |&partner: &ManagerId| rows.alone(partner) <= loose && rows.exchanged(partner) <= exact && suits(partner);
        draft.members(to).iter().position(is_within)
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
        change * self.grain
    }

    fn price_swaps(&self, facts: &Facts, draft: &Draft, swaps: &Swaps, unit: i64, costs: &mut [i64]) {
        let &Swaps { manager, from, to, .. } = swaps;
        let Some(rows) = self.rows(manager, from, to) else {
            return price_one_by_one(self, facts, draft, swaps, unit, costs);
        };
        let moved = self.sum(manager, to) - self.sum(manager, from);
        for (partner, cost) in swaps.partners(draft).iter().zip(costs) {
            *cost += unit * self.grain * (moved + rows.exchanged(*partner).into());
        }
    }

    fn first_within(
        &mut self,
        facts: &Facts,
        draft: &Draft,
        offers: Offers,
        unit: i64,
        most: &mut dyn FnMut() -> i64,
        suits: &dyn Fn(ManagerId) -> bool,
    ) -> Option<Taken> {
        let Offers { manager, from, .. } = offers;
        if !self.can_rule_out {
            return first_one_within(self, facts, draft, offers, unit, most, suits);
        }
        let grain = unit * self.grain;
        let (here, near) = (self.sum(manager, from), self.twice_greatest(manager));
        offers.others().find_map(|(number, to)| {
            let most = most();
            let moved = self.sum(manager, to) - here;
            if self.are_too_dear(draft, from, to, |least| grain * (moved - near + least) > most) {
                return None;
            }
            let left = most.div_euclid(grain).saturating_sub(moved);
            // The amount between the two is far away in memory; where cohorts can be ruled out, it hardly ever makes a difference.
            let apart = if self.trust > 0 { left.saturating_add(near) } else { i64::MAX };
            Some((number, self.first_of_all(draft, (manager, from, to), (left, apart), suits)?))
        })
    }

    fn commit_seats(&mut self, _: &Facts, _: &Draft, exchanges: &[Exchange]) {
        self.changes += 1;
        for exchange in exchanges {
            self.replace(exchange.cohort, exchange.out, exchange.into);
            self.changed[exchange.cohort.index()] = self.changes;
        }
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}
