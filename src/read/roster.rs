//! Managers: rows of a CSV roster and `[[manager]]` tables, to one list.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use toml::de::DeValue;

use super::log::{Log, Spot, suggest};
use super::period;
use super::sheet::Sheet;
use super::toml_tree::{Section, bad_id};
use crate::calendar::Period;
use crate::facts::{Attribute, Group, Manager};
use crate::ids::{AttributeId, GroupId, ManagerId, WaveId};

/// Keys with a meaning of their own; every other is an attribute.
pub(super) const KEYS: [&str; 9] =
    ["id", "name", "permanent", "leadership_group", "superior", "unavailable", "prefers", "from", "until"];

/// Everyone, with the lists that come from them.
#[derive(Debug, Default)]
pub(super) struct Roster {
    pub managers: Vec<Manager>,
    pub groups: Vec<Group>,
    pub attributes: Vec<Attribute>,
    pub by_id: HashMap<String, ManagerId>,
    attribute_of: HashMap<String, AttributeId>,
    values: Vec<HashMap<String, u32>>,
    group_of: BTreeMap<String, GroupId>,
    superiors: Vec<(ManagerId, String, Spot)>,
}

/// One manager as written, before references are looked up.
#[derive(Debug, Default)]
struct Row {
    id: String,
    name: Option<String>,
    permanent: Option<bool>,
    group: Option<String>,
    superior: Option<(String, Spot)>,
    unavailable: Vec<Period>,
    prefers: Vec<WaveId>,
    from: Option<NaiveDate>,
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

    /// The attribute of that name, if some manager has a value of it.
    pub fn attribute_named(&self, name: &str) -> Option<AttributeId> {
        self.attribute_of.get(name).copied().filter(|id| !self.attributes[id.index()].values.is_empty())
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

    fn add(&mut self, row: Row, values: &[(AttributeId, String)], at: &Spot, log: &mut Log) {
        if let Some(why) = bad_id(&row.id) {
            log.error(at, format!("a manager cannot have the id {:?}: {why}", row.id), None);
            return;
        }
        let id = ManagerId::new(self.managers.len());
        if self.by_id.insert(row.id.clone(), id).is_some() {
            log.error(
                at,
                format!("manager “{}” stands twice", row.id),
                "give every manager an id of its own".to_string(),
            );
        }
        let group = row.group.map(|name| {
            let next = GroupId::new(self.groups.len());
            let group = *self.group_of.entry(name.clone()).or_insert(next);
            if group == next {
                self.groups.push(Group { id: name, members: Vec::new() });
            }
            group
        });
        let permanent = row.permanent.unwrap_or(true);
        if let (Some(group), true) = (group, permanent) {
            self.groups[group.index()].members.push(id);
        }
        if let (Some(from), Some((until, spot))) = (row.from, &row.until)
            && *until < from
        {
            log.error(spot, format!("manager “{}” can attend until {until} but only from {from}", row.id), None);
        }
        if let Some((superior, spot)) = row.superior {
            self.superiors.push((id, superior, spot));
        }
        let mut numbers = Vec::new();
        for (attribute, value) in values {
            let number = self.value(*attribute, value);
            numbers.resize(numbers.len().max(attribute.index() + 1), None);
            numbers[attribute.index()] = Some(number);
        }
        self.managers.push(Manager {
            id: row.id,
            name: row.name,
            permanent,
            group,
            superior: None,
            unavailable: row.unavailable,
            prefers: row.prefers,
            from: row.from,
            until: row.until.map(|(until, _)| until),
            values: numbers,
        });
    }

    /// Looks up superiors and evens out the attributes, once everyone is there.
    pub fn finish(&mut self, log: &mut Log) {
        for (manager, superior, at) in std::mem::take(&mut self.superiors) {
            match self.by_id.get(&superior) {
                Some(&found) if found == manager => {
                    log.error(&at, format!("manager “{superior}” cannot be their own superior"), None);
                }
                Some(&found) => self.managers[manager.index()].superior = Some(found),
                None => {
                    let ids = self.managers.iter().map(|manager| manager.id.as_str());
                    log.error(
                        &at,
                        format!("there is no manager “{superior}” to be a superior"),
                        suggest(&superior, "managers", ids),
                    );
                }
            }
        }
        let attributes = self.attributes.len();
        for manager in &mut self.managers {
            manager.values.resize(attributes, None);
        }
    }
}

fn boolean(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "sant" => Some(true),
        "false" | "falskt" => Some(false),
        _ => None,
    }
}

