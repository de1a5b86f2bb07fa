//! A draft with its trackers and its score: edits are weighed, then kept or dropped.

mod edit;
mod swaps;

use std::sync::Arc;

use crate::draft::{Booking, Draft, Exchange};
use crate::facts::Facts;
use crate::ids::{CohortId, ManagerId, ModuleId, RunId};
use crate::plan::Plan;
use crate::problem::Problem;
use crate::score::Score;
use crate::search::acceptance::Threshold;
use crate::search::gap_costs::GapCosts;
use crate::term::{Reacts, Tracker};

pub use edit::Edit;
use edit::is_swap;

/// Who sits where and what is booked, in a form that is cheap to keep.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Snapshot {
    /// For each manager, the cohort.
    pub seats: Vec<Option<CohortId>>,
    /// For each run, its booking.
    pub bookings: Vec<Booking>,
}

/// A tracker with what its amount costs.
#[derive(Clone)]
struct WeightedTracker {
    tracker: Box<dyn Tracker>,
    unit: Score,
}

/// The trackers that react to one kind of edit, by their number: those with a weight first.
#[derive(Clone, Default)]
struct PricingOrder {
    soft: Vec<u16>,
    hard: Vec<u16>,
}

/// The search's view of a plan: starts empty, changes by [`Edit`]s, and always knows its score.
#[derive(Clone)]
pub struct State<'p> {
    facts: &'p Facts,
    gaps: Arc<GapCosts>,
    draft: Draft,
    trackers: Vec<WeightedTracker>,
    seats: PricingOrder,
    /// Those of `seats` that mind swaps.
    swaps: PricingOrder,
    bookings: PricingOrder,
    score: Score,
    /// The inverses of what was attempted.
    undo: Vec<Edit>,
    /// By how much the score has changed by what was attempted.
    attempted: Score,
}

impl<'p> State<'p> {
    /// The empty draft of a problem.
    pub fn empty(problem: &'p Problem) -> State<'p> {
        let facts = &problem.facts;
        let mut score = Score::ZERO;
        let mut trackers = Vec::new();
        let [mut seats, mut swaps, mut bookings] = std::array::from_fn(|_| PricingOrder::default());
        for (number, posed) in problem.terms.iter().enumerate() {
            let tracker = posed.term.tracker(facts);
            let unit = match posed.weight {
                None => Score { hard: 1, soft: 0 },
                Some(weight) => Score { hard: 0, soft: weight },
            };
            score += times(unit, tracker.start(facts));
            let add = |order: &mut PricingOrder| match posed.weight {
                None => order.hard.push(number as u16),
                Some(_) => order.soft.push(number as u16),
            };
            if tracker.reacts().to_seats() {
                add(&mut seats);
            }
            if tracker.minds_swaps() {
                add(&mut swaps);
            }
            if tracker.reacts().to_bookings() {
                add(&mut bookings);
            }
            trackers.push(WeightedTracker { tracker, unit });
        }
        let gaps = Arc::new(GapCosts::of(problem));
        State {
            facts,
            gaps,
            draft: Draft::empty(facts),
            trackers,
            seats,
            swaps,
            bookings,
            score,
            undo: Vec::new(),
            attempted: Score::ZERO,
        }
    }

    /// The facts of the problem.
    pub fn facts(&self) -> &'p Facts {
        self.facts
    }

    /// What the days before a cohort's run of a module cost, from the least gap allowed to the greatest.
    #[inline]
    pub fn gap_costs(&self, cohort: CohortId, later: ModuleId) -> &[i64] {
        self.gaps.before(self.facts, cohort, later)
    }

    /// Who sits where and what is booked.
    #[inline]
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// The score of the draft as it is.
    #[inline]
    pub fn score(&self) -> Score {
        self.score
    }

    /// By how much the score would change.
    pub fn price(&self, edit: &Edit) -> Score {
        self.price_if(edit, Threshold::UNLIMITED).unwrap_or(Score::ZERO)
    }

    /// By how much the score would change, if that is within the threshold.
    pub fn price_if(&self, edit: &Edit, threshold: Threshold) -> Option<Score> {
        self.price_within(edit, Score::ZERO, threshold)
    }

