//! The results of a bench, in the form in which they are kept and compared later.

use serde::{Deserialize, Serialize};

use super::measured::BenchRow;

/// The version of the format in which results are kept.
const FORMAT: u64 = 1;

/// All results of a bench.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Results {
    pub(super) format: u64,
    /// The version of kohort.
    pub version: String,
    /// Threads of each search.
    pub threads: usize,
    /// Whether a signal ended the bench before everything was measured.
    pub stopped: bool,
    /// Problems from small to large, each with its limits from short to long.
    pub rows: Vec<BenchRow>,
}

impl Results {
    /// Results without any measurements.
    pub fn new(threads: usize) -> Results {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        Results { format: FORMAT, version, threads, stopped: false, rows: Vec::new() }
    }

    /// Reads results that [`Results::to_json`] has written.
    ///
    /// # Errors
    /// Why it is not that, in a few words.
    pub fn from_json(text: &str) -> Result<Results, String> {
        let results: Results = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match results.format {
            FORMAT => Ok(results),
            other => Err(format!("its format is {other}, and this kohort reads format {FORMAT}")),
        }
    }

    /// The row of this problem within this limit.
    pub fn row(&self, problem: &str, limit: &str) -> Option<&BenchRow> {
        self.rows.iter().find(|row| row.problem == problem && row.limit == limit)
    }

    /// The cost of the cheapest valid plan of this problem, over all limits and seeds, if its files are the same.
    pub fn best_of(&self, problem: &str, files: &str) -> Option<i64> {
        let is_of = |row: &&BenchRow| row.problem == problem && row.files.as_ref().is_none_or(|known| known == files);
        let rows = self.rows.iter().filter(is_of);
        let runs = rows.flat_map(|row| &row.runs).filter(|run| run.score().is_valid());
        runs.map(|run| run.soft).min()
    }
}
