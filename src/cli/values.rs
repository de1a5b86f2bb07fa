//! Values of options that more than one command takes.

use std::num::NonZeroUsize;
use std::time::Duration;

/// The largest whole number of a TOML file. A plan file states its seed and steps, so they must not be larger.
pub(super) const MOST: u64 = i64::MAX as u64;

/// A time as a whole number with its unit.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let number = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let millis = match &text[number.len()..] {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return Err("write a whole number and its unit: 500ms, 30s, 2m or 1h".to_owned()),
    };
    let number: u64 = number.parse().map_err(|_| "write a whole number before the unit, like 30s".to_owned())?;
    number.checked_mul(millis).map(Duration::from_millis).ok_or_else(|| "this is longer than time".to_owned())
}

/// As many threads as the machine can run at once.
pub(super) fn all_threads() -> usize {
    std::thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

#[cfg(test)]
mod tests {
    use super::duration;
    use std::time::Duration;

    #[test]
    fn times_have_a_unit() {
        assert_eq!(duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(duration("30s"), Ok(Duration::from_secs(30)));
        assert_eq!(duration("2m"), Ok(Duration::from_secs(120)));
        assert_eq!(duration("1h"), Ok(Duration::from_secs(3600)));
        for wrong in ["", "30", "s", "-1s", "1.5m", "10 s", "5d", "99999999999999999999s", "18446744073709551615h", "å"]
        {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }
}
