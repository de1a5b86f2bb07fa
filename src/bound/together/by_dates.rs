//! What it costs to deal managers to cohorts whose timelines are chosen, beyond what was counted for seats alone.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use super::dealing::most_looked;
use super::mixed::Mixed;
use super::seats::{Class, MOST_COHORTS, Seats};
use crate::bound::columns::Columns;
use crate::bound::prices::DEAREST;
use crate::facts::Wave;
use crate::ids::{ManagerId, WaveId};
use crate::term::ByClass;

/// Of one choice of timelines no more is looked at, for each unit of effort.
const OF_A_CHOICE: usize = 40_000;

/// In place of the number of a timeline's absences, where none is chosen yet.
pub const NOT_CHOSEN: u32 = u32::MAX;

/// By cohort, the number of the absences from its timeline.
pub type Choice = [u32; MOST_COHORTS];

/// The managers of mixed cohorts, to be dealt by choices of timelines.
pub struct SeatsByDates<'a> {
    mixed: &'a Mixed<'a>,
    columns: &'a Columns<'a>,
    seats: Seats,
    /// What was counted for them at the least.
    counted: i64,
    /// By manager and cohort: what it costs whenever the cohort meets.
    places: Vec<i64>,
    absences: RefCell<Absences>,
    /// By choice: what it costs at the least, and below what it was looked for.
    known: RefCell<HashMap<Choice, (i64, i64)>>,
    /// How much may still be looked at, ...
    left: Cell<usize>,
    /// ... and of one choice.
    most: usize,
    stop: &'a AtomicBool,
}

/// What it costs when managers cannot come.
#[derive(Default)]
struct Absences {
    /// By number and manager.
    rows: Vec<Vec<i64>>,
    numbers: HashMap<Vec<i64>, u32>,
    /// By cohort and way, those who cannot come.
    of_way: HashMap<(usize, usize), Vec<(usize, i64)>>,
}

