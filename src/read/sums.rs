//! Reports numbers that cannot add up, such as managers and seats, before anything is searched.

use super::log::{Log, Spot};
use super::toml::Section;
use crate::facts::{Facts, Members, Wave};
use crate::words::count;

/// Compares the number of managers with the sizes of all cohorts that may take them. Waves that compete for the same
/// managers are added up. Only the first contradiction is reported, since the others mostly follow from it.
pub(super) fn managers(root: &Section, waves: &[(Section, String)], facts: &Facts, log: &mut Log) {
    use Members::{All, Leadership, Others};
    if facts.waves.is_empty() {
        return;
    }
    let all = facts.eligible().count();
    let leaders = facts.eligible().filter(|manager| facts.managers[manager.index()].group.is_some()).count();
    let everyone = &[Leadership, Others, All][..];
    // For each pool of managers: who they are, how many, the waves that may take them, and the waves that can take
    // nobody else.
    let pools = [
        ("taking part", all, everyone, everyone),
        ("with a leadership group", leaders, &[Leadership, All][..], &[Leadership][..]),
        ("without a leadership group", all - leaders, &[Others, All][..], &[Others][..]),
    ];
    let there_are = |n: usize, who: &str| match n {
        0 => format!("there are no managers {who}"),
        1 => format!("there is 1 manager {who}"),
        _ => format!("there are {n} managers {who}"),
    };
    let mut say = |kinds: &[Members], key: &str, message: String, help: &str| {
        log.error(&spot(root, waves, facts, kinds, key), message, help.to_string());
    };
    for (who, count, taking, _) in pools {
        if count > 0 && of(facts, taking).next().is_none() {
            let help = "add a wave for them, or write members = \"all\"";
            return say(everyone, "members", format!("{}, but no wave for them", there_are(count, who)), help);
        }
    }
    for (who, count, taking, only) in pools {
        let (most, least) = (sum(facts, taking, |wave| wave.max), sum(facts, only, |wave| wave.min));
        let there_are = there_are(count, who);
        if count > most {
            let sizes = list(facts, taking, "at most", |wave| wave.max);
            let message = format!("{there_are}, but the cohorts for them hold {most}: {sizes}");
            return say(taking, "size", message, "add cohorts, or make “max” larger");
        }
        if count < least {
            let sizes = list(facts, only, "at least", |wave| wave.min);
            let message = format!("{there_are}, but the cohorts that need them need {least}: {sizes}");
            return say(only, "size", message, "take away cohorts, or make “min” smaller");
        }
    }
}

/// The waves that take these members.
fn of<'a>(facts: &'a Facts, kinds: &[Members]) -> impl Iterator<Item = &'a Wave> {
    facts.waves.iter().filter(|wave| kinds.contains(&wave.members))
}

fn sum(facts: &Facts, kinds: &[Members], size: fn(&Wave) -> usize) -> usize {
    of(facts, kinds).map(|wave| wave.cohorts.len() * size(wave)).sum()
}

/// The sizes of the waves that take these members, in words.
fn list(facts: &Facts, kinds: &[Members], limit: &str, size: fn(&Wave) -> usize) -> String {
    let one = |wave: &Wave| {
        let cohorts = count(wave.cohorts.len(), "cohort");
        format!("{cohorts} of {limit} {} in wave “{}”", size(wave), wave.id)
    };
    let waves: Vec<String> = of(facts, kinds).map(one).collect();
    waves.join(", ")
}

/// The place of the key in the first wave that takes these members.
fn spot(root: &Section, waves: &[(Section, String)], facts: &Facts, kinds: &[Members], key: &str) -> Spot {
    let first = facts.waves.iter().position(|wave| kinds.contains(&wave.members));
    let node = first.and_then(|index| waves.get(index)?.0.get(key));
    node.map_or_else(|| root.at.clone(), |node| node.at())
}

/// The most that a rule can count.
pub(super) struct Most {
    /// The place of its weight, or of the rule itself.
    pub at: Spot,
    /// Its name in reports.
    pub name: String,
    /// As in [`Posed`](crate::term::Posed).
    pub weight: Option<i64>,
    pub amount: i64,
}

