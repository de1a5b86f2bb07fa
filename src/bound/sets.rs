//! The sets that a cohort's timeline is priced for one by one: of consultants whom it meets, and of leadership groups.

use super::prices::{DEAREST, SCALE};
use crate::facts::{Facts, Members, Wave};
use crate::ids::WaveId;
use crate::term::Timed;

/// At most so many sets of consultants are looked at one by one.
const MOST_CREWS: usize = 4_000;

/// At most so many sets of groups are looked at.
const MOST_PARTIES: usize = 4_000;

/// Some consultants, as bits, and what the rules charge for meeting so many.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Crew {
    /// Who.
    pub who: u64,
    /// What meeting so many costs, in thousandths.
    pub price: i64,
}

/// Some groups that one cohort takes, with how many managers they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Party {
    /// Which, as bits by place in [`Parties::groups`].
    pub groups: u32,
    /// How many managers.
    pub size: usize,
}

impl Party {
    /// Which groups, by place in [`Parties::groups`].
    pub fn list(self) -> impl Iterator<Item = usize> {
        bits(self.groups.into(), 64)
    }
}

/// All sets of groups, by wave.
pub struct Parties {
    /// The groups that are looked at; the others are left out, which makes the bound weaker, never wrong.
    pub groups: Vec<usize>,
    /// For each wave the sets that its cohorts can take, the empty one where it takes none.
    pub of_wave: Vec<Vec<Party>>,
    /// For each wave, whether a cohort has a set's members and no others.
    pub settled: Vec<bool>,
}

/// The sets of consultants to be looked at for a wave, cheapest first. Where there are too many, the largest are
/// replaced by one of all consultants that costs what the cheapest of them does.
pub fn crews(facts: &Facts, rules: &[(i64, &dyn Timed)], wave: WaveId) -> Vec<Crew> {
    let people = facts.consultants.len();
    let price = |different: usize| {
        let each = |&(weight, rule): &(i64, &dyn Timed)| {
            weight.saturating_mul(rule.faces(facts, wave, different)).saturating_mul(SCALE)
        };
        rules.iter().map(each).fold(0, i64::saturating_add).clamp(0, DEAREST)
    };
    let able = |who: u64| {
        facts.modules.iter().enumerate().all(|(module, asks)| {
            let able = (0..people).filter(|&k| who >> k & 1 == 1 && facts.consultants[k].leads[module]);
            able.count() >= asks.consultants
        })
    };
    let mut crews = Vec::new();
    for size in 0..=people {
        // Where one more costs no more, one more is at least as good.
        if size < people && price(size + 1) <= price(size) {
            continue;
        }
        if size == people || crews.len() + choose(people, size) > MOST_CREWS {
            let least = (size..=people).map(price).min().unwrap_or(0);
            crews.push(Crew { who: if people == 0 { 0 } else { u64::MAX >> (64 - people) }, price: least });
            break;
        }
        let sets = subsets(people, size).filter(|&who| able(who));
        crews.extend(sets.map(|who| Crew { who, price: price(size) }));
    }
    crews.sort_by_key(|crew| (crew.price, crew.who));
    crews
}

/// How many sets of so many there are.
pub fn choose(people: usize, size: usize) -> usize {
    (0..size).fold(1, |sets: usize, at| sets.saturating_mul(people.saturating_sub(at)) / (at + 1))
}

/// All sets of `size` of `people`, as bits, smallest number first (Gosper, "Loopless Gray code", HAKMEM item 175, 1972).
fn subsets(people: usize, size: usize) -> impl Iterator<Item = u64> {
    let end = 1_u128 << people;
    let next = |&set: &u128| {
        (set != 0).then(|| {
            let low = set & set.wrapping_neg();
            let ripple = set + low;
            ripple | (((set ^ ripple) >> 2) / low)
        })
    };
    std::iter::successors(Some((1_u128 << size) - 1), next).take_while(move |&set| set < end).map(|set| set as u64)
}

impl Parties {
    /// The sets of groups for waves in which `is_charged` says that rules charge for members. The largest groups are looked
    /// at first, as many as do not make too many sets.
    pub fn of(facts: &Facts, is_charged: &dyn Fn(WaveId) -> bool) -> Parties {
        let takes = |wave: usize| facts.waves[wave].members != Members::Others && is_charged(WaveId::new(wave));
        let waves = facts.waves.len();
        let mut groups: Vec<usize> =
            (0..facts.groups.len()).filter(|&group| !facts.groups[group].members.is_empty()).collect();
        groups.sort_by_key(|&group| (std::cmp::Reverse(facts.groups[group].members.len()), group));
        let all = groups.len();
        if (0..waves).filter(|&wave| facts.waves[wave].members != Members::Others).any(|wave| !takes(wave)) {
            // A group that goes where nothing is charged tells nothing.
            groups.clear();
        }
        groups.truncate(31);
        loop {
            let mut of_wave = Vec::new();
            let mut left = MOST_PARTIES;
            for wave in 0..waves {
                let mut sets = Vec::new();
                let joins: &[usize] = if takes(wave) { &groups } else { &[] };
                let most = facts.waves[wave].max;
                let is_whole = add(facts, joins, most, Party { groups: 0, size: 0 }, 0, left, &mut sets);
                if !is_whole {
                    break;
                }
                if facts.waves[wave].members == Members::Leadership && takes(wave) && groups.len() == all {
                    // Such a cohort has nobody else.
                    sets.retain(|party| party.size >= facts.waves[wave].min);
                }
                left -= sets.len().min(left);
                of_wave.push(sets);
            }
            if of_wave.len() == waves {
                let are_groups = |wave: &Wave| wave.members == Members::Leadership && groups.len() == all;
                let settled = (0..waves).map(|wave| takes(wave) && are_groups(&facts.waves[wave])).collect();
                return Parties { groups, of_wave, settled };
            }
            groups.pop();
        }
    }
}

/// Adds the set and all that come from it by adding groups from `from` on; whether there was room for all.
fn add(
    facts: &Facts,
    groups: &[usize],
    most: usize,
    party: Party,
    from: usize,
    left: usize,
    sets: &mut Vec<Party>,
) -> bool {
    if sets.len() >= left {
        return groups.is_empty() && {
            sets.push(party);
            true
        };
    }
    sets.push(party);
    (from..groups.len()).all(|at| {
        let size = party.size + facts.groups[groups[at]].members.len();
        let more = Party { groups: party.groups | 1 << at, size };
        size > most || add(facts, groups, most, more, at + 1, left, sets)
    })
}

/// The places of the bits of a set, of the first `most`.
#[inline]
pub fn bits(set: u64, most: usize) -> impl Iterator<Item = usize> {
    let mut left = if most < 64 { set & ((1 << most) - 1) } else { set };
    std::iter::from_fn(move || {
        let bit = (left != 0).then(|| left.trailing_zeros() as usize)?;
        left &= left - 1;
        Some(bit)
    })
}
