//! Waves that find no dates at all, and what would help them. Each thing that may stand in their way is taken away alone.

use crate::bound::relaxation::pooled_path::cheapest;
use crate::bound::session_costs::SessionCosts;
use crate::calendar::{Holidays, Pattern, Weekdays};
use crate::facts::{Facts, Gap};
use crate::ids::{ModuleId, WaveId};

/// How a sentence goes on after “it would if”, and the change of the facts that it speaks of.
type Remedy = (&'static str, fn(&mut Facts));

const REMEDIES: [Remedy; 6] = [
    ("the programme were open on all its dates", |facts| {
        // Rooms and consultants that say nothing else go by the programme's weekdays.
        let usual = std::mem::replace(&mut facts.calendar.weekdays, Weekdays::ALL);
        let rooms = facts.rooms.iter_mut().map(|room| &mut room.pattern);
        let patterns = rooms.chain(facts.consultants.iter_mut().map(|consultant| &mut consultant.pattern));
        patterns.filter(|pattern| pattern.weekdays == usual).for_each(|pattern| pattern.weekdays = Weekdays::ALL);
        facts.calendar.holidays = Holidays::None;
        facts.calendar.closed.clear();
    }),
    ("rooms were open on all dates", |facts| facts.rooms.iter_mut().for_each(|room| room.pattern = Pattern::ALWAYS)),
    ("consultants could be had on all dates", |facts| {
        facts.consultants.iter_mut().for_each(|consultant| consultant.pattern = Pattern::ALWAYS);
    }),
    ("it could start on any date of the programme", |facts| {
        let dates = (facts.calendar.start, facts.calendar.end);
        facts.waves.iter_mut().for_each(|wave| wave.start = dates);
    }),
    ("gaps could be of any length", |facts| {
        facts
            .modules
            .iter_mut()
            .for_each(|module| module.gap = Gap { min: module.gap.min.min(1), ideal: None, max: None });
    }),
    ("the sessions of a module could lie further apart", |facts| {
        let days = (facts.calendar.end - facts.calendar.start).num_days() + 1;
        facts.modules.iter_mut().for_each(|module| module.span = module.span.max(days));
    }),
];

/// A wave whose cohorts find no dates, even alone.
#[derive(Clone, Debug)]
pub struct Stranded {
    /// The wave.
    pub wave: WaveId,
    /// The first module for which there are none.
    pub module: ModuleId,
    /// The remedies each of which would help alone.
    pub remedies: Vec<&'static str>,
}

/// The waves whose cohorts find no dates. Takes days × modules × (consultants + waves × rooms), and where there are such waves,
/// as much again for each remedy.
pub fn stranded(facts: &Facts) -> Vec<Stranded> {
    let finds = |facts: &Facts| {
        let costs = SessionCosts::of_rules(facts, &[]);
        (0..facts.waves.len())
            .map(move |wave| cheapest(facts, &costs, WaveId::new(wave)).map(|_| ()))
            .collect::<Vec<_>>()
    };
    let alone = finds(facts);
    let of_wave = |(wave, found): (usize, &Result<(), ModuleId>)| {
        Some(Stranded { wave: WaveId::new(wave), module: found.err()?, remedies: Vec::new() })
    };
    let mut stranded: Vec<Stranded> = alone.iter().enumerate().filter_map(of_wave).collect();
    if stranded.is_empty() {
        return stranded;
    }
    for (what, remedy) in REMEDIES {
        let mut eased = facts.clone();
        remedy(&mut eased);
        eased.compile();
        let found = finds(&eased);
        let helped = stranded.iter_mut().filter(|stranded| found[stranded.wave.index()].is_ok());
        helped.for_each(|stranded| stranded.remedies.push(what));
    }
    stranded
}
