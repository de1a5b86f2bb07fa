//! Repairs and parses TOML text, and reports every typing error in plain words.

use std::ops::Range;
use std::sync::Arc;

use ::toml::Spanned;
use ::toml::de::DeTable;

use super::brackets::outline;
use super::line_slips;
use super::parser_messages::in_plain_words;
use crate::read::log::{Log, Spot};

/// The text of a file after repair: all brackets and quotes are closed, curly quotes are straight, and every line can
/// be parsed. Every repair is reported. `lists` are the names of arrays of tables.
pub(in crate::read) fn text(source: usize, lists: &[&str], log: &mut Log) -> Arc<str> {
    let text = log.text(source);
    let outline = outline(&text);
    // Characters to add before these bytes, and spans of bytes to replace with spaces.
    let (mut added, mut dropped): (Vec<(usize, char)>, Vec<Range<usize>>) = (Vec::new(), Vec::new());
    let (mut from, mut line) = (0, 1);
    for slip in &outline.unclosed {
        line += text[from..slip.missing_at].matches('\n').count();
        from = slip.missing_at;
        let (end, message) = match slip.closing {
            '"' | '\'' => (slip.missing_at, "this text has no closing quote".to_string()),
            _ => (slip.at + 1, format!("this “{}” is never closed", &text[slip.at..slip.at + 1])),
        };
        let help = format!("a “{}” seems to be missing in line {line}", slip.closing);
        log.error(&Spot { source, span: slip.at..end }, message, help);
        added.push((slip.missing_at, slip.closing));
    }
    for curly in outline.curly {
        let written = &text[curly.clone()];
        let width = |sign: Option<char>| sign.map_or(0, char::len_utf8);
        let inside = curly.start + width(written.chars().next())..curly.end - width(written.chars().next_back());
        let help = format!("write \"{}\"", &text[inside.clone()]);
        log.error(&Spot { source, span: curly.clone() }, "these quotes are curly, and must be straight", help);
        added.extend([(inside.start, '"'), (inside.end, '"')]);
        dropped.extend([curly.start..inside.start, inside.end..curly.end]);
    }
    for slip in outline.lines.into_iter().filter_map(|start| line_slips::slip(&text, start, lists)) {
        log.error_of_syntax(&Spot { source, span: slip.at }, slip.message, slip.help, slip.spoilt);
        added.extend(slip.added);
        dropped.push(slip.dropped);
    }
    if added.is_empty() && dropped.is_empty() { text } else { mended(&text, source, added, dropped, log) }
}

/// The text with characters added and bytes replaced by spaces. The log learns where characters were added, so that
/// places in the result become places in the file.
fn mended(
    text: &str,
    source: usize,
    mut added: Vec<(usize, char)>,
    dropped: Vec<Range<usize>>,
    log: &mut Log,
) -> Arc<str> {
    let mut bytes = text.as_bytes().to_vec();
    dropped.into_iter().for_each(|range| bytes[range].fill(b' '));
    // Only whole characters were replaced, so this is still UTF-8.
    let kept = String::from_utf8_lossy(&bytes);
    added.sort_by_key(|(at, _)| *at);
    let mut mended = String::with_capacity(text.len() + added.len());
    let (mut from, mut places) = (0, Vec::new());
    for (at, sign) in added {
        mended.push_str(&kept[from..at]);
        places.push(mended.len());
        mended.push(sign);
        from = at;
    }
    mended.push_str(&kept[from..]);
    log.characters_added(source, places);
    mended.into()
}

/// Parses a text from [`text`], and returns what could be read. For each line only the first error is reported, since
/// the others mostly follow from it.
pub(in crate::read) fn parse<'a>(text: &'a str, source: usize, log: &mut Log) -> Spanned<DeTable<'a>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let sign_at = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let span = |span: Range<usize>| sign_at(span.start)..sign_at(span.end);
    let mut errors: Vec<_> = errors.iter().map(|error| (error.span().map_or(0..0, span), error.message())).collect();
    errors.sort_by_key(|(span, _)| (span.start, span.end));
    for (span, message) in errors {
        let slip = in_plain_words(message, text, span);
        log.error_of_syntax(&Spot { source, span: slip.at }, slip.message, slip.help, slip.spoilt);
    }
    table
}
