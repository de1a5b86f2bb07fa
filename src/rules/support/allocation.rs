//! Shared by the bounds of rules that count members of a cohort: the cheapest way to allocate managers to cohorts when each
//! further one in a cohort costs at least as much as the one before.
//!
//! Only two limits are looked at: a manager with a leadership group sits in a wave of `leadership` or `all`, another in one of
//! `others` or `all`, and no cohort has more than its largest size. The numbers of members that cohorts can have under these
//! limits form a polymatroid (`leadership` cohorts together have at most everyone with a group, `others` cohorts together at most
//! everyone without, all cohorts together everyone). Over a polymatroid it is cheapest to allocate one manager after the other to
//! the cheapest place left (Federgruen and Groenevelt, "The greedy procedure for resource allocation problems", 1986). Every
//! valid plan is such an allocation, so none costs less.

use super::counts::who_share;
use crate::facts::{Facts, Members};
use crate::ids::{AttributeId, ManagerId, WaveId};
use crate::term::ByClass;

/// A number of managers to allocate; all that matters of each is whether with a leadership group.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Headcount {
    /// With a leadership group.
    with_group: i64,
    /// Without one.
    without_group: i64,
}

/// The cohorts of a wave during the allocation: each has `level` members, and `ahead` of them have one more.
#[derive(Clone, Copy, Default)]
struct WaveLevel {
    level: i64,
    ahead: i64,
}

impl Headcount {
    /// For each value of the attribute, those who have it and take part.
    pub fn by_value(facts: &Facts, attribute: AttributeId) -> Vec<Headcount> {
        who_share(facts, attribute).iter().map(|managers| Headcount::of(facts, managers)).collect()
    }

    /// These managers, as far as they take part.
    pub fn of(facts: &Facts, managers: &[ManagerId]) -> Headcount {
        let mut headcount = Headcount::default();
        managers.iter().for_each(|&manager| headcount.add(facts, manager));
        headcount
    }

    /// How many of them a wave takes.
    pub fn taken_by(self, facts: &Facts, wave: WaveId) -> i64 {
        match facts.waves[wave.index()].members {
            Members::Leadership => self.with_group,
            Members::Others => self.without_group,
            Members::All => self.with_group + self.without_group,
        }
    }

    fn add(&mut self, facts: &Facts, manager: ManagerId) {
        let manager = &facts.managers[manager.index()];
        match manager.group {
            _ if !manager.permanent => {}
            Some(_) => self.with_group += 1,
            None => self.without_group += 1,
        }
    }

    /// The least cost of allocating them, where `price(wave, n)` is the price of one more in a cohort of the wave that has n of
    /// them; it must not fall as n grows. Takes waves² × the largest size steps.
    pub fn cheapest(self, facts: &Facts, price: impl Fn(WaveId, i64) -> i64) -> i64 {
        let mut levels = vec![WaveLevel::default(); facts.waves.len()];
        let (mut with_group, mut without_group, mut left) =
            (self.with_group, self.without_group, self.with_group + self.without_group);
        let mut cost = 0;
        while left > 0 {
            let room = |wave: usize| match facts.waves[wave].members {
                Members::Leadership => with_group.min(left),
                Members::Others => without_group.min(left),
                Members::All => left,
            };
            let has_place = |wave: &crate::facts::Wave, level| !wave.cohorts.is_empty() && level < wave.max as i64;
            let is_open = |&wave: &usize| has_place(&facts.waves[wave], levels[wave].level) && room(wave) > 0;
            let open = (0..facts.waves.len()).filter(is_open);
            let cheapest = open.map(|wave| (price(WaveId::new(wave), levels[wave].level), wave)).min();
            let Some((each, wave)) = cheapest else { break };
            let cohorts = facts.waves[wave].cohorts.len() as i64;
            let number = room(wave).min(cohorts - levels[wave].ahead);
            cost += each * number;
            left -= number;
            match facts.waves[wave].members {
                Members::Leadership => with_group -= number,
                Members::Others => without_group -= number,
                Members::All => {}
            }
            levels[wave].ahead += number;
            if levels[wave].ahead == cohorts {
                levels[wave] = WaveLevel { level: levels[wave].level + 1, ahead: 0 };
            }
        }
        cost
    }
}

/// For each class of the rule, its least amount on every valid plan, in the waves that are not left out.
pub fn least_of_classes(rule: &dyn ByClass, facts: &Facts, is_left_out: &dyn Fn(WaveId) -> bool) -> Vec<i64> {
    let least = |class: &Vec<ManagerId>| {
        let price = |wave, n| if is_left_out(wave) { 0 } else { rule.one_more(facts, wave, class, n) };
        Headcount::of(facts, class).cheapest(facts, price)
    };
    rule.classes(facts).iter().map(least).collect()
}
