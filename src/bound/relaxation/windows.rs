//! On which days the modules of a wave can be held at all.

use std::ops::RangeInclusive;

use crate::bound::session_costs::SessionCosts;
use crate::facts::Facts;
use crate::ids::WaveId;

/// How many days there may be between a module and the one before.
pub fn gaps(facts: &Facts, module: usize) -> RangeInclusive<usize> {
    let gap = facts.modules[module].gap;
    let days = |days: i64| usize::try_from(days).unwrap_or(0);
    days(gap.min)..=gap.max.map_or(facts.slots.days, days)
}

/// By module: the days on which it can begin in a cohort of the wave, as far as starts, spans and gaps decide that.
pub fn windows(facts: &Facts, costs: &SessionCosts, wave: WaveId) -> Vec<RangeInclusive<usize>> {
    let days = facts.slots.days;
    let starts: Vec<usize> = (0..days).filter(|&day| costs.may_start(wave, day)).collect();
    let (mut from, mut to) = (starts.first().copied().unwrap_or(days), starts.last().copied().unwrap_or(0));
    let mut windows = Vec::new();
    for module in 0..facts.modules.len() {
        if module > 0 {
            let span = facts.modules[module - 1].span.max(1) as usize - 1;
            from = from.saturating_add(*gaps(facts, module).start());
            to = to.saturating_add(span).saturating_add(*gaps(facts, module).end());
        }
        windows.push(from..=to.min(days - 1));
    }
    windows
}
