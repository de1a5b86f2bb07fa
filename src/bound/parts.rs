//! A lower bound as it is handed out, part by part.

use std::borrow::Cow;

/// What no valid plan can be below.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bound {
    /// The least soft score: the sum of the parts.
    pub soft: i64,
    /// Where it comes from.
    pub parts: Vec<BoundPart>,
    /// Where the work was cut short by a signal: after how many times it had asked whether to stop.
    pub cut_after: Option<u64>,
}

impl Bound {
    /// The bound that these parts add up to.
    pub fn of(parts: Vec<BoundPart>) -> Bound {
        Bound { soft: sum(&parts), parts, cut_after: None }
    }
}

/// What is proved of one term, or of several together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BoundPart {
    /// The term's name. Several that are counted together are separated by commas.
    pub term: String,
    /// The least amount times the weight, in points.
    pub cost: i64,
    /// Why it cannot be less, in a few words for people.
    pub why: Cow<'static, str>,
}

/// What these parts cost together, in points.
pub fn sum(parts: &[BoundPart]) -> i64 {
    parts.iter().fold(0, |sum, part| sum.saturating_add(part.cost))
}
