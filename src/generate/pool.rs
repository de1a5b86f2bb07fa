//! Rooms and consultants with their weekly patterns, and what the planted timetable books them for.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};

use super::cohorts::LARGEST;
use super::leave::weeks_off;
use crate::calendar::{Parity, Part, Pattern, Period, Weekdays};
use crate::facts::{Consultant, MaxDays, Room, half_mask};
use crate::ids::{ConsultantId, ModuleId, RoomId};
use crate::rng::Rng;

/// The most dates of work of a consultant in an ISO week (chosen).
const WEEK: i64 = 3;
/// The most dates of work of a consultant in a calendar month (chosen).
const MONTH: i64 = 9;

/// A day counted from the start of the programme, and the part of it that is taken.
pub type PlannedSitting = (usize, Part);

/// The rooms and consultants, and for each of them the halves booked on each day.
pub struct Pool {
    /// The rooms.
    pub rooms: Vec<Room>,
    /// The consultants.
    pub consultants: Vec<Consultant>,
    /// The date of each day.
    dates: Vec<NaiveDate>,
    modules: usize,
    room_use: Vec<BTreeSet<(usize, u64)>>,
    work: Vec<BTreeSet<(usize, u64)>>,
}

impl Pool {
    /// An empty pool for a programme on these dates. The first date is a Monday.
    pub fn new(dates: Vec<NaiveDate>, modules: usize) -> Pool {
        Pool { rooms: Vec::new(), consultants: Vec::new(), dates, modules, room_use: Vec::new(), work: Vec::new() }
    }

    /// Adds a room. With the probability `tightness` / 200 it is too small for a full cohort.
    pub fn add_room(&mut self, tightness: usize, rng: &mut Rng) -> RoomId {
        let small = rng.chance(tightness, 200);
        let four_days = rng.chance(2, 5);
        self.rooms.push(Room {
            id: format!("rum{:03}", self.rooms.len() + 1),
            name: None,
            seats: if small { LARGEST - 4 + rng.below(4) } else { LARGEST + 2 * rng.below(5) },
            pattern: pattern(four_days, None, rng),
            cost: rng.below(5) as i64,
        });
        self.room_use.push(BTreeSet::new());
        RoomId::new(self.rooms.len() - 1)
    }

    /// Adds a room that seats any cohort and is open all week.
    pub fn add_open_room(&mut self, rng: &mut Rng) -> RoomId {
        let room = self.add_room(0, rng);
        self.rooms[room.index()].pattern.weekdays = Weekdays::WORKING;
        room
    }

    /// Adds a consultant who can lead the module and is available all week.
    pub fn add_open_consultant(&mut self, module: ModuleId, rng: &mut Rng) -> ConsultantId {
        let consultant = self.add_consultant(module, rng);
        let pattern = &mut self.consultants[consultant.index()].pattern;
        (pattern.weekdays, pattern.weeks) = (Weekdays::WORKING, None);
        consultant
    }

    /// Adds a consultant who can lead the module, and each other module with probability ½.
    pub fn add_consultant(&mut self, module: ModuleId, rng: &mut Rng) -> ConsultantId {
        let mut leads: Vec<bool> = (0..self.modules).map(|_| rng.chance(1, 2)).collect();
        leads[module.index()] = true;
        let four_days = rng.chance(1, 2);
        let weeks = [Some(Parity::Even), Some(Parity::Odd)].get(rng.below(16)).copied().flatten();
        self.consultants.push(Consultant {
            id: format!("kon{:03}", self.consultants.len() + 1),
            name: None,
            leads,
            pattern: pattern(four_days, weeks, rng),
            max_days: MaxDays { week: Some(WEEK), month: Some(MONTH), total: None },
        });
        self.work.push(BTreeSet::new());
        ConsultantId::new(self.consultants.len() - 1)
    }

    /// A room that is free and seats this many, searched from the room `first` on.
    pub fn free_room(&self, sittings: &[PlannedSitting], seats: usize, first: usize) -> Option<RoomId> {
        let count = self.rooms.len();
        (0..count)
            .map(|index| (index + first) % count)
            .map(RoomId::new)
            .find(|&room| self.has_room(room, sittings, seats))
    }

    fn has_room(&self, room: RoomId, sittings: &[PlannedSitting], seats: usize) -> bool {
        let (description, used) = (&self.rooms[room.index()], &self.room_use[room.index()]);
        description.seats >= seats && sittings.iter().all(|&sitting| self.is_free(&description.pattern, used, sitting))
    }

