//! Reads managers, from rows of a CSV roster and from `[[manager]]` tables.

use std::collections::{BTreeMap, HashMap};

use ::toml::de::DeValue;
use chrono::NaiveDate;

use super::dates;
use super::log::{Log, Spot, did_you_mean, suggest};
use super::period;
use super::sheet::Sheet;
use super::superiors::circles;
use super::toml::{Node, Section, bad_id};
use crate::calendar::{Calendar, Period};
use crate::facts::{Attribute, Group, Manager};
use crate::ids::{AttributeId, GroupId, ManagerId, WaveId};

/// The keys with a meaning of their own; every other key is an attribute.
pub(super) const KEYS: [&str; 9] =
    ["id", "name", "permanent", "leadership_group", "superior", "unavailable", "prefers", "from", "until"];

/// All managers, with their groups and attributes.
#[derive(Debug, Default)]
pub(super) struct Roster {
    pub managers: Vec<Manager>,
    pub groups: Vec<Group>,
    pub attributes: Vec<Attribute>,
    pub by_id: HashMap<String, ManagerId>,
    attribute_of: HashMap<String, AttributeId>,
    values: Vec<HashMap<String, u32>>,
    group_of: BTreeMap<String, GroupId>,
    /// The rows as read, until all files are read.
    rows: Vec<Written>,
    /// The place of each manager's id.
    pub spots: Vec<Spot>,
    /// Whether a file or a row could not be read. A name that is not found may stand in it, and is then not reported.
    pub has_gaps: bool,
}

/// A row with its attributes and the place of its id.
#[derive(Debug)]
struct Written {
    row: ManagerRow,
    values: Vec<(AttributeId, String)>,
    at: Spot,
}

/// One manager as written, with references not looked up yet.
#[derive(Debug, Default)]
struct ManagerRow {
    id: String,
    name: Option<String>,
    permanent: Option<bool>,
    group: Option<String>,
    superior: Option<(String, Spot)>,
    unavailable: Vec<Period>,
    prefers: Vec<WaveId>,
    from: Option<(NaiveDate, Spot)>,
    until: Option<(NaiveDate, Spot)>,
}

impl Roster {
    fn attribute(&mut self, name: &str) -> AttributeId {
        if let Some(&id) = self.attribute_of.get(name) {
            return id;
        }
        let id = AttributeId::new(self.attributes.len());
        self.attributes.push(Attribute { name: name.to_string(), values: Vec::new() });
        self.values.push(HashMap::new());
        self.attribute_of.insert(name.to_string(), id);
        id
    }

    /// The attribute of that name. A column without any value is an attribute too.
    pub fn attribute_named(&self, name: &str) -> Option<AttributeId> {
        self.attribute_of.get(name).copied()
    }

    fn value(&mut self, attribute: AttributeId, value: &str) -> u32 {
        let known = &mut self.values[attribute.index()];
        if let Some(&number) = known.get(value) {
            return number;
        }
        let number = known.len() as u32;
        known.insert(value.to_string(), number);
        self.attributes[attribute.index()].values.push(value.to_string());
        number
    }

    /// The manager with this id. That there is none is reported, unless parts of the roster could not be read.
    pub fn find(&self, text: &str, at: &Spot, managers: &[Manager], log: &mut Log) -> Option<ManagerId> {
        let found = self.by_id.get(text).copied();
        if found.is_none() && !self.has_gaps {
            let known = managers.iter().map(|manager| manager.id.as_str());
            let help = || whose_name(text, managers).or_else(|| suggest(text, "managers", known));
            log.error_with(at, format!("there is no manager “{text}”"), help);
        }
        found
    }

    /// As [`Roster::find`], for an id in a TOML file.
    pub fn find_node(&self, node: &Node, managers: &[Manager], log: &mut Log) -> Option<ManagerId> {
        self.find(node.text(log)?, &node.at(), managers, log)
    }

