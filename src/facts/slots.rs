//! Half days as bits: when the programme, rooms and consultants are open, and when managers are absent.
//!
//! Days are counted from the first day of the programme, or from the earliest fixed session where that is before it.
//! A slot is a half day: its number is `2 × day + half`, with half 0 for the morning. The two bits of a day always
//! lie in one word.

use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate};

use super::Facts;
use crate::calendar::{Calendar, Part};
use crate::ids::{ConsultantId, ManagerId, RoomId};

/// The most days by which a fixed session may lie outside the programme: ten years. A programme lasts ten years at
/// most, so every slot's number fits in 16 bits.
const FARTHEST: u64 = 3_660;

/// Rows of bits, all of the same length.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct BitRows {
    words: usize,
    bits: Vec<u64>,
}

impl BitRows {
    /// Makes `rows` rows of `length` bits, none of them set.
    pub fn zeros(rows: usize, length: usize) -> BitRows {
        let words = length.div_ceil(64);
        BitRows { words, bits: vec![0; rows * words] }
    }

    /// Makes `rows` rows of `length` bits; a bit is set where `is_set(row, bit)` holds.
    fn fill(rows: usize, length: usize, is_set: impl Fn(usize, usize) -> bool) -> BitRows {
        let mut filled = BitRows::zeros(rows, length);
        for row in 0..rows {
            (0..length).filter(|&bit| is_set(row, bit)).for_each(|bit| filled.set(row, bit, true));
        }
        filled
    }

    /// Sets or clears one bit.
    #[inline]
    pub fn set(&mut self, row: usize, bit: usize, is_set: bool) {
        let word = &mut self.bits[row * self.words + bit / 64];
        *word = *word & !(1 << (bit % 64)) | u64::from(is_set) << (bit % 64);
    }

    /// Whether the bit is set.
    #[inline]
    pub fn has(&self, row: usize, bit: usize) -> bool {
        self.bits[row * self.words + bit / 64] >> (bit % 64) & 1 == 1
    }

    /// Sets the bits of these halves (1 morning, 2 afternoon, 3 both) on the days `from..to`.
    fn set_days(&mut self, row: usize, days: std::ops::Range<usize>, halves: u64) {
        for day in days {
            self.bits[row * self.words + day / 32] |= halves << (2 * (day % 32));
        }
    }

    /// One row.
    #[inline]
    pub fn row(&self, row: usize) -> BitRow<'_> {
        BitRow { bits: &self.bits[row * self.words..(row + 1) * self.words] }
    }

    /// Whether the row has a bit set in any of the halves of the day that `part` takes.
    #[inline]
    pub fn any(&self, row: usize, day: usize, part: Part) -> bool {
        self.day(row, day) & half_mask(part) != 0
    }

    /// Whether the row has a bit set in all of the halves of the day that `part` takes.
    #[inline]
    pub fn all(&self, row: usize, day: usize, part: Part) -> bool {
        let mask = half_mask(part);
        self.day(row, day) & mask == mask
    }

    /// In how many of the halves of the day that `part` takes the row has a bit set.
    #[inline]
    pub fn count(&self, row: usize, day: usize, part: Part) -> i64 {
        (self.day(row, day) & half_mask(part)).count_ones() as i64
    }

    /// The days on which the row has a bit set, each with its two bits (1 morning, 2 afternoon, 3 both).
    pub fn days(&self, row: usize) -> impl Iterator<Item = (usize, u64)> {
        let words = self.bits[row * self.words..(row + 1) * self.words].iter().enumerate();
        words.flat_map(|(word, &bits)| {
            let mut left = bits;
            std::iter::from_fn(move || {
                let day = left.trailing_zeros() as usize / 2;
                let halves = (left != 0).then(|| left >> (2 * day) & 3)?;
                left &= !(3 << (2 * day));
                Some((word * 32 + day, halves))
            })
        })
    }

    /// The two bits of a day; the morning's is the lower one.
    #[inline]
    pub fn day(&self, row: usize, day: usize) -> u64 {
        self.bits[row * self.words + day / 32] >> (2 * (day % 32)) & 3
    }
}

/// One row of bits.
#[derive(Clone, Copy, Debug)]
pub struct BitRow<'a> {
    bits: &'a [u64],
}

impl BitRow<'_> {
    /// Whether any of these slots is set.
    #[inline]
    pub fn has_any(self, slots: SlotBits) -> bool {
        let day = usize::from(slots.day);
        self.bits[day / 32] >> (2 * (day % 32)) & u64::from(slots.halves) != 0
    }
}

/// The slots that a session takes, all on one day, as a mask for a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SlotBits {
    day: u16,
    halves: u8,
}

