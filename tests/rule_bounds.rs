//! What rules say they count at the least, and that no plan can be valid, against all plans of tiny groupings.

use std::collections::BTreeMap;
use std::path::Path;

use kohort::bound::reasons_against;
use kohort::facts::{Cohort, Facts};
use kohort::ids::{ManagerId, WaveId};
use kohort::plan::{CohortPlan, Plan};
use kohort::problem::Problem;
use kohort::read;
use kohort::rng::Rng;
use kohort::term::{AtLeast, Placed, Seated, Term};

/// One of the texts.
fn any<'t>(rng: &mut Rng, texts: &[&'t str]) -> &'t str {
    texts[rng.below(texts.len())]
}

/// Up to six managers and three cohorts, with every rule that looks at seats alone, at random; `None` where the numbers
/// do not add up.
fn tiny(rng: &mut Rng) -> Option<Problem> {
    let number = 3 + rng.below(4);
    let mut managers = String::new();
    for id in 0..number {
        let of = [
            any(rng, &["kind = \"x\"", "kind = \"x\"", "kind = \"y\"", "kind = \"z\"", "name = \"of no kind\""]),
            any(rng, &["leadership_group = \"g\"", "leadership_group = \"h\"", "permanent = true", "permanent = true"]),
            any(rng, &["prefers = [\"v\"]", "prefers = [\"w\"]", "from = 2015-01-01"]),
        ];
        let superior = format!("superior = \"m{}\"", (id + 1 + rng.below(number - 1)) % number);
        managers.push_str(&format!("{{ id = \"m{id}\", {}, {superior} }},", of.join(", ")));
    }
    let mut rules = String::new();
    for rule in [
        format!("kind = \"max_share\", attribute = \"kind\", share = {}", any(rng, &["0.2", "0.34", "0.5"])),
        format!("kind = \"max_count\", attribute = \"kind\", count = {}", any(rng, &["0", "1", "2"])),
        format!("kind = \"min_distinct\", attribute = \"kind\", count = {}", any(rng, &["1", "2", "3", "4"])),
        "kind = \"spread\", attribute = \"kind\"".to_owned(),
        "kind = \"apart\", relation = \"superior\"".to_owned(),
        "kind = \"apart\", managers = [\"m0\", \"m1\", \"m2\"]".to_owned(),
        "kind = \"together\", managers = [\"m0\", \"m1\", \"m2\"]".to_owned(),
        "kind = \"preference\"".to_owned(),
    ] {
        let waves = any(rng, &["", "", ", waves = [\"v\"]", ", waves = [\"w\"]", ", waves = [\"v\", \"w\"]"]);
        let weight = any(rng, &["weight = 1", "weight = 1", "weight = 1", "hard = true"]);
        rules.push_str(&format!("{{ {rule}, {weight}{waves} }},"));
    }
    let text = format!(
        "format = 1
        programme = {{ name = \"tiny\" }}
        manager = [{managers}]
        wave = [
            {{ id = \"v\", members = \"{}\", cohorts = 1, size = {{ min = {}, max = {} }} }},
            {{ id = \"w\", members = \"{}\", cohorts = 2, size = {{ min = {}, max = {} }} }},
        ]
        rule = [{rules}]
        {}",
        any(rng, &["all", "leadership"]),
        rng.below(2),
        2 + rng.below(3),
        any(rng, &["all", "others"]),
        rng.below(2),
        1 + rng.below(4),
        any(rng, &["", "", "pin = [{ manager = \"m0\", cohort = \"w-1\" }, { manager = \"m1\", cohort = \"v-1\" }]"]),
    );
    read::problem_text(&text).ok()
}

/// With a hard rule that can fall below zero, the hard score is zero in spite of a breach.
const MADE_UP_FOR: &str = "
format = 1
programme = { name = \"made up for\" }
manager = [{ id = \"a\" }, { id = \"b\" }, { id = \"c\" }]
wave = [{ id = \"w\", members = \"all\", cohorts = 1, size = { min = 1, max = 3 } }]
rule = [
    { kind = \"apart\", managers = [\"a\", \"b\"], hard = true },
    { kind = \"affinity\", file = \"pairs.csv\", hard = true },
]";

#[test]
fn nothing_is_impossible_where_a_hard_rule_can_fall_below_zero() {
    let reasons = |amount: &str| {
        let pairs = format!("a,b,amount\na,c,{amount}\n");
        let open = |path: &Path| {
            Ok(if path.ends_with("pairs.csv") { pairs.clone() } else { MADE_UP_FOR.to_owned() }.into_bytes())
        };
        reasons_against(&read::problem_with(Path::new("problem.toml"), &open).expect("it can be read"))
    };
    assert!(!reasons("0").is_empty(), "one cohort cannot keep two apart");
    assert!(reasons("-1").is_empty(), "the pair in it makes up for that");
}

/// Every way to seat everybody.
fn plans(problem: &Problem) -> impl Iterator<Item = Plan> {
    let (managers, cohorts) = (problem.facts.managers.len() as u32, problem.facts.cohorts.len());
    (0..cohorts.pow(managers)).map(move |number| {
        let seat = |manager: u32| number / cohorts.pow(manager) % cohorts;
        let members = |cohort: usize| (0..managers).filter(|&m| seat(m) == cohort).map(ManagerId).collect();
        Plan { cohorts: (0..cohorts).map(|cohort| CohortPlan { members: members(cohort), runs: Vec::new() }).collect() }
    })
}

/// What such a rule counts is the sum over the cohorts, each by its members, and with waves left out it says no more than
/// the cohorts of the others count.
fn adds_up(facts: &Facts, rule: &dyn Seated, term: &dyn Term, allowed: &[&Plan]) {
    let of_waves = |plan: &Plan, is_in: &dyn Fn(WaveId) -> bool| -> i64 {
        let cohorts = plan.cohorts.iter().zip(&facts.cohorts).filter(|(_, cohort)| is_in(cohort.wave));
        cohorts.map(|(planned, cohort)| rule.cohort(facts, cohort.wave, &planned.members)).sum()
    };
    for plan in allowed {
        assert_eq!(of_waves(plan, &|_| true), term.amount(facts, plan), "{term:?} on {plan:?}");
        for left_out in 0..facts.waves.len() {
            let (least, _) = rule.least(facts, &|wave| wave.index() == left_out);
            let rest = of_waves(plan, &|wave| wave.index() != left_out);
            assert!(least <= rest, "{term:?} without wave {left_out}: {rest}, not {least} at the least, on {plan:?}");
        }
        if let Some(by_class) = rule.by_class() {
            let classes = by_class.classes(facts);
            for (planned, cohort) in plan.cohorts.iter().zip(&facts.cohorts) {
                let mut counted = 0;
                for class in &classes {
                    let there = class.iter().filter(|id| planned.members.contains(id)).count() as i64;
                    let one_more = |beside: i64| by_class.one_more(facts, cohort.wave, class, beside);
                    counted += (0..there).map(one_more).sum::<i64>();
                    assert!((0..5).all(|beside| (0..=one_more(beside + 1)).contains(&one_more(beside))), "{term:?}");
                }
                assert_eq!(counted, rule.cohort(facts, cohort.wave, &planned.members), "{term:?} on {plan:?}");
            }
        }
    }
}

/// What such a rule counts is the sum over the managers, each by the wave.
fn adds_up_by_manager(facts: &Facts, rule: &dyn Placed, term: &dyn Term, allowed: &[&Plan]) {
    for plan in allowed {
        let cohorts = plan.cohorts.iter().zip(&facts.cohorts);
        let of_cohort = |(planned, cohort): (&CohortPlan, &Cohort)| {
            planned.members.iter().map(|&member| rule.manager(facts, cohort.wave, member)).sum::<i64>()
        };
        assert_eq!(cohorts.map(of_cohort).sum::<i64>(), term.amount(facts, plan), "{term:?} on {plan:?}");
    }
}

#[test]
fn no_rule_counts_less_than_it_says_and_what_is_called_impossible_is() {
    let (mut reached, mut impossible, mut undetected) = (BTreeMap::new(), 0, 0);
    for seed in 0..300 {
        let Some(problem) = tiny(&mut Rng::new(seed, 0)) else { continue };
        let facts = &problem.facts;
        let (always, rules) =
            problem.terms.split_at(problem.terms.iter().take_while(|p| p.name != "max_share:kind").count());
        let keeps = |plan: &&Plan| always.iter().all(|posed| posed.term.amount(facts, plan) == 0);
        let all: Vec<Plan> = plans(&problem).collect();
        let allowed: Vec<&Plan> = all.iter().filter(keeps).collect();
        for posed in rules {
            let least = match posed.term.at_least(facts) {
                AtLeast::Amount(least, _) => least,
                AtLeast::Seats(rule) => {
                    adds_up(facts, rule, &*posed.term, &allowed);
                    rule.least(facts, &|_| false).0
                }
                AtLeast::Managers(rule) => {
                    adds_up_by_manager(facts, rule, &*posed.term, &allowed);
                    rule.least_of_all(facts)
                }
                _ => panic!("no timelines here"),
            };
            let amounts = allowed.iter().map(|plan| posed.term.amount(facts, plan));
            if let Some(best) = amounts.min() {
                assert!(least <= best, "seed {seed}: {} counts {best}, not {least} at the least", posed.name);
                if least == best && best > 0 {
                    *reached.entry(posed.name.clone()).or_insert(0) += 1;
                }
            }
        }
        let hard: Vec<_> = rules.iter().filter(|posed| posed.weight.is_none()).collect();
        let is_valid = |plan: &&Plan| hard.iter().all(|posed| posed.term.amount(facts, plan) == 0);
        let reasons = reasons_against(&problem);
        match (allowed.iter().any(is_valid), reasons.is_empty()) {
            (true, false) => panic!("seed {seed}: there are valid plans, in spite of {reasons:?}"),
            (false, false) => impossible += 1,
            (false, true) => undetected += 1,
            (true, true) => {}
        }
    }
    for name in
        ["max_share:kind", "max_count:kind", "min_distinct:kind", "spread:kind", "apart", "together", "preference"]
    {
        assert!(reached.contains_key(name), "{name} never says more than nothing: {reached:?}");
    }
    assert!(impossible > undetected, "{impossible} were found to be impossible, {undetected} were not");
}
