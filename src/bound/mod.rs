//! What is proved of all plans of a problem without looking at any: that none can be valid ([`reasons_against`]), or that no
//! valid plan has a soft score below some number ([`lower_bound()`]).
//!
//! # In which order
//!
//! A lower bound is the sum of parts, and each step may only raise it:
//!
//! 1. **Rule by rule** (`rule_costs`). Every term says the least it counts on any valid plan, or what it charges for members,
//!    timelines or work (`Term::at_least`).
//! 2. **The pooled relaxation** (`relaxation/pooled`). Each cohort takes its cheapest timeline. Rooms of a kind, and the
//!    consultants who can lead a module, are one pool each; Lagrange multipliers make what runs out dearer.
//! 3. **Column generation** (`relaxation/column_generation`), where there are few enough ways to hold a run. Each consultant
//!    and each leadership group has a capacity of its own; a column is one cohort's timeline with its teams and groups.
//! 4. **Enumeration** (`enumeration`). Multipliers share things on average: two cohorts may have half a room each. Small sets
//!    of cohorts are therefore solved together, with their members where these are few.
//!
//! `lower_bound` runs the steps and keeps whichever sum is more: the rules apart plus step 2, or steps 3 and 4. All costs are
//! whole thousandths of a point (`costs`), and whatever is cut short makes the bound weaker, never wrong.
//!
//! # Where
//!
//! | file | what it holds |
//! | --- | --- |
//! | `costs` | the unit of cost, and what "infeasible" and "at most" are in it |
//! | `parts` | what is handed out: [`Bound`], [`BoundPart`] |
//! | `rule_costs` | the problem's rules, by what they look at |
//! | `session_costs` | what a wave pays for each session: rules, plus multipliers |
//! | `relaxation/` | Lagrangian relaxations, from pools to columns |
//! | `enumeration/` | cohorts solved together at the multipliers found |
//! | `infeasible/` | why no plan can be valid, and what would help |
//!
//! Imports run downward: `enumeration` and `infeasible` use `relaxation`, never the other way round.
//!
//! # Sources
//!
//! Each is cited where its algorithm stands. Held and Karp 1970, Geoffrion 1974: Lagrangian relaxation. Polyak 1969,
//! Camerini, Fratta and Maffioli 1975: the subgradient method. Dantzig and Wolfe 1960: columns. Bellman 1957, Hart, Nilsson
//! and Raphael 1968: shortest paths. Hall 1935: pools of consultants. Baldacci, Christofides and Mingozzi 2008, Haralick and
//! Elliott 1980: enumeration.

mod costs;
mod enumeration;
mod infeasible;
mod interrupt;
mod lower_bound;
mod parts;
mod relaxation;
mod rule_costs;
mod session_costs;

pub use infeasible::counting::reasons_against;
pub use lower_bound::lower_bound;
pub use parts::{Bound, BoundPart};
