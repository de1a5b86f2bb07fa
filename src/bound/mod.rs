//! What can be proved of all plans of a problem without looking at any.

mod charges;
mod columns;
mod fares;
mod impossible;
mod lower;
mod market;
mod only;
mod path;
mod people;
mod prices;
mod remedies;
mod scarce;
mod sets;
mod shared;
mod stock;
mod timeline;
mod together;
mod ways;
mod windows;

pub use impossible::reasons_against;
pub use lower::{Bound, Part, lower_bound};
