//! Upper limits of what amounts are made of, so that the reader can refuse weights with which costs would overflow. They hold for
//! plans in which everybody sits once, cohorts have an allowed size and every session lies in the programme; the reader leaves
//! room for plans that go beyond that.

use crate::facts::{Facts, Wave};

/// Managers who take part.
pub fn managers(facts: &Facts) -> i64 {
    facts.eligible().count() as i64
}

/// Pairs of members of one cohort.
pub fn pairs(facts: &Facts) -> i64 {
    let all = managers(facts);
    let of_wave = |wave: &Wave| {
        let members = (wave.max as i64).min(all);
        wave.cohorts.len() as i64 * members * (members - 1) / 2
    };
    facts.waves.iter().map(of_wave).sum()
}

/// Cohorts.
pub fn cohorts(facts: &Facts) -> i64 {
    facts.cohorts.len() as i64
}

/// Half days with a session of one cohort.
pub fn slots_of_one(facts: &Facts) -> i64 {
    let kinds = facts.modules.iter().flat_map(|module| &module.sessions);
    kinds.map(|kind| kind.parts().first().map_or(0, |part| part.halves().len() as i64)).sum()
}

/// Half days with a session, of all cohorts.
pub fn slots(facts: &Facts) -> i64 {
    cohorts(facts) * slots_of_one(facts)
}

/// Consultants in the teams of all runs.
pub fn places_in_teams(facts: &Facts) -> i64 {
    cohorts(facts) * facts.modules.iter().map(|module| module.consultants as i64).sum::<i64>()
}

/// Days of the programme; without modules it has none.
pub fn days(facts: &Facts) -> i64 {
    if facts.modules.is_empty() { 0 } else { (facts.calendar.end - facts.calendar.start).num_days() + 1 }
}
