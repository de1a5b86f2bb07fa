//! Files that nobody would write: the shipped ones, cut, doubled, exchanged and sprinkled with odd bytes. The readers
//! must say what is wrong and where, and what they accept must be fit for search and check.

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use kohort::check::measure;
use kohort::diag::Diagnostics;
use kohort::problem::Problem;
use kohort::rng::Rng;
use kohort::solve::{Limit, Options, solve};
use kohort::{read, write};

/// Folders with a problem, its tables and a plan.
const FOLDERS: [&str; 4] = ["problems/tutorial", "problems/orebro-first-wave", "tests/conformance", "tests/cli"];

/// Pieces to insert into a file: other encodings, characters that editors leave behind, TOML and CSV in the wrong
/// place, and the earliest and latest dates.
const ODD: [&[u8]; 48] = [
    b"\0",
    b"\xEF\xBB\xBF",
    b"\r",
    b"\r\n",
    b"\n",
    b"\xFF\xFE",
    b"\xC3",
    b"\x80",
    b"\xED\xA0\x80",
    b"\x1B[31m",
    "e\u{301}".as_bytes(),
    "\u{202E}".as_bytes(),
    "\u{2028}".as_bytes(),
    "\u{85}".as_bytes(),
    "\u{A0}".as_bytes(),
    "😀".as_bytes(),
    "İ".as_bytes(),
    "ß".as_bytes(),
    b"\"",
    b"'''",
    b"\"\"\"",
    b"[",
    b"]]",
    b"[[wave]]\n",
    b"{",
    b"}",
    b"#",
    b",",
    b";",
    b"=",
    b".",
    b"-1",
    b"1e308",
    b"nan",
    b"99999999999999999999",
    b"0001-01-01",
    b"9999-12-31",
    b"2015-02-30",
    b"2026-W53",
    b"[]",
    b"true",
    b"\"\"",
    b":",
    b"%",
    b"\\",
    b" st",
    "“".as_bytes(),
    "”".as_bytes(),
];

/// Replacements for numbers and for parts of dates.
const NUMBERS: [&str; 13] = [
    "0",
    "1",
    "2",
    "3",
    "07",
    "12",
    "31",
    "366",
    "65535",
    "1000000",
    "4294967295",
    "9223372036854775807",
    "-9223372036854775808",
];

/// Changes a file in one random way.
fn mutate(bytes: &mut Vec<u8>, rng: &mut Rng) {
    let start = rng.below(bytes.len() + 1);
    let end = (start + 1 + rng.below(12)).min(bytes.len());
    let odd = ODD[rng.below(ODD.len())];
    let with = match rng.below(14) {
        0 => Vec::new(),
        1 => bytes[start..end].repeat(2),
        2 => (start..end).map(|_| rng.below(256) as u8).collect(),
        3..=4 => odd.to_vec(),
        5 => return bytes.truncate(start),
        6 => return *bytes = String::from_utf8_lossy(bytes).replace('\n', "\r\n").into_bytes(),
        7 => return drop(bytes.splice(0..0, odd.iter().copied())),
        8..=9 => {
            let number = NUMBERS[rng.below(NUMBERS.len())];
            return rearrange(bytes, &pieces(bytes, |byte| !byte.is_ascii_digit()), number.as_bytes(), rng);
        }
        10 => return rearrange(bytes, &pieces(bytes, |byte| b" \n,=[]{}\"".contains(&byte)), odd, rng),
        _ => return rearrange(bytes, &pieces(bytes, |byte| byte == b'\n'), odd, rng),
    };
    bytes.splice(start..end, with);
}

/// Deletes or doubles one of the pieces of a file, replaces it, or exchanges it with another.
fn rearrange(bytes: &mut Vec<u8>, pieces: &[(usize, usize)], other: &[u8], rng: &mut Rng) {
    if pieces.is_empty() {
        return;
    }
    let (one, two) = (pieces[rng.below(pieces.len())], pieces[rng.below(pieces.len())]);
    let (first, last) = (one.min(two), one.max(two));
    let text = |(start, end): (usize, usize)| bytes[start..end].to_vec();
    let (with, after) = match rng.below(4) {
        0 => (Vec::new(), None),
        1 => (text(first).repeat(2), None),
        2 => (other.to_vec(), None),
        _ => (text(last), Some(text(first))),
    };
    if let Some(after) = after {
        bytes.splice(last.0..last.1, after);
    }
    bytes.splice(first.0..first.1, with);
}

/// The places of the non-empty pieces between bytes for which `is_between` holds.
fn pieces(bytes: &[u8], is_between: impl Fn(u8) -> bool) -> Vec<(usize, usize)> {
    let mut start = 0;
    let place = |piece: &[u8]| {
        let here = (start, start + piece.len());
        start = here.1 + 1;
        here
    };
    bytes.split(|&byte| is_between(byte)).map(place).filter(|(start, end)| start < end).collect()
}

