//! Reads problems, rosters and plans into facts, and reports every error of all files in one run.

mod dates;
mod encoding;
mod log;
mod lookalikes;
mod period;
mod pins;
mod plan;
mod programme;
mod roster;
mod rules;
mod sheet;
mod sums;
mod superiors;
mod toml;
mod waves;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use self::toml::Section;
use crate::calendar::Calendar;
use crate::diag::Diagnostics;
use crate::facts::{Facts, Fixed, Slots, Values};
use crate::plan::Plan;
use crate::problem::Problem;
use encoding::Kind;
use log::{Log, Spot};
use plan::Purpose;
use roster::Roster;
use sheet::Sheet;

pub use plan::ReadPlan;

/// Returns the bytes of a file that a problem names, or why it cannot be read.
pub type OpenFile<'a> = &'a dyn Fn(&Path) -> Result<Vec<u8>, String>;

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

/// As [`problem`], with files that come from `open`. It is asked for `path`, and for paths relative to its folder.
///
/// # Errors
/// Everything that is wrong in any of them.
pub fn problem_with(path: &Path, open: OpenFile) -> Result<Problem, Diagnostics> {
    let mut log = Log::default();
    let problem = read_problem(path, open, &mut log);
    let said = log.finish();
    match problem {
        Some(mut problem) if !said.has_errors() => {
            problem.warnings = said;
            Ok(problem)
        }
        _ => Err(said),
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

/// The name in messages of a problem that comes from no file.
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

/// As [`plan()`], with a file that comes from `open`.
///
/// # Errors
/// Everything that makes the plan unusable.
pub fn plan_with(path: &Path, problem: &Problem, open: OpenFile) -> Result<ReadPlan, Diagnostics> {
    plan_for(Purpose::Use, path, problem, open).map(|(read, _)| read)
}

/// Reads a plan file that was made before the problem changed; returns warnings with it. Cohorts and managers that
/// the problem no longer has are left out; a new cohort has neither members nor runs.
///
/// # Errors
/// Everything that makes the plan unusable.
pub fn earlier(path: &Path, problem: &Problem) -> Result<(Plan, Diagnostics), Diagnostics> {
    earlier_with(path, problem, &from_disk)
}

/// As [`earlier`], with a file that comes from `open`.
///
/// # Errors
/// Everything that makes the plan unusable.
pub fn earlier_with(path: &Path, problem: &Problem, open: OpenFile) -> Result<(Plan, Diagnostics), Diagnostics> {
    plan_for(Purpose::LookBack, path, problem, open).map(|(read, warnings)| (read.plan, warnings))
}

fn plan_for(
    purpose: Purpose,
    path: &Path,
    problem: &Problem,
    open: OpenFile,
) -> Result<(ReadPlan, Diagnostics), Diagnostics> {
    let mut log = Log::default();
    let source = add(path, None, open, &mut log);
    let plan = source.and_then(|source| plan::read(source, Some(&problem.facts), purpose, &mut log));
    let said = log.finish();
    match plan {
        Some(plan) if !said.has_errors() => Ok((plan, said)),
        _ => Err(said),
    }
}

/// Checks a plan file whose problem has errors: reports what is wrong with the plan whatever the problem.
///
/// # Errors
/// Everything that makes the plan unusable with any problem.
pub fn plan_alone(path: &Path) -> Result<(), Diagnostics> {
    let mut log = Log::default();
    if let Some(source) = add(path, None, &from_disk, &mut log) {
        plan::read(source, None, Purpose::Use, &mut log);
    }
    let said = log.finish();
    if said.has_errors() { Err(said) } else { Ok(()) }
}

/// Opens a file and adds it to the log. `named` is the place where the problem file names it; such files are tables.
fn add(path: &Path, named: Option<&Spot>, open: OpenFile, log: &mut Log) -> Option<usize> {
    match open(path) {
        Ok(bytes) => log.add_file(path, bytes, if named.is_some() { Kind::Table } else { Kind::Text }),
        Err(why) => {
            let name = path.display().to_string();
            let has_signs = name.contains(char::is_control);
            let name = if has_signs { name.escape_debug().to_string() } else { name };
            let message = format!("“{name}” cannot be read: {why}");
            let help = match has_signs {
                true => "write “/” and not “\\” between folders",
                false => "the file is looked for beside the problem file",
            };
            match named {
                Some(at) => log.error(at, message, help.to_string()),
                None => log.error_of_call(message),
            }
            None
        }
    }
}

/// The path of a file that the problem file names, relative to the problem's folder.
fn beside(problem: &Path, name: &str) -> PathBuf {
    problem.parent().map_or_else(|| PathBuf::from(name), |folder| folder.join(name))
}

const KEYS: &[&str] =
    &["format", "programme", "module", "room", "consultant", "roster", "manager", "wave", "rule", "pin"];

/// The keys that are arrays of tables.
const LISTS: &[&str] = &["module", "room", "consultant", "manager", "wave", "rule", "pin"];

fn read_problem(path: &Path, open: OpenFile, log: &mut Log) -> Option<Problem> {
    let source = add(path, None, open, log)?;
    let text = toml::text(source, LISTS, log);
    let table = toml::parse(&text, source, log);
    let root = Section::root(table.get_ref(), source);
    if root.get("cohort").is_some() && root.get("wave").is_none() {
        log.error(
            &root.at,
            "this is a plan, and not a problem",
            "give the problem first and then the plan".to_string(),
        );
        return None;
    }
    root.only(KEYS, log);
    programme::format(&root, log);

    let before = log.errors();
    let module_tables = named(&root, "module", log);
    let programme = programme::programme(&root, !module_tables.is_empty(), log);
    let calendar = programme.calendar;
    let modules: Vec<_> =
        module_tables.iter().map(|(table, id)| programme::module(table, id, programme.gap, log)).collect();
    let module_ids: Vec<&str> = module_tables.iter().map(|(_, id)| id.as_str()).collect();
    let rooms = named(&root, "room", log);
    let mut rooms: Vec<_> = rooms.iter().map(|(table, id)| programme::room(table, id, &calendar, log)).collect();
    // The order of the tables must not matter to the plan.
    rooms.sort_by(|a, b| a.id.cmp(&b.id));
    let consultants = named(&root, "consultant", log);
    let consultant = |(table, id): &(Section, String)| programme::consultant(table, id, &module_ids, &calendar, log);
    let mut consultants: Vec<_> = consultants.iter().map(consultant).collect();
    consultants.sort_by(|a, b| a.id.cmp(&b.id));
    let is_equipment_good = log.errors() == before;

    let before = log.errors();
    let wave_tables = named(&root, "wave", log);
    let (waves, cohorts) = waves::read(&wave_tables, &calendar, log);
    if root.get("wave").is_none() && !root.has_slip_for("wave", log) {
        log.error(&root.at, "the problem has no wave, so there are no cohorts", "add a [[wave]]".to_string());
    }
    let wave_ids: Vec<&str> = wave_tables.iter().map(|(_, id)| id.as_str()).collect();
    let mut roster = read_roster(&root, path, &wave_ids, &calendar, open, log);
    let are_counts_good = log.errors() == before;

    let mut facts = Facts {
        name: programme.name,
        calendar,
        modules,
        rooms,
        consultants,
        attributes: std::mem::take(&mut roster.attributes),
        managers: std::mem::take(&mut roster.managers),
        groups: std::mem::take(&mut roster.groups),
        waves,
        cohorts,
        pins: Vec::new(),
        frozen_until: programme.frozen_until,
        earlier: None,
        fixed: Fixed::default(),
        slots: Slots::default(),
        values: Values::default(),
    };
    if is_equipment_good {
        sums::equipment(&root, &module_tables, &facts, log);
    }
    if are_counts_good {
        sums::managers(&root, &wave_tables, &facts, log);
    }
    facts.pins = pins::read(&root, &facts, &roster, log);
    let mut open_pairs = |name: &str, at: &Spot, log: &mut Log| add(&beside(path, name), Some(at), open, log);
    let rules = rules::read(&root, &facts, &roster, &mut open_pairs, log);
    (!log.found.has_errors()).then(|| Problem::new(facts, rules))
}

/// The tables of an array, each with its id, which must be unique. A table without a usable id gets an empty one, so
/// that its other errors are found too.
fn named<'a>(root: &Section<'a>, key: &str, log: &mut Log) -> Vec<(Section<'a>, String)> {
    let mut tables: Vec<(Section, String)> = Vec::new();
    let mut first: HashMap<&str, Spot> = HashMap::new();
    for mut table in root.sections(key, log) {
        let node = table.require("id", log);
        let id = node.as_ref().and_then(|node| node.id(log));
        if let (Some(node), Some(id)) = (&node, id) {
            table.name = format!("{key} “{id}”");
            if let Some(before) = first.get(id) {
                let help = format!("the first is in {}; give each an id of its own", log.place(before));
                log.error(&node.at(), format!("{} stands twice", table.name), help);
            }
            first.entry(id).or_insert_with(|| node.at());
        }
        tables.push((table, id.unwrap_or_default().to_string()));
    }
    tables
}

fn read_roster(
    root: &Section,
    path: &Path,
    waves: &[&str],
    calendar: &Calendar,
    open: OpenFile,
    log: &mut Log,
) -> Roster {
    let mut roster = Roster::default();
    let before = log.errors();
    if let Some(node) = root.get("roster") {
        let table = node.section(log).map(|table| table.called("[roster]".to_string()));
        if let Some(table) = &table {
            table.only(&["file"], log);
        }
        if let Some(node) = table.and_then(|table| table.require("file", log))
            && let Some(name) = node.text(log)
            && let Some(source) = add(&beside(path, name), Some(&node.at()), open, log)
            && let Some(sheet) = Sheet::read(source, &["id"], log)
        {
            roster::from_csv(&sheet, waves, calendar, &mut roster, log);
        } else {
            roster.has_gaps = true;
        }
    }
    for table in root.sections("manager", log) {
        roster::from_table(&table, waves, calendar, &mut roster, log);
    }
    roster.finish(log);
    lookalikes::warn(&roster, log);
    if roster.managers.is_empty()
        && log.errors() == before
        && !root.has_slip_for("roster", log)
        && !root.has_slip_for("manager", log)
    {
        let help = "add [roster] with file = \"managers.csv\", or [[manager]] tables".to_string();
        log.error(&root.at, "the problem has no managers", help);
    }
    roster
}