impl<'a> SeatsByDates<'a> {
    /// Nothing chosen yet.
    pub fn of(mixed: &'a Mixed<'a>, columns: &'a Columns<'a>, effort: usize, stop: &'a AtomicBool) -> SeatsByDates<'a> {
        let (seats, counted) = seats(mixed);
        SeatsByDates {
            mixed,
            columns,
            seats,
            counted,
            places: mixed.managers.iter().flat_map(|&manager| places(mixed, manager)).collect(),
            absences: RefCell::default(),
            known: RefCell::default(),
            left: Cell::new(most_looked(effort)),
            most: effort.saturating_mul(OF_A_CHOICE),
            stop,
        }
    }

    /// Whether too much has been looked at to tell more.
    pub fn is_over(&self) -> bool {
        self.left.get() == 0
    }

    /// The number of the absences from a cohort's timeline of these ways.
    pub fn number(&self, cohort: usize, path: &[usize]) -> u32 {
        let Absences { rows, numbers, of_way } = &mut *self.absences.borrow_mut();
        let mut row = vec![0; self.mixed.managers.len()];
        self.left.set(self.left.get().saturating_sub(row.len()));
        for &way in path {
            let of_way = of_way.entry((cohort, way)).or_insert_with(|| self.absent(cohort, way));
            of_way.iter().for_each(|&(place, cost)| row[place] += cost);
        }
        *numbers.entry(row).or_insert_with_key(|row| {
            rows.push(row.clone());
            rows.len() as u32 - 1
        })
    }

    /// What a choice costs at the least, or `below` if it is no less.
    pub fn cost(&self, choice: Choice, below: i64) -> i64 {
        if self.stop.load(Ordering::Relaxed) {
            self.left.set(0);
        }
        let mut known = self.known.borrow_mut();
        let (cost, looked) = known.entry(choice).or_insert((0, 0));
        // Once it was less than what it was looked for below, no more is to be found out.
        if *looked < below && cost >= looked && !self.is_over() {
            let is_whole = !choice[..self.mixed.cohorts.len()].contains(&NOT_CHOSEN);
            let most = self.left.get().min(self.most);
            let mut left = most;
            let least = self.seats.least(&self.costs(choice), below + self.counted, is_whole, &mut left);
            self.left.set(self.left.get() - (most - left));
            (*cost, *looked) = ((least - self.counted).max(*cost), below);
        }
        (*cost).min(below)
    }

    /// By manager and cohort: what it costs with this choice.
    fn costs(&self, choice: Choice) -> Vec<i64> {
        let absences = self.absences.borrow();
        let mut costs = self.places.clone();
        for (cohort, &number) in choice.iter().enumerate().filter(|&(_, &number)| number != NOT_CHOSEN) {
            let of_cohort = costs.iter_mut().skip(cohort).step_by(self.mixed.cohorts.len());
            of_cohort.zip(&absences.rows[number as usize]).for_each(|(cost, absences)| *cost += absences);
        }
        costs
    }

    /// Which of the managers cannot come to a way of a cohort's, and what that costs where it is not counted yet.
    fn absent(&self, cohort: usize, way: usize) -> Vec<(usize, i64)> {
        let (wave, certain) = (self.mixed.cohorts[cohort].1, &self.mixed.certain[cohort]);
        let cost = |manager: ManagerId| {
            let sittings = self.columns.ways.list[way].sittings.iter();
            sittings.map(|&sitting| self.mixed.charges.session(wave, manager, sitting)).sum::<i64>()
        };
        let managers = self.mixed.managers.iter().enumerate().filter(|(_, manager)| !certain.contains(manager));
        managers.map(|(place, &manager)| (place, cost(manager))).filter(|&(_, cost)| cost > 0).collect()
    }
}

/// The seats that are to be dealt, and what was counted for them at the least.
fn seats(mixed: &Mixed) -> (Seats, i64) {
    let (rules, counted) = mixed.charges.by_class(&|wave| !mixed.has(wave));
    let mut place = vec![None; mixed.facts.managers.len()];
    mixed.managers.iter().enumerate().for_each(|(at, manager)| place[manager.index()] = Some(at));
    let class = |weight: i64, rule: &dyn ByClass, class: &[ManagerId]| {
        let members: Vec<usize> = class.iter().filter_map(|manager| place[manager.index()]).collect();
        let one_more = |wave: WaveId, beside: usize| rule.one_more(mixed.facts, wave, class, beside as i64);
        let cost =
            |&(_, wave): &(_, WaveId)| sums(members.len(), |beside| weight.saturating_mul(one_more(wave, beside)));
        Class { cost: mixed.cohorts.iter().map(cost).collect(), members }
    };
    let mut classes = Vec::new();
    for (weight, rule) in rules {
        classes.extend(rule.classes(mixed.facts).iter().map(|members| class(weight, rule, members)));
    }
    classes.retain(|class| !class.members.is_empty());
    // Each of the fewest members earns as much as each beyond the most costs, so that none costs less than the one before;
    // what all of the fewest earn is taken off what was counted.
    let waves = || mixed.cohorts.iter().map(|&(_, wave)| &mixed.facts.waves[wave.index()]);
    let size = |wave: &Wave| {
        sums(mixed.managers.len(), |beside| match beside {
            few if few < wave.min => -DEAREST,
            enough if enough < wave.max => 0,
            _ => DEAREST,
        })
    };
    classes.push(Class { cost: waves().map(size).collect(), members: (0..mixed.managers.len()).collect() });
    let earned = waves().map(|wave| wave.min as i64).sum::<i64>() * DEAREST;
    (Seats::new(mixed.managers.len(), mixed.cohorts.len(), classes), counted - earned)
}

/// What a manager costs in each cohort, whoever else is there and whenever it meets.
fn places(mixed: &Mixed, manager: ManagerId) -> Vec<i64> {
    let is_elsewhere = |cohort| mixed.facts.fixed.seats[manager.index()].is_some_and(|fixed| fixed != cohort);
    let cost = |&(cohort, wave)| if is_elsewhere(cohort) { DEAREST } else { mixed.charges.place(wave, manager) };
    mixed.cohorts.iter().map(cost).collect()
}

/// What 0, 1, … and one more than so many cost.
fn sums(most: usize, one_more: impl Fn(usize) -> i64) -> Vec<i64> {
    let mut sums = vec![0_i64];
    (0..=most).for_each(|beside| sums.push(sums[beside].saturating_add(one_more(beside).min(DEAREST))));
    sums
}
