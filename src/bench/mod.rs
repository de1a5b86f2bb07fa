//! `kohort bench`: measures whether the search is fast enough and whether it has become slower. Every problem is
//! searched with every seed and within every limit, each search on its own; the figures are written as a table or as
//! JSON, and compared with those of an earlier bench.

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
