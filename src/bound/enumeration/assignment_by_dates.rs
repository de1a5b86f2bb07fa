//! What it costs to assign managers to cohorts whose timelines are chosen, beyond what was counted for seats alone.

use crate::bound::interrupt::Interrupt;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use super::assignment::{Assignment, MOST_COHORTS, ManagerClass};
use super::mixed_cohorts::MixedCohorts;
use super::work::looks;
use crate::bound::costs::MAX_COST;
use crate::bound::relaxation::pricing::Pricing;
use crate::facts::Wave;
use crate::ids::{ManagerId, WaveId};
use crate::term::ByClass;

/// The most looks at one choice of timelines, for each unit of effort. Chosen.
const LOOKS_A_CHOICE: usize = 40_000;

/// In place of the number of a timeline's absences, where no timeline is chosen yet.
pub const NOT_CHOSEN: u32 = u32::MAX;

/// By cohort: the number of the absences from its timeline.
pub type ChosenAbsences = [u32; MOST_COHORTS];

/// The managers of mixed cohorts, to be assigned choice by choice.
pub struct AssignmentByDates<'a> {
    mixed: &'a MixedCohorts<'a>,
    pricing: &'a Pricing<'a>,
    assignment: Assignment,
    /// What was counted for the seats already.
    counted: i64,
    /// By manager and cohort: what it costs whenever the cohort meets.
    costs: Vec<i64>,
    absences: RefCell<AbsenceNumbers>,
    /// By choice: what it costs at least, and the limit below which that was looked for.
    known: RefCell<HashMap<ChosenAbsences, (i64, i64)>>,
    /// The looks that are left in all ...
    left: Cell<usize>,
    /// ... and the most at one choice.
    most: usize,
    interrupt: &'a Interrupt<'a>,
}

/// Sets of absences, numbered.
#[derive(Default)]
struct AbsenceNumbers {
    /// By number and manager: what the absences cost.
    costs: Vec<Vec<i64>>,
    numbers: HashMap<Vec<i64>, u32>,
    /// By cohort and run option: who cannot come, and what that costs.
    of_option: HashMap<(usize, usize), Vec<(usize, i64)>>,
}

impl<'a> AssignmentByDates<'a> {
    /// Nothing chosen yet.
    pub fn of(
        mixed: &'a MixedCohorts<'a>,
        pricing: &'a Pricing<'a>,
        effort: usize,
        interrupt: &'a Interrupt<'a>,
    ) -> AssignmentByDates<'a> {
        let (assignment, counted) = assignment(mixed);
        AssignmentByDates {
            mixed,
            pricing,
            assignment,
            counted,
            costs: mixed.managers.iter().flat_map(|&manager| costs_of(mixed, manager)).collect(),
            absences: RefCell::default(),
            known: RefCell::default(),
            left: Cell::new(looks(effort)),
            most: effort.saturating_mul(LOOKS_A_CHOICE),
            interrupt,
        }
    }

    /// Whether no looks are left.
    pub fn is_over(&self) -> bool {
        self.left.get() == 0
    }

    /// The number of the absences from a cohort's timeline of these run options.
    pub fn number(&self, cohort: usize, path: &[usize]) -> u32 {
        let AbsenceNumbers { costs, numbers, of_option } = &mut *self.absences.borrow_mut();
        let mut absences = vec![0; self.mixed.managers.len()];
        self.left.set(self.left.get().saturating_sub(absences.len()));
        for &option in path {
            let of_option = of_option.entry((cohort, option)).or_insert_with(|| self.absent(cohort, option));
            of_option.iter().for_each(|&(manager, cost)| absences[manager] += cost);
        }
        *numbers.entry(absences).or_insert_with_key(|absences| {
            costs.push(absences.clone());
            costs.len() as u32 - 1
        })
    }

    /// What a choice costs at least, or `below` if it is no less.
    pub fn cost(&self, choice: ChosenAbsences, below: i64) -> i64 {
        if self.interrupt.is_over() {
            self.left.set(0);
        }
        let mut known = self.known.borrow_mut();
        let (cost, looked_below) = known.entry(choice).or_insert((0, 0));
        // If it came out below the limit once, a higher limit finds no more.
        if *looked_below < below && cost >= looked_below && !self.is_over() {
            let is_whole = !choice[..self.mixed.cohorts.len()].contains(&NOT_CHOSEN);
            let most = self.left.get().min(self.most);
            let mut left = most;
            let least = self.assignment.least(&self.costs(choice), below + self.counted, is_whole, &mut left);
            self.left.set(self.left.get() - (most - left));
            (*cost, *looked_below) = ((least - self.counted).max(*cost), below);
        }
        (*cost).min(below)
    }

    /// By manager and cohort: what it costs with this choice.
    fn costs(&self, choice: ChosenAbsences) -> Vec<i64> {
        let absences = self.absences.borrow();
        let mut costs = self.costs.clone();
        for (cohort, &number) in choice.iter().enumerate().filter(|&(_, &number)| number != NOT_CHOSEN) {
            let of_cohort = costs.iter_mut().skip(cohort).step_by(self.mixed.cohorts.len());
            of_cohort.zip(&absences.costs[number as usize]).for_each(|(cost, absences)| *cost += absences);
        }
        costs
    }

    /// Which managers cannot come to a run option of a cohort, and what that costs where it is not counted yet.
    fn absent(&self, cohort: usize, option: usize) -> Vec<(usize, i64)> {
        let (wave, forced) = (self.mixed.cohorts[cohort].1, &self.mixed.forced[cohort]);
        let cost = |manager: ManagerId| {
            let sittings = self.pricing.options.list[option].sittings.iter();
            sittings.map(|&sitting| self.mixed.rules.of_attendance(wave, &[manager], sitting)).sum::<i64>()
        };
        let managers = self.mixed.managers.iter().enumerate().filter(|(_, manager)| !forced.contains(manager));
        managers.map(|(at, &manager)| (at, cost(manager))).filter(|&(_, cost)| cost > 0).collect()
    }
}

