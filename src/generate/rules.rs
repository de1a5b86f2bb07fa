//! The rules of an invented problem. The planted plan keeps the hard ones.

use std::collections::BTreeMap;

use super::cohorts::Cohorts;
use super::staff::Person;

/// `max_share` never asks for less than this percentage of a cohort, however many departments there are (chosen).
const LEAST_SHARE: usize = 25;
/// `min_distinct` never asks for more different departments than this (chosen).
const MOST_DISTINCT: usize = 5;

/// The rules that a planner would write, as text for the problem file. At most `away_share` per cent of an area's
/// managers may be away at once, but `away_least` managers always may.
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
