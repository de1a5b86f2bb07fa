//! The times of a run: the days it may begin on, and its sessions from there.

use smallvec::SmallVec;

use crate::draft::{Draft, Sitting};
use crate::facts::{Facts, half_mask};
use crate::ids::{ModuleId, RunId};
use crate::rng::Rng;

/// For each module and first day, at most this many choices of session times are kept in the table. Where there are more, each
/// draw builds one. Chosen.
const MOST_KEPT: usize = 32;

/// At most this many partial choices of session times are visited for one module and first day. Chosen.
const MOST_PREFIXES: usize = 10_000;

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

/// The session times with which each module can be held from each day on, so that a draw is a look-up.
#[derive(Debug)]
pub struct RunTimes {
    /// By module, the days on which it may begin.
    pub first_days: Vec<Vec<u16>>,
    /// By module and first day; also empty where there are more than [`MOST_KEPT`].
    known: Vec<Vec<Vec<Sittings>>>,
}

impl RunTimes {
    /// Of all modules.
    pub fn of(facts: &Facts) -> RunTimes {
        let modules = || (0..facts.modules.len()).map(ModuleId::new);
        let of_day = |module, day| {
            let mut prefixes = 0;
            let mut times = times_from(facts, module, Sittings::new(), day, &mut prefixes);
            // Whether there are any is then unknown. The day counts as one with too many to keep, and draws build them.
            if prefixes > MOST_PREFIXES {
                times.resize(MOST_KEPT + 1, Sittings::new());
            }
            times
        };
        let of_module = |module| (0..facts.slots.days).map(|day| of_day(module, day as u16)).collect();
        let mut known: Vec<Vec<Vec<Sittings>>> = modules().map(of_module).collect();
        let first_days = known.iter().map(|days| {
            let has_way = |day: &usize| !days[*day].is_empty();
            (0..days.len()).filter(has_way).map(|day| day as u16).collect()
        });
        let first_days = first_days.collect();
        known.iter_mut().flatten().filter(|times| times.len() > MOST_KEPT).for_each(|times| *times = Vec::new());
        RunTimes { first_days, known }
    }

    /// Sessions of the module that begin on `first`: open, in order and within the span. `None` if none were found; where
    /// there are several, each draw may give others.
    pub fn draw(&self, facts: &Facts, module: ModuleId, first: u16, rng: &mut Rng) -> Option<Sittings> {
        let known = &self.known[module.index()][usize::from(first)];
        if known.is_empty() { draw(facts, module, first, rng) } else { Some(known[rng.below(known.len())].clone()) }
    }
}

/// The session times that begin with `before`, of a module that begins on `first`: all, or a few more than [`MOST_KEPT`], or
/// those found before [`MOST_PREFIXES`] partial choices were visited.
fn times_from(facts: &Facts, module: ModuleId, before: Sittings, first: u16, prefixes: &mut usize) -> Vec<Sittings> {
    *prefixes += 1;
    if before.len() == facts.modules[module.index()].sessions.len() {
        return vec![before];
    }
    let mut times = Vec::new();
    for sitting in options(facts, module, &before, first) {
        let mut longer = before.clone();
        longer.push(sitting);
        times.extend(times_from(facts, module, longer, first, prefixes));
        if times.len() > MOST_KEPT || *prefixes > MOST_PREFIXES {
            break;
        }
    }
    times
}

/// Draws session by session.
fn draw(facts: &Facts, module: ModuleId, first: u16, rng: &mut Rng) -> Option<Sittings> {
    let sessions = facts.modules[module.index()].sessions.len();
    let mut sittings = Sittings::new();
    for index in 0..sessions {
        let options = options(facts, module, &sittings, first);
        // Days that leave none for the sessions to come are tried rarely: half of the options, the early ones.
        let left = sessions - 1 - index;
        let usable = if left > 0 { options.len().div_ceil(1 + left.min(2)) } else { options.len() };
        if options.is_empty() {
            return None;
        }
        sittings.push(options[rng.below(usable)]);
    }
    Some(sittings)
}

/// What the session after these can be when the module begins on `first`.
fn options(facts: &Facts, module: ModuleId, before: &[Sitting], first: u16) -> SmallVec<[Sitting; 16]> {
    let module = &facts.modules[module.index()];
    let last = (i64::from(first) + module.span - 1).min(facts.slots.days as i64 - 1) as u16;
    let (from, to) = before.last().map_or((first, first), |previous| (previous.day, last));
    let mut options = SmallVec::new();
    for day in from..=to {
        for &part in module.sessions[before.len()].parts() {
            let is_later = before
                .last()
                .is_none_or(|previous| day > previous.day || half_mask(previous.part) == 1 && half_mask(part) == 2);
            if is_later && facts.slots.is_open(day as usize, part) {
                options.push(Sitting { day, part });
            }
        }
    }
    options
}
