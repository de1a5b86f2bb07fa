//! Numbers and names in sentences.

use std::fmt::Display;

/// A number of something: `1 day`, `3 days`.
pub fn count<N: Display + PartialEq + From<u8>>(n: N, what: &str) -> String {
    let plural = if n == N::from(1) { "" } else { "s" };
    format!("{n} {what}{plural}")
}

/// The most names in one sentence.
const NAMED: usize = 30;

/// Names in a row, the first of them where they are many: `a, b`, `a, b, … and 7 more`.
pub fn list<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let more = names.len().saturating_sub(NAMED);
    let named = names.take(NAMED).collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{named}, … and {more} more") } else { named }
}
