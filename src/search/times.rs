//! Drawing the times of a run: the days it may begin on, and its sessions from there.

use smallvec::SmallVec;

use crate::draft::{Draft, Sitting};
use crate::facts::{Facts, half_mask};
use crate::ids::{ModuleId, RunId};
use crate::rng::Rng;

/// The sessions of a run.
pub type Sittings = SmallVec<[Sitting; 4]>;

/// The days, both in, on which a run may begin, given what its neighbours in the cohort are booked for; the end lies
/// before the start where the neighbours leave no room.
pub fn window(facts: &Facts, draft: &Draft, run: RunId) -> (i64, i64) {
    let cohort = facts.cohort_of(run);
    let module = facts.module_of(run).index();
    let bookings = draft.bookings(cohort);
    let before = module.checked_sub(1).and_then(|previous| bookings[previous].last());
    let (mut from, mut to) = match before {
        Some(last) => {
            let gap = facts.modules[module].gap;
            let last = i64::from(last);
            (last + gap.min, gap.max.map_or(i64::MAX, |max| last + max))
        }
        None if module == 0 => {
            let (start, end) = facts.wave_of(cohort).start;
            ((start - facts.slots.first).num_days(), (end - facts.slots.first).num_days())
        }
        None => (0, i64::MAX),
    };
    if let Some(next) = bookings.get(module + 1).and_then(|booking| booking.first()) {
        let gap = facts.modules[module + 1].gap;
        let next = i64::from(next);
        to = to.min(next - gap.min);
        if let Some(max) = gap.max {
            from = from.max(next - max - facts.modules[module].span + 1);
        }
    }
    (from, to)
}

/// Sessions of the module that begin on `first`: open, in order and within the span. `None` if none were found; where
/// there are several, each draw may give others.
pub fn draw(facts: &Facts, module: ModuleId, first: u16, rng: &mut Rng) -> Option<Sittings> {
    let module = &facts.modules[module.index()];
    let last = (i64::from(first) + module.span - 1).min(facts.slots.days as i64 - 1) as u16;
    let mut sittings = Sittings::new();
    for (index, kind) in module.sessions.iter().enumerate() {
        let mut options: SmallVec<[Sitting; 16]> = SmallVec::new();
        let (from, to) = match sittings.last() {
            None => (first, first),
            Some(previous) => (previous.day, last),
        };
        for day in from..=to {
            for &part in kind.parts() {
                let is_later = sittings.last().is_none_or(|previous: &Sitting| {
                    day > previous.day
                        || half_mask(part) > half_mask(previous.part)
                            && half_mask(previous.part) == 1
                            && half_mask(part) == 2
                });
                if is_later && facts.slots.is_open(day as usize, part) {
                    options.push(Sitting { day, part });
                }
            }
        }
        // Days that leave none for the sessions to come are tried rarely: half of the options, the early ones.
        let left = module.sessions.len() - 1 - index;
        let usable = if left > 0 { options.len().div_ceil(1 + left.min(2)) } else { options.len() };
        if options.is_empty() {
            return None;
        }
        sittings.push(options[rng.below(usable)]);
    }
    Some(sittings)
}
