//! `window` and `waves`: when cohorts start. A cohort's first session is the earliest session of its first module,
//! even in a plan that has a later module before it.

use crate::draft::{Booking, Draft};
use crate::facts::Facts;
use crate::ids::{CohortId, RunId};
use crate::plan::Plan;
use crate::term::{Finding, Place, Reacts, Term, Tracker};
use crate::words::count;

/// The first session's date lies in the wave's start window: counts the days outside.
#[derive(Debug)]
pub struct Window;

impl Term for Window {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (index, planned) in plan.cohorts.iter().enumerate() {
            let wave = facts.wave_of(CohortId::new(index));
            let Some(first) = planned.first() else { continue };
            let early = (wave.start.0 - first).num_days();
            let late = (first - wave.start.1).num_days();
            if early > 0 || late > 0 {
                findings.push(Finding {
                    amount: early.max(late),
                    message: format!(
                        "{} starts on {first}, {} {} the start window of wave “{}” ({} to {})",
                        facts.cohorts[index].id,
                        count(early.max(late), "day"),
                        if early > 0 { "before" } else { "after" },
                        wave.id,
                        wave.start.0,
                        wave.start.1
                    ),
                    place: Place { cohort: Some(CohortId::new(index)), ..Place::default() },
                });
            }
        }
        findings
    }

    fn tracker(&self, _: &Facts) -> Box<dyn Tracker> {
        Box::new(WindowTracker)
    }
}

#[derive(Clone)]
struct WindowTracker;

/// The day on which the cohort starts before and after a booking; `None` if it stays the same.
#[inline]
fn start_change(facts: &Facts, draft: &Draft, run: RunId, booking: &Booking) -> Option<(Option<u16>, Option<u16>)> {
    if facts.module_of(run).index() != 0 {
        return None;
    }
    let (before, after) = (draft.booking(run).first(), booking.first());
    (before != after).then_some((before, after))
}

impl Tracker for WindowTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Bookings
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_booking(&self, facts: &Facts, draft: &Draft, run: RunId, booking: &Booking) -> i64 {
        let Some((before, after)) = start_change(facts, draft, run, booking) else { return 0 };
        let (from, to) = facts.wave_of(facts.cohort_of(run)).start;
        let days = |date: chrono::NaiveDate| (date - facts.slots.first).num_days();
        let outside = |day: Option<u16>| {
            day.map_or(0, |day| (days(from) - i64::from(day)).max(0) + (i64::from(day) - days(to)).max(0))
        };
        outside(after) - outside(before)
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}

/// Earlier waves start first: counts for each wave but the first the days by which its earliest start precedes the
/// latest start of the waves before it.
#[derive(Debug)]
pub struct Waves;

impl Term for Waves {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut latest: Option<(chrono::NaiveDate, CohortId)> = None;
        for wave in &facts.waves {
            let starts = || wave.cohorts.iter().filter_map(|&id| Some((plan.cohorts[id.index()].first()?, id)));
            if let (Some((earliest, cohort)), Some((before, other))) = (starts().min(), latest)
                && earliest < before
            {
                findings.push(Finding {
                    amount: (before - earliest).num_days(),
                    message: format!(
                        "{} starts on {earliest}, {} before {} of an earlier wave, which starts on {before}",
                        facts.cohorts[cohort.index()].id,
                        count((before - earliest).num_days(), "day"),
                        facts.cohorts[other.index()].id
                    ),
                    place: Place { cohort: Some(cohort), ..Place::default() },
                });
            }
            latest = latest.into_iter().chain(starts()).max();
        }
        findings
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        let starts = vec![vec![0; facts.slots.days]; facts.waves.len()];
        let ends = vec![None; facts.waves.len()];
        Box::new(WavesTracker { starts, ends })
    }
}

#[derive(Clone)]
struct WavesTracker {
    /// By wave and day: how many cohorts start there.
    starts: Vec<Vec<u32>>,
    /// By wave: the first and the last day on which a cohort starts.
    ends: Vec<Option<(u16, u16)>>,
}

