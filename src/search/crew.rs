//! A crew: several islands that work on one plan, each on cohorts of its own.
//!
//! Before an epoch the cohorts are dealt to the islands at random; after it the islands meet, and all take over what
//! each has changed. Every step of every island so goes into the one plan. What an island cannot see until they meet is
//! who else has taken a room or a consultant: a cohort whose new bookings then collide keeps its old ones.

use rayon::prelude::*;

use super::choices::Choices;
use super::island::{Changes, Island};
use super::ladder;
use crate::draft::Booking;
use crate::facts::Facts;
use crate::ids::RunId;
use crate::rng::{Rng, mix};
use crate::state::{Edit, State};

/// A part has at least this many cohorts: with fewer, what they may not exchange while apart costs more than is gained.
const COHORTS_A_PART: usize = 25;

/// A crew has at most so many islands.
const MOST: usize = 8;

/// There are at least so many islands, so that small problems use more than one processor too; more would each be
/// shallower on a small machine.
const LEAST: usize = 2;

/// How many crews there are, and into how many parts each deals its cohorts; depends on the problem alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Layout {
    /// Crews, each with a plan of its own.
    pub crews: usize,
    /// Islands of each crew.
    pub parts: usize,
    /// Steps of one island between two meetings.
    pub epoch: u64,
}

impl Layout {
    /// One crew of many parts where there are cohorts enough, several small crews else.
    pub fn of(facts: &Facts) -> Layout {
        let parts = (facts.cohorts.len() / COHORTS_A_PART).clamp(1, MOST);
        let rungs = ladder::rungs(facts);
        // Crews that exchange meet often, those that agree on something less so, those that only are compared rarely.
        let epoch = match (parts, rungs) {
            (1, Some(_)) => 5_000,
            (1, None) => 50_000,
            _ => 20_000,
        };
        Layout { crews: rungs.unwrap_or(LEAST).div_ceil(parts), parts, epoch }
    }

    /// How many islands there are in all.
    pub fn islands(self) -> usize {
        self.crews * self.parts
    }
}

/// Islands with one plan.
pub struct Crew<'p> {
    /// Its islands, at a meeting all with the same draft.
    pub islands: Vec<Island<'p>>,
    /// The plan as it was at the last meeting.
    agreed: State<'p>,
    seed: u64,
    number: u64,
}

impl<'p> Crew<'p> {
    /// A crew whose islands all start from the state of `first`.
    pub fn new(first: &Island<'p>, hard_price: i64, seed: u64, number: usize, layout: Layout) -> Crew<'p> {
        let stream = |part: usize| (number * layout.parts + part) as u64;
        let islands = (0..layout.parts).map(|part| first.twin(Rng::new(seed, stream(part)), hard_price)).collect();
        Crew { islands, agreed: first.state.clone(), seed, number: number as u64 }
    }

    /// Deals the cohorts for an epoch that begins when `done` steps are done.
    pub fn deal(&mut self, all: &Choices, facts: &Facts, done: u64) {
        let parts = self.islands.len();
        if parts == 1 {
            return;
        }
        let salt = mix(self.seed ^ mix(self.number ^ mix(done)));
        let mut order: Vec<usize> = (0..facts.cohorts.len()).collect();
        Rng::new(salt, 0).shuffle(&mut order);
        for (part, island) in self.islands.iter_mut().enumerate() {
            let mut is_in = vec![false; order.len()];
            order.iter().skip(part).step_by(parts).for_each(|&cohort| is_in[cohort] = true);
            island.choose_from(all.part(facts, island.state.draft(), &is_in));
        }
    }

    /// Brings all islands to one draft: what each has changed, as far as it goes together.
    pub fn meet(&mut self) {
        if self.islands.len() == 1 {
            return;
        }
        let mut agreed = Changes::default();
        for changes in self.islands.iter_mut().map(Island::take_changes).collect::<Vec<_>>() {
            for &(manager, to) in &changes.seats {
                let from = self.agreed.draft().seat(manager);
                if from != to {
                    self.agreed.apply(&Edit::seat(manager, from, to));
                }
            }
            agreed.seats.extend(changes.seats);
            let facts = self.agreed.facts();
            for cohort in changes.bookings.chunk_by(|a, b| facts.cohort_of(a.0) == facts.cohort_of(b.0)) {
                agreed.bookings.extend(settle(&mut self.agreed, cohort));
            }
        }
        let score = self.agreed.score();
        self.islands.par_iter_mut().for_each(|island| island.follow(&agreed, score));
    }
}

/// Makes the new bookings of a cohort unless they break something; gives what the cohort has then.
fn settle(agreed: &mut State, bookings: &[(RunId, Booking)]) -> Vec<(RunId, Booking)> {
    let hard = agreed.score().hard;
    let before: Vec<_> = bookings.iter().map(|(run, _)| (*run, agreed.draft().booking(*run).clone())).collect();
    book_all(agreed, bookings);
    if agreed.score().hard > hard {
        book_all(agreed, &before);
        return before;
    }
    bookings.to_vec()
}

fn book_all(state: &mut State, bookings: &[(RunId, Booking)]) {
    for (run, booking) in bookings {
        state.apply(&Edit::Book(*run, booking.clone()));
    }
}
