//! The lower bound where consultants, leadership groups and days of work are scarce, against the best of all plans.

use std::sync::atomic::AtomicBool;

use chrono::NaiveDate;
use kohort::bound::lower_bound;
use kohort::calendar::Session;
use kohort::check::measure;
use kohort::ids::{ConsultantId, ManagerId, RoomId};
use kohort::plan::{CohortPlan, Plan, Run};
use kohort::problem::Problem;
use kohort::read;
use kohort::rng::Rng;

const DAYS: usize = 4;
const PEOPLE: usize = 3;

/// A problem of two cohorts with two modules. Each module needs one or two of three consultants. Rules, weights,
/// absences, groups, `max_days`, abilities and rooms are random.
fn tiny(rng: &mut Rng) -> Option<Problem> {
    let mut pick = |from: usize, to: usize| from + rng.below(to - from + 1);
    let layout = pick(0, 5);
    let mut managers = String::new();
    for number in 0..4 {
        let groups = ["leadership_group = \"f\",", "leadership_group = \"g\",", "leadership_group = \"h\",", ""];
        // A wave of leadership groups needs managers who all have a group; a wave of others needs managers without
        // one.
        let group = match layout {
            2 => groups[pick(0, 2)],
            4 | 5 => "",
            _ => groups[pick(0, 3)],
        };
        let prefers = ["", "prefers = [\"v\"],", "prefers = [\"w\"],"][if layout == 4 { pick(0, 2) } else { 0 }];
        let kind = ["x", "x", "y"][pick(0, 2)];
        let away: Vec<String> = (0..pick(0, 3)).map(|_| format!("2015-09-0{}", 7 + pick(0, 2))).collect();
        managers.push_str(&format!(
            "{{ id = \"m{number}\", superior = \"m{}\", kind = \"{kind}\", {group} {prefers} unavailable = [{}] }},",
            (number + 1) % 4,
            away.join(", ")
        ));
    }
    let mut consultants = String::new();
    for number in 0..PEOPLE {
        let modules = ["\"a\", \"b\"", "\"a\", \"b\"", "\"a\"", "\"b\""][pick(0, 3)];
        let most =
            ["", "max_days = { week = 2 },", "max_days = { month = 3 },", "max_days = { total = 1 },"][pick(0, 3)];
        let days = ["", "weekdays = [\"mon\", \"wed\", \"thu\"],", "unavailable = [\"2015-09-08 pm\"],"][pick(0, 2)];
        consultants.push_str(&format!("{{ id = \"k{number}\", modules = [{modules}], {most} {days} }},"));
    }
    let one = "{ id = \"v\", members = \"all\", cohorts = 2, size = { min = 1, max = 3 } }";
    let two = "{ id = \"v\", members = \"leadership\", cohorts = 1, size = { min = 0, max = 4 } },
               { id = \"w\", members = \"all\", cohorts = 1, size = { min = 0, max = 4 } }";
    let three = "{ id = \"v\", members = \"leadership\", cohorts = 2, size = { min = 0, max = 3 } }";
    // The start windows hardly let two cohorts share a date, but each cohort may have both modules on one date.
    let four = "{ id = \"v\", members = \"all\", cohorts = 1, size = { min = 0, max = 3 }, start = { to = 2015-09-07 } },
                { id = \"w\", members = \"all\", cohorts = 1, size = { min = 0, max = 3 }, start = { from = 2015-09-09 } }";
    let five = "{ id = \"v\", members = \"others\", cohorts = 1, size = { min = 1, max = 3 } },
                { id = \"w\", members = \"others\", cohorts = 1, size = { min = 0, max = 4 } }";
    let six = "{ id = \"v\", members = \"others\", cohorts = 2, size = { min = 0, max = 3 } }";
    let pin = ["", "{ manager = \"m1\", cohort = \"v-1\" },"][pick(0, 1)];
    let held = "{ cohort = \"v-1\", module = \"b\", sessions = [{ date = 2015-09-09, part = \"am\" }] },";
    let held = ["", "", held][pick(0, 2)];
    let text = format!(
        "format = 1
        programme = {{ name = \"tiny\", start = 2015-09-07, end = 2015-09-10, gap = {{ min = {}, ideal = {}, max = 3 }} }}
        module = [{{ id = \"a\", sessions = [\"{}\"], consultants = {} }}, {{ id = \"b\", sessions = [\"am\"], consultants = {} }}]
        room = [{{ id = \"r\", seats = 4, cost = {} }}, {{ id = \"s\", seats = {}, cost = {} }}]
        consultant = [{consultants}]
        manager = [{managers}]
        wave = [{}]
        pin = [{pin} {held}]
        rule = [
            {{ kind = \"gap\", weight = {} }}, {{ kind = \"room_cost\", weight = 2 }}, {{ kind = \"early\", weight = {} }},
            {{ kind = \"continuity\", weight = {} }}, {{ kind = \"attendance\", weight = {} }},
            {{ kind = \"spread\", attribute = \"kind\", weight = {} {} }}, {}
            {{ kind = \"apart\", relation = \"superior\", weight = {} }}, {{ kind = \"preference\", weight = 4 }},
            {{ kind = \"coverage\", attribute = \"kind\", count = {}, {} }},
            {{ kind = \"max_count\", attribute = \"kind\", count = {}, waves = [\"v\"], {} }},
        ]",
        pick(0, 1),
        pick(0, 3),
        ["full", "pm", "am"][pick(0, 2)],
        pick(1, 2),
        pick(1, 2),
        pick(0, 2),
        pick(2, 4),
        pick(0, 2),
        [one, two, three, four, five, six][layout],
        pick(1, 4),
        pick(1, 3),
        pick(1, 6),
        pick(1, 8),
        pick(1, 9),
        ["", ", waves = [\"v\"]"][pick(0, 1)],
        ["{ kind = \"workload\", weight = 3 },", "", ""][pick(0, 2)],
        pick(1, 4),
        pick(1, 4),
        ["hard = true", "weight = 2"][pick(0, 1)],
        pick(1, 3),
        ["hard = true", "weight = 5"][pick(0, 1)],
    );
    // Some of these problems ask for a team that does not exist, and cannot be read.
    read::problem_text(&text).ok()
}

/// Every run of a module on a day of the week, with any room and any team.
fn runs(problem: &Problem, module: usize) -> Vec<Run> {
    let asks = &problem.facts.modules[module];
    let part = asks.sessions[0].parts()[0];
    let mut runs = Vec::new();
    for (day, room, who) in
        (0..DAYS).flat_map(|day| (0..2).flat_map(move |room| (0..1 << PEOPLE).map(move |who| (day, room, who))))
    {
        let team: Vec<ConsultantId> = (0..PEOPLE as u32).filter(|k| who >> k & 1 == 1).map(ConsultantId).collect();
        if team.len() == asks.consultants && team.iter().all(|k| problem.facts.consultants[k.index()].leads[module]) {
            let date = NaiveDate::from_ymd_opt(2015, 9, 7 + day as u32).expect("a day of September");
            runs.push(Run { room: RoomId(room), team, sessions: vec![Session { date, part }] });
        }
    }
    runs
}

/// Whether a cohort could have this timeline if it were the only one.
fn can_be_held(problem: &Problem, runs: &[Run]) -> bool {
    let cohort = |runs: &[Run]| CohortPlan { members: Vec::new(), runs: runs.to_vec() };
    let plan = Plan { cohorts: vec![cohort(runs), cohort(&[])] };
    let own = ["order", "open", "room_open", "between", "team", "consultant_open", "max_days"];
    let mut terms = problem.terms.iter().filter(|posed| own.contains(&posed.name.as_str()));
    terms.all(|posed| posed.term.amount(&problem.facts, &plan) == 0)
}

/// The rules of these problems that look at several cohorts at once.
const AT_ONCE: [&str; 2] = ["workload", "coverage:kind"];

/// The least soft score of all valid plans. All but two rules look at each cohort alone, so the cost of each cohort
/// is known by itself. The checker scores combinations of two cohorts, the cheapest first.
fn best_of_all(problem: &Problem) -> Option<i64> {
    let timelines: Vec<Vec<Run>> = runs(problem, 0)
        .into_iter()
        .flat_map(|a| runs(problem, 1).into_iter().map(move |b| vec![a.clone(), b]).collect::<Vec<_>>())
        .filter(|runs| can_be_held(problem, runs))
        .collect();
    let is_at_once = |name: &str| AT_ONCE.contains(&name);
    let more_together = problem.terms.iter().any(|posed| posed.weight.is_some() && is_at_once(&posed.name));
    let mut best: Option<i64> = None;
    for mask in 0..1_u32 << 4 {
        let members = |side: u32| (0..4).filter(|m| mask >> m & 1 == side).map(ManagerId).collect::<Vec<_>>();
        let plan = |v: usize, w: usize| Plan {
            cohorts: vec![
                CohortPlan { members: members(0), runs: timelines[v].clone() },
                CohortPlan { members: members(1), runs: timelines[w].clone() },
            ],
        };
        let seats = |name: &str| {
            let posed = problem.terms.iter().filter(|posed| posed.name == name);
            posed.map(|posed| posed.term.amount(&problem.facts, &plan(0, 0))).sum::<i64>()
        };
        if timelines.is_empty() || ["assigned", "group", "size"].iter().any(|name| seats(name) > 0) {
            continue;
        }
        let soft = |v: usize, w: usize| {
            let terms = measure(problem, &plan(v, w)).terms;
            terms
                .iter()
                .filter(|term| term.weight.is_some() && !is_at_once(&term.name))
                .map(|term| term.cost)
                .sum::<i64>()
        };
        let mut first: Vec<(i64, usize)> = (0..timelines.len()).map(|v| (soft(v, 0), v)).collect();
        let mut second: Vec<(i64, usize)> = (0..timelines.len()).map(|w| (soft(0, w) - soft(0, 0), w)).collect();
        first.sort_unstable();
        second.sort_unstable();
        for &(one, v) in &first {
            for &(other, w) in &second {
                if best.is_some_and(|best| one + other >= best) {
                    break;
                }
                let score = measure(problem, &plan(v, w)).score;
                assert!(score.soft >= one + other, "the cohorts' costs add up, and more comes on top");
                if score.is_valid() {
                    best = Some(best.map_or(score.soft, |best| best.min(score.soft)));
                    if !more_together {
                        break;
                    }
                }
            }
        }
    }
    best
}

#[test]
fn no_bound_is_above_the_best_of_all_plans_where_people_are_scarce() {
    let (mut bounds, mut bests, mut valid, mut met) = (0, 0, 0, 0);
    for seed in 0..24 {
        let Some(problem) = tiny(&mut Rng::new(seed, 0)) else { continue };
        let Some(best) = best_of_all(&problem) else { continue };
        let bound = lower_bound(&problem, 10, &AtomicBool::new(false), None);
        assert!(bound.soft <= best, "seed {seed}: {bound:#?} is above {best}");
        (bounds, bests, valid, met) =
            (bounds + bound.soft, bests + best, valid + 1, met + i64::from(bound.soft == best));
    }
    println!("{bounds} of {bests}, {met} of {valid}");
    assert!(valid >= 8, "only {valid} problems have a valid plan");
    assert!(5 * bounds > 4 * bests, "the bounds are far below: {bounds} of {bests}");
}
