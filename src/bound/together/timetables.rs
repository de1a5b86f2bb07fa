//! All timelines of a cohort with one party below a price, each with its rooms and its teams, so that it can be told
//! which of them two cohorts cannot have at once.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use chrono::Datelike;
use smallvec::SmallVec;

use super::Tolled;
use crate::bound::columns::Stall;
use crate::bound::prices::CLOSED;
use crate::bound::sets::{bits, choose};
use crate::bound::ways::Ways;
use crate::facts::Facts;
use crate::ids::WaveId;

/// A timeline with everything that others cannot have then.
#[derive(Clone, Debug)]
pub struct Timetable {
    /// What it costs at the present tolls more than the cheapest of its wave.
    pub more: i64,
    /// Half days of consultants and rooms, in order: by number of the consultant, or of the kind of room after them, and
    /// slot. Only of kinds with one room; none any more once they are numbered.
    takes: Vec<u32>,
    /// The same as bits, from [`number`].
    bits: Vec<u64>,
    /// The consultants, as bits.
    who: u64,
    /// On which days which of them work, in order.
    works: Vec<(u16, u16)>,
    /// Who cannot come to it, by number of the lister's.
    pub absences: u32,
}

/// Where so many teams could hold a way, timelines are not listed.
const MOST_TEAMS: usize = 2_000;

/// For each timeline that may be listed, so many ways to choose teams and rooms are looked at.
const TRIED: usize = 20;

/// A team and a kind of room for one way, and what they cost more than the cheapest.
struct Choice {
    more: i64,
    team: u64,
    kind: usize,
}

/// A way, and what is chosen for it.
type Chosen<'a> = (usize, &'a Choice);

/// Numbers who cannot come to a timeline of these ways; `None` where that costs so much or more, a break where it takes too
/// long to tell.
pub type Absences<'a> = dyn Fn(&[usize], i64) -> ControlFlow<(), Option<u32>> + 'a;

/// Lists the timelines of a wave.
pub struct Lister<'a> {
    pub at: &'a Tolled<'a>,
    pub wave: WaveId,
    pub absences: &'a Absences<'a>,
}

impl Lister<'_> {
    /// All timelines with this party that cost no more than so much more than the cheapest of the wave, the cheapest first;
    /// `None` where they are more than so many or it takes too long.
    pub fn list(&self, party: usize, cheapest: i64, more: i64, many: usize) -> Option<Vec<Timetable>> {
        let (stall, ways, fares) = (self.at.columns.stall(self.wave), self.at.columns.ways, self.at.fares);
        let route = self.at.columns.route(self.wave);
        let worth = stall.worth(self.at.market, party);
        let most = cheapest + more;
        let floor = stall.floor(fares.all(self.wave), stall.parties[party]);
        let least = route.left_to_pay(&floor).least;
        let (mut list, mut left) = (Vec::new(), many.saturating_mul(TRIED));
        for (number, crew) in stall.crews.iter().enumerate() {
            let budget = most + worth - crew.price;
            if least > budget {
                break;
            }
            let sizes = self.at.facts.modules.iter().map(|module| module.consultants);
            if sizes.map(|size| choose(crew.who.count_ones() as usize, size)).any(|teams| teams > MOST_TEAMS) {
                return None;
            }
            let mut cost = vec![CLOSED; ways.list.len()];
            for way in stall.near().filter(|&way| floor[way] < CLOSED) {
                cost[way] = fares.with(self.wave, way, crew.who, floor[way]);
            }
            let mut known: BTreeMap<usize, Vec<Choice>> = BTreeMap::new();
            // Who meets fewer is listed with a crew before.
            let is_new = |met: u64| stall.crews[..number].iter().all(|before| met & !before.who != 0);
            let is_whole = route.each_within(&route.left_to_pay(&cost), &cost, budget, &mut |sum, path| {
                let absences = match (self.absences)(path, budget - sum) {
                    ControlFlow::Continue(Some(number)) => number,
                    ControlFlow::Continue(None) => return true,
                    ControlFlow::Break(()) => return false,
                };
                for &way in path {
                    known.entry(way).or_insert_with(|| self.choices(stall, ways, party, way, crew.who));
                }
                let choices: SmallVec<[(usize, &[Choice]); 8]> =
                    path.iter().map(|&way| (way, &known[&way][..])).collect();
                let mut chosen = SmallVec::new();
                each(&choices, budget - sum, &mut chosen, &mut |more, chosen| {
                    let met = chosen.iter().fold(0, |met, (_, choice)| met | choice.team);
                    if is_new(met) {
                        let timetable = self.timetable(sum + more + crew.price - worth - cheapest, chosen);
                        list.push(Timetable { absences, ..timetable });
                    }
                    left = left.saturating_sub(1);
                    left > 0 && list.len() <= many
                })
            });
            if !is_whole {
                return None;
            }
        }
        list.sort_by(|a, b| (a.more, &a.takes).cmp(&(b.more, &b.takes)));
        Some(list)
    }

    /// The teams of this crew and the kinds of rooms for a way, the cheapest first.
    fn choices(&self, stall: &Stall, ways: &Ways, party: usize, way: usize, who: u64) -> Vec<Choice> {
        let (fares, wave) = (self.at.fares, self.wave);
        let least = fares.room(wave, way) + fares.crew(way, who);
        let able: SmallVec<[usize; 8]> = bits(who & ways.list[way].able, 64).collect();
        let mut choices = Vec::new();
        for (kind, &price) in ways.rooms(wave, way).iter().enumerate() {
            if price >= CLOSED || !stall.fits(self.at.facts, &self.at.columns.prices.kinds[kind], party) {
                continue;
            }
            let slots = ways.list[way].sittings.iter().flat_map(|sitting| sitting.slots());
            let room = price + slots.map(|slot| self.at.market.room_toll(kind, slot)).sum::<i64>();
            let teams = teams(&able, fares.team_size(way)).into_iter();
            choices.extend(teams.map(|team| Choice { more: room + fares.crew(way, team) - least, team, kind }));
        }
        choices.sort_by_key(|choice| (choice.more, choice.team, choice.kind));
        choices
    }

    fn timetable(&self, more: i64, chosen: &[Chosen]) -> Timetable {
        let (slots, people) = (2 * self.at.facts.slots.days, self.at.facts.consultants.len());
        let (mut takes, mut works) = (Vec::new(), Vec::new());
        for &(way, Choice { team, kind, .. }) in chosen {
            let has_one_room = self.at.columns.prices.kinds[*kind].rooms.len() == 1;
            for slot in self.at.columns.ways.list[way].sittings.iter().flat_map(|sitting| sitting.slots()) {
                let room = has_one_room.then_some(people + kind);
                takes.extend(bits(*team, 64).chain(room).map(|who| (who * slots + slot) as u32));
                works.extend(bits(*team, 64).map(|who| (who as u16, (slot / 2) as u16)));
            }
        }
        Timetable::new(more, takes, works)
    }
}

