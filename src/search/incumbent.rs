//! The best plan an island has seen, kept up to date at the cost of what changed since.

use crate::draft::{Draft, Exchange};
use crate::facts::Facts;
use crate::ids::{ManagerId, RunId};
use crate::score::Score;
use crate::search::state::{Edit, Snapshot, State};

/// A snapshot and its score, with a note of everything that the draft has changed since it was taken.
#[derive(Clone, Debug)]
pub struct Incumbent {
    score: Score,
    snapshot: Snapshot,
    /// What has changed since.
    pub changed: ChangeMarks,
}

impl Incumbent {
    /// The state as it is.
    pub fn of(state: &State) -> Incumbent {
        Incumbent { score: state.score(), snapshot: state.snapshot(), changed: ChangeMarks::none(state.facts()) }
    }

    /// Its score.
    #[inline]
    pub fn score(&self) -> Score {
        self.score
    }

    /// Its plan.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Takes a draft with this score as the new incumbent; everything that changed must have been noted.
    pub fn record(&mut self, draft: &Draft, score: Score) {
        self.score = score;
        let (seats, bookings) = (&mut self.snapshot.seats, &mut self.snapshot.bookings);
        self.changed.managers.drain(|index| seats[index] = draft.seat(ManagerId::new(index)));
        self.changed.runs.drain(|index| bookings[index].clone_from(draft.booking(RunId::new(index))));
    }
}

/// The managers whose seats, and the runs whose bookings, have changed since some moment.
#[derive(Clone, Debug)]
pub struct ChangeMarks {
    /// Numbers of managers.
    pub managers: Marks,
    /// Numbers of runs.
    pub runs: Marks,
}

impl ChangeMarks {
    /// Nothing so far.
    pub fn none(facts: &Facts) -> ChangeMarks {
        ChangeMarks { managers: Marks::new(facts.managers.len()), runs: Marks::new(facts.run_count()) }
    }

    /// Notes what a kept edit has changed.
    #[inline]
    pub fn note(&mut self, edit: &Edit) {
        match edit {
            Edit::Seats(exchanges) => self.note_seats(exchanges),
            Edit::Book(run, _) => self.runs.note(run.index()),
        }
    }

    /// Notes a change of seats.
    #[inline]
    pub fn note_seats(&mut self, exchanges: &[Exchange]) {
        for manager in exchanges.iter().filter_map(|exchange| exchange.into.or(exchange.out)) {
            self.managers.note(manager.index());
        }
    }
}

/// Numbers noted once each.
#[derive(Clone, Debug)]
pub struct Marks {
    noted: Vec<bool>,
    list: Vec<u32>,
}

impl Marks {
    fn new(count: usize) -> Marks {
        Marks { noted: vec![false; count], list: Vec::new() }
    }

    #[inline]
    fn note(&mut self, index: usize) {
        if !std::mem::replace(&mut self.noted[index], true) {
            self.list.push(index as u32);
        }
    }

    /// All that was noted.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.list.iter().map(|&index| index as usize)
    }

    /// Forgets all that was noted, telling each.
    pub fn drain(&mut self, mut each: impl FnMut(usize)) {
        for index in self.list.drain(..) {
            self.noted[index as usize] = false;
            each(index as usize);
        }
    }
}
