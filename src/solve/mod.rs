//! The library's door: a problem and options in; a plan, its score, its bound and the steps done out.

mod adopt;
mod repetition;

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rayon::{Scope, ThreadPoolBuilder};

use self::adopt::adopt;
use crate::bound::{Bound, lower_bound, reasons_against};
use crate::check::measure;
use crate::plan::Plan;
use crate::problem::{Misfit, Problem};
use crate::score::Score;
use crate::search::state::State;
use crate::search::{self, News};

pub use self::repetition::Repetition;
pub use crate::search::annealing::Limit;

/// One unit of effort for the bound comes with this many seconds of search, or this many steps.
const UNIT: (u64, u64) = (1, 3_000_000);

/// The most effort for the bound, in units: about five seconds for 2,400 managers.
const MOST_EFFORT: usize = 250;

/// How to search. All fields have a default: 30 seconds, seed 1, all processors, no plan to start from, nobody who watches or stops.
///
/// ```
/// use kohort::solve::{Limit, Options};
/// let options = Options { limit: Limit::Steps(1_000_000), seed: 7, ..Options::default() };
/// ```
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// When to stop.
    pub limit: Limit,
    /// With a number of steps: what repeats an earlier search ([`Solution::repetition`]).
    pub repetition: Option<Repetition>,
    /// Where randomness comes from.
    pub seed: u64,
    /// Processors to keep busy, at least 1; never changes the plan that a number of steps gives.
    pub threads: usize,
    /// A plan of this problem to start from; the result is never worse. Runs may be missing in it, as [`read`](mod@crate::read)
    /// leaves them out of a plan made before the problem changed.
    pub from: Option<&'a Plan>,
    /// Told of the first plan, of what a first descent makes of it, and of the progress after every meeting of the islands.
    pub watch: &'a (dyn Fn(&Progress) + Sync),
    /// The search ends soon after this becomes true.
    pub stop: &'a AtomicBool,
}

impl Default for Options<'_> {
    fn default() -> Self {
        static NEVER: AtomicBool = AtomicBool::new(false);
        Options {
            limit: Limit::Time(Duration::from_secs(30)),
            repetition: None,
            seed: 1,
            threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            from: None,
            watch: &|_| {},
            stop: &NEVER,
        }
    }
}

/// How a search is getting on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// Since the call.
    pub elapsed: Duration,
    /// Candidates so far.
    pub steps: u64,
    /// The incumbent's score.
    pub score: Score,
    /// When the incumbent last became better, since the call.
    pub improved: Duration,
}

/// How a search ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Status {
    /// It did what the limit allowed, or proved its plan optimal.
    Done,
    /// It was told to stop early; the plan is the best so far.
    Stopped,
    /// There can be no valid plan, for these reasons (each a sentence with the numbers). Nothing was searched; the plan
    /// is a first one, for what it is worth.
    Impossible(Vec<String>),
}

/// What a search gives back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Solution {
    /// The best plan found, by (hard, soft). `None` only when no plan can be written at all (a module but no room).
    pub plan: Option<Plan>,
    /// The score of the plan as the search has kept it, by following its own edits. [`check`](crate::check()) counts it anew, and
    /// must come to the same. Of a plan to start from that was never bettered: the checker's.
    pub score: Score,
    /// What no valid plan costs less than.
    pub bound: Bound,
    /// Candidates done; with a number of steps as the limit that number, unless the search was stopped.
    pub steps: u64,
    /// What repeats the search together with its steps; `None` where the number of steps does alone.
    pub repetition: Option<Repetition>,
    /// How it ended.
    pub status: Status,
}

impl Solution {
    /// Whether the plan is proved to be as good as any: valid, and as cheap as the bound.
    pub fn is_optimal(&self) -> bool {
        self.plan.is_some() && self.score <= least(&self.bound)
    }
}

/// The score that no plan can be below.
fn least(bound: &Bound) -> Score {
    Score { hard: 0, soft: bound.soft }
}

