//! Reads a plan file.

use std::collections::{HashMap, HashSet};

use super::log::{Log, Spot, did_you_mean};
use super::pins::{has_all_sessions, look_up, room, sessions, team};
use super::programme::format;
use super::toml;
use super::toml::{Node, Section};
use crate::calendar::Session;
use crate::facts::Facts;
use crate::ids::{ManagerId, ModuleId};
use crate::plan::{CohortPlan, Plan, PlanLines, Run};
use crate::words::list;

/// A plan with the lines of its parts.
#[derive(Clone, Debug)]
pub struct ReadPlan {
    /// The plan.
    pub plan: Plan,
    /// The lines on which its parts stand.
    pub lines: PlanLines,
}

/// The purpose for which a plan is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Purpose {
    /// To be checked or improved as it is: it must have exactly the problem's cohorts and only managers of its
    /// roster.
    Use,
    /// To be compared with, from a problem that may have changed since. Cohorts and managers that are gone are left
    /// out, and new cohorts have neither members nor runs; each gets a warning.
    LookBack,
}

/// Reads a plan. `None` when it cannot be used, with the reasons in the log. Unknown keys are ignored: a writer may
/// add its own. Without facts only errors within the file are reported, and no plan is returned.
pub(super) fn read(source: usize, facts: Option<&Facts>, purpose: Purpose, log: &mut Log) -> Option<ReadPlan> {
    let text = toml::text(source, &["cohort", "cohort.run"], log);
    let table = toml::parse(&text, source, log);
    let root = Section::root(table.get_ref(), source);
    format(&root, log);
    if root.get("cohort").is_none() && (root.get("wave").is_some() || root.get("programme").is_some()) {
        log.error(
            &root.at,
            "this is a problem, and not a plan",
            "give the problem first and then the plan".to_string(),
        );
        return None;
    }
    let mut written: Vec<WrittenCohort> =
        root.sections("cohort", log).into_iter().map(|table| WrittenCohort::read(table, log)).collect();
    let facts = facts?;
    if purpose == Purpose::LookBack {
        if !written.iter().any(|cohort| cohort.is_of(facts)) {
            let help = "name a plan that was made for this problem".to_string();
            log.error(&root.at, "this plan has none of the problem's cohorts", help);
            return None;
        }
        leave_out_gone(&mut written, facts, log);
    }
    resolve(&root, &written, facts, purpose, log)
}

/// A cohort as it stands in the file.
struct WrittenCohort<'a> {
    table: Section<'a>,
    id: Option<(Node<'a>, &'a str)>,
    members: Vec<(Node<'a>, &'a str)>,
    runs: Vec<WrittenRun<'a>>,
}

/// A run as it stands in the file.
struct WrittenRun<'a> {
    table: Section<'a>,
    module: Option<Node<'a>>,
    room: Option<Node<'a>>,
    team: Option<Node<'a>>,
    /// The place of the list, and the sessions if all of them can be read.
    sessions: Option<(Node<'a>, Option<Vec<Session>>)>,
}

/// The text of a key that must be there.
fn name<'a>(table: &Section<'a>, key: &str, log: &mut Log) -> Option<(Node<'a>, &'a str)> {
    let node = table.require(key, log)?;
    node.text(log).map(|text| (node, text))
}

