//! For benchmarks: the candidates of one neighbourhood at a time, drawn and weighed as a search does. `benches/`
//! uses this; the search does not.

use super::choices::Choices;
use super::moves::{Context, NEIGHBOURHOODS, Neighbourhood};
use crate::rng::Rng;
use crate::search::acceptance::{LogTable, Metropolis, Threshold};
use crate::search::state::{Edit, State};

/// Nothing worse is accepted, and a hard breach costs more than anything soft.
const NOTHING_WORSE: Threshold = Threshold { hard_price: 1_000_000_000, most: 0 };

/// A plan, with what may be changed in it.
pub struct Probe<'p> {
    state: State<'p>,
    choices: Choices,
    rng: Rng,
    logs: LogTable,
    edits: Vec<Edit>,
}

impl<'p> Probe<'p> {
    /// Of a complete state; candidates are drawn from this seed.
    pub fn new(state: State<'p>, seed: u64) -> Probe<'p> {
        let choices = Choices::of(state.facts());
        Probe { state, choices, rng: Rng::new(seed, 0), logs: LogTable::default(), edits: Vec::new() }
    }

    /// The names of the neighbourhoods that have something to change.
    pub fn neighbourhoods(&self) -> Vec<&'static str> {
        let applying = NEIGHBOURHOODS.iter().filter(|neighbourhood| (neighbourhood.applies)(&self.choices));
        applying.map(|neighbourhood| neighbourhood.name).collect()
    }

    /// Draws from a neighbourhood until it has priced `candidates` candidates, weighs what it makes as a search does that
    /// accepts nothing worse, and drops it. Tells how many would have been accepted. 0 where no neighbourhood has the name.
    pub fn weigh(&mut self, name: &str, candidates: usize) -> usize {
        let Some(neighbourhood) = find(name) else { return 0 };
        let (mut accepted, mut priced) = (0, 0);
        while priced < candidates {
            priced += self.draw(neighbourhood);
            accepted += usize::from(self.state.weigh(&self.edits, NOTHING_WORSE).is_some());
            self.state.drop_edits();
        }
        accepted
    }

    /// Draws `count` times from a neighbourhood. Draws that find no candidate are left out, and so are candidates that are attempted
    /// as they are found.
    pub fn candidates(&mut self, name: &str, count: usize) -> Vec<Vec<Edit>> {
        let Some(neighbourhood) = find(name) else { return Vec::new() };
        let mut draw = || {
            self.draw(neighbourhood);
            self.state.drop_edits();
            self.edits.clone()
        };
        (0..count).map(|_| draw()).filter(|edits| !edits.is_empty()).collect()
    }

    /// Gives how many candidates were priced.
    fn draw(&mut self, neighbourhood: &Neighbourhood) -> usize {
        self.edits.clear();
        let mut context = Context {
            state: &mut self.state,
            choices: &self.choices,
            threshold: NOTHING_WORSE,
            metropolis: Metropolis { logs: &self.logs, temperature: 0.0, hard_price: NOTHING_WORSE.hard_price },
            candidates: 1,
            rng: &mut self.rng,
            history: None,
        };
        (neighbourhood.propose)(&mut context, &mut self.edits);
        context.candidates
    }
}

fn find(name: &str) -> Option<&'static Neighbourhood> {
    NEIGHBOURHOODS.iter().find(|neighbourhood| neighbourhood.name == name)
}

#[cfg(test)]
mod tests {
    use super::Probe;
    use crate::read;
    use crate::search::complete;
    use crate::search::moves::NEIGHBOURHOODS;
    use crate::search::state::State;

    #[test]
    fn candidates_leave_the_plan_as_it_is_and_names_are_different() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/m160/problem.toml");
        let problem = read::problem(&path).unwrap();
        let mut state = State::empty(&problem);
        complete(&mut state, 1);
        let before = (state.snapshot(), state.score());
        let mut probe = Probe::new(state, 1);
        let names = probe.neighbourhoods();
        assert_eq!(names.len(), NEIGHBOURHOODS.len(), "the problem has something for each");
        for (place, name) in names.iter().enumerate() {
            assert!(!names[..place].contains(name), "two are called {name}");
            probe.candidates(name, 200);
            probe.weigh(name, 200);
        }
        assert_eq!((probe.state.snapshot(), probe.state.score()), before);
    }
}
