//! A plan file.

use std::collections::HashMap;

use super::log::{Log, Spot};
use super::pins::{look_up, plain_sessions, room, team};
use super::syntax;
use super::toml_tree::Section;
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
pub(super) fn read(source: usize, facts: &Facts, log: &mut Log) -> Option<ReadPlan> {
    let text = syntax::text(source, log);
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
    let ids = facts.managers.iter().enumerate().map(|(index, manager)| (manager.id.as_str(), ManagerId::new(index)));
    let reader = Reader { facts, managers: ids.collect() };
    let mut cohorts: Vec<Option<(CohortPlan, Spot)>> = vec![None; facts.cohorts.len()];
    let mut lines = PlanLines {
        cohorts: vec![1; facts.cohorts.len()],
        runs: vec![vec![1; facts.modules.len()]; facts.cohorts.len()],
    };
    for mut table in root.sections("cohort", log) {
        let id = table.require("id", log);
        let known = facts.cohorts.iter().map(|cohort| cohort.id.as_str());
        let index = id.as_ref().and_then(|id| look_up(id, "cohort", "cohorts", known, log));
        if let Some(index) = index {
            table.name = format!("cohort “{}”", facts.cohorts[index].id);
        }
        let members = reader.members(&table, log);
        let (runs, run_lines) = reader.runs(&table, log);
        let (Some(id), Some(index)) = (id, index) else { continue };
        if let Some((_, first)) = &cohorts[index] {
            let help = format!("the first is in {}", log.place(first));
            log.error(&id.at(), format!("{} stands twice", table.name), help);
        }
        lines.cohorts[index] = log.line(&table.at);
        lines.runs[index] = run_lines;
        cohorts[index] = Some((CohortPlan { members, runs }, id.at()));
    }
    for (index, _) in cohorts.iter().enumerate().filter(|(_, cohort)| cohort.is_none()) {
        log.error(&root.at, format!("the plan has no cohort “{}”", facts.cohorts[index].id), None);
    }
    let cohorts = cohorts.into_iter().map(|cohort| cohort.map(|(cohort, _)| cohort)).collect::<Option<_>>()?;
    (!log.found.has_errors()).then_some(ReadPlan { plan: Plan { cohorts }, lines })
}

/// What the parts of a plan are looked up in.
struct Reader<'a> {
    facts: &'a Facts,
    managers: HashMap<&'a str, ManagerId>,
}

impl Reader<'_> {
    fn members(&self, table: &Section, log: &mut Log) -> Vec<ManagerId> {
        let Some(node) = table.require_like("members", "members = [\"…\", \"…\"]", log) else { return Vec::new() };
        let known = self.facts.managers.iter().map(|manager| manager.id.as_str());
        let mut members = Vec::new();
        for (item, text) in node.texts(log) {
            match self.managers.get(text) {
                Some(&manager) => members.push(manager),
                None => log.unknown(&item.at(), ("manager", "managers"), text, known.clone()),
            }
        }
        members
    }

    /// The runs of a cohort in module order, and the line of each.
    fn runs(&self, cohort: &Section, log: &mut Log) -> (Vec<Run>, Vec<usize>) {
        let modules = &self.facts.modules;
        let mut runs: Vec<Option<Run>> = vec![None; modules.len()];
        let mut spots: Vec<Option<Spot>> = vec![None; modules.len()];
        for mut table in cohort.sections("run", log) {
            let node = table.require("module", log);
            let ids = modules.iter().map(|module| module.id.as_str());
            let index = node.as_ref().and_then(|node| look_up(node, "module", "modules", ids, log));
            if let Some(index) = index {
                table.name = format!("the run of “{}”", modules[index].id);
            }
            let room = table.require("room", log).and_then(|node| room(&node, self.facts, log));
            let team = table.require("team", log).map(|node| team(&node, self.facts, log));
            let example = "sessions = [ { date = 2015-09-14, part = \"full\" } ]";
            let sessions = table.require_like("sessions", example, log);
            let Some(index) = index else { continue };
            if let Some(first) = spots[index].replace(table.at.clone()) {
                let help = format!("the first is in {}", log.place(&first));
                log.error(&table.at, format!("{} has two runs of “{}”", cohort.name, modules[index].id), help);
            }
            let sessions = sessions.and_then(|node| plain_sessions(&node, self.facts, ModuleId::new(index), log));
            if let (Some(room), Some(team), Some(sessions)) = (room, team, sessions) {
                runs[index] = Some(Run { room, team, sessions });
            }
        }
        for (index, _) in spots.iter().enumerate().filter(|(_, spot)| spot.is_none()) {
            log.error(&cohort.at, format!("{} has no run of “{}”", cohort.name, modules[index].id), None);
        }
        let line = |spot: Option<Spot>| spot.map_or(1, |spot| log.line(&spot));
        (runs.into_iter().flatten().collect(), spots.into_iter().map(line).collect())
    }
}
