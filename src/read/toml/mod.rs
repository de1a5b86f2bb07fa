//! TOML as people type it. A text with typing errors is repaired wherever the meaning is certain; every error is
//! reported, and the rest is read as a tree in which every value knows its place in the file.
//!
//! The readers see only [`text`], which repairs a text, [`parse`], which parses the result, and the tree. Behind them
//! stand the search for unclosed brackets ([`brackets`]), the check of single lines ([`line_slips`]), the parser's
//! messages in plain words ([`parser_messages`]) and guesses at what a value was meant to be ([`intended`]).

mod brackets;
mod intended;
mod line_slips;
mod parser_messages;
mod syntax;
mod tree;

pub(super) use syntax::{parse, text};
pub(super) use tree::{Node, Section, Wanted, bad_id};
