//! Broken files and the messages about them. Each file of `tests/broken/` is wrong in one way, and a `.txt` file
//! beside it holds exactly what the planner is told. After a message was changed on purpose, `INSTA_UPDATE=always
//! cargo test` writes the new ones, as it does all golden files; read them in the diff.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use kohort::Problem;
use kohort::diag::Diagnostics;
use kohort::read;

/// The files of a folder with this ending, in order.
fn cases(folder: &str, ending: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken").join(folder);
    let entries = fs::read_dir(&folder).expect("the folder is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    paths
        .retain(|path| path.extension() == Some(OsStr::new(ending)) && path.file_stem() != Some(OsStr::new("problem")));
    paths.sort();
    paths
}

/// The name of a file without its folder.
fn name(path: &Path) -> &Path {
    path.file_name().map(Path::new).expect("it has a name")
}

/// Compares the messages with the golden files. All cases of a folder are compared before the test fails.
fn compare(said: Vec<(PathBuf, Diagnostics)>, least: usize) {
    assert!(said.len() >= least, "only {} cases", said.len());
    let accepts = std::env::var_os("INSTA_UPDATE").is_some_and(|how| how == "always");
    let mut differ = Vec::new();
    for (path, said) in said {
        let golden = path.with_extension("txt");
        let said = said.render(false);
        if accepts {
            fs::write(&golden, &said).expect("the message can be written");
        } else if fs::read_to_string(&golden).unwrap_or_default() != said {
            differ.push(format!("{}:\n{said}", name(&path).display()));
        }
    }
    assert!(differ.is_empty(), "other messages than in the files beside these:\n\n{}", differ.join("\n"));
}

/// Reads the problem of a folder, with `case` in place of the file `missing`.
fn problem_with(missing: &str, case: &Path) -> Result<Problem, Diagnostics> {
    read::problem_with(Path::new("problem.toml"), &|path| {
        let path = if path == Path::new(missing) { case.to_path_buf() } else { case.with_file_name(path) };
        read::from_disk(&path)
    })
}

/// The messages about a file, which must be refused.
fn refused<T>(read: Result<T, Diagnostics>, path: &Path) -> (PathBuf, Diagnostics) {
    let said = read.err().unwrap_or_else(|| panic!("{} is taken as good", path.display()));
    assert!(said.has_errors());
    (path.to_path_buf(), said)
}

#[test]
fn problems() {
    let read = |path: PathBuf| {
        let open = |named: &Path| read::from_disk(&path.with_file_name(named));
        refused(read::problem_with(name(&path), &open), &path)
    };
    compare(cases("problems", "toml").into_iter().map(read).collect(), 60);
}

#[test]
fn rosters() {
    let read = |path: PathBuf| refused(problem_with("managers.csv", &path), &path);
    compare(cases("rosters", "csv").into_iter().map(read).collect(), 15);
}

#[test]
fn pairs() {
    let read = |path: PathBuf| refused(problem_with("pairs.csv", &path), &path);
    compare(cases("pairs", "csv").into_iter().map(read).collect(), 5);
}

#[test]
fn plans() {
    let cases = cases("plans", "toml");
    let problem = problem_with("", &cases[0]).unwrap_or_else(|errors| panic!("{errors}"));
    let read = |path: PathBuf| {
        let open = |named: &Path| read::from_disk(&path.with_file_name(named));
        refused(read::plan_with(name(&path), &problem, &open), &path)
    };
    compare(cases.into_iter().map(read).collect(), 15);
}

/// Files that can be used, but with a warning.
#[test]
fn warnings() {
    let read = |path: PathBuf| {
        let open = |named: &Path| read::from_disk(&path.with_file_name(named));
        let problem = read::problem_with(name(&path), &open).unwrap_or_else(|errors| panic!("{errors}"));
        assert!(!problem.warnings.items.is_empty(), "{} has no warning", path.display());
        (path, problem.warnings)
    };
    compare(cases("warnings", "toml").into_iter().map(read).collect(), 5);
}
