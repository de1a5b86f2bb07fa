//! Public holidays, computed for any year.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Which public holidays close a programme.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Holidays {
    /// No holiday does.
    #[default]
    None,
    /// Sweden's public holidays and the eves of Midsummer, Christmas and New Year.
    Sweden,
}

impl Holidays {
    /// The name of the holiday that closes the date, if one does.
    pub fn name(self, date: NaiveDate) -> Option<&'static str> {
        match self {
            Holidays::None => None,
            Holidays::Sweden => swedish_holiday(date),
        }
    }
}

/// The Swedish name of the holiday that falls on the date, if one does: the public holidays of the act of 1989 as
/// amended in 2004, and the eves of Midsummer, Christmas and New Year.
pub fn swedish_holiday(date: NaiveDate) -> Option<&'static str> {
    let fixed = match (date.month(), date.day()) {
        (1, 1) => Some("nyårsdagen"),
        (1, 6) => Some("trettondedag jul"),
        (5, 1) => Some("första maj"),
        (6, 6) if date.year() >= 2005 => Some("nationaldagen"),
        (12, 24) => Some("julafton"),
        (12, 25) => Some("juldagen"),
        (12, 26) => Some("annandag jul"),
        (12, 31) => Some("nyårsafton"),
        (6, 19..=25) if date.weekday() == Weekday::Fri => Some("midsommarafton"),
        (6, 20..=26) if date.weekday() == Weekday::Sat => Some("midsommardagen"),
        (10, 31) | (11, 1..=6) if date.weekday() == Weekday::Sat => Some("alla helgons dag"),
        _ => None,
    };
    fixed.or_else(|| match date.signed_duration_since(easter_sunday(date.year())?).num_days() {
        -2 => Some("långfredagen"),
        0 => Some("påskdagen"),
        1 => Some("annandag påsk"),
        39 => Some("Kristi himmelsfärdsdag"),
        49 => Some("pingstdagen"),
        50 if date.year() < 2005 => Some("annandag pingst"),
        _ => None,
    })
}

/// Easter Sunday of a Gregorian year ("anonymous" algorithm, Nature 1876).
fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let century = year.div_euclid(100);
    let in_century = year.rem_euclid(100);
    let moon_shift = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * golden + century - century.div_euclid(4) - moon_shift + 15).rem_euclid(30);
    let weekday = (32 + 2 * century.rem_euclid(4) + 2 * (in_century / 4) - epact - in_century % 4).rem_euclid(7);
    let correction = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * correction;
    NaiveDate::from_ymd_opt(year, 3, 22)?.checked_add_days(Days::new(days as u64))
}
