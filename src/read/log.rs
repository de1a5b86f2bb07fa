//! Collects what is wrong while files are read.

use std::ops::Range;
use std::path::Path;

use crate::diag::{Diagnostic, Diagnostics, Severity};

/// A file by its number, and bytes in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Spot {
    pub source: usize,
    pub span: Range<usize>,
}

/// Everything found so far; reading goes on after an error, so that all are found.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub found: Diagnostics,
}

impl Log {
    /// Notes an error at a spot.
    pub fn error(&mut self, at: &Spot, message: impl Into<String>, help: impl Into<Option<String>>) {
        self.note(Severity::Error, Some(at), message.into(), help.into());
    }

    /// Notes something that is worth a look.
    pub fn warn(&mut self, at: &Spot, message: impl Into<String>, help: impl Into<Option<String>>) {
        self.note(Severity::Warning, Some(at), message.into(), help.into());
    }

    /// Notes an error that has no place in a file.
    pub fn error_of_call(&mut self, message: String) {
        self.note(Severity::Error, None, message, None);
    }

    fn note(&mut self, severity: Severity, at: Option<&Spot>, message: String, help: Option<String>) {
        let at = at.map(|spot| (spot.source, spot.span.clone()));
        self.found.items.push(Diagnostic { severity, at, message, help });
    }

    /// Adds a file as it came from the disk: without its byte-order mark, and in UTF-8 or not at all.
    pub fn add_file(&mut self, path: &Path, bytes: Vec<u8>) -> Option<usize> {
        match String::from_utf8(bytes) {
            Ok(text) => {
                let text = text.strip_prefix('\u{feff}').map(str::to_string).unwrap_or(text);
                Some(self.found.add_source(path, text))
            }
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let source = self.found.add_source(path, text);
                self.error(
                    &Spot { source, span: valid..valid + '\u{fffd}'.len_utf8() },
                    "the file is not in UTF-8: here is a byte that no character has",
                    "save it again as UTF-8; in Excel: Save As, “CSV UTF-8 (comma delimited)”".to_string(),
                );
                None
            }
        }
    }

    /// The text of a file.
    pub fn text(&self, source: usize) -> &str {
        &self.found.sources[source].text
    }
}

/// The known name that is most like `word`, as a help line, if one is like enough.
pub(super) fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let folded = word.to_lowercase();
    let near = |name: &&str| strsim::damerau_levenshtein(&folded, &name.to_lowercase());
    let best = known.into_iter().min_by_key(near)?;
    let limit = (word.chars().count().max(best.chars().count()) / 3).max(1);
    (near(&best) <= limit).then(|| format!("did you mean “{best}”?"))
}

/// As `did_you_mean`, and where nothing is like it, what there is.
pub(super) fn suggest<'a>(word: &str, what: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Option<String> {
    did_you_mean(word, known.clone()).or_else(|| {
        let names: Vec<String> = known.into_iter().map(|name| format!("“{name}”")).collect();
        match names.len() {
            0 => Some(format!("there are no {what}")),
            1..=12 => Some(format!("the {what} are {}", names.join(", "))),
            more => Some(format!("there are {more} {what}; the first are {}", names[..6].join(", "))),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{did_you_mean, suggest};

    #[test]
    fn a_slip_of_the_keys_is_recognised() {
        assert_eq!(did_you_mean("wieght", ["weight", "hard"]).as_deref(), Some("did you mean “weight”?"));
        assert_eq!(did_you_mean("Skola", ["skola"]).as_deref(), Some("did you mean “skola”?"));
        assert_eq!(did_you_mean("banana", ["weight", "hard"]), None);
    }

    #[test]
    fn where_nothing_is_alike_everything_is_shown() {
        assert_eq!(suggest("banana", "keys", ["a1", "b2"]).as_deref(), Some("the keys are “a1”, “b2”"));
        assert_eq!(suggest("banana", "rooms", []).as_deref(), Some("there are no rooms"));
    }
}
