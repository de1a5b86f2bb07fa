//! A plan as a TOML file. The same plan always gives the same bytes.

use std::fmt::Write;

use crate::calendar::Session;
use crate::facts::Facts;
use crate::plan::{Plan, Run};
use crate::problem::Problem;
use crate::score::Score;

/// How a plan was found; written as the tables `[score]` and `[search]`, which every checker ignores. What differs
/// between two runs of the same search, such as time and threads, must not be in it.
#[derive(Clone, Debug)]
pub struct Origin<'a> {
    /// The checker's score of the plan.
    pub score: Score,
    /// No valid plan costs less than this.
    pub bound: i64,
    /// The seed of the search.
    pub seed: u64,
    /// How many steps the search did. Given as `--steps`, with the schedule if there is one, they repeat the plan.
    pub steps: u64,
    /// The value of `--schedule` that repeats the search; `None` where the steps alone repeat it.
    pub schedule: Option<String>,
    /// The plan's state in one word: `valid`, `breaches` or `impossible`.
    pub status: &'a str,
}

/// The plan file: cohorts in wave order, members by id, runs in module order, teams by id.
pub fn plan(problem: &Problem, plan: &Plan, origin: Option<&Origin>) -> String {
    let facts = &problem.facts;
    let mut out = String::from("format = 1\n");
    if let Some(origin) = origin {
        out.push_str(&origin_tables(origin));
    }
    for (cohort, planned) in facts.cohorts.iter().zip(&plan.cohorts) {
        let members = planned.members.iter().map(|member| facts.managers[member.index()].id.as_str());
        line(&mut out, format_args!("\n[[cohort]]\nid = {}\nmembers = {}", quoted(&cohort.id), sorted_list(members)));
        for (module, run) in facts.modules.iter().zip(&planned.runs) {
            line(&mut out, format_args!("[[cohort.run]]\nmodule = {}\n{}", quoted(&module.id), booking(facts, run)));
        }
    }
    out
}

fn origin_tables(origin: &Origin) -> String {
    let Origin { score, bound, seed, steps, schedule, status } = origin;
    let schedule = schedule.as_ref().map_or(String::new(), |schedule| format!("schedule = {}\n", quoted(schedule)));
    format!(
        "\n[score]\nhard = {}\nsoft = {}\nbound = {bound}\n\n[search]\nseed = {seed}\nsteps = {steps}\n{schedule}status = {}\nversion = {}\n",
        score.hard,
        score.soft,
        quoted(status),
        quoted(env!("CARGO_PKG_VERSION")),
    )
}

fn booking(facts: &Facts, run: &Run) -> String {
    let team = run.team.iter().map(|consultant| facts.consultants[consultant.index()].id.as_str());
    let session = |session: &Session| format!("{{ date = {}, part = \"{}\" }}", session.date, session.part.name());
    let sessions: Vec<String> = run.sessions.iter().map(session).collect();
    format!(
        "room = {}\nteam = {}\nsessions = [ {} ]",
        quoted(&facts.rooms[run.room.index()].id),
        sorted_list(team),
        sessions.join(", ")
    )
}

fn sorted_list<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    let ids: Vec<String> = ids.into_iter().map(quoted).collect();
    format!("[{}]", ids.join(", "))
}

/// The text as a TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Adds a line; writing to a `String` cannot fail.
fn line(out: &mut String, text: std::fmt::Arguments) {
    let _ = writeln!(out, "{text}");
}
