//! The relaxation consultant by consultant and group by group, by column generation.
//!
//! The Lagrangian relaxation of [`pooled`](super::pooled), begun with its multipliers, with finer capacities: every
//! consultant's half days, the work of each in all, and each leadership group, which some cohort must take. A cohort's timeline
//! is priced with its teams, the consultants it meets and the groups whose absences it bears; where a wave's cohorts have nobody
//! but whole groups, also with what their members cost together. So the bound is at best that of the linear program whose
//! columns are whole timelines (Dantzig and Wolfe, "Decomposition principle for linear programs", 1960).
//!
//! Pricing takes nearly all the time. The columns found are therefore kept, and most subgradient steps choose among them as if
//! there were no others. That is no bound; it becomes one in a step in which pricing shows what else there is. Pricing comes
//! when the columns have been trusted for a while, or when the value promises most of the step target. When the multipliers have
//! not got better for long, they are set back to the best, and the target shrinks; while they do get better, the target is at
//! least what has been gained.

use crate::bound::interrupt::Interrupt;

use super::capacity::Capacity;
use super::pooled_capacity::PooledCapacity;
use super::pricing::{Column, Pricing};
use super::reduced_costs::ReducedCosts;
use super::run_options::RunOptions;
use super::subgradient;
use super::wave_pricing::PricingInput;
use crate::bound::costs::{INFEASIBLE, POINT};
use crate::bound::rule_costs::RuleCosts;
use crate::bound::session_costs::SessionCosts;
use crate::facts::Facts;

/// The most subgradient steps. Measured: a step that looks at known columns only takes microseconds.
const MOST_STEPS: usize = 10_000;

/// About how many run options pricing looks at in all, for each ten units of effort. Chosen, so that an effort of 1 takes about
/// a second.
const MOST_OPTIONS: usize = 80_000_000;

/// For how many steps the known columns are taken for all there are. Measured on `orebro`: with 1, 10, 20 and 40 steps and as
/// much work, 716, 753, 758 and 799 points are proved.
const TRUSTED: usize = 40;

/// When the value promises this much of the step target, in per cent, pricing comes at once. Chosen.
const PROMISING: i64 = 90;

/// How many steps to wait for better multipliers before they are set back to the best. Chosen.
const PATIENCE: usize = 300;

/// What stays of the step target then, in per cent. Chosen.
const SHRINK: i64 = 50;

/// The step target, in thousandths, below which the search for multipliers ends. Chosen.
const LEAST_TARGET: i64 = POINT / 20;

/// Measured: the reduced costs of this many consultants take about as long as one shortest path.
const CONSULTANTS_A_SEARCH: usize = 8;

/// The relaxation at the best multipliers that were found.
pub struct Relaxation<'a> {
    /// The problem.
    pub facts: &'a Facts,
    /// What all cohorts and consultants together cost at least, in thousandths.
    pub least: i64,
    /// What timelines are priced with.
    pub pricing: Pricing<'a>,
    /// What each run option costs.
    pub costs: ReducedCosts,
    /// What there is, with the multipliers.
    pub capacity: Capacity<'a>,
}

