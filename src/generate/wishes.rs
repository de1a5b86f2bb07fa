//! What some managers ask for: waves that they would rather be in, and first and last dates.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::staff::Person;
use crate::facts::Wave;
use crate::ids::CohortId;
use crate::rng::Rng;

/// One manager in ten without a leadership group prefers one or two of the mixed waves, mostly the one in which the
/// planted plan has the manager.
pub fn wish(person: &mut Person, mixed: &[Wave], cohort: CohortId, rng: &mut Rng) {
    if person.group.is_some() || !rng.chance(1, 10) {
        return;
    }
    let planned = mixed.iter().find(|wave| wave.cohorts.contains(&cohort)).filter(|_| rng.chance(7, 10));
    let other = Some(&mixed[rng.below(mixed.len())]).filter(|_| planned.is_none() || rng.chance(1, 3));
    let wanted: BTreeSet<&String> = planned.into_iter().chain(other).map(|wave| &wave.id).collect();
    person.prefers = wanted.into_iter().cloned().collect();
}

/// One manager in thirty starts up to four weeks before the first of the dates to keep, or leaves up to four weeks
/// after the last.
pub fn come_or_go(person: &mut Person, keep: &BTreeSet<NaiveDate>, rng: &mut Rng) {
    let (Some(&first), Some(&last)) = (keep.first(), keep.last()) else { return };
    if rng.chance(1, 30) {
        let days = Days::new(1 + rng.below(28) as u64);
        if rng.chance(1, 2) {
            person.from = Some(first - days);
        } else {
            person.until = Some(last + days);
        }
    }
}