impl Most {
    fn cost(&self) -> i128 {
        i128::from(self.amount) * i128::from(self.weight.unwrap_or(1))
    }
}

/// The most that all rules with a weight, or all hard rules, may cost together (chosen). It is far below the largest
/// 64-bit number: the search multiplies scores, and plans made by hand can cost more than any plan that is searched.
const MOST_IN_ALL: i128 = 1_000_000_000_000;

/// Reports rules whose costs would overflow the score, at the rule that can cost most.
pub(super) fn costs(rules: &[Most], log: &mut Log) {
    for is_hard in [true, false] {
        let all = || rules.iter().filter(|rule| rule.weight.is_none() == is_hard);
        let sum: i128 = all().map(Most::cost).sum();
        let Some(dearest) = all().max_by_key(|rule| rule.cost()).filter(|_| sum > MOST_IN_ALL) else { continue };
        let (Most { name, amount, .. }, kind) = (dearest, if is_hard { "hard rules" } else { "rules with a weight" });
        let message = format!("the {kind} can cost {sum} together, and the score has room for {MOST_IN_ALL}");
        let help = match dearest.weight {
            Some(weight) => {
                format!(
                    "the largest part is “{name}”, up to {amount} × {weight}: make its weight smaller, or its amounts"
                )
            }
            None => format!("the largest part is “{name}”, up to {amount}: make its amounts smaller"),
        };
        log.error(&dearest.at, message, help);
    }
}

/// Reports a problem with modules but no room, and modules for which too few consultants can lead.
pub(super) fn equipment(root: &Section, modules: &[(Section, String)], facts: &Facts, log: &mut Log) {
    if facts.modules.is_empty() {
        return;
    }
    if facts.rooms.is_empty() {
        log.error(&root.at, "the problem has modules but no room to hold them in", "add a [[room]]".to_string());
    }
    for (index, (module, (table, _))) in facts.modules.iter().zip(modules).enumerate() {
        let able = facts.consultants.iter().filter(|consultant| consultant.leads[index]).count();
        if able < module.consultants {
            let can = match able {
                0 => "no consultant".to_string(),
                _ => format!("only {}", count(able, "consultant")),
            };
            let at = table.get("consultants").map_or_else(|| table.at.clone(), |node| node.at());
            let message = format!("module “{}” is led by {}, but {can} can lead it", module.id, module.consultants);
            log.error(&at, message, format!("add “{}” to the “modules” of more consultants", module.id));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_IN_ALL, Most, costs};
    use crate::read::log::{Log, Spot};
    use std::path::Path;

    /// How many errors rules of these weights and amounts give.
    fn complaints(rules: &[(Option<i64>, i64)]) -> usize {
        let mut log = Log::default();
        let source = log.found.add_source(Path::new("problem.toml"), "x".repeat(rules.len()));
        let most = |(at, &(weight, amount)): (usize, &(Option<i64>, i64))| Most {
            at: Spot { source, span: at..at + 1 },
            name: "spread:area".to_string(),
            weight,
            amount,
        };
        costs(&rules.iter().enumerate().map(most).collect::<Vec<_>>(), &mut log);
        log.errors()
    }

    #[test]
    fn what_is_hard_and_what_has_a_weight_must_fit_each_for_itself() {
        let half = MOST_IN_ALL as i64 / 2;
        assert_eq!(complaints(&[(None, half), (None, half), (Some(1), half), (Some(2), half / 2)]), 0);
        assert_eq!(complaints(&[(None, half), (None, half + 1), (Some(1), half), (Some(1), half)]), 1);
        assert_eq!(complaints(&[(None, half), (None, half), (Some(2), half / 2), (Some(2), half / 2 + 1)]), 1);
        assert_eq!(complaints(&[(None, i64::MAX), (None, i64::MAX), (Some(i64::MAX), i64::MAX)]), 2);
    }
}
