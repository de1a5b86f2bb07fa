//! The lower bound against plans that are known, all plans of tiny problems, and sums made by hand.

use std::path::Path;

use kohort::bound::{Bound, lower_bound};
use kohort::check::check;
use kohort::problem::Problem;
use kohort::read;

fn problem(path: &str) -> Problem {
    read::problem(Path::new(path)).unwrap_or_else(|errors| panic!("{path}: {:#?}", errors.items))
}

fn cost(bound: &Bound, term: &str) -> i64 {
    bound.parts.iter().filter(|part| part.term.starts_with(term)).map(|part| part.cost).sum()
}

#[test]
fn spread_is_what_dealing_evenly_gives() {
    for (name, spread) in [("m60", 425), ("m160", 1_460), ("m530", 4_568)] {
        assert_eq!(cost(&lower_bound(&problem(&format!("benches/{name}/problem.toml"))), "spread"), spread, "{name}");
    }
}

#[test]
fn no_bound_is_above_a_valid_plan_that_is_known() {
    let mut compared = 0;
    let mut compare = |problem: &Problem, path: &Path| {
        let plan = read::plan(path, problem).unwrap_or_else(|errors| panic!("{:#?}", errors.items)).plan;
        let report = check(problem, &plan);
        if !report.score.is_valid() {
            return;
        }
        let bound = lower_bound(problem);
        assert_eq!(bound.soft, bound.parts.iter().map(|part| part.cost).sum::<i64>());
        assert!(bound.soft <= report.score.soft, "{}: {bound:?} is above {:?}", path.display(), report.score);
        compared += 1;
    };
    for name in ["tutorial", "orebro-first-wave", "orebro", "malmo", "goteborg"] {
        let folder = Path::new("problems").join(name);
        compare(&problem(&format!("problems/{name}/problem.toml")), &folder.join("plan.toml"));
    }
    compare(&problem("tests/cli/problem.toml"), Path::new("tests/cli/plan.toml"));
    compare(&problem("tests/faults/problem.toml"), Path::new("tests/faults/plan.toml"));
    let conformance = problem("tests/conformance/problem.toml");
    for entry in std::fs::read_dir("tests/conformance/plans").expect("the plans are there") {
        compare(&conformance, &entry.expect("the entry can be read").path());
    }
    assert!(compared >= 7, "only {compared} valid plans were seen");
}
