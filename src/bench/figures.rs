//! Figures that sum up several searches of the same problem.

use serde::{Serialize, Serializer};

use super::measured::{SearchRun, Seconds};

/// A median of whole numbers. The median of an even number of values may end in a half.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Median {
    /// Twice the median, which is a whole number.
    pub twice: i128,
}

impl Median {
    /// The median of the values; `None` if there are none.
    pub fn of(values: impl IntoIterator<Item = i64>) -> Option<Median> {
        let mut values: Vec<i128> = values.into_iter().map(i128::from).collect();
        values.sort_unstable();
        let upper = values.get(values.len() / 2)?;
        let lower = values.get((values.len() - 1) / 2)?;
        Some(Median { twice: lower + upper })
    }

    /// By how much this is above `base`, in hundredths of a per cent of the absolute value of `base`, rounded away
    /// from zero; `None` when `base` is zero and this is not.
    pub fn above(self, base: Median) -> Option<i128> {
        let (more, whole) = (self.twice - base.twice, base.twice.abs());
        match (more, whole) {
            (0, _) => Some(0),
            (_, 0) => None,
            _ => Some(more.signum() * ((10_000 * more.abs() + whole - 1) / whole)),
        }
    }
}

impl From<i64> for Median {
    fn from(value: i64) -> Median {
        Median { twice: 2 * i128::from(value) }
    }
}

impl std::fmt::Display for Median {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let sign = if self.twice < 0 { "-" } else { "" };
        let (whole, half) = (self.twice.abs() / 2, if self.twice % 2 == 0 { "" } else { ".5" });
        write!(f, "{sign}{whole}{half}")
    }
}

impl Serialize for Median {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.twice as f64 / 2.0)
    }
}

/// Hundredths of a per cent as text: `1.08 %`.
pub fn percent(hundredths: i128) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let size = hundredths.abs();
    format!("{sign}{}.{:02} %", size / 100, size % 100)
}

/// The figures of several searches of a problem within a limit. Costs are those of valid plans alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Figures {
    /// How many searches there were.
    pub seeds: usize,
    /// How many of them ended with a valid plan.
    pub valid: usize,
    /// The median cost of the valid plans.
    pub median_soft: Option<Median>,
    /// The cheapest valid plan.
    pub best_soft: Option<i64>,
    /// The most expensive valid plan.
    pub worst_soft: Option<i64>,
    /// The median time to the first valid plan, over the searches that found one.
    pub median_first_valid: Option<Seconds>,
    /// The largest peak memory of any of the searches, in KiB.
    pub most_memory_kib: Option<u64>,
}

impl Figures {
    /// The figures of these searches.
    pub fn of<'a>(runs: impl IntoIterator<Item = &'a SearchRun>) -> Figures {
        let runs: Vec<&SearchRun> = runs.into_iter().collect();
        let costs: Vec<i64> = runs.iter().filter(|run| run.score().is_valid()).map(|run| run.soft).collect();
        let mut firsts: Vec<Seconds> = runs.iter().filter_map(|run| run.first_valid).collect();
        firsts.sort_unstable();
        let middle = |firsts: &[Seconds]| {
            let (lower, upper) = (firsts.get(firsts.len().checked_sub(1)? / 2)?, firsts.get(firsts.len() / 2)?);
            Some(Seconds { millis: lower.millis.midpoint(upper.millis) })
        };
        Figures {
            seeds: runs.len(),
            valid: costs.len(),
            median_soft: Median::of(costs.iter().copied()),
            best_soft: costs.iter().copied().min(),
            worst_soft: costs.iter().copied().max(),
            median_first_valid: middle(&firsts),
            most_memory_kib: runs.iter().filter_map(|run| run.peak_memory_kib).max(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Median, percent};

    #[test]
    fn a_median_may_end_in_a_half() {
        let told = |values: &[i64]| Median::of(values.iter().copied()).map(|median| median.to_string());
        assert_eq!(told(&[]), None);
        assert_eq!(told(&[9, 1, 5]).as_deref(), Some("5"));
        assert_eq!(told(&[9, 1, 5, 6]).as_deref(), Some("5.5"));
        assert_eq!(told(&[-2, -1]).as_deref(), Some("-1.5"));
        assert_eq!(told(&[i64::MAX, i64::MAX]).as_deref(), Some("9223372036854775807"));
    }

    #[test]
    fn shares_are_rounded_away_from_zero_and_measured_against_the_size_of_the_base() {
        let above = |value: i64, base: i64| Median::from(value).above(Median::from(base));
        assert_eq!(above(101, 100), Some(100));
        assert_eq!(above(10_101, 10_000), Some(101));
        assert_eq!(above(1_010_001, 1_000_000), Some(101), "beyond 1 % is told as beyond 1 %");
        assert_eq!(above(99, 100), Some(-100));
        assert_eq!(above(-99, -100), Some(100), "a cost below zero that rises is worse, too");
        assert_eq!((above(0, 0), above(5, 0)), (Some(0), None));
        assert_eq!((percent(108), percent(-7)), ("1.08 %".to_owned(), "-0.07 %".to_owned()));
    }
}
