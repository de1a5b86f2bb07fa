//! One island: a state of its own, a generator of its own, and simulated annealing (Kirkpatrick et al. 1983).

use super::choices::Choices;
use super::incumbent::Incumbent;
use super::moves::{Context, NEIGHBOURHOODS, Neighbourhood};
use crate::rng::Rng;
use crate::score::Score;
use crate::state::{Edit, State};

/// Steps between two looks at the temperature and the price of a hard breach.
const BLOCK: u64 = 500;

/// How many values the logarithm of a random number is rounded to.
const LOGS: usize = 4_096;

/// What all islands of a search share.
#[derive(Debug)]
pub struct Shared {
    /// What there is to choose from.
    pub choices: Choices,
    /// The neighbourhoods, each as often as its share.
    wheel: Vec<&'static Neighbourhood>,
    /// −ln of evenly spaced numbers from 0 to 1. Computed in software, so that every machine has the same.
    logs: Vec<f64>,
}

impl Shared {
    /// What a search over these choices shares.
    pub fn new(choices: Choices) -> Shared {
        let applying = NEIGHBOURHOODS.iter().filter(|neighbourhood| (neighbourhood.applies)(&choices));
        let wheel =
            applying.flat_map(|neighbourhood| std::iter::repeat_n(neighbourhood, neighbourhood.share)).collect();
        let logs = (0..LOGS).map(|index| -libm::log((index as f64 + 0.5) / LOGS as f64)).collect();
        Shared { choices, wheel, logs }
    }

    /// Whether there is nothing to change.
    pub fn is_settled(&self) -> bool {
        self.wheel.is_empty()
    }
}

/// From which temperature to which a search cools, in units of soft cost.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Cooling {
    /// At the first step, and until `lead` steps are done.
    pub warm: f64,
    /// At the last step.
    pub cold: f64,
    /// Steps before the cooling begins.
    pub lead: u64,
    /// Steps until the end of the cooling.
    pub steps: u64,
}

impl Cooling {
    /// No worsening at all.
    pub fn frozen() -> Cooling {
        Cooling { warm: 1e-9, cold: 1e-9, lead: 0, steps: 1 }
    }

    /// The temperature after `done` steps: geometric, and cold for good after the last.
    fn at(&self, done: u64) -> f64 {
        let cooled = done.saturating_sub(self.lead) as f64;
        let share = (cooled / self.steps.saturating_sub(self.lead).max(1) as f64).min(1.0);
        self.warm * libm::exp(libm::log(self.cold / self.warm) * share)
    }
}

/// A searcher on its own.
#[derive(Clone)]
pub struct Island<'p> {
    /// Its draft.
    pub state: State<'p>,
    /// The best it has seen.
    pub incumbent: Incumbent,
    rng: Rng,
    /// What a hard breach of amount 1 costs, in soft cost; adapts.
    hard_price: i64,
    least_hard_price: i64,
    edits: Vec<Edit>,
}

impl<'p> Island<'p> {
    /// An island that starts from this state.
    pub fn new(state: State<'p>, rng: Rng, hard_price: i64) -> Island<'p> {
        let incumbent = Incumbent::of(&state);
        Island { state, incumbent, rng, hard_price, least_hard_price: hard_price, edits: Vec::new() }
    }

    /// Does `steps` steps; `done` is how many this island has done before.
    pub fn run(&mut self, shared: &Shared, cooling: &Cooling, done: u64, steps: u64) {
        let mut left = steps;
        while left > 0 {
            let block = left.min(BLOCK);
            let temperature = cooling.at(done + steps - left);
            for _ in 0..block {
                self.step(shared, temperature);
            }
            self.adapt();
            left -= block;
        }
    }

    /// Draws a candidate, and says what it would change; nothing is drawn in vain more than rarely.
    fn propose(&mut self, shared: &Shared) -> Score {
        let neighbourhood = shared.wheel[self.rng.below(shared.wheel.len())];
        self.edits.clear();
        let mut context = Context { state: &mut self.state, choices: &shared.choices, rng: &mut self.rng };
        (neighbourhood.propose)(&mut context, &mut self.edits);
        self.state.weigh(&self.edits)
    }

    #[inline]
    fn step(&mut self, shared: &Shared, temperature: f64) {
        let change = self.propose(shared);
        if self.edits.is_empty() {
            return;
        }
        let price = change.hard * self.hard_price + change.soft;
        let accept = price <= 0 || (price as f64) < temperature * shared.logs[self.rng.below(LOGS)];
        if !accept {
            self.state.drop_edits();
            return;
        }
        // The incumbent is taken just before the draft gets worse, so that a descent is copied once.
        if price > 0 && self.state.score() < self.incumbent.score() {
            self.incumbent.record(&self.state);
        }
        self.incumbent.note(&self.edits);
        self.state.keep(&self.edits);
    }

    /// Hard breaches become dearer while there are some, and slowly cheaper again while there are none.
    fn adapt(&mut self) {
        if self.state.score() < self.incumbent.score() {
            self.incumbent.record(&self.state);
        }
        self.hard_price = if self.state.score().hard > 0 {
            self.hard_price + self.hard_price / 50 + 1
        } else {
            (self.hard_price - self.hard_price / 100).max(self.least_hard_price)
        };
    }

    /// The mean worsening of the soft score among `samples` candidates that would break nothing new; nothing is kept.
    pub fn mean_worsening(&mut self, shared: &Shared, samples: usize) -> i64 {
        let (mut sum, mut count) = (0, 0);
        for _ in 0..samples {
            let change = self.propose(shared);
            self.state.drop_edits();
            if change.hard == 0 && change.soft > 0 {
                sum += change.soft;
                count += 1;
            }
        }
        (sum / count.max(1)).max(1)
    }

    /// Goes on from another island's incumbent.
    pub fn adopt(&mut self, other: &Incumbent) {
        self.state.restore(other.snapshot());
        self.incumbent = Incumbent::of(&self.state);
    }
}
