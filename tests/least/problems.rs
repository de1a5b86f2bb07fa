//! Random problems that are small enough to look at all their plans: their texts, and how they are read.

use std::fmt;
use std::path::Path;

use kohort::problem::Problem;
use kohort::read;
use kohort::rng::Rng;
use kohort::rules::RULES;

use crate::rules::{ATTRIBUTES, PAIRS, Setting, WAVES, any, quoted, rule};

/// The files of a problem.
#[derive(Debug)]
pub struct Texts {
    problem: String,
    pairs: [String; 2],
}

impl Texts {
    /// Reads the problem; `None` where its numbers do not add up.
    pub fn read(&self) -> Option<Problem> {
        let open = |path: &Path| {
            let file = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            let pairs = PAIRS.iter().position(|name| *name == file);
            Ok(pairs.map_or(&self.problem, |index| &self.pairs[index]).clone().into_bytes())
        };
        read::problem_with(Path::new("problem.toml"), &open).ok()
    }
}

impl fmt::Display for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.problem)?;
        PAIRS.iter().zip(&self.pairs).try_for_each(|(name, text)| write!(f, "{name}:\n{text}"))
    }
}

/// The members that the waves take, and how many cohorts they have.
struct Waves {
    members: Vec<&'static str>,
    cohorts: Vec<usize>,
}

impl Waves {
    /// One or two random waves, of at most `most` cohorts together.
    fn any(rng: &mut Rng, most: usize) -> Waves {
        let members: Vec<_> = (0..1 + rng.below(2)).map(|_| any(rng, &["leadership", "others", "all"])).collect();
        let mut left = most - members.len();
        let cohorts = members.iter().map(|_| {
            let more = rng.below(left + 1);
            left -= more;
            1 + more
        });
        Waves { cohorts: cohorts.collect(), members }
    }

    fn all_cohorts(&self) -> Vec<String> {
        let of_wave = |(wave, &cohorts): (usize, &usize)| (1..=cohorts).map(move |n| format!("{}-{n}", WAVES[wave]));
        self.cohorts.iter().enumerate().flat_map(of_wave).collect()
    }

    /// The tables of the waves, for this many managers.
    fn text(&self, rng: &mut Rng, managers: usize, dated: bool) -> String {
        let table = |wave: usize| {
            let fewest = usize::from(dated) + rng.below(3 - usize::from(dated));
            let most = 1 + rng.below(managers).max(fewest);
            let start = any(rng, &["", "", ", start = { to = 2015-09-08 }", ", start = { from = 2015-09-08 }"]);
            let (id, members, cohorts) = (WAVES[wave], self.members[wave], self.cohorts[wave]);
            format!(
                "{{ id = \"{id}\", members = \"{members}\", cohorts = {cohorts}, size = {{ min = {fewest}, max = {most} }}{} }}",
                if dated { start } else { "" }
            )
        };
        let tables: Vec<String> = (0..self.members.len()).map(table).collect();
        tables.join(",\n")
    }
}

/// A random date of the programme, or a half of one.
fn any_time(rng: &mut Rng) -> &'static str {
    any(rng, &["2015-09-07", "2015-09-08", "2015-09-09", "\"2015-09-07 am\"", "\"2015-09-08 pm\"", "\"2015-09-09 am\""])
}

/// Random managers, with everything that a rule can look at.
fn managers(rng: &mut Rng, number: usize, waves: &Waves, dated: bool) -> String {
    let takes = |members: &str| waves.members.iter().any(|wave| [members, "all"].contains(wave));
    let groups = match (takes("leadership"), takes("others")) {
        (true, true) => ["leadership_group = \"g\"", "leadership_group = \"h\"", "", ""],
        (true, false) => [
            "leadership_group = \"g\"",
            "leadership_group = \"h\"",
            "leadership_group = \"i\"",
            "leadership_group = \"j\"",
        ],
        (false, _) => [""; 4],
    };
    let table = |id: usize| {
        let mut keys = vec![format!("id = \"m{id}\""), any(rng, &groups).to_owned()];
        for attribute in ATTRIBUTES {
            let value = ["x", "y"].get(id).copied().unwrap_or_else(|| any(rng, &["x", "x", "y", "z", ""]));
            keys.push(if value.is_empty() { String::new() } else { format!("{attribute} = \"{value}\"") });
        }
        if rng.chance(3, 4) {
            keys.push(format!("superior = \"m{}\"", (id + 1 + rng.below(number - 1)) % number));
        }
        if rng.chance(1, 2) {
            keys.push(format!("prefers = [{}]", quoted(WAVES[rng.below(waves.members.len())])));
        }
        keys.push(any(rng, &["permanent = false", "", "", "", "", "", "", ""]).to_owned());
        if dated {
            keys.push(any(rng, &["from = 2015-09-08", "until = 2015-09-08", "", "", "", ""]).to_owned());
            let away: Vec<&str> = (0..rng.below(3)).map(|_| any_time(rng)).collect();
            keys.push(format!("unavailable = [{}]", away.join(", ")));
        }
        keys.retain(|key| !key.is_empty());
        format!("{{ {} }}", keys.join(", "))
    };
    let tables: Vec<String> = (0..number).map(table).collect();
    tables.join(",\n")
}

