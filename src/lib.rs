//! kohort forms the cohorts of a manager programme and schedules every meeting.
//!
//! A [`Problem`] is read from the files that [`format`](mod@format) describes, [`solve`](solve()) searches for the best
//! [`Plan`], and [`check`](check()) says what a plan is worth and why, counting plainly and without the search's help.
//!
//! ```
//! use std::sync::atomic::AtomicBool;
//! use kohort::solve::{Limit, Options};
//! use kohort::{check, read, solve, write};
//!
//! # fn main() -> Result<(), kohort::diag::Diagnostics> {
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
//! let options = Options { limit: Limit::Steps(10_000), seed: 1, threads: 1 };
//! let solution = solve(&problem, &options, None, &|_| {}, &AtomicBool::new(false));
//! let plan = solution.plan.unwrap_or_default();
//! assert!(check(&problem, &plan).score.is_valid());
//! assert_eq!(check(&problem, &plan).score.soft, 0, "nobody meets anyone of the own department");
//!
//! // A plan is written as TOML, and what is written can be read again.
//! let text = write::plan(&problem.facts, &plan, None);
//! assert_eq!(read::plan_text(&text, &problem)?.plan, plan);
//! # Ok(())
//! # }
//! ```
//!
//! The layers, top down, each of which may use what stands below it: [`cli`], [`generate`] and [`mod@bench`], [`mod@solve`], [`search`],
//! [`bound`], [`mod@write`] and [`read`], [`state`] (with a table of gaps), [`mod@check`], [`problem`], [`builtin`] and [`rules`], [`term`],
//! [`draft`], [`facts`], [`plan`], and at the ground [`calendar`], [`ids`], [`score`], [`diag`] and [`rng`] (with numbers in words).

pub mod bench;
pub mod bound;
pub mod budget;
pub mod builtin;
pub mod calendar;
pub mod check;
pub mod cli;
pub mod diag;
pub mod draft;
pub mod facts;
#[doc = include_str!("format.md")]
pub mod format {}
mod gaps;
pub mod generate;
pub mod ids;
pub mod offers;
pub mod plan;
pub mod problem;
pub mod read;
pub mod rng;
pub mod rules;
pub mod score;
pub mod search;
pub mod seating;
pub mod solve;
pub mod state;
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
