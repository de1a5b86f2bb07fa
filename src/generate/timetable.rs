//! The planted timetable: books every run, one after the other, so that no hard rule is broken. Where the rooms or
//! consultants do not suffice, it adds one.

use chrono::{Days, NaiveDate};

use super::pool::{PlannedSitting, Pool};
use crate::calendar::{Calendar, Session};
use crate::facts::{Module, Wave};
use crate::ids::{ConsultantId, ModuleId, RoomId};
use crate::plan::Run;
use crate::rng::Rng;

/// Books the runs of one cohort after another.
pub struct Timetable<'a> {
    calendar: &'a Calendar,
    modules: &'a [Module],
    /// Rooms and consultants, with their bookings.
    pub pool: Pool,
    /// For each day, whether the programme is open.
    open: Vec<bool>,
    /// For each area, how many of its managers may be away at once.
    limits: Vec<usize>,
    /// For each area and slot, how many of its managers are away.
    away: Vec<u8>,
}

/// What a booking has to fit.
struct BookingRequest<'a> {
    module: ModuleId,
    /// The days on which it may start, best first.
    days: &'a [usize],
    /// The number of members of the cohort.
    size: usize,
    /// The area of each member who has one.
    areas: &'a [usize],
    /// The consultants whom the cohort has met.
    met: &'a [ConsultantId],
}

