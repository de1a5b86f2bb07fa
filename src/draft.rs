//! The plan as the search changes it, with the use of rooms and consultants counted for all terms that ask for it.
//!
//! A draft changes by two edits only: an [`Exchange`] of managers at a cohort, and a new [`Booking`] of a run. It
//! starts empty (nobody seated, nothing booked) and knows no rule.

use smallvec::SmallVec;

use crate::calendar::{Part, Session};
use crate::facts::{BitRows, Facts, half_mask};
use crate::ids::{CohortId, ConsultantId, ManagerId, RoomId, RunId};
use crate::plan::{CohortPlan, Plan, Run};

/// A session as the search sees it: a day of [`Slots`](crate::facts::Slots) and the part of it that is taken.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Sitting {
    /// Days since the first day of the calendar.
    pub day: u16,
    /// `full`, `am` or `pm`.
    pub part: Part,
}

impl Sitting {
    /// The sitting of a session; `None` outside the calendar.
    pub fn of(facts: &Facts, session: Session) -> Option<Sitting> {
        Some(Sitting { day: u16::try_from(facts.slots.day(session.date)?).ok()?, part: session.part })
    }

    /// The numbers of the slots taken: `2 × day` for the morning, one more for the afternoon.
    #[inline]
    pub fn slots(self) -> impl Iterator<Item = usize> {
        let day = 2 * self.day as usize;
        self.part.halves().iter().map(move |half| day + half)
    }

    /// Whether the sitting takes the slot.
    #[inline]
    pub fn takes(self, slot: usize) -> bool {
        usize::from(self.day) == slot / 2 && half_mask(self.part) >> (slot % 2) & 1 == 1
    }

    /// Whether two sittings share a slot.
    #[inline]
    pub fn meets(self, other: Sitting) -> bool {
        self.day == other.day && half_mask(self.part) & half_mask(other.part) != 0
    }
}

/// When, where and with whom a run is held. The default stands for a run that is not booked: no sittings, no room, no
/// team.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Booking {
    /// In the order of the module's sessions; empty when the run is not booked.
    pub sittings: SmallVec<[Sitting; 4]>,
    /// `None` only when the run is not booked.
    pub room: Option<RoomId>,
    /// Sorted, without repetitions.
    pub team: SmallVec<[ConsultantId; 4]>,
}

impl Booking {
    /// Whether the run has its times, room and team.
    pub fn is_booked(&self) -> bool {
        self.room.is_some()
    }

    /// The earliest day of the sittings.
    #[inline]
    pub fn first(&self) -> Option<u16> {
        self.sittings.iter().map(|sitting| sitting.day).min()
    }

    /// The latest day of the sittings.
    #[inline]
    pub fn last(&self) -> Option<u16> {
        self.sittings.iter().map(|sitting| sitting.day).max()
    }
}

/// One cohort's part in a change of seats: who leaves it and who comes in. A swap consists of two exchanges, a move
/// of two with one side each, a three-cycle of three. A list of exchanges names every cohort at most once, and every
/// manager at most once as leaving and once as coming in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exchange {
    /// The cohort.
    pub cohort: CohortId,
    /// The member who leaves.
    pub out: Option<ManagerId>,
    /// The manager who comes in, who is not a member yet.
    pub into: Option<ManagerId>,
}

/// Who sits where and what is booked, with the use of rooms and consultants counted.
#[derive(Clone, Debug)]
pub struct Draft {
    seat: Vec<Option<CohortId>>,
    place: Vec<u32>,
    members: Vec<Vec<ManagerId>>,
    bookings: Vec<Booking>,
    modules: usize,
    slots: usize,
    room_use: Vec<u16>,
    consultant_use: Vec<u16>,
    /// The slots in which each room is used, as bits: this is asked most often, and bits take the least memory.
    busy_rooms: BitRows,
    /// The slots in which each consultant works.
    busy_consultants: BitRows,
}

impl Draft {
    /// A draft with nobody seated and nothing booked.
    pub fn empty(facts: &Facts) -> Draft {
        let slots = 2 * facts.slots.days;
        Draft {
            seat: vec![None; facts.managers.len()],
            place: vec![0; facts.managers.len()],
            members: vec![Vec::new(); facts.cohorts.len()],
            bookings: vec![Booking::default(); facts.run_count()],
            modules: facts.modules.len(),
            slots,
            room_use: vec![0; facts.rooms.len() * slots],
            consultant_use: vec![0; facts.consultants.len() * slots],
            busy_rooms: BitRows::zeros(facts.rooms.len(), slots),
            busy_consultants: BitRows::zeros(facts.consultants.len(), slots),
        }
    }

    /// The cohort in which the manager sits.
    #[inline]
    pub fn seat(&self, manager: ManagerId) -> Option<CohortId> {
        self.seat[manager.index()]
    }

    /// The members of a cohort, in no particular order.
    #[inline]
    pub fn members(&self, cohort: CohortId) -> &[ManagerId] {
        &self.members[cohort.index()]
    }

    /// The booking of a run.
    #[inline]
    pub fn booking(&self, run: RunId) -> &Booking {
        &self.bookings[run.index()]
    }

    /// The bookings of a cohort, in module order.
    #[inline]
    pub fn bookings(&self, cohort: CohortId) -> &[Booking] {
        &self.bookings[cohort.index() * self.modules..(cohort.index() + 1) * self.modules]
    }

    /// How many sessions use the room in the slot.
    #[inline]
    pub fn room_use(&self, room: RoomId, slot: usize) -> u16 {
        if self.busy_rooms.has(room.index(), slot) { self.room_use[room.index() * self.slots + slot] } else { 0 }
    }

