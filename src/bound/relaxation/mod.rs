//! Lagrangian relaxations of the timelines: what all cohorts pay at least when rooms, consultants and leadership groups must go
//! round. Pools first (`pooled`, with `pooled_capacity` and `pooled_path`), then consultant by consultant and group by group
//! (`column_generation`). There `run_options` and `subsets` say what can be chosen, `capacity` what there is, `reduced_costs`
//! what each choice costs at the multipliers, `pricing` and `shortest_path` which timeline is cheapest. Both take their steps
//! with `subgradient`.

pub mod capacity;
pub mod column_generation;
pub mod forced;
pub mod half_days;
pub mod pooled;
pub mod pooled_capacity;
pub mod pooled_path;
pub mod pricing;
pub mod reduced_costs;
pub mod run_options;
pub mod shortest_path;
pub mod subgradient;
pub mod subsets;
pub mod wave_pricing;
pub mod windows;
