//! The checker finds faults: a valid plan is made wrong in one known way, and exactly the terms that must change do,
//! by amounts counted by hand. A built-in term or a kind of rule without a case fails a test.

mod builtin;
mod rules;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;
use kohort::calendar::{Part, Session};
use kohort::check::Report;
use kohort::check::measure;
use kohort::facts::Facts;
use kohort::ids::{ConsultantId, ManagerId, RoomId};
use kohort::plan::{CohortPlan, Plan, Run};
use kohort::read;

/// One way to make the plan wrong.
struct Case {
    /// The term that must find the fault.
    term: &'static str,
    /// Lines to add to the problem.
    lines: &'static str,
    /// Whether the valid plan is also the earlier plan.
    has_past: bool,
    /// Makes the plan wrong.
    fault: fn(&mut Broken),
    /// The terms whose amounts change, with the amounts before and after; first that of `term`.
    changes: Vec<(&'static str, i64, i64)>,
    /// Words that the term's messages must contain.
    says: Vec<&'static str>,
}

/// A fault that one term finds.
fn case(term: &'static str, from: i64, to: i64, fault: fn(&mut Broken)) -> Case {
    Case { term, lines: "", has_past: false, fault, changes: vec![(term, from, to)], says: Vec::new() }
}

impl Case {
    /// Adds these lines to the problem.
    fn with(mut self, lines: &'static str) -> Case {
        self.lines = lines;
        self
    }

    /// Uses the valid plan as the earlier plan, too.
    fn after_the_same_plan(mut self) -> Case {
        self.has_past = true;
        self
    }

    /// Another term finds the fault, too.
    fn and(mut self, term: &'static str, from: i64, to: i64) -> Case {
        self.changes.push((term, from, to));
        self
    }

    /// The term's messages contain these words.
    fn says(mut self, words: &[&'static str]) -> Case {
        self.says.extend(words);
        self
    }

    /// Runs the case; the error says what is different from what it should be.
    fn run(&self) -> Result<(), String> {
        let (before, after) = self.reports();
        let amounts = |report: &Report| -> BTreeMap<String, i64> {
            report.terms.iter().map(|term| (term.name.clone(), term.amount)).collect()
        };
        let (before, after_amounts) = (amounts(&before), amounts(&after));
        let changed = |(term, &amount): (&String, &i64)| {
            let now = after_amounts[term];
            (amount != now).then(|| (term.clone(), (amount, now)))
        };
        let found: BTreeMap<String, (i64, i64)> = before.iter().filter_map(changed).collect();
        let wanted: BTreeMap<String, (i64, i64)> =
            self.changes.iter().map(|&(term, from, to)| (term.to_string(), (from, to))).collect();
        if found != wanted {
            return Err(format!("{}: {found:?}\n  but by hand: {wanted:?}", self.term));
        }
        let messages: Vec<&str> = after
            .terms
            .iter()
            .filter(|term| term.name == self.term)
            .flat_map(|term| &term.findings)
            .map(|finding| finding.message.as_str())
            .collect();
        let unsaid = |word: &&&str| !messages.iter().any(|message| message.contains(**word));
        match self.says.iter().find(unsaid) {
            Some(word) => Err(format!("{}: no message says {word}: {messages:#?}", self.term)),
            None => Ok(()),
        }
    }

    /// The checker's reports on the valid plan and on the wrong one.
    fn reports(&self) -> (Report, Report) {
        let folder = Path::new("tests/faults");
        let open = |path: &Path| {
            let mut text = read::from_disk(path)?;
            if path.ends_with("problem.toml") {
                text.extend_from_slice(self.lines.as_bytes());
            }
            Ok(text)
        };
        let mut problem = read::problem_with(&folder.join("problem.toml"), &open)
            .unwrap_or_else(|found| panic!("{}", found.render(false)));
        let plan = read::plan(&folder.join("plan.toml"), &problem).expect("the plan can be read").plan;
        if self.has_past {
            problem.set_earlier(plan.clone());
        }
        let before = measure(&problem, &plan);
        assert_eq!(before.score.hard, 0, "the plan is valid before it is made wrong: {}", self.term);
        let mut broken = Broken { facts: &problem.facts, plan };
        (self.fault)(&mut broken);
        let after = measure(&problem, &broken.plan);
        (before, after)
    }
}

/// The plan that is made wrong, addressed by the names in the files.
struct Broken<'a> {
    facts: &'a Facts,
    plan: Plan,
}

impl Broken<'_> {
    fn manager(&self, id: &str) -> ManagerId {
        let place = self.facts.managers.iter().position(|manager| manager.id == id);
        ManagerId::new(place.expect("there is this manager"))
    }

