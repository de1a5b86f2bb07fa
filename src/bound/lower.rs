//! What every valid plan costs at the least.
//!
//! Each term says the least amount that it has on any valid plan, or what it charges a cohort's members or timeline, or a
//! manager by the wave ([`Term::at_least`](crate::term::Term::at_least)). The least amounts, each with its weight, and the
//! cheapest timelines add up to a bound, since no plan can have less of any of them; what seats and timelines cost together
//! beyond that comes on top. It belongs to valid plans: one with breaches may cost less. All arithmetic is in whole numbers.

use std::borrow::Cow;
use std::sync::atomic::AtomicBool;

use super::charges::Charges;
use super::prices::{Prices, SCALE};
use super::ways::Ways;
use super::{people, scarce};
use crate::facts::Facts;
use crate::ids::WaveId;
use crate::problem::Problem;

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

/// A bound on the soft score of every valid plan, with a part for each term that has a weight, or for several. The same for
/// the same problem and effort, unless `stop` becomes true: then it is what is proved by then. More effort seldom proves
/// less: tolls that are better in all may leave less to prove of a wave. Cost with an effort of 1: about a second for 530
/// managers, and for 38,000; at the most a fifth of a second for each further one.
pub fn lower_bound(problem: &Problem, effort: usize, stop: &AtomicBool) -> Bound {
    let charges = Charges::of(problem);
    let seats = charges.least_of_seats(&|_| false);
    let mut parts = if problem.facts.modules.is_empty() {
        seats
    } else {
        with_timelines(&problem.facts, &charges, seats, effort, stop)
    };
    parts.splice(0..0, charges.amounts);
    Bound { soft: sum(&parts), parts }
}

fn sum(parts: &[Part]) -> i64 {
    parts.iter().fold(0, |sum, part| sum.saturating_add(part.cost))
}

/// What cohorts and consultants cost at the least: by what all consultants together can give, with seats and work for
/// themselves, or from there on consultant by consultant, with work and the seats of whole groups, where there are few
/// enough of them. Whichever is more.
fn with_timelines(facts: &Facts, charges: &Charges, seats: Vec<Part>, effort: usize, stop: &AtomicBool) -> Vec<Part> {
    let prices = Prices::of_rules(facts, &charges.timed());
    let mut ways = Ways::of(facts, &prices);
    if charges.are_for_work() {
        ways.iter_mut().for_each(|ways| ways.count_work(facts));
    }
    let rounds = if ways.is_some() { TO_BEGIN_WITH } else { ROUNDS };
    let (coarse, stock) = scarce::cheapest_timelines(facts, &prices, rounds);
    let apart = [seats, charges.least_of_work(), timelines(&charges.names_of_timelines(), coarse)].concat();
    let begin = |ways: &Ways| people::cheapest_timelines(facts, charges, &prices, ways, &stock, effort, stop);
    let Some(finer) = ways.as_ref().and_then(begin) else { return apart };
    let is_settled = |wave: WaveId| finer.settled[wave.index()];
    let timelines = timelines(&charges.names(&is_settled), finer.least);
    let with_seats = Part {
        term: charges.names_by_class().join(", "),
        cost: points(finer.least + finer.with_seats) - points(finer.least),
        why: "on top, since who can come when decides who sits where".into(),
    };
    let mut together = [charges.least_of_seats(&is_settled), timelines].concat();
    together.extend((with_seats.cost > 0).then_some(with_seats));
    if sum(&together) > sum(&apart) { together } else { apart }
}

/// So many thousandths in whole points: a plan that costs more than some points costs one more at the least.
fn points(thousandths: i64) -> i64 {
    -(-thousandths.max(0)).div_euclid(SCALE)
}

/// The part of these terms together, which cost so many thousandths at the least; none where there are none.
fn timelines(names: &[&str], least: i64) -> Vec<Part> {
    let part = Part {
        term: names.join(", "),
        cost: points(least),
        why: "each cohort on its cheapest dates with its consultants, groups and whoever must be in it, as far as there are enough of all"
            .into(),
    };
    if names.is_empty() { Vec::new() } else { vec![part] }
}
