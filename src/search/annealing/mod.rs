//! Simulated annealing: how long to search, how temperatures fall, and how they are found from the problem itself.

mod acceptance_rates;
mod clock;
mod cooling;
mod limit;
mod schedule;
pub mod temperature_range;
pub mod tempering;

pub use acceptance_rates::AcceptanceRates;
pub use clock::Clock;
pub use cooling::Cooling;
pub use limit::Limit;
pub use schedule::Schedule;
pub use tempering::Tempering;