    fn add(&mut self, row: ManagerRow, values: Vec<(AttributeId, String)>, at: Spot, log: &mut Log) {
        if let Some(why) = bad_id(&row.id) {
            log.error(&at, format!("a manager cannot have the id {:?}: {why}", row.id), None);
            self.has_gaps = true;
            return;
        }
        if let Some(&first) = self.by_id.get(&row.id) {
            let place = log.place(&self.rows[first.index()].at);
            let help = format!("the first is in {place}; give every manager an id of its own");
            log.error(&at, format!("manager “{}” stands twice", row.id), help);
            return;
        }
        self.by_id.insert(row.id.clone(), ManagerId::new(self.rows.len()));
        self.rows.push(Written { row, values, at });
    }

    /// Sorts the attributes by name, and returns the new number of each.
    fn sort_attributes(&mut self) -> Vec<AttributeId> {
        let mut order: Vec<usize> = (0..self.attributes.len()).collect();
        order.sort_by(|&a, &b| self.attributes[a].name.cmp(&self.attributes[b].name));
        let mut numbers = vec![AttributeId::new(0); order.len()];
        order.iter().enumerate().for_each(|(new, &old)| numbers[old] = AttributeId::new(new));
        self.attributes.sort_by(|a, b| a.name.cmp(&b.name));
        self.attribute_of.values_mut().for_each(|id| *id = numbers[id.index()]);
        numbers
    }

    /// Turns the rows into managers, groups and values, in the order of ids, so that the order of rows does not
    /// matter.
    fn settle(&mut self) -> Vec<(ManagerId, String, Spot)> {
        let numbers = self.sort_attributes();
        let mut rows = std::mem::take(&mut self.rows);
        rows.sort_by(|a, b| a.row.id.cmp(&b.row.id));
        let mut superiors = Vec::new();
        for Written { row, values, at } in rows {
            self.settle_row(row, &values, at, &numbers, &mut superiors);
        }
        superiors
    }

    fn settle_row(
        &mut self,
        row: ManagerRow,
        values: &[(AttributeId, String)],
        at: Spot,
        attributes: &[AttributeId],
        superiors: &mut Vec<(ManagerId, String, Spot)>,
    ) {
        let id = ManagerId::new(self.managers.len());
        self.by_id.insert(row.id.clone(), id);
        self.spots.push(at);
        let permanent = row.permanent.unwrap_or(true);
        let group = row.group.map(|name| self.group(name));
        if let (Some(group), true) = (group, permanent) {
            self.groups[group.index()].members.push(id);
        }
        if let Some((superior, spot)) = row.superior {
            superiors.push((id, superior, spot));
        }
        let mut numbers = vec![None; self.attributes.len()];
        for (attribute, value) in values {
            let attribute = attributes[attribute.index()];
            numbers[attribute.index()] = Some(self.value(attribute, value));
        }
        self.managers.push(Manager {
            id: row.id,
            name: row.name,
            permanent,
            group,
            superior: None,
            unavailable: row.unavailable,
            prefers: row.prefers,
            from: row.from.map(|(from, _)| from),
            until: row.until.map(|(until, _)| until),
            values: numbers,
        });
    }

    fn group(&mut self, name: String) -> GroupId {
        let next = GroupId::new(self.groups.len());
        let group = *self.group_of.entry(name.clone()).or_insert(next);
        if group == next {
            self.groups.push(Group { id: name, members: Vec::new() });
        }
        group
    }

    /// Puts all managers in the order of their ids, and looks up their superiors. Call it when all files are read.
    pub fn finish(&mut self, log: &mut Log) {
        for (manager, superior, at) in self.settle() {
            match self.find(&superior, &at, &self.managers, log) {
                Some(found) if found == manager => {
                    log.error(&at, format!("manager “{superior}” cannot be their own superior"), None);
                }
                found => self.managers[manager.index()].superior = found,
            }
        }
        for circle in circles(&self.managers) {
            let ids: Vec<&str> = circle.iter().map(|manager| self.managers[manager.index()].id.as_str()).collect();
            let message = format!("these managers are one another's superiors: “{}”", ids.join("”, “"));
            log.warn(&self.spots[circle[0].index()], message, None);
        }
    }
}

