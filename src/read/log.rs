//! Collects the errors and warnings found while files are read.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::encoding;
use crate::diag::{Diagnostic, Diagnostics, Severity};

/// How many messages of one kind are shown for a file (chosen). Of further ones only the number and the last are.
const MOST_ALIKE: usize = 20;

/// A place: the index of a file, and the bytes in it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Spot {
    pub source: usize,
    pub span: Range<usize>,
}

/// What a typing error makes unreliable. Later errors in there would only follow from the first, so they are not
/// reported.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Spoilt {
    Nothing,
    /// The value at exactly this place.
    Value,
    /// The whole line.
    Line,
}

/// Everything found so far. Reading goes on after an error, so that all errors are found in one run.
#[derive(Debug, Default)]
pub(super) struct Log {
    pub found: Diagnostics,
    /// How many errors were noticed, whether reported or not.
    errors: usize,
    /// How often each kind of message was reported for each file.
    alike: HashMap<(usize, String), Alike>,
    /// What was reported already: two readers may notice the same mistake.
    said: HashSet<(Spot, String)>,
    /// Values in which no further errors are reported.
    broken_values: HashSet<Spot>,
    /// Lines in which no further errors are reported, as (file, line).
    broken_lines: HashSet<(usize, usize)>,
    /// For each file, the bytes of the repaired text that are not in the file, ascending.
    added: HashMap<usize, Vec<usize>>,
}

/// Messages of one kind about one file.
#[derive(Debug, Default)]
struct Alike {
    told: usize,
    /// How many were not reported, and the last of them.
    untold: usize,
    last: Option<Diagnostic>,
}

impl Log {
    /// Adds an error at a place.
    pub fn error(&mut self, at: &Spot, message: impl Into<String>, help: impl Into<Option<String>>) {
        let help = help.into();
        self.note(Severity::Error, at, message.into(), || help);
    }

    /// As [`Log::error`]; the help is only worked out if the error is reported, since finding a similar name among
    /// many takes time.
    pub fn error_with(&mut self, at: &Spot, message: String, help: impl FnOnce() -> Option<String>) {
        self.note(Severity::Error, at, message, help);
    }

    /// Adds a warning.
    pub fn warn(&mut self, at: &Spot, message: impl Into<String>, help: impl Into<Option<String>>) {
        let help = help.into();
        self.note(Severity::Warning, at, message.into(), || help);
    }

