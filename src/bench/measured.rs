//! What is measured of a search, and of several of one problem.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::score::Score;
use crate::solve::Limit;

/// A time, kept to the millisecond; seconds in JSON.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Seconds {
    /// Whole milliseconds.
    pub millis: u64,
}

impl From<Duration> for Seconds {
    fn from(time: Duration) -> Seconds {
        Seconds { millis: u64::try_from(time.as_millis()).unwrap_or(u64::MAX) }
    }
}

impl std::fmt::Display for Seconds {
    /// In seconds with two decimals.
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let hundredths = self.millis.saturating_add(5) / 10;
        write!(f, "{}.{:02} s", hundredths / 100, hundredths % 100)
    }
}

impl Serialize for Seconds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.millis as f64 / 1000.0)
    }
}

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Seconds, D::Error> {
        let seconds = f64::deserialize(deserializer)?;
        Ok(Seconds { millis: (seconds * 1000.0).round() as u64 })
    }
}

/// An improvement of the best plan, as it was told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Moment {
    /// Since the search began.
    pub seconds: Seconds,
    /// Candidate moves until then.
    pub steps: u64,
    /// The best plan's hard score; 0: it is valid.
    pub hard: i64,
    /// Its soft score.
    pub soft: i64,
}

/// One search.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SearchRun {
    /// The seed.
    pub seed: u64,
    /// What the checker says of the plan; 0: it is valid.
    pub hard: i64,
    /// What the plan costs.
    pub soft: i64,
    /// Candidate moves.
    pub steps: u64,
    /// How long it took, from the call on; reading the files is not in it.
    pub seconds: Seconds,
    /// When the first valid plan was there; `None`: never.
    pub first_valid: Option<Seconds>,
    /// When the plan last became better.
    pub last_improved: Seconds,
    /// The most memory that the program had held when the search ended, in KiB, as far as the system says it.
    #[serde(default)]
    pub peak_memory_kib: Option<u64>,
    /// The best plan over time: the first, and each that was better.
    pub curve: Vec<Moment>,
}

impl SearchRun {
    /// What the plan is worth.
    pub fn score(&self) -> Score {
        Score { hard: self.hard, soft: self.soft }
    }
}

/// The cheapest valid plan that is known, and from where.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Known {
    /// What it costs.
    pub soft: i64,
    /// The file, or “this bench”.
    pub from: String,
}

/// One problem within one limit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BenchRow {
    /// The problem's name.
    pub problem: String,
    /// Managers who take part.
    pub managers: usize,
    /// Cohorts.
    pub cohorts: usize,
    /// What tells the problem's files from others; not in results of before 2026-12.
    #[serde(default)]
    pub files: Option<String>,
    /// The limit, as [`limit_name`] writes it.
    pub limit: String,
    /// What no valid plan costs less than.
    pub bound: i64,
    /// The cheapest valid plan that is known.
    pub best_known: Option<Known>,
    /// The searches, by seed.
    pub runs: Vec<SearchRun>,
}

/// A limit in words that are the same for the same limit: `500ms`, `10s`, `20000 steps`.
pub fn limit_name(limit: Limit) -> String {
    match limit {
        Limit::Steps(steps) => format!("{steps} steps"),
        Limit::Time(time) if time.subsec_millis() == 0 => format!("{}s", time.as_secs()),
        Limit::Time(time) => format!("{}ms", time.as_millis()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_have_one_name_each() {
        assert_eq!(limit_name(Limit::Steps(20_000)), "20000 steps");
        assert_eq!(limit_name(Limit::Time(Duration::from_secs(60))), "60s");
        assert_eq!(limit_name(Limit::Time(Duration::from_millis(1_500))), "1500ms");
    }

    #[test]
    fn times_are_rounded_to_hundredths_for_people_and_kept_to_the_millisecond() {
        assert_eq!(Seconds { millis: 994 }.to_string(), "0.99 s");
        assert_eq!(Seconds { millis: 995 }.to_string(), "1.00 s");
        for millis in [0, 1, 29, 9_999, 123_456_789] {
            let json = serde_json::to_string(&Seconds { millis }).unwrap();
            assert_eq!(serde_json::from_str::<Seconds>(&json).unwrap(), Seconds { millis }, "{json}");
        }
    }
}
