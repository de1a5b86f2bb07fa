//! What can be proved of all plans of a problem without looking at any.

mod charges;
mod columns;
mod fares;
mod impossible;
mod lower;
mod market;
mod path;
mod people;
mod prices;
mod remedies;
mod scarce;
mod sets;
mod shared;
mod stock;
mod timeline;
mod timetables;
mod ways;
mod whole;
mod windows;

pub use impossible::reasons_against;
pub use lower::{Bound, Part, lower_bound};
