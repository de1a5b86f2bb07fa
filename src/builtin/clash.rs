//! `room_clash` and `consultant_clash`: at most one use in a slot.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use smallvec::SmallVec;

use crate::draft::{Booking, Draft};
use crate::facts::Facts;
use crate::ids::{CohortId, ConsultantId, ModuleId, RoomId, RunId};
use crate::plan::Plan;
use crate::term::{Finding, Place, Reacts, Term, Tracker};

/// What at most one run may use at a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Resource {
    /// Rooms.
    Rooms,
    /// Consultants.
    Consultants,
}

/// Per room or consultant and slot: the sessions that use it, less one. Two sessions of one run at one time count too.
#[derive(Debug)]
pub struct Clash {
    /// Rooms or consultants.
    pub of: Resource,
}

impl Term for Clash {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut uses: BTreeMap<(usize, NaiveDate, usize), Vec<(CohortId, ModuleId)>> = BTreeMap::new();
        for (index, planned) in plan.cohorts.iter().enumerate() {
            for (module, run) in planned.runs.iter().enumerate() {
                let used: Vec<usize> = match self.of {
                    Resource::Rooms => vec![run.room.index()],
                    Resource::Consultants => run.different_consultants().iter().map(|who| who.index()).collect(),
                };
                for (date, half) in run.sessions.iter().flat_map(|session| session.slots()) {
                    for &thing in &used {
                        let this = (CohortId::new(index), ModuleId::new(module));
                        uses.entry((thing, date, half)).or_default().push(this);
                    }
                }
            }
        }
        let mut findings = Vec::new();
        for ((thing, date, half), runs) in uses.into_iter().filter(|(_, runs)| runs.len() > 1) {
            let (what, id) = match self.of {
                Resource::Rooms => ("room", &facts.rooms[thing].id),
                Resource::Consultants => ("consultant", &facts.consultants[thing].id),
            };
            let names: Vec<&str> = runs.iter().map(|(cohort, _)| facts.cohorts[cohort.index()].id.as_str()).collect();
            let place = Place { cohort: Some(runs[1].0), module: Some(runs[1].1), ..Place::default() };
            findings.push(Finding {
                amount: runs.len() as i64 - 1,
                message: format!(
                    "{what} “{id}” is wanted {} times on {date} {}: by {}",
                    runs.len(),
                    if half == 0 { "am" } else { "pm" },
                    names.join(" and ")
                ),
                place: match self.of {
                    Resource::Rooms => Place { room: Some(RoomId::new(thing)), ..place },
                    Resource::Consultants => Place { consultant: Some(ConsultantId::new(thing)), ..place },
                },
            });
        }
        findings
    }

    fn tracker(&self, _: &Facts) -> Box<dyn Tracker> {
        Box::new(ClashTracker { of: self.of })
    }
}

#[derive(Clone)]
struct ClashTracker {
    of: Resource,
}

/// The slots of a booking's sittings; one that is taken twice stands twice.
type Slots = SmallVec<[usize; 16]>;

fn slots_of(booking: &Booking) -> Slots {
    booking.sittings.iter().flat_map(|sitting| sitting.slots()).collect()
}

/// The change for one thing, used `used` times in a slot now, that a run uses in the slots `own` and would use in `next`.
fn change(own: &[usize], next: &[usize], used: impl Fn(usize) -> u16) -> i64 {
    let times = |slots: &[usize], slot: usize| slots.iter().filter(|&&taken| taken == slot).count() as i64;
    let over = |uses: i64| (uses - 1).max(0);
    let mut change = 0;
    for (place, &slot) in own.iter().chain(next).enumerate() {
        let is_first = !own.iter().chain(next).take(place).any(|&before| before == slot);
        let difference = times(next, slot) - times(own, slot);
        if is_first && difference != 0 {
            let uses = i64::from(used(slot));
            change += over(uses + difference) - over(uses);
        }
    }
    change
}

impl Tracker for ClashTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Bookings
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_booking(&self, _: &Facts, draft: &Draft, run: RunId, booking: &Booking) -> i64 {
        let own = draft.booking(run);
        let (before, after) = (slots_of(own), slots_of(booking));
        let mut sum = 0;
        match self.of {
            Resource::Rooms if own.room == booking.room => {
                sum += own.room.map_or(0, |room| change(&before, &after, |slot| draft.room_use(room, slot)));
            }
            Resource::Rooms => {
                sum += own.room.map_or(0, |room| change(&before, &[], |slot| draft.room_use(room, slot)));
                sum += booking.room.map_or(0, |room| change(&[], &after, |slot| draft.room_use(room, slot)));
            }
            Resource::Consultants => {
                for &consultant in &own.team {
                    let next: &[usize] = if booking.team.contains(&consultant) { &after } else { &[] };
                    sum += change(&before, next, |slot| draft.consultant_use(consultant, slot));
                }
                for &consultant in booking.team.iter().filter(|consultant| !own.team.contains(consultant)) {
                    sum += change(&[], &after, |slot| draft.consultant_use(consultant, slot));
                }
            }
        }
        sum
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}
