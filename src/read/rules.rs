//! Reads `[[rule]]`, following what each kind of rule declares.

use ::toml::de::DeValue;
use csv::StringRecord;

use super::log::{Log, Spot, suggest};
use super::pins::look_up;
use super::programme::MOST;
use super::roster::Roster;
use super::sheet::Sheet;
use super::sums::{self, Most};
use super::toml::{Node, Section, Wanted};
use crate::facts::Facts;
use crate::ids::{AttributeId, ManagerId, WaveId};
use crate::rules::{Args, KeyKind, Need, RULES, RuleKind, Scope, Share};
use crate::term::Posed;

/// The keys that every rule takes.
const COMMON: [&str; 4] = ["kind", "hard", "weight", "waves"];

/// The columns of a file of pairs.
const PAIR: [&str; 3] = ["a", "b", "amount"];

/// The largest amount of a pair in either direction (chosen).
const LARGEST_AMOUNT: i64 = 1_000_000_000;

/// Opens a file that a rule names, from its name and the place where it is named; returns its index in the log.
type OpenPairs<'a> = &'a mut dyn FnMut(&str, &Spot, &mut Log) -> Option<usize>;

/// Reads all rules.
pub(super) fn read(root: &Section, facts: &Facts, roster: &Roster, open: OpenPairs, log: &mut Log) -> Vec<Posed> {
    let tables = root.sections("rule", log);
    let read: Vec<(Posed, Most)> = tables.iter().filter_map(|table| rule(table, facts, roster, open, log)).collect();
    let (rules, most): (Vec<Posed>, Vec<Most>) = read.into_iter().unzip();
    sums::costs(&most, log);
    rules
}

fn rule(table: &Section, facts: &Facts, roster: &Roster, open: OpenPairs, log: &mut Log) -> Option<(Posed, Most)> {
    let node = table.require("kind", log)?;
    let text = node.text(log)?;
    let Some(kind) = RULES.iter().find(|kind| kind.kind == text) else {
        log.unknown(&node.at(), ("rule", "rules"), text, RULES.iter().map(|kind| kind.kind));
        return None;
    };
    let table = table.clone().called(format!("rule “{text}”"));
    let keys: Vec<&str> = COMMON.into_iter().chain(kind.keys.iter().map(|key| key.name)).collect();
    table.only(&keys, log);
    needs(&table, kind, log);
    let weight = weight(&table, log);
    let is_hard = weight.is_none() && table.get("hard").is_some();
    let mut args = Args {
        scope: scope(&table, kind, facts, log),
        attribute: None,
        value: None,
        share: None,
        count: None,
        min: None,
        managers: None,
        pairs: None,
    };
    let mut name = kind.kind.to_string();
    for key in kind.keys {
        let Some(node) = table.get(key.name) else { continue };
        match key.kind {
            KeyKind::Attribute => {
                args.attribute = attribute(&node, facts, roster, log);
                if let Some(text) = node.value.get_ref().as_str() {
                    name = format!("{}:{text}", kind.kind);
                }
            }
            KeyKind::Value => args.value = value(&node, args.attribute, facts, roster, log),
            KeyKind::Share => args.share = share(&node, log),
            KeyKind::Floor => args.min = node.number(0, MOST, log),
            KeyKind::Count => args.count = node.number(0, MOST, log),
            KeyKind::Managers => args.managers = managers(&node, facts, roster, log),
            KeyKind::Relation => relation(&node, log),
            KeyKind::Pairs => {
                let before = log.errors();
                let source = node.text(log).and_then(|name| open(name, &node.at(), log));
                // In a file that is not in UTF-8 names are misread, so unknown names in it are not reported.
                let are_names_good = log.errors() == before;
                let sheet = source.and_then(|source| Sheet::read(source, &PAIR, log));
                args.pairs = sheet.map(|sheet| Pairs { facts, roster, are_names_good, is_hard }.read(&sheet, log));
            }
        }
    }
    if log.found.has_errors() {
        return None;
    }
    let at = table.get("weight").map_or_else(|| table.at.clone(), |node| node.at());
    let amount = (kind.most)(facts, &args);
    let most = Most { at, name: name.clone(), weight, amount };
    let (mixes_by, looks_back) = (args.attribute.filter(|_| kind.mixes), kind.looks_back);
    let term = (kind.build)(facts, args);
    Some((Posed { name, summary: kind.summary, weight, mixes_by, looks_back, most: Some(amount), term }, most))
}

