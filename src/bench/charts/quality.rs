//! The chart of a plan's cost over time.

use super::draw::{Chart, GREY, LINES, Line, Scale, plain};
use crate::bench::figures::Median;
use crate::bench::measured::{BenchRow, SearchRun, Seconds};
use crate::bench::results::Results;
use crate::words::count;

/// One line per limit with the median over the seeds, and one for the lower bound; `None` if no search found a valid
/// plan.
pub fn quality(results: &Results, problem: &str) -> Option<Chart> {
    let rows: Vec<&BenchRow> = results.rows.iter().filter(|row| row.problem == problem).collect();
    let drawn = rows.iter().zip(LINES.iter().cycle());
    let mut lines: Vec<Line> = drawn
        .map(|(row, &colour)| Line {
            name: Some(format!("searches of {}", row.limit)),
            points: medians(&row.runs),
            colour,
            dashed: false,
        })
        .filter(|line| !line.points.is_empty())
        .collect();
    let times = || lines.iter().flat_map(|line| &line.points).map(|point| point.0);
    let (begin, end) = (times().reduce(f64::min)?, times().reduce(f64::max)?);
    let bound = rows.first()?.bound;
    lines.push(Line {
        name: Some(format!("bound: no valid plan costs less than {}", plain(bound as f64))),
        points: vec![(begin, bound as f64), (end, bound as f64)],
        colour: GREY,
        dashed: true,
    });
    let seeds = rows.iter().map(|row| row.runs.len()).max()?;
    let managers = rows.first()?.managers;
    Some(Chart {
        title: format!(
            "{problem}, {} managers: median of {}, {}",
            plain(managers as f64),
            count(seeds, "seed"),
            count(results.threads, "thread")
        ),
        x: ("seconds".to_owned(), Scale::Log),
        y: ("cost of the best plan (soft)".to_owned(), Scale::Linear),
        marks: Vec::new(),
        lines,
    })
}

/// A step line of the median cost over the searches, from the moment at which more than half of them have a valid
/// plan.
fn medians(runs: &[SearchRun]) -> Vec<(f64, f64)> {
    let mut times: Vec<Seconds> = runs.iter().flat_map(|run| run.curve.iter().map(|moment| moment.seconds)).collect();
    times.extend(runs.iter().map(|run| run.seconds));
    times.sort_unstable();
    times.dedup();
    let mut points: Vec<(f64, f64)> = Vec::new();
    for time in times {
        let cost_at = |run: &SearchRun| {
            let last = run.curve.iter().rev().find(|moment| moment.seconds <= time)?;
            (last.hard == 0).then_some(last.soft)
        };
        // A search without a valid plan counts as more expensive than any other. So the line begins when more than
        // half of the searches have one, and it never rises.
        let costs: Vec<i64> = runs.iter().map(|run| cost_at(run).unwrap_or(i64::MAX)).collect();
        if 2 * costs.iter().filter(|&&cost| cost < i64::MAX).count() <= runs.len() {
            continue;
        }
        let Some(median) = Median::of(costs) else { continue };
        let (seconds, cost) = (time.millis.max(1) as f64 / 1000.0, median.twice as f64 / 2.0);
        points.extend(points.last().map(|&(_, before)| (seconds, before)));
        points.push((seconds, cost));
    }
    points
}

#[cfg(test)]
mod tests {
    use super::medians;
    use crate::bench::measured::{Moment, SearchRun, Seconds};

    fn run(curve: &[(u64, i64, i64)]) -> SearchRun {
        let moment = |&(millis, hard, soft): &_| Moment { seconds: Seconds { millis }, steps: 0, hard, soft };
        SearchRun {
            seed: 1,
            hard: 0,
            soft: 0,
            steps: 0,
            seconds: Seconds { millis: 4_000 },
            first_valid: None,
            last_improved: Seconds::default(),
            peak_memory_kib: None,
            curve: curve.iter().map(moment).collect(),
        }
    }

    #[test]
    fn the_line_begins_when_most_have_a_valid_plan_and_never_rises() {
        let runs = [
            run(&[(1_000, 0, 50), (3_000, 0, 30)]),
            run(&[(1_000, 1, 10), (2_000, 0, 60)]),
            run(&[(1_000, 5, 10), (3_000, 0, 70)]),
        ];
        // At 2 s two of three searches have a plan, 50 and 60: the median of 50, 60 and none is 60. At 3 s the costs
        // are 30, 60 and 70, with the median 60.
        assert_eq!(medians(&runs), [(2.0, 60.0), (3.0, 60.0), (3.0, 60.0), (4.0, 60.0), (4.0, 60.0)]);
    }
}