impl WavesTracker {
    /// The first and the last start in a wave after one cohort's start has moved.
    fn moved(&self, wave: usize, before: Option<u16>, after: Option<u16>) -> Option<(u16, u16)> {
        let starts = &self.starts[wave];
        let stays = |day: &usize| starts[*day] > u32::from(before.is_some_and(|before| before as usize == *day));
        let rest = self.ends[wave].and_then(|(first, last)| {
            let mut days = (first as usize..=last as usize).filter(stays);
            let first = days.next()?;
            Some((first as u16, (first..=last as usize).rev().find(stays)? as u16))
        });
        match (rest, after) {
            (Some((first, last)), Some(after)) => Some((first.min(after), last.max(after))),
            (rest, after) => rest.or(after.map(|after| (after, after))),
        }
    }

    /// The amount if the changed wave had these first and last starts.
    fn amount(&self, changed: usize, ends: Option<(u16, u16)>) -> i64 {
        let (mut latest, mut amount) = (None, 0);
        for (wave, own) in self.ends.iter().enumerate() {
            let Some((first, last)) = (if wave == changed { ends } else { *own }) else { continue };
            amount += latest.map_or(0, |latest: u16| i64::from(latest.saturating_sub(first)));
            latest = latest.max(Some(last));
        }
        amount
    }
}

impl Tracker for WavesTracker {
    fn reacts(&self) -> Reacts {
        Reacts::Bookings
    }

    fn start(&self, _: &Facts) -> i64 {
        0
    }

    fn price_booking(&self, facts: &Facts, draft: &Draft, run: RunId, booking: &Booking) -> i64 {
        let Some((before, after)) = start_change(facts, draft, run, booking) else { return 0 };
        let wave = facts.cohorts[facts.cohort_of(run).index()].wave.index();
        self.amount(wave, self.moved(wave, before, after)) - self.amount(wave, self.ends[wave])
    }

    fn commit_booking(&mut self, facts: &Facts, draft: &Draft, run: RunId, booking: &Booking) {
        let Some((before, after)) = start_change(facts, draft, run, booking) else { return };
        let wave = facts.cohorts[facts.cohort_of(run).index()].wave.index();
        self.ends[wave] = self.moved(wave, before, after);
        if let Some(before) = before {
            self.starts[wave][before as usize] -= 1;
        }
        if let Some(after) = after {
            self.starts[wave][after as usize] += 1;
        }
    }

    fn boxed_clone(&self) -> Box<dyn Tracker> {
        Box::new(self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{amount, sample, session};
    use crate::calendar::Part::{Am, Full};

    /// The amounts of `window` and `waves` when the cohorts' runs of “a” begin on these days of September. The first
    /// two cohorts are the first wave, which starts from the 7th to the 18th; the third is the second wave, which
    /// starts from the 7th to the 30th.
    fn starts(days: [u32; 3]) -> [i64; 2] {
        let (problem, mut plan) = sample();
        for (planned, day) in plan.cohorts.iter_mut().zip(days) {
            planned.runs[0].sessions = vec![session(9, day, Full), session(9, day + 1, Am)];
        }
        ["window", "waves"].map(|term| amount(&problem, &plan, term))
    }

    #[test]
    fn days_outside_the_window_count_on_either_side() {
        assert_eq!(starts([7, 18, 29]), [0, 0]);
        assert_eq!(starts([3, 18, 29]), [4, 0]);
        assert_eq!(starts([5, 20, 29]), [2 + 2, 0]);
    }

    #[test]
    fn a_wave_may_start_with_the_last_cohort_of_the_wave_before_and_not_earlier() {
        assert_eq!(starts([7, 16, 16]), [0, 0]);
        assert_eq!(starts([7, 16, 15]), [0, 1]);
        assert_eq!(starts([16, 7, 8]), [0, 8]);
    }

    #[test]
    fn a_cohort_starts_on_the_earliest_date_of_its_first_module() {
        let (problem, mut plan) = sample();
        // The cohort starts with its second session, on the 4th; that a later module comes before it does not matter.
        plan.cohorts[0].runs[0].sessions = vec![session(9, 7, Full), session(9, 4, Am)];
        plan.cohorts[0].runs[1].sessions = vec![session(8, 20, Am)];
        assert_eq!(amount(&problem, &plan, "window"), 3);
        // Nor does it for the order of waves: the last cohort's “b” on 18 August is no start.
        plan.cohorts[2].runs[1].sessions = vec![session(8, 18, Am)];
        assert_eq!(amount(&problem, &plan, "waves"), 0);
    }
}
