//! What cohorts compete for, and what each of it costs on top: half days in rooms, half days of each consultant, the work
//! of each consultant in all where more of it costs more and more, and that a leadership group is taken. What costs nothing
//! and no timeline has used yet is not kept.
//!
//! A consultant's half days are earned date by date: on dates on which the consultant works both halves are there, and
//! of such dates there are no more than `max_days` allow. So what a consultant would earn at the most is the sum over the
//! best dates that are allowed.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use chrono::Datelike;

use super::prices::{Kind, Prices};
use super::stock::{Item, Stock};
use crate::calendar::Part;
use crate::facts::Facts;
use crate::ids::{ConsultantId, RoomId};

/// The place of what has not been used yet.
const UNUSED: u32 = u32::MAX;

/// Year and month, or year and week.
type Period = (i32, u32);

/// The market, with the tolls.
pub struct Market<'a> {
    facts: &'a Facts,
    kinds: &'a [Kind],
    /// The groups first, then each consultant's work if it costs anything, then what has cost something or been used.
    pub items: Vec<Item>,
    /// How many groups there are.
    groups: usize,
    /// What one more date of a consultant's work costs beside 0, 1, … others, in thousandths; empty where it is for nothing.
    work: Vec<i64>,
    slots: usize,
    /// By kind of room and slot, then by consultant and slot, the item.
    places: Vec<u32>,
    /// By consultant, month and week, the days with an item.
    dates: Vec<BTreeMap<Period, BTreeMap<Period, Vec<usize>>>>,
}

