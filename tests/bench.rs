//! `kohort bench` as its users see it: the table, the JSON, the comparison with an earlier day, and what it refuses.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The least work that still gives figures.
const STEPS: [&str; 4] = ["--steps", "2000", "--seeds", "1-3"];

struct Suite {
    folder: tempfile::TempDir,
}

impl Suite {
    /// `suite/town` with its plan, and `suite/six` of six managers without dates.
    fn new() -> Suite {
        let suite = Suite { folder: tempfile::tempdir().unwrap() };
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
        fs::create_dir_all(suite.path("suite/town")).unwrap();
        for name in ["problem.toml", "managers.csv", "plan.toml"] {
            fs::copy(from.join(name), suite.path("suite/town").join(name)).unwrap();
        }
        suite.write("suite/six/problem.toml", SIX);
        suite
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("kohort"));
        command.current_dir(self.folder.path()).arg("bench").args(args);
        command
    }

    fn bench(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// A bench of the suite with few steps.
    fn quick(&self, args: &[&str]) -> Output {
        self.bench(&[&["suite", "--threads", "1"], &STEPS[..], args].concat())
    }
}

const SIX: &str = r#"
format = 1
programme = { name = "six of two kinds" }
wave = [{ id = "w", members = "all", cohorts = 2, size = { min = 3, max = 3 } }]
manager = [
    { id = "a", kind = "x" }, { id = "b", kind = "x" }, { id = "c", kind = "x" },
    { id = "d", kind = "y" }, { id = "e", kind = "y" }, { id = "f", kind = "y" },
]
rule = [{ kind = "spread", attribute = "kind", weight = 3 }]
"#;

/// Six managers, of whom two must be in the same cohort and must not be.
fn without_a_valid_plan() -> String {
    let rules = r#"rule = [
        { kind = "together", managers = ["a", "b"], hard = true }, { kind = "apart", managers = ["a", "b"], hard = true },
    ]"#;
    SIX.replace(r#"rule = [{ kind = "spread", attribute = "kind", weight = 3 }]"#, rules)
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("ended by a signal: {}", told(output)))
}

