//! What is wrong with a file, and where: collected, all of it, and shown the way a compiler shows it.

use std::ops::Range;
use std::path::{Path, PathBuf};

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// Worth a look; the file can be used.
    Warning,
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// As the planner named it.
    pub path: PathBuf,
    /// What it holds.
    pub text: String,
}

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The file, by its number in [`Diagnostics::sources`], and the bytes meant; `None`: the command line or no file.
    pub at: Option<(usize, Range<usize>)>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to write instead, if that can be said.
    pub help: Option<String>,
}

/// Everything found in the files of one call.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    /// The files, in the order in which they were read.
    pub sources: Vec<Source>,
    /// What was found, in the order in which it was found.
    pub items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a file and gives its number.
    pub fn add_source(&mut self, path: &Path, text: String) -> usize {
        self.sources.push(Source { path: path.to_path_buf(), text });
        self.sources.len() - 1
    }

    /// Whether something makes the files unusable.
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|item| item.severity == Severity::Error)
    }
}
