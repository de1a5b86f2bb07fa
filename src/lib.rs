//! kohort forms the cohorts of a manager programme and schedules every meeting.
//!
//! A [`Problem`] is read from the files that [`format`](mod@format) describes, [`solve`](solve()) searches for the best
//! [`Plan`], and [`check`](check()) says what a plan is worth and why, counting plainly and without the search's help.
//!
//! ```
//! use kohort::solve::{Limit, Options};
//! use kohort::{check, read, solve, write};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // Four managers of two departments, dealt to two cohorts so that departments mix. No dates: there are no modules.
//! let problem = read::problem_text(
//!     r#"
//!     format = 1
//!     programme = { name = "Four" }
//!     manager = [
//!         { id = "anna", department = "school" }, { id = "bo", department = "school" },
//!         { id = "cilla", department = "care" }, { id = "dan", department = "care" },
//!     ]
//!     [[wave]]
//!     id = "mixed"
//!     members = "all"
//!     cohorts = 2
//!     size = { min = 2, max = 2 }
//!     [[rule]]
//!     kind = "spread"
//!     attribute = "department"
//!     weight = 3
//!     "#,
//! )?;
//! let options = Options { limit: Limit::Steps(10_000), ..Options::default() };
//! let solution = solve(&problem, &options)?;
//! let plan = solution.plan.ok_or("there is no room, so no plan can be written")?;
//! let score = check(&problem, &plan)?.score;
//! assert!(score.is_valid());
//! assert_eq!(score.soft, 0, "nobody meets anyone of the own department");
//!
//! // Who meets whom: a plan names everybody by number, and the problem knows their ids.
//! let first: Vec<&str> = plan.cohorts[0].members.iter().map(|&member| problem.manager(member)).collect();
//! assert_eq!(first.len(), 2);
//!
//! // A plan is written as TOML, and what is written can be read again.
//! let text = write::plan(&problem, &plan, None);
//! assert_eq!(read::plan_text(&text, &problem)?.plan, plan);
//! # Ok(())
//! # }
//! ```
//!
//! `tests/layers.rs` lists the layers and what each may import.

pub mod bound;
pub mod calendar;
pub mod check;
#[doc(hidden)]
pub mod cli;
pub mod diag;
#[doc = include_str!("../docs/format.md")]
pub mod format {}
pub mod ids;
pub mod plan;
pub mod problem;
pub mod read;
pub mod score;
pub mod solve;
mod words;
pub mod write;

// The rest is the crate's own. Its tests and benches look into it by way of the feature `internals`.
#[cfg(not(feature = "internals"))]
mod bench;
#[cfg(not(feature = "internals"))]
mod builtin;
#[cfg(not(feature = "internals"))]
mod draft;
#[cfg(not(feature = "internals"))]
mod facts;
#[cfg(not(feature = "internals"))]
mod generate;
#[cfg(not(feature = "internals"))]
mod rng;
#[cfg(not(feature = "internals"))]
mod rules;
#[cfg(not(feature = "internals"))]
mod search;
#[cfg(not(feature = "internals"))]
mod term;

#[cfg(feature = "internals")]
pub mod bench;
#[cfg(feature = "internals")]
pub mod builtin;
#[cfg(feature = "internals")]
pub mod draft;
#[cfg(feature = "internals")]
pub mod facts;
#[cfg(feature = "internals")]
pub mod generate;
#[cfg(feature = "internals")]
pub mod rng;
#[cfg(feature = "internals")]
pub mod rules;
#[cfg(feature = "internals")]
pub mod search;
#[cfg(feature = "internals")]
pub mod term;

pub use check::check;
pub use plan::Plan;
pub use problem::Problem;
pub use solve::solve;

/// The README's example, compiled as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
