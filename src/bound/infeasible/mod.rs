//! Why no plan of a problem can be valid: proofs by counting (`counting`), and what would help a wave that finds no dates
//! (`remedies`).

pub mod counting;
pub mod remedies;
