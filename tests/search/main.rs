//! The search against what is known without it: all plans of tiny problems, pins, earlier plans, numbers of threads.

mod files;

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use kohort::bound::reasons_against;
use kohort::calendar::{Part, Session};
use kohort::check::measure;
use kohort::generate::{self, municipality};
use kohort::ids::{ConsultantId, ManagerId, RoomId};
use kohort::plan::{CohortPlan, Plan, Run};
use kohort::problem::Problem;
use kohort::read;
use kohort::score::Score;
use kohort::search;
use kohort::search::state::State;
use kohort::solve::{Limit, Options, Progress, Solution, Status, solve};

fn run(problem: &Problem, steps: u64, seed: u64, threads: usize, from: Option<&Plan>) -> Solution {
    let options = Options { limit: Limit::Steps(steps), seed, threads, from, ..Options::default() };
    solve(problem, &options).expect("the plan is of this problem")
}

/// Repeats a search by its steps and its schedule, on another number of threads.
fn again(problem: &Problem, found: &Solution, seed: u64) -> Solution {
    let (limit, repetition) = (Limit::Steps(found.steps), found.repetition);
    let options = Options { limit, repetition, seed, threads: 2, ..Options::default() };
    solve(problem, &options).expect("there is no plan to fit")
}

/// What a search finds on one thread; on other numbers of threads it must find the same.
fn on_any_number_of_threads(problem: &Problem, steps: u64, seed: u64) -> Solution {
    let one = run(problem, steps, seed, 1, None);
    for threads in [2, 3, 8] {
        assert_eq!(run(problem, steps, seed, threads, None), one, "{threads} threads");
    }
    one
}

const MIXING: &str = r#"
format = 1
programme = { name = "six of two kinds" }
wave = [{ id = "w", members = "all", cohorts = 2, size = { min = 2, max = 4 } }]
manager = [
    { id = "a", kind = "x", site = "n" }, { id = "b", kind = "x", site = "n" }, { id = "c", kind = "x", site = "s" },
    { id = "d", kind = "y", site = "s", superior = "a" }, { id = "e", kind = "y", site = "s" }, { id = "f", kind = "z", site = "n", superior = "d" },
]
rule = [
    { kind = "spread", attribute = "kind", weight = 3 }, { kind = "spread", attribute = "site", weight = 2 },
    { kind = "apart", relation = "superior", hard = true }, { kind = "together", managers = ["a", "c"], weight = 5 },
    { kind = "max_share", attribute = "site", share = 0.5, weight = 4 }, { kind = "min_distinct", attribute = "kind", count = 3, weight = 1 },
]
"#;

#[test]
fn the_best_of_all_memberships_is_found() {
    let problem = read::problem_text(MIXING).expect("the problem can be read");
    let plan = |mask: u32| {
        let side = |bit: u32| (0..6).filter(|m| mask >> m & 1 == bit).map(|m| ManagerId(m as u32)).collect();
        let cohort = |bit: u32| CohortPlan { members: side(bit), runs: Vec::new() };
        Plan { cohorts: vec![cohort(0), cohort(1)] }
    };
    let best = (0..64).map(|mask| measure(&problem, &plan(mask)).score).min().expect("there are plans");
    for seed in 1..=5 {
        assert_eq!(run(&problem, 20_000, seed, 1, None).score, best, "seed {seed}");
    }
}

const DATES: &str = r#"
format = 1
programme = { name = "two weeks", start = 2015-09-07, end = 2015-09-18, gap = { min = 2, ideal = 4, max = 6 }, avoid = [2015-09-10] }
module = [{ id = "one", sessions = ["full"] }, { id = "two", sessions = ["half"] }]
room = [{ id = "r", seats = 5, cost = 2, weekdays = ["mon", "tue", "thu", "fri"] }, { id = "s", seats = 3, cost = 1 }]
consultant = [
    { id = "k", modules = ["one", "two"], unavailable = [2015-09-08] },
    { id = "l", modules = ["two"], max_days = { week = 1 } },
]
wave = [{ id = "w", members = "all", cohorts = 1, size = { min = 3, max = 4 }, start = { from = 2015-09-08, to = 2015-09-14 } }]
manager = [
    { id = "a", unavailable = [2015-09-11, "2015-09-16 am"] }, { id = "b", unavailable = ["2015-09-15 pm"] },
    { id = "c", unavailable = [2015-09-14] },
]
rule = [
    { kind = "attendance", weight = 7 }, { kind = "gap", weight = 2 }, { kind = "avoid", weight = 3 },
    { kind = "room_cost", weight = 1 }, { kind = "continuity", weight = 2 }, { kind = "early", weight = 1 },
]
"#;

