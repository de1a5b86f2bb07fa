//! The promises that a term makes with its lower bound, tested on plans that keep all built-in terms.

use kohort::draft::Sitting;
use kohort::facts::{Cohort, Facts};
use kohort::ids::{ConsultantId, ManagerId, ModuleId, WaveId};
use kohort::plan::{CohortPlan, Plan};
use kohort::term::{AtLeast, ByClass, Placed, Seated, Term, Timed, Worked};

/// The cohorts of a plan with those of the problem.
fn cohorts<'a>(facts: &'a Facts, plan: &'a Plan) -> impl Iterator<Item = (&'a CohortPlan, &'a Cohort)> {
    plan.cohorts.iter().zip(&facts.cohorts)
}

/// The charges for one cohort.
fn charged(facts: &Facts, rule: &dyn Timed, wave: WaveId, cohort: &CohortPlan) -> i64 {
    let mut sum = 0;
    for (index, run) in cohort.runs.iter().enumerate() {
        let module = ModuleId::new(index);
        for sitting in run.sessions.iter().filter_map(|&session| Sitting::of(facts, session)) {
            sum += rule.sitting(facts, wave, module, sitting, run.room);
            sum += cohort.members.iter().map(|&member| rule.member(facts, wave, member, sitting)).sum::<i64>();
        }
        if let Some(day) = run.last().and_then(|date| facts.slots.day(date)) {
            sum += rule.end(facts, wave, module, day);
        }
    }
    for (earlier, pair) in cohort.runs.windows(2).enumerate() {
        if let (Some(last), Some(first)) = (pair[0].last(), pair[1].first()) {
            sum += rule.gap(facts, wave, ModuleId::new(earlier + 1), (first - last).num_days());
        }
    }
    let mut met: Vec<ConsultantId> = cohort.runs.iter().flat_map(|run| &run.team).copied().collect();
    met.sort_unstable();
    met.dedup();
    sum + rule.faces(facts, wave, met.len())
}

/// The term's lower bound: over all plans, or where it charges cohorts, the charges of this plan.
pub fn says(facts: &Facts, term: &dyn Term, plan: &Plan) -> i64 {
    match term.at_least(facts) {
        AtLeast::Amount(least, _) => least,
        AtLeast::Seats(rule) => rule.least(facts, &|_| false).0,
        AtLeast::Managers(rule) => rule.least_of_all(facts),
        AtLeast::Work(rule) => rule.least(facts).0,
        AtLeast::Timelines(rule) => {
            cohorts(facts, plan).map(|(planned, cohort)| charged(facts, rule, cohort.wave, planned)).sum()
        }
    }
}

/// No plan has a smaller amount than the term's lower bound. `amounts` are the term's amounts on the plans.
pub fn least_is_kept(facts: &Facts, term: &dyn Term, plans: &[Plan], amounts: &[i64]) -> Result<(), String> {
    for (plan, &amount) in plans.iter().zip(amounts) {
        let least = says(facts, term, plan);
        if least > amount {
            return Err(format!("it counts {amount}, not {least} at the least, on {plan:?}"));
        }
    }
    Ok(())
}

/// Where a term promises that its amount is a sum of parts, the parts of this plan add up to its amount.
pub fn parts_add_up(facts: &Facts, term: &dyn Term, plan: &Plan, amount: i64) -> Result<(), String> {
    match term.at_least(facts) {
        AtLeast::Amount(..) | AtLeast::Timelines(_) => Ok(()),
        AtLeast::Seats(rule) => by_cohort(facts, rule, plan, amount),
        AtLeast::Managers(rule) => by_manager(facts, rule, plan, amount),
        AtLeast::Work(rule) => by_date(facts, rule, plan, amount),
    }
    .map_err(|error| format!("{error}, on {plan:?}"))
}

fn equal(what: &str, part: i64, whole: i64) -> Result<(), String> {
    if part == whole { Ok(()) } else { Err(format!("{what} are {part}, not {whole}")) }
}

