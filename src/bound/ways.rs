//! All ways to hold a run: the times of its sessions, what each room asks for them, and who can lead all of them.

use std::ops::{Range, RangeInclusive};

use smallvec::SmallVec;

use super::prices::{CLOSED, Prices};
use super::shared::half_days;
use super::windows::windows;
use crate::calendar::Part;
use crate::draft::Sitting;
use crate::facts::Facts;
use crate::ids::{ConsultantId, ModuleId, WaveId};

/// With more ways, or more consultants or prices of rooms for all ways together, than this, it would take too long to look
/// at them.
const MOST: usize = 1 << 19;

/// With more beginnings of ways than this to look at, too.
const LOOKED: usize = 1 << 21;

/// One way to hold a run of a module.
#[derive(Clone, Debug)]
pub struct Way {
    /// The day of the first session.
    pub first: usize,
    /// The day of the last session.
    pub last: usize,
    /// When the sessions are.
    pub sittings: SmallVec<[Sitting; 4]>,
    /// Who can lead all of them, as bits.
    pub able: u64,
    /// For how many half days at the least each of those who lead it works; 0 until it is counted.
    pub work: i64,
}

/// All ways of all modules.
pub struct Ways {
    /// By module and first day.
    pub list: Vec<Way>,
    /// By wave and module: the days on which it can begin.
    pub windows: Vec<Vec<RangeInclusive<usize>>>,
    /// By module and first day: where its ways begin in the list.
    starts: Vec<usize>,
    days: usize,
    kinds: usize,
    /// How many beginnings of ways were looked at.
    looked: usize,
    /// By wave, way and kind of room: the price without tolls.
    rooms: Vec<i64>,
}

impl Ways {
    /// All ways that some wave could use; `None` where they are too many.
    pub fn of(facts: &Facts, prices: &Prices) -> Option<Ways> {
        if facts.consultants.len() > 64 {
            return None;
        }
        let days = facts.slots.days;
        let kinds = prices.kinds.len();
        let windows = (0..facts.waves.len()).map(|wave| windows(facts, prices, WaveId::new(wave))).collect();
        let mut ways = Ways { list: Vec::new(), windows, starts: vec![0], days, kinds, looked: 0, rooms: Vec::new() };
        for (module, first) in (0..facts.modules.len()).flat_map(|module| (0..days).map(move |first| (module, first))) {
            let module = ModuleId::new(module);
            let able = (0..facts.consultants.len()).filter(|&k| facts.consultants[k].leads[module.index()]);
            let able = able.fold(0, |bits, k| bits | 1 << k);
            ways.extend(facts, prices, module, first, SmallVec::new(), able);
            let for_all = ways.list.len() * facts.consultants.len().max(facts.waves.len() * kinds).max(1);
            if for_all > MOST || ways.looked > LOOKED {
                return None;
            }
            ways.starts.push(ways.list.len());
        }
        for wave in (0..facts.waves.len()).map(WaveId::new) {
            for module in (0..facts.modules.len()).map(ModuleId::new) {
                for way in &ways.list[ways.starts[module.index() * days]..ways.starts[(module.index() + 1) * days]] {
                    let price = |kind: usize| price(prices, wave, module, kind, &way.sittings);
                    ways.rooms.extend(
                        (0..prices.kinds.len())
                            .map(|kind| if prices.kinds[kind].seats[wave.index()] { price(kind) } else { CLOSED }),
                    );
                }
            }
        }
        Some(ways)
    }

    /// Counts for how many half days each way has its consultants work.
    pub fn count_work(&mut self, facts: &Facts) {
        let work = half_days(facts, self);
        self.list.iter_mut().zip(work).for_each(|(way, work)| way.work = work);
    }

    /// Adds all ways that go on from these sessions.
    fn extend(
        &mut self,
        facts: &Facts,
        prices: &Prices,
        module: ModuleId,
        first: usize,
        sittings: SmallVec<[Sitting; 4]>,
        able: u64,
    ) {
        self.looked += 1;
        let sessions = &facts.modules[module.index()].sessions;
        if (able.count_ones() as usize) < facts.modules[module.index()].consultants {
            return;
        }
        if sittings.len() == sessions.len() {
            let held = |wave: usize, kind: usize| {
                prices.kinds[kind].seats[wave] && price(prices, WaveId::new(wave), module, kind, &sittings) < CLOSED
            };
            let last = sittings.last().map_or(first, |sitting| usize::from(sitting.day));
            if (0..facts.waves.len()).any(|wave| (0..prices.kinds.len()).any(|kind| held(wave, kind))) {
                self.list.push(Way { first, last, sittings, able, work: 0 });
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
                || self.list.len() > MOST
                || self.looked > LOOKED
            {
                continue;
            }
            let free = |k: usize| facts.slots.has_consultant(ConsultantId::new(k), day, part);
            let able = (0..facts.consultants.len()).filter(|&k| able >> k & 1 == 1 && free(k));
            let able = able.fold(0, |bits, k| bits | 1 << k);
            let mut longer = sittings.clone();
            longer.push(Sitting { day: day as u16, part });
            self.extend(facts, prices, module, first, longer, able);
        }
    }

    /// The ways of a module that begin on a day.
    #[inline]
    pub fn on(&self, module: usize, first: usize) -> Range<usize> {
        let at = module * self.days + first;
        self.starts[at]..self.starts[at + 1]
    }

    /// The ways of a module that begin on one of these days.
    pub fn within(&self, module: usize, days: &RangeInclusive<usize>) -> Range<usize> {
        if days.is_empty() {
            return 0..0;
        }
        self.starts[module * self.days + days.start()]..self.starts[module * self.days + days.end() + 1]
    }

    /// The module that the way is of.
    pub fn module(&self, way: usize) -> usize {
        (self.starts.partition_point(|&start| start <= way) - 1) / self.days
    }

    /// Whether some room would have a cohort of the wave for this way.
    pub fn is_held(&self, wave: WaveId, way: usize) -> bool {
        self.rooms(wave, way).iter().any(|&price| price < CLOSED)
    }

    /// What each kind of room asks of a cohort of the wave for this way; [`CLOSED`] where it cannot be had.
    #[inline]
    pub fn rooms(&self, wave: WaveId, way: usize) -> &[i64] {
        let from = (wave.index() * self.list.len() + way) * self.kinds;
        &self.rooms[from..from + self.kinds]
    }
}

/// The price of all sessions in a kind of room.
fn price(prices: &Prices, wave: WaveId, module: ModuleId, kind: usize, sittings: &[Sitting]) -> i64 {
    let row = prices.of(wave, module, kind);
    let each = sittings.iter().map(|sitting| row.of(usize::from(sitting.day), sitting.part));
    each.fold(0, |sum, each| if sum < CLOSED && each < CLOSED { sum + each } else { CLOSED })
}