impl<'a> Timetable<'a> {
    /// An empty timetable. `areas` says how many managers of each area may be away at once.
    pub fn new(calendar: &'a Calendar, modules: &'a [Module], pool: Pool, areas: Vec<usize>) -> Timetable<'a> {
        let dates = calendar.start.iter_days().take_while(|date| *date <= calendar.end);
        let open: Vec<bool> = dates.map(|date| calendar.is_open(date, 0) && calendar.is_open(date, 1)).collect();
        let away = vec![0; areas.len() * open.len() * 2];
        Timetable { calendar, modules, pool, open, limits: areas, away }
    }

    /// Books and returns the runs of a cohort of `size` members. `areas` lists the area of each member who has one.
    /// The first run starts as near to `start` as possible, within the wave's window.
    pub fn book(&mut self, wave: &Wave, start: NaiveDate, size: usize, areas: &[usize], rng: &mut Rng) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let mut met: Vec<ConsultantId> = Vec::new();
        for (index, module) in self.modules.iter().enumerate() {
            let (from, to, aim) = match runs.last().and_then(Run::last) {
                None => (self.day(wave.start.0), self.day(wave.start.1), self.day(start)),
                Some(last) => {
                    let last = self.day(last);
                    let ideal = module.gap.ideal.unwrap_or(module.gap.min) as usize;
                    let most = module.gap.max.map_or(self.open.len(), |max| last + max as usize);
                    (last + module.gap.min as usize, most, last + ideal + rng.below(15) - 7)
                }
            };
            let mut days: Vec<usize> =
                (from..=to.min(self.open.len().saturating_sub(1))).filter(|&day| self.open[day]).collect();
            days.sort_by_key(|day| day.abs_diff(aim));
            let request = BookingRequest { module: ModuleId::new(index), days: &days, size, areas, met: &met };
            let found = self.with_free_resources(&request, rng).or_else(|| self.with_new_resources(&request, rng));
            let Some(run) = found else { break };
            met.extend(&run.team);
            runs.push(run);
        }
        runs
    }

    /// The first booking that needs no further room or consultant and takes no more of any area away than its limit.
    fn with_free_resources(&mut self, request: &BookingRequest, rng: &mut Rng) -> Option<Run> {
        let wanted = self.modules[request.module.index()].consultants;
        for sittings in request.days.iter().flat_map(|&day| self.sittings(request.module, day)) {
            if self.exceeds_limit(request.areas, &sittings) {
                continue;
            }
            let first = rng.below(self.pool.rooms.len().max(1));
            let Some(room) = self.pool.free_room(&sittings, request.size, first) else { continue };
            let team = self.pool.free_team(request.module, &sittings, wanted, request.met);
            if team.len() == wanted {
                return Some(self.settle(request, room, team, &sittings));
            }
        }
        None
    }

    /// The booking nearest to the best day, with a new room and new consultants where none are free; if possible one
    /// that takes no more of any area away than its limit.
    fn with_new_resources(&mut self, request: &BookingRequest, rng: &mut Rng) -> Option<Run> {
        let wanted = self.modules[request.module.index()].consultants;
        let all: Vec<Vec<PlannedSitting>> =
            request.days.iter().flat_map(|&day| self.sittings(request.module, day)).collect();
        let sittings = all.iter().find(|sittings| !self.exceeds_limit(request.areas, sittings)).or(all.first())?;
        let room = match self.pool.free_room(sittings, request.size, 0) {
            Some(room) => room,
            None => self.pool.add_open_room(rng),
        };
        let mut team = self.pool.free_team(request.module, sittings, wanted, request.met);
        while team.len() < wanted {
            team.push(self.pool.add_open_consultant(request.module, rng));
        }
        Some(self.settle(request, room, team, sittings))
    }

    /// All ways to hold the module's sessions with the first one on this day, early ones first.
    fn sittings(&self, module: ModuleId, first: usize) -> Vec<Vec<PlannedSitting>> {
        let module = &self.modules[module.index()];
        let last = (first + module.span as usize).min(self.open.len());
        let mut ways: Vec<Vec<PlannedSitting>> = vec![Vec::new()];
        for kind in &module.sessions {
            let mut longer = Vec::new();
            for way in ways {
                let days = way.last().map_or(first..first + 1, |&(day, _)| day + 1..last);
                for day in days.filter(|&day| self.open[day]) {
                    longer.extend(kind.parts().iter().map(|&part| [&way[..], &[(day, part)]].concat()));
                }
            }
            ways = longer;
        }
        ways
    }

    /// Whether these sittings would take more managers of some area away than its limit; `areas` lists the area of
    /// each manager who comes.
    fn exceeds_limit(&self, areas: &[usize], sittings: &[PlannedSitting]) -> bool {
        let mut more: Vec<usize> = areas.to_vec();
        more.sort_unstable();
        more.chunk_by(|a, b| a == b).any(|same| {
            let area = same[0];
            self.slots(sittings)
                .any(|slot| usize::from(self.away[self.cell(area, slot)]) + same.len() > self.limits[area])
        })
    }

    fn settle(
        &mut self,
        request: &BookingRequest,
        room: RoomId,
        team: Vec<ConsultantId>,
        sittings: &[PlannedSitting],
    ) -> Run {
        self.pool.book(room, &team, sittings);
        let slots: Vec<usize> = self.slots(sittings).collect();
        for &area in request.areas {
            for &slot in &slots {
                let cell = self.cell(area, slot);
                self.away[cell] += 1;
            }
        }
        let session =
            |&(day, part): &PlannedSitting| Session { date: self.calendar.start + Days::new(day as u64), part };
        Run { room, team, sessions: sittings.iter().map(session).collect() }
    }

    /// The most managers of one area who are away at once, over the areas that exceed their limit; `None` if none
    /// does.
    pub fn crowding(&self) -> Option<usize> {
        let slots = self.open.len() * 2;
        let over = |(cell, &away): (usize, &u8)| {
            let away = usize::from(away);
            (away > self.limits[cell / slots]).then_some(away)
        };
        self.away.iter().enumerate().filter_map(over).max()
    }

    fn slots(&self, sittings: &[PlannedSitting]) -> impl Iterator<Item = usize> {
        sittings.iter().flat_map(|&(day, part)| part.halves().iter().map(move |half| day * 2 + half))
    }

    fn cell(&self, area: usize, slot: usize) -> usize {
        area * self.open.len() * 2 + slot
    }

    fn day(&self, date: NaiveDate) -> usize {
        (date - self.calendar.start).num_days().max(0) as usize
    }
}
