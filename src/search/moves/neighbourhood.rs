//! What a neighbourhood is, and what it works with.

use crate::rng::Rng;
use crate::search::acceptance::{Metropolis, Threshold};
use crate::search::choices::Choices;
use crate::search::history::History;
use crate::search::state::{Edit, State};

/// What a neighbourhood works with.
pub struct Context<'a, 'p> {
    /// The draft to change. A neighbourhood may attempt edits on it.
    pub state: &'a mut State<'p>,
    /// What there is to choose from.
    pub choices: &'a Choices,
    /// What the candidate may cost. A neighbourhood that looks at several may make the first that is no dearer.
    pub threshold: Threshold,
    /// Where further thresholds come from. A neighbourhood that draws one leaves in `threshold` that of what it makes.
    pub metropolis: Metropolis<'a>,
    /// How many candidates the neighbourhood has priced, 1 before: this is what counts as steps.
    pub candidates: usize,
    /// The island's own generator.
    pub rng: &'a mut Rng,
    /// Where a neighbourhood notes what it makes at once; `None`: it only proposes.
    pub history: Option<&'a mut History>,
}

/// One way to change a plan.
#[derive(Debug)]
pub struct Neighbourhood {
    /// What it is called where it is measured; the name of its file.
    #[cfg_attr(not(feature = "internals"), expect(dead_code, reason = "only measured by name"))]
    pub name: &'static str,
    /// How often it is tried, against the sum of all.
    pub share: usize,
    /// Whether the problem leaves it anything to do.
    pub applies: fn(&Choices) -> bool,
    /// Makes a candidate: what it has attempted on the state, and then `edits` (empty before). Neither: there is none.
    pub propose: fn(&mut Context, edits: &mut Vec<Edit>),
}