/// Adds the rows of a CSV file; `waves` are the waves' ids in order.
pub(super) fn from_csv(sheet: &Sheet, waves: &[String], roster: &mut Roster, log: &mut Log) {
    if sheet.column("id").is_none() {
        log.error(&sheet.header_spot(), "the roster has no column “id”", suggest("id", "columns", sheet.columns()));
        return;
    }
    let attributes: Vec<Option<AttributeId>> =
        sheet.columns().map(|name| (!KEYS.contains(&name)).then(|| roster.attribute(name))).collect();
    for record in sheet.records() {
        let cell = |key: &str| sheet.column(key).and_then(|column| record.get(column)).filter(|text| !text.is_empty());
        let spot = |key: &str| {
            sheet.column(key).map_or_else(|| sheet.row_spot(record), |column| sheet.cell_spot(record, column))
        };
        let mut row = Row {
            id: cell("id").unwrap_or_default().to_string(),
            name: cell("name").map(str::to_string),
            group: cell("leadership_group").map(str::to_string),
            superior: cell("superior").map(|text| (text.to_string(), spot("superior"))),
            ..Row::default()
        };
        if row.id.is_empty() {
            log.error(&sheet.row_spot(record), "this manager has no id", None);
            continue;
        }
        if let Some(text) = cell("permanent") {
            row.permanent = boolean(text);
            if row.permanent.is_none() {
                log.error(&spot("permanent"), format!("“permanent” must be true or false, not “{text}”"), None);
            }
        }
        let mut date = |key: &str| {
            let text = cell(key)?;
            let date = period::date(text);
            if date.is_none() {
                log.error(
                    &spot(key),
                    format!("“{text}” is no date of the calendar"),
                    "write it like 2015-09-14".to_string(),
                );
            }
            date
        };
        row.from = date("from");
        row.until = date("until").map(|date| (date, spot("until")));
        for text in parts(cell("unavailable")) {
            match period::from_text(text) {
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
        let values: Vec<(AttributeId, String)> = attributes
            .iter()
            .enumerate()
            .filter_map(|(column, &attribute)| {
                let text = record.get(column).filter(|text| !text.is_empty())?;
                Some((attribute?, text.to_string()))
            })
            .collect();
        roster.add(row, &values, &spot("id"), log);
    }
}

fn parts(cell: Option<&str>) -> impl Iterator<Item = &str> {
    cell.unwrap_or_default().split(';').map(str::trim).filter(|part| !part.is_empty())
}

fn prefer(text: &str, waves: &[String], at: &Spot, row: &mut Row, log: &mut Log) {
    match waves.iter().position(|wave| wave == text) {
        Some(index) => row.prefers.push(WaveId::new(index)),
        None => log.error(
            at,
            format!("there is no wave “{text}”"),
            suggest(text, "waves", waves.iter().map(String::as_str)),
        ),
    }
}

/// Adds a `[[manager]]` table.
pub(super) fn from_table(table: &Section, waves: &[String], roster: &mut Roster, log: &mut Log) {
    let Some(id) = table.require("id", log) else { return };
    let Some(text) = id.id(log) else { return };
    let owned = |key: &str, log: &mut Log| {
        let node = table.get(key)?;
        Some((node.id(log)?.to_string(), node.at()))
    };
    let mut row = Row {
        id: text.to_string(),
        name: table.get("name").and_then(|node| node.text(log)).map(str::to_string),
        permanent: table.get("permanent").and_then(|node| node.boolean(log)),
        group: owned("leadership_group", log).map(|(group, _)| group),
        superior: owned("superior", log),
        from: table.get("from").and_then(|node| node.date(log)),
        until: table.get("until").and_then(|node| Some((node.date(log)?, node.at()))),
        ..Row::default()
    };
    if let Some(node) = table.get("unavailable") {
        row.unavailable = period::list(&node, log);
    }
    if let Some(node) = table.get("prefers") {
        for item in node.items(log) {
            if let Some(wave) = item.text(log) {
                prefer(wave, waves, &item.at(), &mut row, log);
            }
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
            _ => log.error(&at, format!("the attribute “{key}” must be a text in quotes"), suggest(key, "keys", KEYS)),
        }
    }
    roster.add(row, &values, &id.at(), log);
}