    /// Adds the error that there is no such thing (`one`, of several `many`), with the known name that is most likely
    /// meant. An empty known name stands for one that could not be read; it may be the one that is meant.
    pub fn unknown<'a>(
        &mut self,
        at: &Spot,
        (one, many): (&str, &str),
        text: &str,
        known: impl IntoIterator<Item = &'a str> + Clone,
    ) {
        if known.clone().into_iter().any(str::is_empty) {
            return;
        }
        let message = format!("there is no {one} “{text}”");
        self.error_with(at, message, || suggest(text, many, known));
    }

    /// Adds an error that has no place in a file.
    pub fn error_of_call(&mut self, message: String) {
        self.errors += 1;
        self.found.items.push(Diagnostic { severity: Severity::Error, at: None, message, help: None });
    }

    /// Adds an error in the syntax of the file, and says with `spoilt` what it makes unreliable.
    pub fn error_of_syntax(&mut self, at: &Spot, message: String, help: Option<String>, spoilt: Spoilt) {
        self.error(at, message, help);
        match spoilt {
            Spoilt::Nothing => {}
            Spoilt::Value => drop(self.broken_values.insert(at.clone())),
            Spoilt::Line => drop(self.broken_lines.insert((at.source, self.line(at)))),
        }
    }

    fn note(&mut self, severity: Severity, at: &Spot, message: String, help: impl FnOnce() -> Option<String>) {
        self.errors += usize::from(severity == Severity::Error);
        if self.is_broken(at) || !self.said.insert((at.clone(), message.clone())) {
            return;
        }
        let alike = self.alike.entry((at.source, shape(&message))).or_default();
        let span = in_file(self.added.get(&at.source), &at.span);
        let mut item = Diagnostic { severity, at: Some((at.source, span)), message, help: None };
        if alike.told < MOST_ALIKE {
            alike.told += 1;
            item.help = help();
            self.found.items.push(item);
        } else {
            alike.untold += 1;
            alike.last = Some(item);
        }
    }

    /// Whether no further errors are reported at this place. Errors about the file as a whole always are.
    fn is_broken(&self, at: &Spot) -> bool {
        let is_of_file = at.span.end == 0;
        let line = || (at.source, self.line(at));
        !is_of_file
            && (self.broken_values.contains(at) || !self.broken_lines.is_empty() && self.broken_lines.contains(&line()))
    }

    /// Whether between this place and the next heading there is a line in which no further errors are reported.
    pub fn is_spoilt_below(&self, at: &Spot) -> bool {
        if self.broken_lines.is_empty() {
            return false;
        }
        let start = in_file(self.added.get(&at.source), &at.span).start;
        let lines = (self.line(at) + 1..).zip(self.found.sources[at.source].text[start..].lines().skip(1));
        let mut below = lines.take_while(|(_, line)| !line.trim_start().starts_with('['));
        below.any(|(number, _)| self.broken_lines.contains(&(at.source, number)))
    }

    /// Everything found, ordered by file and place, with the number of messages that were not reported.
    pub fn finish(self) -> Diagnostics {
        let Log { mut found, alike, .. } = self;
        for Alike { untold, last, .. } in alike.into_values() {
            let Some(last) = last else { continue };
            let message = match untold {
                1 => last.message,
                _ => format!("{} more like the {MOST_ALIKE} before; the last: {}", untold, last.message),
            };
            found.items.push(Diagnostic { message, ..last });
        }
        let place = |item: &Diagnostic| item.at.as_ref().map(|(source, span)| (*source, span.start, span.end));
        found.items.sort_by_cached_key(|item| (place(item), item.message.clone()));
        found
    }

    /// A place in words: line and file.
    pub fn place(&self, at: &Spot) -> String {
        format!("line {} of {}", self.line(at), self.found.sources[at.source].path.display())
    }

    /// The line on which a place begins.
    pub fn line(&self, at: &Spot) -> usize {
        self.found.sources[at.source].position(in_file(self.added.get(&at.source), &at.span).start).0
    }

    /// How many errors were noticed, whether reported or not. A caller compares it before and after a step.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// Says that the text read for this file has, at these bytes (ascending), characters that the file does not have.
    pub fn characters_added(&mut self, source: usize, places: Vec<usize>) {
        self.added.insert(source, places);
    }

    /// Adds a file with the bytes that were read from disk; `None` when its text cannot be read at all.
    pub fn add_file(&mut self, path: &Path, bytes: Vec<u8>, kind: encoding::Kind) -> Option<usize> {
        let decoded = encoding::decode(&bytes);
        let source = self.found.add_source(path, decoded.text);
        if let Some(slip) = decoded.slip {
            self.error(&Spot { source, span: slip.at }, slip.message, kind.help().to_string());
            if !slip.is_readable {
                return None;
            }
        }
        Some(source)
    }

    /// The text of a file.
    pub fn text(&self, source: usize) -> Arc<str> {
        self.found.sources[source].text.clone()
    }
}

/// A span of the repaired text as a span of the file, which lacks the added characters.
fn in_file(added: Option<&Vec<usize>>, span: &Range<usize>) -> Range<usize> {
    let Some(added) = added else { return span.clone() };
    let back = |at: usize| at - added.partition_point(|&place| place < at);
    back(span.start)..back(span.end)
}

/// A message without its names and numbers: messages with the same rest are of one kind.
fn shape(message: &str) -> String {
    let mut quoted = false;
    let plain = |sign: &char| {
        quoted = (quoted || *sign == '“') && *sign != '”';
        !quoted && !sign.is_ascii_digit()
    };
    message.chars().filter(plain).collect()
}

