//! What the cohorts of one wave cost together, with each of its leadership groups in one cohort.

use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;

use super::Tolled;
use super::dealing::{Dealing, most_listed, most_looked};
use super::timetables::Lister;
use crate::bound::prices::CLOSED;
use crate::ids::WaveId;

/// Waves with more parties than this for each unit of effort would take too long.
const PARTIES: usize = 200;

/// Where cohorts can be exchanged as they have no groups, no more of them are looked at together.
const ALIKE: usize = 3;

/// How many thousandths the cohorts of a wave cost at the least beyond the cheapest timeline for each, as far as it
/// can be shown with this effort.
pub fn more(at: &Tolled, wave: WaveId, effort: usize, stop: &AtomicBool) -> i64 {
    let cohorts = at.facts.waves[wave.index()].cohorts.len();
    let groups = match at.columns.groups_of_wave(wave) {
        Some(groups) if cohorts > 1 && (groups > 0 || cohorts <= ALIKE) => groups,
        _ => return 0,
    };
    let stall = at.columns.stall(wave);
    if stall.parties.len() > effort.saturating_mul(PARTIES) {
        return 0;
    }
    let least = at.columns.cheapest_of_each(wave, at.fares, at.market);
    let Some(&cheapest) = least.iter().min().filter(|&&least| least < CLOSED) else { return 0 };
    let parties: Vec<(u32, i64)> =
        stall.parties.iter().zip(&least).map(|(party, least)| (party.groups, least - cheapest)).collect();
    let mut dealing = Dealing::new(at.facts, parties, cohorts, most_looked(effort), stop, &|_, _| 0);
    // Whoever cannot come is in the prices of the parties.
    let lister = Lister { at, wave, absences: &|_, _| ControlFlow::Continue(Some(0)) };
    dealing.prove(groups, most_listed(effort), &|party, more, many| lister.list(party, cheapest, more, many))
}
