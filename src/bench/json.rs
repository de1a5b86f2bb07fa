//! Results as a JSON document, with the figures that sum them up.

use serde::Serialize;

use super::compare::Comparison;
use super::figures::Figures;
use super::measured::BenchRow;
use super::results::Results;

/// A row with the figures that sum it up.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    row: &'a BenchRow,
    #[serde(flatten)]
    figures: Figures,
}

impl Results {
    /// The results as one JSON document, with the figures of each row, and the comparison if there is one.
    pub fn to_json(&self, comparisons: Option<&[Comparison]>) -> String {
        #[derive(Serialize)]
        struct ResultsDocument<'a> {
            format: u64,
            version: &'a str,
            threads: usize,
            stopped: bool,
            rows: Vec<Told<'a>>,
            #[serde(skip_serializing_if = "Option::is_none")]
            comparisons: Option<&'a [Comparison]>,
        }
        let rows = self.rows.iter().map(|row| Told { row, figures: Figures::of(&row.runs) }).collect();
        let Results { format, threads, stopped, .. } = *self;
        let document = ResultsDocument { format, version: &self.version, threads, stopped, rows, comparisons };
        // Serializing maps with text keys cannot fail.
        serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::super::measured::{Known, Moment, SearchRun, Seconds};
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let moment = Moment { seconds: Seconds { millis: 5 }, steps: 0, hard: 3, soft: -9 };
        let run = SearchRun {
            seed: 7,
            hard: 0,
            soft: -12,
            steps: 10,
            seconds: Seconds { millis: 1_001 },
            first_valid: Some(Seconds { millis: 17 }),
            last_improved: Seconds { millis: 800 },
            peak_memory_kib: None,
            curve: vec![moment],
        };
        let best_known = Some(Known { soft: -12, from: "this bench".to_owned() });
        let row = BenchRow {
            problem: "å".to_owned(),
            managers: 4,
            cohorts: 2,
            files: Some("0123456789abcdef".to_owned()),
            limit: "10 steps".to_owned(),
            bound: -20,
            best_known,
            runs: vec![run],
        };
        let results = Results { rows: vec![row], ..Results::new(2) };
        assert_eq!(Results::from_json(&results.to_json(None)), Ok(results.clone()));
        let newer = results.to_json(None).replace("\"format\": 1", "\"format\": 2");
        assert!(Results::from_json(&newer).unwrap_err().contains("format 1"));
    }
}