    /// What it would cost to book a run that is not booked. Of the cost of members who cannot come, which swaps of seats might mend,
    /// only `presence_percent` percent counts. `None` as soon as that is seen to be more than the threshold. That the run is not
    /// booked is no breach here.
    pub fn forecast(&self, run: RunId, booking: &Booking, threshold: Threshold, presence_percent: i64) -> Option<i64> {
        let mut sum = 0;
        for &number in &self.bookings.soft {
            let WeightedTracker { tracker, unit } = &self.trackers[number as usize];
            let cost = unit.soft * tracker.price_booking(self.facts, &self.draft, run, booking);
            sum += if tracker.reacts() == Reacts::Presence { cost * presence_percent / 100 } else { cost };
        }
        for &number in &self.bookings.hard {
            if sum > threshold.most {
                return None;
            }
            let tracker = &self.trackers[number as usize].tracker;
            let breaches = tracker.price_booking(self.facts, &self.draft, run, booking).max(0);
            let percent = if tracker.reacts() == Reacts::Presence { presence_percent } else { 100 };
            let cost = threshold.hard_price.saturating_mul(breaches).saturating_mul(percent) / 100;
            sum = sum.saturating_add(cost);
        }
        (sum <= threshold.most).then_some(sum)
    }

    /// By how much less the rules for who is to be where and when would cost if the member were not in the cohort.
    pub fn relief(&self, member: ManagerId, cohort: CohortId) -> Score {
        let without = [Exchange { cohort, out: Some(member), into: None }];
        let mut relief = Score::ZERO;
        for &number in self.swaps.soft.iter().chain(&self.swaps.hard) {
            let WeightedTracker { tracker, unit } = &self.trackers[number as usize];
            if tracker.reacts() == Reacts::Presence {
                relief -= times(*unit, tracker.price_seats(self.facts, &self.draft, &without));
            }
        }
        relief
    }

    /// Whether something that is broken now would be mended if the run were not booked.
    pub fn is_troubled(&self, run: RunId) -> bool {
        let nothing = Booking::default();
        let mends = |tracker: &dyn Tracker| tracker.price_booking(self.facts, &self.draft, run, &nothing) < 0;
        self.bookings.hard.iter().any(|&number| mends(&*self.trackers[number as usize].tracker))
    }

    /// `before`, and by how much the score would change; `None` as soon as that is seen to be dearer than the threshold.
    ///
    /// What has a weight is asked first. What is hard can then only get better by what is broken now, which is mostly
    /// nothing: most candidates are refused before the hard terms, the dear ones, are asked.
    fn price_within(&self, edit: &Edit, before: Score, threshold: Threshold) -> Option<Score> {
        match edit {
            Edit::Seats(exchanges) => {
                let price = |tracker: &dyn Tracker| tracker.price_seats(self.facts, &self.draft, exchanges);
                self.add_up(if is_swap(exchanges) { &self.swaps } else { &self.seats }, before, threshold, price)
            }
            Edit::Book(run, booking) => {
                let price = |tracker: &dyn Tracker| tracker.price_booking(self.facts, &self.draft, *run, booking);
                self.add_up(&self.bookings, before, threshold, price)
            }
        }
    }

    #[inline]
    fn add_up(
        &self,
        order: &PricingOrder,
        before: Score,
        threshold: Threshold,
        price: impl Fn(&dyn Tracker) -> i64,
    ) -> Option<Score> {
        let mut sum = before;
        for &number in &order.soft {
            let weighed = &self.trackers[number as usize];
            sum.soft += weighed.unit.soft * price(&*weighed.tracker);
        }
        let mended = Score { hard: sum.hard - self.score.hard, soft: sum.soft };
        if threshold.price(mended) > threshold.most {
            return None;
        }
        for &number in &order.hard {
            sum.hard += price(&*self.trackers[number as usize].tracker);
        }
        (threshold.price(sum) <= threshold.most).then_some(sum)
    }

    /// Makes the edit; `price` is what [`State::price`] says of it now.
    fn commit(&mut self, edit: &Edit, price: Score) {
        match edit {
            Edit::Seats(exchanges) => {
                let order = if is_swap(exchanges) { &self.swaps } else { &self.seats };
                for &number in order.soft.iter().chain(&order.hard) {
                    let tracker = &mut self.trackers[number as usize].tracker;
                    tracker.commit_seats(self.facts, &self.draft, exchanges);
                }
                self.draft.exchange(exchanges);
            }
            Edit::Book(run, booking) => {
                for &number in self.bookings.soft.iter().chain(&self.bookings.hard) {
                    let tracker = &mut self.trackers[number as usize].tracker;
                    tracker.commit_booking(self.facts, &self.draft, *run, booking);
                }
                self.draft.book(*run, booking.clone());
            }
        }
        self.score += price;
    }

