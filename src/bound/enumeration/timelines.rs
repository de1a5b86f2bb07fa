//! All timelines of a cohort with one set of groups below a price, each with its rooms and its teams, so that it can be told
//! which of them two cohorts cannot have at once.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use chrono::Datelike;
use smallvec::SmallVec;

use crate::bound::costs::INFEASIBLE;
use crate::bound::relaxation::column_generation::Relaxation;
use crate::bound::relaxation::subsets::{bits, choose};
use crate::bound::relaxation::wave_pricing::WavePricing;
use crate::facts::Facts;
use crate::ids::WaveId;

/// A timeline with everything that others cannot have then.
#[derive(Clone, Debug)]
pub struct ListedTimeline {
    /// What it costs at the multipliers beyond the cheapest of its wave.
    pub more: i64,
    /// The half days it takes, in order: the number of the consultant, or of the kind of room after all consultants, times the
    /// number of slots, plus the slot. Rooms only of kinds with one room. Empty once they are numbered.
    takes: Vec<u32>,
    /// The same as bits, from [`number`].
    bits: Vec<u64>,
    /// The consultants, as bits.
    who: u64,
    /// Which consultants work on which days, in order.
    works: Vec<(u16, u16)>,
    /// Who cannot come to it: a number from [`TimelineLister::absences`].
    pub absences: u32,
}

/// Where more teams than this could hold a run option, timelines are not listed. Chosen.
const MOST_TEAMS: usize = 2_000;

/// How many choices of teams and rooms are tried for each timeline that may be listed. Chosen.
const TRIED: usize = 20;

/// A team and a kind of room for one run option, and what they cost beyond the cheapest.
struct TeamAndRoom {
    more: i64,
    team: u64,
    kind: usize,
}

/// A run option, and the team and room that are chosen for it.
type ChosenRun<'a> = (usize, &'a TeamAndRoom);

/// Numbers the set of those who cannot come to a timeline of these run options. `None` where that costs as much as the limit or
/// more; a break where it takes too long to tell.
pub type NumberAbsences<'a> = dyn Fn(&[usize], i64) -> ControlFlow<(), Option<u32>> + 'a;

/// Lists the timelines of a wave.
pub struct TimelineLister<'a> {
    /// Where timelines are priced.
    pub relaxation: &'a Relaxation<'a>,
    /// The wave.
    pub wave: WaveId,
    /// Who cannot come.
    pub absences: &'a NumberAbsences<'a>,
}

impl TimelineLister<'_> {
    /// All timelines with this set of groups that cost at most `more` beyond `cheapest`, the cheapest timeline of the wave; the
    /// cheapest first. `None` where there are more than `most`, or it takes too long.
    pub fn list(&self, set: usize, cheapest: i64, more: i64, most: usize) -> Option<Vec<ListedTimeline>> {
        let Relaxation { facts, pricing, costs, capacity, .. } = self.relaxation;
        let (of_wave, options) = (pricing.of_wave(self.wave), pricing.options);
        let graph = pricing.graph(self.wave);
        let worth = of_wave.worth(capacity, set);
        let limit = cheapest + more;
        let floor = of_wave.floor(costs.of_all(self.wave), of_wave.group_sets[set]);
        let least = graph.cost_to_go(&floor).least;
        let (mut list, mut left) = (Vec::new(), most.saturating_mul(TRIED));
        for (number, consultants) in of_wave.consultant_sets.iter().enumerate() {
            let budget = limit + worth - consultants.cost;
            if least > budget {
                break;
            }
            let sizes = facts.modules.iter().map(|module| module.consultants);
            let people = consultants.who.count_ones() as usize;
            if sizes.map(|size| choose(people, size)).any(|teams| teams > MOST_TEAMS) {
                return None;
            }
            let mut cost = vec![INFEASIBLE; options.list.len()];
            for option in of_wave.near().filter(|&option| floor[option] < INFEASIBLE) {
                cost[option] = costs.with(self.wave, option, consultants.who, floor[option]);
            }
            let mut known: BTreeMap<usize, Vec<TeamAndRoom>> = BTreeMap::new();
            // Timelines that meet fewer consultants are listed with a set before.
            let is_new = |met: u64| of_wave.consultant_sets[..number].iter().all(|before| met & !before.who != 0);
            let is_whole = graph.each_within(&graph.cost_to_go(&cost), &cost, budget, &mut |sum, path| {
                let absences = match (self.absences)(path, budget - sum) {
                    ControlFlow::Continue(Some(number)) => number,
                    ControlFlow::Continue(None) => return true,
                    ControlFlow::Break(()) => return false,
                };
                for &option in path {
                    known.entry(option).or_insert_with(|| self.teams_and_rooms(of_wave, set, option, consultants.who));
                }
                let choices: SmallVec<[(usize, &[TeamAndRoom]); 8]> =
                    path.iter().map(|&option| (option, &known[&option][..])).collect();
                let mut chosen = SmallVec::new();
                each(&choices, budget - sum, &mut chosen, &mut |more, chosen| {
                    let met = chosen.iter().fold(0, |met, (_, run)| met | run.team);
                    if is_new(met) {
                        let timeline = self.timeline(sum + more + consultants.cost - worth - cheapest, chosen);
                        list.push(ListedTimeline { absences, ..timeline });
                    }
                    left = left.saturating_sub(1);
                    left > 0 && list.len() <= most
                })
            });
            if !is_whole {
                return None;
            }
        }
        list.sort_by(|a, b| (a.more, &a.takes).cmp(&(b.more, &b.takes)));
        Some(list)
    }

    /// The teams out of `who` and the kinds of rooms for a run option, the cheapest first.
    fn teams_and_rooms(&self, of_wave: &WavePricing, set: usize, option: usize, who: u64) -> Vec<TeamAndRoom> {
        let Relaxation { facts, pricing, costs, capacity, .. } = self.relaxation;
        let run = &pricing.options.list[option];
        let least = costs.of_room(self.wave, option) + costs.of_team(option, who);
        let able: SmallVec<[usize; 8]> = bits(who & run.able, 64).collect();
        let mut choices = Vec::new();
        for (kind, &cost) in pricing.options.rooms(self.wave, option).iter().enumerate() {
            if cost >= INFEASIBLE || !of_wave.fits(facts, &pricing.costs.kinds[kind], set) {
                continue;
            }
            let room = cost + run.slots().map(|slot| capacity.of_room(kind, slot)).sum::<i64>();
            let teams = teams(&able, costs.team_size(option)).into_iter();
            let more = |team: u64| room + costs.of_team(option, team) - least;
            choices.extend(teams.map(|team| TeamAndRoom { more: more(team), team, kind }));
        }
        choices.sort_by_key(|choice| (choice.more, choice.team, choice.kind));
        choices
    }

    /// The timeline of these runs, which costs `more` beyond the cheapest.
    fn timeline(&self, more: i64, chosen: &[ChosenRun]) -> ListedTimeline {
        let Relaxation { facts, pricing, .. } = self.relaxation;
        let (slots, people) = (2 * facts.slots.days, facts.consultants.len());
        let (mut takes, mut works) = (Vec::new(), Vec::new());
        for &(option, TeamAndRoom { team, kind, .. }) in chosen {
            let has_one_room = pricing.costs.kinds[*kind].rooms.len() == 1;
            for slot in pricing.options.list[option].slots() {
                let room = has_one_room.then_some(people + kind);
                takes.extend(bits(*team, 64).chain(room).map(|who| (who * slots + slot) as u32));
                works.extend(bits(*team, 64).map(|who| (who as u16, (slot / 2) as u16)));
            }
        }
        ListedTimeline::new(more, takes, works)
    }
}

