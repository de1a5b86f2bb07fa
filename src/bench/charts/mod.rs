//! The results as charts: how time and memory grow with the number of managers, and how a plan improves over time.

mod draw;
mod quality;
mod scale;

use super::results::Results;

/// A chart as a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Picture {
    /// The name of the file.
    pub name: String,
    /// The contents, as SVG.
    pub svg: String,
}

/// `first-valid.svg` and `memory.svg` if the problems have different sizes, and `quality-PROBLEM.svg` for each
/// problem with valid plans.
///
/// # Errors
/// The reason why a chart cannot be drawn.
pub fn pictures(results: &Results) -> Result<Vec<Picture>, String> {
    let mut names: Vec<&str> = results.rows.iter().map(|row| row.problem.as_str()).collect();
    names.dedup();
    let mut all = Vec::new();
    let mut add = |name: String, chart: Option<draw::Chart>| -> Result<(), String> {
        if let Some(chart) = chart {
            all.push(Picture { name, svg: chart.svg().map_err(|error| error.to_string())? });
        }
        Ok(())
    };
    add("first-valid.svg".to_owned(), scale::first_valid(results, &names))?;
    add("memory.svg".to_owned(), scale::memory(results, &names))?;
    for name in &names {
        add(format!("quality-{}.svg", file_name(name)), quality::quality(results, name))?;
    }
    Ok(all)
}

/// A name without the characters that file names may not have.
fn file_name(name: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    name.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::{file_name, pictures};
    use crate::bench::measured::{BenchRow, Moment, SearchRun, Seconds};
    use crate::bench::results::Results;

    fn row(problem: &str, managers: usize, limit: &str, runs: &[&[(u64, i64, i64)]]) -> BenchRow {
        let run = |(seed, curve): (usize, &&[(u64, i64, i64)])| {
            let moment = |&(millis, hard, soft): &_| Moment { seconds: Seconds { millis }, steps: millis, hard, soft };
            let curve: Vec<Moment> = curve.iter().map(moment).collect();
            let last = curve[curve.len() - 1];
            let first_valid = curve.iter().find(|moment| moment.hard == 0).map(|moment| moment.seconds);
            SearchRun {
                seed: seed as u64,
                hard: last.hard,
                soft: last.soft,
                steps: 9,
                seconds: Seconds { millis: 10_000 },
                first_valid,
                last_improved: last.seconds,
                peak_memory_kib: Some(40_000),
                curve,
            }
        };
        BenchRow {
            problem: problem.to_owned(),
            managers,
            cohorts: 2,
            files: None,
            limit: limit.to_owned(),
            bound: 80,
            best_known: None,
            runs: runs.iter().enumerate().map(run).collect(),
        }
    }

    #[test]
    fn pictures_are_drawn_of_what_there_is() {
        let small = row("små", 20, "10s", &[&[(5, 0, 120), (900, 0, 100)], &[(7, 2, 90), (40, 0, 130)]]);
        let large = row("a/large", 4_000, "10s", &[&[(700, 0, 900), (8_000, 0, 850)]]);
        let never = row("never", 30, "10s", &[&[(5, 1, 10)]]);
        let names = |rows: Vec<BenchRow>| -> Vec<String> {
            let mut results = Results::new(1);
            results.rows = rows;
            let pictures = pictures(&results).unwrap();
            for picture in &pictures {
                assert!(picture.svg.starts_with("<svg") && picture.svg.trim_end().ends_with("</svg>"), "{picture:?}");
                assert!(!picture.svg.contains("NaN") && !picture.svg.contains("inf"), "{picture:?}");
            }
            pictures.into_iter().map(|picture| picture.name).collect()
        };
        assert_eq!(names(vec![]), [""; 0]);
        assert_eq!(names(vec![never.clone()]), [""; 0], "no valid plan, nothing to draw");
        assert_eq!(names(vec![small.clone()]), ["quality-små.svg"], "one size is no growth");
        let all = ["first-valid.svg", "memory.svg", "quality-små.svg", "quality-a-large.svg"];
        assert_eq!(names(vec![small, never, large]), all);
    }

    #[test]
    fn names_of_files_have_no_folders() {
        assert_eq!(file_name("../åre/problem.toml"), "..-åre-problem.toml");
    }
}
