//! The program as its users see it: exit codes, standard output and error, and files written whole or not at all.

mod repeated;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A folder with the small town's problem, roster and valid plan.
struct Town {
    folder: tempfile::TempDir,
}

impl Town {
    fn new() -> Town {
        let town = Town { folder: tempfile::tempdir().unwrap() };
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
        for name in ["problem.toml", "managers.csv", "plan.toml"] {
            fs::copy(from.join(name), town.path(name)).unwrap();
        }
        town
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Writes the file `from` as `to`, with `old` replaced by `new`. The file must contain `old`.
    fn change(&self, from: &str, to: &str, old: &str, new: &str) {
        let text = self.read(from);
        assert!(text.contains(old), "{from} does not hold {old}");
        fs::write(self.path(to), text.replacen(old, new, 1)).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("kohort"));
        command.current_dir(self.folder.path()).args(args);
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// The names of the files in the folder.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

const FILES: [&str; 3] = ["managers.csv", "plan.toml", "problem.toml"];

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("ended by a signal: {}", told(output)))
}

fn data(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn json(output: &Output) -> Value {
    serde_json::from_str(data(output)).unwrap_or_else(|error| panic!("{error}: {}", data(output)))
}

/// The hard and the soft score of a plan file.
fn score(town: &Town, plan: &str) -> (i64, i64) {
    let document = json(&town.run(&["check", "problem.toml", plan, "--format", "json"]));
    (document["hard"].as_i64().unwrap(), document["soft"].as_i64().unwrap())
}

#[test]
fn help_and_version_are_data_and_wrong_usage_is_not() {
    let town = Town::new();
    for args in [&["--help"][..], &["--version"], &["solve", "--help"], &["check", "--help"], &["generate", "--help"]] {
        let output = town.run(args);
        assert_eq!((code(&output), told(&output).as_str()), (0, ""), "{args:?}");
        assert!(data(&output).contains("kohort"), "{args:?}");
    }
    let wrong: &[&[&str]] = &[
        &[],
        &["slove", "problem.toml"],
        &["solve"],
        &["solve", "problem.toml", "--time", "soon"],
        &["solve", "problem.toml", "--time", "1s", "--steps", "5"],
        &["solve", "problem.toml", "--threads", "0"],
        &["check", "problem.toml", "plan.toml", "--format", "yaml"],
        &["generate", "town", "--managers", "3"],
    ];
    for args in wrong {
        let output = town.run(args);
        assert_eq!((code(&output), data(&output)), (2, ""), "{args:?}");
        assert!(told(&output).contains("Usage") || told(&output).contains("error"), "{args:?}: {}", told(&output));
    }
    assert_eq!(town.names(), FILES);
}

#[test]
fn a_problem_alone_is_in_order_or_not() {
    let town = Town::new();
    let output = town.run(&["check", "problem.toml"]);
    assert_eq!((code(&output), told(&output).as_str()), (0, ""));
    assert!(data(&output).contains("8 managers (1 more excluded"), "{}", data(&output));

    town.change("problem.toml", "broken.toml", "weight = 4", "wieght = 4");
    let output = town.run(&["check", "broken.toml"]);
    assert_eq!((code(&output), data(&output)), (2, ""));
    assert!(told(&output).contains("broken.toml:62:1") && told(&output).contains("weight"), "{}", told(&output));

    let output = town.run(&["check", "missing.toml"]);
    assert_eq!(code(&output), 2);
    assert!(told(&output).contains("missing.toml"), "{}", told(&output));
}

#[test]
fn a_plan_is_valid_or_not_or_unusable() {
    let town = Town::new();
    let output = town.run(&["check", "problem.toml", "plan.toml"]);
    assert_eq!(code(&output), 0, "{}{}", data(&output), told(&output));
    assert!(data(&output).starts_with("plan.toml is valid"), "{}", data(&output));

    town.change("plan.toml", "split.toml", "[\"ada\", \"bea\"]", "[\"ada\"]");
    let output = town.run(&["check", "problem.toml", "split.toml"]);
    assert_eq!(code(&output), 1);
    assert!(data(&output).contains("NOT valid") && data(&output).contains("bea"), "{}", data(&output));

    town.change("plan.toml", "unusable.toml", "[\"ada\", \"bea\"]", "[\"ada\", \"bae\"]");
    let output = town.run(&["check", "problem.toml", "unusable.toml"]);
    assert_eq!((code(&output), data(&output)), (2, ""));
    assert!(told(&output).contains("did you mean “bea”"), "{}", told(&output));

    town.change("plan.toml", "unusable.toml", "[\"c-1\"]", "\"c-1\"");
    let output = town.run(&["check", "problem.toml", "unusable.toml"]);
    assert_eq!((code(&output), data(&output)), (2, ""), "a team is a list");
}

#[test]
fn every_error_of_every_file_is_told_at_once() {
    let town = Town::new();
    town.change("problem.toml", "broken.toml", "weight = 4", "wieght = 4");
    town.change("plan.toml", "date.toml", "date = 2026-", "date = 2026-13-");
    town.change("plan.toml", "part.toml", "part = \"full\"", "part = \"whole\"");
    let output = town.run(&["check", "broken.toml", "date.toml", "--from", "part.toml"]);
    assert_eq!(code(&output), 2);
    for said in ["wieght", "is no date", "there is no part of the day “whole”"] {
        assert!(told(&output).contains(said), "{}", told(&output));
    }
    let output = town.run(&["solve", "broken.toml", "--from", "none.toml"]);
    assert_eq!(code(&output), 2);
    assert!(told(&output).contains("wieght") && told(&output).contains("none.toml"), "{}", told(&output));
    // In a problem with errors names are not looked up, and nothing is said of a good plan.
    let output = town.run(&["check", "broken.toml", "plan.toml"]);
    assert_eq!(told(&output).matches("error").count(), 1, "{}", told(&output));
}

#[test]
fn the_json_document_adds_up() {
    let town = Town::new();
    town.change("plan.toml", "late.toml", "2026-09-24", "2026-09-06");
    let output = town.run(&["check", "problem.toml", "late.toml", "--format", "json"]);
    assert_eq!((code(&output), told(&output).as_str()), (1, ""));
    let document = json(&output);
    let keys: Vec<&str> = document.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["findings", "hard", "soft", "terms", "valid"]);
    assert_eq!(document["valid"], false);
    let terms = document["terms"].as_array().unwrap();
    let sum = |hard: bool| -> i64 {
        terms.iter().filter(|term| term["hard"] == hard).map(|term| term["cost"].as_i64().unwrap()).sum()
    };
    assert_eq!((document["hard"].as_i64(), document["soft"].as_i64()), (Some(sum(true)), Some(sum(false))));
    let findings = document["findings"].as_array().unwrap();
    for term in terms {
        let of_term = findings.iter().filter(|finding| finding["term"] == term["term"]);
        let amount: i64 = of_term.map(|finding| finding["amount"].as_i64().unwrap()).sum();
        assert_eq!(term["amount"], amount, "{term}");
    }
    // A session on a Sunday, and four days after the module before, where seven are needed.
    let broken = |name: &str| terms.iter().find(|term| term["term"] == name).unwrap()["amount"].as_i64();
    assert_eq!((broken("open"), broken("between")), (Some(1), Some(4)));
    let closed = findings.iter().find(|finding| finding["term"] == "open").unwrap();
    assert_eq!(
        (&closed["cohort"], &closed["module"], &closed["line"]),
        (&Value::from("leaders-1"), &Value::from("clear"), &Value::from(11))
    );
}

