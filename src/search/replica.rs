//! A replica: several islands that work on one plan, each on cohorts of its own.
//!
//! The cohorts are dealt to the islands at random; after every epoch the islands meet, and all take over what each has
//! changed. Every step of every island so goes into the one plan. What an island cannot see until they meet is who else
//! has taken a room, a consultant or the last seat of an area that may be empty: a cohort whose new bookings then collide
//! keeps its old ones, and what is broken all the same is planned anew. Short epochs leave little to collide.

use rayon::prelude::*;

use super::annealing::tempering;
use super::choices::Choices;
use super::island::{Changes, Island};
use crate::draft::Booking;
use crate::facts::Facts;
use crate::ids::RunId;
use crate::rng::{Rng, mix};

/// A part has at least this many cohorts. With fewer, more is lost by what parts cannot exchange between two meetings than parallel
/// work gains. Measured.
const LEAST_COHORTS_PER_PART: usize = 50;

/// A replica has at most this many parts, each with an island of its own. Measured.
const MOST_PARTS: usize = 4;

/// There are at least this many islands, so that small problems use more than one processor too. With more, each would do fewer
/// steps on a small machine. Measured.
const LEAST_ISLANDS: usize = 2;

/// Islands meet this many times before the cohorts are dealt anew. Chosen.
const MEETINGS_PER_DEAL: u64 = 16;

/// The random streams of the islands that mend agreed plans start at this number, above those of all others.
const MENDING_STREAMS: u64 = 1 << 32;

/// How many replicas there are, and into how many parts each deals its cohorts; depends on the problem alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Layout {
    /// Replicas, each with a plan of its own.
    pub replicas: usize,
    /// Islands of each replica.
    pub parts: usize,
    /// Steps of one island between two meetings.
    pub epoch: u64,
}

impl Layout {
    /// One replica of many parts where there are cohorts enough, several small replicas else.
    pub fn of(facts: &Facts) -> Layout {
        let parts = (facts.cohorts.len() / LEAST_COHORTS_PER_PART).clamp(1, MOST_PARTS);
        let levels = tempering::levels(facts);
        // Replicas that agree on something or exchange meet often, those that only are compared rarely.
        let epoch = match (parts, levels) {
            (1, Some(_)) => 5_000,
            (1, None) => 50_000,
            _ => 1_000,
        };
        Layout { replicas: levels.unwrap_or(LEAST_ISLANDS).div_ceil(parts), parts, epoch }
    }

    /// How many islands there are in all.
    pub fn islands(self) -> usize {
        self.replicas * self.parts
    }
}

/// Islands with one plan.
pub struct Replica<'p> {
    /// Its islands, at a meeting all with the same draft.
    pub islands: Vec<Island<'p>>,
    /// The plan as it was at the last meeting, in an island that mends it.
    agreed: Island<'p>,
    seed: u64,
    number: u64,
    /// How often they have met.
    meetings: u64,
}

impl<'p> Replica<'p> {
    /// A replica whose islands all start from the state of `first`.
    pub fn new(first: &Island<'p>, seed: u64, number: usize, layout: Layout) -> Replica<'p> {
        let stream = |part: usize| (number * layout.parts + part) as u64;
        let islands = (0..layout.parts).map(|part| first.twin(Rng::new(seed, stream(part)))).collect();
        let agreed = first.twin(Rng::new(seed, MENDING_STREAMS + number as u64));
        Replica { islands, agreed, seed, number: number as u64, meetings: 0 }
    }

    /// What a hard breach costs the islands at the least from now on. The island that mends keeps its price.
    pub fn price_hard(&mut self, least: i64) {
        self.islands.iter_mut().for_each(|island| island.price_hard(least));
    }

    /// Deals the cohorts, if it is time, before the islands set to work.
    pub fn deal(&mut self, all: &Choices) {
        let parts = self.islands.len();
        if parts > 1 && self.meetings.is_multiple_of(MEETINGS_PER_DEAL) {
            let facts = self.agreed.state.facts();
            let salt = mix(self.seed ^ mix(self.number ^ mix(self.meetings)));
            let mut order: Vec<usize> = (0..facts.cohorts.len()).collect();
            Rng::new(salt, 0).shuffle(&mut order);
            self.islands.par_iter_mut().enumerate().for_each(|(part, island)| {
                let mut is_in = vec![false; order.len()];
                order.iter().skip(part).step_by(parts).for_each(|&cohort| is_in[cohort] = true);
                island.choose_from(all.part(facts, island.state.draft(), &is_in));
            });
        }
        if parts == 1 || self.meetings.is_multiple_of(MEETINGS_PER_DEAL) {
            self.islands.par_iter_mut().for_each(Island::look_for_trouble);
        }
        self.meetings += 1;
    }

    /// Brings all islands to one draft: what each has changed, as far as it goes together. What does not is planned anew
    /// or, at the worst, left to the islands.
    ///
    /// While it is worked out what goes together, the islands take over all of it; there is little to take back.
    pub fn meet(&mut self) {
        if self.islands.len() == 1 {
            return;
        }
        let changes: Vec<Changes> = self.islands.par_iter_mut().map(Island::take_changes).collect();
        let Replica { islands, agreed, .. } = self;
        let take_over = |(number, island): (usize, &mut Island<'p>)| {
            let others = changes.iter().enumerate().filter(|(other, _)| *other != number);
            others.for_each(|(_, changes)| island.follow(changes));
        };
        rayon::join(|| agree(agreed, &changes), || islands.par_iter_mut().enumerate().for_each(take_over));
        let (agreement, score) = (agreed.take_changes(), agreed.state.score());
        islands.par_iter_mut().for_each(|island| {
            island.follow(&agreement);
            island.arrive(score);
        });
    }
}

/// Makes the changes of all islands, as far as they go together.
fn agree(agreed: &mut Island, changes: &[Changes]) {
    for &(manager, to) in changes.iter().flat_map(|changes| &changes.seats) {
        agreed.seat(manager, to);
    }
    let facts = agreed.state.facts();
    let bookings = changes
        .iter()
        .flat_map(|changes| changes.bookings.chunk_by(|a, b| facts.cohort_of(a.0) == facts.cohort_of(b.0)));
    bookings.for_each(|cohort| settle(agreed, cohort));
    agreed.mend();
}

/// Makes the new bookings of a cohort unless they break something.
fn settle(agreed: &mut Island, bookings: &[(RunId, Booking)]) {
    let hard = agreed.state.score().hard;
    let before: Vec<_> = bookings.iter().map(|(run, _)| (*run, agreed.state.draft().booking(*run).clone())).collect();
    bookings.iter().for_each(|(run, booking)| agreed.book(*run, booking));
    if agreed.state.score().hard > hard {
        before.iter().for_each(|(run, booking)| agreed.book(*run, booking));
    }
}
