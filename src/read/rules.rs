//! `[[rule]]`: read from what each kind of rule declares.

use toml::de::DeValue;

use super::log::{Log, Spot, suggest};
use super::pins::look_up;
use super::programme::MOST;
use super::roster::Roster;
use super::sheet::Sheet;
use super::toml_tree::{Node, Section};
use crate::facts::Facts;
use crate::ids::{AttributeId, ManagerId, WaveId};
use crate::rules::{Args, KeyKind, Need, RULES, RuleKind, Scope, Share};
use crate::term::Posed;

/// Keys that every rule takes.
const COMMON: [&str; 4] = ["kind", "hard", "weight", "waves"];

/// The most that the amounts of all pairs may be together: times the largest weight it still is a number.
const MOST_IN_ALL: i64 = 1_000_000_000_000;

/// Opens a file that a rule names: its name, and where it is named.
type OpenPairs<'a> = &'a mut dyn FnMut(&str, &Spot, &mut Log) -> Option<usize>;

/// Reads all rules.
pub(super) fn read(root: &Section, facts: &Facts, roster: &Roster, open: OpenPairs, log: &mut Log) -> Vec<Posed> {
    root.sections("rule", log).iter().filter_map(|table| rule(table, facts, roster, open, log)).collect()
}

fn rule(table: &Section, facts: &Facts, roster: &Roster, open: OpenPairs, log: &mut Log) -> Option<Posed> {
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
    let mut args = Args {
        scope: scope(&table, kind, facts, log),
        attribute: None,
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
            KeyKind::Share => args.share = share(&node, log),
            KeyKind::Count if key.name == "min" => args.min = node.number(0, MOST, log),
            KeyKind::Count => args.count = node.number(0, MOST, log),
            KeyKind::Managers => args.managers = managers(&node, facts, roster, log),
            KeyKind::Relation => relation(&node, log),
            KeyKind::Pairs => {
                let source = node.text(log).and_then(|name| open(name, &node.at(), log));
                let sheet = source.and_then(|source| Sheet::read(source, log));
                args.pairs = sheet.map(|sheet| pairs(&sheet, facts, roster, log));
            }
        }
    }
    (!log.found.has_errors()).then(|| Posed { name, summary: kind.summary, weight, term: (kind.build)(facts, args) })
}

/// Keys that must be there, alone or with others.
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

/// `hard = true` or `weight = n`, one of them.
fn weight(table: &Section, log: &mut Log) -> Option<i64> {
    let hard = table.get("hard").and_then(|node| node.boolean(log));
    let weight = table.get("weight").and_then(|node| node.number(1, MOST, log));
    match (hard, table.get("weight")) {
        (Some(true), Some(node)) => {
            log.error(
                &node.at(),
                format!("{} is both hard and has a weight", table.name),
                "keep one of the two".to_string(),
            );
        }
        (None | Some(false), None) if !table.has_slip_for("weight", log) && !table.has_slip_for("hard", log) => {
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
    if found.is_none() {
        let used = facts.attributes.iter().filter(|attribute| !attribute.values.is_empty());
        let known = used.map(|attribute| attribute.name.as_str());
        log.error(&node.at(), format!("no manager has the attribute “{text}”"), suggest(text, "attributes", known));
    }
    found
}

/// A share as it is written, digit by digit.
fn share(node: &Node, log: &mut Log) -> Option<Share> {
    let text = match node.value.get_ref() {
        DeValue::Float(float) => float.as_str().to_string(),
        DeValue::Integer(integer) => integer.to_string(),
        _ => {
            node.wrong("a share, like 0.34", log);
            return None;
        }
    };
    let found = decimal(&text);
    if found.is_none() {
        log.error(
            &node.at(),
            format!("a share goes from 0 to 1 with at most six decimals, but this is {text}"),
            "34 % is written 0.34".to_string(),
        );
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

/// Rows `a,b,amount`.
fn pairs(sheet: &Sheet, facts: &Facts, roster: &Roster, log: &mut Log) -> Vec<(ManagerId, ManagerId, i64)> {
    let columns = ["a", "b", "amount"].map(|name| (name, sheet.column(name)));
    for (name, _) in columns.iter().filter(|(_, column)| column.is_none()) {
        log.error(
            &sheet.header_spot(),
            format!("the file of pairs has no column “{name}”"),
            "its columns are a, b and amount".to_string(),
        );
    }
    let [(_, Some(a)), (_, Some(b)), (_, Some(amount))] = columns else { return Vec::new() };
    let mut pairs = Vec::new();
    for record in sheet.rows() {
        let mut manager = |column: usize| {
            let text = record.get(column).unwrap_or_default();
            let known = roster.by_id.get(text).copied();
            known.or_else(|| roster.find(text, &sheet.cell_spot(&record, column), &facts.managers, log))
        };
        let (first, second) = (manager(a), manager(b));
        let text = record.get(amount).unwrap_or_default();
        let number = text.parse::<i64>().ok().filter(|number| number.abs() <= 1_000_000_000);
        if number.is_none() {
            let message = format!("the amount must be a whole number from -1000000000 to 1000000000, not “{text}”");
            log.error(&sheet.cell_spot(&record, amount), message, None);
        }
        if let (Some(first), Some(second), Some(number)) = (first, second, number) {
            if first == second {
                log.error(&sheet.row_spot(&record), "a pair is two different managers", None);
            }
            pairs.push((first, second, number));
        }
    }
    let total: i64 = pairs.iter().map(|(_, _, amount)| amount.abs()).fold(0, i64::saturating_add);
    if total > MOST_IN_ALL {
        let message = format!("the amounts add up to {total}, and the score has room for {MOST_IN_ALL}");
        log.error(&sheet.header_spot(), message, "divide all amounts by the same number".to_string());
    }
    pairs
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
