//! Three managers of three cohorts move round: a to b's cohort, b to c's, c to a's.

use smallvec::smallvec;

use super::neighbourhood::{Context, Neighbourhood};
use super::swap::draw_seated;
use crate::draft::Exchange;
use crate::ids::{CohortId, ManagerId};
use crate::search::state::Edit;

pub(super) const CYCLE: Neighbourhood =
    Neighbourhood { name: "cycle", share: 8, applies: |choices| choices.seating.singles.len() > 2, propose: cycle };

fn cycle(context: &mut Context, edits: &mut Vec<Edit>) {
    let Some((a, first)) = draw_seated(context) else { return };
    let Some((b, second)) = draw_partner(context, a, &[first]) else { return };
    let Some((c, third)) = draw_partner(context, b, &[first, second]) else { return };
    edits.push(Edit::Seats(smallvec![
        Exchange { cohort: first, out: Some(a), into: Some(c) },
        Exchange { cohort: second, out: Some(b), into: Some(a) },
        Exchange { cohort: third, out: Some(c), into: Some(b) },
    ]));
}

/// A random manager from a cohort that may take `manager` and is none of `not`; one who may come to the first of them.
#[inline]
fn draw_partner(context: &mut Context, manager: ManagerId, not: &[CohortId]) -> Option<(ManagerId, CohortId)> {
    let (partner, cohort) = draw_seated(context)?;
    let choices = context.choices;
    let suits =
        !not.contains(&cohort) && choices.seating.admits(cohort, manager) && choices.seating.admits(not[0], partner);
    suits.then_some((partner, cohort))
}
