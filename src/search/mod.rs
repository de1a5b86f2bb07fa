//! The search: a first plan, then simulated annealing on islands that meet at fixed steps.
//!
//! What an island does depends on the seed, the island's number and the steps alone, never on threads or clocks; the
//! clock only says after which meeting the search ends. What was tried, and what it gave, stands in [`learned`].

mod choices;
mod clock;
mod construct;
mod cooling;
mod crew;
mod freezing;
mod furnish;
mod incumbent;
mod island;
mod ladder;
mod moves;
#[doc = include_str!("learned.md")]
pub mod learned {}
pub mod probe;
mod schedule;
mod thaw;
mod timeline;
mod times;
mod trail;

use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::budget::{Budget, Logs};
use crate::facts::Facts;
use crate::rng::Rng;
use crate::score::Score;
use crate::state::{Snapshot, State};
use choices::Choices;
use clock::Clock;
use cooling::Cooling;
use crew::{Crew, Layout};
use incumbent::Incumbent;
use island::{Island, Worsenings};
use ladder::Ladder;
use thaw::Thaw;

/// What a hard breach costs while the first local optimum is looked for: more than anything soft.
const DEAR: i64 = 1_000_000_000;

/// What a hard breach costs at the least later on, in mean worsenings.
const HARD: i64 = 5;

/// Candidates that are priced to learn what a change costs in this problem.
const SAMPLES: usize = 5_000;

/// The search finds its temperatures from the problem itself. It begins at that at which this share of all candidates would
/// be accepted though they make a first local optimum worse, until pilots have told where plans freeze.
const WARM: f64 = 0.1;

/// A cooling ends so many times colder than it begins, unless temperatures are exchanged.
const COOLED: f64 = 24.0;

/// Where they are, it is looked for from the temperature of this share downward where plans freeze.
const THAWED: f64 = 0.03;

/// How many steps the first descent of a plan has for each manager and run ...
const DESCENT: u64 = 80;

/// ... and at the most, for each island.
const LONGEST_DESCENT: u64 = 40_000;

/// Where seats are all there is, the descent of a plan has no more than this.
const LONGEST_SEATING: u64 = 1_000_000;

/// How long to search.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    /// Wall-clock time from the call.
    Time(Duration),
    /// Work: the number of candidate moves, over all islands.
    Steps(u64),
}

/// Where a search is, for those who watch.
#[derive(Clone, Copy, Debug)]
pub struct News {
    /// Candidate moves so far.
    pub steps: u64,
    /// The best score so far.
    pub score: Score,
}

/// What a search ends with.
#[derive(Debug)]
pub struct Found {
    /// The best plan.
    pub best: Snapshot,
    /// Candidate moves done, or left out since nothing can be better; as a limit the number repeats the search.
    pub steps: u64,
}

/// Seats everyone and books every run of a state; what is there stays.
pub fn complete(state: &mut State, seed: u64) {
    construct::complete(state, &Choices::of(state.facts()), &mut Rng::new(seed, u64::MAX));
}

