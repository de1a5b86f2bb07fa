//! The library's door: a problem and options in; a plan, its score and the steps done out.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crate::plan::Plan;
use crate::problem::Problem;
use crate::score::Score;

/// How long to search.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    /// Wall-clock time from the call.
    Time(Duration),
    /// Work: the number of candidate moves, over all islands.
    Steps(u64),
}

/// What a search may be told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Options {
    /// When to stop.
    pub limit: Limit,
    /// Where randomness comes from.
    pub seed: u64,
    /// Worker threads; never changes the plan that a number of steps gives.
    pub threads: usize,
}

/// How a search is getting on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// Since the call.
    pub elapsed: Duration,
    /// Candidate moves so far.
    pub steps: u64,
    /// The incumbent's score.
    pub score: Score,
    /// When the incumbent last became better, since the call.
    pub improved: Duration,
}

/// How a search ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Status {
    /// It did what the limit allowed.
    Done,
    /// It was told to stop early; the plan is the best so far.
    Stopped,
    /// There can be no valid plan, for these reasons (each a sentence with the numbers); the plan is the best found.
    Impossible(Vec<String>),
}

/// What a search gives back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Solution {
    /// The best plan found, by (hard, soft). `None` only when no plan can be written at all (a module but no room).
    pub plan: Option<Plan>,
    /// What the checker says of the plan.
    pub score: Score,
    /// Candidate moves done; the same number as [`Limit::Steps`] repeats the plan.
    pub steps: u64,
    /// How it ended.
    pub status: Status,
}

/// Searches for the best plan. `from` is a plan to start from: the result is never worse. `watch` is told of the
/// progress a few times a second. The search ends soon after `stop` becomes true.
pub fn solve(
    _problem: &Problem,
    _options: &Options,
    _from: Option<&Plan>,
    _watch: &(dyn Fn(&Progress) + Sync),
    _stop: &AtomicBool,
) -> Solution {
    Solution { plan: None, score: Score::ZERO, steps: 0, status: Status::Done }
}
