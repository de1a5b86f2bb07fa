//! `assigned`, `size` and `seats`: who sits where, and how many.

use std::sync::Arc;

use crate::draft::{Booking, Draft, Exchange};
use crate::facts::Facts;
use crate::ids::{CohortId, ManagerId, ModuleId, RunId, WaveId};
use crate::plan::Plan;
use crate::term::{Finding, Place, Reacts, Term, Tracker};
use crate::words::count;

/// Every eligible manager is in exactly one cohort, of a wave that takes them: 1 for each manager who is missing, and
/// 1 for each seat too many. A seat is one mention in a cohort; each manager has one seat free of charge, if it is in
/// a wave that takes the manager.
///
/// SPEC 4.1 leaves open what a seat costs that is both extra and in a wrong wave. Chosen here: 1. A seat is then
/// either right or wrong, and it does not matter which of a manager's seats is called the extra one. For someone who
/// takes no part every seat is wrong.
#[derive(Debug)]
pub struct Assigned;

impl Term for Assigned {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut seats = vec![Vec::new(); facts.managers.len()];
        for (index, cohort) in plan.cohorts.iter().enumerate() {
            cohort.members.iter().for_each(|member| seats[member.index()].push(CohortId::new(index)));
        }
        let mut findings = Vec::new();
        for (index, cohorts) in seats.iter().enumerate() {
            let id = ManagerId::new(index);
            let manager = &facts.managers[index];
            let is_right = |cohort: &CohortId| facts.takes(facts.cohorts[cohort.index()].wave, id);
            let right = cohorts.iter().position(is_right);
            let mut say = |what: String, cohort: Option<CohortId>| {
                let message = format!("manager “{}” is in {what}", manager.id);
                let place = Place { cohort, manager: Some(id), ..Place::default() };
                findings.push(Finding { amount: 1, message, place });
            };
            if cohorts.is_empty() && manager.permanent {
                say("no cohort".to_string(), None);
            }
            for (_, cohort) in cohorts.iter().enumerate().filter(|(seat, _)| Some(*seat) != right) {
                let name = &facts.cohorts[cohort.index()].id;
                let what = if !manager.permanent {
                    format!("{name}, but takes no part (not permanent)")
                } else if is_right(cohort) {
                    format!("{name} as well, and may be in only one cohort")
                } else {
                    format!("{name}, whose wave takes only {}", facts.wave_of(*cohort).members.people())
                };
                say(what, Some(*cohort));
            }
        }
        findings
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        let waves = facts.waves.len();
        let takes = |place: usize| facts.takes(WaveId::new(place % waves), ManagerId::new(place / waves));
        Box::new(AssignedTracker {
            waves,
            wave_of: facts.cohorts.iter().map(|cohort| cohort.wave).collect(),
            takes: (0..facts.managers.len() * waves).map(takes).collect(),
            permanent: facts.managers.iter().map(|manager| manager.permanent).collect(),
        })
    }
}

/// Relies on the search never giving anybody two seats.
#[derive(Clone)]
struct AssignedTracker {
    waves: usize,
    /// By cohort.
    wave_of: Arc<[WaveId]>,
    /// By manager, then wave.
    takes: Arc<[bool]>,
    /// By manager.
    permanent: Arc<[bool]>,
}

impl AssignedTracker {
    /// What the seat of a manager costs.
    #[inline]
    fn cost(&self, manager: ManagerId, seat: Option<CohortId>) -> i64 {
        i64::from(match seat {
            None => self.permanent[manager.index()],
            Some(cohort) => !self.takes[manager.index() * self.waves + self.wave_of[cohort.index()].index()],
        })
    }
}

