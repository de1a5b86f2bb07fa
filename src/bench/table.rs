//! The results as a table for people.

use super::figures::{Figures, Median, percent};
use super::measured::BenchRow;
use super::results::Results;
use crate::write::{Align, Table};

const COLUMNS: [(&str, Align); 13] = [
    ("problem", Align::Left),
    ("managers", Align::Right),
    ("cohorts", Align::Right),
    ("limit", Align::Right),
    ("valid", Align::Right),
    ("first valid", Align::Right),
    ("soft", Align::Right),
    ("best–worst", Align::Right),
    ("memory", Align::Right),
    ("best known", Align::Right),
    ("above it", Align::Right),
    ("bound", Align::Right),
    ("above it", Align::Right),
];

const LEGEND: &str = "\
valid: searches that ended with a valid plan, of all · first valid: when the first valid plan was there (median)
soft: what the valid plans cost (median; lower is better) · bound: no valid plan costs less
";

/// A row for each problem and limit, what the columns mean, and where the best known plans are from.
pub fn table(results: &Results) -> String {
    let mut table = Table::new(&COLUMNS);
    results.rows.iter().for_each(|row| table.row(cells(row)));
    let mut out = format!("{}\n{LEGEND}", table.render());
    let mut known: Vec<(&str, &str)> = Vec::new();
    for row in &results.rows {
        if let Some(best) = &row.best_known
            && !known.contains(&(&row.problem, &best.from))
        {
            known.push((&row.problem, &best.from));
        }
    }
    if !known.is_empty() {
        let from = known.iter().map(|(problem, from)| format!("{problem} from {from}"));
        out.push_str(&format!("best known: {}\n", from.collect::<Vec<_>>().join(", ")));
    }
    out
}

fn cells(row: &BenchRow) -> [String; 13] {
    let figures = Figures::of(&row.runs);
    let told = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
    let above = |base: Option<i64>| {
        let (median, base) = (figures.median_soft?, base?);
        median.above(Median::from(base)).map(percent)
    };
    let best = row.best_known.as_ref().map(|known| known.soft);
    let spread = figures.best_soft.zip(figures.worst_soft);
    [
        row.problem.clone(),
        row.managers.to_string(),
        row.cohorts.to_string(),
        row.limit.clone(),
        format!("{}/{}", figures.valid, figures.seeds),
        told(figures.median_first_valid.map(|time| time.to_string())),
        told(figures.median_soft.map(|median| median.to_string())),
        told(spread.map(|(best, worst)| format!("{best}–{worst}"))),
        told(figures.most_memory_kib.map(|kib| format!("{} MB", (kib * 1024).div_ceil(1_000_000)))),
        told(best.map(|soft| soft.to_string())),
        told(above(best)),
        row.bound.to_string(),
        told(above(Some(row.bound))),
    ]
}
