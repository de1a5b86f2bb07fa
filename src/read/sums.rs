//! Numbers that cannot add up, told with the numbers, before anything is searched.

use super::log::Log;
use super::toml_tree::Section;
use crate::facts::{Facts, Members};

/// Managers against the sizes of the cohorts that may take them, and teams against consultants.
pub(super) fn check(root: &Section, waves: &[(Section, String)], facts: &Facts, log: &mut Log) {
    let leaders = facts.eligible().filter(|manager| facts.managers[manager.index()].group.is_some()).count();
    let others = facts.eligible().count() - leaders;
    let seats = |kinds: &[Members], size: &dyn Fn(&crate::facts::Wave) -> usize| -> usize {
        facts
            .waves
            .iter()
            .filter(|wave| kinds.contains(&wave.members))
            .map(|wave| wave.cohorts.len() * size(wave))
            .sum()
    };
    let at = waves.first().map_or(&root.at, |(table, _)| &table.at);
    use Members::{All, Leadership, Others};
    let pools = [
        ("with a leadership group", leaders, &[Leadership, All][..], &[Leadership][..]),
        ("without a leadership group", others, &[Others, All][..], &[Others][..]),
        ("who take part", leaders + others, &[Leadership, Others, All][..], &[Leadership, Others, All][..]),
    ];
    let mut told = false;
    for (who, managers, taking, only) in pools {
        let most = seats(taking, &|wave| wave.max);
        let least = seats(only, &|wave| wave.min);
        if managers > 0 && !facts.waves.iter().any(|wave| taking.contains(&wave.members)) {
            log.error(
                at,
                format!("no wave takes the {managers} managers {who}"),
                "add a wave, or change “members”".to_string(),
            );
            told = true;
        } else if managers > most && !told {
            log.error(
                at,
                format!("there are {managers} managers {who}, but all cohorts that may take them hold at most {most}"),
                "add cohorts, or make “size.max” larger".to_string(),
            );
            told = true;
        } else if managers < least && !told {
            log.error(
                at,
                format!(
                    "there are {managers} managers {who}, but the cohorts that take no others need at least {least}"
                ),
                "remove cohorts, or make “size.min” smaller".to_string(),
            );
            told = true;
        }
    }
    equip(root, facts, log);
}

/// A problem with modules needs a room, and for each module enough consultants who can lead it.
fn equip(root: &Section, facts: &Facts, log: &mut Log) {
    if facts.modules.is_empty() {
        return;
    }
    if facts.rooms.is_empty() {
        log.error(&root.at, "the problem has modules but no room to hold them in", "add a [[room]]".to_string());
    }
    for (index, module) in facts.modules.iter().enumerate() {
        let able = facts.consultants.iter().filter(|consultant| consultant.leads[index]).count();
        if able < module.consultants {
            log.error(
                &root.at,
                format!(
                    "module “{}” needs a team of {}, but only {able} consultants can lead it",
                    module.id, module.consultants
                ),
                format!("add “{}” to the “modules” of more consultants", module.id),
            );
        }
    }
}