impl Tracker for AssignedTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Seats
    }

    fn minds_swaps(&self) -> bool {
        self.takes.contains(&false)
    }

    fn start(&self, facts: &Facts) -> i64 {
        facts.eligible().count() as i64
    }

    fn price_seats(&self, _: &Facts, draft: &Draft, exchanges: &[Exchange]) -> i64 {
        let mut change = 0;
        for exchange in exchanges {
            if let Some(into) = exchange.into {
                change += self.cost(into, Some(exchange.cohort)) - self.cost(into, draft.seat(into));
            }
            if let Some(out) = exchange.out
                && exchanges.iter().all(|other| other.into != Some(out))
            {
                change += self.cost(out, None) - self.cost(out, Some(exchange.cohort));
            }
        }
        change
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}

/// `size.min <= members <= size.max`: counts the managers too few or too many. Every mention counts, whether or not
/// the manager should be there: SPEC 4.1 speaks of members, and it is `assigned` that reports wrong ones.
#[derive(Debug)]
pub struct Size;

fn size_off(facts: &Facts, cohort: CohortId, members: i64) -> i64 {
    let wave = facts.wave_of(cohort);
    (wave.min as i64 - members).max(0) + (members - wave.max as i64).max(0)
}

impl Term for Size {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (index, planned) in plan.cohorts.iter().enumerate() {
            let cohort = CohortId::new(index);
            let wave = facts.wave_of(cohort);
            let members = planned.members.len();
            let amount = if members < wave.min { wave.min - members } else { members.saturating_sub(wave.max) };
            if amount > 0 {
                findings.push(Finding {
                    amount: amount as i64,
                    message: format!(
                        "{} has {}, {} to {} allowed",
                        facts.cohorts[index].id,
                        count(members, "member"),
                        wave.min,
                        wave.max
                    ),
                    place: Place { cohort: Some(cohort), ..Place::default() },
                });
            }
        }
        findings
    }

    fn tracker(&self, _: &Facts) -> Box<dyn Tracker> {
        Box::new(SizeTracker)
    }
}

#[derive(Clone)]
struct SizeTracker;

/// How many members the exchange's cohort has before and after it; `None` when the number stays the same.
#[inline]
fn resized(draft: &Draft, exchange: &Exchange) -> Option<(i64, i64)> {
    let change = i64::from(exchange.into.is_some()) - i64::from(exchange.out.is_some());
    let members = draft.members(exchange.cohort).len() as i64;
    (change != 0).then_some((members, members + change))
}

impl Tracker for SizeTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Seats
    }

    fn minds_swaps(&self) -> bool {
        false
    }

    fn start(&self, facts: &Facts) -> i64 {
        (0..facts.cohorts.len()).map(|index| facts.wave_of(CohortId::new(index)).min as i64).sum()
    }

    fn price_seats(&self, facts: &Facts, draft: &Draft, exchanges: &[Exchange]) -> i64 {
        let each = |exchange: &Exchange| {
            let (before, after) = resized(draft, exchange)?;
            Some(size_off(facts, exchange.cohort, after) - size_off(facts, exchange.cohort, before))
        };
        exchanges.iter().filter_map(each).sum()
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}

/// `members <= seats`: counts the members without a seat, once per run. [`Size`] says who is a member.
#[derive(Debug)]
pub struct Seats;

impl Term for Seats {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (index, planned) in plan.cohorts.iter().enumerate() {
            for (module, run) in planned.runs.iter().enumerate() {
                let room = &facts.rooms[run.room.index()];
                if planned.members.len() > room.seats {
                    findings.push(Finding {
                        amount: (planned.members.len() - room.seats) as i64,
                        message: format!(
                            "{}: room “{}” of “{}” seats {}, but the cohort has {}",
                            facts.cohorts[index].id,
                            room.id,
                            facts.modules[module].id,
                            room.seats,
                            count(planned.members.len(), "member")
                        ),
                        place: Place {
                            cohort: Some(CohortId::new(index)),
                            module: Some(ModuleId::new(module)),
                            room: Some(run.room),
                            ..Place::default()
                        },
                    });
                }
            }
        }
        findings
    }

    fn tracker(&self, _: &Facts) -> Box<dyn Tracker> {
        Box::new(SeatsTracker)
    }
}

