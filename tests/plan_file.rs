//! Writing, reading and writing again gives the same bytes for every plan in this repository, valid or not.

use std::fs;
use std::path::{Path, PathBuf};

use kohort::{read, write};

/// Every problem of the repository with all its plans.
fn plans() -> Vec<(PathBuf, Vec<PathBuf>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let list = |folder: PathBuf| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let of_folder = |folder: PathBuf| (folder.join("problem.toml"), vec![folder.join("plan.toml")]);
    let mut all: Vec<_> = list(root.join("problems")).filter(|path| path.is_dir()).map(of_folder).collect();
    all.push(of_folder(root.join("tests/cli")));
    all.push((root.join("tests/conformance/problem.toml"), list(root.join("tests/conformance/plans")).collect()));
    all
}

#[test]
fn what_is_written_and_read_is_written_the_same() {
    let mut seen = 0;
    for (problem, plans) in plans() {
        let problem = read::problem(&problem).unwrap_or_else(|errors| panic!("{errors}"));
        for path in plans {
            let plan = read::plan(&path, &problem).unwrap_or_else(|errors| panic!("{errors}")).plan;
            let first = write::plan(&problem, &plan, None);
            let again = read::plan_text(&first, &problem).unwrap_or_else(|errors| panic!("{errors}")).plan;
            assert_eq!(write::plan(&problem, &again, None), first, "{}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 10, "only {seen} plans were seen");
}

#[test]
fn the_order_in_which_a_plan_lists_people_does_not_show() {
    for (problem, plans) in plans() {
        let problem = read::problem(&problem).unwrap_or_else(|errors| panic!("{errors}"));
        for path in plans {
            let plan = read::plan(&path, &problem).unwrap_or_else(|errors| panic!("{errors}")).plan;
            let mut other = plan.clone();
            for cohort in &mut other.cohorts {
                cohort.members.reverse();
                cohort.runs.iter_mut().for_each(|run| run.team.reverse());
            }
            assert_eq!(write::plan(&problem, &other, None), write::plan(&problem, &plan, None));
        }
    }
}

#[test]
fn ids_of_all_kinds_come_through() {
    let odd = r#"åsa "the boss" O'Neill \ # [x] 你好"#;
    let problem = format!(
        "format = 1\nprogramme = {{}}\nmanager = [{{ id = {} }}]\n[[wave]]\nid = \"a b\"\nmembers = \"all\"\ncohorts = 1\nsize = {{ min = 1, max = 1 }}\n",
        toml::Value::String(odd.to_owned())
    );
    let problem = read::problem_text(&problem).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(problem.facts.managers[0].id, odd);
    let plan = kohort::Plan {
        cohorts: vec![kohort::plan::CohortPlan { members: vec![kohort::ids::ManagerId(0)], runs: Vec::new() }],
    };
    let written = write::plan(&problem, &plan, None);
    assert_eq!(read::plan_text(&written, &problem).unwrap_or_else(|errors| panic!("{errors}")).plan, plan);
}
