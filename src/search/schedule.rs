//! How many steps a search is meant to have, and how they are parted into coolings.
//!
//! A search begins with *pilots*: coolings of one round, two, four and so on. They find fair plans soon and show how fast
//! steps are. One long cooling follows, to the *horizon*. The temperature of a step depends on both numbers, so they must be
//! known before. With a number of steps the horizon is that number. With a time limit it is guessed after the pilots, and
//! taken from a fixed ladder; after an eighth of the cooling and half way, when more is known, what is left of it is
//! stretched or shortened. The last digits of the steps done say how many pilots there were, which rung it was, and how it
//! was stretched, and so the number alone repeats the search.

/// Each rung of the ladder is this fraction longer than the one before: a tenth.
const RUNG: u64 = 10;

/// Step counts whose last digits, as many as this power of ten has zeros, ...
const DIGITS: u64 = 10_000;

/// ... are at least this carry a code. Without stretches the code is what these digits are more.
const CODES: u64 = 8_000;

/// From these last digits on they tell of stretches, together with the digit before them.
const STRETCHED: u64 = 8_500;

/// There are fewer pilots than this.
const MOST_PILOTS: u64 = 16;

/// A code says one of so many numbers of pilots, counted from so many below the one that fits the horizon.
const PILOTS: (u64, u64) = (5, 3);

/// The rung of a code is counted from so many below the one that is just long enough: without and with stretches.
const LEVELS: (u64, u64) = (50, 20);

/// After which share of the last cooling it is looked at.
const LOOKS: [(i64, i64); 2] = [(1, 8), (1, 2)];

/// How long what is left of it can become then, in hundredths.
const STRETCHES: [&[i64]; 2] =
    [&[40, 63, 100, 160, 250], &[50, 58, 67, 77, 88, 100, 115, 132, 152, 175, 201, 231, 266]];

/// A shorter search is not stretched: its steps could not tell it.
const LOOKED_AT: u64 = 500_000;

/// No search has more steps than this.
const LONGEST: u64 = 1 << 58;

/// Pilots take no more than this fraction of a search: a twenty-fifth.
pub const PART: u64 = 25;

/// The coolings of a search.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Schedule {
    /// How many pilots come first.
    pilots: u64,
    /// The step with which the last cooling is planned to end when it begins.
    horizon: u64,
    /// How long the rest of it becomes at each look, in hundredths.
    stretches: [i64; 2],
}

/// One cooling, in steps.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// The step with which it begins, or would have begun if it had always fallen as fast as it does.
    pub from: i64,
    /// The step with which it ends.
    pub to: i64,
    /// How long it was planned to be.
    pub planned: u64,
}

impl Span {
    /// The first full round when it is time for a look.
    fn look(self, number: usize, round: u64) -> i64 {
        let (part, whole) = LOOKS[number];
        let share = (self.to - self.from) / whole * part;
        (self.from + share).max(0).unsigned_abs().div_ceil(round).saturating_mul(round).min(LONGEST) as i64
    }

    /// The same, with so many hundredths of what is left after a step.
    fn stretched(self, at: i64, hundredths: i64) -> Span {
        let left = self.to - at;
        if hundredths == 100 || left <= 0 {
            return self;
        }
        let more = i128::from(left / 100) * i128::from(hundredths);
        let done = more * i128::from(at - self.from) / i128::from(left);
        Span { from: at - done as i64, to: at + more as i64, ..self }
    }
}

impl Schedule {
    fn unstretched(pilots: u64, horizon: u64) -> Schedule {
        Schedule { pilots, horizon, stretches: [100; 2] }
    }

    /// So many pilots, and then a cooling to the last rung of the ladder that is not above `steps`; a longer one where so
    /// many pilots would be too large a part of it.
    pub fn planned(pilots: u64, steps: u64, round: u64) -> Schedule {
        let fitting = rounds_of(pilots.saturating_sub(1)).saturating_mul(round * PART);
        Schedule::unstretched(pilots, rung_under(steps.max(next(fitting))))
    }

    /// Of a search that ends while there still are pilots, this one included: what would have come then does not matter.
    pub fn of_pilots(pilots: u64, round: u64) -> Schedule {
        Schedule::planned(pilots, 0, round)
    }

