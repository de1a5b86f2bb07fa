//! Diagnostics: what is wrong with a file, and where. All of it is collected, and shown the way a compiler shows it.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// How wide a shown line may be, in columns. Of a longer line the part around the place that is meant is shown.
const WIDTH: usize = 120;

/// How bad a diagnostic is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// Something looks wrong; the file can be used.
    Warning,
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as the planner named it.
    pub path: PathBuf,
    /// The whole text.
    pub text: Arc<str>,
    /// The byte at which each line begins.
    line_starts: Vec<usize>,
}

impl Source {
    /// The file at `path`, holding `text`.
    pub fn new(path: &Path, text: String) -> Source {
        let after_breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(after_breaks).collect();
        Source { path: path.to_path_buf(), text: text.into(), line_starts }
    }

    /// The line and the column of a byte, both from 1; columns are counted in characters. A byte beyond the end is the end.
    pub fn position(&self, byte: usize) -> (usize, usize) {
        let byte = byte.min(self.text.len());
        let line = self.line_starts.partition_point(|&start| start <= byte);
        let before = &self.text.as_bytes()[self.line_starts[line - 1]..byte];
        let is_first_of_character = |byte: &&u8| **byte & 0b1100_0000 != 0b1000_0000;
        (line, 1 + before.iter().filter(is_first_of_character).count())
    }

    /// The line with this number, from 1, without its break.
    fn line(&self, number: usize) -> &str {
        let end = self.line_starts.get(number).copied().unwrap_or(self.text.len());
        self.text[self.line_starts[number - 1]..end].trim_end_matches(['\n', '\r'])
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// The file as an index into [`Diagnostics::sources`], and the bytes meant; `None` where the diagnostic has no
    /// place in a file.
    pub at: Option<(usize, Range<usize>)>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to write instead, where that is certain.
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
    /// Adds a file and returns its index.
    pub fn add_source(&mut self, path: &Path, text: String) -> usize {
        self.sources.push(Source::new(path, text));
        self.sources.len() - 1
    }

    /// The paths of the files, as the planner named them.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.sources.iter().map(|source| source.path.as_path())
    }

    /// Adds the files and the diagnostics of another reading.
    pub fn append(&mut self, other: Diagnostics) {
        let before = self.sources.len();
        self.sources.extend(other.sources);
        let moved = |(source, span): (usize, Range<usize>)| (source + before, span);
        self.items.extend(other.items.into_iter().map(|item| Diagnostic { at: item.at.map(moved), ..item }));
    }

    /// All diagnostics, the way a compiler shows them: with file, line, column and the line itself. `styled` adds
    /// colours for a terminal.
    pub fn render(&self, styled: bool) -> String {
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
        self.items.iter().map(|item| renderer.render(&self.shown(item)) + "\n\n").collect()
    }

    /// How an item is shown. Of a place that spans several lines only the first is shown and marked.
    fn shown<'a>(&'a self, item: &'a Diagnostic) -> Vec<Group<'a>> {
        let level = match item.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = Group::with_title(level.primary_title(&item.message));
        let place = item.at.as_ref().and_then(|(source, span)| Some((self.sources.get(*source)?, span)));
        if let Some((source, span)) = place {
            let (number, column) = source.position(span.start);
            let line = source.line(number);
            let from = line.char_indices().nth(column - 1).map_or(line.len(), |(at, _)| at);
            let wanted = (from + span.len().max(1)).min(line.len());
            let to = (wanted..=line.len()).find(|&at| line.is_char_boundary(at)).unwrap_or(line.len());
            let snippet = Snippet::source(line).line_start(number).path(source.path.display().to_string());
            group = group.element(snippet.annotation(AnnotationKind::Primary.span(from..to)));
        }
        if let Some(help) = &item.help {
            group = group.element(Level::HELP.message(help));
        }
        vec![group]
    }

    /// Whether there is an error, so that the files cannot be used.
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|item| item.severity == Severity::Error)
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Diagnostics {}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, Diagnostics, Severity, Source};
    use std::path::Path;

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let source = Source::new(Path::new("plan.toml"), "å = 1\nröd = 2\n".to_owned());
        assert_eq!(source.position(0), (1, 1));
        assert_eq!(source.position("å".len()), (1, 2));
        assert_eq!(source.position("å = 1\nrö".len()), (2, 3));
        assert_eq!(source.position(1_000), (3, 1));
    }

    fn one(text: &str, span: std::ops::Range<usize>) -> Diagnostics {
        let mut found = Diagnostics::default();
        let source = found.add_source(Path::new("problem.toml"), text.to_owned());
        let help = Some("did you mean “weight”?".to_owned());
        let message = "there is no key “wieght”".to_owned();
        found.items.push(Diagnostic { severity: Severity::Error, at: Some((source, span)), message, help });
        found
    }

    #[test]
    fn an_error_is_shown_with_its_line() {
        let shown = one("[[rule]]\r\nröd = 1, wieght = 3\r\n", 20..26).render(false);
        let wanted = "\
error: there is no key “wieght”
 --> problem.toml:2:10
  |
2 | röd = 1, wieght = 3
  |          ^^^^^^
  |
  = help: did you mean “weight”?

";
        assert_eq!(shown, wanted);
    }

    #[test]
    fn no_span_is_too_strange_to_be_shown() {
        let text = "å\n\n\tx = \"…\"\r\n";
        for from in 0..text.len() + 3 {
            for to in from..text.len() + 3 {
                assert!(one(text, from..to).render(true).contains("wieght"), "{from}..{to}");
            }
        }
    }

    #[test]
    fn files_keep_their_own_numbers_when_readings_are_put_together() {
        let mut both = one("a = 1\n", 0..1);
        both.append(one("b = 1\nc = 2\n", 6..7));
        let (source, span) = both.items[1].at.clone().unwrap();
        assert_eq!(both.sources[source].position(span.start), (2, 1));
    }
}
