//! `order`, `span` and `between`: a cohort's sessions and modules in their order and distance.

use crate::calendar::{Part, Session};
use crate::draft::Booking;
use crate::facts::{Facts, Gap};
use crate::ids::{CohortId, ModuleId};
use crate::plan::{Plan, Run};
use crate::rules::Scope;
use crate::rules::support::per_run::{DependsOn, PerCohort, PerRun};
use crate::term::{Finding, Place, Term, Tracker};
use crate::words::count;

fn per_run(facts: &Facts, plan: &Plan, wrong: impl Fn(usize, &Run) -> Vec<(i64, String)>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, planned) in plan.cohorts.iter().enumerate() {
        for (module, run) in planned.runs.iter().enumerate() {
            for (amount, why) in wrong(module, run) {
                findings.push(Finding {
                    amount,
                    message: format!("{}: “{}”: {why}", facts.cohorts[index].id, facts.modules[module].id),
                    place: Place {
                        cohort: Some(CohortId::new(index)),
                        module: Some(ModuleId::new(module)),
                        ..Place::default()
                    },
                });
            }
        }
    }
    findings
}

/// A run's sessions are in the order of its module: 1 for each session that starts before the one before it has
/// ended. SPEC's “pairs” are pairs of neighbours, since it speaks of “the one before”.
#[derive(Debug)]
pub struct Order;

fn has_ended(before: &Session, after: &Session) -> bool {
    after.date > before.date || after.date == before.date && before.part == Part::Am && after.part == Part::Pm
}

impl Term for Order {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        per_run(facts, plan, |_, run| {
            let pairs = run.sessions.windows(2).enumerate().filter(|(_, pair)| !has_ended(&pair[0], &pair[1]));
            pairs
                .map(|(index, pair)| {
                    (
                        1,
                        format!(
                            "session {} on {} is not after session {} on {}",
                            index + 2,
                            pair[1].date,
                            index + 1,
                            pair[0].date
                        ),
                    )
                })
                .collect()
        })
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        Box::new(PerRun {
            scope: Scope::everywhere(facts),
            depends_on: DependsOn::Times,
            amount: |_, _, booking| {
                let wrong = booking.sittings.windows(2).filter(|pair| {
                    pair[1].day < pair[0].day
                        || pair[1].day == pair[0].day && (pair[0].part, pair[1].part) != (Part::Am, Part::Pm)
                });
                wrong.count() as i64
            },
        })
    }
}

/// A run's sessions lie within the module's `span` of calendar days: counts the days over.
#[derive(Debug)]
pub struct Span;

impl Term for Span {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        per_run(facts, plan, |module, run| {
            let (Some(first), Some(last)) = (run.first(), run.last()) else { return Vec::new() };
            let days = (last - first).num_days() + 1;
            let span = facts.modules[module].span;
            if days > span {
                vec![(
                    days - span,
                    format!("its sessions take {}, at most {span} allowed", count(days, "calendar day")),
                )]
            } else {
                Vec::new()
            }
        })
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        Box::new(PerRun {
            scope: Scope::everywhere(facts),
            depends_on: DependsOn::Times,
            amount: |facts, run, booking| {
                let (Some(first), Some(last)) = (booking.first(), booking.last()) else { return 0 };
                let days = i64::from(last) - i64::from(first) + 1;
                (days - facts.modules[facts.module_of(run).index()].span).max(0)
            },
        })
    }
}

/// Between two modules in a row, gap = first date of the later − last date of the earlier, and `min <= gap <= max`:
/// counts the days short or over. Modules in the wrong order have a negative gap, and all of its distance to `min`
/// counts.
#[derive(Debug)]
pub struct Between;