impl ListedTimeline {
    /// A timeline that costs `more` beyond the cheapest and takes these half days, with the days on which consultants work.
    pub fn new(more: i64, mut takes: Vec<u32>, mut works: Vec<(u16, u16)>) -> ListedTimeline {
        takes.sort_unstable();
        works.sort_unstable();
        works.dedup();
        let who = works.iter().fold(0, |who, work| who | 1 << work.0);
        ListedTimeline { more, takes, bits: Vec::new(), who, works, absences: 0 }
    }

    /// Whether two cohorts can have both at the same time, but for `max_days`. Both must be numbered.
    #[inline]
    pub fn goes_with(&self, other: &ListedTimeline) -> bool {
        self.bits.iter().zip(&other.bits).all(|(mine, theirs)| mine & theirs == 0)
    }
}

/// Gives all that is taken a place among the bits, and keeps only those.
pub fn number(lists: &mut [Vec<ListedTimeline>]) {
    let mut all: Vec<u32> = lists.iter().flatten().flat_map(|timeline| &timeline.takes).copied().collect();
    all.sort_unstable();
    all.dedup();
    for timeline in lists.iter_mut().flatten() {
        timeline.bits = vec![0; all.len().div_ceil(64)];
        for place in std::mem::take(&mut timeline.takes).iter().filter_map(|take| all.binary_search(take).ok()) {
            timeline.bits[place / 64] |= 1 << (place % 64);
        }
    }
}

/// Whether no consultant works on more dates in a week, in a month or in all than `max_days` allow, if all of these are held.
/// Each by itself is within the limits.
pub fn are_within_limits(facts: &Facts, held: &[&ListedTimeline]) -> bool {
    let (_, shared) = held.iter().fold((0, 0), |(met, shared), one| (met | one.who, shared | met & one.who));
    let is_shared = |work: &&(u16, u16)| shared >> work.0 & 1 == 1;
    let works = held.iter().flat_map(|timeline| timeline.works.iter().filter(is_shared));
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

/// All teams of `size` out of those who are able.
fn teams(able: &[usize], size: usize) -> Vec<u64> {
    if size == 0 {
        return vec![0];
    }
    let of_last = |at: usize| teams(&able[..at], size - 1).into_iter().map(move |team| team | 1 << able[at]);
    (0..able.len()).flat_map(of_last).collect()
}

/// Tells all ways to choose a team and a room for each run that cost at most `most` beyond the cheapest, until `tell` says no.
/// Whether it never did.
fn each<'a>(
    choices: &[(usize, &'a [TeamAndRoom])],
    most: i64,
    chosen: &mut SmallVec<[ChosenRun<'a>; 8]>,
    tell: &mut dyn FnMut(i64, &[ChosenRun<'a>]) -> bool,
) -> bool {
    let Some(&(option, of_run)) = choices.get(chosen.len()) else {
        let more = chosen.iter().map(|(_, run)| run.more).sum();
        return tell(more, chosen);
    };
    of_run.iter().take_while(|run| run.more <= most).all(|run| {
        chosen.push((option, run));
        let goes_on = each(choices, most - run.more, chosen, tell);
        chosen.pop();
        goes_on
    })
}
