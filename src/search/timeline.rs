//! The best timeline of one cohort while everything else stays: a dynamic programme over dates.
//!
//! A place is one way to hold one run. What it costs without the cohort's other runs is asked of the state; what the
//! days between two places cost stands in a table. The cheapest chain of places, one for each module, is a shortest
//! path. Places that only lead to timelines too dear to be accepted are left out.

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

/// How the places of a timeline are measured.
pub struct Measure {
    /// What a hard breach of amount 1 costs.
    pub hard_price: i64,
    /// How many hundredths count of what seats can still mend.
    pub elastic: i64,
    /// The most that a timeline may cost.
    pub most: i64,
}

/// One way to hold a run, at the end of the cheapest chain that leads to it.
struct Place {
    first: i64,
    last: i64,
    cost: i64,
    before: usize,
}

/// The places of one run, by their first days. Bookings stand apart: what is walked through most is small.
#[derive(Default)]
struct Layer {
    places: Vec<Place>,
    bookings: Vec<Booking>,
}

/// What was found.
pub struct Found {
    /// How many places were priced.
    pub priced: usize,
    /// The bookings of the cheapest chain, with what they cost; `None` where all are too dear.
    pub best: Option<(i64, Vec<Booking>)>,
}

/// What stays the same while a timeline is looked for.
struct Search<'a, 'p> {
    state: &'a State<'p>,
    choices: &'a Choices,
    cohort: CohortId,
    faces: &'a [ConsultantId],
    measure: &'a Measure,
    priced: Cell<usize>,
}

/// The faces that can lead a module.
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
    faces: &[ConsultantId],
    measure: &Measure,
    rng: &mut Rng,
) -> Found {
    let search = Search { state, choices, cohort, faces, measure, priced: Cell::new(0) };
    let mut layers: Vec<Layer> = Vec::with_capacity(modules.len());
    for module in modules.map(ModuleId::new) {
        let layer = search.layer(module, layers.last().map(|layer| &layer.places[..]), rng);
        layers.push(layer);
    }
    Found { priced: search.priced.get(), best: cheapest_chain(layers) }
}

fn cheapest_chain(layers: Vec<Layer>) -> Option<(i64, Vec<Booking>)> {
    let (mut at, end) = layers.last()?.places.iter().enumerate().min_by_key(|(_, place)| place.cost)?;
    let cost = end.cost;
    let mut chain = Vec::with_capacity(layers.len());
    for mut layer in layers.into_iter().rev() {
        chain.push(layer.bookings.swap_remove(at));
        at = layer.places[at].before;
    }
    chain.reverse();
    Some((cost, chain))
}

impl Search<'_, '_> {
    /// The places of a run that can follow one of those before it; before the first there are none to follow.
    fn layer(&self, module: ModuleId, before: Option<&[Place]>, rng: &mut Rng) -> Layer {
        let facts = self.state.facts();
        let run = facts.run(self.cohort, module);
        let leads = |id: &ConsultantId| facts.consultants[id.index()].leads[module.index()];
        let leaders: Leaders = self.faces.iter().copied().filter(leads).collect();
        let mut layer = Layer::default();
        let mut near = 0;
        let mut add = |sittings: Sittings, rng: &mut Rng| {
            let days = || sittings.iter().map(|sitting| i64::from(sitting.day));
            let (Some(first), Some(last)) = (days().min(), days().max()) else { return };
            let Some((until, place)) =
                before.map_or(Some((0, 0)), |before| self.cheapest(module, before, first, &mut near))
            else {
                return;
            };
            let Some(booking) = self.with_resources(run, &leaders, sittings, rng) else { return };
            self.priced.set(self.priced.get() + 1);
            let threshold = Threshold { hard_price: self.measure.hard_price, most: self.measure.most - until };
            if let Some(price) = self.state.forecast(run, &booking, threshold, self.measure.elastic) {
                layer.places.push(Place { first, last, cost: until + price, before: place });
                layer.bookings.push(booking);
            }
        };
        if let Some(sessions) = &facts.fixed.runs[run.index()].sessions {
            if let Some(sittings) = sessions.iter().map(|&session| Sitting::of(facts, session)).collect() {
                add(sittings, rng);
            }
            return layer;
        }
        let (mut from, mut to) = times::window(facts, self.state.draft(), run);
        if let Some(before) = before {
            let ends = || before.iter().map(|place| place.last);
            let (Some(first), Some(last)) = (ends().min(), ends().max()) else { return layer };
            let gap = facts.modules[module.index()].gap;
            from = from.max(first + gap.min);
            to = to.min(gap.max.map_or(i64::MAX, |max| last + max));
        }
        for &day in self.choices.first_days_within(module, from, to) {
            if let Some(sittings) = self.choices.ways.draw(facts, module, day, rng) {
                add(sittings, rng);
            }
        }
        layer
    }

    /// The cheapest way to come to a run that begins on this day: what it costs, and from which place. Places stand by
    /// their first days, and days are asked for in order: those before `from` have become too early for all to come.
    fn cheapest(&self, module: ModuleId, before: &[Place], first: i64, from: &mut usize) -> Option<(i64, usize)> {
        let costs = self.state.gap_costs(self.cohort, module);
        let latest = first - self.state.facts().modules[module.index()].gap.min;
        let is_too_early = |place: &Place| latest - place.last >= costs.len() as i64;
        *from += before[*from..].iter().take_while(|place| is_too_early(place)).count();
        let near = before.iter().enumerate().skip(*from).take_while(|(_, place)| place.first <= latest);
        let mut best = (self.measure.most, None);
        for (index, place) in near {
            let days = usize::try_from(latest - place.last).ok();
            if let Some(&gap) = days.and_then(|days| costs.get(days))
                && place.cost + gap <= best.0
            {
                best = (place.cost + gap, Some(index));
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
                // Others than the faces come only where the faces cannot make a team at all.
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
