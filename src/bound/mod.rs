//! What can be proved of all plans of a problem without looking at any.

mod impossible;
mod lower;
mod prices;
mod scarce;
mod stock;
mod timeline;

pub use impossible::reasons_against;
pub use lower::{Bound, Part, lower_bound};
