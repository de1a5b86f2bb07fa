//! What the days between two modules cost, as a table: for the dynamic programme over a cohort's timeline.

use crate::facts::Facts;
use crate::ids::{CohortId, ModuleId, WaveId};
use crate::problem::Problem;
use crate::term::{AtLeast, Timed};

/// For each wave and module, the soft cost of each number of days since the module before that is allowed.
#[derive(Debug)]
pub struct GapCosts {
    modules: usize,
    /// By wave, then module: from the least gap allowed to the greatest.
    costs: Vec<Vec<i64>>,
}

impl GapCosts {
    /// Asks every rule with a weight that charges timelines.
    pub fn of(problem: &Problem) -> GapCosts {
        let facts = &problem.facts;
        let modules = facts.modules.len();
        let timed: Vec<(i64, &dyn Timed)> = problem
            .terms
            .iter()
            .filter_map(|posed| match (posed.weight, posed.term.at_least(facts)) {
                (Some(weight), AtLeast::Timelines(rule)) => Some((weight, rule)),
                _ => None,
            })
            .collect();
        let costs = (0..facts.waves.len() * modules).map(|index| {
            let (wave, later) = (WaveId::new(index / modules), ModuleId::new(index % modules));
            let gap = facts.modules[later.index()].gap;
            let longest = gap.max.unwrap_or(i64::MAX).min(facts.slots.days as i64);
            let cost = |days: i64| timed.iter().map(|(weight, rule)| weight * rule.gap(facts, wave, later, days)).sum();
            if later.index() == 0 { Vec::new() } else { (gap.min..=longest).map(cost).collect() }
        });
        GapCosts { modules, costs: costs.collect() }
    }

    /// The costs before a cohort's run of a module, from `gap.min` days on; empty before the first module.
    #[inline]
    pub fn before(&self, facts: &Facts, cohort: CohortId, later: ModuleId) -> &[i64] {
        &self.costs[facts.cohorts[cohort.index()].wave.index() * self.modules + later.index()]
    }
}
