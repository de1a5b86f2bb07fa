//! Finds brackets and quotes that are never closed. A parser takes everything after one as part of a list or a text,
//! and reports errors that make no sense. So these are found before parsing, reported once, and closed where the
//! planner most likely forgot it. This also finds which lines stand outside brackets, and which quotes are curly.

use std::ops::Range;

/// How a TOML text is divided by its brackets and quotes.
#[derive(Default)]
pub(super) struct Outline {
    /// All brackets and quotes that are never closed, in the order of the places where they should be.
    pub unclosed: Vec<Unclosed>,
    /// The byte at which each line begins that stands outside brackets and texts.
    pub lines: Vec<usize>,
    /// Texts in curly quotes, which word processors make; the spans include the quotes.
    pub curly: Vec<Range<usize>>,
}

/// An opening bracket or quote without its closing one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Unclosed {
    /// The byte of the opening bracket or quote.
    pub at: usize,
    /// The closing character that is missing.
    pub closing: char,
    /// The byte before which it should stand.
    pub missing_at: usize,
}

/// The outline of a TOML text.
pub(super) fn outline(text: &str) -> Outline {
    let mut open: Vec<(usize, char)> = Vec::new();
    let Outline { unclosed: mut found, mut lines, mut curly } = Outline::default();
    // The end of the last character that is neither space nor comment, and whether something must follow it.
    let (mut end, mut goes_on) = (0, false);
    let mut at = 0;
    let mut fresh_line = true;
    while let Some(sign) = text[at..].chars().next() {
        if fresh_line && !open.is_empty() && starts_anew(&text[at..], goes_on) {
            found.extend(open.drain(..).rev().map(|(at, closing)| Unclosed { at, closing, missing_at: end }));
        }
        if fresh_line && open.is_empty() {
            lines.push(at);
            if line(&text[at..]).trim_start().starts_with('[') {
                found.extend(heading(line(&text[at..]), at));
                at += line(&text[at..]).len();
                fresh_line = false;
                continue;
            }
        }
        fresh_line = sign == '\n';
        let length = match sign {
            '#' => line(&text[at..]).len(),
            '"' | '\'' => quoted(&text[at..], sign).unwrap_or_else(|| {
                let length =
                    line(&text[at..]).trim_end_matches(|end: char| end.is_whitespace() || "]},".contains(end)).len();
                found.push(Unclosed { at, closing: sign, missing_at: at + length });
                length
            }),
            _ if CURLY.contains(&sign) => {
                let length = curly_text(&text[at..]);
                curly.extend(length.map(|length| at..at + length));
                length.unwrap_or(sign.len_utf8())
            }
            _ => sign.len_utf8(),
        };
        match sign {
            '[' => open.push((at, ']')),
            '{' => open.push((at, '}')),
            ']' | '}' if open.iter().any(|(_, closing)| *closing == sign) => {
                while let Some((opened, closing)) = open.pop().filter(|(_, closing)| *closing != sign) {
                    found.push(Unclosed { at: opened, closing, missing_at: at });
                }
            }
            _ => {}
        }
        at += length;
        if sign != '#' && !sign.is_whitespace() {
            end = at;
            goes_on = ",[{=".contains(sign);
        }
    }
    found.extend(open.into_iter().rev().map(|(at, closing)| Unclosed { at, closing, missing_at: end }));
    Outline { unclosed: found, lines, curly }
}

/// Double quotes that TOML does not know.
const CURLY: [char; 4] = ['“', '”', '„', '»'];

/// The length of the text in curly quotes at the start; `None` if they are not closed on the same line.
fn curly_text(text: &str) -> Option<usize> {
    let opening = text.chars().next().map_or(0, char::len_utf8);
    let (closing, sign) =
        line(text)[opening..].char_indices().find(|(_, sign)| CURLY.contains(sign) || *sign == '"')?;
    Some(opening + closing + sign.len_utf8())
}

/// The text up to the end of its line.
pub(super) fn line(text: &str) -> &str {
    text.split_once('\n').map_or(text, |(line, _)| line)
}

/// The unclosed brackets of a table's heading that begins at this byte.
fn heading(line: &str, start: usize) -> impl Iterator<Item = Unclosed> {
    let indent = line.len() - line.trim_start().len();
    let opened = line[indent..].bytes().take_while(|&byte| byte == b'[').take(2).count();
    let written = line.split('#').next().unwrap_or_default().trim_end();
    let closed = written.bytes().filter(|&byte| byte == b']').count();
    let end = start + written.len();
    (closed..opened).map(move |_| Unclosed { at: start + indent, closing: ']', missing_at: end })
}