    /// Of a search that is to have this many steps, in rounds of so many.
    pub fn of(steps: u64, round: u64) -> Schedule {
        let (level, _) = rung_over(steps);
        let Some(code) = (steps % DIGITS).checked_sub(CODES) else {
            return Schedule::unstretched(pilots_that_fit(steps, round), steps.clamp(1, LONGEST));
        };
        let (stretches, code, below) = match (steps % DIGITS).checked_sub(STRETCHED) {
            None => ([100; 2], code, LEVELS.0),
            Some(low) => {
                let code = steps / DIGITS % 10 * (DIGITS - STRETCHED) + low;
                let many = STRETCHES.map(|stretches| stretches.len() as u64);
                let both = code % (many[0] * many[1]);
                let stretches = [both / many[1], both % many[1]];
                let stretches = [0, 1].map(|number| STRETCHES[number][stretches[number] as usize]);
                (stretches, code / (many[0] * many[1]), LEVELS.1)
            }
        };
        let horizon = rung((level + code / PILOTS.0).saturating_sub(below)).min(LONGEST);
        let pilots = (pilots_that_fit(horizon, round) + code % PILOTS.0).saturating_sub(PILOTS.1);
        Schedule { pilots, horizon, stretches }
    }

    /// The smallest number of steps from `done` on that says it was searched by this schedule, whose horizon is a rung of
    /// the ladder. `None` where none within some hundred thousand does (ten thousand without stretches): the search was cut
    /// too short for its horizon.
    pub fn steps_that_tell(self, done: u64, round: u64) -> Option<u64> {
        if done <= self.horizon && self.horizon - done < DIGITS && Schedule::of(self.horizon, round) == self {
            return Some(self.horizon);
        }
        let (number, _) = rung_over(self.horizon);
        let pilots = (self.pilots + PILOTS.1).checked_sub(pilots_that_fit(self.horizon, round));
        let pilots = pilots.filter(|&pilots| pilots < PILOTS.0)?;
        let places = [0, 1].map(|number| STRETCHES[number].iter().position(|&each| each == self.stretches[number]));
        let (Some(first), Some(second)) = (places[0], places[1]) else { return None };
        let both = (first * STRETCHES[1].len() + second) as u64;
        let many = (STRETCHES[0].len() * STRETCHES[1].len()) as u64;
        let is_stretched = self.stretches != [100; 2];
        let digits = if is_stretched { 10 * DIGITS } else { DIGITS };
        // The last digits for a number of steps that is just not longer than a rung.
        let last = |level: u64| {
            let of_rung = |below: u64| Some((number + below).checked_sub(level)? * PILOTS.0 + pilots);
            if !is_stretched {
                return Some(CODES + of_rung(LEVELS.0)?);
            }
            let code = of_rung(LEVELS.1)? * many + both;
            Some(code / (DIGITS - STRETCHED) * DIGITS + STRETCHED + code % (DIGITS - STRETCHED))
        };
        let levels = |begin: u64| rung_over(begin).0..=rung_over(begin + digits).0;
        let tells = |steps: &u64| *steps >= done && Schedule::of(*steps, round) == self;
        let all = (0..3).flat_map(|block| {
            let begin = (done / digits + block) * digits;
            levels(begin).filter_map(last).filter(|last| *last < digits).map(move |last| begin + last)
        });
        all.filter(tells).min()
    }

    /// The steps of all pilots.
    pub fn piloted(self, round: u64) -> u64 {
        rounds_of(self.pilots) * round
    }

    /// The step with which there is a look at the last cooling; `None` where it is too short for that.
    pub fn look(self, number: usize, round: u64) -> Option<u64> {
        let at = self.last(number, round).look(number, round);
        (self.horizon >= LOOKED_AT).then_some(at.unsigned_abs())
    }

    /// The same, with what is left after a look as long as so many steps, about: at the first as near as can be, at the
    /// second no longer.
    pub fn stretched(mut self, number: usize, steps: u64, round: u64) -> Schedule {
        let span = self.last(number, round);
        let left = (span.to - span.look(number, round)).max(1);
        let wanted = i128::from(steps) * 100 / i128::from(left);
        let each = STRETCHES[number].iter().copied();
        let fitting = |many: &i64| i128::from(*many) <= wanted;
        let below = each.clone().take_while(fitting).last().unwrap_or(STRETCHES[number][0]);
        let above = each.clone().find(|many| !fitting(many)).unwrap_or(below);
        let is_nearer = wanted * wanted > i128::from(below) * i128::from(above);
        self.stretches[number] = if number == 0 && is_nearer { above } else { below };
        self
    }

