//! One island: a state of its own, a generator of its own, and simulated annealing.

use std::iter::Sum;

use super::annealing::AcceptanceRates;
use super::annealing::Cooling;
use super::choices::Choices;
use super::history::History;
use super::moves::{Context, NEIGHBOURHOODS, Neighbourhood, replan_all};
use crate::draft::Booking;
use crate::ids::{CohortId, ManagerId, RunId};
use crate::rng::Rng;
use crate::score::Score;
use crate::search::acceptance::{LogTable, Metropolis, Threshold};
use crate::search::state::{Edit, State};

/// Steps between two updates of the temperature and the price of a hard breach. Chosen.
const BLOCK: u64 = 500;

/// A cohort with a hard breach is planned anew at most this many times before it is left as it is. Chosen.
const MENDINGS: usize = 3;

/// What candidates cost that make a plan worse.
#[derive(Clone, Debug)]
pub struct Worsenings {
    samples: usize,
    costs: Vec<i64>,
}

impl Worsenings {
    /// The mean; 1 at the least.
    pub fn mean(&self) -> i64 {
        (self.costs.iter().sum::<i64>() / (self.costs.len() as i64).max(1)).max(1)
    }

    /// The temperature at which this share of all candidates would be accepted though they make the plan worse.
    pub fn temperature(&self, share: f64) -> f64 {
        let accepted = |temperature: f64| {
            self.costs.iter().map(|&cost| libm::exp(-(cost as f64) / temperature)).sum::<f64>() / self.samples as f64
        };
        let (mut cold, mut warm) = (1e-3, 1e-3);
        while accepted(warm) < share && warm < 1e12 {
            warm *= 2.0;
        }
        for _ in 0..30 {
            let middle = (cold + warm) / 2.0;
            if accepted(middle) < share { cold = middle } else { warm = middle }
        }
        warm
    }
}

impl Sum for Worsenings {
    fn sum<I: Iterator<Item = Worsenings>>(all: I) -> Worsenings {
        let empty = Worsenings { samples: 0, costs: Vec::new() };
        all.fold(empty, |sum, more| Worsenings {
            samples: sum.samples + more.samples,
            costs: [sum.costs, more.costs].concat(),
        })
    }
}

/// A candidate that was weighed.
struct Proposal {
    /// What it would change; `None` where that is too dear.
    change: Option<Score>,
    /// What it may cost.
    threshold: Threshold,
    /// How many candidates were looked at to find it.
    candidates: u64,
}

/// A searcher with a draft of its own.
#[derive(Clone)]
pub struct Island<'p> {
    /// Its draft.
    pub state: State<'p>,
    /// What it has seen on its way.
    pub history: History,
    /// How often it has accepted something worse.
    pub rates: AcceptanceRates,
    choices: Choices,
    /// A roulette wheel: the neighbourhoods that apply, each as often as its share.
    wheel: Vec<&'static Neighbourhood>,
    rng: Rng,
    logs: LogTable,
    /// What a hard breach of amount 1 costs, in soft cost; adapts.
    hard_price: i64,
    least_hard_price: i64,
    /// Steps done of those that come next.
    ahead: u64,
    edits: Vec<Edit>,
}

impl<'p> Island<'p> {
    /// An island that starts from this state and counts a hard breach as `hard_price`.
    pub fn new(state: State<'p>, choices: Choices, rng: Rng, hard_price: i64) -> Island<'p> {
        let history = History::of(&state);
        let wheel = wheel(&choices);
        let edits = Vec::new();
        let least_hard_price = hard_price;
        let (logs, rates) = (LogTable::default(), AcceptanceRates::default());
        Island { state, history, rates, choices, wheel, rng, logs, hard_price, least_hard_price, ahead: 0, edits }
    }

    /// A copy with another generator.
    pub fn twin(&self, rng: Rng) -> Island<'p> {
        Island { rng, ..self.clone() }
    }

    /// What a hard breach of amount 1 costs at the least from now on.
    pub fn price_hard(&mut self, least: i64) {
        (self.hard_price, self.least_hard_price) = (least, least);
    }

