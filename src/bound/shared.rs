//! Dates on which a consultant can lead two runs, a half day of each.

use smallvec::SmallVec;

use super::ways::Ways;
use super::windows::gaps;
use crate::facts::{Facts, half_mask};
use crate::ids::WaveId;

/// So many pairs of ways are looked at in all; whatever is left then is taken to be shared.
const LOOKED: usize = 1 << 22;

/// The half days on which a way takes one half of a date alone.
fn lone_halves(ways: &Ways, way: usize) -> SmallVec<[usize; 4]> {
    let sittings = &ways.list[way].sittings;
    let halves = |day: u16| {
        let of_day = sittings.iter().filter(move |sitting| sitting.day == day);
        of_day.fold(0, |mask, sitting| mask | half_mask(sitting.part))
    };
    let lone = sittings.iter().filter(|sitting| halves(sitting.day).count_ones() == 1);
    lone.flat_map(|sitting| sitting.slots()).collect()
}

/// By way, for how many half days at the least each of its consultants works, where a date counts for two unless its other
/// half can go to another run.
pub fn half_days(facts: &Facts, ways: &Ways) -> Vec<i64> {
    let users: Vec<SmallVec<[WaveId; 4]>> = (0..ways.list.len()).map(|way| users(facts, ways, way)).collect();
    let mut lone: Vec<Vec<usize>> = vec![Vec::new(); 2 * facts.slots.days];
    for way in (0..ways.list.len()).filter(|&way| !users[way].is_empty()) {
        lone_halves(ways, way).into_iter().for_each(|slot| lone[slot].push(way));
    }
    // Two runs are of two cohorts, or of two modules that one cohort may have on the same day.
    let most = |waves: &[WaveId]| waves.iter().map(|wave| facts.waves[wave.index()].cohorts.len()).max().unwrap_or(0);
    let is_alone =
        |way: usize, other: usize| users[way].len() == 1 && users[way] == users[other] && most(&users[way]) == 1;
    let follows = |way: usize, other: usize| {
        let (one, another) = (ways.module(way), ways.module(other));
        one != another && *gaps(facts, one.max(another)).start() == 0
    };
    let mut looked = 0;
    let mut can_join = |way: usize, other: usize| {
        looked += 1;
        let slots = || ways.list[way].sittings.iter().flat_map(|sitting| sitting.slots());
        looked > LOOKED
            || ways.list[way].able & ways.list[other].able != 0
                && (!is_alone(way, other) || follows(way, other))
                && !slots().any(|slot| ways.list[other].sittings.iter().any(|sitting| sitting.takes(slot)))
    };
    let mut of_way = |way: usize| {
        let all: usize = ways.list[way].sittings.iter().map(|sitting| sitting.slots().count()).sum();
        let alone =
            lone_halves(ways, way).into_iter().filter(|slot| !lone[slot ^ 1].iter().any(|&other| can_join(way, other)));
        (all + alone.count()) as i64
    };
    (0..ways.list.len()).map(&mut of_way).collect()
}

/// The waves that could hold the run so.
fn users(facts: &Facts, ways: &Ways, way: usize) -> SmallVec<[WaveId; 4]> {
    let first = ways.list[way].first;
    let module = ways.module(way);
    let waves = (0..facts.waves.len()).filter(|&wave| !facts.waves[wave].cohorts.is_empty()).map(WaveId::new);
    waves.filter(|&wave| ways.windows[wave.index()][module].contains(&first) && ways.is_held(wave, way)).collect()
}
