//! Whole timelines of one cohort, each with its room, its teams, the consultants it meets and the groups it takes, and
//! the search for the cheapest at the present tolls.

use std::ops::Range;

use super::charges::Charges;
use super::fares::Fares;
use super::market::Market;
use super::only;
use super::path::{Route, Scratch};
use super::prices::{CLOSED, DEAREST, Kind, Prices, SCALE};
use super::sets::{Crew, Parties, Party, crews};
use super::ways::Ways;
use crate::facts::{Facts, Members};
use crate::ids::{ManagerId, ModuleId, WaveId};
use crate::term::Timed;

/// One timeline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// What the rules charge, in thousandths.
    pub cost: i64,
    /// What it takes of the market's items: 1 of what there is, −1 of a group.
    pub uses: Vec<(u32, i32)>,
}

impl Column {
    /// What it costs at these tolls, by item.
    pub fn price(&self, tolls: &[i64]) -> i64 {
        let tolls = self.uses.iter().map(|&(item, amount)| tolls[item as usize] * i64::from(amount));
        self.cost + tolls.sum::<i64>()
    }
}

/// What is looked at for one wave.
pub struct Stall {
    /// The sets of consultants, cheapest first.
    pub crews: Vec<Crew>,
    /// The sets of groups.
    pub parties: Vec<Party>,
    /// For each party, what the rules charge for who its members are.
    company: Vec<i64>,
    /// For each party, the least its timeline costs without tolls.
    free: Vec<i64>,
    /// By group and way: what the rules charge for its members' absences.
    absent: Vec<Vec<i64>>,
    /// Who can have no other cohort, and is in none of the groups.
    pub certain: Vec<ManagerId>,
    /// By way: what the rules charge for their absences; [`CLOSED`] where runs are fixed at other times.
    missed: Vec<i64>,
    /// The ways that begin within the windows.
    near: Vec<Range<usize>>,
}

/// Everything that timelines are found with.
pub struct Columns<'a> {
    facts: &'a Facts,
    /// What the rules charge.
    pub prices: &'a Prices,
    /// All ways to hold a run.
    pub ways: &'a Ways,
    stalls: Vec<Stall>,
    /// The groups that are looked at.
    pub groups: Vec<usize>,
    /// For each wave, whether what its cohorts cost by their members is in the prices of its timelines.
    pub settled: Vec<bool>,
    scratch: Scratch,
    /// How many shortest paths have been looked for.
    pub searches: usize,
}