/// Reports keys that are missing, where the kind needs them alone or at least one of several.
fn needs(table: &Section, kind: &RuleKind, log: &mut Log) {
    let names = |need: Need| kind.keys.iter().filter(move |key| key.need == need).map(|key| key.name);
    for name in names(Need::Required) {
        table.require(name, log);
    }
    for (need, words) in [(Need::ExactlyOne, "exactly one"), (Need::AtLeastOne, "at least one")] {
        let given = names(need).filter(|name| table.get(name).is_some()).count();
        let fits = given == 1 || need == Need::AtLeastOne && given > 1;
        if names(need).next().is_some() && !fits {
            let list: Vec<String> = names(need).map(|name| format!("“{name}”")).collect();
            log.error(&table.at, format!("{} needs {words} of the keys {}", table.name, list.join(" and ")), None);
        }
    }
}

/// `hard = true` or `weight = n`: exactly one of them.
fn weight(table: &Section, log: &mut Log) -> Option<i64> {
    let hard = table.get("hard").and_then(|node| node.boolean(log));
    let weight = table.get("weight").and_then(|node| node.number(1, MOST, log));
    let says_nothing = hard == Some(false) || table.get("hard").is_none() && !table.has_slip_for("hard", log);
    match (hard, table.get("weight")) {
        (Some(true), Some(node)) => {
            log.error(
                &node.at(),
                format!("{} is both hard and has a weight", table.name),
                "keep one of the two".to_string(),
            );
        }
        (_, None) if says_nothing && !table.has_slip_for("weight", log) => {
            let help =
                "write hard = true where it must never be broken, or weight = 1 or more where it costs".to_string();
            log.error(&table.at, format!("{} says neither “hard = true” nor how much it weighs", table.name), help);
        }
        _ => {}
    }
    weight
}

fn scope(table: &Section, kind: &RuleKind, facts: &Facts, log: &mut Log) -> Scope {
    let Some(node) = table.get("waves") else {
        return if kind.mixed_only { Scope::mixed(facts) } else { Scope::everywhere(facts) };
    };
    let ids = facts.waves.iter().map(|wave| wave.id.as_str());
    let items = node.items(log);
    let waves: Vec<WaveId> =
        items.iter().filter_map(|item| look_up(item, "wave", "waves", ids.clone(), log)).map(WaveId::new).collect();
    if node.is_empty_list() {
        log.error(
            &node.at(),
            format!("{} looks at no wave", table.name),
            "leave “waves” out, or name some".to_string(),
        );
    }
    Scope::of_waves(facts, &waves)
}

fn attribute(node: &Node, facts: &Facts, roster: &Roster, log: &mut Log) -> Option<AttributeId> {
    let text = node.text(log)?;
    let found = roster.attribute_named(text).filter(|id| !facts.attributes[id.index()].values.is_empty());
    if found.is_none() && !roster.has_gaps {
        let used = facts.attributes.iter().filter(|attribute| !attribute.values.is_empty());
        let known = used.map(|attribute| attribute.name.as_str());
        log.error(&node.at(), format!("no manager has the attribute “{text}”"), suggest(text, "attributes", known));
    }
    found
}

/// The index of a value that some manager has. Without a known attribute no error is reported, since none could be
/// certain.
fn value(node: &Node, attribute: Option<AttributeId>, facts: &Facts, roster: &Roster, log: &mut Log) -> Option<u32> {
    let text = node.text(log)?;
    let attribute = &facts.attributes[attribute?.index()];
    let found = attribute.values.iter().position(|value| value == text);
    if found.is_none() && !roster.has_gaps {
        let known = attribute.values.iter().map(String::as_str);
        let message = format!("no manager has “{text}” as “{}”", attribute.name);
        log.error(&node.at(), message, suggest(text, "values", known));
    }
    found.map(|number| number as u32)
}

/// A share, exactly as its digits are written.
fn share(node: &Node, log: &mut Log) -> Option<Share> {
    let text = match node.value.get_ref() {
        DeValue::Float(float) => float.as_str().to_string(),
        DeValue::Integer(integer) => integer.to_string(),
        _ => {
            node.wrong(Wanted::Share, log);
            return None;
        }
    };
    let found = decimal(&text);
    if found.is_none() {
        let message = if text.contains(['e', 'E']) {
            format!("a share is written out in decimals, without a power of ten, but this is {text}")
        } else {
            format!("a share goes from 0 to 1 with at most six decimals, but this is {text}")
        };
        log.error(&node.at(), message, "34 % is written 0.34".to_string());
    }
    found
}

