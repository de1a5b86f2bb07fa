//! A place for each member of each cohort. What is kept by place lies together in memory, cohort by cohort.

use std::ops::Range;

use crate::ids::ManagerId;

/// Places per block. The places of a cohort are whole blocks, and a block is priced in one vector operation.
pub const LANES: usize = 8;

/// The place of a manager who sits nowhere.
const NOWHERE: u32 = u32::MAX;

/// The places of all cohorts. Those of a cohort that are taken come first.
#[derive(Clone)]
pub struct Places {
    /// For each cohort its first block; at the end, how many there are.
    starts: Vec<usize>,
    /// How many members each cohort has.
    sizes: Vec<usize>,
    /// By place: who sits there, or the manager who stands for nobody.
    members: Vec<ManagerId>,
    /// By manager.
    places: Vec<u32>,
    nobody: ManagerId,
}

impl Places {
    /// Cohorts without members; `nobody` is a number behind those of all managers.
    pub fn new(cohorts: usize, nobody: ManagerId) -> Places {
        let (starts, members) = ((0..=cohorts).collect(), vec![nobody; cohorts * LANES]);
        Places { starts, sizes: vec![0; cohorts], members, places: vec![NOWHERE; nobody.index()], nobody }
    }

    /// How many cohorts there are.
    #[inline]
    pub fn cohorts(&self) -> usize {
        self.sizes.len()
    }

    /// How many places there are.
    #[inline]
    pub fn count(&self) -> usize {
        self.members.len()
    }

    /// By place, who sits there.
    #[inline]
    pub fn members(&self) -> &[ManagerId] {
        &self.members
    }

    /// The place of a manager; `None` for one who sits nowhere.
    #[inline]
    pub fn of(&self, manager: ManagerId) -> Option<usize> {
        let place = self.places[manager.index()];
        (place != NOWHERE).then_some(place as usize)
    }

    /// The places of a cohort that are taken.
    #[inline]
    pub fn taken(&self, cohort: usize) -> Range<usize> {
        let first = self.starts[cohort] * LANES;
        first..first + self.sizes[cohort]
    }

    /// How many blocks of [`LANES`] places there are.
    #[inline]
    pub fn blocks(&self) -> usize {
        self.members.len() / LANES
    }

    /// The blocks of a cohort in which somebody sits.
    #[inline]
    pub fn blocks_of(&self, cohort: usize) -> Range<usize> {
        let first = self.starts[cohort];
        first..first + self.sizes[cohort].div_ceil(LANES)
    }

    /// For each cohort, the blocks in which somebody sits.
    #[inline]
    pub fn all_blocks(&self) -> impl Iterator<Item = Range<usize>> {
        (0..self.sizes.len()).map(|cohort| self.blocks_of(cohort))
    }

    /// Whether all places of the cohort are taken.
    pub fn is_full(&self, cohort: usize) -> bool {
        self.taken(cohort).end == self.starts[cohort + 1] * LANES
    }

    /// Gives a cohort another block; everyone behind it gets a new place.
    pub fn make_room(&mut self, cohort: usize) {
        let end = self.starts[cohort + 1] * LANES;
        self.members.splice(end..end, [self.nobody; LANES]);
        self.starts[cohort + 1..].iter_mut().for_each(|start| *start += 1);
        for (place, member) in self.members.iter().enumerate().skip(end).filter(|(_, member)| **member != self.nobody) {
            self.places[member.index()] = place as u32;
        }
    }

    /// Removes a manager from a cohort, whose last member takes the place. The place, and the one that is free now.
    pub fn leave(&mut self, cohort: usize, manager: ManagerId) -> (usize, usize) {
        let (place, last) = (self.places[manager.index()] as usize, self.taken(cohort).end - 1);
        self.swap(place, last);
        self.sizes[cohort] -= 1;
        self.members[last] = self.nobody;
        self.places[manager.index()] = NOWHERE;
        (place, last)
    }

    /// Gives a manager a place in a cohort that is not full, and says which.
    pub fn come(&mut self, cohort: usize, manager: ManagerId) -> usize {
        let place = self.taken(cohort).end;
        self.sizes[cohort] += 1;
        self.members[place] = manager;
        self.places[manager.index()] = place as u32;
        place
    }

    /// Has two managers exchange places.
    #[inline]
    pub fn swap(&mut self, a: usize, b: usize) {
        self.members.swap(a, b);
        self.places[self.members[a].index()] = a as u32;
        self.places[self.members[b].index()] = b as u32;
    }
}
