//! Shared by the bounds of rules that count members of a cohort: the cheapest way to deal some managers to cohorts when
//! each further one in a cohort costs at least as much as the one before.
//!
//! Only waves and largest sizes are looked at: a manager with a leadership group sits in a wave of `leadership` or `all`,
//! another in one of `others` or `all`, and no cohort has more than its most. Which numbers of members the cohorts can
//! then have is a polymatroid (`leadership` cohorts together at most all who lead, `others` cohorts together at most all
//! others, all cohorts together everyone), and over one of those dealing one by one to the cheapest place there is costs
//! least (Federgruen and Groenevelt, "The greedy procedure for resource allocation problems", 1986). Every valid plan is
//! such a dealing, so none costs less.

use super::counts::who_share;
use crate::facts::{Facts, Members};
use crate::ids::{AttributeId, ManagerId, WaveId};
use crate::term::ByClass;

/// Managers to be dealt, of whom it only matters whether they have a leadership group.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Hands {
    leading: i64,
    others: i64,
}

/// The cohorts of a wave while they are dealt to: all have `level` members, and `ahead` of them one more.
#[derive(Clone, Copy, Default)]
struct Dealt {
    level: i64,
    ahead: i64,
}

impl Hands {
    /// For each value of the attribute, those who have it and take part.
    pub fn by_value(facts: &Facts, attribute: AttributeId) -> Vec<Hands> {
        who_share(facts, attribute).iter().map(|managers| Hands::of(facts, managers)).collect()
    }

    /// These managers, as far as they take part.
    pub fn of(facts: &Facts, managers: &[ManagerId]) -> Hands {
        let mut hands = Hands::default();
        managers.iter().for_each(|&manager| hands.add(facts, manager));
        hands
    }

    /// How many of them a wave takes.
    pub fn taken_by(self, facts: &Facts, wave: WaveId) -> i64 {
        match facts.waves[wave.index()].members {
            Members::Leadership => self.leading,
            Members::Others => self.others,
            Members::All => self.leading + self.others,
        }
    }

    fn add(&mut self, facts: &Facts, manager: ManagerId) {
        let manager = &facts.managers[manager.index()];
        match manager.group {
            _ if !manager.permanent => {}
            Some(_) => self.leading += 1,
            None => self.others += 1,
        }
    }

    /// What dealing them costs at the least, where `price(wave, n)` is the price of one more in a cohort of the wave that
    /// has n of them; it must not fall as n grows. Cost: waves² × the largest cohort.
    pub fn cheapest(self, facts: &Facts, price: impl Fn(WaveId, i64) -> i64) -> i64 {
        let mut dealt = vec![Dealt::default(); facts.waves.len()];
        let (mut leading, mut others, mut left) = (self.leading, self.others, self.leading + self.others);
        let mut cost = 0;
        while left > 0 {
            let room = |wave: usize| match facts.waves[wave].members {
                Members::Leadership => leading.min(left),
                Members::Others => others.min(left),
                Members::All => left,
            };
            let has_place = |wave: &crate::facts::Wave, level| !wave.cohorts.is_empty() && level < wave.max as i64;
            let is_open = |&wave: &usize| has_place(&facts.waves[wave], dealt[wave].level) && room(wave) > 0;
            let open = (0..facts.waves.len()).filter(is_open);
            let cheapest = open.map(|wave| (price(WaveId::new(wave), dealt[wave].level), wave)).min();
            let Some((each, wave)) = cheapest else { break };
            let cohorts = facts.waves[wave].cohorts.len() as i64;
            let dealing = room(wave).min(cohorts - dealt[wave].ahead);
            cost += each * dealing;
            left -= dealing;
            match facts.waves[wave].members {
                Members::Leadership => leading -= dealing,
                Members::Others => others -= dealing,
                Members::All => {}
            }
            dealt[wave].ahead += dealing;
            if dealt[wave].ahead == cohorts {
                dealt[wave] = Dealt { level: dealt[wave].level + 1, ahead: 0 };
            }
        }
        cost
    }
}

/// For each class of the rule's, what it counts at the least on every valid plan, in the waves that are not left out.
pub fn least_of_classes(rule: &dyn ByClass, facts: &Facts, is_left_out: &dyn Fn(WaveId) -> bool) -> Vec<i64> {
    let least = |class: &Vec<ManagerId>| {
        let price = |wave, n| if is_left_out(wave) { 0 } else { rule.one_more(facts, wave, class, n) };
        Hands::of(facts, class).cheapest(facts, price)
    };
    rule.classes(facts).iter().map(least).collect()
}
