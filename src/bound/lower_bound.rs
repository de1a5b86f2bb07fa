//! What every valid plan costs at least.
//!
//! Each term says the least amount it has on any valid plan, or what it charges for a cohort's members or timeline, or for a
//! manager by the wave ([`Term::at_least`](crate::term::Term::at_least)). No plan can have less of any of them, so the least
//! amounts, each times its weight, and the cheapest timelines add up to a bound. What seats and timelines cost together
//! beyond that comes on top. The bound holds for valid plans: a plan with breaches may cost less. All arithmetic is in whole
//! numbers.

use std::sync::atomic::AtomicBool;

use super::costs::points;
use super::enumeration::raise::{Raised, raise};
use super::interrupt::Interrupt;
use super::parts::{Bound, BoundPart, sum};
use super::relaxation::column_generation::Relaxation;
use super::relaxation::pooled_capacity::PooledCapacity;
use super::relaxation::run_options::RunOptions;
use super::relaxation::{half_days, pooled};
use super::rule_costs::RuleCosts;
use super::session_costs::SessionCosts;
use crate::facts::Facts;
use crate::ids::WaveId;
use crate::problem::Problem;

/// Subgradient steps of the pooled relaxation where it is all there is. Measured: twice as many raise the bound by one point
/// in a hundred on the problems tried.
const POOLED_STEPS: usize = 200;

/// Subgradient steps of the pooled relaxation where column generation goes on from its multipliers. Chosen: half as many.
const FIRST_STEPS: usize = 100;

/// A bound on the soft score of every valid plan, with a part for each term that has a weight, or for several together.
///
/// Same problem and effort, same bound, unless `signal` becomes true: then it is what has been proved by then, and
/// [`Bound::cut_after`] repeats it as `cut_after`. More effort
/// seldom proves less, but it can: multipliers that are better in all may leave less to prove of one wave. With an effort of 1
/// it takes about a second for 530 managers, and for 38,000; each further unit takes at most a fifth of a second.
pub fn lower_bound(problem: &Problem, effort: usize, signal: &AtomicBool, cut_after: Option<u64>) -> Bound {
    let interrupt = &Interrupt::new(signal, cut_after);
    let rules = RuleCosts::of(problem);
    let seats = rules.least_of_seats(&|_| false);
    let mut parts = if problem.facts.modules.is_empty() {
        seats
    } else {
        with_timelines(&problem.facts, &rules, seats, effort, interrupt)
    };
    parts.splice(0..0, rules.amounts);
    Bound { cut_after: interrupt.cut_after(), ..Bound::of(parts) }
}

/// What cohorts and consultants cost at least. Of two sums the larger is kept:
///
/// - apart: the pooled relaxation of the timelines, plus seats and work each for themselves;
/// - together: column generation, which counts work and the members of whole groups with the timelines, raised by
///   enumeration, plus the seats that remain. Only where there are few enough ways to hold a run.
fn with_timelines(
    facts: &Facts,
    rules: &RuleCosts,
    seats: Vec<BoundPart>,
    effort: usize,
    interrupt: &Interrupt,
) -> Vec<BoundPart> {
    let costs = SessionCosts::of_rules(facts, &rules.timeline_rules());
    let mut options = RunOptions::of(facts, &costs);
    if rules.charge_work() {
        options.iter_mut().for_each(|options| half_days::count(facts, options));
    }
    let steps = if options.is_some() { FIRST_STEPS } else { POOLED_STEPS };
    let (pooled, capacity) = pooled::least(facts, &costs, steps);
    let apart = [seats, rules.least_of_work(), timelines(&rules.names_of_timelines(), pooled)].concat();
    let together = options.and_then(|options| together(facts, rules, &costs, &options, &capacity, effort, interrupt));
    match together {
        Some(together) if sum(&together) > sum(&apart) => together,
        _ => apart,
    }
}

/// The parts by column generation and enumeration; `None` where a wave has no timeline at all.
fn together(
    facts: &Facts,
    rules: &RuleCosts,
    costs: &SessionCosts,
    options: &RunOptions,
    pooled: &PooledCapacity,
    effort: usize,
    interrupt: &Interrupt,
) -> Option<Vec<BoundPart>> {
    let relaxation = Relaxation::solve(facts, rules, costs, options, pooled, effort, interrupt)?;
    let Raised { timelines: more, with_seats } = raise(&relaxation, rules, effort, interrupt);
    let least = relaxation.least + more;
    let is_settled = |wave: WaveId| relaxation.pricing.settled[wave.index()];
    let mut parts = rules.least_of_seats(&is_settled);
    parts.extend(timelines(&rules.names(&is_settled), least));
    let with_seats = BoundPart {
        term: rules.names_by_class().join(", "),
        cost: points(least + with_seats) - points(least),
        why: "on top, since who can come when decides who sits where".into(),
    };
    parts.extend((with_seats.cost > 0).then_some(with_seats));
    Some(parts)
}

/// The part of these terms together, which cost at least `least` thousandths; none where there are no terms.
fn timelines(names: &[&str], least: i64) -> Vec<BoundPart> {
    let part = BoundPart {
        term: names.join(", "),
        cost: points(least),
        why: "each cohort on its cheapest dates, with its consultants, its groups and whoever must be in it, as far as rooms and consultants go round"
            .into(),
    };
    if names.is_empty() { Vec::new() } else { vec![part] }
}
