//! Runs one search and measures it.

use std::sync::Mutex;
use std::sync::atomic::Ordering;
use std::time::Instant;

use serde::{Deserialize, Serialize};

use super::measured::{Moment, SearchRun, Seconds};
use crate::problem::Problem;
use crate::score::Score;
use crate::solve::{Options, Progress, solve};

/// The measurements of a search that was not stopped.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Measured {
    /// Its figures.
    pub run: SearchRun,
    /// What no valid plan of the problem costs less than.
    pub bound: i64,
}

/// Runs a search and records its progress. `None` when it was stopped, since its figures then say nothing about its
/// limit.
pub fn measure(problem: &Problem, options: &Options) -> Option<Measured> {
    let curve: Mutex<Vec<Moment>> = Mutex::new(Vec::new());
    let see = |progress: &Progress| {
        (options.watch)(progress);
        let Ok(mut curve) = curve.lock() else { return };
        let is_better = |last: &Moment| progress.score < Score { hard: last.hard, soft: last.soft };
        if curve.last().is_none_or(is_better) {
            let Score { hard, soft } = progress.score;
            curve.push(Moment { seconds: progress.elapsed.into(), steps: progress.steps, hard, soft });
        }
    };
    let began = Instant::now();
    let solution = solve(problem, &Options { watch: &see, ..*options }).ok()?;
    let seconds = Seconds::from(began.elapsed());
    let peak_memory_kib = peak_memory_kib();
    if options.stop.load(Ordering::Relaxed) {
        return None;
    }
    let curve = curve.into_inner().unwrap_or_default();
    let Score { hard, soft } = solution.score;
    let run = SearchRun {
        seed: options.seed,
        hard,
        soft,
        steps: solution.steps,
        seconds,
        first_valid: curve.iter().find(|moment| moment.hard == 0).map(|moment| moment.seconds),
        last_improved: curve.last().map(|moment| moment.seconds).unwrap_or_default(),
        peak_memory_kib,
        curve,
    };
    Some(Measured { run, bound: solution.bound.soft })
}

/// The peak memory of this process, in KiB; `None` where the system does not say.
fn peak_memory_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
