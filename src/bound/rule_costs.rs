//! The problem's rules, by what they look at, and what each charges.

use super::costs::{MAX_COST, POINT, weighted};
use super::parts::BoundPart;
use crate::draft::Sitting;
use crate::facts::Facts;
use crate::ids::{ManagerId, WaveId};
use crate::problem::Problem;
use crate::term::{AtLeast, ByClass, Placed, Seated, Timed, Worked};

/// The rules, each with its name and weight.
pub struct RuleCosts<'a> {
    facts: &'a Facts,
    /// The parts that need no further proof.
    pub amounts: Vec<BoundPart>,
    seats: Vec<(&'a str, i64, &'a dyn Seated)>,
    /// The hard rules that look at a cohort's members alone. They have no weight.
    hard_seats: Vec<&'a dyn Seated>,
    placed: Vec<(&'a str, i64, &'a dyn Placed)>,
    timelines: Vec<(&'a str, i64, &'a dyn Timed)>,
    work: Vec<(&'a str, i64, &'a dyn Worked)>,
}

impl<'a> RuleCosts<'a> {
    /// The rules of the problem.
    pub fn of(problem: &'a Problem) -> RuleCosts<'a> {
        let mut rules = RuleCosts {
            facts: &problem.facts,
            amounts: Vec::new(),
            seats: Vec::new(),
            hard_seats: Vec::new(),
            placed: Vec::new(),
            timelines: Vec::new(),
            work: Vec::new(),
        };
        for posed in &problem.terms {
            let name = posed.name.as_str();
            match (posed.weight, posed.term.at_least(&problem.facts)) {
                (Some(weight), AtLeast::Amount(amount, why)) => {
                    rules.amounts.push(BoundPart { term: name.to_owned(), cost: weight.saturating_mul(amount), why });
                }
                (Some(weight), AtLeast::Seats(rule)) => rules.seats.push((name, weight, rule)),
                (None, AtLeast::Seats(rule)) => rules.hard_seats.push(rule),
                (Some(weight), AtLeast::Managers(rule)) => {
                    let cost = weight.saturating_mul(rule.least_of_all(rules.facts));
                    rules.amounts.push(BoundPart { term: name.to_owned(), cost, why: rule.why() });
                    rules.placed.push((name, weight, rule));
                }
                (Some(weight), AtLeast::Timelines(rule)) => rules.timelines.push((name, weight, rule)),
                (Some(weight), AtLeast::Work(rule)) => rules.work.push((name, weight, rule)),
                (None, _) => {}
            }
        }
        rules
    }

    /// What a manager costs in a cohort of the wave, whoever else is in it and whenever it meets, beyond the least that the
    /// manager costs in any wave; in thousandths.
    pub fn of_manager(&self, wave: WaveId, manager: ManagerId) -> i64 {
        let more = |rule: &dyn Placed| rule.manager(self.facts, wave, manager) - rule.least(self.facts, manager);
        weighted(self.placed.iter().map(|&(_, weight, rule)| (weight, more(rule))))
    }

    /// What these members of a cohort of the wave cost by having to come to a session, in thousandths.
    pub fn of_attendance(&self, wave: WaveId, members: &[ManagerId], sitting: Sitting) -> i64 {
        let amount = |rule: &dyn Timed| {
            members.iter().map(|&manager| rule.member(self.facts, wave, manager, sitting)).sum::<i64>()
        };
        weighted(self.timelines.iter().map(|&(_, weight, rule)| (weight, amount(rule))))
    }

    /// What a cohort of the wave with just these members costs for who they are, in thousandths; `None` where they break a
    /// hard rule.
    pub fn of_members(&self, wave: WaveId, members: &[ManagerId]) -> Option<i64> {
        let amount = |rule: &dyn Seated| rule.cohort(self.facts, wave, members);
        let is_kept = self.hard_seats.iter().all(|rule| amount(*rule) == 0);
        is_kept.then(|| weighted(self.seats.iter().map(|&(_, weight, rule)| (weight, amount(rule)))))
    }

    /// The rules that count by classes, each after the cost of one unit of its amount in thousandths, hard rules first. Then
    /// the least that those with a weight cost in thousandths, without the waves for which `is_left_out` says so.
    pub fn by_class(&self, is_left_out: &dyn Fn(WaveId) -> bool) -> (Vec<(i64, &'a dyn ByClass)>, i64) {
        let hard = self.hard_seats.iter().filter_map(|rule| Some((MAX_COST, rule.by_class()?)));
        let soft = self.seats.iter().filter_map(|&(_, weight, rule)| Some((weight, rule, rule.by_class()?)));
        // This is subtracted later, so it must not be cut as a cost may be.
        let least = soft.clone().map(|(weight, rule, _)| weight.saturating_mul(rule.least(self.facts, is_left_out).0));
        let least = least.fold(0, i64::saturating_add).saturating_mul(POINT);
        (hard.chain(soft.map(|(weight, _, by_class)| (weighted([(weight, 1)].into_iter()), by_class))).collect(), least)
    }

    /// The rules that charge timelines, each after its weight.
    pub fn timeline_rules(&self) -> Vec<(i64, &'a dyn Timed)> {
        self.timelines.iter().map(|&(_, weight, rule)| (weight, rule)).collect()
    }

    /// The names of all rules that charge timelines, consultants' work, or the groups in cohorts of such a wave.
    pub fn names(&self, is_meant: &dyn Fn(WaveId) -> bool) -> Vec<&'a str> {
        let seats = self.seats.iter().filter(|(.., rule)| self.charges_groups(*rule, is_meant)).map(|(name, ..)| *name);
        seats.chain(self.names_of_timelines()).chain(self.work.iter().map(|(name, ..)| *name)).collect()
    }

    /// The names of the rules that charge timelines.
    pub fn names_of_timelines(&self) -> Vec<&'a str> {
        self.timelines.iter().map(|(name, ..)| *name).collect()
    }

