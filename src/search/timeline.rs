//! The best timeline of one cohort while everything else stays: a dynamic programme over dates (Bellman 1957).
//!
//! A node is one way to hold one run. What it costs without the cohort's other runs is asked of the state; what the
//! days between two nodes cost stands in a table. The cheapest chain of nodes, one for each module, is a shortest
//! path. Nodes that only lead to timelines too dear to be accepted are left out.

use std::cell::Cell;
use std::ops::Range;

use smallvec::SmallVec;

use super::choices::Choices;
use super::resources::{consultant_is_free, pick, room_is_free, sorted};
use super::times::{self, Sittings};
use crate::draft::{Booking, Sitting};
use crate::ids::{CohortId, ConsultantId, ModuleId, RoomId, RunId};
use crate::rng::Rng;
use crate::search::acceptance::Threshold;
use crate::search::state::State;

/// How timelines are priced.
pub struct TimelinePricing {
    /// What a hard breach of amount 1 costs.
    pub hard_price: i64,
    /// How much of the cost of members who cannot come counts, in percent: swaps of seats can still mend it.
    pub presence_percent: i64,
    /// The most that a timeline may cost.
    pub most: i64,
}

/// One way to hold a run, at the end of the cheapest chain that leads to it.
struct TimelineNode {
    first: i64,
    last: i64,
    cost: i64,
    before: usize,
}

/// The nodes of one run, by their first days. Bookings stand apart: what is walked through most is small.
#[derive(Default)]
struct Stage {
    nodes: Vec<TimelineNode>,
    bookings: Vec<Booking>,
}

/// The result of a search for the cheapest timeline.
pub struct CheapestTimeline {
    /// How many nodes were priced.
    pub priced: usize,
    /// The bookings of the cheapest chain, with what they cost; `None` where all are too dear.
    pub best: Option<(i64, Vec<Booking>)>,
}

/// The shortest-path problem of one cohort: what stays the same while it is solved.
struct ShortestPath<'a, 'p> {
    state: &'a State<'p>,
    choices: &'a Choices,
    cohort: CohortId,
    /// The consultants whom the cohort is to meet.
    consultants: &'a [ConsultantId],
    pricing: &'a TimelinePricing,
    priced: Cell<usize>,
}

/// Those of the consultants whom the cohort is to meet who can lead a module.
type Leaders = SmallVec<[ConsultantId; 8]>;

/// What these bookings of a cohort cost from module `start` on; the runs must not be booked now.
pub fn cost(state: &State, cohort: CohortId, start: usize, bookings: &[Booking], hard_price: i64) -> i64 {
    let facts = state.facts();
    let mut sum = 0;
    for (module, booking) in bookings.iter().enumerate().map(|(index, booking)| (ModuleId::new(start + index), booking))
    {
        let threshold = Threshold { hard_price, most: i64::MAX };
        sum += state.forecast(facts.run(cohort, module), booking, threshold, 100).unwrap_or(0);
    }
    for (index, pair) in bookings.windows(2).enumerate() {
        let module = ModuleId::new(start + index + 1);
        if let (Some(last), Some(first)) = (pair[0].last(), pair[1].first()) {
            let days = i64::from(first) - i64::from(last) - facts.modules[module.index()].gap.min;
            let gap = usize::try_from(days).ok().and_then(|days| state.gap_costs(cohort, module).get(days));
            sum += gap.copied().unwrap_or(hard_price);
        }
    }
    sum
}

/// The cheapest bookings of a cohort's modules in this range, led by these consultants as far as they can; the runs must
/// not be booked now. For each day one way to hold the sessions is drawn, so another call may find another timeline.
pub fn best(
    state: &State,
    choices: &Choices,
    cohort: CohortId,
    modules: Range<usize>,
    consultants: &[ConsultantId],
    pricing: &TimelinePricing,
    rng: &mut Rng,
) -> CheapestTimeline {
    let search = ShortestPath { state, choices, cohort, consultants, pricing, priced: Cell::new(0) };
    let mut stages: Vec<Stage> = Vec::with_capacity(modules.len());
    for module in modules.map(ModuleId::new) {
        let stage = search.stage(module, stages.last().map(|stage| &stage.nodes[..]), rng);
        stages.push(stage);
    }
    CheapestTimeline { priced: search.priced.get(), best: cheapest_chain(stages) }
}

fn cheapest_chain(stages: Vec<Stage>) -> Option<(i64, Vec<Booking>)> {
    let (mut at, end) = stages.last()?.nodes.iter().enumerate().min_by_key(|(_, node)| node.cost)?;
    let cost = end.cost;
    let mut chain = Vec::with_capacity(stages.len());
    for mut stage in stages.into_iter().rev() {
        chain.push(stage.bookings.swap_remove(at));
        at = stage.nodes[at].before;
    }
    chain.reverse();
    Some((cost, chain))
}

