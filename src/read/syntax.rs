//! TOML text to a tree, with every slip of the pen told in plain words.

use std::sync::Arc;

use toml::Spanned;
use toml::de::DeTable;

use super::brackets::unclosed;
use super::log::{Log, Spot};
use super::period::no_date;

/// The text of a file, with all brackets and quotes closed. What was not is logged.
pub(super) fn text(source: usize, log: &mut Log) -> Arc<str> {
    let text = log.text(source);
    let unclosed = unclosed(&text);
    if unclosed.is_empty() {
        return text;
    }
    let mut closed = String::with_capacity(text.len() + unclosed.len());
    let (mut from, mut line, mut added) = (0, 1, Vec::new());
    for slip in &unclosed {
        line += text[from..slip.missing_at].matches('\n').count();
        let (end, message) = match slip.closing {
            '"' | '\'' => (slip.missing_at, "this text has no closing quote".to_string()),
            _ => (slip.at + 1, format!("this “{}” is never closed", &text[slip.at..slip.at + 1])),
        };
        let help = format!("a “{}” seems to be missing in line {line}", slip.closing);
        log.error(&Spot { source, span: slip.at..end }, message, help);
        closed.push_str(&text[from..slip.missing_at]);
        added.push(closed.len());
        closed.push(slip.closing);
        from = slip.missing_at;
    }
    closed.push_str(&text[from..]);
    log.brackets_added(source, added);
    closed.into()
}

/// Parses a text that [`text`] gave. Of each line the first error is logged, since the others mostly follow from it, and
/// what could be read is given back.
pub(super) fn parse<'a>(text: &'a str, source: usize, log: &mut Log) -> Spanned<DeTable<'a>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut errors: Vec<_> = errors.iter().map(|error| (error.span().unwrap_or(0..0), error.message())).collect();
    errors.sort_by_key(|(span, _)| (span.start, span.end));
    for (span, message) in errors {
        let span = if span.is_empty() { word_before(text, span.start)..span.end } else { span };
        let after = text.get(span.end..).unwrap_or_default();
        let slip = in_plain_words(message, text.get(span.clone()).unwrap_or_default(), after);
        log.error_of_syntax(&Spot { source, span }, slip.message, slip.help, slip.spoils_line);
    }
    table
}

/// Where the word begins that ends here, if one does.
fn word_before(text: &str, end: usize) -> usize {
    let before = text.get(..end).unwrap_or_default();
    before.len() - before.chars().rev().take_while(|sign| sign.is_alphanumeric()).map(char::len_utf8).sum::<usize>()
}

/// A slip of the pen in words.
struct Slip {
    message: String,
    help: Option<String>,
    /// Whether nothing on the line can be trusted, rather than one value only.
    spoils_line: bool,
}

/// What the parser means, by what its message begins with, what is `written` there and what stands `after` it.
fn in_plain_words(message: &str, written: &str, after: &str) -> Slip {
    let line = |message: &str| Slip { message: message.to_string(), help: None, spoils_line: true };
    let value = |message: String, help: String| Slip { message, help: Some(help), spoils_line: false };
    if let Some((value, key)) = written.rsplit_once(' ').filter(|_| after.trim_start().starts_with('=')) {
        return line(&format!("a comma is missing between “{}” and “{key}”", value.trim_end()));
    }
    match message.split(", expected").next().unwrap_or(message) {
        "missing comma between array elements" | "missing comma between key-value pairs" => {
            line("a comma is missing before this")
        }
        "missing value" | "missing value for key" | "invalid literal string" | "string values must be quoted"
            if written.is_empty() =>
        {
            line("a value is missing here")
        }
        "key with no value" | "missing assignment between key-value pairs" => {
            line("after this key, “=” and a value are missing")
        }
        "string values must be quoted" => {
            value("a text must stand in quotes".to_string(), format!("write \"{written}\""))
        }
        "invalid date" | "invalid time" | "invalid datetime" => {
            value(no_date(written), "write it like 2015-09-14".to_string())
        }
        "duplicate key" => Slip {
            help: Some("keep one of the two".to_string()),
            ..line(&format!("“{written}” stands twice in one table"))
        },
        _ => line(&format!("this cannot be read as TOML: {message}")),
    }
}