impl<'a> Relaxation<'a> {
    /// Looks for the multipliers that prove most, beginning with those of the pools. `None` where a wave has no timeline at all.
    pub fn solve(
        facts: &'a Facts,
        rules: &'a RuleCosts<'a>,
        session_costs: &'a SessionCosts,
        options: &'a RunOptions,
        pooled: &PooledCapacity,
        effort: usize,
        interrupt: &Interrupt,
    ) -> Option<Relaxation<'a>> {
        let mut pricing = Pricing::of(PricingInput { facts, rules, costs: session_costs, options })?;
        let mut capacity = Capacity::of(facts, session_costs, pricing.groups.len(), rules.one_more_date());
        capacity.take_over(pooled);
        capacity.share_evenly(work(facts, options));
        let kinds = session_costs.kinds.len();
        let mut costs = ReducedCosts::of(facts, options, &capacity, kinds);
        let mut columns = Columns { facts, known: vec![Vec::new(); facts.waves.len()], chosen: Vec::new() };
        let most_searches = effort.div_ceil(10).saturating_mul(MOST_OPTIONS) / options.list.len().max(1);
        let (mut best, mut multipliers, mut target, mut gained) = (i64::MIN, Vec::new(), 0, 0);
        // Whether pricing is due, the step in which it came last, and that in which the multipliers got better or were set back.
        let (mut is_due, mut priced, mut better) = (true, 0, 0);
        for step in 0..MOST_STEPS {
            let mut value = columns.choose(&mut capacity);
            is_due |= step - priced >= TRUSTED || value >= best + target * PROMISING / 100;
            if value >= best && is_due {
                if pricing.memory.searches >= most_searches || interrupt.is_over() {
                    break;
                }
                (is_due, priced) = (false, step);
                costs.update(facts, options, &capacity, kinds);
                pricing.memory.searches += facts.consultants.len().div_ceil(CONSULTANTS_A_SEARCH);
                value = columns.price(&mut pricing, &costs, &mut capacity, best)?;
                if value > best {
                    if step == 0 {
                        target = value.max(0) / 10 + 10 * POINT;
                    } else {
                        gained += value - best;
                        target = target.max(gained);
                    }
                    (best, better) = (value, step);
                    multipliers = capacity.multipliers();
                }
            }
            if step - better >= PATIENCE {
                (target, gained, better) = (target * SHRINK / 100, 0, step);
                if target < LEAST_TARGET {
                    break;
                }
                capacity.set_multipliers(&multipliers);
            } else if !subgradient::step(&mut capacity.rows, best + target - value) {
                // The chosen columns fit together: the relaxation is solved if pricing has just shown that there are no others.
                if priced == step {
                    break;
                }
                is_due = true;
            }
        }
        if best == i64::MIN {
            return None;
        }
        capacity.set_multipliers(&multipliers);
        costs.update(facts, options, &capacity, kinds);
        Some(Relaxation { facts, least: best, pricing, costs, capacity })
    }
}

/// How many half days all consultants together work at least.
fn work(facts: &Facts, options: &RunOptions) -> i64 {
    let of_module = |module: usize| {
        let days = 0..=facts.slots.days - 1;
        let least = options.within(module, &days).map(|option| options.list[option].work).min();
        facts.modules[module].consultants as i64 * least.unwrap_or(0)
    };
    facts.cohorts.len() as i64 * (0..facts.modules.len()).map(of_module).sum::<i64>()
}

/// The columns that were found.
struct Columns<'a> {
    facts: &'a Facts,
    /// By wave.
    known: Vec<Vec<Column>>,
    /// By wave: the cheapest of them at the present multipliers, its price and its place.
    chosen: Vec<(i64, usize)>,
}

impl Columns<'_> {
    /// Chooses the cheapest known one for each wave; the value of that.
    fn choose(&mut self, capacity: &mut Capacity) -> i64 {
        let multipliers = capacity.multipliers();
        let cheapest = |known: &Vec<Column>| {
            let prices = known.iter().enumerate().map(|(at, column)| (column.price(&multipliers), at));
            prices.min().unwrap_or((INFEASIBLE, 0))
        };
        self.chosen = self.known.iter().map(cheapest).collect();
        self.value(capacity)
    }

    /// Prices wave by wave and adds the cheaper columns, as long as the value is no less than `least`; the value then. `None`
    /// where a wave has no timeline at all.
    fn price(
        &mut self,
        pricing: &mut Pricing,
        costs: &ReducedCosts,
        capacity: &mut Capacity,
        least: i64,
    ) -> Option<i64> {
        let mut value = self.value(capacity);
        for wave in pricing.fastest_first() {
            let (chosen, known) = (&mut self.chosen[wave.index()], &mut self.known[wave.index()]);
            for (price, column) in pricing.below(wave, costs, capacity, chosen.0) {
                *chosen = (price, known.len());
                known.push(column);
            }
            if known.is_empty() {
                return None;
            }
            value = self.value(capacity);
            if value < least {
                break;
            }
        }
        Some(value)
    }

    /// What all cohorts pay when each takes the chosen column of its wave, less what all there is is worth; counts what is used.
    /// As much as can be where a wave has no column.
    fn value(&self, capacity: &mut Capacity) -> i64 {
        capacity.rows.iter_mut().for_each(|row| row.used = 0);
        let mut sum: i128 = 0;
        for ((wave, known), &(price, at)) in self.facts.waves.iter().zip(&self.known).zip(&self.chosen) {
            let cohorts = wave.cohorts.len() as i64;
            sum += i128::from(price) * i128::from(cohorts);
            for &(row, amount) in known.get(at).iter().flat_map(|column| &column.uses) {
                capacity.rows[row as usize].used += i64::from(amount) * cohorts;
            }
        }
        let worth = capacity.worth();
        i64::try_from((sum - worth).min(i128::from(i64::MAX))).unwrap_or(i64::MIN)
    }
}
