//! The first plan: groups, then managers one by one where they cost least, then every cohort's timeline.

use super::choices::Choices;
use super::resources::assign;
use super::times;
use crate::draft::{Booking, Sitting};
use crate::facts::Facts;
use crate::ids::{CohortId, ManagerId, RunId};
use crate::rng::Rng;
use crate::score::Score;
use crate::search::state::{Edit, State};

/// At most this many cohorts are priced for a manager. Chosen.
const COHORTS_TRIED: usize = 12;

/// At most this many bookings are priced for a run. Chosen.
const BOOKINGS_TRIED: usize = 60;

/// Seats everyone and books every run of a state in which some may be seated and booked already.
pub fn complete(state: &mut State, choices: &Choices, rng: &mut Rng) {
    seat_fixed(state);
    seat_groups(state, choices);
    seat_singles(state, choices, rng);
    for run in (0..state.facts().run_count()).map(RunId::new) {
        if !state.draft().booking(run).is_booked()
            && let Some(booking) = best_booking(state, choices, run, BOOKINGS_TRIED, rng)
        {
            state.apply(&Edit::Book(run, booking));
        }
    }
}

fn seat_fixed(state: &mut State) {
    let facts = state.facts();
    for (index, &cohort) in facts.fixed.seats.iter().enumerate() {
        let manager = ManagerId::new(index);
        let seat = state.draft().seat(manager);
        if cohort.is_some() && seat != cohort {
            state.apply(&Edit::seat(manager, seat, cohort));
        }
    }
}

/// Puts each group where it fits best, the largest first; one that has seated members joins them.
fn seat_groups(state: &mut State, choices: &Choices) {
    let facts = state.facts();
    let mut groups: Vec<&Vec<ManagerId>> = facts.groups.iter().map(|group| &group.members).collect();
    groups.sort_by_key(|members| std::cmp::Reverse(members.len()));
    for members in groups {
        let room_left = |cohort: CohortId| {
            facts.wave_of(cohort).max as i64 - (state.draft().members(cohort).len() + members.len()) as i64
        };
        let joined = members.iter().find_map(|&member| state.draft().seat(member));
        let roomiest = || {
            choices
                .seating
                .cohorts_of_kind(true)
                .iter()
                .copied()
                .max_by_key(|&cohort| (room_left(cohort), std::cmp::Reverse(cohort)))
        };
        let Some(cohort) = joined.or_else(roomiest) else { continue };
        for &member in members {
            if state.draft().seat(member).is_none() {
                state.apply(&Edit::seat(member, None, Some(cohort)));
            }
        }
    }
}

/// Seats the rest one by one, each in the cheapest of several of the emptiest cohorts.
fn seat_singles(state: &mut State, choices: &Choices, rng: &mut Rng) {
    let facts = state.facts();
    let mut rest: Vec<ManagerId> = facts.eligible().filter(|&manager| state.draft().seat(manager).is_none()).collect();
    rng.shuffle(&mut rest);
    for manager in rest {
        let cohorts = choices.seating.cohorts_for(manager);
        if cohorts.is_empty() {
            continue;
        }
        let start = rng.below(cohorts.len());
        let tried = (0..cohorts.len().min(COHORTS_TRIED)).map(|step| cohorts[(start + step) % cohorts.len()]);
        let has_room = |cohort: &&CohortId| state.draft().members(**cohort).len() < facts.wave_of(**cohort).max;
        let next_with_room = cohorts[start..].iter().chain(&cohorts[..start]).find(has_room).copied();
        let best = tried.chain(next_with_room).min_by_key(|&cohort| {
            let members = state.draft().members(cohort).len();
            let wave = facts.wave_of(cohort);
            let price = state.price(&Edit::seat(manager, None, Some(cohort)));
            // Filling to the minimum comes first, then what the rules say, then keeping the cohorts level.
            (members >= wave.max, members >= wave.min && price.hard > 0, price, members)
        });
        if let Some(cohort) = best {
            state.apply(&Edit::seat(manager, None, Some(cohort)));
        }
    }
}

/// The cheapest of several bookings of a run that is not booked, given what the cohort has booked so far. `None` where
/// the module has no room, or no time at all.
pub fn best_booking(state: &State, choices: &Choices, run: RunId, tries: usize, rng: &mut Rng) -> Option<Booking> {
    let facts = state.facts();
    let mut best: Option<(Score, Booking)> = None;
    for _ in 0..tries {
        let Some(sittings) = draw_sittings(state, choices, run, rng) else { continue };
        let Some(booking) = assign(facts, state.draft(), choices, run, sittings, false, rng) else { continue };
        let price = state.price(&Edit::Book(run, booking.clone()));
        if best.as_ref().is_none_or(|(least, _)| price < *least) {
            best = Some((price, booking));
        }
    }
    best.map(|(_, booking)| booking)
}

fn draw_sittings(state: &State, choices: &Choices, run: RunId, rng: &mut Rng) -> Option<times::Sittings> {
    let facts: &Facts = state.facts();
    if let Some(sessions) = &facts.fixed.runs[run.index()].sessions {
        return sessions.iter().map(|&session| Sitting::of(facts, session)).collect();
    }
    let module = facts.module_of(run);
    let (from, to) = times::window(facts, state.draft(), run);
    let mut days = choices.first_days_within(module, from, to);
    if days.is_empty() {
        days = choices.first_days_within(module, from, i64::MAX);
    }
    if days.is_empty() {
        days = &choices.run_times.first_days[module.index()];
    }
    if days.is_empty() {
        return None;
    }
    choices.run_times.draw(facts, module, days[rng.below(days.len())], rng)
}