impl SlotBits {
    /// The slots that `part` takes of the day.
    #[inline]
    pub fn of(day: usize, part: Part) -> SlotBits {
        SlotBits { day: day as u16, halves: half_mask(part) as u8 }
    }
}

/// The halves of a day that a part takes, as bits: morning 1, afternoon 2.
#[inline]
pub fn half_mask(part: Part) -> u64 {
    match part {
        Part::Am => 1,
        Part::Pm => 2,
        Part::Full => 3,
    }
}

/// The calendar as the search uses it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Slots {
    /// The date of day 0.
    pub first: NaiveDate,
    /// How many days there are.
    pub days: usize,
    /// One row: the slots in which the programme is open.
    pub open: BitRows,
    /// One row: the slots in an `avoid` period.
    pub avoid: BitRows,
    /// One row per room: the slots in which it is open.
    pub rooms: BitRows,
    /// One row per consultant: the slots in which the consultant is available.
    pub consultants: BitRows,
    /// One row per manager: the slots in which the manager is absent.
    pub absent: BitRows,
}

impl Slots {
    pub(super) fn compile(facts: &Facts) -> Slots {
        if facts.modules.is_empty() {
            return Slots::default();
        }
        // A run that is fixed on a date outside of these is never booked, and counts as a breach.
        let near = Slots::near(&facts.calendar);
        let sessions = facts.fixed.runs.iter().filter_map(|run| run.sessions.as_ref()).flatten();
        let dates = || sessions.clone().map(|session| session.date).filter(|date| near.contains(date));
        let first = dates().fold(facts.calendar.start, NaiveDate::min);
        let last = dates().fold(facts.calendar.end, NaiveDate::max);
        let days = (last - first).num_days() as usize + 1;
        let date = |bit: usize| first + Days::new(bit as u64 / 2);
        let fill = |rows: usize, is_set: &dyn Fn(usize, NaiveDate, usize) -> bool| {
            BitRows::fill(rows, 2 * days, |row, bit| is_set(row, date(bit), bit % 2))
        };
        let mut absent = BitRows::zeros(facts.managers.len(), 2 * days);
        let day = |date: NaiveDate| (date - first).num_days().clamp(0, days as i64) as usize;
        for (row, manager) in facts.managers.iter().enumerate() {
            for period in &manager.unavailable {
                let halves = period.half.map_or(3, |half| 1 << half);
                absent.set_days(row, day(period.from)..day(period.to + Days::new(1)), halves);
            }
            absent.set_days(row, 0..manager.from.map_or(0, day), 3);
            absent.set_days(row, manager.until.map_or(days, |until| day(until + Days::new(1)))..days, 3);
        }
        Slots {
            first,
            days,
            open: fill(1, &|_, date, half| facts.calendar.is_open(date, half)),
            avoid: fill(1, &|_, date, half| facts.calendar.is_avoided(date, half)),
            rooms: fill(facts.rooms.len(), &|row, date, half| facts.rooms[row].pattern.is_open(date, half)),
            consultants: fill(facts.consultants.len(), &|row, date, half| {
                facts.consultants[row].pattern.is_open(date, half)
            }),
            absent,
        }
    }

    /// The dates that slots can cover: those of the programme, and ten years on either side for sessions that are
    /// fixed.
    pub fn near(calendar: &Calendar) -> RangeInclusive<NaiveDate> {
        let first = calendar.start.checked_sub_days(Days::new(FARTHEST)).unwrap_or(calendar.start);
        first..=calendar.end.checked_add_days(Days::new(FARTHEST)).unwrap_or(calendar.end)
    }

    /// The date of a day.
    pub fn date(&self, day: usize) -> NaiveDate {
        self.first + Days::new(day as u64)
    }

    /// The day of a date; `None` outside the calendar.
    pub fn day(&self, date: NaiveDate) -> Option<usize> {
        let day = usize::try_from((date - self.first).num_days()).ok()?;
        (day < self.days).then_some(day)
    }

    /// Whether the programme is open for this part of the day.
    #[inline]
    pub fn is_open(&self, day: usize, part: Part) -> bool {
        self.open.all(0, day, part)
    }

    /// Whether the room is open for this part of the day.
    #[inline]
    pub fn has_room(&self, room: RoomId, day: usize, part: Part) -> bool {
        self.rooms.all(room.index(), day, part)
    }

    /// Whether the consultant is available for this part of the day.
    #[inline]
    pub fn has_consultant(&self, consultant: ConsultantId, day: usize, part: Part) -> bool {
        self.consultants.all(consultant.index(), day, part)
    }

    /// Whether the manager is absent in any half of this part of the day.
    #[inline]
    pub fn is_absent(&self, manager: ManagerId, day: usize, part: Part) -> bool {
        self.absent.any(manager.index(), day, part)
    }
}
