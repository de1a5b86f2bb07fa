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

impl Source {
    /// The line and the column of a byte, both from 1; columns are counted in characters. A byte beyond the end is the end.
    pub fn position(&self, byte: usize) -> (usize, usize) {
        let before = &self.text.as_bytes()[..byte.min(self.text.len())];
        let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let is_first_of_character = |byte: &&u8| **byte & 0b1100_0000 != 0b1000_0000;
        let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
        (line, 1 + before[line_start..].iter().filter(is_first_of_character).count())
    }
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

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let source = Source { path: "plan.toml".into(), text: "å = 1\nröd = 2\n".to_owned() };
        assert_eq!(source.position(0), (1, 1));
        assert_eq!(source.position("å".len()), (1, 2));
        assert_eq!(source.position("å = 1\nrö".len()), (2, 3));
        assert_eq!(source.position(1_000), (3, 1));
    }
}