#[test]
fn every_format_tells_of_breaches_and_of_files_that_cannot_be_used() {
    let town = Town::new();
    town.change("plan.toml", "split.toml", "[\"ada\", \"bea\"]", "[\"ada\"]");
    town.change("problem.toml", "broken.toml", "weight = 4", "wieght = 4");
    let marks = [("json", "{"), ("github", "::error file="), ("sarif", "{"), ("junit", "<?xml")];
    for (format, mark) in marks {
        let output = town.run(&["check", "problem.toml", "split.toml", "--format", format]);
        assert_eq!((code(&output), told(&output).as_str()), (1, ""), "{format}");
        assert!(data(&output).starts_with(mark) && data(&output).contains("assigned"), "{}", data(&output));

        let output = town.run(&["check", "broken.toml", "plan.toml", "--format", format]);
        assert_eq!(code(&output), 2, "{format}");
        assert!(data(&output).starts_with(mark) && data(&output).contains("wieght"), "{}", data(&output));

        let output = town.run(&["check", "problem.toml", "--format", format, "-o", "report"]);
        assert_eq!((code(&output), data(&output)), (0, ""), "{format}");
        assert!(!town.read("report").is_empty(), "{format}");
    }
    let unusable = json(&town.run(&["check", "broken.toml", "--format", "json"]));
    assert_eq!(unusable["valid"], false);
    assert_eq!(unusable["diagnostics"][0]["line"], 62);
}

