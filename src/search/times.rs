//! The times of a run: the days it may begin on, and its sessions from there.

use smallvec::SmallVec;

use crate::draft::{Draft, Sitting};
use crate::facts::{Facts, half_mask};
use crate::ids::{ModuleId, RunId};
use crate::rng::Rng;

/// So many ways to hold a module from one day on are kept; of more, one is made up each time.
const MANY: usize = 32;

/// So many beginnings of ways are looked at for one day.
const LOOKED: usize = 10_000;

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

/// The ways to hold a module from each day on, so that a draw is a look-up.
#[derive(Debug)]
pub struct Ways {
    /// By module, the days on which it may begin.
    pub first_days: Vec<Vec<u16>>,
    /// By module and day; none too where there are more than [`MANY`].
    known: Vec<Vec<Vec<Sittings>>>,
}

impl Ways {
    /// Of all modules.
    pub fn of(facts: &Facts) -> Ways {
        let modules = || (0..facts.modules.len()).map(ModuleId::new);
        let of_day = |module, day| {
            let mut looked = 0;
            let mut ways = ways_from(facts, module, Sittings::new(), day, &mut looked);
            // Whether there are any is not known then; as many as are too many to keep are drawn one by one.
            if looked > LOOKED {
                ways.resize(MANY + 1, Sittings::new());
            }
            ways
        };
        let of_module = |module| (0..facts.slots.days).map(|day| of_day(module, day as u16)).collect();
        let mut known: Vec<Vec<Vec<Sittings>>> = modules().map(of_module).collect();
        let first_days = known.iter().map(|days| {
            let has_way = |day: &usize| !days[*day].is_empty();
            (0..days.len()).filter(has_way).map(|day| day as u16).collect()
        });
        let first_days = first_days.collect();
        known.iter_mut().flatten().filter(|ways| ways.len() > MANY).for_each(|ways| *ways = Vec::new());
        Ways { first_days, known }
    }

    /// Sessions of the module that begin on `first`: open, in order and within the span. `None` if none were found; where
    /// there are several, each draw may give others.
    pub fn draw(&self, facts: &Facts, module: ModuleId, first: u16, rng: &mut Rng) -> Option<Sittings> {
        let known = &self.known[module.index()][usize::from(first)];
        if known.is_empty() { draw(facts, module, first, rng) } else { Some(known[rng.below(known.len())].clone()) }
    }
}

/// The ways to go on after these sessions of a module that begins on `first`: all, or a few more than [`MANY`], or what
/// there is until [`LOOKED`] beginnings were looked at.
fn ways_from(facts: &Facts, module: ModuleId, before: Sittings, first: u16, looked: &mut usize) -> Vec<Sittings> {
    *looked += 1;
    if before.len() == facts.modules[module.index()].sessions.len() {
        return vec![before];
    }
    let mut ways = Vec::new();
    for sitting in options(facts, module, &before, first) {
        let mut longer = before.clone();
        longer.push(sitting);
        ways.extend(ways_from(facts, module, longer, first, looked));
        if ways.len() > MANY || *looked > LOOKED {
            break;
        }
    }
    ways
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
