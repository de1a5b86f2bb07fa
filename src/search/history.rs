//! What an island remembers: its best plan, and what it has changed.

use super::incumbent::{ChangeMarks, Incumbent};
use crate::draft::{Draft, Exchange};
use crate::score::Score;
use crate::search::state::{Edit, State};

/// The best plan seen, and what was changed.
#[derive(Clone, Debug)]
pub struct History {
    /// The best plan seen.
    pub incumbent: Incumbent,
    /// What has changed since the last meeting.
    pub changed: ChangeMarks,
    /// How often something worse was accepted.
    pub worsened: u64,
}

impl History {
    /// Begins where the state is.
    pub fn of(state: &State) -> History {
        History { incumbent: Incumbent::of(state), changed: ChangeMarks::none(state.facts()), worsened: 0 }
    }

    /// Called before a draft with this score is left for one that costs `price` more. The incumbent is taken just before a draft
    /// gets worse, so that a descent is copied once.
    #[inline]
    pub fn leave(&mut self, draft: &Draft, score: Score, price: i64) {
        if price > 0 {
            self.worsened += 1;
            self.record(draft, score);
        }
    }

    /// Takes the draft as the new incumbent if it is better.
    #[inline]
    pub fn record(&mut self, draft: &Draft, score: Score) {
        if score < self.incumbent.score() {
            self.incumbent.record(draft, score);
        }
    }

    /// Notes an edit that is made.
    #[inline]
    pub fn note(&mut self, edit: &Edit) {
        self.changed.note(edit);
        self.incumbent.changed.note(edit);
    }

    /// Notes a change of seats that is made.
    #[inline]
    pub fn note_seats(&mut self, exchanges: &[Exchange]) {
        self.changed.note_seats(exchanges);
        self.incumbent.changed.note_seats(exchanges);
    }
}
