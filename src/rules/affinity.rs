//! `affinity`: amounts of chosen pairs of managers, paid (or, below zero, gained) where both are in one cohort.
//!
//! With the row `m1,m2,6`, the two in one cohort cost 6 times the weight.

use std::collections::BTreeMap;

use super::support::pairs;
use super::support::{Args, Key, KeyKind, Need, RuleKind, Scope};
use crate::facts::Facts;
use crate::ids::{ManagerId, WaveId};
use crate::plan::Plan;
use crate::term::{AtLeast, Finding, Place, Term, Tracker};
use crate::words::count;

pub(super) const KIND: RuleKind = RuleKind {
    kind: "affinity",
    summary: "sum of the amounts of the pairs in one cohort",
    keys: &[Key { name: "file", kind: KeyKind::Pairs, need: Need::Required }],
    mixed_only: false,
    mixes: false,
    looks_back: false,
    most: |_, args| args.pairs.iter().flatten().map(|(_, _, amount)| amount.abs()).sum(),
    build: |_, args: Args| Box::new(Affinity { pairs: args.pairs.unwrap_or_default(), scope: args.scope }),
};

#[derive(Debug)]
struct Affinity {
    pairs: Vec<(ManagerId, ManagerId, i64)>,
    scope: Scope,
}

/// For each manager, the amount with each partner of the file, where both take part.
fn partners(facts: &Facts, pairs: &[(ManagerId, ManagerId, i64)]) -> Vec<BTreeMap<ManagerId, i64>> {
    let mut partners = vec![BTreeMap::new(); facts.managers.len()];
    let takes_part = |manager: ManagerId| facts.managers[manager.index()].permanent;
    for &(a, b, amount) in pairs.iter().filter(|(a, b, _)| takes_part(*a) && takes_part(*b)) {
        *partners[a.index()].entry(b).or_insert(0) += amount;
        *partners[b.index()].entry(a).or_insert(0) += amount;
    }
    partners
}

impl Affinity {
    /// The least sum of amounts that a manager can have with the other members of a cohort, of whatever wave and with as
    /// few or as many as may be, of `managers` who take part. Whoever is not in the file comes at 0; nobody at all where a cohort is not looked at.
    fn best_company(&self, facts: &Facts, amounts: &BTreeMap<ManagerId, i64>, managers: usize) -> i64 {
        let mut amounts: Vec<i64> = amounts.values().copied().collect();
        amounts.sort_unstable();
        let strangers = managers.saturating_sub(1 + amounts.len());
        let below_zero = amounts.partition_point(|&amount| amount < 0);
        let in_wave = |wave: usize| {
            if !self.scope.looks_at(facts, WaveId::new(wave)) {
                return 0;
            }
            let fewest = facts.waves[wave].min.saturating_sub(1);
            let most = facts.waves[wave].max.saturating_sub(1);
            let gained: i64 = amounts[..below_zero.min(most)].iter().sum();
            let needed = fewest.saturating_sub(below_zero + strangers).min(amounts.len() - below_zero);
            gained + amounts[below_zero..below_zero + needed].iter().sum::<i64>()
        };
        (0..facts.waves.len()).map(in_wave).min().unwrap_or(0)
    }
}

impl Term for Affinity {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut sums = vec![(0, 0); facts.cohorts.len()];
        let seats = plan.seats(facts.managers.len());
        for (a, b, amount) in &self.pairs {
            for cohort in seats[a.index()].iter().filter(|cohort| seats[b.index()].contains(cohort)) {
                let (pairs, sum) = &mut sums[cohort.index()];
                *pairs += 1;
                *sum += amount;
            }
        }
        let mut findings = Vec::new();
        for cohort in self.scope.cohorts() {
            let (pairs, sum) = sums[cohort.index()];
            if sum != 0 {
                findings.push(Finding {
                    amount: sum,
                    message: format!(
                        "{}: {} of the file, {sum} in all",
                        facts.cohorts[cohort.index()].id,
                        count(pairs, "pair")
                    ),
                    place: Place { cohort: Some(cohort), ..Place::default() },
                });
            }
        }
        findings
    }

    fn at_least(&self, facts: &Facts) -> AtLeast<'_> {
        let managers = facts.eligible().count();
        let partners = partners(facts, &self.pairs);
        let twice: i64 = partners.iter().map(|amounts| self.best_company(facts, amounts, managers)).sum();
        // Every pair was counted from both sides, and so twice.
        AtLeast::Amount(twice.div_euclid(2) + twice.rem_euclid(2), "every manager alone with the best company".into())
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        pairs::tracker(facts, &self.pairs, &self.scope)
    }
}
