//! The rules of an invented problem, the hard ones so that the planted plan keeps them.

use std::collections::BTreeMap;

use super::cohorts::Cohorts;
use super::staff::Person;

/// Nobody asks for less of a cohort than a quarter, however many departments there are.
const LEAST_SHARE: usize = 25;
/// Nor for more different departments in it than five.
const MOST_DISTINCT: usize = 5;

/// The rules that a planner would write, as they stand in the file. At most `away_share` out of a hundred of an area are
/// away at once, but always `away_least`.
pub fn rules(people: &[Person], dealt: &Cohorts, tightness: usize, away_share: usize, away_least: usize) -> String {
    let mut smallest = usize::MAX;
    let mut most = 1;
    let mut distinct = MOST_DISTINCT;
    for members in dealt.mixed() {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for &member in members {
            *counts.entry(people[member].department).or_default() += 1;
        }
        smallest = smallest.min(members.len().max(1));
        most = most.max(counts.values().copied().max().unwrap_or(1));
        distinct = distinct.min(counts.len());
    }
    let share = ((most + (100 - tightness) / 50) * 100).div_ceil(smallest).clamp(LEAST_SHARE, 100);
    let share = format!("{}.{:02}", share / 100, share % 100);
    if tightness < 50 && distinct > 1 {
        distinct -= 1;
    }
    format!(
        r#"
[[rule]]
kind = "max_share"
attribute = "department"
share = {share}
hard = true

[[rule]]
kind = "min_distinct"
attribute = "department"
count = {distinct}
hard = true

[[rule]]
kind = "apart"
relation = "superior"
hard = true

[[rule]]
kind = "coverage"
attribute = "area"
share = 0.{away_share:02}
min = {away_least}
hard = true

[[rule]]
kind = "spread"
attribute = "department"
weight = 4

[[rule]]
kind = "spread"
attribute = "field"
weight = 1

[[rule]]
kind = "spread"
attribute = "gender"
weight = 1

[[rule]]
kind = "spread"
attribute = "experience"
weight = 1

[[rule]]
kind = "attendance"
weight = 30

[[rule]]
kind = "preference"
weight = 5

[[rule]]
kind = "avoid"
weight = 3

[[rule]]
kind = "gap"
weight = 1

[[rule]]
kind = "continuity"
weight = 10

[[rule]]
kind = "room_cost"
weight = 1
"#
    )
}