impl ManagerRow {
    /// Reports dates of a manager between which there is no date of the programme.
    fn check_dates(&self, calendar: &Calendar, log: &mut Log) {
        if let (Some((from, _)), Some((until, spot))) = (&self.from, &self.until)
            && until < from
        {
            log.error(spot, format!("manager “{}” can attend until {until}, but only from {from}", self.id), None);
        }
        let none = |id: &str| format!("manager “{id}” cannot attend on any date of the programme");
        if let Some((from, spot)) = self.from.as_ref().filter(|(from, _)| *from > calendar.end) {
            log.warn(spot, none(&self.id), format!("the programme ends on {}, before {from}", calendar.end));
        }
        if let Some((until, spot)) = self.until.as_ref().filter(|(until, _)| *until < calendar.start) {
            log.warn(spot, none(&self.id), format!("the programme starts on {}, after {until}", calendar.start));
        }
    }
}

/// Help for a text that is not an id but the name of exactly one manager.
fn whose_name(text: &str, managers: &[Manager]) -> Option<String> {
    let text = text.to_lowercase();
    let mut same =
        managers.iter().filter(|manager| manager.name.as_ref().is_some_and(|name| name.to_lowercase() == text));
    let (manager, other) = (same.next()?, same.next());
    other.is_none().then(|| format!("this is the name of manager “{0}”; write {0}", manager.id))
}

fn boolean(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "sant" => Some(true),
        "false" | "falskt" => Some(false),
        _ => None,
    }
}

/// Adds the rows of a CSV file; `waves` are the ids of the waves in order.
pub(super) fn from_csv(sheet: &Sheet, waves: &[&str], calendar: &Calendar, roster: &mut Roster, log: &mut Log) {
    warn_of_slips(sheet, log);
    if sheet.column("id").is_none() {
        let near = sheet.columns().find(|name| name.eq_ignore_ascii_case("id"));
        let at = near.map_or_else(|| sheet.header_spot(), |name| sheet.column_spot(name));
        let help = near.map(|name| format!("write id for {name}"));
        log.error(&at, "the roster has no column “id”", help.or_else(|| suggest("id", "columns", sheet.columns())));
        roster.has_gaps = true;
        return;
    }
    let attributes: Vec<Option<AttributeId>> = sheet
        .columns()
        .map(|name| (!KEYS.contains(&name) && !name.is_empty()).then(|| roster.attribute(name)))
        .collect();
    for record in sheet.rows() {
        // In a row with too many or too few cells, only the id is certain to stand in its column.
        let fits = sheet.fits(&record);
        let cell = |key: &str| {
            let text = record.get(sheet.column(key).filter(|_| fits || key == "id")?)?;
            Some(text).filter(|text| !text.is_empty())
        };
        let spot = |key: &str| {
            sheet.column(key).map_or_else(|| sheet.row_spot(&record), |column| sheet.cell_spot(&record, column))
        };
        let mut row = ManagerRow {
            id: cell("id").unwrap_or_default().to_string(),
            name: cell("name").map(str::to_string),
            group: cell("leadership_group").map(str::to_string),
            superior: cell("superior").map(|text| (text.to_string(), spot("superior"))),
            ..ManagerRow::default()
        };
        if row.id.is_empty() {
            log.error(&sheet.row_spot(&record), "this manager has no id", None);
            roster.has_gaps = true;
        }
        if let Some(text) = cell("permanent") {
            row.permanent = boolean(text);
            if row.permanent.is_none() {
                let message = format!("“permanent” must be true or false, not “{text}”");
                log.error(&spot("permanent"), message, "leave it empty for those who take part".to_string());
            }
        }
        let mut date = |key: &str| {
            let text = cell(key)?;
            let date = dates::date(text).map(|date| (date, spot(key)));
            if date.is_none() {
                log.error(&spot(key), dates::no_date(text), "write it like 2015-09-14".to_string());
            }
            date
        };
        row.from = date("from");
        row.until = date("until");
        row.check_dates(calendar, log);
        for text in parts(cell("unavailable")) {
            match dates::from_text(text) {
                Ok(period) => row.unavailable.push(period),
                Err(message) => log.error(
                    &spot("unavailable"),
                    message,
                    "separate periods by “;” and write them like 2015-09-14, 2015-09-14 am, 2015-W38 or 2015-09-14..2015-09-18".to_string(),
                ),
            }
        }
        for text in parts(cell("prefers")) {
            prefer(text, waves, &spot("prefers"), &mut row, log);
        }
        let value = |(column, attribute): (usize, &Option<AttributeId>)| {
            Some(((*attribute)?, record.get(column).filter(|text| fits && !text.is_empty())?.to_string()))
        };
        let values: Vec<(AttributeId, String)> = attributes.iter().enumerate().filter_map(value).collect();
        if !row.id.is_empty() {
            roster.add(row, values, spot("id"), log);
        }
    }
}

