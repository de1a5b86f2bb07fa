//! A plan file.

use std::collections::{HashMap, HashSet};

use super::log::{Log, Spot, did_you_mean};
use super::pins::{has_all_sessions, look_up, room, sessions, team};
use super::syntax;
use super::toml_tree::{Node, Section};
use crate::calendar::Session;
use crate::facts::Facts;
use crate::ids::{ManagerId, ModuleId};
use crate::plan::{CohortPlan, Plan, Run};

/// Where the parts of a plan stand in its file: lines from 1.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PlanLines {
    /// For each cohort, the line of its table.
    pub cohorts: Vec<usize>,
    /// For each cohort and module, the line of the run's table.
    pub runs: Vec<Vec<usize>>,
}

/// A plan, with where it stands.
#[derive(Clone, Debug)]
pub struct ReadPlan {
    /// The plan.
    pub plan: Plan,
    /// Where its parts stand.
    pub lines: PlanLines,
}

/// Reads a plan; `None`, with the reasons in the log, when it cannot be used. Keys that are not known are a writer's own.
/// Without facts only what stands in the file by itself is looked at, and there never is a plan.
pub(super) fn read(source: usize, facts: Option<&Facts>, log: &mut Log) -> Option<ReadPlan> {
    let text = syntax::text(source, &["cohort", "cohort.run"], log);
    let table = syntax::parse(&text, source, log);
    let root = Section::root(table.get_ref(), source);
    super::format(&root, log);
    if root.get("cohort").is_none() && (root.get("wave").is_some() || root.get("programme").is_some()) {
        log.error(
            &root.at,
            "this is a problem, and not a plan",
            "give the problem first and then the plan".to_string(),
        );
        return None;
    }
    let written: Vec<WrittenCohort> =
        root.sections("cohort", log).into_iter().map(|table| WrittenCohort::read(table, log)).collect();
    resolve(&root, &written, facts?, log)
}

/// A cohort as it stands in the file.
struct WrittenCohort<'a> {
    table: Section<'a>,
    id: Option<Node<'a>>,
    members: Vec<(Node<'a>, &'a str)>,
    runs: Vec<WrittenRun<'a>>,
}

/// A run as it stands in the file.
struct WrittenRun<'a> {
    table: Section<'a>,
    module: Option<Node<'a>>,
    room: Option<Node<'a>>,
    team: Option<Node<'a>>,
    /// Where they stand, and what they are if all can be read.
    sessions: Option<(Node<'a>, Option<Vec<Session>>)>,
}

/// A key that must be there and hold a text.
fn name<'a>(table: &Section<'a>, key: &str, log: &mut Log) -> Option<Node<'a>> {
    table.require(key, log).filter(|node| node.text(log).is_some())
}

impl<'a> WrittenCohort<'a> {
    fn read(mut table: Section<'a>, log: &mut Log) -> WrittenCohort<'a> {
        let id = name(&table, "id", log);
        if let Some(id) = id.as_ref().and_then(|id| id.text(log)) {
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
}

impl<'a> WrittenRun<'a> {
    fn read(mut table: Section<'a>, log: &mut Log) -> WrittenRun<'a> {
        let module = name(&table, "module", log);
        if let Some(module) = module.as_ref().and_then(|module| module.text(log)) {
            table.name = format!("the run of “{module}”");
        }
        let room = name(&table, "room", log);
        let team = table.require("team", log);
        if let Some(team) = &team {
            team.texts(log);
        }
        let example = "sessions = [ { date = 2015-09-14, part = \"full\" } ]";
        let node = table.require_like("sessions", example, log);
        let sessions = node.map(|node| (node.clone(), sessions(&node, log)));
        WrittenRun { table, module, room, team, sessions }
    }
}

/// Looks up what the plan names. Of its cohorts and runs, each must stand once.
fn resolve(root: &Section, written: &[WrittenCohort], facts: &Facts, log: &mut Log) -> Option<ReadPlan> {
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
        let index = cohort.id.as_ref().and_then(|id| look_up(id, "cohort", "cohorts", known, log));
        let members = reader.members(cohort, log);
        let (runs, run_lines) = reader.runs(cohort, log);
        let (Some(id), Some(index)) = (&cohort.id, index) else { continue };
        if let Some((_, first)) = &cohorts[index] {
            let help = format!("the first is in {}", log.place(first));
            log.error(&id.at(), format!("{} stands twice", cohort.table.name), help);
        }
        lines.cohorts[index] = log.line(&cohort.table.at);
        lines.runs[index] = run_lines;
        cohorts[index] = Some((CohortPlan { members, runs }, id.at()));
    }
    for (index, _) in cohorts.iter().enumerate().filter(|(_, cohort)| cohort.is_none()) {
        let help = "a plan can be used with the cohorts alone that it was made for".to_string();
        log.error(&root.at, format!("the plan has no cohort “{}”", facts.cohorts[index].id), help);
    }
    let cohorts = cohorts.into_iter().map(|cohort| cohort.map(|(cohort, _)| cohort)).collect::<Option<_>>()?;
    (!log.found.has_errors()).then_some(ReadPlan { plan: Plan { cohorts }, lines })
}

/// What the parts of a plan are looked up in.
struct Reader<'a> {
    facts: &'a Facts,
    managers: HashMap<&'a str, ManagerId>,
    /// All ids of members in the plan.
    seated: HashSet<&'a str>,
}

impl Reader<'_> {
    fn members(&self, cohort: &WrittenCohort, log: &mut Log) -> Vec<ManagerId> {
        // A slip most likely means somebody who is missed in the plan.
        let missed =
            || self.facts.managers.iter().map(|manager| manager.id.as_str()).filter(|id| !self.seated.contains(id));
        let left = || "whoever has left stays in the roster, with permanent = false".to_string();
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

    /// The runs of a cohort in module order, and the line of each.
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
