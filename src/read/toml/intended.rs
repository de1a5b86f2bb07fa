//! Guesses what was meant by a value that cannot be read, and how to write it. Gives a guess only where it is
//! certain.

use ::toml::de::DeTable;

use crate::read::dates;

/// How a value should be written.
pub(super) struct Intended {
    /// What is wrong with the value.
    pub message: &'static str,
    /// The correct value, or an example of one.
    pub help: String,
}

/// What is meant by a value that is not TOML.
pub(super) fn by_value(written: &str) -> Option<Intended> {
    let written = written.trim();
    let meant = |message, help| Some(Intended { message, help });
    let alone = written.trim_end_matches(',').trim_end();
    if alone != written && is_value(alone) {
        return meant("no comma stands after the value of a key", format!("write {alone}"));
    }
    if written.starts_with('"') {
        let turned = written.replace("\\\\", "/").replace('\\', "/");
        let message = "“\\” does not stand for itself in a text";
        return if written.contains('\\') { meant(message, format!("write {turned}")) } else { None };
    }
    if is_like_date(written) {
        return meant("a date is written year-month-day", "write it like 2015-09-14".to_string());
    }
    if dates::from_text(written).is_ok() {
        let message = "a half date, a week or a range stands in quotes";
        return meant(message, format!("write \"{written}\""));
    }
    let plain = by_text(written)?;
    Some(Intended { help: format!("write {}", plain.help), ..plain })
}

/// The number, `true` or `false` that is meant by a text without quotes.
pub(super) fn by_text(text: &str) -> Option<Intended> {
    const YES: [&str; 4] = ["true", "sant", "yes", "ja"];
    const NO: [&str; 4] = ["false", "falskt", "no", "nej"];
    let meant = |message, help| Some(Intended { message, help });
    let word = text.to_lowercase();
    let is_yes = YES.contains(&word.as_str());
    if is_yes || NO.contains(&word.as_str()) {
        return meant("yes and no are written true and false, in small letters", is_yes.to_string());
    }
    if let Some((whole, decimals)) = text.strip_suffix('%').and_then(|number| decimal(number.trim())) {
        let digits = format!("{whole:0>3}");
        let (before, after) = digits.split_at(digits.len() - 2);
        return meant("a share is written as a number from 0 to 1", format!("{before}.{after}{decimals}"));
    }
    let unit =
        text.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign.is_whitespace() || ".,".contains(sign));
    let digits: String = text[..text.len() - unit.len()].split_whitespace().collect();
    let (whole, decimals) = decimal(&digits)?;
    let value = if decimals.is_empty() { whole } else { format!("{whole}.{decimals}") };
    if unit.is_empty() {
        let message = if decimals.is_empty() {
            "a number is written in digits alone, without a zero before it"
        } else {
            "decimals stand after a point, and a digit before it"
        };
        return meant(message, value);
    }
    let is_word = unit.chars().all(|sign| sign.is_alphabetic() || ". ".contains(sign));
    if is_word { meant("a number stands without a unit", value) } else { None }
}

/// The digits before and after a decimal point or comma.
fn decimal(text: &str) -> Option<(String, &str)> {
    let (whole, decimals) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let is_number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + decimals.len() == 0 || !is_number(whole) || !is_number(decimals) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    Some((if whole.is_empty() { "0".to_string() } else { whole.to_string() }, decimals))
}

/// Whether TOML can read this as a value.
fn is_value(text: &str) -> bool {
    DeTable::parse(&format!("a = {text}")).is_ok()
}

/// Whether this is a day, a month and a year as people write them, in any order.
fn is_like_date(text: &str) -> bool {
    const MONTHS: [&str; 20] = [
        "januari",
        "january",
        "februari",
        "february",
        "mars",
        "march",
        "april",
        "maj",
        "may",
        "juni",
        "june",
        "juli",
        "july",
        "augusti",
        "august",
        "september",
        "oktober",
        "october",
        "november",
        "december",
    ];
    let parts: Vec<String> =
        text.split([' ', '/', '.', '-', ',']).filter(|part| !part.is_empty()).map(str::to_lowercase).collect();
    let is_number = |part: &&String| [1, 2, 4].contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_month = |part: &&String| part.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(part.as_str()));
    let (numbers, months) = (parts.iter().filter(is_number).count(), parts.iter().filter(is_month).count());
    let is_iso = text.contains('-') && parts.first().is_some_and(|first| first.len() == 4);
    numbers + months == parts.len() && !is_iso && (numbers == 3 || numbers > 0 && months == 1)
}

#[cfg(test)]
mod tests {
    use super::{by_text, by_value};

    #[test]
    fn what_is_certain_is_said() {
        let help = |written| by_value(written).map(|meant| meant.help);
        for (written, wanted) in [
            ("sant", "write true"),
            ("Nej", "write false"),
            ("50 %", "write 0.50"),
            ("5%", "write 0.05"),
            ("33,3%", "write 0.333"),
            ("0,5", "write 0.5"),
            (".5", "write 0.5"),
            ("12 st", "write 12"),
            ("1 000", "write 1000"),
            ("1\u{a0}000\u{a0}kr", "write 1000"),
            ("007", "write 7"),
            ("12,", "write 12"),
            ("\"salen\",", "write \"salen\""),
            ("2026-10-14 am", "write \"2026-10-14 am\""),
            ("2026-W44", "write \"2026-W44\""),
            ("\"C:\\data\\m.csv\"", "write \"C:/data/m.csv\""),
            ("01/09/2026", "write it like 2015-09-14"),
            ("1 sep 2026", "write it like 2015-09-14"),
            ("1.9.2026", "write it like 2015-09-14"),
        ] {
            assert_eq!(help(written).as_deref(), Some(wanted), "{written}");
        }
    }

    #[test]
    fn what_is_not_certain_is_not_said() {
        for written in ["salen", "1.000,50", "12 a 3", "-", ".", "", "%", "( min", "1 b = 2", "\"a\" b"] {
            assert!(by_value(written).is_none(), "{written}");
        }
    }

    #[test]
    fn a_number_in_quotes_is_a_number() {
        let meant = |text| by_text(text).map(|meant| meant.help);
        assert_eq!(meant("12").as_deref(), Some("12"));
        assert_eq!(meant("1").as_deref(), Some("1"));
        assert_eq!(meant("0.25").as_deref(), Some("0.25"));
    }
}
