//! Charts of the time to the first valid plan, and of memory, against the number of managers.

use super::draw::{BLUE, Chart, Line, Scale, plain};
use crate::bench::figures::Figures;
use crate::bench::measured::{SearchRun, Seconds};
use crate::bench::results::Results;
use crate::words::count;

/// The median time to the first valid plan, over all searches of each problem.
pub fn first_valid(results: &Results, problems: &[&str]) -> Option<Chart> {
    let seconds = |figures: &Figures| figures.median_first_valid.map(|first| first.millis.max(1) as f64 / 1000.0);
    let label = |seconds: f64| Seconds { millis: (seconds * 1000.0) as u64 }.to_string();
    let title = format!("Time to the first valid plan, {}", count(results.threads, "thread"));
    growth(results, problems, &title, "seconds", &seconds, &label)
}

/// The largest peak memory, over all searches of each problem.
pub fn memory(results: &Results, problems: &[&str]) -> Option<Chart> {
    let megabytes = |figures: &Figures| figures.most_memory_kib.map(|kib| kib.max(1) as f64 * 1024.0 / 1e6);
    let label = |megabytes: f64| format!("{} MB", plain(megabytes.round()));
    let title = format!("Peak memory, {}", count(results.threads, "thread"));
    growth(results, problems, &title, "megabytes", &megabytes, &label)
}

/// A chart of a figure against the number of managers; `None` unless the problems have at least two sizes.
fn growth(
    results: &Results,
    problems: &[&str],
    title: &str,
    unit: &str,
    figure: &dyn Fn(&Figures) -> Option<f64>,
    label: &dyn Fn(f64) -> String,
) -> Option<Chart> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    for problem in problems {
        let rows = results.rows.iter().filter(|row| row.problem == *problem);
        let managers = rows.clone().map(|row| row.managers).next()?;
        let runs: Vec<&SearchRun> = rows.flat_map(|row| &row.runs).collect();
        points.extend(figure(&Figures::of(runs)).map(|figure| (managers.max(1) as f64, figure)));
    }
    let (first, last) = (points.first()?, points.last()?);
    if first.0 == last.0 {
        return None;
    }
    let marks =
        points.iter().map(|&(managers, figure)| (managers, figure, format!("{}: {}", plain(managers), label(figure))));
    Some(Chart {
        title: title.to_owned(),
        x: ("managers who take part".to_owned(), Scale::Log),
        y: (unit.to_owned(), Scale::Log),
        marks: marks.collect(),
        lines: vec![Line { name: None, points, colour: BLUE, dashed: false }],
    })
}