/// Random modules, rooms and consultants on few dates, and sometimes a pin of a run.
fn programme(rng: &mut Rng, cohorts: &[String], pins: &mut Vec<String>) -> String {
    let consultants = 1 + rng.below(3);
    let module = |id: &str, sessions: &str, rng: &mut Rng| {
        let team = rng.below(consultants.min(2) + 1);
        format!("{{ id = \"{id}\", sessions = [{sessions}], consultants = {team} }}")
    };
    let mut modules = vec![module("a", any(rng, &["\"full\"", "\"half\"", "\"am\"", "\"half\", \"pm\""]), rng)];
    if rng.chance(1, 2) {
        modules.push(module("b", any(rng, &["\"full\"", "\"half\"", "\"pm\""]), rng));
    }
    let room = |id: usize, rng: &mut Rng| {
        let days = any(rng, &["", "", ", weekdays = [\"mon\", \"wed\"]"]);
        format!("{{ id = \"r{id}\", seats = {}, cost = {}{days} }}", 1 + rng.below(4), rng.below(3))
    };
    let rooms: Vec<String> = (0..1 + rng.below(2)).map(|id| room(id, rng)).collect();
    let consultant = |id: usize, rng: &mut Rng| {
        let leads = any(rng, &["\"a\", \"b\"", "\"a\", \"b\"", "\"a\", \"b\"", "\"b\"", "\"a\""]);
        let leads = if modules.len() == 1 { "\"a\"" } else { leads };
        let limit = any(
            rng,
            &["", "", ", max_days = { week = 2 }", ", max_days = { total = 1 }", ", max_days = { month = 2 }"],
        );
        let away = if rng.chance(1, 3) { any_time(rng) } else { "" };
        format!("{{ id = \"k{id}\", modules = [{leads}], unavailable = [{away}]{limit} }}")
    };
    let staff: Vec<String> = (0..consultants).map(|id| consultant(id, rng)).collect();
    if rng.chance(1, 4) {
        let what = any(rng, &["room = \"r0\"", "team = [\"k0\"]", "sessions = [{ date = 2015-09-08, part = \"am\" }]"]);
        let cohort = quoted(&cohorts[rng.below(cohorts.len())]);
        pins.push(format!("{{ cohort = {cohort}, module = \"a\", {what} }}"));
    }
    let frozen = if rng.chance(1, 5) { ", frozen_until = 2015-09-07" } else { "" };
    let closed = if rng.chance(1, 3) { any_time(rng) } else { "" };
    let gap = any(
        rng,
        &["min = 0, ideal = 1, max = 2", "min = 1, ideal = 2", "min = 0, ideal = 0", "min = 1, ideal = 1, max = 1"],
    );
    format!(
        "programme = {{ name = \"tiny\", start = 2015-09-07, end = 2015-09-{:02}, gap = {{ {gap} }}, avoid = [{}], closed = [{closed}]{frozen} }}
         module = [{}]
         room = [{}]
         consultant = [{}]",
        9 + rng.below(2),
        any_time(rng),
        modules.join(", "),
        rooms.join(", "),
        staff.join(", ")
    )
}

/// The rows of a file of pairs, with amounts from `least` on.
fn pairs(rng: &mut Rng, managers: usize, least: i64) -> String {
    let mut text = "a,b,amount\n".to_owned();
    // With many pairs nearly all managers are in one.
    for _ in 0..2 + rng.below(3 * managers) {
        let a = rng.below(managers);
        let b = (a + 1 + rng.below(managers - 1)) % managers;
        text.push_str(&format!("m{a},m{b},{}\n", least + rng.below(6) as i64));
    }
    text
}

/// The files of a random problem of up to six managers and three cohorts; with modules (`dated`) of up to four
/// managers and two cohorts. It has about half of all kinds of rules, some of them hard. Its numbers may not add up.
pub fn texts(rng: &mut Rng, dated: bool) -> Texts {
    let number = if dated { 2 + rng.below(3) } else { 3 + rng.below(4) };
    let waves = Waves::any(rng, if dated { 2 } else { 3 });
    let cohorts = waves.all_cohorts();
    let mut pins = Vec::new();
    if rng.chance(1, 3) {
        let cohort = quoted(&cohorts[rng.below(cohorts.len())]);
        pins.push(format!("{{ manager = \"m{}\", cohort = {cohort} }}", rng.below(number)));
    }
    let programme = if dated { programme(rng, &cohorts, &mut pins) } else { String::new() };
    let hard = any(rng, &[0, 1, 1]);
    let mut rules = Vec::new();
    for kind in RULES {
        if rng.chance(1, 2) {
            let is_hard = rng.chance(hard, 6);
            rules.push(rule(rng, kind, &Setting { managers: number, waves: waves.members.len(), is_hard }));
        }
    }
    let problem = format!(
        "format = 1\n{programme}\nmanager = [\n{}\n]\nwave = [\n{}\n]\npin = [{}]\nrule = [\n{}\n]\n",
        managers(rng, number, &waves, dated),
        waves.text(rng, number, dated),
        pins.join(", "),
        rules.join(",\n")
    );
    Texts { problem, pairs: [pairs(rng, number, -3), pairs(rng, number, 0)] }
}
