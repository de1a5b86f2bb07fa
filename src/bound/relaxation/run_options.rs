//! All options for holding a run: the times of its sessions, what each kind of room costs then, and who can lead all of them.

use std::ops::{Range, RangeInclusive};

use smallvec::SmallVec;

use super::windows::windows;
use crate::bound::costs::INFEASIBLE;
use crate::bound::session_costs::SessionCosts;
use crate::calendar::Part;
use crate::draft::Sitting;
use crate::facts::Facts;
use crate::ids::{ConsultantId, ModuleId, WaveId};

/// The most options, each counted once for every consultant or for every wave and kind of room, whichever are more. Chosen:
/// with more, pricing takes too long.
const MOST_COSTS: usize = 1 << 19;

/// The most prefixes of options to be looked at while the options are listed. Chosen, for the same reason.
const MOST_PREFIXES: usize = 1 << 21;

/// Consultants are kept as the bits of a `u64`.
const MOST_CONSULTANTS: usize = 64;

/// One option for holding a run of a module.
#[derive(Clone, Debug)]
pub struct RunOption {
    /// The day of the first session.
    pub first: usize,
    /// The day of the last session.
    pub last: usize,
    /// When the sessions are.
    pub sittings: SmallVec<[Sitting; 4]>,
    /// Who can lead all of them, as bits.
    pub able: u64,
    /// How many half days of work it is at least for each consultant who leads it; 0 until it is counted.
    pub work: i64,
}

impl RunOption {
    /// The half days that it takes.
    pub fn slots(&self) -> impl Iterator<Item = usize> {
        self.sittings.iter().flat_map(|sitting| sitting.slots())
    }
}

/// All options of all modules.
pub struct RunOptions {
    /// By module and first day.
    pub list: Vec<RunOption>,
    /// By wave and module: the days on which it can begin.
    pub windows: Vec<Vec<RangeInclusive<usize>>>,
    /// By module and first day: where its options begin in the list.
    starts: Vec<usize>,
    days: usize,
    kinds: usize,
    /// How many prefixes of options were looked at.
    prefixes: usize,
    /// By wave, option and kind of room: the cost by the rules alone.
    rooms: Vec<i64>,
}

impl RunOptions {
    /// All options that some wave could use; `None` where they are too many.
    pub fn of(facts: &Facts, costs: &SessionCosts) -> Option<RunOptions> {
        if facts.consultants.len() > MOST_CONSULTANTS {
            return None;
        }
        let days = facts.slots.days;
        let kinds = costs.kinds.len();
        let windows = (0..facts.waves.len()).map(|wave| windows(facts, costs, WaveId::new(wave))).collect();
        let mut options =
            RunOptions { list: Vec::new(), windows, starts: vec![0], days, kinds, prefixes: 0, rooms: Vec::new() };
        for (module, first) in (0..facts.modules.len()).flat_map(|module| (0..days).map(move |first| (module, first))) {
            let module = ModuleId::new(module);
            let able = (0..facts.consultants.len()).filter(|&k| facts.consultants[k].leads[module.index()]);
            let able = able.fold(0, |bits, k| bits | 1 << k);
            options.extend(facts, costs, module, first, SmallVec::new(), able);
            let each = facts.consultants.len().max(facts.waves.len() * kinds).max(1);
            if options.list.len() * each > MOST_COSTS || options.prefixes > MOST_PREFIXES {
                return None;
            }
            options.starts.push(options.list.len());
        }
        for wave in (0..facts.waves.len()).map(WaveId::new) {
            for module in (0..facts.modules.len()).map(ModuleId::new) {
                let of_module = options.starts[module.index() * days]..options.starts[(module.index() + 1) * days];
                for option in &options.list[of_module] {
                    let cost = |kind: usize| {
                        let is_large_enough = costs.kinds[kind].seats[wave.index()];
                        if is_large_enough { cost(costs, wave, module, kind, &option.sittings) } else { INFEASIBLE }
                    };
                    options.rooms.extend((0..kinds).map(cost));
                }
            }
        }
        Some(options)
    }

