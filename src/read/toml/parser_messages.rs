//! Puts the errors of the TOML parser into plain words.

use std::ops::Range;

use super::brackets::{line, quoted};
use super::intended;
use super::line_slips::{SIGNS, no_equals, without_comment};
use crate::read::dates::no_date;
use crate::read::log::Spoilt;

/// An error of the parser in plain words, with its place.
pub(super) struct ParserSlip {
    pub at: Range<usize>,
    pub message: String,
    pub help: Option<String>,
    pub spoilt: Spoilt,
}

/// The message about two keys in one line.
const OWN_LINE: &str = "each key must stand in a line of its own";

/// The error in plain words, worked out from the beginning of the parser's message and from the text at this place.
pub(super) fn in_plain_words(message: &str, text: &str, at: Range<usize>) -> ParserSlip {
    let at = if at.is_empty() { word_before(text, at.start)..at.end } else { at };
    let (written, after) = (&text[at.clone()], &text[at.end..]);
    let line =
        |message: &str| ParserSlip { at: at.clone(), message: message.to_string(), help: None, spoilt: Spoilt::Line };
    if let Some((value, key)) = written.rsplit_once(' ').filter(|_| after.trim_start().starts_with('=')) {
        let before = &text[line_start(text, at.start)..at.start];
        return match before.rfind('{') > before.rfind('}') {
            true => line(&format!("a comma is missing between “{}” and “{key}”", value.trim_end_matches([' ', ';']))),
            false => line(OWN_LINE),
        };
    }
    match message.split(", expected").next().unwrap_or(message) {
        "missing comma between array elements" | "missing comma between key-value pairs" => {
            line("a comma is missing before this")
        }
        "missing value" | "missing value for key" | "invalid literal string" | "string values must be quoted"
            if written.trim().is_empty() =>
        {
            line("a value is missing here")
        }
        "missing assignment between key-value pairs" => equals_missing(text, at.end),
        "invalid unquoted key" if written == ":" => equals_missing(text, at.end),
        "invalid unquoted key" => {
            let at = key_around(text, at.start);
            let help = Some(format!("write \"{}\"", &text[at.clone()]));
            ParserSlip {
                at,
                help,
                spoilt: Spoilt::Nothing,
                ..line("a key with other signs than a to z, 0 to 9, _ and - must stand in quotes")
            }
        }
        "duplicate key" => ParserSlip {
            help: Some("keep one of the two".to_string()),
            ..line(&format!("“{written}” stands twice in one table"))
        },
        "unexpected key or value" => {
            let at = value_of_line(text, at.start);
            match intended::by_value(&text[at.clone()]) {
                Some(meant) => ParserSlip { at, help: Some(meant.help), ..line(meant.message) },
                None if text[at].contains('=') => line(OWN_LINE),
                None => line("what begins here does not belong to what stands before it"),
            }
        }
        kind => {
            value(kind, text, at.clone()).unwrap_or_else(|| line(&format!("this cannot be read as TOML: {message}")))
        }
    }
}

/// A key within braces that has no “=”. If no other character stands in its place, the parser reads the value
/// correctly.
fn equals_missing(text: &str, at: usize) -> ParserSlip {
    let before = &text[line_start(text, at)..at];
    let key = trimmed(text, at - before.len() + before.rfind(['{', ',']).map_or(0, |sign| sign + 1)..at);
    let value = trimmed(text, at..value_around(text, at..at).end);
    let name = text[key.clone()].trim_end_matches(SIGNS);
    let rest = text[value.clone()].trim_start_matches(SIGNS);
    let signs = [&text[key.start + name.len()..key.end], &text[value.start..value.end - rest.len()]].concat();
    let spoilt = if signs.is_empty() { Spoilt::Nothing } else { Spoilt::Line };
    let (message, help) = no_equals(name, &signs, rest.trim());
    ParserSlip { at: key, message, help: Some(help), spoilt }
}

/// What is wrong with a value as such.
fn value(kind: &str, text: &str, at: Range<usize>) -> Option<ParserSlip> {
    let at = value_around(text, at);
    let written = &text[at.clone()];
    let slip =
        |message: String, help: String| ParserSlip { at: at.clone(), message, help: Some(help), spoilt: Spoilt::Value };
    if let Some(meant) = intended::by_value(written) {
        return Some(slip(meant.message.to_string(), meant.help));
    }
    match kind {
        "string values must be quoted" | "invalid boolean" | "invalid float" => {
            Some(slip("a text must stand in quotes".to_string(), format!("write \"{written}\"")))
        }
        "invalid date" | "invalid time" | "invalid datetime" => {
            Some(slip(no_date(written), "write it like 2015-09-14".to_string()))
        }
        _ => None,
    }
}

/// The start of the word that ends at this byte, or the byte itself.
fn word_before(text: &str, end: usize) -> usize {
    end - text[..end].chars().rev().take_while(|sign| sign.is_alphanumeric()).map(char::len_utf8).sum::<usize>()
}

/// The start of the line on which this byte stands.
fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// The range without spaces, tabs and carriage returns at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    const BLANKS: [char; 3] = [' ', '\t', '\r'];
    let inside = text[range.clone()].trim_start_matches(BLANKS);
    let start = range.end - inside.len();
    start..start + inside.trim_end_matches(BLANKS).len()
}

/// The key to which this byte belongs.
fn key_around(text: &str, at: usize) -> Range<usize> {
    let start = line_start(text, at);
    let start = text[start..at].rfind(['{', ',', '[', '.']).map_or(start, |before| start + before + 1);
    let length = line(&text[at..]).find(['=', ']', '}', ',', '.']).unwrap_or_else(|| line(&text[at..]).len());
    trimmed(text, start..at + length)
}

/// The text between the first “=” of this byte's line and the comment.
fn value_of_line(text: &str, at: usize) -> Range<usize> {
    let start = line_start(text, at);
    let written = without_comment(line(&text[start..]));
    let key = written.find('=').map_or(0, |equals| equals + 1);
    trimmed(text, start + key..start + written.len())
}

/// The value around this place: the text in quotes if there is one, else everything up to the next separator.
fn value_around(text: &str, at: Range<usize>) -> Range<usize> {
    let start = line_start(text, at.start);
    let mut from = start;
    while let Some(opening) = text[from..at.start].find(['"', '\'']).map(|before| from + before) {
        let quote = text[opening..].chars().next().unwrap_or('"');
        let end = opening + quoted(&text[opening..], quote).unwrap_or(1);
        if end > at.start {
            return opening..end;
        }
        from = end;
    }
    let before = text[start..at.start].rfind(['=', ',', '[', '{']).map_or(start, |sign| start + sign + 1);
    let length = line(&text[at.start..]).find([',', ']', '}', '#']).unwrap_or_else(|| line(&text[at.start..]).len());
    trimmed(text, before..(at.start + length).max(at.end))
}
