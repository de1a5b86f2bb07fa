//! The problems of a bench: finds them in folders, reads them, and orders them by size.

use std::fs;
use std::hash::Hasher;
use std::path::{Path, PathBuf};

use fnv::FnvHasher;

use super::measured::Known;
use crate::bound::reasons_against;
use crate::check::measure;
use crate::diag::{Diagnostics, Severity};
use crate::problem::Problem;
use crate::read;

/// The name of a problem file in a folder.
const PROBLEM: &str = "problem.toml";

/// The names of plans that may lie beside a problem.
const PLANS: [&str; 2] = ["best.toml", "plan.toml"];

/// One problem of a suite. Every search reads it again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Case {
    /// Its name: that of its folder or of its file.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// How many managers take part.
    pub managers: usize,
    /// How many cohorts there are.
    pub cohorts: usize,
    /// The fingerprint of its files: a hash of their contents.
    pub files: String,
    /// The cheapest valid plan in a file beside it.
    pub known: Option<Known>,
}

/// The problems of a bench, from small to large, with the diagnostics of their files.
#[derive(Debug, Default)]
pub struct Suite {
    /// The problems without errors.
    pub cases: Vec<Case>,
    /// The plan files found beside the problems.
    pub plans: Vec<PathBuf>,
    /// The diagnostics of the problems' files. If there is an error among them, the suite cannot be used.
    pub said: Diagnostics,
    /// Paths without a problem, one sentence each. If there are any, the suite cannot be used.
    pub wrong: Vec<String>,
    /// Remarks, one sentence each: problems that have no valid plan, and plan files that do not count as known plans.
    pub notes: Vec<String>,
}

impl Suite {
    /// Finds and reads the problems. A path is a problem file, a folder with one, or a folder of such folders.
    pub fn read(paths: &[PathBuf]) -> Suite {
        let mut suite = Suite::default();
        let mut files = Vec::new();
        for path in paths {
            match problems_in(path) {
                Ok(found) => files.extend(found),
                Err(why) => suite.wrong.push(why),
            }
        }
        files.sort();
        files.dedup();
        for file in &files {
            let is_alone = files.iter().filter(|other| short_name(other) == short_name(file)).count() == 1;
            let name = if is_alone { short_name(file) } else { file.display().to_string() };
            match read::problem(file) {
                Ok(problem) => {
                    let reasons = reasons_against(&problem);
                    suite
                        .notes
                        .extend(reasons.iter().map(|why| format!("note: no plan of {name} can be valid: {why}")));
                    let known = suite.known_beside(&name, file, &problem);
                    let files = fingerprint(&problem.warnings);
                    suite.said.append(problem.warnings);
                    let (managers, cohorts) = (problem.facts.eligible().count(), problem.facts.cohorts.len());
                    suite.cases.push(Case { name, path: file.clone(), managers, cohorts, files, known });
                }
                Err(errors) => suite.said.append(errors),
            }
        }
        suite.cases.sort_by(|a, b| (a.managers, &a.name).cmp(&(b.managers, &b.name)));
        suite
    }

    fn known_beside(&mut self, name: &str, problem_file: &Path, problem: &Problem) -> Option<Known> {
        let mut known: Option<Known> = None;
        for plan_name in PLANS {
            let path = problem_file.with_file_name(plan_name);
            if !path.is_file() || path == problem_file {
                continue;
            }
            self.plans.push(path.clone());
            match read::plan(&path, problem).map(|read| measure(problem, &read.plan).score) {
                Ok(score) if score.is_valid() => {
                    if known.as_ref().is_none_or(|known| score.soft < known.soft) {
                        known = Some(Known { soft: score.soft, from: format!("{name}/{plan_name}") });
                    }
                }
                Ok(score) => self.notes.push(format!(
                    "note: “{}” is no valid plan of the problem beside it (hard {}); it is not counted as known",
                    path.display(),
                    score.hard
                )),
                Err(errors) => {
                    let first = errors.items.iter().find(|item| item.severity == Severity::Error);
                    let why = first.map_or("", |item| item.message.as_str());
                    self.notes.push(format!(
                        "note: “{}” is no plan of the problem beside it ({why}); it is not counted as known",
                        path.display()
                    ));
                }
            }
        }
        known
    }
}

/// A hash of the files' contents as sixteen hexadecimal digits, the same on every machine (FNV-1a; Fowler, Noll and
/// Vo 1991). Two different contents have the same hash with a probability of about 1 in 10^19.
fn fingerprint(read: &Diagnostics) -> String {
    let mut hasher = FnvHasher::default();
    for source in &read.sources {
        hasher.write(source.text.as_bytes());
        hasher.write(&[0xff]);
    }
    format!("{:016x}", hasher.finish())
}

/// The problem files to which a path refers.
fn problems_in(path: &Path) -> Result<Vec<PathBuf>, String> {
    if !path.is_dir() {
        return if path.exists() {
            Ok(vec![path.to_path_buf()])
        } else {
            Err(format!("“{}” is not there; name a folder of problems, or a problem file", path.display()))
        };
    }
    if path.join(PROBLEM).is_file() {
        return Ok(vec![path.join(PROBLEM)]);
    }
    let cannot = |error: std::io::Error| format!("“{}” cannot be read: {error}", path.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(path).map_err(cannot)? {
        let file = entry.map_err(cannot)?.path().join(PROBLEM);
        if file.is_file() {
            found.push(file);
        }
    }
    if found.is_empty() {
        return Err(format!(
            "there is no problem in “{}”; a suite is a folder of folders, each with a {PROBLEM}",
            path.display()
        ));
    }
    Ok(found)
}

/// The name of the problem's folder if the file has the usual name, else the name of the file.
fn short_name(file: &Path) -> String {
    let whole = fs::canonicalize(file).unwrap_or_else(|_| file.to_path_buf());
    let name = match whole.parent().and_then(Path::file_name) {
        Some(folder) if whole.file_name().is_some_and(|name| name == PROBLEM) => Some(folder),
        _ => whole.file_stem(),
    };
    name.map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned())
}
