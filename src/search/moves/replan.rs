//! Timelines are taken out and put back at their cheapest, a whole cohort's at a time; members who cannot come then
//! change seats. With several cohorts it is a ruin and recreate (Schrimpf et al. 2000).

use std::ops::Range;

use smallvec::{SmallVec, smallvec};

use super::retime::draw_run;
use super::seats::give_seats;
use super::{Context, Neighbourhood};
use crate::draft::Booking;
use crate::ids::{CohortId, ConsultantId, ModuleId};
use crate::search::timeline::{self, Measure};
use crate::state::Edit;

/// So many hundredths count of what a timeline costs that other seats might mend.
const ELASTIC: i64 = 20;

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
    replan_all(context, &cohorts, range);
}

/// Plans the runs of these modules anew for each of the cohorts, one after the other. Nothing is attempted where one of
/// them finds no timeline that could be accepted, or where all find the one they have.
pub fn replan_all(context: &mut Context, cohorts: &[CohortId], modules: Range<usize>) {
    let facts = context.state.facts();
    let faces: SmallVec<[_; 4]> = cohorts.iter().map(|&cohort| draw_faces(context, cohort)).collect();
    let hard_price = context.budget.hard_price;
    let mut differs = context.state.has_attempted();
    let mut most = context.budget.most.saturating_sub(context.budget.price(context.state.attempted()));
    let mut before: SmallVec<[(CohortId, Vec<Booking>); 4]> = SmallVec::new();
    for &cohort in cohorts {
        before.push((cohort, context.state.draft().bookings(cohort)[modules.clone()].to_vec()));
        for module in modules.clone().map(ModuleId::new) {
            context.state.attempt(&Edit::Book(facts.run(cohort, module), Default::default()));
        }
    }
    for (cohort, bookings) in &before {
        most = most.saturating_add(timeline::cost(context.state, *cohort, modules.start, bookings, hard_price));
    }
    for ((cohort, bookings), faces) in before.iter().zip(&faces) {
        let measure = Measure { hard_price, elastic: ELASTIC, most };
        let found =
            timeline::best(context.state, context.choices, *cohort, modules.clone(), faces, &measure, context.rng);
        context.candidates += found.priced;
        let Some((cost, chain)) = found.best else {
            context.state.drop_edits();
            return;
        };
        most = most.saturating_sub(cost);
        differs |= chain.iter().map(|(_, booking)| booking).ne(bookings);
        for (run, booking) in chain {
            context.state.attempt(&Edit::Book(run, booking));
        }
    }
    if !differs {
        context.state.drop_edits();
        return;
    }
    for &cohort in cohorts {
        give_seats(context, cohort);
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
