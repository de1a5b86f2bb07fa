//! What the rules charge valid plans, by what they look at.

use super::lower::Part;
use super::prices::{DEAREST, SCALE};
use crate::draft::Sitting;
use crate::facts::Facts;
use crate::ids::{ManagerId, WaveId};
use crate::problem::Problem;
use crate::term::{AtLeast, ByClass, Placed, Seated, Timed, Worked};

/// The rules by what they look at, those with a weight after their names.
pub struct Charges<'a> {
    facts: &'a Facts,
    /// What is certain at once.
    pub amounts: Vec<Part>,
    seats: Vec<(&'a str, i64, &'a dyn Seated)>,
    /// What every cohort must keep by its members alone.
    hard_seats: Vec<&'a dyn Seated>,
    placed: Vec<(&'a str, i64, &'a dyn Placed)>,
    timelines: Vec<(&'a str, i64, &'a dyn Timed)>,
    work: Vec<(&'a str, i64, &'a dyn Worked)>,
}

impl<'a> Charges<'a> {
    /// The rules of the problem.
    pub fn of(problem: &'a Problem) -> Charges<'a> {
        let mut charges = Charges {
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
                    charges.amounts.push(Part { term: name.to_owned(), cost: weight.saturating_mul(amount), why });
                }
                (Some(weight), AtLeast::Seats(rule)) => charges.seats.push((name, weight, rule)),
                (None, AtLeast::Seats(rule)) => charges.hard_seats.push(rule),
                (Some(weight), AtLeast::Managers(rule)) => {
                    let cost = weight.saturating_mul(rule.least_of_all(charges.facts));
                    charges.amounts.push(Part { term: name.to_owned(), cost, why: rule.why() });
                    charges.placed.push((name, weight, rule));
                }
                (Some(weight), AtLeast::Timelines(rule)) => charges.timelines.push((name, weight, rule)),
                (Some(weight), AtLeast::Work(rule)) => charges.work.push((name, weight, rule)),
                (None, _) => {}
            }
        }
        charges
    }

    /// What is charged for a manager in a cohort of the wave, whoever else is in it and whenever it meets, beyond what is
    /// charged at the least for the manager; in thousandths.
    pub fn place(&self, wave: WaveId, manager: ManagerId) -> i64 {
        let more = |rule: &dyn Placed| rule.manager(self.facts, wave, manager) - rule.least(self.facts, manager);
        in_all(self.placed.iter().map(|&(_, weight, rule)| (weight, more(rule))))
    }

    /// What is charged for a manager who is to come to a session of a cohort of the wave, in thousandths.
    pub fn session(&self, wave: WaveId, manager: ManagerId, sitting: Sitting) -> i64 {
        let amount = |rule: &dyn Timed| rule.member(self.facts, wave, manager, sitting);
        in_all(self.timelines.iter().map(|&(_, weight, rule)| (weight, amount(rule))))
    }

    /// The rules that count by classes, with what each unit costs in thousandths, and those that have a weight with what
    /// they cost at the least beside the waves that are left out.
    pub fn by_class(&self, is_left_out: &dyn Fn(WaveId) -> bool) -> (Vec<(i64, &'a dyn ByClass)>, i64) {
        let hard = self.hard_seats.iter().filter_map(|rule| Some((DEAREST, rule.by_class()?)));
        let soft = self.seats.iter().filter_map(|&(_, weight, rule)| Some((weight, rule, rule.by_class()?)));
        // This is taken off again, so it must not be cut as a price may be.
        let least = soft.clone().map(|(weight, rule, _)| weight.saturating_mul(rule.least(self.facts, is_left_out).0));
        let least = least.fold(0, i64::saturating_add).saturating_mul(SCALE);
        (hard.chain(soft.map(|(weight, _, by_class)| (in_all([(weight, 1)].into_iter()), by_class))).collect(), least)
    }

    /// The rules that charge timelines, with their weights.
    pub fn timed(&self) -> Vec<(i64, &'a dyn Timed)> {
        self.timelines.iter().map(|&(_, weight, rule)| (weight, rule)).collect()
    }

    /// The names of all rules that charge timelines, consultants' work, or cohorts of such a wave for the groups they have.
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

    /// Whether a cohort of the wave can be charged anything for the groups it has.
    pub fn are_for_groups(&self, wave: WaveId) -> bool {
        self.seats.iter().any(|(.., rule)| self.charges_groups(*rule, &|other| other == wave))
    }

    fn charges_groups(&self, rule: &dyn Seated, is_meant: &dyn Fn(WaveId) -> bool) -> bool {
        let leading: Vec<_> = self.facts.groups.iter().flat_map(|group| &group.members).copied().collect();
        let mut waves = (0..self.facts.waves.len()).map(WaveId::new).filter(|&wave| is_meant(wave));
        waves.any(|wave| rule.cohort(self.facts, wave, &leading) > 0)
    }

    /// What a cohort of the wave with just these members is charged for them, in thousandths; `None` where it breaks
    /// something.
    pub fn company(&self, wave: WaveId, members: &[ManagerId]) -> Option<i64> {
        let amount = |rule: &dyn Seated| rule.cohort(self.facts, wave, members);
        let is_kept = self.hard_seats.iter().all(|rule| amount(*rule) == 0);
        is_kept.then(|| in_all(self.seats.iter().map(|&(_, weight, rule)| (weight, amount(rule)))))
    }

    /// Whether consultants' work costs anything.
    pub fn are_for_work(&self) -> bool {
        !self.work.is_empty()
    }

    /// What one more date of a consultant's work costs beside 0, 1, … others, in thousandths; nothing where there is no rule
    /// for it.
    pub fn one_more_date(&self) -> Vec<i64> {
        let dates = if self.work.is_empty() { 0 } else { self.facts.slots.days };
        let beside =
            |dates: usize| in_all(self.work.iter().map(|(_, weight, rule)| (*weight, rule.one_more(dates as i64))));
        (0..dates).map(beside).collect()
    }

    /// What the members of all cohorts cost at the least, those of waves left out for which `is_left_out` says so: a part
    /// for each rule that has to do with others.
    pub fn least_of_seats(&self, is_left_out: &dyn Fn(WaveId) -> bool) -> Vec<Part> {
        let part = |&(name, weight, rule): &(&str, i64, &dyn Seated)| {
            let (amount, why) = rule.least(self.facts, is_left_out);
            let part = Part { term: name.to_owned(), cost: weight.saturating_mul(amount), why };
            (amount > 0 || !self.charges_groups(rule, is_left_out)).then_some(part)
        };
        self.seats.iter().filter_map(part).collect()
    }

    /// What the work of all consultants costs at the least: a part for each rule.
    pub fn least_of_work(&self) -> Vec<Part> {
        let part = |&(name, weight, rule): &(&str, i64, &dyn Worked)| {
            let (amount, why) = rule.least(self.facts);
            Part { term: name.to_owned(), cost: weight.saturating_mul(amount), why }
        };
        self.work.iter().map(part).collect()
    }
}

/// The cost of amounts with their weights, in thousandths.
fn in_all(amounts: impl Iterator<Item = (i64, i64)>) -> i64 {
    let each = |(weight, amount): (i64, i64)| weight.saturating_mul(amount).saturating_mul(SCALE);
    amounts.map(each).fold(0, i64::saturating_add).clamp(0, DEAREST)
}
