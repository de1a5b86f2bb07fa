//! kohort forms the cohorts of a manager programme and schedules every meeting.

pub mod bound;
pub mod builtin;
pub mod calendar;
pub mod check;
pub mod cli;
pub mod diag;
pub mod draft;
pub mod facts;
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
pub mod state;
pub mod term;
pub mod write;