    /// The names of all rules that count by classes, or manager by manager, or charge timelines.
    pub fn names_by_class(&self) -> Vec<&'a str> {
        let by_class = self.seats.iter().filter(|(.., rule)| rule.by_class().is_some());
        let by_manager = self.placed.iter().map(|(name, ..)| *name);
        by_class.map(|(name, ..)| *name).chain(by_manager).chain(self.names_of_timelines()).collect()
    }

    /// Whether a cohort of the wave can cost anything for the groups it has.
    pub fn charge_groups(&self, wave: WaveId) -> bool {
        self.seats.iter().any(|(.., rule)| self.charges_groups(*rule, &|other| other == wave))
    }

    fn charges_groups(&self, rule: &dyn Seated, is_meant: &dyn Fn(WaveId) -> bool) -> bool {
        let leading: Vec<_> = self.facts.groups.iter().flat_map(|group| &group.members).copied().collect();
        let mut waves = (0..self.facts.waves.len()).map(WaveId::new).filter(|&wave| is_meant(wave));
        waves.any(|wave| rule.cohort(self.facts, wave, &leading) > 0)
    }

    /// Whether consultants' work costs anything.
    pub fn charge_work(&self) -> bool {
        !self.work.is_empty()
    }

    /// What one more date of a consultant's work costs after 0, 1, … others, in thousandths; empty where no rule charges
    /// work.
    pub fn one_more_date(&self) -> Vec<i64> {
        let dates = if self.work.is_empty() { 0 } else { self.facts.slots.days };
        let after =
            |dates: usize| weighted(self.work.iter().map(|(_, weight, rule)| (*weight, rule.one_more(dates as i64))));
        (0..dates).map(after).collect()
    }

    /// What the members of all cohorts cost at least, without the waves for which `is_left_out` says so: a part for each rule,
    /// but for rules that would charge nothing else than the groups of those waves.
    pub fn least_of_seats(&self, is_left_out: &dyn Fn(WaveId) -> bool) -> Vec<BoundPart> {
        let part = |&(name, weight, rule): &(&str, i64, &dyn Seated)| {
            let (amount, why) = rule.least(self.facts, is_left_out);
            let part = BoundPart { term: name.to_owned(), cost: weight.saturating_mul(amount), why };
            (amount > 0 || !self.charges_groups(rule, is_left_out)).then_some(part)
        };
        self.seats.iter().filter_map(part).collect()
    }

    /// What the work of all consultants costs at least: a part for each rule.
    pub fn least_of_work(&self) -> Vec<BoundPart> {
        let part = |&(name, weight, rule): &(&str, i64, &dyn Worked)| {
            let (amount, why) = rule.least(self.facts);
            BoundPart { term: name.to_owned(), cost: weight.saturating_mul(amount), why }
        };
        self.work.iter().map(part).collect()
    }
}
