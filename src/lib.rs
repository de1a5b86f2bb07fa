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
//! // A plan is written as TOML, and what is written can be read again.
//! let text = write::plan(&problem.facts, &plan, None);
//! assert_eq!(read::plan_text(&text, &problem)?.plan, plan);
//! # Ok(())
//! # }
//! ```
//!
//! `tests/layers.rs` lists the layers and what each may import.

pub mod bench;
pub mod bound;
pub mod builtin;
pub mod calendar;
pub mod check;
pub mod cli;
pub mod diag;
pub mod draft;
pub mod facts;
#[doc = include_str!("../docs/format.md")]
pub mod format {}
pub mod generate;
pub mod ids;
pub mod plan;
pub mod problem;
pub mod read;
pub mod rng;
pub mod rules;
pub mod score;
pub mod search;
pub mod solve;
pub mod term;
mod words;
pub mod write;

pub use check::check;
pub use plan::Plan;
pub use problem::Problem;
pub use solve::solve;

/// The README's example, compiled as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
