//! A plan file.

use super::log::{Log, Spot, suggest};
use super::pins::{look_up, plain_sessions, room, team};
use super::toml_tree::{self, Section};
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

/// Reads a plan; `None`, with the reasons in the log, when it cannot be used.
pub(super) fn read(source: usize, facts: &Facts, log: &mut Log) -> Option<ReadPlan> {
    let text = log.text(source).to_string();
    let table = toml_tree::parse(&text, source, log);
    let root = Section::root(table.get_ref(), source);
    super::format(&root, log);
    let mut cohorts: Vec<Option<CohortPlan>> = vec![None; facts.cohorts.len()];
    let mut lines = PlanLines {
        cohorts: vec![1; facts.cohorts.len()],
        runs: vec![vec![1; facts.modules.len()]; facts.cohorts.len()],
    };
    let ids: std::collections::HashMap<&str, ManagerId> = facts
        .managers
        .iter()
        .enumerate()
        .map(|(index, manager)| (manager.id.as_str(), ManagerId::new(index)))
        .collect();
    for table in root.sections("cohort", log) {
        table.only(&["id", "members", "run"], log);
        let Some(id) = table.require("id", log) else { continue };
        let known = facts.cohorts.iter().map(|cohort| cohort.id.as_str());
        let Some(index) = look_up(&id, "cohort", "cohorts", known, log) else { continue };
        let mut cohort = CohortPlan::default();
        if let Some(members) = table.require("members", log) {
            for item in members.items(log) {
                let Some(text) = item.text(log) else { continue };
                match ids.get(text) {
                    Some(&manager) => cohort.members.push(manager),
                    None => log.error(
                        &item.at(),
                        format!("there is no manager “{text}”"),
                        suggest(text, "managers", facts.managers.iter().map(|m| m.id.as_str())),
                    ),
                }
            }
        }
        lines.cohorts[index] = line(&text, &table.at);
        cohort.runs = runs(&table, facts, &text, &mut lines.runs[index], log);
        if cohorts[index].replace(cohort).is_some() {
            log.error(&id.at(), format!("cohort “{}” stands twice", facts.cohorts[index].id), None);
        }
    }
    for (index, _) in cohorts.iter().enumerate().filter(|(_, cohort)| cohort.is_none()) {
        log.error(&root.at, format!("the plan has no cohort “{}”", facts.cohorts[index].id), None);
    }
    let cohorts = cohorts.into_iter().collect::<Option<_>>()?;
    (!log.found.has_errors()).then_some(ReadPlan { plan: Plan { cohorts }, lines })
}

fn runs(table: &Section, facts: &Facts, text: &str, lines: &mut [usize], log: &mut Log) -> Vec<Run> {
    let mut runs: Vec<Option<Run>> = vec![None; facts.modules.len()];
    let mut seen = vec![false; facts.modules.len()];
    for table in table.sections("run", log) {
        table.only(&["module", "room", "team", "sessions"], log);
        let Some(node) = table.require("module", log) else { continue };
        let ids = facts.modules.iter().map(|module| module.id.as_str());
        let Some(index) = look_up(&node, "module", "modules", ids, log) else { continue };
        if std::mem::replace(&mut seen[index], true) {
            log.error(&node.at(), format!("the cohort has two runs of module “{}”", facts.modules[index].id), None);
        }
        lines[index] = line(text, &table.at);
        let room = table.require("room", log).and_then(|node| room(&node, facts, log));
        let team = table.require("team", log).map(|node| team(&node, facts, log));
        let sessions =
            table.require("sessions", log).and_then(|node| plain_sessions(&node, facts, ModuleId::new(index), log));
        if let (Some(room), Some(team), Some(sessions)) = (room, team, sessions) {
            runs[index] = Some(Run { room, team, sessions });
        }
    }
    for (index, _) in seen.iter().enumerate().filter(|(_, seen)| !**seen) {
        log.error(&table.at, format!("the cohort has no run of module “{}”", facts.modules[index].id), None);
    }
    runs.into_iter().flatten().collect()
}

fn line(text: &str, at: &Spot) -> usize {
    1 + text.as_bytes()[..at.span.start.min(text.len())].iter().filter(|&&byte| byte == b'\n').count()
}
