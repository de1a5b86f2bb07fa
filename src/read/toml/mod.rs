//! TOML as people type it: a text with slips of the pen is repaired as far as what is meant is certain, every slip is told, and
//! the rest is read as a tree in which every value knows its place.
//!
//! [`text`] is all that the readers see of the repair: it gives a text that [`parse`] takes. Behind it stand the brackets that are
//! open ([`brackets`]), the slips of single lines ([`line_slips`]), the parser's messages in plain words ([`parser_messages`]) and
//! what a value was meant to be ([`intended`]).

mod brackets;
mod intended;
mod line_slips;
mod parser_messages;
mod syntax;
mod tree;

pub(super) use syntax::{parse, text};
pub(super) use tree::{Node, Section, Wanted, bad_id};
