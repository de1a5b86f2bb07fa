//! What can be proved of all plans of a problem without looking at any.

mod impossible;
mod timeline;

pub use impossible::reasons_against;
