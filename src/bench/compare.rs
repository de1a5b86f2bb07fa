//! Compares results with those of an earlier bench: what has become worse, and by how much.

use std::str::FromStr;

use serde::Serialize;

use super::figures::{Figures, percent};
use super::measured::{BenchRow, SearchRun};
use super::results::Results;

/// By how much a plan may become more expensive before that is a loss, in hundredths of a per cent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tolerance {
    hundredths: i128,
}

impl FromStr for Tolerance {
    type Err = String;

    /// Parses a number of per cent with at most two decimals; a `%` may follow.
    fn from_str(text: &str) -> Result<Tolerance, String> {
        let wrong = || "write a number of per cent with at most two decimals, like 1 or 0.25".to_owned();
        let number = text.strip_suffix('%').unwrap_or(text).trim_end();
        let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
        let is_number = |part: &str| !part.is_empty() && part.len() <= 6 && part.bytes().all(|b| b.is_ascii_digit());
        if !is_number(whole) || !is_number(decimals) || decimals.len() > 2 {
            return Err(wrong());
        }
        let part = |text: &str| text.parse::<i128>().map_err(|_| wrong());
        let tenths_too = if decimals.len() == 1 { 10 } else { 1 };
        Ok(Tolerance { hundredths: 100 * part(whole)? + tenths_too * part(decimals)? })
    }
}

/// How a problem within a limit has changed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Fewer valid plans, or plans that are more expensive by more than the tolerance.
    Loss,
    /// More valid plans, or cheaper ones.
    Better,
    /// Neither better nor worse.
    Same,
    /// It was measured only once, or its files have changed.
    NotCompared,
}

/// The comparison of one problem within one limit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Comparison {
    /// The problem's name.
    pub problem: String,
    /// The limit.
    pub limit: String,
    /// How it has changed.
    pub outcome: Change,
    /// By how much, in words.
    pub says: String,
    /// The earlier figures, over the seeds that both have.
    pub earlier: Option<Figures>,
    /// The figures now, over the same seeds.
    pub now: Option<Figures>,
}

/// Compares every row with the earlier row of the same problem and limit, over the seeds that both have. Losses come
/// first.
pub fn compare(earlier: &Results, now: &Results, threshold: Tolerance) -> Vec<Comparison> {
    let mut all: Vec<Comparison> = now.rows.iter().map(|row| beside(earlier, row, threshold)).collect();
    all.sort_by_key(|comparison| comparison.outcome);
    all
}

fn beside(earlier: &Results, row: &BenchRow, threshold: Tolerance) -> Comparison {
    let (problem, limit) = (row.problem.clone(), row.limit.clone());
    let not = |why: &str| Comparison {
        problem: problem.clone(),
        limit: limit.clone(),
        outcome: Change::NotCompared,
        says: why.to_owned(),
        earlier: None,
        now: None,
    };
    let Some(then) = earlier.row(&problem, &limit) else { return not("not measured before") };
    let has_changed = then.files.as_ref().is_some_and(|files| Some(files) != row.files.as_ref());
    if has_changed || (then.managers, then.cohorts) != (row.managers, row.cohorts) {
        return not("another problem now: its files are not what they were");
    }
    let common = |runs: &[SearchRun], others: &[SearchRun]| -> Vec<SearchRun> {
        let has = |run: &&SearchRun| others.iter().any(|other| other.seed == run.seed);
        runs.iter().filter(has).cloned().collect()
    };
    let (was, is) = (Figures::of(&common(&then.runs, &row.runs)), Figures::of(&common(&row.runs, &then.runs)));
    if was.seeds == 0 {
        return not("not measured before with any of these seeds");
    }
    let (outcome, mut says) = judge(&was, &is, threshold);
    if let (Some(before), Some(after)) = (was.median_first_valid, is.median_first_valid) {
        says.push_str(&format!("; first valid plan after {before} → {after}"));
    }
    Comparison { problem, limit, outcome, says, earlier: Some(was), now: Some(is) }
}

fn judge(was: &Figures, is: &Figures, threshold: Tolerance) -> (Change, String) {
    let seeds = is.seeds;
    if is.valid == 0 && was.valid == 0 {
        return (Change::Same, "no valid plan, as before".to_owned());
    }
    if is.valid == 0 {
        return (Change::Loss, format!("no valid plan any more, {} of {seeds} before", was.valid));
    }
    let fewer = format!("{} of {seeds} plans valid, {} before", is.valid, was.valid);
    let (Some(before), Some(after)) = (was.median_soft, is.median_soft) else { return (Change::Better, fewer) };
    let more = after.above(before);
    let change = match more {
        Some(0) => String::new(),
        Some(more) if more > 0 => format!(", {} dearer", percent(more)),
        Some(less) => format!(", {} cheaper", percent(-less)),
        None => ", from nothing".to_owned(),
    };
    let costs = format!("soft {before} → {after}{change}");
    // An increase from zero exceeds any percentage.
    let is_dearer = more.map_or(after > before, |more| more > threshold.hundredths);
    match (is.valid.cmp(&was.valid), is_dearer) {
        (std::cmp::Ordering::Less, _) => (Change::Loss, format!("{fewer}; {costs}")),
        (_, true) => (Change::Loss, costs),
        (std::cmp::Ordering::Greater, _) => (Change::Better, format!("{fewer}; {costs}")),
        _ if after < before => (Change::Better, costs),
        _ => (Change::Same, costs),
    }
}

/// The comparisons, one line each.
pub fn told(comparisons: &[Comparison]) -> String {
    let line = |comparison: &Comparison| {
        let word = match comparison.outcome {
            Change::Loss => "LOSS",
            Change::Better => "better",
            Change::Same => "same",
            Change::NotCompared => "–",
        };
        format!("  {word:<6}  {}, {}: {}\n", comparison.problem, comparison.limit, comparison.says)
    };
    comparisons.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::Tolerance;

    #[test]
    fn a_threshold_is_the_exact_decimal_that_is_written() {
        let hundredths = |text: &str| text.parse::<Tolerance>().ok().map(|threshold| threshold.hundredths);
        let read = ["0", "1", "1%", "2.5 %", "0.05", "100"].map(hundredths);
        assert_eq!(read, [Some(0), Some(100), Some(100), Some(250), Some(5), Some(10_000)]);
        for wrong in ["", "-1", "1.", ".5", "0.001", "one", "1e3", "99999999"] {
            assert_eq!(hundredths(wrong), None, "{wrong}");
        }
    }
}