/// Searches from a complete state until the limit is reached, `goes_on` (told the news after the first descent and
/// after every meeting) says no after a meeting, or `is_optimal` says that nothing can be better. When it says so
/// changes nothing but the time: of equal plans the first one stays the best.
pub fn search(
    start: State,
    seed: u64,
    limit: Limit,
    began: Instant,
    is_optimal: &(dyn Fn(Score) -> bool + Sync),
    goes_on: &mut dyn FnMut(News) -> bool,
) -> Found {
    let facts = start.facts();
    let all = Choices::of(facts);
    let layout = Layout::of(facts);
    let islands = layout.islands() as u64;
    let mut clock = Clock::new(limit, began, islands, layout.epoch);
    let first = Island::new(start, all.clone(), Rng::new(seed, islands), DEAR);
    if first.is_settled() {
        return Found { best: first.state.snapshot(), steps: 0 };
    }
    let mut crews: Vec<Crew> = (0..layout.crews).map(|number| Crew::new(&first, seed, number, layout)).collect();
    drop(first);
    let elements = (facts.managers.len() + facts.run_count()) as u64;
    // Steps that were told are a round at the least, and lead to the same local optimum.
    let is_short = clock.most() < clock.round();
    let descent = descent(facts, elements, layout).min(if is_short { clock.most() } else { u64::MAX });
    for before in (0..descent).step_by(clock.round() as usize) {
        let round = clock.round().min(descent - before);
        do_round(&mut crews, &all, &vec![Cooling::FROZEN; layout.crews], before, round);
    }
    // Whether to go on is asked at meetings only: the steps so far could not repeat a search that ends here.
    goes_on(News { steps: 0, score: best_of(&crews, 0).1.score() });
    let worsenings: Worsenings = crews.iter_mut().map(|crew| crew.islands[0].worsenings(SAMPLES)).sum();
    let (logs, mut ladder) = (Logs::default(), Ladder::new(facts, layout.crews, seed));
    let budget = Budget { hard_price: HARD * worsenings.mean(), most: 0 };
    crews.iter_mut().for_each(|crew| crew.price_hard(budget.hard_price));
    let (mut warm, mut cold) = if ladder.exchanges() && !is_short {
        freezing::range(facts, &mut crews, &all, worsenings.temperature(THAWED))
    } else {
        let warm = worsenings.temperature(WARM);
        (warm, warm / COOLED)
    };
    let mut done = 0;
    let mut leader = 0;
    loop {
        let round = clock.next_round(done);
        if round == 0 {
            break;
        }
        if !ladder.exchanges() && clock.begins_cooling(done) {
            let thaw: Thaw = crews.iter().flat_map(|crew| &crew.islands).map(|island| &island.thaw).sum();
            if let Some(freezes) = thaw.freezes() {
                (warm, cold) = (freezes * COOLED, freezes);
            }
        }
        let cooling = ladder.lowest(clock.cooling(warm, cold, elements, done));
        do_round(&mut crews, &all, &ladder.coolings(&cooling), done, round);
        done += round;
        ladder.meet(cooling.at(done / islands), &logs, |crew| budget.price(crews[crew].islands[0].state.score()));
        clock.plan(done);
        let best;
        (leader, best) = best_of(&crews, leader);
        if !goes_on(News { steps: done, score: best.score() }) {
            clock.stop(done);
        }
        if is_optimal(best.score())
            && let Some(told) = clock.repeated_by(done)
        {
            done = told;
            break;
        }
    }
    Found { best: best_of(&crews, leader).1.snapshot().clone(), steps: done }
}

/// How many steps lead to something like a local optimum. Where seats are all there is, steps are quick and all swaps are
/// looked at several times: of one that is far from it, too cold a temperature would be learned.
fn descent(facts: &Facts, elements: u64, layout: Layout) -> u64 {
    if facts.run_count() == 0 {
        return (2 * elements * elements).min(LONGEST_SEATING) * layout.crews as u64;
    }
    (DESCENT * elements * layout.crews as u64).min(LONGEST_DESCENT * layout.islands() as u64)
}

/// Has the islands do so many steps together, each crew at its temperatures, and meet; `done` are done before.
fn do_round(crews: &mut [Crew], all: &Choices, coolings: &[Cooling], done: u64, round: u64) {
    let parts = crews[0].islands.len();
    let islands = (crews.len() * parts) as u64;
    let share = |steps: u64, number: u64| (steps + islands - 1 - number) / islands;
    crews.par_iter_mut().enumerate().for_each(|(crew_number, crew)| {
        crew.deal(all);
        crew.islands.par_iter_mut().enumerate().for_each(|(part, island)| {
            let number = (crew_number * parts + part) as u64;
            let before = share(done, number);
            island.run(&coolings[crew_number], before, share(done + round, number) - before);
        });
        crew.meet();
    });
}

/// The best that any island has seen, with a number: of equals the one that led before.
fn best_of<'a>(crews: &'a [Crew], leader: usize) -> (usize, &'a Incumbent) {
    let islands = crews.iter().flat_map(|crew| &crew.islands).map(|island| &island.trail.incumbent);
    let better = |(number, incumbent): &(usize, &Incumbent)| (incumbent.score(), *number != leader);
    islands.enumerate().min_by_key(better).unwrap_or((0, &crews[0].islands[0].trail.incumbent))
}
