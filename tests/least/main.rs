//! The laws of the lower and upper limits that terms state for their amounts: “optimal” and “impossible” rest on
//! them. All rules of `RULES` and all built-in terms are tested on all plans of tiny problems.

mod cases;
mod one_too_high;
mod plans;
mod problems;
mod promises;
mod rules;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use kohort::bound::{lower_bound, reasons_against};
use kohort::facts::Members;
use kohort::read;
use kohort::rng::Rng;
use kohort::rules::RULES;
use kohort::term::Posed;

use cases::{ALL, Case, any_plan};
use one_too_high::OneTooHigh;
use promises::{least_is_kept, parts_add_up, says};

/// Rules whose lower bound is zero for every problem.
const SAY_NOTHING: [&str; 1] = ["stability"];

/// The kind of a rule, from its name in reports.
fn kind(posed: &Posed) -> &str {
    posed.name.split(':').next().unwrap_or_default()
}

/// Every rule of every case, with its amounts.
fn rules_of(case: &Case) -> impl Iterator<Item = (&Posed, &Vec<i64>)> {
    let built_in = plans::built_in(&case.problem).len();
    case.problem.terms.iter().zip(&case.amounts).skip(built_in)
}

#[test]
fn no_term_counts_less_than_it_says() {
    for case in ALL.iter() {
        let facts = &case.problem.facts;
        for (posed, amounts) in case.problem.terms.iter().zip(&case.amounts) {
            let fail = |error| panic!("{}\n{}: {error}", case.name, posed.name);
            least_is_kept(facts, &*posed.term, &case.plans, amounts).unwrap_or_else(fail);
            for (plan, &amount) in case.plans.iter().zip(amounts) {
                parts_add_up(facts, &*posed.term, plan, amount).unwrap_or_else(fail);
            }
        }
    }
}

#[test]
fn a_rule_that_says_one_too_much_is_caught() {
    let mut caught = BTreeSet::new();
    for case in ALL.iter() {
        for (posed, amounts) in rules_of(case) {
            let wrong = OneTooHigh(&*posed.term);
            if least_is_kept(&case.problem.facts, &wrong, &case.plans, amounts).is_err() {
                caught.insert(kind(posed));
            }
        }
    }
    for rule in RULES {
        assert!(caught.contains(rule.kind), "“{}” might say one more at the least, and nobody would see", rule.kind);
    }
}

#[test]
fn every_rule_reaches_what_it_says() {
    let mut reached = BTreeSet::new();
    for case in ALL.iter() {
        for (posed, amounts) in rules_of(case) {
            let reaches =
                |(plan, &amount): (_, &i64)| amount != 0 && says(&case.problem.facts, &*posed.term, plan) == amount;
            if case.plans.iter().zip(amounts).any(reaches) {
                reached.insert(kind(posed));
            }
        }
    }
    for rule in RULES.iter().filter(|rule| !SAY_NOTHING.contains(&rule.kind)) {
        assert!(
            reached.contains(rule.kind),
            "“{}” never counts what it says at the least, but for zero: let it say more, or name it in SAY_NOTHING",
            rule.kind
        );
    }
}

#[test]
fn no_valid_plan_is_called_impossible_or_costs_less_than_the_bound() {
    let (mut possible, mut impossible, mut undetected, mut met) = (0, 0, 0, 0);
    for case in ALL.iter() {
        let reasons = reasons_against(&case.problem);
        let best = case.valid().min_by_key(|(_, soft)| *soft);
        match best {
            None if reasons.is_empty() => undetected += 1,
            None => impossible += 1,
            Some((plan, soft)) => {
                assert!(reasons.is_empty(), "{}\nthere are valid plans, in spite of {reasons:?}: {plan:?}", case.name);
                let bound = lower_bound(&case.problem, 3, &AtomicBool::new(false), None);
                assert!(bound.soft <= soft, "{}\n{bound:#?} is above {soft} of {plan:?}", case.name);
                possible += 1;
                met += usize::from(bound.soft == soft && soft != 0);
            }
        }
    }
    assert!(possible > impossible && impossible > undetected, "{possible}, {impossible} and {undetected}");
    assert!(met * 8 > possible, "the bound is what the best plan costs, and not 0, of {met} problems of {possible}");
}