    /// Whether there is nothing to change.
    pub fn is_settled(&self) -> bool {
        self.wheel.is_empty()
    }

    /// From now on picks from these choices.
    pub fn choose_from(&mut self, choices: Choices) {
        self.wheel = wheel(&choices);
        self.choices = choices;
    }

    /// Looks for the runs with a hard breach, to try them first.
    pub fn look_for_trouble(&mut self) {
        self.choices.look_for_trouble(&self.state);
    }

    /// Does `steps` steps; `done` is how many this island has done before. What a neighbourhood does beyond them counts as
    /// done the next time.
    pub fn run(&mut self, cooling: &Cooling, done: u64, steps: u64) {
        if self.is_settled() {
            return;
        }
        let mut at = self.ahead;
        while at < steps {
            let temperature = cooling.at(done + at);
            let (before, worsened, end) = (at, self.history.worsened, steps.min(at + BLOCK));
            while at < end {
                at += self.step(temperature);
            }
            self.rates.note(temperature, at - before, self.history.worsened - worsened);
            self.adapt();
        }
        self.ahead = at - steps;
    }

    /// Draws a candidate, and says what it would change unless that is dearer than its threshold, after how many candidates.
    /// Those before may have been made, if it `walks`.
    fn propose(&mut self, temperature: f64, hard_price: i64, walks: bool) -> Proposal {
        let neighbourhood = self.wheel[self.rng.below(self.wheel.len())];
        self.edits.clear();
        let metropolis = Metropolis { logs: &self.logs, temperature, hard_price };
        let threshold = metropolis.draw(&mut self.rng);
        let mut context = Context {
            state: &mut self.state,
            choices: &self.choices,
            threshold,
            metropolis,
            candidates: 1,
            rng: &mut self.rng,
            history: walks.then_some(&mut self.history),
        };
        (neighbourhood.propose)(&mut context, &mut self.edits);
        let (threshold, candidates) = (context.threshold, context.candidates as u64);
        Proposal { change: self.state.weigh(&self.edits, threshold), threshold, candidates }
    }

    /// Looks at candidates until one is accepted or the neighbourhood has no more; how many they were.
    #[inline]
    fn step(&mut self, temperature: f64) -> u64 {
        let Proposal { change, threshold, candidates } = self.propose(temperature, self.hard_price, true);
        self.conclude(change, threshold);
        candidates
    }

    /// Keeps what was weighed, or drops it where it was too dear.
    #[inline]
    fn conclude(&mut self, change: Option<Score>, threshold: Threshold) {
        let Some(change) = change else {
            self.state.drop_edits();
            return;
        };
        self.history.leave(self.state.draft(), self.state.score(), threshold.price(change));
        self.state.keep(&self.edits, change, |edit| self.history.note(edit));
    }

    /// Plans cohorts anew that have changed and have a part in a hard breach, as far as that mends more than it breaks.
    pub fn mend(&mut self) {
        if self.state.score().hard == 0 {
            return;
        }
        let facts = self.state.facts();
        let draft = self.state.draft();
        let seats = self.history.changed.managers.iter().filter_map(|index| draft.seat(ManagerId::new(index)));
        let runs = self.history.changed.runs.iter().map(|index| facts.cohort_of(RunId::new(index)));
        let mut cohorts: Vec<CohortId> = seats.chain(runs).collect();
        cohorts.sort_unstable();
        cohorts.dedup();
        for cohort in cohorts {
            for _ in 0..MENDINGS {
                if !self.choices.runs_of(facts, cohort).any(|run| self.state.is_troubled(run)) {
                    break;
                }
                self.replan(cohort);
            }
        }
    }

    /// Plans a cohort anew, if that makes nothing worse.
    fn replan(&mut self, cohort: CohortId) {
        self.edits.clear();
        let threshold = Threshold { hard_price: self.hard_price, most: 0 };
        let mut context = Context {
            state: &mut self.state,
            choices: &self.choices,
            threshold,
            metropolis: Metropolis { logs: &self.logs, temperature: 0.0, hard_price: self.hard_price },
            candidates: 0,
            rng: &mut self.rng,
            history: None,
        };
        let modules = context.state.facts().modules.len();
        replan_all(&mut context, &[cohort], 0..modules, 0);
        let change = self.state.weigh(&self.edits, threshold);
        self.conclude(change, threshold);
    }

