//! Numbers in sentences.

use std::fmt::Display;

/// So many of something: `1 day`, `3 days`.
pub fn count<N: Display + PartialEq + From<u8>>(n: N, what: &str) -> String {
    let plural = if n == N::from(1) { "" } else { "s" };
    format!("{n} {what}{plural}")
}
