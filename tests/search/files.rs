//! What the files of a search decide, and what they do not: the order of what they list, and plans of other problems.

use std::path::Path;

use kohort::ids::ManagerId;
use kohort::plan::Plan;
use kohort::problem::Problem;
use kohort::read;
use kohort::solve::{Limit, Options, solve};

use super::{conformance, run};

/// The text of a problem with its `[[room]]` and `[[consultant]]` tables in the opposite order.
fn with_tables_reversed(text: &str) -> String {
    let starts: Vec<usize> = text.match_indices("\n[").map(|(at, _)| at + 1).collect();
    let mut blocks: Vec<&str> =
        starts.iter().zip(starts.iter().skip(1).chain([&text.len()])).map(|(&from, &to)| &text[from..to]).collect();
    blocks.sort_by_key(|block| match *block {
        block if block.starts_with("[[room]]") || block.starts_with("[[consultant]]") => 1,
        _ => 0,
    });
    let moved = blocks.partition_point(|block| !block.starts_with("[[room]]") && !block.starts_with("[[consultant]]"));
    blocks[moved..].reverse();
    text[..starts[0]].to_owned() + &blocks.iter().map(|block| block.trim_end().to_owned() + "\n").collect::<String>()
}

/// A roster with its rows in the opposite order and its last column first.
fn with_rows_reversed(text: &str) -> String {
    let turn = |line: &str| line.rsplit_once(',').map(|(rest, last)| format!("{last},{rest}")).unwrap_or_default();
    let mut lines: Vec<String> = text.lines().map(turn).collect();
    lines[1..].reverse();
    lines.join("\n")
}

#[test]
fn the_order_of_rows_columns_rooms_and_consultants_decides_nothing() {
    let folder = Path::new("problems/orebro-first-wave");
    let read = |is_turned: bool| {
        let open = |path: &Path| {
            let name = path.file_name().unwrap_or_default();
            let text = std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string())?;
            let text = match name.to_str() {
                _ if !is_turned => text,
                Some("problem.toml") => with_tables_reversed(&text),
                _ => with_rows_reversed(&text),
            };
            Ok(text.into_bytes())
        };
        read::problem_with(Path::new("problem.toml"), &open).expect("the problem can be read")
    };
    let (plain, turned) = (read(false), read(true));
    let ids = |problem: &Problem| problem.facts.managers.iter().map(|manager| manager.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&plain), ids(&turned));
    let written = |problem: &Problem| {
        let solution = run(problem, 30_000, 3, 2, None);
        kohort::write::plan(problem, &solution.plan.expect("there is a plan"), None)
    };
    assert_eq!(written(&plain), written(&turned));
}

#[test]
fn a_plan_of_another_problem_is_refused() {
    let problem = conformance();
    let other = Plan::default();
    let options = Options { limit: Limit::Steps(10), from: Some(&other), ..Options::default() };
    assert!(solve(&problem, &options).is_err());
    assert!(kohort::check(&problem, &other).is_err());
    let mut plan = run(&problem, 10, 1, 1, None).plan.expect("there is a plan");
    assert!(kohort::check(&problem, &plan).is_ok());
    plan.cohorts[0].members.push(ManagerId(9_999));
    let misfit = kohort::check(&problem, &plan).expect_err("nobody has this number");
    assert!(misfit.to_string().contains("plan is one of another problem"), "{misfit}");
    plan.cohorts[0].members.pop();
    plan.cohorts[1].runs.clear();
    assert!(kohort::check(&problem, &plan).expect_err("runs are missing").to_string().contains("lacks runs"));
    let options = Options { limit: Limit::Steps(10), from: Some(&plan), ..Options::default() };
    assert!(solve(&problem, &options).is_ok(), "what is missing is planned");
}