    /// Seats a manager as another island did; counts as changed in any case.
    pub fn seat(&mut self, manager: ManagerId, to: Option<CohortId>) {
        let from = self.state.draft().seat(manager);
        let edit = Edit::seat(manager, from, to);
        if from != to {
            self.state.apply(&edit);
        }
        self.history.note(&edit);
    }

    /// Books a run as another island did; counts as changed in any case.
    pub fn book(&mut self, run: RunId, booking: &Booking) {
        let edit = Edit::Book(run, booking.clone());
        self.state.apply(&edit);
        self.history.note(&edit);
    }

    fn record(&mut self) {
        self.history.record(self.state.draft(), self.state.score());
    }

    /// Hard breaches become dearer while there are some, and slowly cheaper again while there are none.
    fn adapt(&mut self) {
        self.record();
        self.hard_price = if self.state.score().hard > 0 {
            (self.hard_price + self.hard_price / 50 + 1).min(self.least_hard_price.saturating_mul(1_000))
        } else {
            (self.hard_price - self.hard_price / 100).max(self.least_hard_price)
        };
    }

    /// How often something worse was accepted since this was last asked.
    pub fn take_worsened(&mut self) -> u64 {
        std::mem::take(&mut self.history.worsened)
    }

    /// What worsenings cost among `samples` candidates that would break nothing new; nothing is kept.
    pub fn worsenings(&mut self, samples: usize) -> Worsenings {
        let mut costs = Vec::new();
        for _ in 0..samples {
            let Proposal { change, .. } = self.propose(f64::INFINITY, 0, false);
            self.state.drop_edits();
            costs.extend(change.filter(|change| change.hard == 0 && change.soft > 0).map(|change| change.soft));
        }
        Worsenings { samples, costs }
    }

    /// What this island has changed since the last meeting.
    pub fn take_changes(&mut self) -> Changes {
        let draft = self.state.draft();
        let mut changes = Changes::default();
        self.history.changed.managers.drain(|index| {
            let manager = ManagerId::new(index);
            changes.seats.push((manager, draft.seat(manager)));
        });
        self.history
            .changed
            .runs
            .drain(|index| changes.bookings.push((RunId::new(index), draft.booking(RunId::new(index)).clone())));
        changes.bookings.sort_by_key(|(run, _)| *run);
        changes
    }

    /// Makes changes as another island did; what they cost is told later, by [`Island::arrive`].
    pub fn follow(&mut self, changes: &Changes) {
        for &(manager, to) in &changes.seats {
            let from = self.state.draft().seat(manager);
            if from != to {
                self.make(Edit::seat(manager, from, to));
            }
        }
        for (run, booking) in &changes.bookings {
            if self.state.draft().booking(*run) != booking {
                self.make(Edit::Book(*run, booking.clone()));
            }
        }
    }

    /// Ends a series of [`Island::follow`]: the draft has this score.
    pub fn arrive(&mut self, score: Score) {
        self.state.arrive(score);
        self.record();
    }

    fn make(&mut self, edit: Edit) {
        self.state.follow(&edit);
        self.history.incumbent.changed.note(&edit);
    }
}

/// New seats and bookings.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// Managers with the cohort in which they sit now.
    pub seats: Vec<(ManagerId, Option<CohortId>)>,
    /// Runs with what is booked now, by run.
    pub bookings: Vec<(RunId, Booking)>,
}

/// The neighbourhoods that have something to choose, each as often as its share.
fn wheel(choices: &Choices) -> Vec<&'static Neighbourhood> {
    let applying = NEIGHBOURHOODS.iter().filter(|neighbourhood| (neighbourhood.applies)(choices));
    applying.flat_map(|neighbourhood| std::iter::repeat_n(neighbourhood, neighbourhood.share)).collect()
}