/// Searches for the best plan. The search ends at its limit, soon after it is told to stop, or once its plan is proved optimal.
/// The bound is computed beside the search by one of the threads; a single thread computes it after the first descent.
///
/// # Errors
/// When the plan to start from is not one of this problem.
pub fn solve(problem: &Problem, options: &Options) -> Result<Solution, Misfit> {
    if let Some(from) = options.from {
        problem.fits(from)?;
    }
    let began = Instant::now();
    let effort = options.repetition.map_or_else(|| effort(options.limit), |repetition| repetition.effort);
    let asked = options.repetition.and_then(|repetition| repetition.asked);
    let lower = OnceLock::new();
    let bound = || lower.get_or_init(|| lower_bound(problem, effort, options.stop, asked));
    Ok(with_workers(options.threads, |scope| {
        scope.spawn(|_| {
            bound();
        });
        let mut state = State::empty(problem);
        if let Some(plan) = options.from {
            adopt(&mut state, plan);
        }
        search::complete(&mut state, options.seed);
        let mut last = Progress { elapsed: began.elapsed(), steps: 0, score: state.score(), improved: began.elapsed() };
        (options.watch)(&last);
        let mut stopped = false;
        let mut goes_on = |news: News| {
            let elapsed = began.elapsed();
            let improved = if news.score < last.score { elapsed } else { last.improved };
            last = Progress { elapsed, steps: news.steps, score: news.score, improved };
            (options.watch)(&last);
            if news.steps == 0 && rayon::current_num_threads() == 1 {
                bound();
            }
            stopped = options.stop.load(Ordering::Relaxed);
            !stopped
        };
        let reasons = reasons_against(problem);
        let limit = leave_time_to_finish(problem, &state, options.limit);
        let is_optimal = |score| lower.get().is_some_and(|bound| score <= least(bound));
        let (mut kept, mut steps, mut schedule) = (state.score(), 0, None);
        if reasons.is_empty() {
            let repeated = options.repetition.map(|repetition| repetition.schedule);
            let start = state.clone();
            let found = search::search(start, options.seed, limit, repeated, began, &is_optimal, &mut goes_on);
            state.restore(&found.best);
            (kept, steps, schedule) = (found.score, found.steps, Some((found.schedule, found.is_plain)));
        }
        let whole = options.from.filter(|plan| problem.is_whole(plan));
        let given = whole.map(|plan| (measure(problem, plan).score, plan.clone()));
        let found = state.to_plan().map(|plan| (kept, plan));
        let (score, plan) = match found.into_iter().chain(given).min_by_key(|(score, _)| *score) {
            Some((score, plan)) => (score, Some(plan)),
            None => (kept, None),
        };
        let status = match (reasons.is_empty(), stopped) {
            (false, _) => Status::Impossible(reasons),
            (true, true) => Status::Stopped,
            (true, false) => Status::Done,
        };
        let bound = bound().clone();
        // A signal may cut the bound short when the search has already done all of its steps.
        let needed = schedule.filter(|(_, is_plain)| !is_plain || bound.cut_after.is_some());
        let repetition = needed.map(|(schedule, _)| Repetition { schedule, effort, asked: bound.cut_after });
        Solution { plan, score, bound, steps, repetition, status }
    }))
}

/// Does the work on this many threads or, where they are not to be had, on this one alone.
fn with_workers<'scope, R: Send>(threads: usize, work: impl FnOnce(&Scope<'scope>) -> R + Send) -> R {
    let alone = |_| ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    match ThreadPoolBuilder::new().num_threads(threads.max(1)).build().or_else(alone) {
        Ok(pool) => pool.scope(work),
        // This thread has been a pool of its own since an earlier call.
        Err(_) => rayon::scope(work),
    }
}

/// How hard to look for the bound, in units: the harder the longer the search, of which it is to stay a small part.
fn effort(limit: Limit) -> usize {
    let times = match limit {
        Limit::Time(time) => time.as_secs() / UNIT.0,
        Limit::Steps(steps) => steps / UNIT.1,
    };
    times.clamp(1, MOST_EFFORT as u64) as usize
}

/// A shorter time limit. What comes after the search takes about as long as measuring the first plan three times, and counts as
/// time of the search.
fn leave_time_to_finish(problem: &Problem, state: &State, limit: Limit) -> Limit {
    let Limit::Time(time) = limit else { return limit };
    let began = Instant::now();
    if let Some(plan) = state.to_plan() {
        measure(problem, &plan);
    }
    Limit::Time(time.saturating_sub(3 * began.elapsed()))
}