#[test]
fn a_solve_writes_a_valid_plan_and_tells_what_it_is_worth() {
    let town = Town::new();
    let output = town.run(&["solve", "problem.toml", "--steps", "100000", "--threads", "2", "-o", "new.toml"]);
    assert_eq!((code(&output), data(&output)), (0, ""), "{}", told(&output));
    let told = told(&output);
    for word in ["new.toml is valid", "No valid plan costs less than", "mixed-2", "ivar", "Seed 1", "--steps"] {
        assert!(told.contains(word), "nothing of {word} in\n{told}");
    }
    assert_eq!(score(&town, "new.toml").0, 0);
    let plan: toml::Table = town.read("new.toml").parse().unwrap();
    assert!(plan["score"]["bound"].as_integer().unwrap() <= score(&town, "new.toml").1);
    assert!(score(&town, "new.toml") <= score(&town, "plan.toml"));
    let again = town.run(&["solve", "problem.toml", "--steps", "100000"]);
    assert_eq!(data(&again), town.read("new.toml"), "standard output is the plan and nothing else");
    assert_eq!(town.names(), ["managers.csv", "new.toml", "plan.toml", "problem.toml"]);
}

#[test]
fn a_solve_from_a_plan_is_never_worse() {
    let town = Town::new();
    town.change("plan.toml", "worse.toml", "2026-10-28", "2026-12-01");
    for (from, steps) in [("plan.toml", "0"), ("worse.toml", "0"), ("plan.toml", "50000")] {
        let output = town.run(&["solve", "problem.toml", "--steps", steps, "--from", from, "-o", "new.toml"]);
        assert_eq!(code(&output), 0, "{from}: {}", told(&output));
        assert!(score(&town, "new.toml") <= score(&town, from), "{from}, {steps} steps");
    }
    let told = |from, steps| told(&town.run(&["solve", "problem.toml", "--steps", steps, "--from", from]));
    assert!(told("plan.toml", "0").contains("Nothing has changed from plan.toml."), "{}", told("plan.toml", "0"));
    let better = told("worse.toml", "50000");
    assert!(better.contains("What has changed from worse.toml") && better.contains("it was on 2026-12-01"), "{better}");
}

#[test]
fn what_has_begun_stays_when_a_plan_is_made_anew() {
    let town = Town::new();
    town.change("problem.toml", "later.toml", "holidays", "frozen_until = 2026-09-22\nholidays");
    let output = town.run(&["solve", "later.toml", "--steps", "50000", "--from", "plan.toml", "-o", "new.toml"]);
    assert_eq!(code(&output), 0, "{}", told(&output));
    for begun in ["date = 2026-09-02, part = \"full\" }, { date = 2026-09-03", "date = 2026-09-22"] {
        assert!(town.read("new.toml").contains(begun), "{begun} is not in\n{}", town.read("new.toml"));
    }
    town.change("plan.toml", "moved.toml", "2026-09-02", "2026-09-01");
    let output = town.run(&["check", "later.toml", "moved.toml", "--from", "plan.toml"]);
    assert_eq!(code(&output), 1);
    assert!(data(&output).contains("pin: 1"), "{}", data(&output));
    let output = town.run(&["check", "later.toml", "plan.toml"]);
    assert_eq!(code(&output), 0);
    assert!(told(&output).contains("--from PLAN"), "{}", told(&output));
}

