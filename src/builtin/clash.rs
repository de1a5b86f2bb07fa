//! `room_clash` and `consultant_clash`: at most one use in a slot.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::calendar::half_name;
use crate::draft::{Booking, Draft, Sitting};
use crate::facts::Facts;
use crate::ids::{CohortId, ConsultantId, ModuleId, RoomId, RunId};
use crate::plan::Plan;
use crate::term::{Finding, Place, Reacts, Term, Tracker};

/// The resources that at most one run may use at a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Resource {
    /// Rooms.
    Rooms,
    /// Consultants.
    Consultants,
}

/// For each room or consultant and slot: the number of sessions that use it, less one. Two sessions of one run at the
/// same time are two uses: SPEC leaves this open, and the plans with known scores count them so. A consultant who is
/// listed twice in one team is one use.
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
            let name = |&(cohort, module): &(CohortId, ModuleId)| {
                format!("{} (“{}”)", facts.cohorts[cohort.index()].id, facts.modules[module.index()].id)
            };
            let names: Vec<String> = runs.iter().map(name).collect();
            let place = Place { cohort: Some(runs[1].0), module: Some(runs[1].1), ..Place::default() };
            findings.push(Finding {
                amount: runs.len() as i64 - 1,
                message: format!(
                    "{what} “{id}” is wanted {} times on {date} {}, by {}",
                    runs.len(),
                    half_name(half),
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

/// How many of these sittings take the slot.
#[inline]
fn times(sittings: &[Sitting], slot: usize) -> u16 {
    sittings.iter().filter(|sitting| sitting.takes(slot)).count() as u16
}

/// The slots that the sittings take, each with the number of earlier sittings in the list that take the same slot.
#[inline]
fn slots(sittings: &[Sitting]) -> impl Iterator<Item = (usize, u16)> {
    let each = move |(place, sitting): (usize, &Sitting)| {
        sitting.slots().map(move |slot| (slot, times(&sittings[..place], slot)))
    };
    sittings.iter().enumerate().flat_map(each)
}

/// How many uses beyond the first disappear from the slots when a resource leaves the sittings `own`. `used` gives
/// the uses of a slot now, with those of `own`.
#[inline]
fn freed(own: &[Sitting], used: impl Fn(usize) -> u16) -> i64 {
    slots(own).map(|(slot, freed)| i64::from(used(slot) - freed > 1)).sum()
}

/// How many uses beyond the first appear when a resource is put into the sittings `next`, after it has left `own`.
#[inline]
fn taken(own: &[Sitting], next: &[Sitting], used: impl Fn(usize) -> u16) -> i64 {
    slots(next).map(|(slot, taken)| i64::from(used(slot) - times(own, slot) + taken > 0)).sum()
}

/// The change of the amount for a resource that the run uses before and after.
#[inline]
fn kept(own: &[Sitting], next: &[Sitting], used: impl Fn(usize) -> u16) -> i64 {
    if own == next { 0 } else { taken(own, next, &used) - freed(own, used) }
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
        let (before, after) = (&own.sittings[..], &booking.sittings[..]);
        match self.of {
            Resource::Rooms => {
                let uses = |room| move |slot| draft.room_use(room, slot);
                if own.room == booking.room {
                    own.room.map_or(0, |room| kept(before, after, uses(room)))
                } else {
                    let freed = own.room.map_or(0, |room| freed(before, uses(room)));
                    booking.room.map_or(0, |room| taken(&[], after, uses(room))) - freed
                }
            }
            Resource::Consultants => {
                let uses = |consultant| move |slot| draft.consultant_use(consultant, slot);
                let stays = |who: &ConsultantId| booking.team.contains(who);
                let was_here = |who: &ConsultantId| own.team.contains(who);
                let own_team = own
                    .team
                    .iter()
                    .map(|who| if stays(who) { kept(before, after, uses(*who)) } else { -freed(before, uses(*who)) });
                let new = booking.team.iter().filter(|who| !was_here(who)).map(|who| taken(&[], after, uses(*who)));
                own_team.sum::<i64>() + new.sum::<i64>()
            }
        }
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{amount, sample, session};
    use crate::calendar::Part::{Am, Full, Pm};
    use crate::ids::{ConsultantId, RoomId};
    use crate::plan::Plan;

    fn clashes(change: impl Fn(&mut Plan)) -> [i64; 2] {
        let (problem, mut plan) = sample();
        change(&mut plan);
        ["room_clash", "consultant_clash"].map(|term| amount(&problem, &plan, term))
    }

    #[test]
    fn halves_of_a_day_do_not_meet() {
        // Both later cohorts have “b” with the consultant “m” on 6 October, one in the morning and one in the afternoon.
        assert_eq!(clashes(|plan| plan.cohorts[1].runs[1].room = RoomId(0)), [0, 0]);
        assert_eq!(clashes(|plan| plan.cohorts[2].runs[1].sessions[0].part = Pm), [0, 1]);
    }

    #[test]
    fn a_full_day_meets_both_halves() {
        let morning_and_afternoon = |plan: &mut Plan| {
            plan.cohorts[0].runs[1].sessions[0] = session(10, 6, Full);
            plan.cohorts[0].runs[1].team = vec![ConsultantId(2)];
        };
        assert_eq!(
            clashes(morning_and_afternoon),
            [1, 2],
            "the large room is free in the afternoon, “m” in neither half"
        );
    }

    #[test]
    fn three_at_a_time_are_two_too_many() {
        let same = |plan: &mut Plan| {
            for cohort in &mut plan.cohorts {
                cohort.runs[1].sessions = vec![session(10, 6, Am)];
                cohort.runs[1].room = RoomId(0);
                cohort.runs[1].team = vec![ConsultantId(0)];
            }
        };
        assert_eq!(clashes(same), [2, 2]);
    }

    #[test]
    fn sessions_of_one_run_can_meet() {
        // SPEC says “run”, but the plans with known scores count sessions.
        let twice = |plan: &mut Plan| plan.cohorts[0].runs[0].sessions = vec![session(9, 7, Full), session(9, 7, Pm)];
        assert_eq!(clashes(twice), [1, 2]);
    }

    #[test]
    fn who_stands_twice_in_a_team_is_there_once() {
        assert_eq!(clashes(|plan| plan.cohorts[0].runs[0].team = vec![ConsultantId(0); 2]), [0, 0]);
    }
}
