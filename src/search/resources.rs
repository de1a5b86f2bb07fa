//! A room and a team for given times: what the run has if it can stay, else something that is free.

use smallvec::SmallVec;

use super::choices::Choices;
use super::times::Sittings;
use crate::draft::{Booking, Draft, Sitting};
use crate::facts::Facts;
use crate::ids::{ConsultantId, RoomId, RunId};
use crate::rng::Rng;

/// This many random draws are made for a free room or consultant before the list is searched from a random place. Chosen.
const DRAWS: usize = 3;

/// A booking of the run at these times. Room and team stay as they are where they are free, and are drawn anew where
/// they are not (or where `stay` is false); what is pinned is taken as it is. Where nothing is free, something that is
/// taken has to do, so that a search can pass through plans that are not valid. `None` where there is nothing at all.
pub fn assign(
    facts: &Facts,
    draft: &Draft,
    choices: &Choices,
    run: RunId,
    sittings: Sittings,
    stay: bool,
    rng: &mut Rng,
) -> Option<Booking> {
    let own = draft.booking(run);
    let fixed = &facts.fixed.runs[run.index()];
    let kept = || own.room.filter(|&room| stay && room_is_free(facts, draft, room, &sittings, own));
    let drawn = fixed.room.or_else(kept).or_else(|| draw_room(facts, draft, choices, run, &sittings, rng));
    let taken = || own.room.or(choices.rooms.first().copied());
    let room = drawn.or_else(taken)?;
    let team = match &fixed.team {
        Some(team) => team.iter().copied().collect(),
        None => draw_team(facts, draft, choices, run, &sittings, stay, rng)?,
    };
    Some(Booking { sittings, room: Some(room), team: sorted(team) })
}

/// The team in the order in which bookings keep it.
pub fn sorted(mut team: SmallVec<[ConsultantId; 4]>) -> SmallVec<[ConsultantId; 4]> {
    team.sort_unstable();
    team.dedup();
    team
}

/// How often the slot is already used by `own`, the booking that would be given up.
#[inline]
fn own_use(own: &Booking, slot: usize) -> u16 {
    own.sittings.iter().flat_map(|sitting| sitting.slots()).filter(|&taken| taken == slot).count() as u16
}

/// Whether the room is open and nobody else's in all sittings.
pub fn room_is_free(facts: &Facts, draft: &Draft, room: RoomId, sittings: &[Sitting], own: &Booking) -> bool {
    let is_own = |sitting: &Sitting| {
        own.room == Some(room) && sitting.slots().all(|slot| draft.room_use(room, slot) <= own_use(own, slot))
    };
    sittings.iter().all(|sitting| {
        facts.slots.has_room(room, sitting.day as usize, sitting.part)
            && (!draft.room_is_busy(room, *sitting) || is_own(sitting))
    })
}

/// Whether the consultant can be had and works nowhere else in all sittings.
pub fn consultant_is_free(
    facts: &Facts,
    draft: &Draft,
    consultant: ConsultantId,
    sittings: &[Sitting],
    own: &Booking,
) -> bool {
    let is_own = |sitting: &Sitting| {
        own.team.contains(&consultant)
            && sitting.slots().all(|slot| draft.consultant_use(consultant, slot) <= own_use(own, slot))
    };
    sittings.iter().all(|sitting| {
        facts.slots.has_consultant(consultant, sitting.day as usize, sitting.part)
            && (!draft.consultant_is_busy(consultant, *sitting) || is_own(sitting))
    })
}

/// A free room that seats the cohort, if there is one.
pub fn draw_room(
    facts: &Facts,
    draft: &Draft,
    choices: &Choices,
    run: RunId,
    sittings: &[Sitting],
    rng: &mut Rng,
) -> Option<RoomId> {
    let own = draft.booking(run);
    let members = draft.members(facts.cohort_of(run)).len();
    let will_do =
        |room: &RoomId| facts.rooms[room.index()].seats >= members && room_is_free(facts, draft, *room, sittings, own);
    pick(&choices.rooms, will_do, rng)
}

fn draw_team(
    facts: &Facts,
    draft: &Draft,
    choices: &Choices,
    run: RunId,
    sittings: &[Sitting],
    stay: bool,
    rng: &mut Rng,
) -> Option<SmallVec<[ConsultantId; 4]>> {
    let module = facts.module_of(run);
    let size = facts.modules[module.index()].consultants;
    let own = draft.booking(run);
    let able = &choices.able[module.index()];
    let mut team: SmallVec<[ConsultantId; 4]> = SmallVec::new();
    let is_free = |consultant: ConsultantId| consultant_is_free(facts, draft, consultant, sittings, own);
    if stay {
        team.extend(own.team.iter().copied().filter(|&consultant| is_free(consultant)).take(size));
    }
    // Those the cohort meets anyway come first half of the time: cohorts meet fewer different consultants.
    if team.len() < size && rng.below(2) == 0 {
        for known in draft.bookings(facts.cohort_of(run)).iter().flat_map(|booking| &booking.team) {
            let can = facts.consultants[known.index()].leads[module.index()];
            if team.len() < size && can && !team.contains(known) && is_free(*known) {
                team.push(*known);
            }
        }
    }
    while team.len() < size {
        let free = pick(able, |consultant| !team.contains(consultant) && is_free(*consultant), rng);
        let taken = || able.iter().copied().find(|consultant| !team.contains(consultant));
        team.push(free.or_else(taken)?);
    }
    Some(team)
}

/// A random item that will do: a few draws, then the list from a random place on.
pub fn pick<T: Copy>(items: &[T], will_do: impl Fn(&T) -> bool, rng: &mut Rng) -> Option<T> {
    if items.is_empty() {
        return None;
    }
    for _ in 0..DRAWS {
        let item = items[rng.below(items.len())];
        if will_do(&item) {
            return Some(item);
        }
    }
    let start = rng.below(items.len());
    items[start..].iter().chain(&items[..start]).copied().find(|item| will_do(item))
}

/// A free consultant who can lead the run's module and is not in its team, if there is one.
pub fn draw_consultant(
    facts: &Facts,
    draft: &Draft,
    choices: &Choices,
    run: RunId,
    rng: &mut Rng,
) -> Option<ConsultantId> {
    let own = draft.booking(run);
    let able = &choices.able[facts.module_of(run).index()];
    let is_free = |consultant: &ConsultantId| {
        !own.team.contains(consultant) && consultant_is_free(facts, draft, *consultant, &own.sittings, own)
    };
    pick(able, is_free, rng)
}