#[test]
fn the_best_of_all_timetables_is_found() {
    let problem = read::problem_text(DATES).expect("the problem can be read");
    let day = |day: u32| NaiveDate::from_ymd_opt(2015, 9, day).expect("a day of September");
    let mut best: Option<Score> = None;
    for (first, second) in (7..=18).flat_map(|first| (7..=18).map(move |second| (first, second))) {
        for part in [Part::Am, Part::Pm] {
            for (rooms, consultant) in (0..4).flat_map(|rooms| (0..2).map(move |consultant| (rooms, consultant))) {
                let run = |room: u32, consultant: u32, date: u32, part: Part| Run {
                    room: RoomId(room),
                    team: vec![ConsultantId(consultant)],
                    sessions: vec![Session { date: day(date), part }],
                };
                let runs = vec![run(rooms / 2, 0, first, Part::Full), run(rooms % 2, consultant, second, part)];
                let members = (0..3).map(ManagerId).collect();
                let score = measure(&problem, &Plan { cohorts: vec![CohortPlan { members, runs }] }).score;
                best = best.into_iter().chain([score]).min();
            }
        }
    }
    for seed in 1..=5 {
        assert_eq!(Some(run(&problem, 50_000, seed, 1, None).score), best, "seed {seed}");
    }
}

/// Whoever is away from November on can only attend on the early dates of the first cohort, which cost more. No swap
/// helps on the late dates, and there are no dates in between.
const SEATS_MEND_NOTHING: &str = r#"
format = 1
programme = { name = "early or late", start = 2026-09-01, end = 2027-05-28, gap = { min = 14, ideal = 35, max = 40 } }
module = [{ id = "one", sessions = ["full"] }, { id = "two", sessions = ["full"] }, { id = "three", sessions = ["full"] }]
room = [{ id = "r", seats = 4 }]
consultant = [
    { id = "k", modules = ["one", "two", "three"], available = [2026-09-01, 2026-09-29, 2026-10-27, 2026-11-16, 2026-12-21, 2027-01-25] },
    { id = "l", modules = ["one", "two", "three"], available = [{ from = 2027-02-15, to = 2027-05-28 }] },
]
wave = [
    { id = "first", members = "all", cohorts = 1, size = { min = 3, max = 4 }, start = { from = 2026-09-01, to = 2026-11-30 } },
    { id = "second", members = "all", cohorts = 1, size = { min = 3, max = 4 }, start = { from = 2027-02-15 } },
]
manager = [
    { id = "a", unavailable = [{ from = 2026-11-10, to = 2027-05-28 }] }, { id = "b" }, { id = "c" }, { id = "d" }, { id = "e" },
    { id = "f" }, { id = "g" },
]
rule = [{ kind = "attendance", weight = 30 }, { kind = "gap", weight = 1 }]
"#;

#[test]
fn dates_are_found_where_no_seat_mends_an_absence() {
    let problem = read::problem_text(SEATS_MEND_NOTHING).expect("the problem can be read");
    for seed in 1..=8 {
        assert_eq!(run(&problem, 20_000, seed, 1, None).score, Score { hard: 0, soft: 14 }, "seed {seed}");
    }
}

/// A problem whose best plans cost exactly the lower bound.
fn with_an_optimum_that_is_proved() -> Problem {
    let rule = "rule = [{ kind = \"spread\", attribute = \"kind\", weight = 3 }]";
    let text = MIXING.split("rule = [").next().expect("there are rules").to_owned() + rule;
    read::problem_text(&text).expect("the problem can be read")
}