    /// The last step of the last cooling.
    pub fn end(self, round: u64) -> u64 {
        self.last(LOOKS.len(), round).to.unsigned_abs()
    }

    /// The last cooling after so many looks.
    fn last(self, looks: usize, round: u64) -> Span {
        let piloted = self.piloted(round);
        let planned = self.horizon.saturating_sub(piloted);
        let span = Span { from: piloted as i64, to: self.horizon as i64, planned };
        (0..looks).fold(span, |span, number| span.stretched(span.look(number, round), self.stretches[number]))
    }

    /// The cooling to which the step after `done` belongs.
    pub fn cooling(self, done: u64, round: u64) -> Span {
        if done < self.piloted(round) {
            return pilot(done, round);
        }
        let is_behind = |&number: &usize| done as i64 >= self.last(number, round).look(number, round);
        self.last((0..LOOKS.len()).take_while(is_behind).count(), round)
    }
}

/// How many pilots are a small part of so many steps.
fn pilots_that_fit(steps: u64, round: u64) -> u64 {
    let fits = |pilots: &u64| rounds_of(*pilots).saturating_mul(round * PART) <= steps;
    (1..MOST_PILOTS).take_while(fits).count() as u64
}

/// How many rounds so many pilots have.
fn rounds_of(pilots: u64) -> u64 {
    (1 << pilots) - 1
}

/// The pilot to which the step after `done` belongs.
pub fn pilot(done: u64, round: u64) -> Span {
    let number = u64::from((done / round + 1).ilog2());
    let (from, to) = (rounds_of(number) * round, rounds_of(number + 1) * round);
    Span { from: from as i64, to: to as i64, planned: to - from }
}

/// The last rung that is not above `steps` (at least the lowest rung).
fn rung_under(steps: u64) -> u64 {
    let mut length = 1_000;
    while next(length) <= steps && length < u64::MAX {
        length = next(length);
    }
    length
}

/// The first rung with at least `steps` steps, as its number and its length.
fn rung_over(steps: u64) -> (u64, u64) {
    let (mut number, mut length) = (0, 1_000);
    while length < steps {
        length = next(length);
        number += 1;
    }
    (number, length)
}

fn rung(number: u64) -> u64 {
    (0..number).fold(1_000, |length, _| next(length))
}

fn next(length: u64) -> u64 {
    length.saturating_add((length / RUNG).max(1_000) / 1_000 * 1_000)
}

#[cfg(test)]
mod tests {
    use super::{STRETCHES, Schedule, Span, pilots_that_fit, rung_under};

    const ROUND: u64 = 40_000;

    #[test]
    fn a_plain_number_of_steps_is_its_own_horizon() {
        for steps in [1, 10, 1_000, 50_000, 12_345_678, 1_000_000_000, 1 << 58] {
            assert_eq!(Schedule::of(steps, ROUND).horizon, steps);
        }
    }

    #[test]
    fn pilots_take_a_small_part() {
        let pilots = |steps| Schedule::of(steps, ROUND).pilots;
        assert_eq!([pilots(900_000), pilots(1_000_000), pilots(2_990_000), pilots(3_000_000)], [0, 1, 1, 2]);
        let coolings = [0, 50_000, 120_000, 2_000_000].map(|done| Schedule::of(3_000_000, ROUND).cooling(done, ROUND));
        let span = |from: i64, to: i64| Span { from, to, planned: (to - from) as u64 };
        let last = span(120_000, 3_000_000);
        assert_eq!(coolings, [span(0, 40_000), span(40_000, 120_000), last, last]);
    }

    #[test]
    fn what_is_left_is_stretched_after_a_look() {
        let schedule = Schedule::of(8_040_000, ROUND);
        let planned = schedule.cooling(7_000_000, ROUND);
        assert_eq!((schedule.pilots, planned), (3, Span { from: 280_000, to: 8_040_000, planned: 7_760_000 }));
        assert_eq!(schedule.look(0, ROUND), Some(1_280_000));
        let longer = schedule.stretched(0, 10_000_000, ROUND);
        assert_eq!(longer.cooling(1_240_000, ROUND), planned);
        // 160 hundredths of what was left; an eighth and a little more is behind.
        let later = Span { from: -320_000, to: 12_096_000, planned: 7_760_000 };
        assert_eq!(longer.cooling(1_280_000, ROUND), later);
        assert_eq!(longer.look(1, ROUND), Some(5_920_000));
        let shorter = longer.stretched(1, 10, ROUND);
        assert_eq!(shorter.cooling(5_880_000, ROUND), later);
        let last = shorter.cooling(5_920_000, ROUND);
        assert_eq!((last.to, shorter.end(ROUND)), (9_008_000, 9_008_000));
        let share = |span: Span| (5_920_000 - span.from) as f64 / (span.to - span.from) as f64;
        assert!((share(last) - share(later)).abs() < 1e-6);
        assert_eq!(Schedule::of(400_000, ROUND).look(0, ROUND), None);
    }