/// The known name that is most like `word`, as a line of help; `None` if none is similar enough.
pub(super) fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let folded = word.to_lowercase();
    let length = folded.chars().count();
    let near = known.into_iter().filter_map(|name| {
        let other = name.to_lowercase();
        let long = other.chars().count();
        let limit = length.max(long) / 3;
        let distance = if length.abs_diff(long) > limit { None } else { Some(strsim::osa_distance(&folded, &other)) };
        Some((distance.filter(|distance| *distance <= limit)?, name))
    });
    near.min_by_key(|(distance, _)| *distance).map(|(_, name)| format!("did you mean “{name}”?"))
}

/// As `did_you_mean`; if no name is similar enough, the help lists the known names.
pub(super) fn suggest<'a>(word: &str, what: &str, known: impl IntoIterator<Item = &'a str> + Clone) -> Option<String> {
    did_you_mean(word, known.clone()).or_else(|| {
        let names: Vec<String> = known.into_iter().map(|name| format!("“{name}”")).collect();
        match names.as_slice() {
            [] => Some(format!("there are no {what}")),
            [one] => Some(format!("there is only {one}")),
            [before @ .., last] if names.len() <= 12 => {
                Some(format!("the {what} are {} and {last}", before.join(", ")))
            }
            _ => Some(format!("there are {} {what}; the first are {}", names.len(), names[..6].join(", "))),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::{Log, MOST_ALIKE, Spot, did_you_mean, in_file, shape, suggest};
    use std::path::Path;

    #[test]
    fn a_slip_of_the_keys_is_recognised() {
        assert_eq!(did_you_mean("wieght", ["weight", "hard"]).as_deref(), Some("did you mean “weight”?"));
        assert_eq!(did_you_mean("Skola", ["skola"]).as_deref(), Some("did you mean “skola”?"));
        assert_eq!(did_you_mean("banana", ["weight", "hard"]), None);
        assert_eq!(did_you_mean("c", ["a", "b"]), None, "every single letter is like every other");
    }

    #[test]
    fn where_nothing_is_alike_everything_is_shown() {
        assert_eq!(suggest("banana", "keys", ["a1", "b2"]).as_deref(), Some("the keys are “a1” and “b2”"));
        assert_eq!(suggest("banana", "keys", ["a1"]).as_deref(), Some("there is only “a1”"));
        assert_eq!(suggest("banana", "rooms", []).as_deref(), Some("there are no rooms"));
    }

    #[test]
    fn messages_of_one_kind_differ_in_names_and_numbers() {
        assert_eq!(shape("there is no wave “a” in 12"), shape("there is no wave “bå” in 7"));
        assert_ne!(shape("there is no wave “a”"), shape("there is no room “a”"));
    }

    #[test]
    fn of_many_alike_the_rest_is_counted() {
        let mut log = Log::default();
        let source = log.found.add_source(Path::new("managers.csv"), "x".repeat(100));
        for at in 0..100 {
            let spot = Spot { source, span: at..at + 1 };
            log.unknown(&spot, ("wave", "waves"), &format!("w{at}"), []);
            log.unknown(&spot, ("wave", "waves"), &format!("w{at}"), []);
        }
        let found = log.finish();
        assert_eq!(found.items.len(), MOST_ALIKE + 1);
        assert_eq!(found.items[MOST_ALIKE].message, "80 more like the 20 before; the last: there is no wave “w99”");
    }

    #[test]
    fn spans_are_told_as_they_are_in_the_file() {
        let added = vec![3, 4, 12];
        assert_eq!(in_file(Some(&added), &(0..3)), 0..3);
        assert_eq!(in_file(Some(&added), &(5..8)), 3..6);
        assert_eq!(in_file(Some(&added), &(13..14)), 10..11);
        assert_eq!(in_file(None, &(7..8)), 7..8);
    }
}
