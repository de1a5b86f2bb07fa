//! The sets for which a cohort's timeline is priced one by one: of consultants whom it meets, and of leadership groups.

use crate::bound::costs::weighted;
use crate::facts::{Facts, Members, Wave};
use crate::ids::WaveId;
use crate::term::Timed;

/// At most this many sets of consultants are priced one by one for a wave. Chosen: each costs a shortest path.
const MOST_CONSULTANT_SETS: usize = 4_000;

/// At most this many sets of groups are priced for all waves. Chosen, for the same reason.
const MOST_GROUP_SETS: usize = 4_000;

/// Some consultants, as bits, and what the rules charge for meeting as many.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ConsultantSet {
    /// Who.
    pub who: u64,
    /// What meeting as many costs, in thousandths.
    pub cost: i64,
}

/// Some groups that one cohort takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct GroupSet {
    /// Which, as bits by place in [`GroupSets::groups`].
    pub groups: u32,
    /// How many managers they are.
    pub size: usize,
}

impl GroupSet {
    /// Which groups, by place in [`GroupSets::groups`].
    pub fn list(self) -> impl Iterator<Item = usize> {
        bits(self.groups.into(), 64)
    }
}

/// All sets of groups, by wave.
pub struct GroupSets {
    /// The groups that are looked at. Leaving out the others makes the bound weaker, never wrong.
    pub groups: Vec<usize>,
    /// By wave: the sets that its cohorts can take, the empty one among them unless it makes a cohort too small.
    pub of_wave: Vec<Vec<GroupSet>>,
    /// By wave: whether a cohort has a set's members and no others.
    pub settled: Vec<bool>,
}

/// The sets of consultants to be priced for a wave, cheapest first. Where there are too many, the largest are replaced by one
/// of all consultants that costs what the cheapest of them does.
pub fn consultant_sets(facts: &Facts, rules: &[(i64, &dyn Timed)], wave: WaveId) -> Vec<ConsultantSet> {
    let people = facts.consultants.len();
    let cost =
        |different: usize| weighted(rules.iter().map(|&(weight, rule)| (weight, rule.faces(facts, wave, different))));
    let can_lead_all = |who: u64| {
        facts.modules.iter().enumerate().all(|(module, asks)| {
            let able = (0..people).filter(|&k| who >> k & 1 == 1 && facts.consultants[k].leads[module]);
            able.count() >= asks.consultants
        })
    };
    let mut sets = Vec::new();
    for size in 0..=people {
        // Where one more costs no more, one more is at least as good.
        if size < people && cost(size + 1) <= cost(size) {
            continue;
        }
        if size == people || sets.len() + choose(people, size) > MOST_CONSULTANT_SETS {
            let least = (size..=people).map(cost).min().unwrap_or(0);
            sets.push(ConsultantSet { who: if people == 0 { 0 } else { u64::MAX >> (64 - people) }, cost: least });
            break;
        }
        let of_size = subsets(people, size).filter(|&who| can_lead_all(who));
        sets.extend(of_size.map(|who| ConsultantSet { who, cost: cost(size) }));
    }
    sets.sort_by_key(|set| (set.cost, set.who));
    sets
}

/// How many sets of `size` of `people` there are.
pub fn choose(people: usize, size: usize) -> usize {
    (0..size).fold(1, |sets: usize, at| sets.saturating_mul(people.saturating_sub(at)) / (at + 1))
}

/// All sets of `size` of `people`, as bits, smallest number first (Gosper, HAKMEM item 175, 1972).
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

impl GroupSets {
    /// The sets of groups, for waves in which `is_charged` says that rules charge for members. As many groups are looked at as
    /// do not make too many sets, the largest first.
    pub fn of(facts: &Facts, is_charged: &dyn Fn(WaveId) -> bool) -> GroupSets {
        let takes = |wave: usize| facts.waves[wave].members != Members::Others && is_charged(WaveId::new(wave));
        let waves = facts.waves.len();
        let mut groups: Vec<usize> =
            (0..facts.groups.len()).filter(|&group| !facts.groups[group].members.is_empty()).collect();
        groups.sort_by_key(|&group| (std::cmp::Reverse(facts.groups[group].members.len()), group));
        let all = groups.len();
        if (0..waves).filter(|&wave| facts.waves[wave].members != Members::Others).any(|wave| !takes(wave)) {
            // Any group may be in a wave where nothing is charged for it, so none proves anything.
            groups.clear();
        }
        // A set has 32 bits, and one more than there are groups is needed.
        groups.truncate(31);
        loop {
            let mut of_wave = Vec::new();
            let mut left = MOST_GROUP_SETS;
            for wave in 0..waves {
                let mut sets = Vec::new();
                let joins: &[usize] = if takes(wave) { &groups } else { &[] };
                let most = facts.waves[wave].max;
                let is_whole = add(facts, joins, most, GroupSet { groups: 0, size: 0 }, 0, left, &mut sets);
                if !is_whole {
                    break;
                }
                if facts.waves[wave].members == Members::Leadership && takes(wave) && groups.len() == all {
                    // Such a cohort has nobody else.
                    sets.retain(|set| set.size >= facts.waves[wave].min);
                }
                left -= sets.len().min(left);
                of_wave.push(sets);
            }
            if of_wave.len() == waves {
                let are_groups = |wave: &Wave| wave.members == Members::Leadership && groups.len() == all;
                let settled = (0..waves).map(|wave| takes(wave) && are_groups(&facts.waves[wave])).collect();
                return GroupSets { groups, of_wave, settled };
            }
            groups.pop();
        }
    }
}

/// Adds `set`, and all that come from it by adding groups from `from` on. Whether there was room for all: `sets` may hold
/// `left`, and the empty set in any case.
fn add(
    facts: &Facts,
    groups: &[usize],
    most: usize,
    set: GroupSet,
    from: usize,
    left: usize,
    sets: &mut Vec<GroupSet>,
) -> bool {
    if sets.len() >= left {
        return groups.is_empty() && {
            sets.push(set);
            true
        };
    }
    sets.push(set);
    (from..groups.len()).all(|at| {
        let size = set.size + facts.groups[groups[at]].members.len();
        let more = GroupSet { groups: set.groups | 1 << at, size };
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