/// Whether several cohorts have sessions at the same time.
fn meet_at_once(plan: &Plan) -> bool {
    let sessions = |cohort: &CohortPlan| cohort.runs.iter().flat_map(|run| run.sessions.clone()).collect::<Vec<_>>();
    let mut slots: Vec<_> = plan.cohorts.iter().flat_map(sessions).flat_map(|session| session.slots()).collect();
    slots.sort_unstable();
    slots.windows(2).any(|pair| pair[0] == pair[1])
}

fn by_cohort(facts: &Facts, rule: &dyn Seated, plan: &Plan, amount: i64) -> Result<(), String> {
    let counted = |(planned, cohort): (&CohortPlan, &Cohort)| rule.cohort(facts, cohort.wave, &planned.members);
    let all: i64 = cohorts(facts, plan).map(counted).sum();
    if all > amount || !meet_at_once(plan) {
        equal("all cohorts", all, amount)?;
    }
    for set in 1..1 << facts.waves.len() {
        let is_left_out = |wave: WaveId| set >> wave.index() & 1 == 1;
        let (least, _) = rule.least(facts, &is_left_out);
        let rest: i64 = cohorts(facts, plan).filter(|(_, cohort)| !is_left_out(cohort.wave)).map(counted).sum();
        if least > rest {
            return Err(format!("without waves {set:b} it counts {rest}, not {least} at the least"));
        }
    }
    cohorts(facts, plan).try_for_each(|(planned, cohort)| {
        let own = counted((planned, cohort));
        if own < 0 {
            return Err(format!("{} counts {own}", cohort.id));
        }
        rule.by_class().map_or(Ok(()), |by_class| by_classes(facts, by_class, cohort.wave, &planned.members, own))
    })
}

fn by_classes(facts: &Facts, rule: &dyn ByClass, wave: WaveId, members: &[ManagerId], own: i64) -> Result<(), String> {
    let mut counted = 0;
    for class in rule.classes(facts) {
        let there = class.iter().filter(|id| members.contains(id)).count() as i64;
        let one_more = |beside: i64| rule.one_more(facts, wave, &class, beside);
        counted += (0..there).map(one_more).sum::<i64>();
        if let Some(beside) = (0..5).find(|&beside| !(0..=one_more(beside + 1)).contains(&one_more(beside))) {
            return Err(format!(
                "one more of {class:?} beside {beside} counts more than beside one more, or below zero"
            ));
        }
    }
    equal("the classes of a cohort", counted, own)
}

fn by_manager(facts: &Facts, rule: &dyn Placed, plan: &Plan, amount: i64) -> Result<(), String> {
    let mut all = 0;
    for (planned, cohort) in cohorts(facts, plan) {
        for &member in &planned.members {
            let (here, least) = (rule.manager(facts, cohort.wave, member), rule.least(facts, member));
            if least > here || here < 0 {
                return Err(format!("{member:?} counts {here}, not {least} at the least"));
            }
            all += here;
        }
    }
    equal("all managers", all, amount)
}

fn by_date(facts: &Facts, rule: &dyn Worked, plan: &Plan, amount: i64) -> Result<(), String> {
    let runs = || plan.cohorts.iter().flat_map(|cohort| &cohort.runs);
    let dates = |consultant: usize| {
        let led = runs().filter(|run| run.team.contains(&ConsultantId::new(consultant)));
        let mut dates: Vec<_> = led.flat_map(|run| &run.sessions).map(|session| session.date).collect();
        dates.sort_unstable();
        dates.dedup();
        dates.len() as i64
    };
    if let Some(dates) = (0..8).find(|&dates| !(0..=rule.one_more(dates + 1)).contains(&rule.one_more(dates))) {
        return Err(format!("one more date beside {dates} counts more than beside one more, or below zero"));
    }
    let of_dates = |dates: i64| (0..dates).map(|beside| rule.one_more(beside)).sum::<i64>();
    equal("all consultants", (0..facts.consultants.len()).map(|who| of_dates(dates(who))).sum(), amount)
}
