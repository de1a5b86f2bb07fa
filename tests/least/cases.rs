//! The problems of the laws, each with all plans that keep the built-in terms, and every term's amounts on them.

use std::sync::LazyLock;

use kohort::plan::{CohortPlan, Plan, Run};
use kohort::problem::Problem;
use kohort::rng::Rng;
use kohort::term::Posed;

use crate::plans::{kept, runs, seatings};
use crate::problems::texts;

/// How many problems without modules and with modules.
const CASES: [usize; 2] = [400, 300];

/// A tiny problem.
#[derive(Debug)]
pub struct Case {
    /// How to make it again, for messages.
    pub name: String,
    /// The problem.
    pub problem: Problem,
    /// Every plan that keeps all built-in terms.
    pub plans: Vec<Plan>,
    /// By term, its amount on each of the plans.
    pub amounts: Vec<Vec<i64>>,
}

/// A random plan in which everybody who takes part has a seat and every session lies in the programme.
pub fn any_plan(rng: &mut Rng, seatings: &[Plan], runs: &[Vec<Run>]) -> Plan {
    let seats = &seatings[rng.below(seatings.len())];
    let cohort = |cohort: &CohortPlan| CohortPlan {
        members: cohort.members.clone(),
        runs: runs.iter().map(|runs| runs[rng.below(runs.len())].clone()).collect(),
    };
    Plan { cohorts: seats.cohorts.iter().map(cohort).collect() }
}

fn case(seed: u64, dated: bool) -> Option<Case> {
    let rng = &mut Rng::new(seed, u64::from(dated));
    let texts = texts(rng, dated);
    let mut problem = texts.read()?;
    let mut plans = kept(&problem)?;
    if rng.chance(2, 3) {
        let earlier = if plans.is_empty() {
            let runs: Vec<_> = (0..problem.facts.modules.len()).map(|module| runs(&problem, module)).collect();
            any_plan(rng, &seatings(&problem), &runs)
        } else {
            plans[rng.below(plans.len())].clone()
        };
        problem.set_earlier(earlier);
        // Frozen runs are fixed now, too, and may stand where a pin said otherwise.
        plans = kept(&problem)?;
    }
    let on_each = |posed: &Posed| plans.iter().map(|plan| posed.term.amount(&problem.facts, plan)).collect();
    let amounts = problem.terms.iter().map(on_each).collect();
    Some(Case { name: format!("seed {seed}: {texts}"), problem, plans, amounts })
}

/// All cases.
pub static ALL: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let of_kind = |dated: bool| (0..).filter_map(move |seed| case(seed, dated)).take(CASES[usize::from(dated)]);
    of_kind(false).chain(of_kind(true)).collect()
});

impl Case {
    /// The plans that also keep all hard rules, with their soft scores.
    pub fn valid(&self) -> impl Iterator<Item = (&Plan, i64)> {
        let costs = |plan: usize| {
            let terms = self.problem.terms.iter().zip(&self.amounts);
            let (mut hard, mut soft) = (0, 0);
            terms.for_each(|(posed, amounts)| match posed.weight {
                None => hard += amounts[plan],
                Some(weight) => soft += weight * amounts[plan],
            });
            (hard == 0).then_some(soft)
        };
        self.plans.iter().enumerate().filter_map(move |(index, plan)| Some((plan, costs(index)?)))
    }
}
