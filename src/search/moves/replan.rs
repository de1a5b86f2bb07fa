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
use crate::search::timeline::{self, Measure};

/// So many hundredths, shared by the cohorts in which members can have a seat, count of what a timeline costs that other
/// seats might mend.
const ELASTIC: usize = 20;

/// All of it counts one time in so many for each of those cohorts: what seats might mend they sometimes cannot, and then the
/// timeline that looks cheapest would be found and refused again and again.
const STIFF: usize = 4;

/// One time in so many two cohorts are taken out at once, otherwise one.
const TWO: usize = 4;

/// How many consultants are drawn in the hope of new ones.
const DRAWS: usize = 10;

pub(super) const REPLAN: Neighbourhood =
    Neighbourhood { name: "replan", share: 30, applies: |choices| !choices.runs.is_empty(), propose: replan };

fn replan(context: &mut Context, _: &mut Vec<Edit>) {
    let facts = context.state.facts();
    let mut cohorts: SmallVec<[CohortId; 4]> = smallvec![facts.cohort_of(draw_run(context))];
    if context.rng.below(TWO) == 0 {
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
/// them finds no timeline that could be accepted, were the threshold greater by `patience`, or where all find the one they
/// have.
pub fn replan_all(context: &mut Context, cohorts: &[CohortId], modules: Range<usize>, patience: i64) {
    let faces: SmallVec<[_; 4]> = cohorts.iter().map(|&cohort| draw_faces(context, cohort)).collect();
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
    for ((cohort, bookings), faces) in before.iter().zip(&faces) {
        let measure = Measure { hard_price, elastic: elastic(context, *cohort), most };
        let found = find(context, *cohort, modules.clone(), faces, &measure);
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
    let faces = draw_faces(context, cohort);
    let before = take_out(context, cohort, modules.clone());
    let cost = timeline::cost(context.state, cohort, modules.start, &before, hard_price);
    let measure = Measure { hard_price, elastic: 100, most: cost.saturating_sub(1) };
    let found = find(context, cohort, modules.clone(), &faces, &measure);
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
    faces: &[ConsultantId],
    measure: &Measure,
) -> Option<(i64, Vec<Booking>)> {
    let found = timeline::best(context.state, context.choices, cohort, modules, faces, measure, context.rng);
    context.candidates += found.priced;
    found.best
}

/// How many hundredths count of what other seats might mend: the less, the more cohorts have such seats, and all of it where
/// everybody comes with a whole group, or now and then.
fn elastic(context: &mut Context, cohort: CohortId) -> i64 {
    let single =
        context.state.draft().members(cohort).iter().find(|&&manager| context.choices.seating.is_single(manager));
    match single.map(|&manager| context.choices.seating.cohorts_for(manager).len()) {
        None | Some(0 | 1) => 100,
        Some(cohorts) if context.rng.below(STIFF * cohorts) == 0 => 100,
        Some(cohorts) => (ELASTIC / cohorts) as i64,
    }
}

/// The consultants whom the cohort is to meet: as many as the largest team has, sometimes one more, some of those whom
/// it meets now and some others.
fn draw_faces(context: &mut Context, cohort: CohortId) -> SmallVec<[ConsultantId; 8]> {
    let facts = context.state.facts();
    let mut faces: SmallVec<[ConsultantId; 8]> = SmallVec::new();
    for &consultant in context.state.draft().bookings(cohort).iter().flat_map(|booking| &booking.team) {
        if !faces.contains(&consultant) {
            faces.push(consultant);
        }
    }
    context.rng.shuffle(&mut faces);
    let largest = facts.modules.iter().map(|module| module.consultants).max().unwrap_or(0);
    let number = largest + usize::from(context.rng.below(4) == 0);
    faces.truncate(number - context.rng.below(3).min(number));
    for _ in 0..DRAWS {
        let able = &context.choices.able[context.rng.below(facts.modules.len())];
        if faces.len() < number && !able.is_empty() {
            let consultant = able[context.rng.below(able.len())];
            if !faces.contains(&consultant) {
                faces.push(consultant);
            }
        }
    }
    faces
}