#[test]
fn a_search_ends_once_its_plan_is_optimal_and_its_steps_repeat_it() {
    let problem = with_an_optimum_that_is_proved();
    let optimal = run(&problem, u64::MAX, 1, 2, None);
    assert!(optimal.is_optimal() && optimal.score == Score { hard: 0, soft: 3 }, "{optimal:?}");
    let limit = Limit::Time(Duration::from_secs(600));
    let timed = solve(&problem, &Options { limit, threads: 1, ..Options::default() }).expect("there is no plan to fit");
    assert!(timed.is_optimal());
    assert_eq!(again(&problem, &timed, 1), timed);
}

#[test]
fn an_optimal_plan_is_the_same_on_any_number_of_threads() {
    let problem = with_an_optimum_that_is_proved();
    let one = on_any_number_of_threads(&problem, 300_000, 2);
    assert!(one.is_optimal() && one.steps == 300_000, "{one:?}");
}

/// Many pairs have an affinity, so the islands find a best plan after different numbers of steps. The cohorts are
/// alike, so there are several best plans.
fn with_many_best_plans() -> Problem {
    let managers: Vec<String> = (0..40).map(|number| format!("{{ id = \"m{number}\" }}")).collect();
    let pair = |number: usize| {
        let (one, other) = (number % 40, (number * number + 7 * number + 3) % 40);
        let other = if one == other { (one + 1) % 40 } else { other };
        let weight = 1 + number * 5 % 9;
        format!("{{ kind = \"together\", managers = [\"m{one}\", \"m{other}\"], weight = {weight} }}")
    };
    let rules: Vec<String> = (0..3 * 40).map(pair).collect();
    let wave = "wave = [{ id = \"w\", members = \"all\", cohorts = 4, size = { min = 5, max = 15 } }]";
    let (managers, rules) = (managers.join(", "), rules.join(", "));
    let text = format!("format = 1\nprogramme = {{}}\n{wave}\nmanager = [{managers}]\nrule = [{rules}]\n");
    read::problem_text(&text).expect("the problem can be read")
}

#[test]
fn when_it_becomes_known_that_a_plan_is_optimal_changes_nothing() {
    let problem = with_many_best_plans();
    // With this seed the second island finds a best plan first.
    let seed = 3;
    let mut start = State::empty(&problem);
    search::complete(&mut start, seed);
    let found = |least: i64, asks: usize| {
        let asked = AtomicUsize::new(0);
        let is_optimal = |score: Score| asked.fetch_add(1, Ordering::Relaxed) >= asks && score.soft <= least;
        search::search(start.clone(), seed, Limit::Steps(400_000), None, Instant::now(), &is_optimal, &mut |_| true)
    };
    let never = found(0, usize::MAX);
    let mut state = start.clone();
    state.restore(&never.best);
    for asks in [0, 3] {
        let known = found(state.score().soft, asks);
        assert_eq!((known.best, known.steps), (never.best.clone(), never.steps), "known after {asks}");
    }
}

fn conformance() -> Problem {
    read::problem(Path::new("tests/conformance/problem.toml")).expect("the problem can be read")
}

/// A municipality with enough cohorts that several islands work on one plan.
fn worked_at_in_parts() -> Problem {
    let made =
        municipality(&generate::MunicipalityOptions { managers: 4_600, ..generate::MunicipalityOptions::default() });
    let open = |path: &Path| {
        let text = if path.ends_with("managers.csv") { &made.roster_csv } else { &made.problem_toml };
        Ok(text.clone().into_bytes())
    };
    read::problem_with(Path::new("problem.toml"), &open).expect("the problem can be read")
}

#[test]
fn the_same_plan_on_any_number_of_threads() {
    let problem = conformance();
    let one = on_any_number_of_threads(&problem, 300_000, 7);
    assert_ne!(run(&problem, 300_000, 8, 1, None).plan, one.plan, "another seed gives another plan");
}

#[test]
fn replicas_give_the_same_plan_on_any_number_of_threads() {
    let problem = worked_at_in_parts();
    let many = problem.facts.cohorts.len();
    assert!(many >= 100, "{many} cohorts are too few for parts");
    on_any_number_of_threads(&problem, 300_000, 3);
}

#[test]
fn searches_that_exchange_temperatures_give_the_same_plan_on_any_number_of_threads() {
    let problem = with_many_best_plans();
    on_any_number_of_threads(&problem, 400_000, 3);
}

