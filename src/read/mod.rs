//! Files to facts: problems, rosters and plans, with every error at once.

mod log;
mod period;
mod pins;
mod plan;
mod programme;
mod roster;
mod rules;
mod sheet;
mod sums;
mod toml_tree;
mod waves;

use std::path::{Path, PathBuf};

use crate::diag::Diagnostics;
use crate::facts::{Facts, Fixed, Slots};
use crate::problem::Problem;
use log::{Log, Spot, did_you_mean};
use roster::Roster;
use toml_tree::Section;

pub use plan::{PlanLines, ReadPlan};

/// Gives the bytes of a file that a problem names; the error is why it cannot be read.
pub type Open<'a> = &'a dyn Fn(&Path) -> Result<Vec<u8>, String>;

/// Opens files on disk.
pub fn from_disk(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_string(),
        std::io::ErrorKind::PermissionDenied => "the file may not be read".to_string(),
        _ => error.to_string(),
    })
}

/// Reads a problem file and the files that it names.
///
/// # Errors
/// Everything that is wrong in any of them.
pub fn problem(path: &Path) -> Result<Problem, Diagnostics> {
    problem_with(path, &from_disk)
}

/// Reads a problem of which the files come from `open`, which is given `path` and paths beside it.
///
/// # Errors
/// Everything that is wrong in any of them.
pub fn problem_with(path: &Path, open: Open) -> Result<Problem, Diagnostics> {
    let mut log = Log::default();
    match read_problem(path, open, &mut log) {
        Some(mut problem) if !log.found.has_errors() => {
            problem.warnings = log.found;
            Ok(problem)
        }
        _ => Err(log.found),
    }
}

/// Reads a problem that names no files.
///
/// # Errors
/// Everything that is wrong in it.
pub fn problem_text(toml: &str) -> Result<Problem, Diagnostics> {
    problem_with(Path::new(PROBLEM), &|path| {
        if path == Path::new(PROBLEM) { Ok(toml.as_bytes().to_vec()) } else { Err("there is no such file".to_string()) }
    })
}

/// What a problem is called that comes from no file.
const PROBLEM: &str = "problem.toml";

/// Reads a plan that comes from no file.
///
/// # Errors
/// Everything that makes the plan unusable.
pub fn plan_text(toml: &str, problem: &Problem) -> Result<ReadPlan, Diagnostics> {
    plan_with(Path::new("plan.toml"), problem, &|_| Ok(toml.as_bytes().to_vec()))
}

/// Reads a plan file of the problem.
///
/// # Errors
/// Everything that makes the plan unusable.
pub fn plan(path: &Path, problem: &Problem) -> Result<ReadPlan, Diagnostics> {
    plan_with(path, problem, &from_disk)
}

/// As [`plan`], from a file that comes from `open`.
///
/// # Errors
/// Everything that makes the plan unusable.
pub fn plan_with(path: &Path, problem: &Problem, open: Open) -> Result<ReadPlan, Diagnostics> {
    let mut log = Log::default();
    let plan = add(path, None, open, &mut log).and_then(|source| plan::read(source, &problem.facts, &mut log));
    match plan {
        Some(plan) if !log.found.has_errors() => Ok(plan),
        _ => Err(log.found),
    }
}

/// Opens a file and adds it to the log; `named` is where another file names it.
fn add(path: &Path, named: Option<&Spot>, open: Open, log: &mut Log) -> Option<usize> {
    match open(path) {
        Ok(bytes) => log.add_file(path, bytes),
        Err(why) => {
            let message = format!("“{}” cannot be read: {why}", path.display());
            match named {
                Some(at) => log.error(at, message, "the file is looked for beside the problem file".to_string()),
                None => log.error_of_call(message),
            }
            None
        }
    }
}

/// The path of a file that the problem file names.
fn beside(problem: &Path, name: &str) -> PathBuf {
    problem.parent().map_or_else(|| PathBuf::from(name), |folder| folder.join(name))
}

const KEYS: &[&str] =
    &["format", "programme", "module", "room", "consultant", "roster", "manager", "wave", "rule", "pin"];

