//! The three problems of `benches/`, and a plan of each that a short search has found.

use std::path::Path;
use std::time::Instant;

use kohort::read;
use kohort::search::annealing::Limit;
use kohort::search::state::State;
use kohort::{Problem, search};

/// The problems, from small to large.
pub const PROBLEMS: [&str; 3] = ["m60", "m160", "m530"];

/// A problem of `benches/`.
pub fn problem(name: &str) -> Problem {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches").join(name).join("problem.toml");
    read::problem(&path).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The first plan of a problem.
pub fn first_plan(problem: &Problem, seed: u64) -> State<'_> {
    let mut state = State::empty(problem);
    search::complete(&mut state, seed);
    state
}

/// The best plan after a given number of steps from a first plan.
pub fn searched<'p>(first: &State<'p>, seed: u64, steps: u64) -> State<'p> {
    let found =
        search::search(first.clone(), seed, Limit::Steps(steps), None, Instant::now(), &|_| false, &mut |_| true);
    let mut state = first.clone();
    state.restore(&found.best);
    state
}
