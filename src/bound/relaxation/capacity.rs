//! What cohorts compete for, row by row, each with its Lagrange multiplier: half days in rooms, half days of each consultant,
//! each consultant's work in all where more of it costs more and more, and leadership groups, which some cohort must take.
//! A half day has no row until a multiplier is set for it or a timeline uses it.
//!
//! What a consultant can give is counted date by date: on a date of work both half days are there, and there are no more dates
//! of work than `max_days` allow. The value of that is the sum of the multipliers over the best dates that are allowed.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use chrono::Datelike;

use super::pooled_capacity::PooledCapacity;
use super::subgradient::CapacityRow;
use crate::bound::session_costs::{RoomKind, SessionCosts};
use crate::calendar::Part;
use crate::facts::Facts;
use crate::ids::{ConsultantId, RoomId};

/// In place of the row of what has none yet.
const NO_ROW: u32 = u32::MAX;

/// Year and month, or year and week.
type DatePeriod = (i32, u32);

/// All rows.
pub struct Capacity<'a> {
    facts: &'a Facts,
    kinds: &'a [RoomKind],
    /// The groups first, then each consultant's work if it costs anything, then half days in the order in which they came.
    pub rows: Vec<CapacityRow>,
    /// How many groups there are.
    groups: usize,
    /// What one more date of a consultant's work costs after 0, 1, … others, in thousandths; empty where work costs nothing.
    work: Vec<i64>,
    slots: usize,
    /// By kind of room and slot, then by consultant and slot: the row.
    places: Vec<u32>,
    /// By consultant, month and week: the days that have a row.
    dates: Vec<BTreeMap<DatePeriod, BTreeMap<DatePeriod, Vec<usize>>>>,
}

