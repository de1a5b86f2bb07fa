//! Where in a plan file the things stand that findings speak of.

use std::collections::HashMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diag::Source;
use crate::facts::Facts;
use crate::term::Place;

/// The cohorts, runs and members of a plan file, with the byte at which each begins.
#[derive(Debug)]
pub struct Spots<'a> {
    source: &'a Source,
    cohorts: HashMap<String, usize>,
    runs: HashMap<(String, String), usize>,
    members: HashMap<(String, String), usize>,
    managers: HashMap<String, usize>,
}

impl<'a> Spots<'a> {
    /// Looks through a plan file. What is not there, or not as it should be, simply has no spot.
    pub fn of(source: &'a Source) -> Spots<'a> {
        let mut spots = Spots {
            source,
            cohorts: HashMap::new(),
            runs: HashMap::new(),
            members: HashMap::new(),
            managers: HashMap::new(),
        };
        let (document, _) = DeTable::parse_recoverable(&source.text);
        for cohort in tables(document.get_ref(), "cohort") {
            spots.add_cohort(cohort);
        }
        spots
    }

    fn add_cohort(&mut self, cohort: &Spanned<DeValue>) {
        let Some(table) = cohort.get_ref().as_table() else { return };
        let Some((id, at)) = text(table, "id") else { return };
        self.cohorts.insert(id.to_owned(), at);
        let members = table.get("members").and_then(|members| members.get_ref().as_array());
        for member in members.into_iter().flatten() {
            if let Some(manager) = member.get_ref().as_str() {
                self.members.insert((id.to_owned(), manager.to_owned()), member.span().start);
                self.managers.entry(manager.to_owned()).or_insert(member.span().start);
            }
        }
        for run in tables(table, "run").filter_map(|run| run.get_ref().as_table()) {
            if let Some((module, at)) = text(run, "module") {
                self.runs.insert((id.to_owned(), module.to_owned()), at);
            }
        }
    }

    /// The line and column, from 1, of the smallest thing in the file that the place names.
    pub fn find(&self, facts: &Facts, place: &Place) -> Option<(usize, usize)> {
        let cohort = place.cohort.map(|cohort| facts.cohorts[cohort.index()].id.clone());
        let module = place.module.map(|module| facts.modules[module.index()].id.clone());
        let manager = place.manager.map(|manager| facts.managers[manager.index()].id.clone());
        let run = || self.runs.get(&(cohort.clone()?, module.clone()?));
        let member = || self.members.get(&(cohort.clone()?, manager.clone()?));
        let whole = || self.cohorts.get(cohort.as_ref()?);
        let anywhere = || self.managers.get(manager.as_ref()?);
        let byte = run().or_else(member).or_else(whole).or_else(anywhere)?;
        Some(self.source.position(*byte))
    }
}

/// The tables of an array of tables.
fn tables<'d>(table: &'d DeTable<'d>, key: &str) -> impl Iterator<Item = &'d Spanned<DeValue<'d>>> {
    table.get(key).and_then(|tables| tables.get_ref().as_array()).into_iter().flatten()
}

/// A text and the byte at which it begins.
fn text<'d>(table: &'d DeTable<'d>, key: &str) -> Option<(&'d str, usize)> {
    let value = table.get(key)?;
    Some((value.get_ref().as_str()?, value.span().start))
}
