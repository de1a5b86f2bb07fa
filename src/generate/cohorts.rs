//! Who is in which cohort of the planted plan, and the waves that follow from it.

use super::staff::Person;
use super::year;
use crate::facts::{Members, Wave};
use crate::ids::CohortId;

/// Most members of any cohort.
pub const LARGEST: usize = 24;

/// Waves and members that fit each other.
pub struct Cohorts {
    /// The leadership groups' wave, then the others'.
    pub waves: Vec<Wave>,
    /// For each cohort its members, as numbers of people.
    pub members: Vec<Vec<usize>>,
}

impl Cohorts {
    /// Deals everyone who takes part: the leadership groups whole, the others so that every department, every area and
    /// every superior with deputies is spread as evenly as can be. `tightness` (0 to 100) is about seats.
    pub fn deal(people: &[Person], year: i32, tightness: usize) -> Cohorts {
        let slack = 3 - tightness / 50;
        let groups = leadership_groups(people);
        let leaders: usize = groups.iter().map(Vec::len).sum();
        let mut members = (leaders.div_ceil(LARGEST)..groups.len())
            .map(|count| pack(&groups, count))
            .find(|cohorts| cohorts.iter().all(|cohort| cohort.len() <= LARGEST))
            .unwrap_or_else(|| groups.clone());

        let others = mixed(people);
        let mixed = mixed_cohorts(others.len(), tightness);
        let mixed_waves = mixed.min(3 + mixed / 40).min(7);
        let mut sizes = vec![members.len()];
        sizes.extend((0..mixed_waves).map(|wave| (mixed + wave) / mixed_waves));

        let mut waves = Vec::new();
        let mut next = 0;
        for (wave, (&cohorts, start)) in sizes.iter().zip(year::windows(year, &sizes)).enumerate() {
            waves.push(Wave {
                id: if wave == 0 { "ledning".to_owned() } else { format!("blandad{wave}") },
                members: if wave == 0 { Members::Leadership } else { Members::Others },
                cohorts: (next..next + cohorts).map(CohortId::new).collect(),
                min: 0,
                max: 0,
                start,
            });
            next += cohorts;
        }

        // One to each cohort in turn, neighbours of the organisation to different waves.
        let mut turns: Vec<(usize, usize, CohortId)> = Vec::new();
        for (wave, each) in waves.iter().enumerate().skip(1) {
            turns.extend(each.cohorts.iter().enumerate().map(|(round, &cohort)| (round, wave, cohort)));
        }
        turns.sort_unstable();
        members.resize(next, Vec::new());
        for (person, (_, _, cohort)) in others.into_iter().zip(turns.iter().cycle()) {
            members[cohort.index()].push(person);
        }

        for wave in &mut waves {
            let sizes = || wave.cohorts.iter().map(|cohort| members[cohort.index()].len());
            (wave.min, wave.max) = (sizes().min().unwrap_or(1), sizes().max().unwrap_or(1));
        }
        let (least, most) =
            waves[1..].iter().fold((LARGEST, 0), |(least, most), wave| (least.min(wave.min), most.max(wave.max)));
        for wave in &mut waves {
            if wave.members == Members::Others {
                (wave.min, wave.max) = (least, most);
            }
            wave.min = wave.min.saturating_sub(slack).max(1);
            wave.max = (wave.max + slack).min(LARGEST);
        }
        Cohorts { waves, members }
    }
}

/// How many cohorts so many managers make: 21 to 23 in each.
pub fn mixed_cohorts(managers: usize, tightness: usize) -> usize {
    managers.div_ceil(21 + tightness / 34)
}

/// Those who take part and have no leadership group, in the order of the organisation.
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

/// Deals whole groups, largest first, always to the smallest cohort (Graham's longest processing time first, 1969).
fn pack(groups: &[Vec<usize>], count: usize) -> Vec<Vec<usize>> {
    let mut cohorts = vec![Vec::new(); count];
    for group in groups {
        if let Some(smallest) = cohorts.iter_mut().min_by_key(|cohort| cohort.len()) {
            smallest.extend(group);
        }
    }
    cohorts
}
