//! The problems that come with kohort: each folder is complete, its plan is valid, and generated files can be
//! generated again.

#[path = "common/orebro.rs"]
mod orebro;

use std::fs;
use std::path::{Path, PathBuf};

use kohort::check::measure;
use kohort::generate::{Municipality, MunicipalityOptions, municipality};
use kohort::problem::Problem;
use kohort::{read, write};
use proptest::prelude::*;

/// With this variable set, the tests below replace the generated files instead of comparing them.
const UPDATE: &str = "KOHORT_UPDATE_PROBLEMS";

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("problems").join(name)
}

/// Compares a file with its generated text.
fn holds(path: &Path, made: &str) {
    if std::env::var_os(UPDATE).is_some() {
        fs::write(path, made).unwrap();
    }
    let there = fs::read_to_string(path).unwrap_or_default();
    let differs = there.lines().zip(made.lines()).position(|(there, made)| there != made);
    assert!(
        there == made,
        "{} differs from line {:?}; {UPDATE}=1 replaces it",
        path.display(),
        differs.map(|at| at + 1)
    );
}

/// The problem as the reader sees it; a warning is a failure, too.
fn read_back(municipality: &Municipality) -> Problem {
    let read = read::problem_with(Path::new("problem.toml"), &|path| match path.to_str() {
        Some("problem.toml") => Ok(municipality.problem_toml.clone().into_bytes()),
        Some("managers.csv") => Ok(municipality.roster_csv.clone().into_bytes()),
        _ => Err("there is no such file".to_owned()),
    });
    let problem = read.unwrap_or_else(|errors| panic!("{:#?}", errors.items));
    assert!(problem.warnings.items.is_empty(), "{:#?}", problem.warnings.items);
    problem
}

/// The breaches of the plan, one line each.
fn breaches(problem: &Problem, plan: &kohort::plan::Plan) -> Vec<String> {
    let report = measure(problem, plan);
    let hard = report.terms.iter().filter(|term| term.weight.is_none());
    hard.flat_map(|term| term.findings.iter().map(|finding| format!("{}: {}", term.name, finding.message))).collect()
}

#[test]
fn every_folder_is_whole_and_its_plan_is_valid() {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder("")).unwrap() {
        let path = entry.unwrap().path();
        if !path.is_dir() {
            continue;
        }
        names.push(path.file_name().unwrap().to_str().unwrap().to_owned());
        for file in ["README.md", "problem.toml", "managers.csv", "plan.toml"] {
            assert!(path.join(file).is_file(), "{} has no {file}", path.display());
        }
        let problem = read::problem(&path.join("problem.toml")).unwrap_or_else(|errors| panic!("{:#?}", errors.items));
        assert!(problem.warnings.items.is_empty(), "{}: {:#?}", path.display(), problem.warnings.items);
        let plan = read::plan(&path.join("plan.toml"), &problem).unwrap_or_else(|errors| panic!("{:#?}", errors.items));
        assert_eq!(breaches(&problem, &plan.plan), [""; 0], "{}", path.display());
    }
    names.sort();
    assert_eq!(names, ["goteborg", "malmo", "orebro", "orebro-first-wave", "tutorial"]);
}

#[test]
fn orebro_s_rosters_are_drawn_from_its_departments() {
    let (whole, first_wave) = orebro::rosters();
    holds(&folder("orebro/managers.csv"), &whole);
    holds(&folder("orebro-first-wave/managers.csv"), &first_wave);
}

#[test]
fn malmo_and_goteborg_are_what_their_commands_make() {
    for (name, managers) in [("malmo", 1_272), ("goteborg", 2_400)] {
        let year = if name == "malmo" { 2016 } else { 2019 };
        let made = municipality(&MunicipalityOptions { managers, year, ..MunicipalityOptions::default() });
        holds(&folder(name).join("problem.toml"), &made.problem_toml);
        holds(&folder(name).join("managers.csv"), &made.roster_csv);
        let problem = read_back(&made);
        holds(&folder(name).join("plan.toml"), &write::plan(&problem, &made.plan, None));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_generated_reads_without_a_word_and_its_plan_is_valid(
        managers in 20_usize..700,
        tightness in 0_usize..=100,
        absence in 0_usize..=100,
        year in 2000_i32..2060,
        seed: u64,
    ) {
        let options = MunicipalityOptions { managers, tightness, absence, year, seed };
        let made = municipality(&options);
        let problem = read_back(&made);
        prop_assert_eq!(problem.facts.eligible().count(), managers);
        prop_assert_eq!(breaches(&problem, &made.plan), Vec::<String>::new());
        let again = municipality(&options);
        prop_assert!(again.problem_toml == made.problem_toml && again.roster_csv == made.roster_csv && again.plan == made.plan);
    }
}

#[test]
fn a_whole_country_is_generated_with_a_valid_plan() {
    let made = municipality(&MunicipalityOptions { managers: 38_000, ..MunicipalityOptions::default() });
    let problem = read_back(&made);
    assert_eq!(breaches(&problem, &made.plan), [""; 0]);
}