impl<'a> Columns<'a> {
    /// What is looked at for these rules; `None` where a wave has no timeline at all, or no party that keeps what is hard.
    pub fn of(facts: &'a Facts, charges: &Charges, prices: &'a Prices, ways: &'a Ways) -> Option<Columns<'a>> {
        let rules = charges.timed();
        let absences = |wave: WaveId, members: &[ManagerId]| -> Vec<i64> {
            let charge = |sitting| {
                let each = |&(weight, rule): &(i64, &dyn Timed)| {
                    let amount: i64 = members.iter().map(|&manager| rule.member(facts, wave, manager, sitting)).sum();
                    weight.saturating_mul(amount).saturating_mul(SCALE)
                };
                rules.iter().map(each).fold(0, i64::saturating_add).clamp(0, DEAREST)
            };
            ways.list.iter().map(|way| way.sittings.iter().map(|&sitting| charge(sitting)).sum()).collect()
        };
        let absent = |wave: WaveId, group: usize| absences(wave, &facts.groups[group].members);
        let takes = |wave: WaveId| facts.waves[wave.index()].members != Members::Others;
        let mut parties = Parties::of(facts, &|wave| {
            let is_missed = |group: usize| absent(wave, group).iter().any(|&price| price > 0);
            takes(wave) && (charges.are_for_groups(wave) || (0..facts.groups.len()).any(is_missed))
        });
        let market = Market::of(facts, prices, 0, Vec::new());
        let fares = Fares::of(facts, ways, &market, prices.kinds.len());
        let mut stalls = Vec::new();
        for (index, of_wave) in std::mem::take(&mut parties.of_wave).into_iter().enumerate() {
            let wave = WaveId::new(index);
            let price = |party: &Party| -> Option<i64> {
                if !parties.settled[index] {
                    return Some(0);
                }
                let members = party.list().flat_map(|group| &facts.groups[parties.groups[group]].members);
                charges.company(wave, &members.copied().collect::<Vec<_>>())
            };
            let priced = of_wave.into_iter().filter_map(|party| Some((party, price(&party)?)));
            let (of_wave, company): (Vec<Party>, Vec<i64>) = priced.unzip();
            let route = Route::new(facts, prices, ways, wave);
            let windows = ways.windows[index].iter().enumerate();
            let certain = only::members(facts, wave, &parties.groups);
            let mut stall = Stall {
                near: windows.map(|(module, window)| ways.within(module, window)).collect(),
                crews: crews(facts, &rules, wave),
                free: Vec::new(),
                absent: parties
                    .groups
                    .iter()
                    .map(|&group| if takes(wave) { absent(wave, group) } else { Vec::new() })
                    .collect(),
                missed: absences(wave, &certain),
                certain,
                parties: of_wave,
                company,
            };
            for module in (0..facts.modules.len()).map(ModuleId::new) {
                let Some(fixed) = only::sittings(facts, wave, module) else { continue };
                let is_other = |way: &usize| ways.list[*way].sittings[..] != fixed[..];
                stall.near[module.index()].clone().filter(is_other).for_each(|way| stall.missed[way] = CLOSED);
            }
            let cheapest = stall.crews.first()?.price;
            for party in &stall.parties {
                let least = route.left_to_pay(&stall.floor(fares.all(wave), *party)).least;
                stall.free.push(if least < CLOSED { least + cheapest } else { CLOSED });
            }
            if stall.free.iter().all(|&free| free >= CLOSED) {
                return None;
            }
            stalls.push(stall);
        }
        let searches = stalls.iter().map(|stall| stall.parties.len()).sum();
        let Parties { groups, settled, .. } = parties;
        Some(Columns { facts, prices, ways, stalls, groups, settled, scratch: Scratch::default(), searches })
    }

    /// Timelines of a cohort of the wave below `best` at the market's tolls, each with its price; the last of them is the
    /// cheapest of all. None where nothing is below.
    pub fn below(&mut self, wave: WaveId, fares: &Fares, market: &mut Market, mut best: i64) -> Vec<(i64, Column)> {
        let Columns { facts, prices, ways, scratch, .. } = self;
        let stall = &self.stalls[wave.index()];
        let route = Route::new(facts, prices, ways, wave);
        let mut order: Vec<(i64, usize)> =
            stall.free.iter().enumerate().map(|(at, free)| (free.min(&CLOSED) - stall.worth(market, at), at)).collect();
        order.sort_unstable();
        let mut found = Vec::new();
        for (least, at) in order {
            if least >= best {
                break;
            }
            let with_party = stall.below(route, fares, market, at, best, scratch, &mut self.searches);
            best = with_party.last().map_or(best, |(price, ..)| *price);
            let party = stall.parties[at];
            found.extend(with_party.into_iter().map(|(price, path, crew)| (price, path, crew, party)));
        }
        found
            .into_iter()
            .map(|(price, path, crew, party)| (price, self.column(wave, fares, market, price, &path, crew, party)))
            .collect()
    }

    /// The timeline of this price.
    #[allow(clippy::too_many_arguments)]
    fn column(
        &self,
        wave: WaveId,
        fares: &Fares,
        market: &mut Market,
        price: i64,
        path: &[usize],
        crew: Crew,
        party: Party,
    ) -> Column {
        let mut uses = Vec::new();
        for &way in path {
            let slots = || self.ways.list[way].sittings.iter().flat_map(|sitting| sitting.slots());
            let toll = |kind: usize| slots().map(|slot| market.room_toll(kind, slot)).sum::<i64>();
            let kinds = self.ways.rooms(wave, way).iter().enumerate();
            let kind = kinds.min_by_key(|&(kind, price)| price + toll(kind)).map_or(0, |(kind, _)| kind);
            uses.extend(slots().map(|slot| (market.room(kind, slot) as u32, 1)));
            for person in fares.team(way, crew.who) {
                uses.extend(slots().map(|slot| (market.consultant(person, slot) as u32, 1)));
                uses.extend(market.work(person).map(|item| (item as u32, self.ways.list[way].work as i32)));
            }
        }
        uses.extend(party.list().map(|group| (group as u32, -1)));
        let column = Column { cost: 0, uses };
        Column { cost: price - column.price(&market.tolls()), ..column }
    }

    /// What is looked at for a wave.
    pub fn stall(&self, wave: WaveId) -> &Stall {
        &self.stalls[wave.index()]
    }

    /// The timelines of a wave.
    pub fn route(&self, wave: WaveId) -> Route<'_> {
        Route::new(self.facts, self.prices, self.ways, wave)
    }