#[test]
fn no_amount_is_above_the_most_that_its_rule_says() {
    let mut reached = BTreeSet::new();
    for case in ALL.iter() {
        let (problem, facts) = (&case.problem, &case.problem.facts);
        let size = problem.terms.iter().find(|posed| posed.name == "size").expect("a built-in term");
        let mut seatings = plans::seatings(problem);
        seatings.retain(|plan| size.term.amount(facts, plan) == 0);
        let runs: Vec<_> = (0..facts.modules.len()).map(|module| plans::runs(problem, module)).collect();
        if seatings.is_empty() || runs.iter().any(Vec::is_empty) {
            continue;
        }
        let rng = &mut Rng::new(1, 2);
        let plans =
            if runs.is_empty() { seatings } else { (0..200).map(|_| any_plan(rng, &seatings, &runs)).collect() };
        for (posed, plan) in plans::rules(problem).iter().flat_map(|posed| plans.iter().map(move |plan| (posed, plan)))
        {
            let (amount, most) = (posed.term.amount(facts, plan).abs(), posed.most.expect("every rule has one"));
            assert!(amount <= most, "{}\n{} is {amount} and at most {most} on {plan:?}", case.name, posed.name);
            if amount == most && most > 0 {
                reached.insert(kind(posed));
            }
        }
    }
    assert!(2 * reached.len() > RULES.len(), "only {reached:?} are ever as much as their most: one less would be seen");
}

#[test]
fn the_walk_leaves_nothing_out() {
    let (mut above_zero, mut forms, mut members) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let (mut pinned, mut booked) = ([0; 2], [0; 2]);
    for case in ALL.iter() {
        let facts = &case.problem.facts;
        for (posed, amounts) in rules_of(case) {
            forms.insert((kind(posed), posed.weight.is_none()));
            if amounts.iter().any(|&amount| amount > 0) {
                above_zero.insert(kind(posed));
            }
        }
        if !case.plans.is_empty() {
            let dated = usize::from(!facts.modules.is_empty());
            booked[dated] += 1;
            pinned[dated] += usize::from(!facts.pins.is_empty());
            members.extend(facts.waves.iter().map(|wave| (dated, wave.members.name())));
        }
    }
    for rule in RULES {
        for is_hard in [true, false] {
            let is_there = forms.contains(&(rule.kind, is_hard));
            assert!(
                is_there,
                "no “{}” with hard = {is_hard} can be read: are the examples of its keys good?",
                rule.kind
            );
        }
        assert!(above_zero.contains(rule.kind), "“{}” never counts anything on these plans", rule.kind);
    }
    for of in [Members::Leadership, Members::Others, Members::All] {
        assert!([0, 1].iter().all(|&dated| members.contains(&(dated, of.name()))), "no wave of {}", of.name());
    }
    assert!(booked.iter().chain(&pinned).all(|&cases| cases > 20), "{booked:?} {pinned:?}");
}

#[test]
fn all_plans_that_keep_the_built_in_terms_are_looked_at() {
    let mut compared = 0;
    for case in ALL.iter().filter(|case| !case.problem.facts.modules.is_empty()) {
        let (problem, facts) = (&case.problem, &case.problem.facts);
        let seatings = plans::seatings(problem);
        let of_cohort: Vec<_> = (0..facts.modules.len()).map(|module| plans::runs(problem, module)).collect();
        let of_all: Vec<_> = facts.cohorts.iter().flat_map(|_| of_cohort.clone()).collect();
        if of_all.iter().map(Vec::len).product::<usize>() * seatings.len() > 3_000 {
            continue;
        }
        let mut kept = 0;
        for runs in plans::product(&of_all) {
            for mut plan in seatings.iter().cloned() {
                let own = plan.cohorts.iter_mut().zip(runs.chunks(facts.modules.len()));
                own.for_each(|(cohort, runs)| cohort.runs = runs.to_vec());
                kept += usize::from(plans::keeps_built_in(problem, &plan));
            }
        }
        assert_eq!(kept, case.plans.len(), "{}", case.name);
        compared += usize::from(kept > 0);
    }
    assert!(compared > 20, "only {compared} problems are small enough");
}

/// With a hard rule that can fall below zero, the hard score can be zero in spite of a breach.
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
