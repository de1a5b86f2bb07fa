//! Warns of names in a roster that differ only in capital letters or by a typing error. kohort takes them as two
//! names, but the planner most likely means one.

use std::collections::HashMap;

use super::log::{Log, Spot, did_you_mean};
use super::roster::Roster;
use crate::facts::Group;

/// With more leadership groups of one member than this (chosen), they are taken as intended.
const MOST_ALONE: usize = 100;

/// Warns of ids, leadership groups and values of attributes that look alike.
pub(super) fn warn(roster: &Roster, log: &mut Log) {
    let Roster { managers, groups, attributes, spots, .. } = roster;
    // In the order of the files, so that the warning stands at the second of two names.
    let mut order: Vec<(usize, &Spot)> = spots.iter().enumerate().collect();
    order.sort_by_key(|(_, spot)| (spot.source, spot.span.start));
    let in_order = || order.iter().copied();
    alike("ids of managers", in_order().map(|(index, spot)| (managers[index].id.as_str(), spot)), log);
    for (number, attribute) in attributes.iter().enumerate() {
        let value = |(index, spot): (usize, _)| {
            let value = managers[index].values.get(number).copied().flatten()?;
            Some((attribute.values[value as usize].as_str(), spot))
        };
        alike(&format!("values of “{}”", attribute.name), in_order().filter_map(value), log);
    }
    let group = |(index, spot): (usize, _)| Some((groups[managers[index].group?.index()].id.as_str(), spot));
    alike("leadership groups", in_order().filter_map(group), log);
    let alone: Vec<&Group> = groups.iter().filter(|group| group.members.len() == 1).collect();
    for group in alone.iter().filter(|_| alone.len() <= MOST_ALONE) {
        let larger = groups.iter().filter(|other| other.members.len() > 1).map(|other| other.id.as_str());
        // Names that differ only in capital letters are reported above, and numbers tell groups apart on purpose.
        let is_slip =
            |other: &&str| other.to_lowercase() != group.id.to_lowercase() && words(other) != words(&group.id);
        if let Some(help) = did_you_mean(&group.id, larger.filter(is_slip)) {
            let only = group.members[0].index();
            let message = format!("leadership group “{}” has one member alone, “{}”", group.id, managers[only].id);
            log.warn(&spots[only], message, help);
        }
    }
}

/// The name without its digits.
fn words(name: &str) -> String {
    name.chars().filter(|sign| !sign.is_ascii_digit()).collect()
}

/// Warns at the first use of each name that differs from an earlier one only in capital letters.
fn alike<'a>(what: &str, names: impl Iterator<Item = (&'a str, &'a Spot)>, log: &mut Log) {
    let mut known: HashMap<String, Vec<&str>> = HashMap::new();
    for (name, spot) in names {
        let alike = known.entry(name.to_lowercase()).or_default();
        if alike.contains(&name) {
            continue;
        }
        if let Some(first) = alike.first() {
            let help = "write them alike if they are meant to be the same".to_string();
            log.warn(spot, format!("“{first}” and “{name}” are two {what}"), help);
        }
        alike.push(name);
    }
}
