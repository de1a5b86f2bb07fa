//! A crew: several islands that work on one plan, each on cohorts of its own.
//!
//! Before an epoch the cohorts are dealt to the islands at random, and with them a share of the free rooms and
//! consultants; after it each island takes over what the others have changed. Every step of every island so goes into
//! the one plan. What an island does not see until they meet (two parts that fill the same coverage limit, say) is
//! priced then, and mended in the next epoch.

use rayon::prelude::*;

use super::choices::{Choices, Share};
use super::incumbent::Incumbent;
use super::island::{Changes, Island};
use crate::facts::Facts;
use crate::rng::{Rng, mix};

/// A part has at least this many cohorts.
const COHORTS_A_PART: usize = 5;

/// There are at most so many islands.
const MOST: usize = 8;

/// There are at least so many islands, so that small problems use more than one processor too.
const LEAST: usize = 4;

/// How many crews there are, and into how many parts each deals its cohorts; depends on the problem alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Layout {
    /// Crews, each with a plan of its own.
    pub crews: usize,
    /// Islands of each crew.
    pub parts: usize,
}

impl Layout {
    /// One crew of many parts where there are cohorts enough, several small crews else.
    pub fn of(facts: &Facts) -> Layout {
        let parts = (facts.cohorts.len() / COHORTS_A_PART).clamp(1, MOST);
        Layout { crews: (LEAST / parts).max(1), parts }
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
    seed: u64,
    number: u64,
}

impl<'p> Crew<'p> {
    /// A crew whose islands all start from the state of `first`.
    pub fn new(first: &Island<'p>, hard_price: i64, seed: u64, number: usize, layout: Layout) -> Crew<'p> {
        let stream = |part: usize| (number * layout.parts + part) as u64;
        let islands = (0..layout.parts).map(|part| first.twin(Rng::new(seed, stream(part)), hard_price)).collect();
        Crew { islands, seed, number: number as u64 }
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
            let share = Share { parts: parts as u64, part: part as u64, salt };
            island.choose_from(all.part(facts, island.state.draft(), &is_in, share));
        }
    }

    /// Brings all islands to one draft: every island's own changes, together.
    pub fn meet(&mut self) {
        if self.islands.len() == 1 {
            return;
        }
        let changes: Vec<Changes> = self.islands.iter_mut().map(Island::take_changes).collect();
        self.islands.par_iter_mut().enumerate().for_each(|(own, island)| {
            for (part, change) in changes.iter().enumerate() {
                if part != own {
                    island.follow(change);
                }
            }
        });
    }

    /// The best plan that any of the islands has seen.
    pub fn best(&self) -> Option<&Incumbent> {
        self.islands.iter().map(|island| &island.incumbent).min_by_key(|incumbent| incumbent.score())
    }
}
