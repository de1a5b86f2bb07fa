//! A summary of a new plan for the planner: when each cohort meets, who is in it, and who is left out.

use crate::facts::{Facts, Manager};
use crate::ids::{AttributeId, CohortId};
use crate::plan::{CohortPlan, Plan, Run};
use crate::words::list;
use crate::write::table::{Align, Table};

/// Three tables: each cohort's members and how they are mixed, each cohort's dates, and the managers who take no
/// part. `mixed` are the attributes by which rules mix cohorts.
pub fn summary(facts: &Facts, plan: &Plan, mixed: &[AttributeId]) -> String {
    let mut out = format!("Cohorts\n{}", cohorts(facts, plan, mixed));
    if !facts.modules.is_empty() {
        out.push_str(&format!("\nDates\n{}", dates(facts, plan)));
    }
    out.push_str(&format!("\n{}", excluded(facts)));
    out
}

/// One line per cohort: its members, and for each attribute how many values they have and the share of the most
/// frequent one.
fn cohorts(facts: &Facts, plan: &Plan, mixed: &[AttributeId]) -> String {
    let mut columns = vec![("cohort", Align::Left), ("members", Align::Right)];
    columns.extend(mixed.iter().map(|id| (facts.attributes[id.index()].name.as_str(), Align::Left)));
    let mut table = Table::new(&columns);
    for (cohort, planned) in facts.cohorts.iter().zip(&plan.cohorts) {
        let mix = mixed.iter().map(|&attribute| mix(facts, planned, attribute));
        table.row([cohort.id.clone(), planned.members.len().to_string()].into_iter().chain(mix));
    }
    table.render()
}

/// How many different values the members have, and how many members have the most frequent one.
fn mix(facts: &Facts, cohort: &CohortPlan, attribute: AttributeId) -> String {
    let values = &facts.attributes[attribute.index()].values;
    let mut counts = vec![0_usize; values.len()];
    for value in cohort.members.iter().filter_map(|&member| facts.value(member, attribute)) {
        counts[value as usize] += 1;
    }
    let different = counts.iter().filter(|&&count| count > 0).count();
    let most = counts.iter().copied().max().unwrap_or(0);
    match counts.iter().position(|&count| count == most && count > 0) {
        Some(value) => format!("{different} different, most {} {most}", values[value]),
        None => "none".to_owned(),
    }
}

/// One line per cohort, one column per module.
fn dates(facts: &Facts, plan: &Plan) -> String {
    let mut columns = vec![("cohort", Align::Left)];
    columns.extend(facts.modules.iter().map(|module| (module.id.as_str(), Align::Left)));
    let mut table = Table::new(&columns);
    for (index, planned) in plan.cohorts.iter().enumerate() {
        let name = facts.cohorts[CohortId::new(index).index()].id.clone();
        table.row([name].into_iter().chain(planned.runs.iter().map(|run| when_and_where(facts, run))));
    }
    table.render()
}

/// The dates of a run, with the half for half days, and its room.
fn when_and_where(facts: &Facts, run: &Run) -> String {
    let mut previous: Option<chrono::NaiveDate> = None;
    let mut words = Vec::new();
    for session in &run.sessions {
        use chrono::Datelike;
        let same_month = previous.is_some_and(|p| (p.year(), p.month()) == (session.date.year(), session.date.month()));
        let date = if same_month { format!("{:02}", session.date.day()) } else { session.date.to_string() };
        let part = match session.part {
            crate::calendar::Part::Full => "",
            half => half.name(),
        };
        words.push(format!("{date}{}{part}", if part.is_empty() { "" } else { " " }));
        previous = Some(session.date);
    }
    format!("{} {}", words.join(", "), facts.rooms[run.room.index()].id)
}

/// The managers who take no part, and why.
fn excluded(facts: &Facts) -> String {
    let named = |manager: &Manager| match &manager.name {
        Some(name) => format!("{} ({name})", manager.id),
        None => manager.id.clone(),
    };
    let out: Vec<String> = facts.managers.iter().filter(|manager| !manager.permanent).map(named).collect();
    match out.len() {
        0 => "Nobody is excluded: all managers are permanently employed.\n".to_owned(),
        n => {
            let named = list(out.iter().map(String::as_str));
            format!("Excluded, since they are not permanently employed (permanent = false): {n}\n  {named}\n")
        }
    }
}