impl<'a> WrittenCohort<'a> {
    fn read(mut table: Section<'a>, log: &mut Log) -> WrittenCohort<'a> {
        let id = name(&table, "id", log);
        if let Some((_, id)) = &id {
            table.name = format!("cohort “{id}”");
        }
        let members = table.require_like("members", "members = [\"…\", \"…\"]", log);
        WrittenCohort {
            id,
            members: members.map(|node| node.texts(log)).unwrap_or_default(),
            runs: table.sections("run", log).into_iter().map(|table| WrittenRun::read(table, log)).collect(),
            table,
        }
    }

    /// Whether the problem has a cohort of this name.
    fn is_of(&self, facts: &Facts) -> bool {
        self.id.as_ref().is_some_and(|(_, id)| facts.cohorts.iter().any(|cohort| cohort.id == *id))
    }
}

impl<'a> WrittenRun<'a> {
    fn read(mut table: Section<'a>, log: &mut Log) -> WrittenRun<'a> {
        let module = name(&table, "module", log);
        if let Some((_, module)) = &module {
            table.name = format!("the run of “{module}”");
        }
        let room = name(&table, "room", log).map(|(room, _)| room);
        let team = table.require("team", log);
        if let Some(team) = &team {
            team.texts(log);
        }
        let example = "sessions = [ { date = 2015-09-14, part = \"full\" } ]";
        let node = table.require_like("sessions", example, log);
        let sessions = node.map(|node| (node.clone(), sessions(&node, log)));
        WrittenRun { table, module: module.map(|(module, _)| module), room, team, sessions }
    }
}

/// Leaves cohorts and managers that the problem no longer has out of an earlier plan.
fn leave_out_gone(written: &mut Vec<WrittenCohort>, facts: &Facts, log: &mut Log) {
    written.retain(|cohort| {
        let gone = cohort.id.as_ref().filter(|_| !cohort.is_of(facts));
        if let Some((node, id)) = gone {
            let help = "whoever was in it is seated anew".to_string();
            log.warn(&node.at(), format!("the problem no longer has cohort “{id}”"), help);
        }
        gone.is_none()
    });
    let ids: HashSet<&str> = facts.managers.iter().map(|manager| manager.id.as_str()).collect();
    let mut gone = Vec::new();
    for cohort in written {
        gone.extend(cohort.members.extract_if(.., |(_, id)| !ids.contains(id)));
    }
    if let Some((first, _)) = gone.first() {
        let message = format!("no longer in the roster: {}", list(gone.iter().map(|(_, id)| *id)));
        log.warn(&first.at(), message, "whoever is not in the roster is left out of this plan".to_string());
    }
}

/// Looks up everything that the plan names. Each cohort and each run must stand once; only a plan to look back to may
/// lack cohorts.
fn resolve(
    root: &Section,
    written: &[WrittenCohort],
    facts: &Facts,
    purpose: Purpose,
    log: &mut Log,
) -> Option<ReadPlan> {
    let ids = facts.managers.iter().enumerate().map(|(index, manager)| (manager.id.as_str(), ManagerId::new(index)));
    let seated = written.iter().flat_map(|cohort| &cohort.members).map(|(_, text)| *text).collect();
    let reader = Reader { facts, managers: ids.collect(), seated };
    let mut cohorts: Vec<Option<(CohortPlan, Spot)>> = vec![None; facts.cohorts.len()];
    let mut lines = PlanLines {
        cohorts: vec![1; facts.cohorts.len()],
        runs: vec![vec![1; facts.modules.len()]; facts.cohorts.len()],
    };
    for cohort in written {
        let known = facts.cohorts.iter().map(|cohort| cohort.id.as_str());
        let index = cohort.id.as_ref().and_then(|(id, _)| look_up(id, "cohort", "cohorts", known, log));
        let members = reader.members(cohort, log);
        let (runs, run_lines) = reader.runs(cohort, log);
        let (Some((id, _)), Some(index)) = (&cohort.id, index) else { continue };
        if let Some((_, first)) = &cohorts[index] {
            let help = format!("the first is in {}", log.place(first));
            log.error(&id.at(), format!("{} stands twice", cohort.table.name), help);
        }
        lines.cohorts[index] = log.line(&cohort.table.at);
        lines.runs[index] = run_lines;
        cohorts[index] = Some((CohortPlan { members, runs }, id.at()));
    }
    let missing = cohorts.iter().zip(&facts.cohorts).filter(|(cohort, _)| cohort.is_none());
    let missing: Vec<&str> = missing.map(|(_, missing)| missing.id.as_str()).collect();
    if purpose == Purpose::Use {
        for id in missing {
            let help = "if the cohorts have changed, make a new plan of this one: solve --from".to_string();
            log.error(&root.at, format!("the plan has no cohort “{id}”"), help);
        }
    } else if !missing.is_empty() {
        let message = format!("not in this plan: {}", list(missing.iter().copied()));
        log.warn(&root.at, message, "what is new is planned from the beginning".to_string());
    }
    let cohorts = cohorts.into_iter().map(|cohort| cohort.map(|(cohort, _)| cohort).unwrap_or_default()).collect();
    (!log.found.has_errors()).then_some(ReadPlan { plan: Plan { cohorts }, lines })
}

/// The tables in which the names of a plan are looked up.
struct Reader<'a> {
    facts: &'a Facts,
    managers: HashMap<&'a str, ManagerId>,
    /// The ids of all members in the plan.
    seated: HashSet<&'a str>,
}

impl Reader<'_> {
    fn members(&self, cohort: &WrittenCohort, log: &mut Log) -> Vec<ManagerId> {
        // An unknown id is most likely a misspelt one, so a manager who is missing in the plan is suggested.
        let missed =
            || self.facts.managers.iter().map(|manager| manager.id.as_str()).filter(|id| !self.seated.contains(id));
        let left = || "if somebody has left, make a new plan of this one: solve --from".to_string();
        let mut members = Vec::new();
        for (item, text) in &cohort.members {
            match self.managers.get(text) {
                Some(&manager) => members.push(manager),
                None => {
                    let help = || did_you_mean(text, missed()).or_else(|| Some(left()));
                    log.error_with(&item.at(), format!("there is no manager “{text}”"), help);
                }
            }
        }
        members
    }

    /// The runs of a cohort in module order, each with its line.
    fn runs(&self, cohort: &WrittenCohort, log: &mut Log) -> (Vec<Run>, Vec<usize>) {
        let modules = &self.facts.modules;
        let mut runs: Vec<Option<Run>> = vec![None; modules.len()];
        let mut spots: Vec<Option<Spot>> = vec![None; modules.len()];
        for run in &cohort.runs {
            let ids = modules.iter().map(|module| module.id.as_str());
            let index = run.module.as_ref().and_then(|node| look_up(node, "module", "modules", ids, log));
            let room = run.room.as_ref().and_then(|node| room(node, self.facts, log));
            let team = run.team.as_ref().map(|node| team(node, self.facts, log));
            let Some(index) = index else { continue };
            if let Some(first) = spots[index].replace(run.table.at.clone()) {
                let help = format!("the first is in {}", log.place(&first));
                let message = format!("{} has two runs of “{}”", cohort.table.name, modules[index].id);
                log.error(&run.table.at, message, help);
            }
            let sessions = run.sessions.as_ref().and_then(|(node, sessions)| {
                let has_all = has_all_sessions(node, self.facts, ModuleId::new(index), log);
                sessions.clone().filter(|_| has_all)
            });
            if let (Some(room), Some(team), Some(sessions)) = (room, team, sessions) {
                runs[index] = Some(Run { room, team, sessions });
            }
        }
        for (index, _) in spots.iter().enumerate().filter(|(_, spot)| spot.is_none()) {
            log.error(&cohort.table.at, format!("{} has no run of “{}”", cohort.table.name, modules[index].id), None);
        }
        let line = |spot: Option<Spot>| spot.map_or(1, |spot| log.line(&spot));
        (runs.into_iter().flatten().collect(), spots.into_iter().map(line).collect())
    }
}
