//! Laws of all terms: the tracker's amount equals the checker's, whatever is done to a plan.

mod swaps;

use std::collections::BTreeMap;
use std::path::Path;

use kohort::calendar::Part;
use kohort::check::measure;
use kohort::draft::{Booking, Draft, Exchange, Sitting};
use kohort::facts::Facts;
use kohort::ids::{CohortId, ConsultantId, ManagerId, RoomId, RunId};
use kohort::plan::CohortPlan;
use kohort::problem::Problem;
use kohort::read;
use kohort::rng::Rng;
use kohort::rules::RULES;
use proptest::prelude::*;
use swaps::groupings;

const FOLDER: &str = "tests/conformance";

/// Rules of every kind that the problem of the conformance plans lacks, and a wave of `all` for three-cycles.
const MORE_RULES: &str = "
[[rule]]
kind = \"stability\"
weight = 3

[[rule]]
kind = \"min_share\"
attribute = \"gender\"
value = \"k\"
share = 0.55
weight = 2

[[rule]]
kind = \"together\"
managers = [\"m00001\", \"m00028\", \"m00016\"]
waves = [\"blandad2\", \"blandad3\"]
hard = true

[[pin]]
manager = \"m00028\"
cohort = \"blandad2-1\"

[[pin]]
cohort = \"ledning-1\"
module = \"saker\"
room = \"rum001\"
";

/// Reads the conformance problem with more rules; `change` may rewrite the text of each file.
fn problem(change: &dyn Fn(&str, String) -> String) -> Problem {
    let open = |path: &Path| -> Result<Vec<u8>, String> {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_string();
        let mut text = std::fs::read_to_string(Path::new(FOLDER).join(&name)).map_err(|error| error.to_string())?;
        if name == "problem.toml" {
            text.push_str(MORE_RULES);
        }
        Ok(change(&name, text).into_bytes())
    };
    let mut problem = read::problem_with(Path::new("problem.toml"), &open).expect("the problem can be read");
    let earlier = change("plan", plan_text("009.toml"));
    let mut earlier = read::plan_text(&earlier, &problem).expect("the earlier plan can be read").plan;
    // One cohort is new since the earlier plan.
    earlier.cohorts[1] = CohortPlan::default();
    problem.set_earlier(earlier);
    problem
}

fn plan_text(name: &str) -> String {
    std::fs::read_to_string(Path::new(FOLDER).join("plans").join(name)).expect("the plan is there")
}

fn as_it_is(_: &str, text: String) -> String {
    text
}

enum Change {
    Seats(Vec<Exchange>),
    Book(RunId, Booking),
}

/// A random change of seats: a manager is seated, unseated or moved, or two or three managers exchange seats.
fn random_seats(facts: &Facts, draft: &Draft, rng: &mut Rng) -> Change {
    if rng.below(5) < 2 {
        let cohort = CohortId::new(rng.below(facts.cohorts.len()));
        let manager = ManagerId::new(rng.below(facts.managers.len()));
        let to = (rng.below(6) > 0).then_some(cohort).filter(|&to| draft.seat(manager) != Some(to));
        let out = draft.seat(manager).map(|cohort| Exchange { cohort, out: Some(manager), into: None });
        let into = to.map(|cohort| Exchange { cohort, out: None, into: Some(manager) });
        return Change::Seats(out.into_iter().chain(into).collect());
    }
    let size = 2 + rng.below(2);
    let mut order: Vec<CohortId> = (0..facts.cohorts.len()).map(CohortId::new).collect();
    rng.shuffle(&mut order);
    order.truncate(size);
    let members: Vec<Option<ManagerId>> = order
        .iter()
        .map(|&cohort| {
            let members = draft.members(cohort);
            (!members.is_empty()).then(|| members[rng.below(members.len())])
        })
        .collect();
    if members.iter().any(Option::is_none) {
        return Change::Seats(Vec::new());
    }
    let exchange = |(place, &cohort): (usize, &CohortId)| Exchange {
        cohort,
        out: members[place],
        into: members[(place + 1) % size],
    };
    Change::Seats(order.iter().enumerate().map(exchange).collect())
}

/// A random change of seats, or of a run: it is booked in any way, closed, out of order or clashing, or it is
/// unbooked.
fn random_change(facts: &Facts, draft: &Draft, rng: &mut Rng) -> Change {
    if facts.run_count() == 0 || rng.below(8) < 5 {
        return random_seats(facts, draft, rng);
    }
    let run = RunId::new(rng.below(facts.run_count()));
    if rng.below(8) == 0 {
        return Change::Book(run, Booking::default());
    }
    let own = draft.booking(run).clone();
    let module = &facts.modules[facts.module_of(run).index()];
    // Few days, so that cohorts meet at the same time, and rooms and consultants clash.
    let first = 40 + rng.below(12);
    let sitting = |rng: &mut Rng| Sitting {
        day: (first + rng.below(3)) as u16,
        part: [Part::Am, Part::Pm, Part::Full][rng.below(3)],
    };
    let mut booking = Booking {
        sittings: module.sessions.iter().map(|_| sitting(rng)).collect(),
        room: Some(RoomId::new(rng.below(facts.rooms.len()))),
        team: (0..rng.below(4)).map(|_| ConsultantId::new(rng.below(facts.consultants.len()))).collect(),
    };
    booking.team.sort_unstable();
    booking.team.dedup();
    if own.is_booked() {
        match rng.below(4) {
            0 => booking = Booking { sittings: booking.sittings, ..own },
            1 => booking = Booking { room: booking.room, ..own },
            2 => booking = Booking { team: booking.team, ..own },
            _ => {}
        }
    }
    Change::Book(run, booking)
}

/// Every tracker with its amount so far, and the draft that they follow.
struct Followed<'p> {
    problem: &'p Problem,
    draft: Draft,
    trackers: Vec<(Box<dyn kohort::term::Tracker>, i64)>,
}

impl<'p> Followed<'p> {
    fn new(problem: &'p Problem) -> Followed<'p> {
        let facts = &problem.facts;
        let tracker = |posed: &kohort::term::Posed| {
            let tracker = posed.term.tracker(facts);
            let start = tracker.start(facts);
            (tracker, start)
        };
        Followed { problem, draft: Draft::empty(facts), trackers: problem.terms.iter().map(tracker).collect() }
    }

    /// Makes the change; returns each term's price of it.
    fn make(&mut self, change: &Change) -> Vec<i64> {
        let facts = &self.problem.facts;
        let mut prices = Vec::new();
        for (tracker, amount) in &mut self.trackers {
            let price = match change {
                Change::Seats(_) if !tracker.reacts().to_seats() => 0,
                Change::Book(..) if !tracker.reacts().to_bookings() => 0,
                Change::Seats(exchanges) => {
                    let price = tracker.price_seats(facts, &self.draft, exchanges);
                    tracker.commit_seats(facts, &self.draft, exchanges);
                    price
                }
                Change::Book(run, booking) => {
                    let price = tracker.price_booking(facts, &self.draft, *run, booking);
                    tracker.commit_booking(facts, &self.draft, *run, booking);
                    price
                }
            };
            *amount += price;
            prices.push(price);
        }
        match change {
            Change::Seats(exchanges) => self.draft.exchange(exchanges),
            Change::Book(run, booking) => {
                self.draft.book(*run, booking.clone());
            }
        }
        prices
    }

    fn inverse(&self, change: &Change) -> Change {
        match change {
            Change::Seats(exchanges) => Change::Seats(
                exchanges.iter().map(|e| Exchange { cohort: e.cohort, out: e.into, into: e.out }).collect(),
            ),
            Change::Book(run, _) => Change::Book(*run, self.draft.booking(*run).clone()),
        }
    }

    /// Books every run that is not booked.
    fn book_all(&mut self, rng: &mut Rng) {
        for run in (0..self.problem.facts.run_count()).map(RunId::new) {
            while !self.draft.booking(run).is_booked() {
                let change = random_change(&self.problem.facts, &self.draft, rng);
                if matches!(&change, Change::Book(_, booking) if booking.is_booked()) {
                    self.make(&change);
                }
            }
        }
    }
}

#[test]
fn the_laws_are_tried_on_every_kind_of_rule() {
    let problem = problem(&as_it_is);
    for kind in RULES {
        let has = |posed: &kohort::term::Posed| posed.name.split(':').next() == Some(kind.kind);
        assert!(problem.terms.iter().any(has), "the problem of the laws has no rule “{}”", kind.kind);
    }
    assert!(problem.facts.managers.iter().any(|manager| !manager.permanent));
    assert!(problem.facts.fixed.seats.iter().any(Option::is_some));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_tracker_is_its_definition_after_any_changes(seed in any::<u64>(), changes in 1..400_usize) {
        for problem in groupings().chain([problem(&as_it_is)]) {
            let mut followed = Followed::new(&problem);
            let rng = &mut Rng::new(seed, 0);
            for _ in 0..changes {
                let change = random_change(&problem.facts, &followed.draft, rng);
                followed.make(&change);
            }
            followed.book_all(rng);
            let plan = followed.draft.to_plan(&problem.facts).expect("every run is booked");
            for (posed, (_, amount)) in problem.terms.iter().zip(&followed.trackers) {
                prop_assert_eq!(*amount, posed.term.amount(&problem.facts, &plan), "{}", &posed.name);
            }
        }
    }

    #[test]
    fn what_is_undone_was_never_there(seed in any::<u64>(), changes in 1..200_usize) {
        let problem = problem(&as_it_is);
        let mut followed = Followed::new(&problem);
        let rng = &mut Rng::new(seed, 1);
        for _ in 0..changes {
            let change = random_change(&problem.facts, &followed.draft, rng);
            let inverse = followed.inverse(&change);
            let there = followed.make(&change);
            let back = followed.make(&inverse);
            for ((posed, there), back) in problem.terms.iter().zip(there).zip(back) {
                prop_assert_eq!(there + back, 0, "{}", &posed.name);
            }
            followed.make(&change);
        }
    }

    #[test]
    fn the_score_is_the_sum_of_its_parts(seed in any::<u64>()) {
        let problem = problem(&as_it_is);
        let mut followed = Followed::new(&problem);
        let rng = &mut Rng::new(seed, 2);
        (0..100).for_each(|_| {
            let change = random_change(&problem.facts, &followed.draft, rng);
            followed.make(&change);
        });
        followed.book_all(rng);
        let report = measure(&problem, &followed.draft.to_plan(&problem.facts).expect("every run is booked"));
        let (mut hard, mut soft) = (0, 0);
        for term in &report.terms {
            prop_assert_eq!(term.findings.iter().map(|finding| finding.amount).sum::<i64>(), term.amount, "{}", &term.name);
            prop_assert!(term.findings.iter().all(|finding| finding.amount != 0 && !finding.message.is_empty()));
            prop_assert_eq!(term.cost, term.amount * term.weight.unwrap_or(1));
            match term.weight {
                None => hard += term.cost,
                Some(_) => soft += term.cost,
            }
        }
        prop_assert_eq!((hard, soft), (report.score.hard, report.score.soft));
    }
}

/// Renames the managers so that their order changes: `m00012` becomes `x99987`.
fn rename(text: &str) -> String {
    let mut renamed = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('m') {
        let (before, from) = rest.split_at(at);
        renamed.push_str(before);
        match from.get(1..6).and_then(|digits| digits.parse::<u32>().ok()) {
            Some(number) => {
                renamed.push_str(&format!("x{:05}", 99_999 - number));
                rest = &from[6..];
            }
            None => {
                renamed.push('m');
                rest = &from[1..];
            }
        }
    }
    renamed + rest
}

#[test]
fn names_and_their_order_change_no_amount() {
    let upside_down = |name: &str, text: String| {
        let text = rename(&text);
        if name != "managers.csv" {
            return text;
        }
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        lines.join("\n")
    };
    let (plain, other) = (problem(&as_it_is), problem(&upside_down));
    assert_ne!(plain.facts.managers[0].id, other.facts.managers[0].id);
    for number in 0..11 {
        let text = plan_text(&format!("{number:03}.toml"));
        let amounts = |problem: &Problem, text: &str| -> Vec<(String, i64)> {
            let plan = read::plan_text(text, problem).expect("the plan can be read").plan;
            measure(problem, &plan).terms.into_iter().map(|term| (term.name, term.amount)).collect()
        };
        assert_eq!(amounts(&plain, &text), amounts(&other, &rename(&text)), "plan {number}");
    }
}

#[test]
fn no_amount_is_above_the_most_that_its_rule_says() {
    let problem = problem(&as_it_is);
    for entry in std::fs::read_dir(Path::new(FOLDER).join("plans")).expect("there are plans") {
        let name = entry.expect("it can be listed").file_name();
        let plan = read::plan_text(&plan_text(name.to_str().expect("a name")), &problem).expect("a plan").plan;
        for (posed, term) in problem.terms.iter().zip(measure(&problem, &plan).terms) {
            let most = posed.most.unwrap_or(i64::MAX);
            assert!(term.amount.abs() <= most, "{} is {} and at most {most}", term.name, term.amount);
        }
    }
}

#[test]
fn a_term_has_one_name_and_the_built_in_ones_are_all_there() {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    kohort::builtin::terms().into_iter().for_each(|posed| *names.entry(posed.name).or_default() += 1);
    assert!(names.values().all(|&count| count == 1));
    assert_eq!(names.len(), 17);
}