fn decimal(text: &str) -> Option<Share> {
    let text = text.strip_prefix('+').unwrap_or(text);
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let decimals = decimals.trim_end_matches('0');
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(decimals) || decimals.len() > 6 || whole.is_empty() {
        return None;
    }
    let millionths = format!("{whole}{decimals:0<6}").parse::<i64>().ok()?;
    (millionths <= 1_000_000).then_some(Share { millionths })
}

fn managers(node: &Node, facts: &Facts, roster: &Roster, log: &mut Log) -> Option<Vec<ManagerId>> {
    let items = node.items(log);
    let mut managers = Vec::new();
    for item in &items {
        match roster.find_node(item, &facts.managers, log) {
            Some(id) if managers.contains(&id) => {
                let id = &facts.managers[id.index()].id;
                log.error(&item.at(), format!("manager “{id}” stands twice in the list"), None);
            }
            Some(id) => managers.push(id),
            None => {}
        }
    }
    if items.len() < 2 && node.value.get_ref().is_array() {
        log.error(&node.at(), format!("{} needs at least two managers", node.name), None);
    }
    Some(managers)
}

fn relation(node: &Node, log: &mut Log) {
    if let Some(text) = node.text(log).filter(|text| *text != "superior") {
        log.unknown(&node.at(), ("relation", "relations"), text, ["superior"]);
    }
}

/// The context in which a file of pairs is read.
struct Pairs<'a> {
    facts: &'a Facts,
    roster: &'a Roster,
    /// Whether a name that no manager has is reported.
    are_names_good: bool,
    /// Whether the rule is hard.
    is_hard: bool,
}

impl Pairs<'_> {
    /// Reads the rows `a,b,amount`.
    fn read(&self, sheet: &Sheet, log: &mut Log) -> Vec<(ManagerId, ManagerId, i64)> {
        let columns = PAIR.map(|name| (name, sheet.column(name)));
        for (name, _) in columns.iter().filter(|(_, column)| column.is_none()) {
            log.error(
                &sheet.header_spot(),
                format!("the file of pairs has no column “{name}”"),
                "its columns are a, b and amount".to_string(),
            );
        }
        let [(_, Some(a)), (_, Some(b)), (_, Some(amount))] = columns else { return Vec::new() };
        let mut pairs = Vec::new();
        let mut below_zero = None;
        for record in sheet.rows() {
            let mut manager = |column: usize| self.manager(sheet, &record, column, log);
            let (first, second) = (manager(a), manager(b));
            let number = self.amount(sheet, &record, amount, log);
            if self.is_hard && below_zero.is_none() && number.is_some_and(|number| number < 0) {
                below_zero = Some(sheet.cell_spot(&record, amount));
            }
            if let (Some(first), Some(second), Some(number)) = (first, second, number) {
                if first == second {
                    log.error(&sheet.row_spot(&record), "a pair is two different managers", None);
                }
                pairs.push((first, second, number));
            }
        }
        if let Some(first) = below_zero {
            let message = "an amount of a hard rule is below zero, and makes up for what is broken elsewhere";
            log.warn(&first, message, "give the rule a weight instead of hard = true".to_string());
        }
        pairs
    }

    fn manager(&self, sheet: &Sheet, record: &StringRecord, column: usize, log: &mut Log) -> Option<ManagerId> {
        let text = record.get(column).unwrap_or_default();
        let known = self.roster.by_id.get(text).copied();
        if known.is_none() && self.are_names_good {
            return self.roster.find(text, &sheet.cell_spot(record, column), &self.facts.managers, log);
        }
        known
    }

    fn amount(&self, sheet: &Sheet, record: &StringRecord, column: usize, log: &mut Log) -> Option<i64> {
        let text = record.get(column).unwrap_or_default();
        let number = text.parse::<i64>().ok().filter(|number| (-LARGEST_AMOUNT..=LARGEST_AMOUNT).contains(number));
        if number.is_none() {
            let message =
                format!("the amount must be a whole number from -{LARGEST_AMOUNT} to {LARGEST_AMOUNT}, not “{text}”");
            log.error(&sheet.cell_spot(record, column), message, None);
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::decimal;
    use crate::rules::Share;

    #[test]
    fn shares_are_read_digit_by_digit() {
        let share = |text| decimal(text).map(|share: Share| share.millionths);
        assert_eq!(share("0.29"), Some(290_000));
        assert_eq!(share("1"), Some(1_000_000));
        assert_eq!(share("0.340000000"), Some(340_000));
        for wrong in ["1.000001", "-0.1", "0.1234567", "3e-1", "nan", "", "."] {
            assert_eq!(share(wrong), None, "{wrong}");
        }
        assert_eq!(decimal("0.29").map(|share| share.of(100)), Some(29));
    }
}
