//! What every way to hold a run costs at the present tolls.

use smallvec::SmallVec;

use super::market::Market;
use super::prices::CLOSED;
use super::sets::bits;
use super::ways::Ways;
use crate::facts::Facts;
use crate::ids::WaveId;

/// The costs, in thousandths.
pub struct Fares {
    people: usize,
    ways: usize,
    /// By way: how large its team is.
    team: Vec<usize>,
    /// By way and consultant; [`CLOSED`] for who cannot lead it.
    person: Vec<i64>,
    /// By wave and way: the cheapest kind of room, with what the rules charge.
    room: Vec<i64>,
    /// By wave and way: the cheapest kind of room and the cheapest team of all.
    all: Vec<i64>,
}

impl Fares {
    /// The costs by the market's tolls.
    pub fn of(facts: &Facts, ways: &Ways, market: &Market, kinds: usize) -> Fares {
        let people = facts.consultants.len();
        let mut team = vec![0; ways.list.len()];
        for module in 0..facts.modules.len() {
            let of_module = (0..facts.slots.days).flat_map(|first| ways.on(module, first));
            of_module.for_each(|way| team[way] = facts.modules[module].consultants);
        }
        let mut fares =
            Fares { people, ways: ways.list.len(), team, person: Vec::new(), room: Vec::new(), all: Vec::new() };
        fares.update(facts, ways, market, kinds);
        fares
    }

    /// Follows the market's tolls.
    pub fn update(&mut self, facts: &Facts, ways: &Ways, market: &Market, kinds: usize) {
        self.person.clear();
        self.room.clear();
        self.all.clear();
        let mut crew = Vec::with_capacity(self.ways);
        let mut kind_tolls = Vec::with_capacity(self.ways * kinds);
        for (index, way) in ways.list.iter().enumerate() {
            let slots: SmallVec<[usize; 8]> = way.sittings.iter().flat_map(|sitting| sitting.slots()).collect();
            let sum = |toll: &dyn Fn(usize) -> i64| slots.iter().map(|&slot| toll(slot)).sum::<i64>();
            self.person.extend((0..self.people).map(|person| {
                let work = way.work * market.work_toll(person);
                if way.able >> person & 1 == 1 {
                    sum(&|slot| market.consultant_toll(person, slot)) + work
                } else {
                    CLOSED
                }
            }));
            kind_tolls.extend((0..kinds).map(|kind| sum(&|slot| market.room_toll(kind, slot))));
            crew.push(self.crew(index, u64::MAX));
        }
        for wave in (0..facts.waves.len()).map(WaveId::new) {
            for (way, &crew) in crew.iter().enumerate() {
                let tolls = &kind_tolls[way * kinds..(way + 1) * kinds];
                let each = ways.rooms(wave, way).iter().zip(tolls).map(|(price, toll)| price + toll);
                let room = each.min().unwrap_or(CLOSED).min(CLOSED);
                self.room.push(room);
                self.all.push(if room < CLOSED { room + crew } else { CLOSED });
            }
        }
    }

    /// How large the team for a way is.
    pub fn team_size(&self, way: usize) -> usize {
        self.team[way]
    }

    /// The cheapest team out of `who`; [`CLOSED`] where there is none.
    #[inline]
    pub fn crew(&self, way: usize, who: u64) -> i64 {
        let fares = &self.person[way * self.people..(way + 1) * self.people];
        if self.team[way] == 1 {
            return bits(who, self.people).map(|person| fares[person]).min().unwrap_or(CLOSED);
        }
        self.cheapest(fares, who, self.team[way])
            .iter()
            .fold(0, |sum, &(fare, _)| if fare < CLOSED { sum + fare } else { CLOSED })
    }

    /// The cheapest team out of `who`, one by one.
    pub fn team(&self, way: usize, who: u64) -> impl Iterator<Item = usize> + use<> {
        let fares = &self.person[way * self.people..(way + 1) * self.people];
        self.cheapest(fares, who, self.team[way]).into_iter().map(|(_, person)| person)
    }

    /// The `size` cheapest of `who`, filled up with [`CLOSED`].
    #[inline]
    fn cheapest(&self, fares: &[i64], who: u64, size: usize) -> SmallVec<[(i64, usize); 4]> {
        let mut best: SmallVec<[(i64, usize); 4]> = SmallVec::from_elem((CLOSED, 0), size);
        for person in bits(who, self.people) {
            let mut new = (fares[person], person);
            for place in &mut best {
                if new.0 < place.0 {
                    std::mem::swap(place, &mut new);
                }
            }
        }
        best
    }

    /// The cheapest kind of room for a way.
    #[inline]
    pub fn room(&self, wave: WaveId, way: usize) -> i64 {
        self.room[wave.index() * self.ways + way]
    }

    /// The cheapest room with the cheapest team out of `who`, where with the cheapest team of all it comes to `floor`;
    /// [`CLOSED`] where there is none.
    #[inline]
    pub fn with(&self, wave: WaveId, way: usize, who: u64, floor: i64) -> i64 {
        let team = self.crew(way, who);
        if team < CLOSED { self.room(wave, way) + team + floor - self.all(wave)[way] } else { CLOSED }
    }

    /// The cheapest room and team for each way.
    pub fn all(&self, wave: WaveId) -> &[i64] {
        &self.all[wave.index() * self.ways..(wave.index() + 1) * self.ways]
    }
}