impl ShortestPath<'_, '_> {
    /// The nodes of a run that can follow one of those before it; before the first there are none to follow.
    fn stage(&self, module: ModuleId, before: Option<&[TimelineNode]>, rng: &mut Rng) -> Stage {
        let facts = self.state.facts();
        let run = facts.run(self.cohort, module);
        let leads = |id: &ConsultantId| facts.consultants[id.index()].leads[module.index()];
        let leaders: Leaders = self.consultants.iter().copied().filter(leads).collect();
        let mut stage = Stage::default();
        let mut near = 0;
        let mut add = |sittings: Sittings, rng: &mut Rng| {
            let days = || sittings.iter().map(|sitting| i64::from(sitting.day));
            let (Some(first), Some(last)) = (days().min(), days().max()) else { return };
            let Some((until, node)) =
                before.map_or(Some((0, 0)), |before| self.cheapest(module, before, first, &mut near))
            else {
                return;
            };
            let Some(booking) = self.with_resources(run, &leaders, sittings, rng) else { return };
            self.priced.set(self.priced.get() + 1);
            let threshold = Threshold { hard_price: self.pricing.hard_price, most: self.pricing.most - until };
            if let Some(price) = self.state.forecast(run, &booking, threshold, self.pricing.presence_percent) {
                stage.nodes.push(TimelineNode { first, last, cost: until + price, before: node });
                stage.bookings.push(booking);
            }
        };
        if let Some(sessions) = &facts.fixed.runs[run.index()].sessions {
            if let Some(sittings) = sessions.iter().map(|&session| Sitting::of(facts, session)).collect() {
                add(sittings, rng);
            }
            return stage;
        }
        let (mut from, mut to) = times::window(facts, self.state.draft(), run);
        if let Some(before) = before {
            let ends = || before.iter().map(|node| node.last);
            let (Some(first), Some(last)) = (ends().min(), ends().max()) else { return stage };
            let gap = facts.modules[module.index()].gap;
            from = from.max(first + gap.min);
            to = to.min(gap.max.map_or(i64::MAX, |max| last + max));
        }
        for &day in self.choices.first_days_within(module, from, to) {
            if let Some(sittings) = self.choices.run_times.draw(facts, module, day, rng) {
                add(sittings, rng);
            }
        }
        stage
    }

    /// The cheapest way to come to a run that begins on this day: what it costs, and from which node. Nodes stand by
    /// their first days, and days are asked for in order: those before `from` have become too early for all to come.
    fn cheapest(
        &self,
        module: ModuleId,
        before: &[TimelineNode],
        first: i64,
        from: &mut usize,
    ) -> Option<(i64, usize)> {
        let costs = self.state.gap_costs(self.cohort, module);
        let latest = first - self.state.facts().modules[module.index()].gap.min;
        let is_too_early = |node: &TimelineNode| latest - node.last >= costs.len() as i64;
        *from += before[*from..].iter().take_while(|node| is_too_early(node)).count();
        let near = before.iter().enumerate().skip(*from).take_while(|(_, node)| node.first <= latest);
        let mut best = (self.pricing.most, None);
        for (index, node) in near {
            let days = usize::try_from(latest - node.last).ok();
            if let Some(&gap) = days.and_then(|days| costs.get(days))
                && node.cost + gap <= best.0
            {
                best = (node.cost + gap, Some(index));
            }
        }
        best.1.map(|index| (best.0, index))
    }

    /// A booking at these times in the cheapest free room, with a team of the leaders; `None` where it cannot be had.
    fn with_resources(&self, run: RunId, leaders: &Leaders, sittings: Sittings, rng: &mut Rng) -> Option<Booking> {
        let (facts, draft) = (self.state.facts(), self.state.draft());
        let own = draft.booking(run);
        let fixed = &facts.fixed.runs[run.index()];
        let module = facts.module_of(run).index();
        let team = match &fixed.team {
            Some(team) => team.iter().copied().collect(),
            None => {
                let size = facts.modules[module].consultants;
                let is_free = |id: &ConsultantId| consultant_is_free(facts, draft, *id, &sittings, own);
                let mut team: SmallVec<[ConsultantId; 4]> =
                    leaders.iter().copied().filter(is_free).take(size).collect();
                // Others lead only where too few of the consultants whom the cohort is to meet can lead the module.
                if team.len() < size && leaders.len() >= size {
                    return None;
                }
                while team.len() < size {
                    team.push(pick(&self.choices.able[module], |id| !team.contains(id) && is_free(id), rng)?);
                }
                team
            }
        };
        let members = draft.members(self.cohort).len();
        let will_do = |room: &&RoomId| {
            facts.rooms[room.index()].seats >= members && room_is_free(facts, draft, **room, &sittings, own)
        };
        let room = fixed.room.or_else(|| self.choices.rooms.iter().find(will_do).copied())?;
        Some(Booking { sittings, room: Some(room), team: sorted(team) })
    }
}
