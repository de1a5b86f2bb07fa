//! `group`: the members of a leadership group are all in one cohort.

use crate::facts::Facts;
use crate::ids::ManagerId;
use crate::plan::Plan;
use crate::rules::Scope;
use crate::rules::support::parts::{PartsTracker, outside_largest};
use crate::term::{Finding, Place, Term, Tracker};

/// Counts the members outside the group's largest part. Managers who take no part (not permanent) belong to no group.
/// A member whom the plan does not seat is counted by `assigned`, not here. A member in two cohorts, which SPEC
/// leaves open, is outside only if neither cohort holds the group's largest part.
#[derive(Debug)]
pub struct WholeGroups;

impl Term for WholeGroups {
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

#[cfg(test)]
mod tests {
    use super::super::testing::{amount, sample};
    use crate::ids::ManagerId;

    /// The group's members “g1”, “g2” and “g3” are managers 0, 1 and 2; “z”, who takes no part, is 6.
    fn parted(cohorts: [&[u32]; 3]) -> i64 {
        let (problem, mut plan) = sample();
        for (planned, members) in plan.cohorts.iter_mut().zip(cohorts) {
            planned.members = members.iter().copied().map(ManagerId).collect();
        }
        amount(&problem, &plan, "group")
    }

    #[test]
    fn members_outside_the_largest_part_are_counted() {
        assert_eq!(parted([&[0, 1, 2], &[3], &[4, 5]]), 0);
        assert_eq!(parted([&[0, 1], &[3, 2], &[4, 5]]), 1);
        assert_eq!(parted([&[0], &[3, 1], &[4, 5, 2]]), 2, "of three parts of one, two are outside");
    }

    #[test]
    fn who_is_nowhere_is_no_part() {
        assert_eq!(parted([&[0, 1], &[3], &[4, 5]]), 0);
        assert_eq!(parted([&[], &[3], &[4, 5]]), 0);
    }

    #[test]
    fn who_takes_no_part_is_no_part_either() {
        assert_eq!(parted([&[0, 1, 2], &[3, 6], &[4, 5]]), 0);
    }

    #[test]
    fn who_is_in_the_largest_part_as_well_is_not_outside() {
        assert_eq!(parted([&[0, 1, 2], &[3, 2], &[4, 5, 2]]), 0);
        assert_eq!(parted([&[0, 0, 1], &[3, 2], &[4, 5, 2]]), 1, "each member counts once");
    }
}