fn data(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// The text with every time and every memory size replaced, and runs of spaces shortened to one.
fn masked(text: &str) -> String {
    let line = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let is_number = |word: &str| word.parse::<f64>().is_ok();
        let mut out: Vec<&str> = Vec::new();
        for (place, word) in words.iter().enumerate() {
            let unit = words.get(place + 1).map(|unit| unit.trim_end_matches([';', ',']));
            out.push(if is_number(word) && matches!(unit, Some("s" | "MB")) { "…" } else { word });
        }
        out.join(" ")
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_table_has_a_row_for_each_problem_and_limit() {
    let suite = Suite::new();
    let output = suite.bench(&["suite", "--threads", "1", "--seeds", "1,2", "--steps", "4000,2000"]);
    assert_eq!(code(&output), 0, "{}", told(&output));
    insta::assert_snapshot!(masked(data(&output)));
    insta::assert_snapshot!(masked(&told(&output)));
}

#[test]
fn a_problem_file_and_its_folder_are_suites_of_one() {
    let suite = Suite::new();
    for path in ["suite/six", "suite/six/problem.toml"] {
        let output = suite.bench(&[path, "--steps", "500", "--seeds", "1", "--format", "json"]);
        let rows = &json(data(&output))["rows"];
        assert_eq!((rows.as_array().unwrap().len(), rows[0]["problem"].as_str()), (1, Some("six")), "{path}");
    }
    suite.write("other/six/problem.toml", SIX);
    let output = suite.bench(&["suite", "other", "--steps", "500", "--seeds", "1", "--format", "json"]);
    let document = json(data(&output));
    let names: Vec<&str> =
        document["rows"].as_array().unwrap().iter().map(|row| row["problem"].as_str().unwrap()).collect();
    assert_eq!(names, ["other/six/problem.toml", "suite/six/problem.toml", "town"], "the same name twice is no name");
}

#[test]
fn the_json_holds_every_search_and_the_figures() {
    let suite = Suite::new();
    let output = suite.quick(&["--format", "json", "-o", "kept.json"]);
    assert_eq!(code(&output), 0, "{}", told(&output));
    let document = json(data(&output));
    assert_eq!(suite.read("kept.json"), data(&output), "-o keeps the same document");
    assert_eq!((document["format"].as_i64(), document["threads"].as_i64()), (Some(1), Some(1)));
    assert_eq!(document["stopped"], false);
    let [six, town] = &document["rows"].as_array().unwrap()[..] else { panic!("two rows: {document}") };
    assert_eq!((six["problem"].as_str(), town["problem"].as_str()), (Some("six"), Some("town")), "small ones first");
    assert_eq!((six["managers"].as_i64(), six["cohorts"].as_i64()), (Some(6), Some(2)));
    assert_eq!(six["limit"], "2000 steps");
    // Three managers of each kind in two cohorts: two of them meet in one cohort, and with two kinds and weight 3
    // that costs 3 × (1 + 1).
    for key in ["median_soft", "best_soft", "worst_soft", "bound"] {
        assert_eq!(six[key].as_f64(), Some(6.0), "{key}");
    }
    assert_eq!((six["seeds"].as_i64(), six["valid"].as_i64()), (Some(3), Some(3)));
    for row in [six, town] {
        let runs = row["runs"].as_array().unwrap();
        assert_eq!(runs.iter().map(|run| run["seed"].as_i64().unwrap()).collect::<Vec<_>>(), [1, 2, 3]);
        for run in runs {
            let curve = run["curve"].as_array().unwrap();
            let pairs: Vec<(i64, i64)> =
                curve.iter().map(|at| (at["hard"].as_i64().unwrap(), at["soft"].as_i64().unwrap())).collect();
            assert!(pairs.is_sorted_by(|before, after| before > after), "each is better than the one before: {run}");
            assert_eq!(pairs.last().copied(), Some((run["hard"].as_i64().unwrap(), run["soft"].as_i64().unwrap())));
            let time = |value: &Value| value.as_f64().unwrap_or_else(|| panic!("a time in seconds: {value}"));
            assert!(time(&run["first_valid"]) <= time(&run["seconds"]), "{run}");
            assert!(time(&run["last_improved"]) <= time(&run["seconds"]), "{run}");
            assert!(run["steps"].as_i64().is_some_and(|steps| steps <= 2000), "{run}");
            if cfg!(target_os = "linux") {
                assert!(run["peak_memory_kib"].as_i64().is_some_and(|kib| kib > 0), "{run}");
            }
        }
    }
}

#[test]
fn the_best_known_plan_is_the_cheapest_of_all_sources() {
    let suite = Suite::new();
    let known = |args: &[&str]| {
        let document = json(data(&suite.quick(&[args, &["--format", "json"]].concat())));
        let best = &document["rows"][1]["best_known"];
        (best["soft"].as_i64().unwrap(), best["from"].as_str().unwrap().to_owned())
    };
    let (soft, from) = known(&["-o", "kept.json"]);
    let in_file = "town/plan.toml";
    assert!(from == in_file || from == "this bench", "{from}");
    let kept = suite.read("kept.json");
    let cheaper = json(&kept);
    let run = cheaper["rows"][1]["runs"][0]["soft"].as_i64().unwrap();
    suite.write(
        "cheaper.json",
        &kept.replace(
            &format!("\"soft\": {run},\n          \"steps\""),
            &format!("\"soft\": {},\n          \"steps\"", soft - 5),
        ),
    );
    assert_eq!(known(&["--against", "cheaper.json"]), (soft - 5, "cheaper.json".to_owned()));
    // A plan of another problem, or one that breaks something, is reported and does not count as known.
    suite.write("suite/town/plan.toml", "format = 1\n");
    let output = suite.quick(&[]);
    assert!(told(&output).contains("is no plan of the problem beside it"), "{}", told(&output));
    assert_eq!(code(&output), 0);
}

#[test]
fn pictures_are_drawn_into_a_folder() {
    let suite = Suite::new();
    let output = suite.quick(&["--svg", "new/pictures"]);
    assert_eq!(code(&output), 0, "{}", told(&output));
    let mut names: Vec<String> = fs::read_dir(suite.path("new/pictures"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let memory = if cfg!(target_os = "linux") { &["memory.svg"][..] } else { &[] };
    assert_eq!(names, [&["first-valid.svg"], memory, &["quality-six.svg", "quality-town.svg"]].concat());
    for name in names {
        assert!(told(&output).contains(&format!("{name} is drawn")), "{}", told(&output));
        assert!(suite.read(&format!("new/pictures/{name}")).starts_with("<svg"), "{name}");
    }
}

#[test]
fn a_loss_beyond_the_threshold_is_told_first_and_ends_with_1() {
    let suite = Suite::new();
    let kept = suite.quick(&["-o", "kept.json"]);
    assert_eq!(code(&kept), 0, "{}", told(&kept));
    let same = suite.quick(&["--against", "kept.json"]);
    assert_eq!(code(&same), 0, "{}", data(&same));
    assert!(data(&same).contains("same    six, 2000 steps: soft 6 → 6;"), "{}", data(&same));

    // The earlier results, changed as if cheaper plans had been found than there are.
    let cheaper = |soft: i64| suite.read("kept.json").replace("\"soft\": 6,", &format!("\"soft\": {soft},"));
    suite.write("cheaper.json", &cheaper(5));
    let loss = suite.quick(&["--against", "cheaper.json"]);
    assert_eq!(code(&loss), 1, "{}", told(&loss));
    let lines: Vec<&str> = data(&loss).lines().skip_while(|line| !line.starts_with("Against")).collect();
    assert!(lines[1].starts_with("  LOSS    six, 2000 steps: soft 5 → 6, 20.00 % dearer;"), "{lines:#?}");
    assert!(lines[2].starts_with("  same    town"), "{lines:#?}");
    // An increase by exactly the threshold is no loss; with a threshold of a hundredth less it is one.
    assert_eq!(code(&suite.quick(&["--against", "cheaper.json", "--threshold", "20"])), 0);
    assert_eq!(code(&suite.quick(&["--against", "cheaper.json", "--threshold", "19.99"])), 1);
    // As JSON the comparison is part of the one document.
    let document = suite.quick(&["--against", "cheaper.json", "--format", "json"]);
    assert_eq!(code(&document), 1);
    let first = &json(data(&document))["comparisons"][0];
    assert_eq!((first["problem"].as_str(), first["outcome"].as_str()), (Some("six"), Some("loss")));
    assert_eq!(
        (first["earlier"]["median_soft"].as_f64(), first["now"]["median_soft"].as_f64()),
        (Some(5.0), Some(6.0))
    );

    suite.write("dearer.json", &cheaper(8));
    let gain = suite.bench(&["suite", "--steps", "2000", "--seeds", "2-4", "--against", "dearer.json"]);
    assert!(data(&gain).contains("better  six, 2000 steps: soft 8 → 6, 25.00 % cheaper;"), "{}", data(&gain));
}

#[test]
fn a_problem_no_longer_solved_is_a_loss_and_one_never_solved_is_a_fact() {
    let suite = Suite::new();
    suite.write("suite/six/problem.toml", &without_a_valid_plan());
    let alone = suite.quick(&["-o", "never.json"]);
    assert_eq!(code(&alone), 3, "{}", told(&alone));
    assert!(data(&alone).lines().any(|line| line.trim_start().starts_with("six") && line.contains("0/3")));
    // The results, changed as if the searches had ended with valid plans.
    let mut valid = json(&suite.read("never.json"));
    for run in valid["rows"][0]["runs"].as_array_mut().unwrap() {
        run["hard"] = 0.into();
    }
    suite.write("kept.json", &valid.to_string());
    let loss = suite.quick(&["--against", "kept.json"]);
    assert_eq!(code(&loss), 1);
    assert!(data(&loss).contains("LOSS    six, 2000 steps: no valid plan any more, 3 of 3 before"), "{}", data(&loss));
    let as_before = suite.quick(&["--against", "never.json"]);
    assert_eq!(code(&as_before), 3);
    assert!(data(&as_before).contains("same    six, 2000 steps: no valid plan, as before"), "{}", data(&as_before));
}

#[test]
fn another_problem_of_the_same_name_is_not_compared() {
    let suite = Suite::new();
    suite.quick(&["-o", "kept.json"]);
    suite.write("suite/six/problem.toml", &SIX.replace("weight = 3", "weight = 30"));
    let output = suite.quick(&["--against", "kept.json"]);
    assert_eq!(code(&output), 0, "{}", data(&output));
    assert!(data(&output).contains("six, 2000 steps: another problem now"), "{}", data(&output));
    assert!(data(&output).contains("best known: six from this bench"), "{}", data(&output));
}

#[cfg(unix)]
#[test]
fn a_signal_ends_the_search_that_is_under_way_and_tells_what_was_measured() {
    let suite = Suite::new();
    let long = concat!(env!("CARGO_MANIFEST_DIR"), "/problems/orebro");
    let args = [long, "--time", "1h", "--seeds", "1-2", "-o", "kept.json"];
    let mut bench = suite.command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Once the bench has written something, it handles signals.
    let mut first = String::new();
    BufReader::new(bench.stderr.as_mut().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with("1 problem, 2 searches"), "{first}");
    let killed = Command::new("kill").arg(bench.id().to_string()).status().unwrap();
    assert!(killed.success());
    assert_eq!(bench.wait_with_output().unwrap().status.code(), Some(5));
    assert_eq!(json(&suite.read("kept.json"))["stopped"], true);
}

#[test]
fn why_there_can_be_no_valid_plan_is_told() {
    let suite = Suite::new();
    let group = ["a", "b", "c", "d"];
    let text = group.iter().fold(SIX.to_owned(), |text, id| {
        text.replace(&format!(r#"id = "{id}","#), &format!(r#"id = "{id}", leadership_group = "board","#))
    });
    suite.write("suite/six/problem.toml", &text);
    let output = suite.quick(&[]);
    assert_eq!(code(&output), 3, "{}", told(&output));
    assert!(told(&output).contains("note: no plan of six can be valid: "), "{}", told(&output));
    assert!(told(&output).contains("“board”"), "{}", told(&output));
}

#[test]
fn what_cannot_be_measured_or_compared_ends_with_2_before_anything_is_searched() {
    let suite = Suite::new();
    suite.quick(&["-o", "kept.json"]);
    suite.write("broken/one/problem.toml", "format = 2\n");
    suite.write("broken/two/problem.toml", "format = \n");
    suite.write("empty/readme.txt", "");
    suite.write("not.json", "{}");
    let wrong: &[(&[&str], &[&str])] = &[
        (&[], &["SUITE"]),
        (&["nowhere"], &["“nowhere” is not there"]),
        (&["nowhere", "empty", "broken"], &["“nowhere”", "“empty”", "one/problem.toml", "two/problem.toml"]),
        (&["empty"], &["no problem in “empty”", "problem.toml"]),
        (&["broken"], &["one/problem.toml", "two/problem.toml"]),
        (&["suite", "broken"], &["one/problem.toml", "two/problem.toml"]),
        (&["suite", "--seeds", "5-1"], &["1-5"]),
        (&["suite", "--time", "soon"], &["a whole number and its unit"]),
        (&["suite", "--time", "1s", "--steps", "5"], &["cannot be used with"]),
        (&["suite", "--threshold", "2"], &["--against"]),
        (&["suite", "--against", "kept.json", "--threshold", "0.001"], &["two decimals"]),
        (&["suite", "--against", "nowhere.json"], &["nowhere.json", "cannot be read"]),
        (&["suite", "--against", "not.json"], &["not.json", "-o"]),
        (&["suite", "--against", "kept.json", "--steps", "77"], &["nothing can be compared"]),
        (&["suite", "--svg", "kept.json"], &["cannot be written"]),
        (&["suite", "-o", "nowhere/kept.json"], &["cannot be written"]),
        (&["suite", "-o", "suite/six/problem.toml"], &["another file"]),
        (&["suite", "-o", "suite/town/plan.toml"], &["another file"]),
    ];
    for (args, reasons) in wrong {
        let output = suite.bench(args);
        assert_eq!((code(&output), data(&output)), (2, ""), "{args:?}");
        for reason in *reasons {
            assert!(told(&output).contains(reason), "{args:?} does not tell {reason}: {}", told(&output));
        }
    }
}