#[test]
fn a_plan_can_be_made_anew_when_people_and_cohorts_have_changed() {
    let town = Town::new();
    let solve = |problem: &str, from: &str, to: &str| {
        town.run(&["solve", problem, "--steps", "50000", "--from", from, "-o", to])
    };
    // One manager has left, and another has joined.
    town.change("managers.csv", "changed.csv", "dag;true;;cleo", "dora;true;;cleo");
    town.change("problem.toml", "changed.toml", "managers.csv", "changed.csv");
    let output = solve("changed.toml", "plan.toml", "new.toml");
    assert_eq!(code(&output), 0, "{}", told(&output));
    assert!(told(&output).contains("no longer in the roster: dag\n"), "{}", told(&output));
    assert!(town.read("new.toml").contains("\"dora\""), "{}", town.read("new.toml"));
    assert_eq!(
        code(&town.run(&["check", "changed.toml", "plan.toml"])),
        2,
        "it is no plan of the problem as it is now"
    );
    let checked = town.run(&["check", "changed.toml", "new.toml", "--from", "plan.toml"]);
    assert_eq!(code(&checked), 0, "{}", told(&checked));
    assert!(told(&checked).contains("no longer in the roster: dag\n"), "{}", told(&checked));

    // One cohort more, and then one less again.
    town.change("problem.toml", "smaller.toml", "size = { min = 3", "size = { min = 2");
    town.change("smaller.toml", "more.toml", "cohorts = 2", "cohorts = 3");
    let output = solve("more.toml", "plan.toml", "three.toml");
    assert_eq!(code(&output), 0, "{}", told(&output));
    assert!(told(&output).contains("not in this plan: mixed-3\n"), "{}", told(&output));
    let output = solve("smaller.toml", "three.toml", "two.toml");
    assert_eq!(code(&output), 0, "{}", told(&output));
    assert!(told(&output).contains("the problem no longer has cohort “mixed-3”\n"), "{}", told(&output));

    // A plan that has none of the cohorts belongs to another problem.
    let others = town.read("plan.toml").replace("leaders-", "others-").replace("mixed-", "more-");
    fs::write(town.path("others.toml"), others).unwrap();
    let output = solve("problem.toml", "others.toml", "none.toml");
    assert_eq!(code(&output), 2);
    assert!(told(&output).contains("this plan has none of the problem's cohorts\n"), "{}", told(&output));
    assert!(!town.path("none.toml").exists());
}

#[test]
fn no_valid_plan_within_the_limit_is_exit_3_and_the_best_is_written() {
    let town = Town::new();
    let both = |kind: &str| format!("[[rule]]\nkind = \"{kind}\"\nmanagers = [\"dag\", \"ebba\"]\nhard = true\n\n");
    let rule = both("apart") + &both("together") + "[[rule]]";
    town.change("problem.toml", "hard.toml", "[[rule]]", &rule);
    let output = town.run(&["solve", "hard.toml", "--steps", "20000", "-o", "new.toml"]);
    assert_eq!(code(&output), 3, "{}", told(&output));
    assert!(told(&output).contains("NOT valid") && told(&output).contains("“ebba”"), "{}", told(&output));
    assert_eq!(code(&town.run(&["check", "hard.toml", "new.toml"])), 1);
}

#[test]
fn proved_impossible_is_exit_4_with_the_reason_and_no_plan() {
    let town = Town::new();
    town.change("problem.toml", "impossible.toml", "size = { min = 2, max = 4 }", "size = { min = 1, max = 1 }");
    town.change("impossible.toml", "impossible.toml", "cohorts = 1", "cohorts = 2");
    fs::write(town.path("old.toml"), "kept").unwrap();
    let output = town.run(&["solve", "impossible.toml", "--time", "60s", "-o", "old.toml"]);
    assert_eq!((code(&output), data(&output)), (4, ""), "{}", told(&output));
    assert!(told(&output).contains("FLG"), "{}", told(&output));
    assert_eq!(town.read("old.toml"), "kept");
    let output = town.run(&["check", "impossible.toml", "--format", "json"]);
    assert_eq!((code(&output), &json(&output)["valid"]), (4, &false.into()), "{}", data(&output));
    for format in kohort::write::report::FORMATS.iter().map(|format| format.name) {
        let output = town.run(&["check", "impossible.toml", "--format", format]);
        assert_eq!((code(&output), data(&output).contains("FLG")), (4, true), "{format}: {}", data(&output));
    }
}