    #[test]
    fn a_rest_is_as_long_as_it_can_be_told() {
        let schedule = Schedule::of(8_040_000, ROUND);
        let stretched = |number, steps| schedule.stretched(number, steps, ROUND).stretches[number];
        let left = [6_760_000, 3_880_000];
        assert_eq!(
            [79, 80, 200, 201, 1_000].map(|share| stretched(0, left[0] / 100 * share)),
            [63, 100, 160, 250, 250]
        );
        assert_eq!([10, 99, 100, 200, 1_000].map(|share| stretched(1, left[1] / 100 * share)), [50, 88, 100, 175, 266]);
    }

    #[test]
    fn a_search_that_was_cut_short_can_be_repeated_from_its_steps() {
        let short = [500_000, 700_000, 900_000, 1_500_000, 3_000_000].map(|horizon| (horizon, 1_000));
        let long = [10_000_000, 20_000_000, 30_000_000, 40_000_000, 50_000_000].map(|horizon| (horizon, ROUND));
        for ((horizon, round), offset) in short.into_iter().chain(long).zip((0..5).cycle()) {
            let horizon = rung_under(horizon);
            let pilots = (pilots_that_fit(horizon, round) + 1).saturating_sub(offset);
            let schedule = Schedule::unstretched(pilots, horizon);
            let ends = [horizon / 10, horizon / 7, horizon / 2, horizon - 3_000, horizon + 10_000, horizon * 2];
            let both = STRETCHES[0].iter().flat_map(|&first| STRETCHES[1].iter().map(move |&second| [first, second]));
            let stretched = both.map(|stretches| Schedule { stretches, ..schedule }).flat_map(|schedule| {
                let end = schedule.end(round);
                let looks = [0, 1].map(|number| schedule.look(number, round).unwrap());
                [looks[0] + 1, looks[1] + 1, (looks[1] + end) / 2, end - 3_000, end / 2 * 3]
                    .map(|done| (schedule, done))
            });
            for (schedule, done) in ends.map(|done| (schedule, done)).into_iter().chain(stretched) {
                let steps = schedule.steps_that_tell(done, round).expect("some hundred thousand steps are enough");
                assert!((done..done + 300_000).contains(&steps), "{done} became {steps}");
                assert_eq!(Schedule::of(steps, round), schedule);
            }
        }
    }

    #[test]
    fn a_search_that_ends_among_its_pilots_can_be_repeated_from_its_steps() {
        for rounds in 1..200_u64 {
            let (done, pilots) = (rounds * ROUND, u64::from(rounds.ilog2()) + 1);
            let schedule = Schedule::of_pilots(pilots, ROUND);
            let steps = schedule.steps_that_tell(done, ROUND).expect("some ten thousand steps are enough");
            assert!((done..done + 20_000).contains(&steps), "{done} became {steps}");
            assert_eq!(Schedule::of(steps, ROUND).cooling(done, ROUND), schedule.cooling(done, ROUND));
        }
    }

    #[test]
    fn the_most_steps_there_can_be_are_no_trouble() {
        for steps in [u64::MAX, i64::MAX as u64, 9_223_372_036_854_769_999, 1 << 62] {
            let schedule = Schedule::of(steps, ROUND);
            let span = schedule.cooling(steps / 2, ROUND);
            assert!(span.from < span.to && schedule.look(1, ROUND) > schedule.look(0, ROUND));
        }
    }

    #[test]
    fn a_search_that_reached_its_horizon_has_just_as_many_steps() {
        let horizon = rung_under(30_000_000);
        let schedule = Schedule::of(horizon, ROUND);
        assert_eq!(schedule.steps_that_tell(horizon, ROUND), Some(horizon));
    }
}
