//! The lower bound against known plans, all plans of tiny problems, and figures worked out by hand.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use chrono::NaiveDate;
use kohort::bound::{Bound, lower_bound};
use kohort::calendar::{Part, Session};
use kohort::check::measure;
use kohort::ids::{ConsultantId, ManagerId, RoomId};
use kohort::plan::{CohortPlan, Plan, Run};
use kohort::problem::Problem;
use kohort::read;
use kohort::rng::Rng;

fn problem(path: &str) -> Problem {
    read::problem(Path::new(path)).unwrap_or_else(|errors| panic!("{path}: {:#?}", errors.items))
}

fn cost(bound: &Bound, term: &str) -> i64 {
    bound.parts.iter().filter(|part| part.term.starts_with(term)).map(|part| part.cost).sum()
}

#[test]
fn spread_is_what_dealing_evenly_gives() {
    for (name, spread) in [("m60", 425), ("m160", 1_460), ("m530", 4_568)] {
        let mut bound =
            lower_bound(&problem(&format!("benches/{name}/problem.toml")), 10, &AtomicBool::new(false), None);
        bound.parts.retain(|part| part.why.contains("evenly"));
        assert_eq!(cost(&bound, "spread"), spread, "{name}");
    }
}

#[test]
fn no_bound_is_above_a_valid_plan_that_is_known() {
    let mut compared = 0;
    let mut compare = |problem: &Problem, path: &Path| {
        let plan = read::plan(path, problem).unwrap_or_else(|errors| panic!("{:#?}", errors.items)).plan;
        let report = measure(problem, &plan);
        if !report.score.is_valid() {
            return;
        }
        let bound = lower_bound(problem, 10, &AtomicBool::new(false), None);
        assert_eq!(bound.soft, bound.parts.iter().map(|part| part.cost).sum::<i64>());
        assert!(bound.soft <= report.score.soft, "{}: {bound:?} is above {:?}", path.display(), report.score);
        compared += 1;
    };
    for name in ["tutorial", "orebro-first-wave", "orebro", "malmo", "goteborg"] {
        let folder = Path::new("problems").join(name);
        compare(&problem(&format!("problems/{name}/problem.toml")), &folder.join("plan.toml"));
    }
    compare(&problem("tests/cli/problem.toml"), Path::new("tests/cli/plan.toml"));
    compare(&problem("tests/faults/problem.toml"), Path::new("tests/faults/plan.toml"));
    let conformance = problem("tests/conformance/problem.toml");
    for entry in std::fs::read_dir("tests/conformance/plans").expect("the plans are there") {
        compare(&conformance, &entry.expect("the entry can be read").path());
    }
    assert!(compared >= 7, "only {compared} valid plans were seen");
}

#[test]
fn more_effort_proves_more_and_whoever_stops_early_keeps_what_is_proved() {
    let orebro = problem("problems/orebro/problem.toml");
    let proved = |effort, stops| lower_bound(&orebro, effort, &AtomicBool::new(stops), None).soft;
    let bounds = [proved(1, true), proved(10, false), proved(20, false)];
    assert!(bounds.is_sorted_by(|less, more| 0 < *less && less < more), "{bounds:?}");
    let plan = read::plan(Path::new("problems/orebro/plan.toml"), &orebro).expect("the plan can be read").plan;
    assert!(bounds[2] <= measure(&orebro, &plan).score.soft);
}

#[test]
fn the_best_plans_known_of_small_problems_are_optimal() {
    // In the tutorial and m60, absences decide who sits where; in m160 the leadership cohorts cannot share weeks.
    for (folder, plan) in [("problems/tutorial", "plan"), ("benches/m60", "best"), ("benches/m160", "best")] {
        let problem = problem(&format!("{folder}/problem.toml"));
        let path = format!("{folder}/{plan}.toml");
        let plan = read::plan(Path::new(&path), &problem).expect("the plan can be read").plan;
        let bound = lower_bound(&problem, 10, &AtomicBool::new(false), None);
        assert_eq!(
            (bound.soft, measure(&problem, &plan).score.hard),
            (measure(&problem, &plan).score.soft, 0),
            "{folder}"
        );
    }
}

/// A random number from `from` to `to`, both included.
fn below(rng: &mut Rng, from: usize, to: usize) -> usize {
    from + rng.below(to - from + 1)
}

