//! How a temperature falls.

/// The share of a cooling, its last, in which the temperature may fall faster (see [`Cooling::quench`]). Measured.
const QUENCHED_SHARE: f64 = 0.05;

/// One cooling, from which temperature to which, in units of soft cost, and between which steps.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Cooling {
    /// The temperature at its start.
    pub warm: f64,
    /// The temperature at its end, before quenching.
    pub cold: f64,
    /// How many times colder than that it gets in its last part; 1: no colder.
    pub quench: f64,
    /// The step with which it begins; below 0 where it is under way before the first.
    pub from: i64,
    /// The step with which it ends.
    pub to: i64,
}

impl Cooling {
    /// No worsening at all.
    pub const FROZEN: Cooling = Cooling { warm: 1e-9, cold: 1e-9, quench: 1.0, from: 0, to: 1 };

    /// Always the same temperature.
    pub fn steady(temperature: f64) -> Cooling {
        Cooling { warm: temperature, cold: temperature, ..Cooling::FROZEN }
    }

    /// The temperature after `done` steps: geometric, faster in the last part, and cold for good after the last.
    pub fn at(&self, done: u64) -> f64 {
        let share = (done as i64).saturating_sub(self.from) as f64 / self.to.saturating_sub(self.from).max(1) as f64;
        let share = share.clamp(0.0, 1.0);
        let quenched = (share - (1.0 - QUENCHED_SHARE)).max(0.0) / QUENCHED_SHARE;
        self.warm * libm::exp(libm::log(self.cold / self.warm) * share - libm::log(self.quench) * quenched)
    }

    /// The same, `times` times warmer at each step.
    pub fn warmer(self, times: f64) -> Cooling {
        Cooling { warm: self.warm * times, cold: self.cold * times, ..self }
    }
}