    /// Adds all options that begin with these sessions, which those in `able` can lead.
    fn extend(
        &mut self,
        facts: &Facts,
        costs: &SessionCosts,
        module: ModuleId,
        first: usize,
        sittings: SmallVec<[Sitting; 4]>,
        able: u64,
    ) {
        self.prefixes += 1;
        let sessions = &facts.modules[module.index()].sessions;
        if (able.count_ones() as usize) < facts.modules[module.index()].consultants {
            return;
        }
        if sittings.len() == sessions.len() {
            let has_room = |wave: usize, kind: usize| {
                costs.kinds[kind].seats[wave] && cost(costs, WaveId::new(wave), module, kind, &sittings) < INFEASIBLE
            };
            let last = sittings.last().map_or(first, |sitting| usize::from(sitting.day));
            if (0..facts.waves.len()).any(|wave| (0..costs.kinds.len()).any(|kind| has_room(wave, kind))) {
                self.list.push(RunOption { first, last, sittings, able, work: 0 });
            }
            return;
        }
        let days = match sittings.last() {
            None => first..first + 1,
            Some(before) => usize::from(before.day)..self.days.min(first + facts.modules[module.index()].span as usize),
        };
        for (day, &part) in days.flat_map(|day| sessions[sittings.len()].parts().iter().map(move |part| (day, part))) {
            let same_day = sittings.last().filter(|before| usize::from(before.day) == day);
            if !facts.slots.is_open(day, part)
                || same_day.is_some_and(|before| before.part != Part::Am || part != Part::Pm)
                || self.list.len() > MOST_COSTS
                || self.prefixes > MOST_PREFIXES
            {
                continue;
            }
            let is_free = |k: usize| facts.slots.has_consultant(ConsultantId::new(k), day, part);
            let able = (0..facts.consultants.len()).filter(|&k| able >> k & 1 == 1 && is_free(k));
            let able = able.fold(0, |bits, k| bits | 1 << k);
            let mut longer = sittings.clone();
            longer.push(Sitting { day: day as u16, part });
            self.extend(facts, costs, module, first, longer, able);
        }
    }

    /// The options of a module that begin on a day.
    #[inline]
    pub fn on(&self, module: usize, first: usize) -> Range<usize> {
        let at = module * self.days + first;
        self.starts[at]..self.starts[at + 1]
    }

    /// The options of a module that begin on one of these days.
    pub fn within(&self, module: usize, days: &RangeInclusive<usize>) -> Range<usize> {
        if days.is_empty() {
            return 0..0;
        }
        self.starts[module * self.days + days.start()]..self.starts[module * self.days + days.end() + 1]
    }

    /// The module that an option is of.
    pub fn module(&self, option: usize) -> usize {
        (self.starts.partition_point(|&start| start <= option) - 1) / self.days
    }

    /// Whether a cohort of the wave could have some room for this option.
    pub fn has_room(&self, wave: WaveId, option: usize) -> bool {
        self.rooms(wave, option).iter().any(|&cost| cost < INFEASIBLE)
    }

    /// By kind of room: what a cohort of the wave pays for this option by the rules alone; [`INFEASIBLE`] where it cannot have
    /// the room.
    #[inline]
    pub fn rooms(&self, wave: WaveId, option: usize) -> &[i64] {
        let from = (wave.index() * self.list.len() + option) * self.kinds;
        &self.rooms[from..from + self.kinds]
    }
}

/// The cost of all these sessions in a kind of room.
fn cost(costs: &SessionCosts, wave: WaveId, module: ModuleId, kind: usize, sittings: &[Sitting]) -> i64 {
    let run = costs.of_run(wave, module, kind);
    let each = sittings.iter().map(|sitting| run.at(usize::from(sitting.day), sitting.part));
    each.fold(0, |sum, each| if sum < INFEASIBLE && each < INFEASIBLE { sum + each } else { INFEASIBLE })
}