/// A random problem of two cohorts with one module each, of a half day or a day, on few dates.
fn tiny(rng: &mut Rng) -> Problem {
    let mut managers = String::new();
    for number in 0..below(rng, 3, 5) {
        let group = if rng.below(3) == 0 { format!("leadership_group = \"g{number}\", ") } else { String::new() };
        managers.push_str(&format!("{{ id = \"m{number}\", {group}kind = \"{}\" }},", rng.below(2)));
    }
    let (first, second) = ([" \"all\"", "\"leadership\""][rng.below(2)], ["\"all\"", "\"others\""][rng.below(2)]);
    let text = format!(
        "format = 1
        programme = {{ name = \"tiny\", start = 2015-09-07, end = 2015-09-10, gap = {{ min = 0, ideal = {}, max = 3 }}, avoid = [2015-09-0{}] }}
        module = [{{ id = \"a\", sessions = [\"{}\"] }}, {{ id = \"b\", sessions = [\"am\"] }}]
        room = [{{ id = \"r\", seats = 4, cost = {} }}, {{ id = \"s\", seats = {}, cost = {} }}]
        consultant = [{{ id = \"k\", modules = [\"a\", \"b\"], max_days = {{ week = {} }} }}, {{ id = \"l\", modules = [\"b\"] }}]
        manager = [{managers}]
        wave = [
            {{ id = \"v\", members = {first}, cohorts = 1, size = {{ min = 0, max = 3 }} }},
            {{ id = \"w\", members = {second}, cohorts = 1, size = {{ min = 1, max = 4 }} }},
        ]
        rule = [
            {{ kind = \"spread\", attribute = \"kind\", weight = 3, waves = [\"v\", \"w\"] }},
            {{ kind = \"spread\", attribute = \"kind\", weight = 2, waves = [\"w\"] }},
            {{ kind = \"gap\", weight = {} }}, {{ kind = \"room_cost\", weight = 2 }}, {{ kind = \"avoid\", weight = 3 }},
            {{ kind = \"early\", weight = 1 }}, {{ kind = \"continuity\", weight = 2 }}, {{ kind = \"workload\", weight = 1 }},
        ]",
        below(rng, 0, 3),
        below(rng, 7, 9),
        ["full", "pm"][rng.below(2)],
        rng.below(3),
        below(rng, 1, 4),
        rng.below(3),
        below(rng, 2, 4),
        below(rng, 1, 4),
    );
    read::problem_text(&text).unwrap_or_else(|errors| panic!("{text}\n{:#?}", errors.items))
}

/// The least soft score of all valid plans. Memberships and timetables are enumerated separately, since only `seats`
/// looks at both: each membership gets the cheapest timetable with enough seats.
fn best_of_all(problem: &Problem) -> Option<i64> {
    let part = Part::Full;
    let first_part = if problem.facts.modules[0].sessions[0].parts() == [part] { part } else { Part::Pm };
    let day = |day: u32| NaiveDate::from_ymd_opt(2015, 9, 7 + day).expect("a day of September");
    let mut runs = Vec::new();
    for choice in 0..4 * 2 * 4 * 2 * 2 {
        let run = |room: u32, consultant: u32, date: u32, part: Part| Run {
            room: RoomId(room),
            team: vec![ConsultantId(consultant)],
            sessions: vec![Session { date: day(date), part }],
        };
        let a = run(choice / 4 % 2, 0, choice % 4, first_part);
        runs.push(vec![a, run(choice / 32 % 2, choice / 64 % 2, choice / 8 % 4, Part::Am)]);
    }
    let managers = problem.facts.managers.len() as u32;
    let members = |mask: u32, side: u32| (0..managers).filter(|m| mask >> m & 1 == side).map(ManagerId).collect();
    let plan = |mask: u32, v: usize, w: usize| Plan {
        cohorts: vec![
            CohortPlan { members: members(mask, 0), runs: runs[v].clone() },
            CohortPlan { members: members(mask, 1), runs: runs[w].clone() },
        ],
    };
    let amount = |plan: &Plan, name: &str| {
        let posed = problem.terms.iter().filter(|posed| posed.name == name);
        posed.map(|posed| posed.term.amount(&problem.facts, plan)).sum::<i64>()
    };
    let seated: Vec<u32> = (0..1 << managers)
        .filter(|&mask| ["assigned", "group", "size"].iter().all(|name| amount(&plan(mask, 0, 0), name) == 0))
        .collect();
    // Every timetable, tried with one membership that is allowed. It may break `seats`, which another membership may
    // keep.
    let seats = seated.first().copied()?;
    let mut held: Vec<(i64, usize, usize)> = Vec::new();
    for (v, w) in (0..runs.len()).flat_map(|v| (0..runs.len()).map(move |w| (v, w))) {
        let (mine, own) = (plan(seats, v, v), plan(seats, v, w));
        if amount(&mine, "between") == 0 && amount(&mine, "order") == 0 {
            let report = measure(problem, &own);
            let missing = amount(&own, "seats");
            if report.score.hard == missing {
                held.push((report.score.soft, v, w));
            }
        }
    }
    held.sort_unstable();
    let mut best: Option<i64> = None;
    for &mask in &seated {
        let valid =
            held.iter().map(|&(_, v, w)| measure(problem, &plan(mask, v, w)).score).find(|score| score.is_valid());
        best = best.into_iter().chain(valid.map(|score| score.soft)).min();
    }
    best
}

#[test]
fn no_bound_is_above_the_best_of_all_plans_of_tiny_problems() {
    let (mut bounds, mut bests) = (0, 0);
    for seed in 0..8 {
        let problem = tiny(&mut Rng::new(seed, 0));
        let Some(best) = best_of_all(&problem) else { continue };
        let bound = lower_bound(&problem, 10, &AtomicBool::new(false), None);
        assert!(bound.soft <= best, "seed {seed}: {bound:#?} is above {best}");
        bounds += bound.soft;
        bests += best;
    }
    assert!(2 * bounds > bests && bests > 0, "the bounds are far below: {bounds} of {bests}");
}

/// One cohort with two half days, both led by the only consultant.
const TWO_HALVES: &str = r#"
format = 1
programme = { name = "by hand", start = 2015-09-07, end = 2015-09-18, gap = { min = 0 } }
module = [{ id = "a", sessions = ["am"] }, { id = "b", sessions = ["half"] }]
room = [{ id = "r", seats = 4 }]
consultant = [{ id = "k", modules = ["a", "b"] }]
manager = [{ id = "p" }]
wave = [{ id = "w", members = "all", cohorts = 1, size = { min = 1, max = 1 } }]
rule = [{ kind = "workload", weight = 3 }]
"#;

/// Two cohorts, each with a day and a half and a team of two on each, in a fortnight. Each test makes one resource
/// scarce.
const COUNTED: &str = r#"
format = 1
programme = { name = "by hand", start = 2015-09-07, end = 2015-09-18, gap = { min = 1, ideal = 7 } }
module = [{ id = "a", sessions = ["full"], consultants = 2 }, { id = "b", sessions = ["half"], consultants = 2 }]
room = [{ id = "r", seats = 4, cost = 5 }, { id = "s", seats = 4, cost = 1, weekdays = ["mon", "fri"] }]
consultant = [{ id = "k", modules = ["a", "b"] }, { id = "l", modules = ["a", "b"] }, { id = "m", modules = ["b"] }]
manager = [{ id = "p", at = "x" }, { id = "q", at = "x" }, { id = "t", at = "x" }]
wave = [{ id = "w", members = "all", cohorts = 2, size = { min = 1, max = 2 } }]
rule = [
    { kind = "spread", attribute = "at", weight = 10 }, { kind = "room_cost", weight = 1 }, { kind = "gap", weight = 2 },
    { kind = "early", weight = 1 },
]
"#;

/// Nobody can always attend: p only on Fridays, q on all other days.
const AWAY: &str = r#"
format = 1
programme = { name = "by hand", start = 2015-09-07, end = 2015-09-18 }
module = [{ id = "a", sessions = ["full"] }]
room = [{ id = "r", seats = 4 }]
consultant = [{ id = "k", modules = ["a"] }]
manager = [
    { id = "p", unavailable = [{ from = 2015-09-07, to = 2015-09-10 }, { from = 2015-09-14, to = 2015-09-17 }] },
    { id = "q", unavailable = [2015-09-11, 2015-09-18] },
]
wave = [{ id = "w", members = "all", cohorts = 1, size = { min = 0, max = 2 } }]
rule = [{ kind = "attendance", weight = 30 }, { kind = "apart", managers = ["p", "q"], weight = 7 }]
"#;

#[test]
fn who_must_be_where_counts() {
    let least = |text: &str| {
        let problem = read::problem_text(text).expect("it can be read");
        lower_bound(&problem, 10, &AtomicBool::new(false), None).soft
    };
    assert_eq!(least(AWAY), 37, "one of both is missed in the only cohort");
    let two = AWAY.replace("cohorts = 1", "cohorts = 2");
    assert_eq!(least(&two), 0, "one on a Friday, one on another day");
    let pin = |cohort: usize, date: &str| {
        format!(
            "pin = [{{ cohort = \"w-{cohort}\", module = \"a\", sessions = [{{ date = {date}, part = \"full\" }}] }}]"
        )
    };
    assert_eq!(least(&format!("{two} {}", pin(1, "2015-09-07"))), 0);
    let early = two.replace("unavailable = [2015-09-11, 2015-09-18]", "unavailable = [2015-09-07]");
    let early = early.replace("cohorts = 2, size = { min = 0, max = 2 }", "cohorts = 1, size = { min = 1, max = 1 }");
    let early = early
        .replace("wave = [", "wave = [{ id = \"v\", members = \"all\", cohorts = 1, size = { min = 1, max = 1 } },");
    assert_eq!(least(&early), 0);
    assert_eq!(least(&format!("{early} {}", pin(1, "2015-09-07"))), 30, "neither can come to one of the cohorts");
    let pinned = "pin = [{ manager = \"p\", cohort = \"w-1\" }, { manager = \"q\", cohort = \"w-1\" }]";
    let split = two.replace("weight = 7", "hard = true");
    assert_eq!(least(&format!("{split} {pinned}")), 0, "no plan is valid: nothing is said of what it costs");
}

#[test]
fn what_costs_more_than_any_price_is_not_counted_twice() {
    let managers: String = (0..100).map(|number| format!("{{ id = \"m{number}\", at = \"x\" }},")).collect();
    let text = format!(
        "format = 1
        programme = {{ name = \"dear\", start = 2015-09-07, end = 2015-09-18 }}
        module = [{{ id = \"a\", sessions = [\"full\"] }}]
        room = [{{ id = \"r\", seats = 60 }}]
        consultant = [{{ id = \"k\", modules = [\"a\"] }}]
        manager = [{managers}]
        wave = [{{ id = \"w\", members = \"all\", cohorts = 2, size = {{ min = 50, max = 50 }} }}]
        rule = [{{ kind = \"spread\", attribute = \"at\", weight = 600_000 }}, {{ kind = \"attendance\", weight = 1 }}]"
    );
    let problem = read::problem_text(&text).expect("it can be read");
    assert_eq!(
        lower_bound(&problem, 10, &AtomicBool::new(false), None).soft,
        2 * 1_225 * 600_000,
        "50 managers are 1,225 pairs"
    );
}

#[test]
fn bounds_that_were_counted_by_hand() {
    let least = |text: &str, term: &str| {
        cost(&lower_bound(&read::problem_text(text).expect("it can be read"), 10, &AtomicBool::new(false), None), term)
    };
    assert_eq!(least(COUNTED, "spread"), 10, "two and one: one pair");
    let (before, _) = COUNTED.split_once("rule = [").expect("there are rules");
    let work = format!("{before} rule = [{{ kind = \"workload\", weight = 3 }}]");
    // Six dates of work, two for each consultant. But k and l lead both days of the first module, and one of them
    // also half of the second.
    assert_eq!(least(&work, "workload"), 12, "three dates, two and one: four pairs");
    assert_eq!(least(TWO_HALVES, "workload"), 0, "both on one date");
    assert_eq!(least(&TWO_HALVES.replace("min = 0", "min = 1"), "workload"), 3, "two dates, one pair");
    let few =
        COUNTED.replace("kind = \"spread\", attribute = \"at\"", "kind = \"max_count\", attribute = \"at\", count = 1");
    assert_eq!(least(&few, "max_count"), 10, "three of a value, one a cohort: one too many");
    let away = COUNTED.replace("\"spread\", attribute = \"at\"", "\"coverage\", attribute = \"at\", count = 1");
    assert_eq!(least(&away, "coverage"), 30, "one too many in the three half days of one of the cohorts");
    // Both modules in the cheap room, on the two Mondays: 3 for the room, no day off the ideal gap, 7 days to the
    // end. Two cohorts cannot both begin on that Monday, since the first module takes everyone who can lead it.
    let alone = COUNTED.replace("cohorts = 2", "cohorts = 1").replace("max = 2", "max = 3");
    assert_eq!(least(&alone, "room_cost"), 10);
    assert!(least(COUNTED, "room_cost") > 2 * 10);
}
