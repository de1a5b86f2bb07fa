//! Who is in which cohort of the planted plan, and the waves that follow from that.

use super::staff::Person;
use super::year;
use crate::facts::{Members, Wave};
use crate::ids::CohortId;

/// The most members of any cohort.
pub const LARGEST: usize = 24;

/// Waves, and the members of their cohorts.
pub struct Cohorts {
    /// First the wave of the leadership groups, then the mixed waves.
    pub waves: Vec<Wave>,
    /// For each cohort its members, as indices of people.
    pub members: Vec<Vec<usize>>,
}

impl Cohorts {
    /// Distributes everyone who takes part over cohorts: leadership groups stay whole, the others are placed so that
    /// every department, every area and every superior's deputies are spread as evenly as possible. `tightness` (0 to
    /// 100) decides how many free seats the cohort sizes leave.
    pub fn deal(people: &[Person], year: i32, tightness: usize) -> Cohorts {
        let mut members = pack(&leadership_groups(people));
        let others = mixed(people);
        let mut waves = waves(year, members.len(), mixed_cohorts(others.len(), tightness));

        // Each cohort gets a manager in turn. Neighbours in the organisation go to different waves.
        let mut turns: Vec<(usize, usize, CohortId)> = Vec::new();
        for (number, wave) in waves.iter().enumerate().skip(1) {
            turns.extend(wave.cohorts.iter().enumerate().map(|(round, &cohort)| (round, number, cohort)));
        }
        turns.sort_unstable();
        members.resize(members.len() + turns.len(), Vec::new());
        for (person, (_, _, cohort)) in others.into_iter().zip(turns.iter().cycle()) {
            members[cohort.index()].push(person);
        }

        let slack = 3 - tightness / 50;
        let (leading, mixed) = waves.split_at_mut(1);
        for waves in [leading, mixed] {
            let cohorts = waves.iter().flat_map(|wave| &wave.cohorts);
            let sizes: Vec<usize> = cohorts.map(|cohort| members[cohort.index()].len()).collect();
            let (least, most) = (sizes.iter().min().copied().unwrap_or(1), sizes.iter().max().copied().unwrap_or(1));
            for wave in waves {
                (wave.min, wave.max) = (least.saturating_sub(slack).max(1), (most + slack).min(LARGEST));
            }
        }
        Cohorts { waves, members }
    }

    /// The members of the mixed cohorts.
    pub fn mixed(&self) -> impl Iterator<Item = &Vec<usize>> {
        self.waves[1..].iter().flat_map(|wave| &wave.cohorts).map(|cohort| &self.members[cohort.index()])
    }
}

/// One wave for the cohorts of leadership groups and at least three for the mixed cohorts where there are as many.
/// Sizes are set later.
fn waves(year: i32, leading: usize, mixed: usize) -> Vec<Wave> {
    let mixed_waves = mixed.min(3 + mixed / 40).min(7);
    let mut cohorts = vec![leading];
    cohorts.extend((0..mixed_waves).map(|wave| (mixed + wave) / mixed_waves));
    let mut next = 0;
    let wave = |(number, (&count, start)): (usize, (&usize, _))| {
        let first = next;
        next += count;
        Wave {
            id: if number == 0 { "ledning".to_owned() } else { format!("blandad{number}") },
            members: if number == 0 { Members::Leadership } else { Members::Others },
            cohorts: (first..next).map(CohortId::new).collect(),
            min: 0,
            max: 0,
            start,
        }
    };
    cohorts.iter().zip(year::windows(year, &cohorts)).enumerate().map(wave).collect()
}

/// How many mixed cohorts this many managers make, with at most 21 members each at tightness 0 and 23 at 100.
pub fn mixed_cohorts(managers: usize, tightness: usize) -> usize {
    managers.div_ceil(21 + tightness / 34)
}

/// Managers who take part and have no leadership group, in the order of the organisation.
fn mixed(people: &[Person]) -> Vec<usize> {
    (0..people.len()).filter(|&index| people[index].permanent && people[index].group.is_none()).collect()
}

/// The leadership groups, largest first.
fn leadership_groups(people: &[Person]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (index, person) in people.iter().enumerate().filter(|(_, person)| person.group.is_some()) {
        match groups.last_mut().filter(|group| group.first().is_some_and(|&first| people[first].group == person.group))
        {
            Some(group) => group.push(index),
            None => groups.push(vec![index]),
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
    groups
}

/// Distributes whole groups over as few cohorts as possible, largest first, each to the cohort that is smallest so
/// far (longest processing time first; Graham 1969).
fn pack(groups: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let managers: usize = groups.iter().map(Vec::len).sum();
    let pack_into = |count: usize| {
        let mut cohorts = vec![Vec::new(); count];
        for group in groups {
            if let Some(smallest) = cohorts.iter_mut().min_by_key(|cohort| cohort.len()) {
                smallest.extend(group);
            }
        }
        cohorts
    };
    (managers.div_ceil(LARGEST)..groups.len())
        .map(pack_into)
        .find(|cohorts| cohorts.iter().all(|cohort| cohort.len() <= LARGEST))
        .unwrap_or_else(|| groups.to_vec())
}
