//! `group`: the members of a leadership group are all in one cohort.

use crate::facts::Facts;
use crate::ids::ManagerId;
use crate::plan::Plan;
use crate::rules::Scope;
use crate::rules::parts::{PartsTracker, outside_largest};
use crate::term::{Finding, Place, Term, Tracker};

/// Members outside the group's largest part. Managers who take no part (not permanent) are in no group; a member whom
/// the plan does not seat is a matter of `assigned`.
#[derive(Debug)]
pub struct Group;

impl Term for Group {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut findings = Vec::new();
        let cohorts = Scope::everywhere(facts);
        for group in &facts.groups {
            let Some((largest, outside)) = outside_largest(plan, &group.members, cohorts.cohorts()) else { continue };
            for manager in outside {
                findings.push(Finding {
                    amount: 1,
                    message: format!(
                        "manager “{}” is not in {} with most of leadership group “{}”",
                        facts.managers[manager.index()].id,
                        facts.cohorts[largest.index()].id,
                        group.id
                    ),
                    place: Place { cohort: Some(largest), manager: Some(manager), ..Place::default() },
                });
            }
        }
        findings
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        let sets = facts.groups.iter().map(|group| -> &[ManagerId] { &group.members });
        Box::new(PartsTracker::new(facts, sets, Scope::everywhere(facts)))
    }
}