impl<'a> Capacity<'a> {
    /// What there is, with all multipliers zero. `work` holds what one more date of a consultant's work costs after 0, 1, …
    /// others; it is empty where work costs nothing.
    pub fn of(facts: &'a Facts, costs: &'a SessionCosts, groups: usize, work: Vec<i64>) -> Capacity<'a> {
        let slots = 2 * facts.slots.days;
        // A cohort that takes a group uses −1 of it, and −1 is what there is: at least one cohort must.
        let mut rows = vec![CapacityRow { there: -1, ..CapacityRow::default() }; groups];
        let consultants = if work.is_empty() { 0 } else { facts.consultants.len() };
        rows.extend(vec![CapacityRow::default(); consultants]);
        Capacity {
            facts,
            kinds: &costs.kinds,
            rows,
            groups,
            work,
            slots,
            places: vec![NO_ROW; (costs.kinds.len() + facts.consultants.len()) * slots],
            dates: vec![BTreeMap::new(); facts.consultants.len()],
        }
    }

    /// Takes the multipliers over from the pools. A team pays as much as there, and each consultant is worth all pools that
    /// count the consultant; so the value is the same as there, but for weeks that lie in two months.
    pub fn take_over(&mut self, pooled: &PooledCapacity) {
        for slot in 0..self.slots {
            for kind in 0..self.kinds.len() {
                let multiplier = pooled.of_room(kind, slot);
                if multiplier > 0 {
                    let row = self.room_row(kind, slot);
                    self.rows[row].multiplier = multiplier;
                }
            }
            for consultant in 0..self.facts.consultants.len() {
                let multiplier = pooled.of_consultant(self.facts, ConsultantId::new(consultant), slot);
                if multiplier > 0 {
                    let row = self.consultant_row(consultant, slot);
                    self.rows[row].multiplier = multiplier;
                }
            }
        }
    }

    /// Sets the multipliers of work to what it costs when all consultants share `half_days` of it evenly.
    pub fn share_evenly(&mut self, half_days: i64) {
        let work = self.work_rows();
        let dates = half_days as usize / 2 / work.len().max(1);
        // The last date costs less than that, the next one more; a half day is half of a date.
        let multiplier = self.work.get(dates).map_or(0, |&next| next / 2);
        self.rows[work].iter_mut().for_each(|row| row.multiplier = multiplier);
    }

    /// The rows of the consultants' work.
    fn work_rows(&self) -> Range<usize> {
        self.groups..self.groups + if self.work.is_empty() { 0 } else { self.facts.consultants.len() }
    }

    /// The row of a consultant's work, of which every half day takes one.
    pub fn work_row(&self, consultant: usize) -> Option<usize> {
        (!self.work.is_empty()).then_some(self.groups + consultant)
    }

    /// By row: the multiplier.
    pub fn multipliers(&self) -> Vec<i64> {
        self.rows.iter().map(|row| row.multiplier).collect()
    }

    /// Sets the multipliers back to these, and those of rows that did not exist then to zero; forgets all directions.
    pub fn set_multipliers(&mut self, multipliers: &[i64]) {
        let multipliers = multipliers.iter().copied().chain(std::iter::repeat(0));
        self.rows.iter_mut().zip(multipliers).for_each(|(row, multiplier)| {
            (row.multiplier, row.direction) = (multiplier, 0);
        });
    }

    fn multiplier(&self, place: usize) -> i64 {
        let row = self.places[place];
        if row == NO_ROW { 0 } else { self.rows[row as usize].multiplier }
    }

    /// The multiplier of a half day in a kind of room.
    #[inline]
    pub fn of_room(&self, kind: usize, slot: usize) -> i64 {
        self.multiplier(kind * self.slots + slot)
    }

    /// The multiplier of a half day of a consultant.
    #[inline]
    pub fn of_consultant(&self, consultant: usize, slot: usize) -> i64 {
        self.multiplier((self.kinds.len() + consultant) * self.slots + slot)
    }

    /// The multiplier of a half day of a consultant's work, whenever it is.
    #[inline]
    pub fn of_work(&self, consultant: usize) -> i64 {
        self.work_row(consultant).map_or(0, |row| self.rows[row].multiplier)
    }

    /// The row of a half day in a kind of room.
    pub fn room_row(&mut self, kind: usize, slot: usize) -> usize {
        let open = |room: &&RoomId| self.facts.slots.has_room(**room, slot / 2, [Part::Am, Part::Pm][slot % 2]);
        let there = self.kinds[kind].rooms.iter().filter(open).count() as i64;
        self.row(kind * self.slots + slot, there).0
    }

    /// The row of a half day of a consultant.
    pub fn consultant_row(&mut self, consultant: usize, slot: usize) -> usize {
        let (row, is_new) = self.row((self.kinds.len() + consultant) * self.slots + slot, 1);
        if is_new {
            let date = self.facts.slots.date(slot / 2);
            let (month, week) = ((date.year(), date.month()), (date.iso_week().year(), date.iso_week().week()));
            let days = self.dates[consultant].entry(month).or_default().entry(week).or_default();
            if !days.contains(&(slot / 2)) {
                days.push(slot / 2);
            }
        }
        row
    }

    /// The row at a place, and whether it is new.
    fn row(&mut self, place: usize, there: i64) -> (usize, bool) {
        let is_new = self.places[place] == NO_ROW;
        if is_new {
            self.places[place] = self.rows.len() as u32;
            self.rows.push(CapacityRow { there, ..CapacityRow::default() });
        }
        (self.places[place] as usize, is_new)
    }

    /// What all there is is worth at most at the present multipliers. Decides for each consultant on the dates of work that are
    /// worth most; of equals, on those that are used. To be called when it is counted what is used.
    pub fn worth(&mut self) -> i128 {
        for consultant in 0..self.dates.len() {
            self.choose_dates(consultant);
        }
        let work: i128 = self.work_rows().map(|row| self.choose_work(row)).sum();
        self.rows.iter().map(|row| i128::from(row.multiplier) * i128::from(row.there)).sum::<i128>() - work
    }

    /// Decides on how many dates a consultant works: on as many as are worth what they cost. A date holds two half days.
    /// Returns what the dates cost.
    fn choose_work(&mut self, row: usize) -> i128 {
        let worth = 2 * self.rows[row].multiplier;
        let dates = self.work.partition_point(|&cost| cost < worth);
        self.rows[row].there = 2 * dates as i64;
        self.work[..dates].iter().map(|&cost| i128::from(cost)).sum()
    }

    /// Decides on which dates the consultant works. A week that lies in two months is taken as two weeks.
    fn choose_dates(&mut self, consultant: usize) {
        let most = &self.facts.consultants[consultant].max_days;
        if (most.week, most.month, most.total) == (None, None, None) {
            return;
        }
        let limit = |most: Option<i64>| most.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(0));
        let Capacity { rows, places, kinds, slots, dates, .. } = self;
        let at = (kinds.len() + consultant) * *slots;
        let halves =
            |day: usize| [places[at + 2 * day], places[at + 2 * day + 1]].into_iter().filter(|&row| row != NO_ROW);
        let worth = |rows: &[CapacityRow], day: usize| {
            halves(day)
                .fold((0, 0), |sum, row| (sum.0 + rows[row as usize].multiplier, sum.1 + rows[row as usize].used))
        };
        let cut = |rows: &[CapacityRow], days: &mut Vec<usize>, most: usize| {
            if days.len() > most {
                days.sort_by_cached_key(|&day| (Reverse(worth(rows, day)), day));
                days.truncate(most);
            }
        };
        let mut chosen = Vec::new();
        let (mut of_month, mut days) = (Vec::new(), Vec::new());
        for weeks in dates[consultant].values() {
            for week in weeks.values() {
                days.clone_from(week);
                for row in week.iter().flat_map(|&day| halves(day)) {
                    rows[row as usize].there = 0;
                }
                cut(rows, &mut days, limit(most.week));
                of_month.append(&mut days);
            }
            cut(rows, &mut of_month, limit(most.month));
            chosen.append(&mut of_month);
        }
        cut(rows, &mut chosen, limit(most.total));
        for row in chosen.into_iter().flat_map(halves) {
            rows[row as usize].there = 1;
        }
    }
}