impl Timetable {
    /// A timeline that costs so much more than the cheapest and takes these half days, with the days on which consultants
    /// work.
    pub fn new(more: i64, mut takes: Vec<u32>, mut works: Vec<(u16, u16)>) -> Timetable {
        takes.sort_unstable();
        works.sort_unstable();
        works.dedup();
        let who = works.iter().fold(0, |who, work| who | 1 << work.0);
        Timetable { more, takes, bits: Vec::new(), who, works, absences: 0 }
    }

    /// Whether another cohort can have the other one at the same time. Both must be numbered.
    #[inline]
    pub fn goes_with(&self, other: &Timetable) -> bool {
        self.bits.iter().zip(&other.bits).all(|(mine, theirs)| mine & theirs == 0)
    }
}

/// Gives all that is taken a place among the bits, and keeps only those.
pub fn number(lists: &mut [Vec<Timetable>]) {
    let mut all: Vec<u32> = lists.iter().flatten().flat_map(|timetable| &timetable.takes).copied().collect();
    all.sort_unstable();
    all.dedup();
    for timetable in lists.iter_mut().flatten() {
        timetable.bits = vec![0; all.len().div_ceil(64)];
        for place in std::mem::take(&mut timetable.takes).iter().filter_map(|take| all.binary_search(take).ok()) {
            timetable.bits[place / 64] |= 1 << (place % 64);
        }
    }
}

/// Whether no consultant works on more dates in a week, in a month or in all than may be, where all of these are held; each
/// by itself is.
pub fn are_within_limits(facts: &Facts, held: &[&Timetable]) -> bool {
    let (_, shared) = held.iter().fold((0, 0), |(met, shared), one| (met | one.who, shared | met & one.who));
    let is_shared = |work: &&(u16, u16)| shared >> work.0 & 1 == 1;
    let works = held.iter().flat_map(|timetable| timetable.works.iter().filter(is_shared));
    let mut works: SmallVec<[(u16, u16); 64]> = works.copied().collect();
    works.sort_unstable();
    works.dedup();
    works.chunk_by(|a, b| a.0 == b.0).all(|of_one| {
        let most = &facts.consultants[usize::from(of_one[0].0)].max_days;
        let dates = || of_one.iter().map(|&(_, day)| facts.slots.date(usize::from(day)));
        let longest = |period: &dyn Fn(chrono::NaiveDate) -> (i32, u32)| {
            let periods: SmallVec<[_; 64]> = dates().map(period).collect();
            periods.chunk_by(|a, b| a == b).map(|dates| dates.len() as i64).max().unwrap_or(0)
        };
        let week = |date: chrono::NaiveDate| (date.iso_week().year(), date.iso_week().week());
        most.week.is_none_or(|most| longest(&week) <= most)
            && most.month.is_none_or(|most| longest(&|date| (date.year(), date.month())) <= most)
            && most.total.is_none_or(|most| of_one.len() as i64 <= most)
    })
}

/// All teams of so many.
fn teams(able: &[usize], size: usize) -> Vec<u64> {
    if size == 0 {
        return vec![0];
    }
    let of_last = |at: usize| teams(&able[..at], size - 1).into_iter().map(move |team| team | 1 << able[at]);
    (0..able.len()).flat_map(of_last).collect()
}

/// Tells all ways to choose for each that cost no more than `most` beyond the cheapest, until `tell` says no; whether it
/// never did.
fn each<'a>(
    choices: &[(usize, &'a [Choice])],
    most: i64,
    chosen: &mut SmallVec<[Chosen<'a>; 8]>,
    tell: &mut dyn FnMut(i64, &[Chosen<'a>]) -> bool,
) -> bool {
    let Some(&(way, of_way)) = choices.get(chosen.len()) else {
        let more = chosen.iter().map(|(_, choice)| choice.more).sum();
        return tell(more, chosen);
    };
    of_way.iter().take_while(|choice| choice.more <= most).all(|choice| {
        chosen.push((way, choice));
        let goes_on = each(choices, most - choice.more, chosen, tell);
        chosen.pop();
        goes_on
    })
}