fn read_problem(path: &Path, open: Open, log: &mut Log) -> Option<Problem> {
    let source = add(path, None, open, log)?;
    let text = log.text(source).to_string();
    let table = toml_tree::parse(&text, source, log);
    let root = Section::root(table.get_ref(), source);
    root.only(KEYS, log);
    format(&root, log);

    let module_tables = named(&root, "module", log);
    let programme = programme::programme(&root, !module_tables.is_empty(), log);
    let modules: Vec<_> =
        module_tables.iter().map(|(table, id)| programme::module(table, id, programme.gap, log)).collect();
    let module_ids: Vec<String> = module_tables.into_iter().map(|(_, id)| id).collect();
    let calendar = programme.calendar;
    let rooms = named(&root, "room", log);
    let rooms: Vec<_> = rooms.iter().map(|(table, id)| programme::room(table, id, &calendar, log)).collect();
    let consultants = named(&root, "consultant", log);
    let consultants: Vec<_> =
        consultants.iter().map(|(table, id)| programme::consultant(table, id, &module_ids, &calendar, log)).collect();
    let wave_tables = named(&root, "wave", log);
    let wave_ids: Vec<String> = wave_tables.iter().map(|(_, id)| id.clone()).collect();
    let roster = read_roster(&root, path, &wave_ids, open, log);
    let (waves, cohorts) = waves::read(&wave_tables, &calendar, !modules.is_empty(), log);
    if wave_ids.is_empty() {
        log.error(&root.at, "the problem has no wave, so there are no cohorts", "add a [[wave]]".to_string());
    }
    let mut facts = Facts {
        name: programme.name,
        calendar,
        modules,
        rooms,
        consultants,
        attributes: roster.attributes.clone(),
        managers: roster.managers.clone(),
        groups: roster.groups.clone(),
        waves,
        cohorts,
        pins: Vec::new(),
        frozen_until: programme.frozen_until,
        earlier: None,
        fixed: Fixed::default(),
        slots: Slots::default(),
    };
    facts.pins = pins::read(&root, &facts, &roster, log);
    let mut open_pairs = |name: &str, at: &Spot, log: &mut Log| add(&beside(path, name), Some(at), open, log);
    let rules = rules::read(&root, &facts, &roster, &mut open_pairs, log);
    if !log.found.has_errors() {
        sums::check(&root, &wave_tables, &facts, log);
    }
    (!log.found.has_errors()).then(|| Problem::new(facts, rules))
}

/// `format = 1` stands in every file.
fn format(root: &Section, log: &mut Log) {
    let Some(node) = root.require("format", log) else { return };
    if let Some(number) = node.number(0, programme::MOST, log).filter(|&number| number != 1) {
        log.error(&node.at(), format!("this is format {number}, and this kohort reads format 1"), None);
    }
}

/// The tables of a list in which each has an id of its own; one without a good id is logged and left out.
fn named<'a>(root: &Section<'a>, key: &str, log: &mut Log) -> Vec<(Section<'a>, String)> {
    let mut tables: Vec<(Section, String)> = Vec::new();
    for mut table in root.sections(key, log) {
        let Some(node) = table.require("id", log) else { continue };
        let Some(id) = node.id(log) else { continue };
        if tables.iter().any(|(_, before)| before == id) {
            log.error(
                &node.at(),
                format!("two [[{key}]] have the id “{id}”"),
                "give each an id of its own".to_string(),
            );
        }
        table.name = format!("{key} “{id}”");
        tables.push((table, id.to_string()));
    }
    tables
}

fn read_roster(root: &Section, path: &Path, waves: &[String], open: Open, log: &mut Log) -> Roster {
    let mut roster = Roster::default();
    if let Some(table) = root.get("roster").and_then(|node| node.section(log)) {
        let table = table.called("[roster]".to_string());
        table.only(&["file"], log);
        if let Some(node) = table.require("file", log)
            && let Some(name) = node.text(log)
            && let Some(source) = add(&beside(path, name), Some(&node.at()), open, log)
            && let Some(sheet) = sheet::Sheet::read(source, log)
        {
            warn_of_slips(&sheet, log);
            roster::from_csv(&sheet, waves, &mut roster, log);
        }
    }
    for table in root.sections("manager", log) {
        roster::from_table(&table, waves, &mut roster, log);
    }
    roster.finish(log);
    if roster.managers.is_empty() && !log.found.has_errors() {
        log.error(
            &root.at,
            "the problem has no managers",
            "add [roster] file = \"managers.csv\", or [[manager]] tables".to_string(),
        );
    }
    roster
}

/// A column that is nearly one of the known ones is probably meant to be it, and not an attribute.
fn warn_of_slips(sheet: &sheet::Sheet, log: &mut Log) {
    let known: Vec<&str> = roster::KEYS.into_iter().filter(|key| key.len() > 4).collect();
    for column in sheet.columns().filter(|column| !roster::KEYS.contains(column)) {
        if let Some(help) = did_you_mean(column, known.iter().copied()) {
            log.warn(&sheet.header_spot(), format!("column “{column}” is read as an attribute"), help);
        }
    }
}