    /// Up to `size` free consultants who can lead the module: first those whom the cohort has met, then those with
    /// the least work.
    pub fn free_team(
        &self,
        module: ModuleId,
        sittings: &[PlannedSitting],
        size: usize,
        met: &[ConsultantId],
    ) -> Vec<ConsultantId> {
        let all = (0..self.consultants.len()).map(ConsultantId::new);
        let mut free: Vec<ConsultantId> =
            all.filter(|&consultant| self.is_able(consultant, module, sittings)).collect();
        free.sort_by_cached_key(|consultant| {
            (Reverse(met.contains(consultant)), self.work[consultant.index()].len(), *consultant)
        });
        free.truncate(size);
        free
    }

    fn is_able(&self, consultant: ConsultantId, module: ModuleId, sittings: &[PlannedSitting]) -> bool {
        let (description, work) = (&self.consultants[consultant.index()], &self.work[consultant.index()]);
        let asked: Vec<(usize, u64)> = sittings.iter().map(|&(day, part)| (day, half_mask(part))).collect();
        let of_week = |day: usize| day / 7;
        let of_month = |day: usize| (self.date(day).year(), self.date(day).month());
        let stays_within = |day: usize| {
            let near = work.range((day.saturating_sub(31), 0)..(day + 32, 0));
            let days: BTreeSet<usize> = near.chain(&asked).map(|&(day, _)| day).collect();
            let in_week = days.iter().filter(|&&other| of_week(other) == of_week(day)).count();
            let in_month = days.iter().filter(|&&other| of_month(other) == of_month(day)).count();
            in_week as i64 <= WEEK && in_month as i64 <= MONTH
        };
        description.leads[module.index()]
            && sittings.iter().all(|&sitting| self.is_free(&description.pattern, work, sitting))
            && sittings.iter().all(|&(day, _)| stays_within(day))
    }

    fn is_free(&self, pattern: &Pattern, used: &BTreeSet<(usize, u64)>, (day, part): PlannedSitting) -> bool {
        let date = self.date(day);
        let clash = used.range((day, 0)..=(day, 3)).any(|(_, halves)| halves & half_mask(part) != 0);
        !clash && part.halves().iter().all(|&half| pattern.is_open(date, half))
    }

    /// Books a room and a team, which must be free.
    pub fn book(&mut self, room: RoomId, team: &[ConsultantId], sittings: &[PlannedSitting]) {
        let used = || sittings.iter().map(|&(day, part)| (day, half_mask(part)));
        self.room_use[room.index()].extend(used());
        for consultant in team {
            self.work[consultant.index()].extend(used());
        }
    }

    /// Draws further times at which rooms and consultants are not available, never when they are booked: a room is
    /// closed for up to two weeks, a consultant is away for 6 to 16 weeks (the more, the tighter), and some
    /// consultants start late or take on a limited number of dates in all.
    pub fn close_around(&mut self, open: &[NaiveDate], tightness: usize, rng: &mut Rng) {
        let all = &self.dates;
        let dates =
            |used: &BTreeSet<(usize, u64)>| -> BTreeSet<NaiveDate> { used.iter().map(|&(day, _)| all[day]).collect() };
        for (room, used) in self.rooms.iter_mut().zip(&self.room_use) {
            room.pattern.closed = weeks_off(rng.below(3), open, &dates(used), rng);
        }
        for (consultant, work) in self.consultants.iter_mut().zip(&self.work) {
            let days = dates(work);
            consultant.pattern.closed = weeks_off(6 + tightness / 10, open, &days, rng);
            let late = rng.chance(1, 6);
            if let (Some(&(first, _)), Some(&to), true) = (work.first(), open.last(), late) {
                let from = all[first - rng.below(first / 2 + 1)];
                consultant.pattern.available = Some(vec![Period { from, to, half: None, why: None }]);
            }
            consultant.max_days.total = rng.chance(1, 3).then(|| (days.len() + 5 + rng.below(20)) as i64);
        }
    }

    fn date(&self, day: usize) -> NaiveDate {
        self.dates[day]
    }
}

/// Open in every week or in those of one parity, on all five days or on four of them.
fn pattern(four_days: bool, weeks: Option<Parity>, rng: &mut Rng) -> Pattern {
    let week = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
    let off = four_days.then(|| week[rng.below(week.len())]);
    let weekdays = Weekdays::of(week.into_iter().filter(|day| Some(*day) != off));
    Pattern { weekdays, weeks, available: None, closed: Vec::new() }
}