#[test]
fn a_search_that_was_stopped_is_repeated_by_its_steps() {
    let large = worked_at_in_parts();
    let mut are_stopped = 0;
    for (problem, meetings) in [(&large, [2, 30]), (&with_many_best_plans(), [2, 20])] {
        for most in meetings {
            for limit in [Limit::Time(Duration::from_secs(600)), Limit::Steps(u64::MAX)] {
                let (told, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
                let watch = |_: &Progress| {
                    if told.fetch_add(1, Ordering::Relaxed) == most {
                        stop.store(true, Ordering::Relaxed);
                    }
                };
                let options = Options { limit, seed: 5, threads: 2, watch: &watch, stop: &stop, ..Options::default() };
                let stopped = solve(problem, &options).expect("there is no plan to fit");
                are_stopped += usize::from(stopped.status == Status::Stopped);
                let repeated = Solution { status: stopped.status.clone(), ..again(problem, &stopped, 5) };
                assert_eq!(repeated, stopped, "after {most} meetings");
            }
        }
    }
    assert!(are_stopped > 4, "only {are_stopped} were stopped before they were optimal");
}

/// Everything is pinned, so that there is nothing to search, and a bound to look for.
const SETTLED: &str = r#"
format = 1
programme = { name = "settled", start = 2026-09-07, end = 2026-09-18 }
module = [{ id = "a", sessions = ["full"] }]
room = [{ id = "r", seats = 4 }]
consultant = [{ id = "k", modules = ["a"] }]
manager = [{ id = "m" }]
wave = [{ id = "w", members = "all", cohorts = 1, size = { min = 1, max = 1 } }]
rule = [{ kind = "early", weight = 1 }]
pin = [
    { manager = "m", cohort = "w-1" },
    { cohort = "w-1", module = "a", room = "r", team = ["k"], sessions = [{ date = 2026-09-09, part = "full" }] },
]
"#;

#[test]
fn a_bound_that_alone_was_stopped_is_repeated_too() {
    let problem = read::problem_text(SETTLED).expect("the problem can be read");
    let stop = AtomicBool::new(true);
    let options = Options { limit: Limit::Steps(100), stop: &stop, ..Options::default() };
    let stopped = solve(&problem, &options).expect("there is no plan to fit");
    assert_eq!(stopped.bound.cut_after, Some(0));
    assert_eq!(again(&problem, &stopped, 1), stopped);
}

#[test]
fn a_search_from_a_plan_is_never_worse() {
    let problem = conformance();
    for number in [0, 3, 8, 10] {
        let path = format!("tests/conformance/plans/{number:03}.toml");
        let from = read::plan(Path::new(&path), &problem).expect("the plan can be read").plan;
        let before = measure(&problem, &from).score;
        for steps in [0, 1, 1_000, 100_000] {
            let after = run(&problem, steps, 1, 1, Some(&from));
            assert!(after.score <= before, "{path}: {:?} after {steps} steps, {before:?} before", after.score);
            let plan = after.plan.expect("there is a plan");
            assert_eq!(measure(&problem, &plan).score, after.score, "the search and the checker agree");
        }
    }
}

#[test]
fn what_is_pinned_stays() {
    let folder = Path::new("tests/conformance");
    let pins = "
        [[pin]]
        manager = \"m00004\"
        cohort = \"blandad3-1\"
        [[pin]]
        cohort = \"ledning-2\"
        module = \"klar\"
        room = \"rum000\"
        team = [\"kon001\", \"kon003\"]
        sessions = [{ date = 2015-11-17, part = \"full\" }, { date = 2015-11-18, part = \"full\" }]
    ";
    let open = |path: &Path| {
        let name = path.file_name().unwrap_or_default();
        let mut text = std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string())?;
        if name == "problem.toml" {
            text.push_str(pins);
        }
        Ok(text.into_bytes())
    };
    let problem = read::problem_with(Path::new("problem.toml"), &open).expect("the problem can be read");
    let solution = run(&problem, 200_000, 1, 2, None);
    let report = measure(&problem, &solution.plan.expect("there is a plan"));
    let pin = report.terms.iter().find(|term| term.name == "pin").expect("the term is there");
    assert_eq!(pin.amount, 0);
}

#[test]
fn what_has_a_valid_plan_is_never_called_impossible() {
    for name in ["tutorial", "orebro-first-wave", "orebro", "malmo", "goteborg"] {
        let problem = read::problem(&Path::new("problems").join(name).join("problem.toml")).expect("it can be read");
        assert_eq!(reasons_against(&problem), Vec::<String>::new(), "{name}");
    }
    assert_eq!(reasons_against(&conformance()), Vec::<String>::new());
}

#[test]
fn what_counting_rules_out_is_called_impossible_with_the_numbers() {
    let small_room = DATES.replace("seats = 5", "seats = 2").replace("seats = 3", "seats = 2");
    let late_window =
        DATES.replace("to = 2015-09-14", "to = 2015-09-18").replace("from = 2015-09-08", "from = 2015-09-18");
    let tired =
        DATES.replace("unavailable = [2015-09-08]", "max_days = { total = 0 }").replace("week = 1", "total = 1");
    let crowded = small_room.replace("min = 3", "min = 2");
    let closed = DATES.replace("avoid = [", "closed = [{ from = 2015-09-08, to = 2015-09-14 }], avoid = [");
    let whole = "avoid = [{ from = 2015-09-07, to = 2015-09-18 }]";
    let avoided = DATES.replace("avoid = [2015-09-10]", whole).replace("weight = 3", "hard = true");
    for (text, wanted) in [
        (small_room, "seats 2"),
        (late_window, "two"),
        (tired, "days of consultants"),
        (crowded, "places for"),
        (closed, "if the programme were open on all its dates, or if it could start on any date of the programme"),
        (avoided, "“avoid”"),
    ] {
        let problem = read::problem_text(&text).expect("the problem can be read");
        let Status::Impossible(reasons) = run(&problem, 1_000, 1, 1, None).status else {
            panic!("{wanted}: not called impossible")
        };
        assert!(reasons.iter().any(|reason| reason.contains(wanted)), "{reasons:?} does not tell of {wanted}");
    }
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("there is this date")
}

const AT_THE_EDGE: &str = r#"
format = 1
programme = { name = "at the edge", start = 2015-08-17, end = 2015-09-30, gap = { min = 7 } }
module = [{ id = "a", sessions = ["full"] }, { id = "b", sessions = ["half"] }]
room = [{ id = "r", seats = 9 }]
consultant = [{ id = "k", modules = ["a", "b"] }]
manager = [{ id = "m1" }, { id = "m2" }]
wave = [
    { id = "w", members = "all", cohorts = 1, size = { min = 1, max = 1 }, start = { from = 2015-01-01, to = 2015-08-19 } },
    { id = "v", members = "all", cohorts = 1, size = { min = 1, max = 1 }, start = { from = 2015-09-18, to = 2016-12-31 } },
]
rule = [{ kind = "early", weight = 1 }]
"#;

#[test]
fn a_start_window_may_reach_beyond_the_programme() {
    let problem = read::problem_text(AT_THE_EDGE).expect("the problem can be read");
    let found = on_any_number_of_threads(&problem, 20_000, 1);
    assert!(found.score.is_valid());
    // The earliest possible ends: “a” on 17 August and 18 September, “b” a week after each.
    assert_eq!((found.score.soft, found.bound.soft), (7 + 39, 7 + 39));
    let mut early = found.plan.expect("there is a plan");
    early.cohorts[0].runs[0].sessions[0].date = date(2014, 12, 30);
    let window = measure(&problem, &early).terms.into_iter().find(|term| term.name == "window").expect("it is a term");
    assert_eq!(window.amount, 2, "days outside are counted from the window as it is written");
}

#[test]
fn a_pin_outside_the_programme_is_kept_and_counted() {
    let pin = r#"pin = [{ cohort = "w-1", module = "a", sessions = [{ date = 2015-08-10, part = "full" }] }]"#;
    let problem = read::problem_text(&format!("{AT_THE_EDGE}{pin}")).expect("the problem can be read");
    assert_eq!(problem.warnings.items.len(), 1);
    let found = on_any_number_of_threads(&problem, 20_000, 1);
    assert_eq!(found.score.hard, 1, "the session lies on a date that is not open");
    let plan = found.plan.expect("there is a plan");
    assert_eq!(plan.cohorts[0].runs[0].sessions[0].date, date(2015, 8, 10));
}