    /// Makes the edit and says by how much the score changed.
    pub fn apply(&mut self, edit: &Edit) -> Score {
        let price = self.price(edit);
        self.commit(edit, price);
        price
    }

    /// Makes an edit on the way to a draft whose score is known; [`State::arrive`] must follow.
    pub fn follow(&mut self, edit: &Edit) {
        self.commit(edit, Score::ZERO);
    }

    /// Says what the draft costs to which edits were followed.
    pub fn arrive(&mut self, score: Score) {
        self.score = score;
    }

    /// What would undo the edit, on the draft as it is before the edit.
    fn inverse(&self, edit: &Edit) -> Edit {
        match edit {
            Edit::Seats(exchanges) => {
                let turn = |e: &Exchange| Exchange { cohort: e.cohort, out: e.into, into: e.out };
                Edit::Seats(exchanges.iter().map(turn).collect())
            }
            Edit::Book(run, _) => Edit::Book(*run, self.draft.booking(*run).clone()),
        }
    }

    /// Makes an edit that is kept or dropped together with what is weighed next; by how much the score changed.
    pub fn attempt(&mut self, edit: &Edit) -> Score {
        self.undo.push(self.inverse(edit));
        let price = self.apply(edit);
        self.attempted += price;
        price
    }

    /// By how much the score has changed by what was attempted.
    pub fn attempted(&self) -> Score {
        self.attempted
    }

    /// Whether anything was attempted that is neither kept nor dropped.
    pub fn has_attempted(&self) -> bool {
        !self.undo.is_empty()
    }

    /// By how much the score would change if all these edits were made, one after the other, on top of what was
    /// attempted; `None` when that is dearer than the threshold, or when there is nothing to make. Must be followed by
    /// [`State::keep`] or [`State::drop_edits`]. The last edit is not made before it is kept.
    pub fn weigh(&mut self, edits: &[Edit], threshold: Threshold) -> Option<Score> {
        let Some((last, before)) = edits.split_last() else {
            let is_cheap = !self.undo.is_empty() && threshold.price(self.attempted) <= threshold.most;
            return is_cheap.then_some(self.attempted);
        };
        before.iter().for_each(|edit| {
            self.attempt(edit);
        });
        self.price_within(last, self.attempted, threshold)
    }

    /// Makes the edits that were weighed just now; `change` is what was found. Tells each edit, or its inverse.
    pub fn keep(&mut self, edits: &[Edit], change: Score, mut tell: impl FnMut(&Edit)) {
        if let Some(last) = edits.last() {
            let price = change - self.attempted;
            debug_assert_eq!(price, self.price(last), "what was weighed is what is kept");
            self.commit(last, price);
            tell(last);
        }
        self.undo.drain(..).for_each(|edit| tell(&edit));
        self.attempted = Score::ZERO;
    }

    /// Leaves the draft as it was before anything was attempted.
    pub fn drop_edits(&mut self) {
        while let Some(edit) = self.undo.pop() {
            self.commit(&edit, Score::ZERO);
        }
        self.score -= self.attempted;
        self.attempted = Score::ZERO;
    }

    /// The draft, to come back to with [`State::restore`].
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            seats: (0..self.facts.managers.len()).map(|m| self.draft.seat(ManagerId::new(m))).collect(),
            bookings: (0..self.facts.run_count()).map(|run| self.draft.booking(RunId::new(run)).clone()).collect(),
        }
    }

    /// Goes to a snapshot by way of the edits that lead there; costs as much as there are differences.
    pub fn restore(&mut self, snapshot: &Snapshot) {
        for (index, &to) in snapshot.seats.iter().enumerate() {
            let manager = ManagerId::new(index);
            let from = self.draft.seat(manager);
            if from != to {
                self.apply(&Edit::seat(manager, from, to));
            }
        }
        for (index, booking) in snapshot.bookings.iter().enumerate() {
            let run = RunId::new(index);
            if self.draft.booking(run) != booking {
                self.apply(&Edit::Book(run, booking.clone()));
            }
        }
    }

    /// The draft as a plan; `None` while a run is not booked.
    pub fn to_plan(&self) -> Option<Plan> {
        self.draft.to_plan(self.facts)
    }
}

#[inline]
fn times(unit: Score, amount: i64) -> Score {
    Score { hard: unit.hard * amount, soft: unit.soft * amount }
}
