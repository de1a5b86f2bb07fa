//! Checks lines outside brackets: each should be a heading, or a key, one “=” and a value. For a parser a file ends
//! at the first line without “=”, and a heading with one pair of brackets makes a single table of what should be one
//! of several. So both errors are found before parsing, reported, and repaired.

use std::ops::Range;

use super::brackets::{line, quoted};
use crate::read::log::Spoilt;

/// What is wrong with a line, and how it is repaired.
pub(super) struct LineSlip {
    pub at: Range<usize>,
    pub message: String,
    pub help: Option<String>,
    pub spoilt: Spoilt,
    /// Bytes to replace with spaces.
    pub dropped: Range<usize>,
    /// Characters to add before these bytes, ascending.
    pub added: Vec<(usize, char)>,
}

/// What is wrong with the line that begins at this byte, if anything is. `lists` are the names of arrays of tables.
pub(super) fn slip(text: &str, start: usize, lists: &[&str]) -> Option<LineSlip> {
    let whole = line(&text[start..]);
    let body = whole.trim();
    let start = start + (whole.len() - whole.trim_start().len());
    match body.chars().next()? {
        '#' => None,
        '[' => heading(body, start, lists),
        _ => assignment(body, start),
    }
}

/// A heading with one pair of brackets where two are needed.
fn heading(body: &str, start: usize, lists: &[&str]) -> Option<LineSlip> {
    let (name, _) = body[1..].split_once(']')?;
    let end = start + 1 + name.len() + 1;
    let name = name.trim();
    lists.contains(&name).then(|| LineSlip {
        at: start..end,
        message: format!("“{name}” is one table here"),
        help: Some(format!("write [[{name}]] with double brackets")),
        spoilt: Spoilt::Nothing,
        dropped: start..start,
        added: vec![(start, '['), (end, ']')],
    })
}

/// A line that is not a key, one “=” and a value.
fn assignment(body: &str, start: usize) -> Option<LineSlip> {
    let key = &body[..key_length(body)];
    let rest = &body[key.len()..];
    let after = rest.trim_start();
    let value = after.trim_start_matches(|sign: char| sign.is_whitespace() || SIGNS.contains(&sign));
    let signs = after[..after.len() - value.len()].trim_end();
    if signs == "=" && !key.is_empty() {
        return None;
    }
    let value = without_comment(value).trim();
    let slip = |length: usize, message: String, help: Option<String>| LineSlip {
        at: start..start + length,
        message,
        help,
        spoilt: Spoilt::Nothing,
        dropped: start + body.len() - after.len()..start + body.len() - after.len() + signs.len(),
        added: vec![(start + key.len(), '=')],
    };
    if !key.contains(char::is_alphanumeric) {
        let added = if key.is_empty() { Vec::new() } else { vec![(start + key.len(), '=')] };
        return Some(LineSlip { dropped: start + key.len()..start + body.len(), added, ..unreadable_line(slip, body) });
    }
    if !signs.is_empty() {
        let length = body.len() - after.len() + signs.len();
        let (message, help) = no_equals(key, signs, value);
        return Some(slip(length, message, Some(help)));
    }
    if value.is_empty() {
        let message = "after this key, “=” and a value are missing".to_string();
        return Some(LineSlip { spoilt: Spoilt::Line, ..slip(key.len(), message, None) });
    }
    if let Some((more, value)) = value.split_once('=').filter(|(more, _)| !more.contains(BEGINNINGS)) {
        let key = body[..body.len() - after.len() + more.len()].trim_end();
        let message = "a key with a blank in it must stand in quotes".to_string();
        let help = format!("write \"{key}\" = {}", value.trim());
        let added = vec![(start, '"'), (start + key.len(), '"')];
        return Some(LineSlip { added, spoilt: Spoilt::Line, ..slip(key.len(), message, Some(help)) });
    }
    if value.starts_with(BEGINNINGS) || !value.contains(' ') {
        let (message, help) = no_equals(key, signs, value);
        return Some(slip(key.len(), message, Some(help)));
    }
    Some(unreadable_line(slip, body))
}