/// The files of a folder by path.
type Files = BTreeMap<PathBuf, Vec<u8>>;

const PROBLEM: &str = "problem.toml";
const PLAN: &str = "plan.toml";

fn files(folder: &str) -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let bytes = |name: &str| fs::read(folder.join(name)).ok();
    let plan = bytes(PLAN).or_else(|| bytes("plans/009.toml"));
    let all = [(PROBLEM, bytes(PROBLEM)), (PLAN, plan)].into_iter();
    let all = all.chain(["managers.csv", "pairs.csv"].map(|name| (name, bytes(name))));
    all.filter_map(|(name, bytes)| Some((PathBuf::from(name), bytes?))).collect()
}

fn problem(files: &Files) -> Result<Problem, Diagnostics> {
    read::problem_with(Path::new(PROBLEM), &|path| open(files, path))
}

fn open(files: &Files, path: &Path) -> Result<Vec<u8>, String> {
    files.get(path).cloned().ok_or_else(|| "there is no such file".to_owned())
}

/// What was read, if it is good; otherwise the diagnostics must contain an error.
fn good<T>(read: Result<T, Diagnostics>) -> Option<T> {
    if let Err(said) = &read {
        assert!(said.has_errors());
        is_well_said(said);
    }
    read.ok()
}

/// Asserts that every diagnostic has a message, lies within its file and can be shown.
fn is_well_said(said: &Diagnostics) {
    for item in &said.items {
        assert!(!item.message.trim().is_empty() && item.help.as_ref().is_none_or(|help| !help.trim().is_empty()));
        if let Some((source, span)) = &item.at {
            let text = &said.sources[*source].text;
            assert!(text.get(span.clone()).is_some(), "{span:?} of {}: {}", text.len(), item.message);
        }
    }
    assert_eq!(said.render(false).is_empty(), said.items.is_empty());
}

/// Searches a problem briefly; the checker must give the plan the same score.
fn can_be_searched(problem: &Problem) {
    let options = Options { limit: Limit::Steps(300), threads: 1, ..Options::default() };
    let solution = solve(problem, &options).expect("there is no plan to fit");
    if let Some(plan) = &solution.plan {
        assert_eq!(measure(problem, plan).score, solution.score);
    }
}

/// Tries this many seeds, and reports the one that fails. Some of the files that are read must be good, and most must
/// not.
fn try_all(seeds: usize, is_good: impl Fn(&mut Rng) -> bool) {
    let try_one = |seed: &usize| {
        let tried = catch_unwind(AssertUnwindSafe(|| is_good(&mut Rng::new(*seed as u64, 0))));
        tried.unwrap_or_else(|_| panic!("it was seed {seed}"))
    };
    let good = (0..seeds).filter(try_one).count();
    assert!((seeds / 20..seeds / 2).contains(&good), "{good} of {seeds} are good");
}

#[test]
fn problems_are_good_or_it_is_said_what_is_wrong() {
    let all = FOLDERS.map(files);
    try_all(800, |rng| {
        let mut files = all[rng.below(all.len())].clone();
        files.remove(Path::new(PLAN));
        for _ in 0..1 + rng.below(2) {
            let one = rng.below(files.len());
            files.values_mut().nth(one).into_iter().for_each(|bytes| mutate(bytes, rng));
        }
        let Some(problem) = good(problem(&files)) else { return false };
        is_well_said(&problem.warnings);
        // Larger problems take a third of a second each.
        if problem.facts.managers.len() < 50 || rng.below(16) == 0 {
            can_be_searched(&problem);
        }
        true
    });
}

#[test]
fn plans_are_good_or_it_is_said_what_is_wrong() {
    let all = FOLDERS.map(files).map(|files| (good(problem(&files)).expect("it is as shipped"), files));
    try_all(1_000, |rng| {
        let (problem, files) = &all[rng.below(all.len())];
        let mut bytes = files[Path::new(PLAN)].clone();
        (0..1 + rng.below(2)).for_each(|_| mutate(&mut bytes, rng));
        let read = read::plan_with(Path::new(PLAN), problem, &|_| Ok(bytes.clone()));
        let earlier = good(read::earlier_with(Path::new(PLAN), problem, &|_| Ok(bytes.clone())));
        if let Some((plan, warnings)) = &earlier {
            is_well_said(warnings);
            assert!(plan.cohorts.iter().all(|cohort| [0, problem.facts.modules.len()].contains(&cohort.runs.len())));
        }
        let Some(read) = good(read) else { return false };
        assert_eq!(earlier.map(|(plan, _)| plan).as_ref(), Some(&read.plan), "to look back to it changes nothing");
        measure(problem, &read.plan);
        let written = write::plan(problem, &read.plan, None);
        let again = good(read::plan_text(&written, problem)).expect("what is written can be read").plan;
        assert_eq!(write::plan(problem, &again, None), written);
        true
    });
}
