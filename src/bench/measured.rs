//! The measurements of single searches, and of the searches of one problem.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::score::Score;
use crate::solve::Limit;

/// A time with a precision of a millisecond; written as seconds in JSON.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Seconds {
    /// The time in whole milliseconds.
    pub millis: u64,
}

impl From<Duration> for Seconds {
    fn from(time: Duration) -> Seconds {
        Seconds { millis: u64::try_from(time.as_millis()).unwrap_or(u64::MAX) }
    }
}

impl std::fmt::Display for Seconds {
    /// Writes the time in seconds with two decimals.
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

/// A moment at which the search found a better plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Moment {
    /// The time since the search began.
    pub seconds: Seconds,
    /// How many candidate moves the search had made.
    pub steps: u64,
    /// The plan's hard score; 0 if it is valid.
    pub hard: i64,
    /// The plan's soft score.
    pub soft: i64,
}

/// The measurements of one search.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct SearchRun {
    /// The seed.
    pub seed: u64,
    /// The checker's hard score of the plan; 0 if it is valid.
    pub hard: i64,
    /// The checker's soft score of the plan.
    pub soft: i64,
    /// How many candidate moves the search made.
    pub steps: u64,
    /// How long the search took, without reading the files.
    pub seconds: Seconds,
    /// When the first valid plan was found; `None` if none was.
    pub first_valid: Option<Seconds>,
    /// When the plan was last improved.
    pub last_improved: Seconds,
    /// The peak memory of the process until the search ended, in KiB; `None` where the system does not say.
    #[serde(default)]
    pub peak_memory_kib: Option<u64>,
    /// The best plan over time: the first plan, and every improvement.
    pub curve: Vec<Moment>,
}

impl SearchRun {
    /// The score of the plan.
    pub fn score(&self) -> Score {
        Score { hard: self.hard, soft: self.soft }
    }
}

/// The cheapest valid plan known of a problem, and its source.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Known {
    /// Its soft score.
    pub soft: i64,
    /// The plan's file, or “this bench”.
    pub from: String,
}

/// All searches of one problem within one limit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BenchRow {
    /// The problem's name.
    pub problem: String,
    /// How many managers take part.
    pub managers: usize,
    /// How many cohorts there are.
    pub cohorts: usize,
    /// The fingerprint of the problem's files; missing in results from before December 2026.
    #[serde(default)]
    pub files: Option<String>,
    /// The limit in the words of [`limit_name`].
    pub limit: String,
    /// The lower bound: no valid plan costs less.
    pub bound: i64,
    /// The cheapest valid plan known.
    pub best_known: Option<Known>,
    /// The searches, in the order of their seeds.
    pub runs: Vec<SearchRun>,
}

/// A limit as text, always the same for the same limit: `500ms`, `10s`, `20000 steps`.
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
