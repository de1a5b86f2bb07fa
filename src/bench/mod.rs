//! Whether kohort is fast enough, and whether it still is: problems × seeds × limits, each searched on its own; the
//! figures as a table, as JSON, and beside those of an earlier day.

mod charts;
mod compare;
mod figures;
mod json;
mod measured;
mod results;
mod run;
mod suite;
mod table;

#[cfg(feature = "internals")]
pub use charts::Picture;
pub use charts::pictures;
pub use compare::{Change, Comparison, Tolerance, compare, told};
#[cfg(feature = "internals")]
pub use figures::Figures;
#[cfg(feature = "internals")]
pub use measured::Moment;
pub use measured::{BenchRow, Known, SearchRun, Seconds, limit_name};
pub use results::Results;
pub use run::{Measured, measure};
pub use suite::{Case, Suite};
pub use table::table;
