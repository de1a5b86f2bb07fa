//! What cohorts cost together beyond the cheapest timeline for each of them, at the multipliers found.
//!
//! Multipliers make rooms, consultants and leadership groups so dear that they go round on average: two cohorts may each have
//! half of what only one can have. Here the cohorts of one wave are looked at together (`wave`), and those of all managers
//! without a leadership group, where they are few, with who sits in them (`joint`, for `mixed_cohorts`): a Lagrangian relaxation
//! in which such cohorts are a single subproblem, solved by enumeration (`partition`, over lists of `timelines`; members by
//! `assignment`, for chosen timelines by `assignment_by_dates`). `raise` puts all of it together.

pub mod assignment;
pub mod assignment_by_dates;
pub mod joint;
pub mod mixed_cohorts;
pub mod partition;
pub mod raise;
pub mod timelines;
pub mod wave;
pub mod work;