/// The managers to be assigned with the classes that rules count, and what was counted for the seats already.
fn assignment(mixed: &MixedCohorts) -> (Assignment, i64) {
    let (rules, counted) = mixed.rules.by_class(&|wave| !mixed.has(wave));
    let mut places = vec![None; mixed.facts.managers.len()];
    mixed.managers.iter().enumerate().for_each(|(at, manager)| places[manager.index()] = Some(at));
    let class = |weight: i64, rule: &dyn ByClass, class: &[ManagerId]| {
        let members: Vec<usize> = class.iter().filter_map(|manager| places[manager.index()]).collect();
        let one_more = |wave: WaveId, beside: usize| rule.one_more(mixed.facts, wave, class, beside as i64);
        let cost =
            |&(_, wave): &(_, WaveId)| sums(members.len(), |beside| weight.saturating_mul(one_more(wave, beside)));
        ManagerClass { cost: mixed.cohorts.iter().map(cost).collect(), members }
    };
    let mut classes = Vec::new();
    for (weight, rule) in rules {
        classes.extend(rule.classes(mixed.facts).iter().map(|members| class(weight, rule, members)));
    }
    classes.retain(|class| !class.members.is_empty());
    // The size of a cohort is a class of all managers: those up to the fewest allowed earn as much each as those beyond the most
    // allowed cost, so that none costs less than the one before. What the former earn is taken off what was counted.
    let waves = || mixed.cohorts.iter().map(|&(_, wave)| &mixed.facts.waves[wave.index()]);
    let size = |wave: &Wave| {
        sums(mixed.managers.len(), |beside| match beside {
            few if few < wave.min => -MAX_COST,
            enough if enough < wave.max => 0,
            _ => MAX_COST,
        })
    };
    classes.push(ManagerClass { cost: waves().map(size).collect(), members: (0..mixed.managers.len()).collect() });
    let earned = waves().map(|wave| wave.min as i64).sum::<i64>() * MAX_COST;
    (Assignment::new(mixed.managers.len(), mixed.cohorts.len(), classes), counted - earned)
}

/// By cohort: what a manager costs there, whoever else is in it and whenever it meets.
fn costs_of(mixed: &MixedCohorts, manager: ManagerId) -> Vec<i64> {
    let is_elsewhere = |cohort| mixed.facts.fixed.seats[manager.index()].is_some_and(|fixed| fixed != cohort);
    let cost = |&(cohort, wave)| if is_elsewhere(cohort) { MAX_COST } else { mixed.rules.of_manager(wave, manager) };
    mixed.cohorts.iter().map(cost).collect()
}

/// What 0, 1, … and up to `most` + 1 of a class cost together, when `one_more` says what one costs beside others.
fn sums(most: usize, one_more: impl Fn(usize) -> i64) -> Vec<i64> {
    let mut sums = vec![0_i64];
    (0..=most).for_each(|beside| sums.push(sums[beside].saturating_add(one_more(beside).min(MAX_COST))));
    sums
}