impl Term for Between {
    fn findings(&self, facts: &Facts, plan: &Plan) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (index, planned) in plan.cohorts.iter().enumerate() {
            for (earlier, pair) in planned.runs.windows(2).enumerate() {
                let (Some(last), Some(first)) = (pair[0].last(), pair[1].first()) else { continue };
                let later = &facts.modules[earlier + 1];
                let days = (first - last).num_days();
                let over = later.gap.max.map_or(0, |max| days - max);
                let short = later.gap.min - days;
                if short > 0 || over > 0 {
                    let limit = if short > 0 {
                        format!("at least {} needed", later.gap.min)
                    } else {
                        format!("at most {} allowed", days - over)
                    };
                    findings.push(Finding {
                        amount: short.max(over),
                        message: format!(
                            "{}: {} from the end of “{}” to “{}”, {limit}",
                            facts.cohorts[index].id,
                            count(days, "day"),
                            facts.modules[earlier].id,
                            later.id
                        ),
                        place: Place {
                            cohort: Some(CohortId::new(index)),
                            module: Some(ModuleId::new(earlier + 1)),
                            ..Place::default()
                        },
                    });
                }
            }
        }
        findings
    }

    fn tracker(&self, facts: &Facts) -> Box<dyn Tracker> {
        Box::new(PerCohort { scope: Scope::everywhere(facts), depends_on: DependsOn::Times, amount: gaps_around })
    }
}

fn off(gap: Gap, last: Option<u16>, first: Option<u16>) -> i64 {
    let (Some(last), Some(first)) = (last, first) else { return 0 };
    let days = i64::from(first) - i64::from(last);
    (gap.min - days).max(0) + gap.max.map_or(0, |max| (days - max).max(0))
}

/// The days short or over in the gaps before and after the changed run. A booking changes no other gap of its cohort.
fn gaps_around(facts: &Facts, bookings: &[Booking], changed: usize, booking: &Booking) -> i64 {
    let before = changed
        .checked_sub(1)
        .map_or(0, |module| off(facts.modules[changed].gap, bookings[module].last(), booking.first()));
    let after =
        bookings.get(changed + 1).map_or(0, |next| off(facts.modules[changed + 1].gap, booking.last(), next.first()));
    before + after
}

#[cfg(test)]
mod tests {
    use super::super::testing::{amount, sample, session};
    use crate::calendar::Part::{Am, Full, Pm};
    use crate::calendar::Session;

    /// The amounts of `order`, `span` (2 days) and `between` (7 to 21 days) with these sessions of “a” and “b” for
    /// the first cohort.
    fn held(a: [Session; 2], b: Session) -> [i64; 3] {
        let (problem, mut plan) = sample();
        plan.cohorts[0].runs[0].sessions = a.to_vec();
        plan.cohorts[0].runs[1].sessions = vec![b];
        ["order", "span", "between"].map(|term| amount(&problem, &plan, term))
    }

    #[test]
    fn a_session_starts_when_the_one_before_has_ended() {
        let b = session(9, 15, Am);
        assert_eq!(held([session(9, 7, Am), session(9, 7, Pm)], b), [0, 0, 0]);
        assert_eq!(held([session(9, 7, Pm), session(9, 7, Am)], b), [1, 0, 0]);
        assert_eq!(held([session(9, 7, Full), session(9, 7, Pm)], b), [1, 0, 0]);
        assert_eq!(held([session(9, 7, Am), session(9, 7, Full)], b), [1, 0, 0]);
        assert_eq!(held([session(9, 8, Full), session(9, 7, Am)], b), [1, 0, 0]);
    }

    #[test]
    fn a_span_goes_from_the_earliest_date_to_the_latest() {
        assert_eq!(held([session(9, 7, Full), session(9, 9, Am)], session(9, 16, Am)), [0, 1, 0]);
        assert_eq!(held([session(9, 11, Full), session(9, 7, Am)], session(9, 18, Am)), [1, 3, 0]);
    }

    #[test]
    fn a_gap_goes_from_the_last_date_to_the_first() {
        let a = [session(9, 7, Full), session(9, 8, Am)];
        assert_eq!(held(a, session(9, 14, Am)), [0, 0, 1], "6 days of at least 7");
        assert_eq!(held(a, session(9, 29, Am)), [0, 0, 0], "21 days");
        assert_eq!(held(a, session(10, 1, Am)), [0, 0, 2], "23 days of at most 21");
        assert_eq!(held(a, session(9, 8, Pm)), [0, 0, 7], "no day at all");
        assert_eq!(held(a, session(9, 1, Am)), [0, 0, 14], "7 days the wrong way round");
    }
}
