//! Everything that a bench has measured, as it is read again to be compared with.

use serde::{Deserialize, Serialize};

use super::measured::BenchRow;

/// The number of the form in which results are written.
const FORMAT: u64 = 1;

/// Everything that was measured.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Results {
    pub(super) format: u64,
    /// The version of kohort.
    pub version: String,
    /// Threads of each search.
    pub threads: usize,
    /// Whether a signal ended it before everything was measured.
    pub stopped: bool,
    /// Problems from small to large, each with its limits from short to long.
    pub rows: Vec<BenchRow>,
}

impl Results {
    /// Nothing measured so far.
    pub fn new(threads: usize) -> Results {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        Results { format: FORMAT, version, threads, stopped: false, rows: Vec::new() }
    }

    /// Reads what [`Results::to_json`] has written.
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

    /// The row of a problem within a limit.
    pub fn row(&self, problem: &str, limit: &str) -> Option<&BenchRow> {
        self.rows.iter().find(|row| row.problem == problem && row.limit == limit)
    }

    /// The cheapest valid plan of a problem with these files in here, over all limits and seeds.
    pub fn best_of(&self, problem: &str, files: &str) -> Option<i64> {
        let is_of = |row: &&BenchRow| row.problem == problem && row.files.as_ref().is_none_or(|known| known == files);
        let rows = self.rows.iter().filter(is_of);
        let runs = rows.flat_map(|row| &row.runs).filter(|run| run.score().is_valid());
        runs.map(|run| run.soft).min()
    }
}