impl<'a> Market<'a> {
    /// What there is, with no tolls and so many groups. `work` says what one more date of a consultant's work costs beside 0,
    /// 1, … others; it is empty where it costs nothing.
    pub fn of(facts: &'a Facts, prices: &'a Prices, groups: usize, work: Vec<i64>) -> Market<'a> {
        let slots = 2 * facts.slots.days;
        // Cohorts that take a group count −1 of it, and −1 is what there is: at least one must.
        let mut items = vec![Item { there: -1, used: 0, toll: 0, trend: 0 }; groups];
        let consultants = if work.is_empty() { 0 } else { facts.consultants.len() };
        items.extend(vec![Item { there: 0, used: 0, toll: 0, trend: 0 }; consultants]);
        Market {
            facts,
            kinds: &prices.kinds,
            items,
            groups,
            work,
            slots,
            places: vec![UNUSED; (prices.kinds.len() + facts.consultants.len()) * slots],
            dates: vec![BTreeMap::new(); facts.consultants.len()],
        }
    }

    /// Begins with the tolls of the stock. A team pays as much as there, each consultant earns all that counts the consultant
    /// there; so what the tolls show is as much as there, but for weeks over two months.
    pub fn take_over(&mut self, stock: &Stock) {
        for slot in 0..self.slots {
            for kind in 0..self.kinds.len() {
                let toll = stock.room_toll(kind, slot);
                if toll > 0 {
                    let item = self.room(kind, slot);
                    self.items[item].toll = toll;
                }
            }
            for consultant in 0..self.facts.consultants.len() {
                let toll = stock.consultant_toll(self.facts, ConsultantId::new(consultant), slot);
                if toll > 0 {
                    let item = self.consultant(consultant, slot);
                    self.items[item].toll = toll;
                }
            }
        }
    }

    /// Begins with what work costs when all consultants share so many half days evenly.
    pub fn share_evenly(&mut self, halves: i64) {
        let work = self.of_work();
        let dates = halves as usize / 2 / work.len().max(1);
        // The last date costs so much, the next one more; a half day is half of a date.
        let toll = self.work.get(dates).map_or(0, |&next| next / 2);
        self.items[work].iter_mut().for_each(|item| item.toll = toll);
    }

    /// The items of the consultants' work.
    fn of_work(&self) -> Range<usize> {
        self.groups..self.groups + if self.work.is_empty() { 0 } else { self.facts.consultants.len() }
    }

    /// The item of a consultant's work, of which every half day takes one.
    pub fn work(&self, consultant: usize) -> Option<usize> {
        (!self.work.is_empty()).then_some(self.groups + consultant)
    }

    /// What each item costs.
    pub fn tolls(&self) -> Vec<i64> {
        self.items.iter().map(|item| item.toll).collect()
    }

    fn toll(&self, place: usize) -> i64 {
        let item = self.places[place];
        if item == UNUSED { 0 } else { self.items[item as usize].toll }
    }

    /// What a half day in a kind of room costs.
    #[inline]
    pub fn room_toll(&self, kind: usize, slot: usize) -> i64 {
        self.toll(kind * self.slots + slot)
    }

    /// What a half day of a consultant costs.
    #[inline]
    pub fn consultant_toll(&self, consultant: usize, slot: usize) -> i64 {
        self.toll((self.kinds.len() + consultant) * self.slots + slot)
    }

    /// What a half day of a consultant's work costs, whenever it is.
    #[inline]
    pub fn work_toll(&self, consultant: usize) -> i64 {
        self.work(consultant).map_or(0, |item| self.items[item].toll)
    }

    /// The item of a half day in a kind of room.
    pub fn room(&mut self, kind: usize, slot: usize) -> usize {
        let open = |room: &&RoomId| self.facts.slots.has_room(**room, slot / 2, [Part::Am, Part::Pm][slot % 2]);
        let there = self.kinds[kind].rooms.iter().filter(open).count() as i64;
        self.item(kind * self.slots + slot, there).0
    }

    /// The item of a half day of a consultant.
    pub fn consultant(&mut self, consultant: usize, slot: usize) -> usize {
        let (item, is_new) = self.item((self.kinds.len() + consultant) * self.slots + slot, 1);
        if is_new {
            let date = self.facts.slots.date(slot / 2);
            let (month, week) = ((date.year(), date.month()), (date.iso_week().year(), date.iso_week().week()));
            let days = self.dates[consultant].entry(month).or_default().entry(week).or_default();
            if !days.contains(&(slot / 2)) {
                days.push(slot / 2);
            }
        }
        item
    }

    fn item(&mut self, place: usize, there: i64) -> (usize, bool) {
        let is_new = self.places[place] == UNUSED;
        if is_new {
            self.places[place] = self.items.len() as u32;
            self.items.push(Item { there, used: 0, toll: 0, trend: 0 });
        }
        (self.places[place] as usize, is_new)
    }

    /// What all there is would earn at most, by the present tolls; for each consultant, there is what earns so much, of
    /// equals what is used. To be called after the uses are counted.
    pub fn earn(&mut self) -> i128 {
        for consultant in 0..self.dates.len() {
            self.choose_dates(consultant);
        }
        let work: i128 = self.of_work().map(|item| self.share_work(item)).sum();
        self.items.iter().map(|item| i128::from(item.toll) * i128::from(item.there)).sum::<i128>() - work
    }

    /// Decides on how many dates a consultant works: on as many as earn what they cost. A date holds two half days. What
    /// they cost.
    fn share_work(&mut self, item: usize) -> i128 {
        let earned = 2 * self.items[item].toll;
        let dates = self.work.partition_point(|&cost| cost < earned);
        self.items[item].there = 2 * dates as i64;
        self.work[..dates].iter().map(|&cost| i128::from(cost)).sum()
    }

    /// Decides on which dates the consultant works. A week over two months is taken as two.
    fn choose_dates(&mut self, consultant: usize) {
        let most = &self.facts.consultants[consultant].max_days;
        if (most.week, most.month, most.total) == (None, None, None) {
            return;
        }
        let limit = |most: Option<i64>| most.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(0));
        let Market { items, places, kinds, slots, dates, .. } = self;
        let at = (kinds.len() + consultant) * *slots;
        let halves =
            |day: usize| [places[at + 2 * day], places[at + 2 * day + 1]].into_iter().filter(|&item| item != UNUSED);
        let worth = |items: &[Item], day: usize| {
            halves(day).fold((0, 0), |sum, item| (sum.0 + items[item as usize].toll, sum.1 + items[item as usize].used))
        };
        let cut = |items: &[Item], days: &mut Vec<usize>, most: usize| {
            if days.len() > most {
                days.sort_by_cached_key(|&day| (Reverse(worth(items, day)), day));
                days.truncate(most);
            }
        };
        let mut chosen = Vec::new();
        let (mut of_month, mut days) = (Vec::new(), Vec::new());
        for weeks in dates[consultant].values() {
            for week in weeks.values() {
                days.clone_from(week);
                for item in week.iter().flat_map(|&day| halves(day)) {
                    items[item as usize].there = 0;
                }
                cut(items, &mut days, limit(most.week));
                of_month.append(&mut days);
            }
            cut(items, &mut of_month, limit(most.month));
            chosen.append(&mut of_month);
        }
        cut(items, &mut chosen, limit(most.total));
        for item in chosen.into_iter().flat_map(halves) {
            items[item as usize].there = 1;
        }
    }
}