    /// How many sessions have the consultant in the slot.
    #[inline]
    pub fn consultant_use(&self, consultant: ConsultantId, slot: usize) -> u16 {
        let at = consultant.index() * self.slots + slot;
        if self.busy_consultants.has(consultant.index(), slot) { self.consultant_use[at] } else { 0 }
    }

    /// Whether any session uses the room during the sitting.
    #[inline]
    pub fn room_is_busy(&self, room: RoomId, sitting: Sitting) -> bool {
        self.busy_rooms.any(room.index(), sitting.day as usize, sitting.part)
    }

    /// Whether any session has the consultant during the sitting.
    #[inline]
    pub fn consultant_is_busy(&self, consultant: ConsultantId, sitting: Sitting) -> bool {
        self.busy_consultants.any(consultant.index(), sitting.day as usize, sitting.part)
    }

    /// Makes the exchanges.
    pub fn exchange(&mut self, exchanges: &[Exchange]) {
        for exchange in exchanges {
            if let Some(manager) = exchange.out {
                let members = &mut self.members[exchange.cohort.index()];
                let place = self.place[manager.index()] as usize;
                members.swap_remove(place);
                if let Some(moved) = members.get(place) {
                    self.place[moved.index()] = place as u32;
                }
                self.seat[manager.index()] = None;
            }
        }
        for exchange in exchanges {
            if let Some(manager) = exchange.into {
                let members = &mut self.members[exchange.cohort.index()];
                self.place[manager.index()] = members.len() as u32;
                members.push(manager);
                self.seat[manager.index()] = Some(exchange.cohort);
            }
        }
    }

    /// Books the run; returns its former booking, which is no longer counted.
    pub fn book(&mut self, run: RunId, booking: Booking) -> Booking {
        let before = std::mem::replace(&mut self.bookings[run.index()], booking);
        self.count_use(&before, u16::wrapping_sub);
        let after = std::mem::take(&mut self.bookings[run.index()]);
        self.count_use(&after, u16::wrapping_add);
        self.bookings[run.index()] = after;
        before
    }

    /// Calls `tell` for every consultant whose days of work would change if the run were booked as `booking`, once
    /// each, with the days that the consultant would gain (1) or lose (−1).
    #[inline]
    pub fn work_changes(&self, run: RunId, booking: &Booking, mut tell: impl FnMut(ConsultantId, &[(u16, i64)])) {
        let own = self.booking(run);
        if own.team == booking.team && own.sittings == booking.sittings {
            return;
        }
        // Each day once, with the slots of it that the run takes now and those that it would take.
        let mut days: SmallVec<[(u16, u16, u16); 8]> = SmallVec::new();
        let sittings =
            own.sittings.iter().map(|now| (now, 1, 0)).chain(booking.sittings.iter().map(|then| (then, 0, 1)));
        for (sitting, now, then) in sittings {
            let slots = sitting.part.halves().len() as u16;
            match days.iter_mut().find(|known| known.0 == sitting.day) {
                Some(known) => (known.1, known.2) = (known.1 + now * slots, known.2 + then * slots),
                None => days.push((sitting.day, now * slots, then * slots)),
            }
        }
        let comes = booking.team.iter().filter(|consultant| !own.team.contains(consultant));
        for &consultant in own.team.iter().chain(comes) {
            let (was, stays) = (own.team.contains(&consultant), booking.team.contains(&consultant));
            let mut changes: SmallVec<[(u16, i64); 8]> = SmallVec::new();
            for &(day, now, then) in &days {
                let (now, then) = (if was { now } else { 0 }, if stays { then } else { 0 });
                if (now > 0) == (then > 0) {
                    continue;
                }
                let slot = 2 * day as usize;
                let elsewhere = self.consultant_use(consultant, slot) + self.consultant_use(consultant, slot + 1) - now;
                if elsewhere == 0 {
                    changes.push((day, if then > 0 { 1 } else { -1 }));
                }
            }
            if !changes.is_empty() {
                tell(consultant, &changes);
            }
        }
    }

    fn count_use(&mut self, booking: &Booking, change: fn(u16, u16) -> u16) {
        for slot in booking.sittings.iter().flat_map(|sitting| sitting.slots()) {
            if let Some(room) = booking.room {
                let uses = &mut self.room_use[room.index() * self.slots + slot];
                *uses = change(*uses, 1);
                self.busy_rooms.set(room.index(), slot, *uses > 0);
            }
            for consultant in &booking.team {
                let uses = &mut self.consultant_use[consultant.index() * self.slots + slot];
                *uses = change(*uses, 1);
                self.busy_consultants.set(consultant.index(), slot, *uses > 0);
            }
        }
    }

    /// The draft as a plan: members in the order of their ids, teams by id. `None` while some run is not booked.
    pub fn to_plan(&self, facts: &Facts) -> Option<Plan> {
        let cohorts = (0..facts.cohorts.len()).map(CohortId::new).map(|cohort| {
            let mut members = self.members(cohort).to_vec();
            members.sort_by(|a, b| facts.managers[a.index()].id.cmp(&facts.managers[b.index()].id));
            let runs = self.bookings(cohort).iter().map(|booking| {
                let mut team = booking.team.to_vec();
                team.sort_by(|a, b| facts.consultants[a.index()].id.cmp(&facts.consultants[b.index()].id));
                let session =
                    |sitting: &Sitting| Session { date: facts.slots.date(sitting.day as usize), part: sitting.part };
                Some(Run { room: booking.room?, team, sessions: booking.sittings.iter().map(session).collect() })
            });
            Some(CohortPlan { members, runs: runs.collect::<Option<_>>()? })
        });
        Some(Plan { cohorts: cohorts.collect::<Option<_>>()? })
    }
}