/// Warns of a column whose name is nearly a known key: most likely that key is meant, and not an attribute.
fn warn_of_slips(sheet: &Sheet, log: &mut Log) {
    let known: Vec<&str> = KEYS.into_iter().filter(|key| key.len() > 4).collect();
    for column in sheet.columns().filter(|column| !KEYS.contains(column)) {
        if let Some(help) = did_you_mean(column, known.iter().copied()) {
            log.warn(&sheet.column_spot(column), format!("column “{column}” is read as an attribute"), help);
        }
    }
}

fn parts(cell: Option<&str>) -> impl Iterator<Item = &str> {
    cell.unwrap_or_default().split(';').map(str::trim).filter(|part| !part.is_empty())
}

fn prefer(text: &str, waves: &[&str], at: &Spot, row: &mut ManagerRow, log: &mut Log) {
    match waves.iter().position(|wave| *wave == text) {
        Some(index) => row.prefers.push(WaveId::new(index)),
        None => log.unknown(at, ("wave", "waves"), text, waves.iter().copied()),
    }
}

/// Adds a `[[manager]]` table.
pub(super) fn from_table(table: &Section, waves: &[&str], calendar: &Calendar, roster: &mut Roster, log: &mut Log) {
    let id = table.require("id", log);
    let text = id.as_ref().and_then(|node| node.id(log));
    let owned = |key: &str, log: &mut Log| {
        let node = table.get(key)?;
        Some((node.id(log)?.to_string(), node.at()))
    };
    let mut row = ManagerRow {
        id: text.unwrap_or_default().to_string(),
        name: table.get("name").and_then(|node| node.text(log)).map(str::to_string),
        permanent: table.get("permanent").and_then(|node| node.boolean(log)),
        group: owned("leadership_group", log).map(|(group, _)| group),
        superior: owned("superior", log),
        from: table.get("from").and_then(|node| Some((node.date(log)?, node.at()))),
        until: table.get("until").and_then(|node| Some((node.date(log)?, node.at()))),
        ..ManagerRow::default()
    };
    row.check_dates(calendar, log);
    if let Some(node) = table.get("unavailable") {
        row.unavailable = period::list(&node, log);
    }
    if let Some(node) = table.get("prefers") {
        for (item, wave) in node.texts(log) {
            prefer(wave, waves, &item.at(), &mut row, log);
        }
    }
    let mut values = Vec::new();
    for (key, at) in table.keys().filter(|(key, _)| !KEYS.contains(key)) {
        match table.get(key).map(|node| node.value.get_ref()) {
            Some(DeValue::String(text)) if text.is_empty() => {}
            Some(DeValue::String(text)) => {
                let attribute = roster.attribute(key);
                values.push((attribute, text.to_string()));
            }
            value => {
                let number = value.and_then(|value| value.as_integer()).map(|number| number.to_string());
                let help = did_you_mean(key, KEYS).or(number.map(|number| format!("write {key} = \"{number}\"")));
                log.error(&at, format!("“{key}” is an attribute, which must be a text in quotes"), help);
            }
        }
    }
    match (id, text) {
        (Some(id), Some(_)) => roster.add(row, values, id.at(), log),
        _ => roster.has_gaps = true,
    }
}
