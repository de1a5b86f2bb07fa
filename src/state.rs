//! A draft with its trackers and its score: edits are weighed, then kept or dropped.

use smallvec::SmallVec;

use crate::draft::{Booking, Draft, Exchange};
use crate::facts::Facts;
use crate::ids::{CohortId, ManagerId, RunId};
use crate::plan::Plan;
use crate::problem::Problem;
use crate::score::Score;
use crate::term::{Reacts, Tracker};

/// One change of a draft.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Edit {
    /// Managers change seats, all at once; every cohort stands at most once.
    Seats(SmallVec<[Exchange; 3]>),
    /// A run is booked anew.
    Book(RunId, Booking),
}

impl Edit {
    /// A manager goes from one cohort to another; `None` is no cohort at all.
    pub fn seat(manager: ManagerId, from: Option<CohortId>, to: Option<CohortId>) -> Edit {
        let out = from.map(|cohort| Exchange { cohort, out: Some(manager), into: None });
        let into = to.map(|cohort| Exchange { cohort, out: None, into: Some(manager) });
        Edit::Seats(out.into_iter().chain(into).collect())
    }
}

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
struct Weighed {
    tracker: Box<dyn Tracker>,
    unit: Score,
}

/// The search's view of a plan: starts empty, changes by [`Edit`]s, and always knows its score.
#[derive(Clone)]
pub struct State<'p> {
    facts: &'p Facts,
    draft: Draft,
    /// Sorted by what they react to: seats only, then both, then bookings only.
    trackers: Vec<Weighed>,
    first_both: usize,
    first_bookings: usize,
    score: Score,
    /// The inverses of what [`State::weigh`] has applied so far.
    undo: Vec<Edit>,
    /// The change of the score that [`State::weigh`] found.
    weighed: Score,
}

impl<'p> State<'p> {
    /// The empty draft of a problem.
    pub fn empty(problem: &'p Problem) -> State<'p> {
        let facts = &problem.facts;
        let mut score = Score::ZERO;
        let mut trackers = Vec::new();
        for posed in &problem.terms {
            let tracker = posed.term.tracker(facts);
            let unit = match posed.weight {
                None => Score { hard: 1, soft: 0 },
                Some(weight) => Score { hard: 0, soft: weight },
            };
            score += times(unit, tracker.start(facts));
            trackers.push(Weighed { tracker, unit });
        }
        let rank = |reacts: Reacts| match reacts {
            Reacts::Seats => 0,
            Reacts::Both => 1,
            Reacts::Bookings => 2,
        };
        trackers.sort_by_key(|weighed| rank(weighed.tracker.reacts()));
        let first = |least: u8| trackers.partition_point(|weighed| rank(weighed.tracker.reacts()) < least);
        let (first_both, first_bookings) = (first(1), first(2));
        let draft = Draft::empty(facts);
        State { facts, draft, trackers, first_both, first_bookings, score, undo: Vec::new(), weighed: Score::ZERO }
    }

    /// The facts of the problem.
    pub fn facts(&self) -> &'p Facts {
        self.facts
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
        match edit {
            Edit::Seats(exchanges) => {
                let price = |tracker: &dyn Tracker| tracker.price_seats(self.facts, &self.draft, exchanges);
                self.add_up(&self.trackers[..self.first_bookings], price)
            }
            Edit::Book(run, booking) => {
                let price = |tracker: &dyn Tracker| tracker.price_booking(self.facts, &self.draft, *run, booking);
                self.add_up(&self.trackers[self.first_both..], price)
            }
        }
    }

    fn add_up(&self, trackers: &[Weighed], price: impl Fn(&dyn Tracker) -> i64) -> Score {
        let mut sum = Score::ZERO;
        for weighed in trackers {
            sum += times(weighed.unit, price(&*weighed.tracker));
        }
        sum
    }

    /// Makes the edit; `price` is what [`State::price`] says of it now.
    fn commit(&mut self, edit: &Edit, price: Score) {
        match edit {
            Edit::Seats(exchanges) => {
                for weighed in &mut self.trackers[..self.first_bookings] {
                    weighed.tracker.commit_seats(self.facts, &self.draft, exchanges);
                }
                self.draft.exchange(exchanges);
            }
            Edit::Book(run, booking) => {
                for weighed in &mut self.trackers[self.first_both..] {
                    weighed.tracker.commit_booking(self.facts, &self.draft, *run, booking);
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

    /// By how much the score would change if all these edits were made, one after the other. Must be followed by
    /// [`State::keep`] or [`State::drop_edits`]. A single edit is not made before it is kept.
    pub fn weigh(&mut self, edits: &[Edit]) -> Score {
        let mut sum = Score::ZERO;
        if let Some((last, before)) = edits.split_last() {
            for edit in before {
                let inverse = self.inverse(edit);
                self.undo.push(inverse);
                sum += self.apply(edit);
            }
            sum += self.price(last);
        }
        self.weighed = sum;
        sum
    }

    /// Makes the edits that were weighed just now.
    pub fn keep(&mut self, edits: &[Edit]) {
        if let Some((last, before)) = edits.split_last() {
            let price = if before.is_empty() { self.weighed } else { self.price(last) };
            self.commit(last, price);
        }
        self.undo.clear();
    }

    /// Leaves the draft as it was before [`State::weigh`].
    pub fn drop_edits(&mut self) {
        while let Some(edit) = self.undo.pop() {
            self.apply(&edit);
        }
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