#[test]
fn a_pin_on_somebody_who_takes_no_part_is_a_proof() {
    let town = Town::new();
    let excluded = town.read("managers.csv");
    let excluded = excluded.lines().find(|line| line.contains("false")).and_then(|line| line.split([';', ',']).next());
    let pin = format!("[[pin]]\nmanager = \"{}\"\ncohort = \"mixed-1\"\n\n[[rule]]", excluded.unwrap());
    town.change("problem.toml", "pinned.toml", "[[rule]]", &pin);
    let output = town.run(&["solve", "pinned.toml", "--time", "60s"]);
    assert_eq!((code(&output), data(&output)), (4, ""), "{}", told(&output));
    assert!(told(&output).contains("is pinned to cohort “mixed-1”, but is not permanent"), "{}", told(&output));
}

#[test]
fn no_command_writes_over_what_it_reads_or_over_what_it_has_just_written() {
    let town = Town::new();
    fs::copy(town.path("plan.toml"), town.path("old.toml")).unwrap();
    fs::create_dir(town.path("sub")).unwrap();
    let before = FILES.map(|name| town.read(name));
    for name in ["problem.toml", "managers.csv", "plan.toml", "sub/../old.toml"] {
        let output = town.run(&["check", "problem.toml", "plan.toml", "--from", "old.toml", "-o", name]);
        assert_eq!((code(&output), data(&output)), (2, ""), "{name}");
        assert!(told(&output).contains("is another file of this command"), "{name}: {}", told(&output));
    }
    for name in ["problem.toml", "managers.csv"] {
        assert_eq!(code(&town.run(&["solve", "problem.toml", "--steps", "10", "-o", name])), 2, "{name}");
        let plan = format!("gen/{name}");
        assert_eq!(code(&town.run(&["generate", "gen", "--managers", "30", "--plan", &plan])), 2, "{name}");
        assert!(!town.path(&plan).exists(), "{name}");
    }
    assert_eq!(FILES.map(|name| town.read(name)), before);
}

#[test]
fn a_place_that_cannot_be_written_is_found_before_the_search() {
    let town = Town::new();
    for place in ["no/such/folder/plan.toml", ".", "problem.toml", "managers.csv"] {
        let output = town.run(&["solve", "problem.toml", "--time", "60s", "-o", place]);
        assert_eq!((code(&output), data(&output)), (2, ""), "{place}");
        assert!(told(&output).starts_with("error"), "{place}: {}", told(&output));
    }
    let output = town.run(&["check", "problem.toml", "plan.toml", "-o", "problem.toml"]);
    assert_eq!(code(&output), 2);
    assert_eq!(town.names(), FILES);
    assert!(town.read("problem.toml").starts_with("format = 1"));
}

#[test]
fn a_reader_who_goes_away_is_no_error() {
    let town = Town::new();
    let mut child = town
        .command(&["check", "problem.toml", "plan.toml", "--format", "json"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn what_is_generated_can_be_used() {
    let town = Town::new();
    let make = |folder: &str| {
        let plan = format!("{folder}/planted.toml");
        town.run(&["generate", folder, "--managers", "60", "--seed", "3", "--plan", &plan])
    };
    assert_eq!(code(&make("one")), 0);
    assert_eq!(code(&make("two")), 0);
    for name in ["problem.toml", "managers.csv", "planted.toml"] {
        assert_eq!(town.read(&format!("one/{name}")), town.read(&format!("two/{name}")), "{name}");
    }
    let checked = town.run(&["check", "one/problem.toml", "one/planted.toml"]);
    assert_eq!(code(&checked), 0, "{}{}", data(&checked), told(&checked));
    let again = make("one");
    assert_eq!(code(&again), 2, "an earlier problem is not replaced");
    assert!(told(&again).contains("--force"), "{}", told(&again));
}