    /// The groups that the cohorts of the wave have together, as bits by place in [`Columns::groups`], and nobody else;
    /// none where they have no groups. `None` where they may have some of them, or others too.
    pub fn groups_of_wave(&self, wave: WaveId) -> Option<u32> {
        let takes = |stall: &&Stall| stall.parties.iter().any(|party| party.groups != 0);
        if !takes(&self.stall(wave)) {
            return Some(0);
        }
        let is_only = self.stalls.iter().filter(takes).count() == 1;
        (is_only && self.settled[wave.index()]).then(|| ((1_u64 << self.groups.len()) - 1) as u32)
    }

    /// For each party of a wave, what its cheapest timeline costs at the market's tolls; [`CLOSED`] where it has none.
    pub fn cheapest_of_each(&self, wave: WaveId, fares: &Fares, market: &Market) -> Vec<i64> {
        let (stall, route, mut scratch) = (self.stall(wave), self.route(wave), Scratch::default());
        let mut cheapest = |party| {
            let found = stall.below(route, fares, market, party, CLOSED, &mut scratch, &mut 0);
            found.last().map_or(CLOSED, |(price, ..)| *price)
        };
        (0..stall.parties.len()).map(&mut cheapest).collect()
    }

    /// The waves, those that are looked through fastest first.
    pub fn fastest_first(&self) -> Vec<WaveId> {
        let mut waves: Vec<usize> = (0..self.stalls.len()).collect();
        waves.sort_by_key(|&wave| (self.stalls[wave].parties.len() * self.stalls[wave].crews.len(), wave));
        waves.into_iter().map(WaveId::new).collect()
    }
}

impl Stall {
    /// The ways that begin within the windows.
    pub fn near(&self) -> impl Iterator<Item = usize> {
        self.near.iter().cloned().flatten()
    }

    /// Timelines with a party below `best`, each cheaper than the one before: what they cost, their ways, and whom they meet.
    /// Counts the shortest paths that are looked for.
    #[allow(clippy::too_many_arguments)]
    fn below(
        &self,
        route: Route,
        fares: &Fares,
        market: &Market,
        party: usize,
        mut best: i64,
        scratch: &mut Scratch,
        searches: &mut usize,
    ) -> Vec<(i64, Vec<usize>, Crew)> {
        let (worth, mut found) = (self.worth(market, party), Vec::new());
        let floor = self.floor(fares.all(route.wave()), self.parties[party]);
        let left = route.left_to_pay(&floor);
        *searches += 1;
        for crew in &self.crews {
            if left.least >= CLOSED || left.least + crew.price - worth >= best {
                break;
            }
            *searches += 1;
            let cost = |way: usize| fares.with(route.wave(), way, crew.who, floor[way]);
            let budget = best + worth - crew.price;
            if let Some((sum, path)) = route.cheapest(&left, &floor, &cost, budget, scratch) {
                best = sum + crew.price - worth;
                found.push((best, path, *crew));
            }
        }
        found
    }

    /// What a party's groups are worth, less what it costs to have them together.
    pub fn worth(&self, market: &Market, party: usize) -> i64 {
        let groups = self.parties[party].list();
        groups.map(|group| market.items[group].toll).sum::<i64>() - self.company[party]
    }

    /// Whether a room of this kind seats the managers of a party.
    pub fn fits(&self, facts: &Facts, kind: &Kind, party: usize) -> bool {
        kind.rooms.iter().any(|room| facts.rooms[room.index()].seats >= self.parties[party].size)
    }

    /// What each way near costs at the least with the absences of the party.
    pub fn floor(&self, all: &[i64], party: Party) -> Vec<i64> {
        let mut floor = all.to_vec();
        for absent in party.list().map(|group| &self.absent[group]).chain([&self.missed]) {
            for near in &self.near {
                floor[near.clone()].iter_mut().zip(&absent[near.clone()]).for_each(|(sum, price)| *sum += price);
            }
        }
        floor
    }
}
