//! Timelines are taken out and put back at their cheapest, a whole cohort's at a time; members who cannot come then
//! change seats. With several cohorts it is a ruin and recreate (Schrimpf et al. 2000).

use std::ops::Range;

use smallvec::{SmallVec, smallvec};

use super::neighbourhood::{Context, Neighbourhood};
use super::retime::draw_run;
use super::seats::give_seats;
use crate::draft::Booking;
use crate::ids::{CohortId, ConsultantId, ModuleId};
use crate::search::state::Edit;
use crate::search::timeline::{self, TimelinePricing};

/// How much of the cost of members who cannot come counts when timelines are compared, in percent, divided by the number of
/// cohorts in which such a member can have a seat: a swap of seats may still mend it. Measured.
const PRESENCE_PERCENT: usize = 20;

/// The full cost counts once in this many draws for each of those cohorts. Swaps of seats cannot always mend it, and the timeline
/// that looks cheapest would then be found and refused again and again. Measured.
const FULL_PRICE_EVERY: usize = 4;

/// Once in this many draws two cohorts are taken out at once, otherwise one. Measured.
const TWO_COHORTS_EVERY: usize = 4;

/// How many draws are made to find consultants whom the cohort does not meet yet. Chosen.
const DRAWS: usize = 10;

pub(super) const REPLAN: Neighbourhood =
    Neighbourhood { name: "replan", share: 30, applies: |choices| !choices.runs.is_empty(), propose: replan };

fn replan(context: &mut Context, _: &mut Vec<Edit>) {
    let facts = context.state.facts();
    let mut cohorts: SmallVec<[CohortId; 4]> = smallvec![facts.cohort_of(draw_run(context))];
    if context.rng.below(TWO_COHORTS_EVERY) == 0 {
        let other = facts.cohort_of(draw_run(context));
        if !cohorts.contains(&other) {
            cohorts.push(other);
        }
    }
    let modules = facts.modules.len();
    let range = if context.rng.below(2) == 0 {
        0..modules
    } else {
        let from = context.rng.below(modules);
        from..from + 1 + context.rng.below(modules - from)
    };
    replan_all(context, &cohorts, range, 0);
}

/// Plans the runs of these modules anew for each of the cohorts, one after the other. Nothing is attempted where one of
/// them finds no timeline within the threshold plus `patience` (in soft cost), or where all find the one they have.
pub fn replan_all(context: &mut Context, cohorts: &[CohortId], modules: Range<usize>, patience: i64) {
    let consultants: SmallVec<[_; 4]> = cohorts.iter().map(|&cohort| draw_consultants(context, cohort)).collect();
    let hard_price = context.threshold.hard_price;
    let mut differs = context.state.has_attempted();
    let attempted = context.threshold.price(context.state.attempted());
    let mut most = context.threshold.most.saturating_sub(attempted).saturating_add(patience);
    let mut before: SmallVec<[(CohortId, Vec<Booking>); 4]> = SmallVec::new();
    for &cohort in cohorts {
        before.push((cohort, take_out(context, cohort, modules.clone())));
    }
    for (cohort, bookings) in &before {
        most = most.saturating_add(timeline::cost(context.state, *cohort, modules.start, bookings, hard_price));
    }
    for ((cohort, bookings), consultants) in before.iter().zip(&consultants) {
        let pricing = TimelinePricing { hard_price, presence_percent: draw_presence_percent(context, *cohort), most };
        let found = find(context, *cohort, modules.clone(), consultants, &pricing);
        let Some((cost, chain)) = found else {
            context.state.drop_edits();
            return;
        };
        most = most.saturating_sub(cost);
        differs |= chain.iter().ne(bookings);
        put_in(context, *cohort, modules.clone(), chain);
    }
    if !differs {
        context.state.drop_edits();
        return;
    }
    give_seats(context, cohorts);
}

/// Plans a cohort anew where another timeline is cheaper while everything else stays.
pub fn improve(context: &mut Context, cohort: CohortId) {
    let modules = 0..context.state.facts().modules.len();
    let hard_price = context.threshold.hard_price;
    let consultants = draw_consultants(context, cohort);
    let before = take_out(context, cohort, modules.clone());
    let cost = timeline::cost(context.state, cohort, modules.start, &before, hard_price);
    let pricing = TimelinePricing { hard_price, presence_percent: 100, most: cost.saturating_sub(1) };
    let found = find(context, cohort, modules.clone(), &consultants, &pricing);
    put_in(context, cohort, modules, found.map_or(before, |(_, chain)| chain));
}

/// Takes the runs of these modules out of a cohort's timeline, and gives what was booked for them.
fn take_out(context: &mut Context, cohort: CohortId, modules: Range<usize>) -> Vec<Booking> {
    let before = context.state.draft().bookings(cohort)[modules.clone()].to_vec();
    put_in(context, cohort, modules, vec![Booking::default(); before.len()]);
    before
}

/// Books the runs of these modules.
fn put_in(context: &mut Context, cohort: CohortId, modules: Range<usize>, bookings: Vec<Booking>) {
    let facts = context.state.facts();
    for (module, booking) in modules.map(ModuleId::new).zip(bookings) {
        context.state.attempt(&Edit::Book(facts.run(cohort, module), booking));
    }
}

/// The cheapest bookings of the runs of these modules that are found, with what they cost.
fn find(
    context: &mut Context,
    cohort: CohortId,
    modules: Range<usize>,
    consultants: &[ConsultantId],
    pricing: &TimelinePricing,
) -> Option<(i64, Vec<Booking>)> {
    let found = timeline::best(context.state, context.choices, cohort, modules, consultants, pricing, context.rng);
    context.candidates += found.priced;
    found.best
}

/// How much of the cost of members who cannot come counts, in percent: the less, the more cohorts have seats for them. All of it
/// counts where every member belongs to a leadership group, and now and then elsewhere.
fn draw_presence_percent(context: &mut Context, cohort: CohortId) -> i64 {
    let single =
        context.state.draft().members(cohort).iter().find(|&&manager| context.choices.seating.is_single(manager));
    match single.map(|&manager| context.choices.seating.cohorts_for(manager).len()) {
        None | Some(0 | 1) => 100,
        Some(cohorts) if context.rng.below(FULL_PRICE_EVERY * cohorts) == 0 => 100,
        Some(cohorts) => (PRESENCE_PERCENT / cohorts) as i64,
    }
}

/// The consultants whom the cohort is to meet: as many as the largest team has, sometimes one more, some of those whom
/// it meets now and some others.
fn draw_consultants(context: &mut Context, cohort: CohortId) -> SmallVec<[ConsultantId; 8]> {
    let facts = context.state.facts();
    let mut consultants: SmallVec<[ConsultantId; 8]> = SmallVec::new();
    for &consultant in context.state.draft().bookings(cohort).iter().flat_map(|booking| &booking.team) {
        if !consultants.contains(&consultant) {
            consultants.push(consultant);
        }
    }
    context.rng.shuffle(&mut consultants);
    let largest = facts.modules.iter().map(|module| module.consultants).max().unwrap_or(0);
    let number = largest + usize::from(context.rng.below(4) == 0);
    consultants.truncate(number - context.rng.below(3).min(number));
    for _ in 0..DRAWS {
        let able = &context.choices.able[context.rng.below(facts.modules.len())];
        if consultants.len() < number && !able.is_empty() {
            let consultant = able[context.rng.below(able.len())];
            if !consultants.contains(&consultant) {
                consultants.push(consultant);
            }
        }
    }
    consultants
}