/// The length of the quoted text at the start, with its closing quote; `None` if it has none. Only a text in three
/// quotes goes on beyond the end of its line; if it is never closed, it goes on to the end of the file.
pub(super) fn quoted(text: &str, quote: char) -> Option<usize> {
    let long: String = [quote; 3].iter().collect();
    let is_long = text.starts_with(&long);
    let closing = if is_long { long.as_str() } else { &long[..1] };
    let mut at = closing.len();
    while let Some(sign) = text[at..].chars().next() {
        if text[at..].starts_with(closing) {
            return Some(at + closing.len());
        } else if sign == '\n' && !is_long {
            return None;
        }
        at += sign.len_utf8();
        if sign == '\\' && quote == '"' {
            at += text[at..].chars().next().filter(|next| *next != '\n').map_or(0, char::len_utf8);
        }
    }
    is_long.then_some(text.len())
}

/// Whether a line inside brackets looks as if it were meant to stand outside: it is a heading, or it is `key = …` and
/// the line before is complete (`goes_on` is false).
fn starts_anew(text: &str, goes_on: bool) -> bool {
    let line = line(text).trim();
    let is_name = |text: &str| {
        let is_part = |sign: char| sign.is_alphanumeric() || "_-.".contains(sign);
        text.starts_with(|sign: char| sign.is_alphabetic()) && text.chars().all(is_part)
    };
    let heading = line.trim_start_matches('[').split_once(']').map_or("", |(name, _)| name.trim());
    let key = line.split_once('=').map_or("", |(key, _)| key.trim());
    line.starts_with('[') && is_name(heading) || !goes_on && is_name(key)
}

#[cfg(test)]
mod tests {
    use super::{line, outline};

    /// The text with the missing brackets and quotes put in.
    fn closed(text: &str) -> String {
        let mut closed = String::new();
        let mut from = 0;
        for bracket in outline(text).unclosed {
            closed.push_str(&text[from..bracket.missing_at]);
            closed.push(bracket.closing);
            from = bracket.missing_at;
        }
        closed + &text[from..]
    }

    #[test]
    fn good_files_have_none() {
        for good in [
            "[a]\nb = [ { c = \"}\" }, # ]\n  { d = ']' },\n]\n[[e]]\nf = \"\"\"[\n\"\"\"\n",
            "a = [\n  { from = 1,\n    to = 2 },\n  [1, 2],\n]\n",
            "a = \"\\\"[\"\r\nb = [\r\n]\r\n",
        ] {
            assert_eq!(outline(good).unclosed, [], "{good}");
        }
    }

    #[test]
    fn a_bracket_is_closed_where_the_next_thing_begins() {
        assert_eq!(closed("a = { b = 1 # c\nd = 2\n"), "a = { b = 1} # c\nd = 2\n");
        assert_eq!(closed("a = [ { b = 1,\n\n[[c]]\nd = 1"), "a = [ { b = 1,}]\n\n[[c]]\nd = 1");
        assert_eq!(closed("[[a] # b\nc = 1\n[d\ne = 1"), "[[a]] # b\nc = 1\n[d]\ne = 1");
        assert_eq!(closed("a = \"b\nc = [\"d]\n"), "a = \"b\"\nc = [\"d\"]\n");
        assert_eq!(closed("a = [ 1, 2\n"), "a = [ 1, 2]\n");
        assert_eq!(closed("a = [ { b = 1 ]\nc = 2\n"), "a = [ { b = 1 }]\nc = 2\n");
    }

    #[test]
    fn lines_outside_brackets_are_known() {
        let text = "[a]\nb = [\n  1,\n]\n\n  c = \"\"\"\nd = 1\n\"\"\"\ne = [ 2\nf = 3\n";
        let lines: Vec<&str> = outline(text).lines.into_iter().map(|at| line(&text[at..])).collect();
        assert_eq!(lines, ["[a]", "b = [", "", "  c = \"\"\"", "e = [ 2", "f = 3"]);
    }

    #[test]
    fn curly_quotes_are_found_where_they_are_meant_as_quotes() {
        let text = "a = “b, c” # “d”\ne = [ „f”, \"“g”\" ]\nh = “i\n";
        let curly: Vec<&str> = outline(text).curly.into_iter().map(|at| &text[at]).collect();
        assert_eq!(curly, ["“b, c”", "„f”"]);
    }

    #[test]
    fn what_else_is_wrong_is_left_to_the_parser() {
        for wrong in ["[a]]\nb = 1", "a = ]", "a = \"\"\"\nb = [\n"] {
            assert_eq!(outline(wrong).unclosed, [], "{wrong}");
        }
    }
}
