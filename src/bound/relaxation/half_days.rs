//! How many half days of work each option of a run is, where a date of work counts as two half days unless two runs can share
//! it, a half day each.

use smallvec::SmallVec;

use super::run_options::{RunOption, RunOptions};
use super::windows::gaps;
use crate::facts::{Facts, half_mask};
use crate::ids::WaveId;

/// At most this many pairs of options are looked at in all; what is left then is taken to share its dates, which makes the
/// bound weaker. Chosen.
const MOST_PAIRS: usize = 1 << 22;

/// Counts for each option how many half days at least each of its consultants works.
pub fn count(facts: &Facts, options: &mut RunOptions) {
    let work = work(facts, options);
    options.list.iter_mut().zip(work).for_each(|(option, work)| option.work = work);
}

/// The half days of an option whose date it takes no other half of.
fn lone_halves(option: &RunOption) -> SmallVec<[usize; 4]> {
    let halves = |day: u16| {
        let of_day = option.sittings.iter().filter(move |sitting| sitting.day == day);
        of_day.fold(0, |mask, sitting| mask | half_mask(sitting.part))
    };
    let lone = option.sittings.iter().filter(|sitting| halves(sitting.day).count_ones() == 1);
    lone.flat_map(|sitting| sitting.slots()).collect()
}

/// By option: its half days, plus one for each lone half day that no other run can share the date of.
fn work(facts: &Facts, options: &RunOptions) -> Vec<i64> {
    let users: Vec<SmallVec<[WaveId; 4]>> = (0..options.list.len()).map(|at| users(facts, options, at)).collect();
    let mut lone: Vec<Vec<usize>> = vec![Vec::new(); 2 * facts.slots.days];
    for at in (0..options.list.len()).filter(|&at| !users[at].is_empty()) {
        lone_halves(&options.list[at]).into_iter().for_each(|slot| lone[slot].push(at));
    }
    // Two runs are of two cohorts, or of two modules that one cohort may have on the same day.
    let most = |waves: &[WaveId]| waves.iter().map(|wave| facts.waves[wave.index()].cohorts.len()).max().unwrap_or(0);
    let are_of_one_cohort =
        |at: usize, other: usize| users[at].len() == 1 && users[at] == users[other] && most(&users[at]) == 1;
    let may_share_a_day = |at: usize, other: usize| {
        let (one, another) = (options.module(at), options.module(other));
        one != another && *gaps(facts, one.max(another)).start() == 0
    };
    let mut looked = 0;
    let mut can_share = |at: usize, other: usize| {
        looked += 1;
        let (one, another) = (&options.list[at], &options.list[other]);
        looked > MOST_PAIRS
            || one.able & another.able != 0
                && (!are_of_one_cohort(at, other) || may_share_a_day(at, other))
                && !one.slots().any(|slot| another.sittings.iter().any(|sitting| sitting.takes(slot)))
    };
    let mut of_option = |at: usize| {
        let option = &options.list[at];
        let all = option.slots().count();
        let alone =
            lone_halves(option).into_iter().filter(|slot| !lone[slot ^ 1].iter().any(|&other| can_share(at, other)));
        (all + alone.count()) as i64
    };
    (0..options.list.len()).map(&mut of_option).collect()
}

/// The waves that could use an option.
fn users(facts: &Facts, options: &RunOptions, at: usize) -> SmallVec<[WaveId; 4]> {
    let first = options.list[at].first;
    let module = options.module(at);
    let waves = (0..facts.waves.len()).filter(|&wave| !facts.waves[wave].cohorts.is_empty()).map(WaveId::new);
    waves.filter(|&wave| options.windows[wave.index()][module].contains(&first) && options.has_room(wave, at)).collect()
}
