//! What every valid plan costs at the least.
//!
//! Each term says the least amount that it has on any valid plan ([`Term::at_least`](crate::term::Term::at_least)); the
//! least amounts, each with its weight, add up to a bound, since no plan can have less of any of them. It belongs to
//! valid plans: one with breaches may cost less. All arithmetic is in whole numbers.

use crate::problem::Problem;

/// What no valid plan can be below.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bound {
    /// The least soft score: the sum of the parts.
    pub soft: i64,
    /// Where it comes from.
    pub parts: Vec<Part>,
}

/// What is certain of one term.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// The term's name.
    pub term: String,
    /// The least amount times the weight.
    pub cost: i64,
    /// Why it cannot be less, in a few words for people.
    pub why: &'static str,
}

/// A bound on the soft score of every valid plan, with a part for each term that has a weight. The same for the same
/// problem. Cost: well under a second for 530 managers, a few seconds for 38,000.
pub fn lower_bound(problem: &Problem) -> Bound {
    let part = |posed: &crate::term::Posed| {
        let least = posed.term.at_least(&problem.facts);
        Some(Part { term: posed.name.clone(), cost: posed.weight?.saturating_mul(least.amount), why: least.why })
    };
    let parts: Vec<Part> = problem.terms.iter().filter_map(part).collect();
    Bound { soft: parts.iter().fold(0, |sum: i64, part| sum.saturating_add(part.cost)), parts }
}