#[derive(Clone)]
struct SeatsTracker;

#[inline]
fn standing(facts: &Facts, members: i64, booking: &Booking) -> i64 {
    booking.room.map_or(0, |room| (members - facts.rooms[room.index()].seats as i64).max(0))
}

impl Tracker for SeatsTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Both
    }

    fn minds_swaps(&self) -> bool {
        false
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_seats(&self, facts: &Facts, draft: &Draft, exchanges: &[Exchange]) -> i64 {
        let mut change = 0;
        for exchange in exchanges {
            if let Some((before, after)) = resized(draft, exchange) {
                for booking in draft.bookings(exchange.cohort) {
                    change += standing(facts, after, booking) - standing(facts, before, booking);
                }
            }
        }
        change
    }

    fn price_booking(&self, facts: &Facts, draft: &Draft, run: RunId, booking: &Booking) -> i64 {
        let own = draft.booking(run);
        if own.room == booking.room {
            return 0;
        }
        let members = draft.members(facts.cohort_of(run)).len() as i64;
        standing(facts, members, booking) - standing(facts, members, own)
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{amount, sample};
    use crate::ids::{ManagerId, RoomId};
    use crate::plan::Plan;
    use crate::problem::Problem;

    fn manager(problem: &Problem, id: &str) -> ManagerId {
        let place = problem.facts.managers.iter().position(|manager| manager.id == id);
        ManagerId::new(place.expect("there is this manager"))
    }

    /// The amounts of `assigned`, `size` and `seats` on the sample plan with these members instead of its own.
    fn seated(cohorts: [&[&str]; 3]) -> [i64; 3] {
        let (problem, mut plan) = sample();
        for (planned, ids) in plan.cohorts.iter_mut().zip(cohorts) {
            planned.members = ids.iter().map(|id| manager(&problem, id)).collect();
        }
        ["assigned", "size", "seats"].map(|term| amount(&problem, &plan, term))
    }

    #[test]
    fn everyone_is_missed_when_nobody_is_seated() {
        // Six managers are permanent, and each of the three cohorts needs a member.
        assert_eq!(seated([&[], &[], &[]]), [6, 3, 0]);
    }

    #[test]
    fn a_wave_for_all_takes_leaders_too() {
        assert_eq!(seated([&["g1"], &["h1"], &["g2", "g3", "x1", "x2"]]), [0, 0, 0]);
    }

    #[test]
    fn a_wave_for_leaders_takes_nobody_else() {
        assert_eq!(seated([&["g1", "g2", "x2"], &["h1", "x1"], &["g3"]]), [2, 0, 0]);
    }

    #[test]
    fn each_further_mention_counts_wherever_it_is() {
        // “x1” in two more cohorts, both of a wrong wave: 2. “g1” twice in one cohort: 1.
        assert_eq!(seated([&["g1", "g1", "x1"], &["h1", "x1"], &["x1", "x2", "g2", "g3"]]), [3, 0, 0]);
        // Two cohorts that both take the manager: 1.
        assert_eq!(seated([&["g1", "g2", "g3"], &["h1", "g2"], &["x1", "x2"]]), [1, 0, 0]);
    }

    #[test]
    fn whoever_takes_no_part_counts_for_each_seat_and_takes_it() {
        // Four members where three are allowed; “z” has two seats.
        assert_eq!(seated([&["g1", "g2", "g3", "z"], &["h1", "z"], &["x1", "x2"]]), [2, 1, 0]);
    }

    #[test]
    fn seats_are_wanted_once_for_each_run() {
        // Five members, two runs in rooms for four: one has no seat in each run, and the cohort is one too large.
        assert_eq!(seated([&["g1"], &["h1"], &["g2", "g3", "x1", "x2", "z"]]), [1, 1, 2]);
        let (problem, mut plan): (Problem, Plan) = sample();
        plan.cohorts[0].runs[1].room = RoomId(1);
        assert_eq!(amount(&problem, &plan, "seats"), 1, "three managers on two seats");
    }
}
