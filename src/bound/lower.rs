//! What every valid plan costs at the least.
//!
//! Each term says the least amount that it has on any valid plan, or what it charges a cohort's timeline
//! ([`Term::at_least`](crate::term::Term::at_least)). The least amounts, each with its weight, and the cheapest timelines
//! add up to a bound, since no plan can have less of any of them. It belongs to valid plans: one with breaches may cost
//! less. All arithmetic is in whole numbers.

use std::borrow::Cow;
use std::sync::atomic::AtomicBool;

use super::prices::{Prices, SCALE};
use super::ways::Ways;
use super::{people, scarce};
use crate::facts::Facts;
use crate::problem::Problem;
use crate::term::{AtLeast, Timed};

/// How often the tolls for all consultants together are changed. On the problems tried, twice as often gave one point in a
/// hundred more.
const ROUNDS: usize = 200;

/// The same where it goes on consultant by consultant.
const TO_BEGIN_WITH: usize = 100;

/// What no valid plan can be below.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bound {
    /// The least soft score: the sum of the parts.
    pub soft: i64,
    /// Where it comes from.
    pub parts: Vec<Part>,
}

/// What is certain of one term, or of several together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// The term's name; of several that are counted together, separated by commas.
    pub term: String,
    /// The least amount times the weight.
    pub cost: i64,
    /// Why it cannot be less, in a few words for people.
    pub why: Cow<'static, str>,
}

/// A bound on the soft score of every valid plan, with a part for each term that has a weight. The same for the same
/// problem and effort, unless `stop` becomes true: then it is what is proved by then. More effort never proves less. Cost
/// with an effort of 1: about a second for 530 managers, and for 38,000; at the most half as much for each further one.
pub fn lower_bound(problem: &Problem, effort: usize, stop: &AtomicBool) -> Bound {
    let facts = &problem.facts;
    let mut parts = Vec::new();
    let (mut names, mut timed) = (Vec::new(), Vec::new());
    for (posed, weight) in problem.terms.iter().filter_map(|posed| Some((posed, posed.weight?))) {
        match posed.term.at_least(facts) {
            AtLeast::Amount(amount, why) => {
                parts.push(Part { term: posed.name.clone(), cost: weight.saturating_mul(amount), why });
            }
            AtLeast::Timelines(rule) => {
                names.push(posed.name.as_str());
                timed.push((weight, rule));
            }
        }
    }
    if !timed.is_empty() {
        let cost = cheapest_timelines(facts, &timed, effort, stop);
        parts.push(Part {
            term: names.join(", "),
            cost,
            why: "each cohort on its cheapest dates with its consultants and groups, as far as there are enough of all"
                .into(),
        });
    }
    Bound { soft: parts.iter().fold(0, |sum: i64, part| sum.saturating_add(part.cost)), parts }
}

/// What the timelines of all cohorts together cost at the least, by these rules with their weights: by what all consultants
/// together can give, and from there on consultant by consultant where there are few enough of them.
fn cheapest_timelines(facts: &Facts, rules: &[(i64, &dyn Timed)], effort: usize, stop: &AtomicBool) -> i64 {
    if facts.modules.is_empty() {
        return 0;
    }
    let prices = Prices::of_rules(facts, rules);
    let ways = Ways::of(facts, &prices);
    let rounds = if ways.is_some() { TO_BEGIN_WITH } else { ROUNDS };
    let (least, stock) = scarce::cheapest_timelines(facts, &prices, rounds);
    let begin = |ways: &Ways| people::cheapest_timelines(facts, rules, &prices, ways, &stock, effort, stop);
    let finer = ways.as_ref().and_then(begin);
    let least = finer.map_or(least, |finer| finer.max(least));
    -(-least.max(0)).div_euclid(SCALE)
}
