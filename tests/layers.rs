//! Imports run downward only: this reads them.

use std::fs;
use std::path::{Path, PathBuf};

/// The house, top down. What stands on one line may not see each other.
const LAYERS: &[&[&str]] = &[
    &["main"],
    &["cli"],
    &["generate", "bench"],
    &["solve"],
    &["search"],
    &["bound"],
    &["write"],
    &["read"],
    &["check"],
    &["problem"],
    &["builtin"],
    &["rules"],
    &["term"],
    &["draft"],
    &["facts"],
    &["plan"],
    &["calendar", "ids", "score", "diag", "rng", "words"],
];

fn layer(module: &str) -> usize {
    LAYERS
        .iter()
        .position(|layer| layer.contains(&module))
        .unwrap_or_else(|| panic!("module “{module}” has no place in LAYERS; give it one"))
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The module of the crate to which a file belongs.
fn module(file: &Path) -> String {
    let first = file.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules of the crate that a source text names, leaving out comments and the tests at its end.
fn named(text: &str) -> Vec<String> {
    let is_comment = |line: &&str| line.trim_start().starts_with("//");
    let code: Vec<&str> =
        text.lines().take_while(|line| !line.contains("#[cfg(test)]")).filter(|line| !is_comment(line)).collect();
    let code = code.join("\n");
    let mut names = Vec::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            None => names.push(word(after)),
            Some(list) => {
                let mut depth = 0;
                let mut starts = vec![0];
                for (at, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => starts.push(at + 1),
                        _ => {}
                    }
                }
                names
                    .extend(starts.into_iter().map(|at| word(list[at..].trim_start())).filter(|name| !name.is_empty()));
            }
        }
    }
    names
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn imports_run_downward_only() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&src, &mut found);
    let mut seen = 0;
    let mut upward = Vec::new();
    for file in found {
        let inside = file.strip_prefix(&src).unwrap().to_owned();
        let own = module(&inside);
        if own == "lib" {
            continue;
        }
        for other in named(&fs::read_to_string(&file).unwrap()).into_iter().filter(|other| *other != own) {
            seen += 1;
            if layer(&other) <= layer(&own) {
                upward.push(format!("{}: {other} does not stand below {own}", inside.display()));
            }
        }
    }
    assert!(seen > 50, "only {seen} imports were seen; the reading is broken");
    assert!(upward.is_empty(), "imports that do not run downward:\n{}", upward.join("\n"));
}

#[test]
fn all_ways_to_import_are_seen() {
    let text = "use crate::facts::Facts;\nuse crate::{check::{a, b}, plan};\n// use crate::cli;\nfn f(x: &crate::ids::RoomId) {}\n#[cfg(test)]\nuse crate::read;";
    assert_eq!(named(text), ["facts", "check", "plan", "ids"]);
}