/// The message that these characters, or none, stand where “=” should, and the help.
pub(super) fn no_equals(key: &str, signs: &str, value: &str) -> (String, String) {
    let message = match signs {
        "" => format!("after the key “{key}” a “=” is missing"),
        _ => format!("after the key “{key}” one “=” must stand, and not “{signs}”"),
    };
    (message, format!("write {key} = {value}"))
}

/// A line that is neither heading nor assignment: most likely a comment without its “#”.
fn unreadable_line(slip: impl Fn(usize, String, Option<String>) -> LineSlip, body: &str) -> LineSlip {
    let message = "this line is neither a heading nor a key with “=” and its value".to_string();
    let help = "begin it with # if it is meant for people".to_string();
    LineSlip { spoilt: Spoilt::Line, ..slip(body.len(), message, Some(help)) }
}

/// Characters that people write instead of “=”.
pub(super) const SIGNS: [char; 3] = [':', '=', '>'];

/// Characters with which only a value begins, never a plain word.
const BEGINNINGS: fn(char) -> bool = |sign| sign.is_ascii_digit() || "\"'[{.-+“”„".contains(sign);

/// The length of the key at the start: words and quoted texts, joined by dots.
fn key_length(body: &str) -> usize {
    let mut end = 0;
    loop {
        let from = end + (body[end..].len() - body[end..].trim_start_matches(['.', ' ', '\t']).len());
        // A key ends at a space that has no dot beside it.
        if end > 0 && !body[end..from].contains('.') {
            return end;
        }
        let is_part = |sign: char| !sign.is_whitespace() && !".=:#\"'[]{},".contains(sign);
        let rest = &body[from..];
        let length = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => quoted(rest, quote).unwrap_or(0),
            _ => rest.len() - rest.trim_start_matches(is_part).len(),
        };
        if length == 0 {
            return end;
        }
        end = from + length;
    }
}

/// The text before the comment.
pub(super) fn without_comment(text: &str) -> &str {
    let mut at = 0;
    while let Some(sign) = text[at..].chars().next().filter(|sign| *sign != '#') {
        let quoted = if "\"'".contains(sign) { quoted(&text[at..], sign) } else { None };
        at += quoted.unwrap_or(sign.len_utf8());
    }
    &text[..at]
}

#[cfg(test)]
mod tests {
    use super::slip;

    /// The line after the repair; `None` if nothing is wrong with it.
    fn mended(line: &str) -> Option<String> {
        let slip = slip(line, 0, &["room"])?;
        let mut mended = String::new();
        for (at, sign) in line.char_indices().map(|(at, sign)| (at, Some(sign))).chain([(line.len(), None)]) {
            mended.extend(slip.added.iter().filter(|(place, _)| *place == at).map(|(_, added)| *added));
            mended.extend(sign.map(|sign| if slip.dropped.contains(&at) { ' ' } else { sign }));
        }
        Some(mended)
    }

    #[test]
    fn good_lines_are_left_alone() {
        for good in ["", " # a b", "a = 1", "a.\"b = c\" . d= 1", "'a'=1", "[[room]]", "[ programme ] # [room]"] {
            assert_eq!(mended(good), None, "{good}");
        }
    }

    #[test]
    fn other_lines_are_read_as_they_are_meant() {
        let read = [
            ("seats 12", "seats= 12"),
            ("seats 12 # a = b", "seats= 12 # a = b"),
            ("  start : 2026-09-01\r", "  start=   2026-09-01\r"),
            ("a.b == 1", "a.b=    1"),
            ("a = = 1", "a=     1"),
            ("kind\"gap\"", "kind=\"gap\""),
            ("gap { min = 14 }", "gap= { min = 14 }"),
            ("seats", "seats="),
            ("min ålder = 3", "\"min ålder\" = 3"),
            ("[room]", "[[room]]"),
            ("this is prose", "this= is prose"),
            ("- item", "-=     "),
            ("= 12", "    "),
        ];
        for (line, wanted) in read {
            assert_eq!(mended(line).as_deref(), Some(wanted), "{line}");
        }
    }
}
