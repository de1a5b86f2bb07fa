//! What repeats a search that had a time limit, or was stopped, besides its number of steps.

use std::fmt;
use std::str::FromStr;

use crate::search::annealing::Schedule;

/// How a search went that no number of steps alone can repeat. With the same number of steps, the same seed and files, and this, a
/// search gives the same plan and the same bound. It is written in plans as `schedule`; its text form is
/// `pilots=3,horizon=8040000,stretch=160:88,effort=8`, with `,asked=41` at the end where the bound was cut short.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Repetition {
    /// The coolings of the search.
    pub(super) schedule: Schedule,
    /// How hard the bound was looked for.
    pub(super) effort: usize,
    /// How often the bound had asked whether to stop when it was told to; `None` where it was finished.
    pub(super) asked: Option<u64>,
}

impl fmt::Display for Repetition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},effort={}", self.schedule, self.effort)?;
        self.asked.map_or(Ok(()), |asked| write!(f, ",asked={asked}"))
    }
}

impl FromStr for Repetition {
    type Err = String;

    fn from_str(text: &str) -> Result<Repetition, String> {
        let wrong = || {
            format!(
                "“{text}” is no schedule; copy the one in the plan, like pilots=3,horizon=8040000,stretch=160:88,effort=8"
            )
        };
        let (schedule, rest) = text.split_once(",effort=").ok_or_else(wrong)?;
        let (effort, asked) = match rest.split_once(",asked=") {
            Some((effort, asked)) => (effort, Some(asked.parse().map_err(|_| wrong())?)),
            None => (rest, None),
        };
        let schedule = schedule.parse().map_err(|_| wrong())?;
        let effort = effort.parse().ok().filter(|effort| (1..=super::MOST_EFFORT).contains(effort));
        Ok(Repetition { schedule, effort: effort.ok_or_else(wrong)?, asked })
    }
}

#[cfg(test)]
mod tests {
    use super::Repetition;

    #[test]
    fn a_repetition_is_read_as_it_is_written() {
        for text in [
            "pilots=3,horizon=8040000,stretch=160:88,effort=8",
            "pilots=0,horizon=1,stretch=100:100,effort=250,asked=0",
        ] {
            assert_eq!(text.parse::<Repetition>().map(|read| read.to_string()), Ok(text.to_owned()));
        }
        for wrong in [
            "",
            "8",
            "pilots=3,horizon=8040000,stretch=160:88",
            "pilots=3,horizon=8040000,stretch=160:88,effort=0",
            "pilots=3,horizon=8040000,stretch=160:88,effort=251",
            "pilots=3,horizon=8040000,stretch=160:88,effort=8,asked=",
            "pilots=3,horizon=8040000,stretch=160:88,effort=8,asked=-1",
            "pilots=3,horizon=8040000,stretch=160:88,effort=8,asked=1,more=1",
        ] {
            assert!(wrong.parse::<Repetition>().is_err_and(|error| error.contains("copy the one")), "{wrong}");
        }
    }
}