    fn cohort(&mut self, id: &str) -> &mut CohortPlan {
        let place = self.facts.cohorts.iter().position(|cohort| cohort.id == id);
        &mut self.plan.cohorts[place.expect("there is this cohort")]
    }

    fn run(&mut self, cohort: &str, module: &str) -> &mut Run {
        let place = self.facts.modules.iter().position(|own| own.id == module);
        &mut self.cohort(cohort).runs[place.expect("there is this module")]
    }

    /// Takes a manager out of the cohort.
    fn unseat(&mut self, id: &str, from: &str) {
        let manager = self.manager(id);
        let members = &mut self.cohort(from).members;
        assert!(members.contains(&manager), "“{id}” is in {from}");
        members.retain(|&member| member != manager);
    }

    /// Puts a manager into the cohort, even if the manager already has a seat.
    fn seat(&mut self, id: &str, to: &str) {
        let manager = self.manager(id);
        self.cohort(to).members.push(manager);
    }

    fn shift(&mut self, id: &str, from: &str, to: &str) {
        self.unseat(id, from);
        self.seat(id, to);
    }

    /// Swaps “dan” of the first cohort of others with “fia” of the second.
    fn swap_dan_and_fia(&mut self) {
        self.shift("dan", "second-1", "second-2");
        self.shift("fia", "second-2", "second-1");
    }

    /// Gives the run these sessions of 2015: month, day, part.
    fn hold(&mut self, cohort: &str, module: &str, sessions: &[(u32, u32, Part)]) {
        let date = |month, day| NaiveDate::from_ymd_opt(2015, month, day).expect("there is this date");
        self.run(cohort, module).sessions =
            sessions.iter().map(|&(month, day, part)| Session { date: date(month, day), part }).collect();
    }

    fn meet_in(&mut self, cohort: &str, module: &str, room: &str) {
        let place = self.facts.rooms.iter().position(|own| own.id == room);
        self.run(cohort, module).room = RoomId::new(place.expect("there is this room"));
    }

    fn led_by(&mut self, cohort: &str, module: &str, team: &[&str]) {
        let consultant = |id: &&str| {
            let place = self.facts.consultants.iter().position(|own| own.id == *id);
            ConsultantId::new(place.expect("there is this consultant"))
        };
        self.run(cohort, module).team = team.iter().map(consultant).collect();
    }
}

#[test]
fn the_checker_says_no_in_numbers_counted_by_hand() {
    let cases = builtin::cases().into_iter().chain(rules::cases());
    let wrong: Vec<String> = cases.filter_map(|case| case.run().err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_built_in_term_has_a_case() {
    let told: BTreeSet<&str> = builtin::cases().iter().map(|case| case.term).collect();
    let terms = kohort::builtin::terms();
    let untold: Vec<&str> = terms.iter().map(|term| term.name.as_str()).filter(|name| !told.contains(name)).collect();
    assert_eq!(untold, [""; 0], "built-in terms that nobody has seen say no");
}

#[test]
fn every_kind_of_rule_has_a_case() {
    let told: BTreeSet<&str> =
        rules::cases().iter().map(|case| case.term.split(':').next().unwrap_or_default()).collect();
    let kinds = kohort::rules::RULES.iter().map(|rule| rule.kind);
    let untold: Vec<&str> = kinds.filter(|kind| !told.contains(kind)).collect();
    assert_eq!(untold, [""; 0], "rules that nobody has seen say no");
}
