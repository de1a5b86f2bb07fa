//! The library's door: a problem and options in; a plan, its score and the steps done out.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rayon::{Scope, ThreadPoolBuilder};
use smallvec::SmallVec;

use crate::bound::{Bound, lower_bound, reasons_against};
use crate::check::check;
use crate::draft::{Booking, Sitting};
use crate::ids::{CohortId, ConsultantId, ModuleId};
use crate::plan::Plan;
use crate::problem::Problem;
use crate::score::Score;
pub use crate::search::Limit;
use crate::search::{self, News};
use crate::state::{Edit, State};

/// One unit of effort for the bound comes with so many seconds of search, or so many steps.
const UNIT: (u64, u64) = (1, 3_000_000);

/// No more effort than this: about five seconds for 2,400 managers.
const MOST_EFFORT: u64 = 250;

/// What a search may be told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Options {
    /// When to stop.
    pub limit: Limit,
    /// Where randomness comes from.
    pub seed: u64,
    /// Processors to keep busy; never changes the plan that a number of steps gives.
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
    /// There can be no valid plan, for these reasons (each a sentence with the numbers). Nothing was searched; the plan
    /// is a first one, for what it is worth.
    Impossible(Vec<String>),
}

/// What a search gives back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Solution {
    /// The best plan found, by (hard, soft). `None` only when no plan can be written at all (a module but no room).
    pub plan: Option<Plan>,
    /// What the checker says of the plan.
    pub score: Score,
    /// What no valid plan costs less than.
    pub bound: Bound,
    /// Candidate moves done, or left out since the plan costs no more than the bound; the same number as
    /// [`Limit::Steps`] repeats the plan.
    pub steps: u64,
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

/// Searches for the best plan. `from` is a plan to start from: the result is never worse, unless runs are missing there.
/// `watch` is told of the first plan, of what a first descent makes of it, and of the progress after every meeting of the
/// islands. The search ends soon after `stop` becomes true, and once a plan is optimal. The bound is computed at the
/// start by one of the threads, beside the search; an only thread does so after the first descent.
pub fn solve(
    problem: &Problem,
    options: &Options,
    from: Option<&Plan>,
    watch: &(dyn Fn(&Progress) + Sync),
    stop: &AtomicBool,
) -> Solution {
    let began = Instant::now();
    let lower = OnceLock::new();
    let bound = || lower.get_or_init(|| lower_bound(problem, effort(options.limit), stop));
    with_workers(options.threads, |scope| {
        scope.spawn(|_| {
            bound();
        });
        let mut state = State::empty(problem);
        if let Some(plan) = from {
            adopt(&mut state, plan);
        }
        search::complete(&mut state, options.seed);
        let mut last = Progress { elapsed: began.elapsed(), steps: 0, score: state.score(), improved: began.elapsed() };
        watch(&last);
        let mut stopped = false;
        let mut goes_on = |news: News| {
            let elapsed = began.elapsed();
            let improved = if news.score < last.score { elapsed } else { last.improved };
            last = Progress { elapsed, steps: news.steps, score: news.score, improved };
            watch(&last);
            if news.steps == 0 && rayon::current_num_threads() == 1 {
                bound();
            }
            stopped = stop.load(Ordering::Relaxed);
            !stopped
        };
        let reasons = reasons_against(problem);
        let limit = leave_time_to_finish(problem, &state, options.limit);
        let is_optimal = |score| lower.get().is_some_and(|bound| score <= least(bound));
        let mut steps = 0;
        if reasons.is_empty() {
            let found = search::search(state.clone(), options.seed, limit, began, &is_optimal, &mut goes_on);
            state.restore(&found.best);
            steps = found.steps;
        }
        let plan = state.to_plan();
        let whole = from.filter(|plan| plan.is_whole(problem.facts.modules.len()));
        let measured = plan.into_iter().chain(whole.cloned()).map(|plan| (check(problem, &plan).score, plan));
        let (score, better) = match measured.min_by_key(|(score, _)| *score) {
            Some((score, plan)) => (score, Some(plan)),
            None => (state.score(), None),
        };
        let status = match (reasons.is_empty(), stopped) {
            (false, _) => Status::Impossible(reasons),
            (true, true) => Status::Stopped,
            (true, false) => Status::Done,
        };
        Solution { plan: better, score, bound: bound().clone(), steps, status }
    })
}

/// Does the work on so many threads or, where they are not to be had, on this one alone.
fn with_workers<'scope, R: Send>(threads: usize, work: impl FnOnce(&Scope<'scope>) -> R + Send) -> R {
    let alone = |_| ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    match ThreadPoolBuilder::new().num_threads(threads).build().or_else(alone) {
        Ok(pool) => pool.scope(work),
        // This thread has been a pool of its own since an earlier call.
        Err(_) => rayon::scope(work),
    }
}

/// How hard to look for the bound: the harder the longer the search, of which it is to stay a small part.
fn effort(limit: Limit) -> usize {
    let times = match limit {
        Limit::Time(time) => time.as_secs() / UNIT.0,
        Limit::Steps(steps) => steps / UNIT.1,
    };
    times.clamp(1, MOST_EFFORT) as usize
}

/// What comes after the search, measuring and telling about as long as measuring the first plan does, counts as time
/// of the search.
fn leave_time_to_finish(problem: &Problem, state: &State, limit: Limit) -> Limit {
    let Limit::Time(time) = limit else { return limit };
    let began = Instant::now();
    if let Some(plan) = state.to_plan() {
        check(problem, &plan);
    }
    Limit::Time(time.saturating_sub(3 * began.elapsed()))
}

/// Seats and books what the plan says, as far as the search can represent it: a manager once, a session inside the
/// calendar. What is pinned stays for [`search::complete`].
fn adopt(state: &mut State, plan: &Plan) {
    let facts = state.facts();
    for (index, cohort) in plan.cohorts.iter().enumerate() {
        let id = CohortId::new(index);
        for &manager in &cohort.members {
            if facts.managers[manager.index()].permanent && state.draft().seat(manager).is_none() {
                state.apply(&Edit::seat(manager, None, Some(id)));
            }
        }
        for (module, run) in cohort.runs.iter().enumerate() {
            let sittings: Option<_> = run.sessions.iter().map(|&session| Sitting::of(facts, session)).collect();
            let mut team: SmallVec<[ConsultantId; 4]> = run.team.iter().copied().collect();
            team.sort_unstable();
            team.dedup();
            let fixed = &facts.fixed.runs[facts.run(id, ModuleId::new(module)).index()];
            let keeps = fixed.sessions.as_ref().is_none_or(|sessions| *sessions == run.sessions)
                && fixed.room.is_none_or(|room| room == run.room)
                && fixed
                    .team
                    .as_ref()
                    .is_none_or(|fixed| fixed.len() == team.len() && team.iter().all(|c| fixed.contains(c)));
            if let (Some(sittings), true) = (sittings, keeps) {
                let booking = Booking { sittings, room: Some(run.room), team };
                state.apply(&Edit::Book(facts.run(id, ModuleId::new(module)), booking));
            }
        }
    }
}
