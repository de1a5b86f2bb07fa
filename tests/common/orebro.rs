//! The rosters of `problems/orebro` and `problems/orebro-first-wave`, drawn from a table of departments.

use chrono::{Datelike, NaiveDate};
use kohort::generate::{Department, Person, absences, roster_csv, staff};
use kohort::rng::Rng;

/// Code, field of work, permanent managers, women per hundred, leadership groups with their sizes.
type Row = (&'static str, &'static str, usize, usize, &'static [(&'static str, usize)]);

/// The departments are those of Örebro in 2015; the numbers are assumptions.
const DEPARTMENTS: &[Row] = &[
    ("KSF", "ledning", 36, 60, &[("FLG-KLG", 9), ("FLG-KSF", 9)]),
    ("FSK", "utbildning", 115, 80, &[("FLG-FSK", 14)]),
    ("UFA", "utbildning", 46, 65, &[("FLG-UFA", 11)]),
    ("VOF", "omsorg", 104, 85, &[("FLG-VOF", 13)]),
    ("FFF", "omsorg", 62, 80, &[("FLG-FFF", 8)]),
    ("SOC", "omsorg", 30, 75, &[("FLG-SOC", 8)]),
    ("KOF", "kultur", 17, 55, &[("FLG-KOF", 8)]),
    ("TEK", "teknik", 32, 40, &[("FLG-TEK", 9)]),
    ("STB", "teknik", 10, 45, &[("FLG-STB", 6)]),
    ("MIL", "teknik", 4, 50, &[("FLG-MIL", 4)]),
    ("OBO", "bolag", 42, 40, &[("FLG-OBO", 8)]),
    ("BOL", "bolag", 30, 41, &[("FLG-VDG", 3)]),
];

/// Acting managers per hundred permanent ones.
const ACTING: usize = 3;
/// The most deputies of a manager.
const DEPUTIES: usize = 2;
/// Days of absence per thousand: 2.6 % illness and 4 % other leave.
const ABSENCE: usize = 66;

/// The rosters of the whole programme and of its first wave. They have the same people; that of the first wave lists
/// only leadership groups, with absences until summer 2016.
pub fn rosters() -> (String, String) {
    let department =
        |&(id, field, managers, women, groups): &(&str, &str, usize, usize, &[(&str, usize)])| Department {
            id: id.to_owned(),
            field: field.to_owned(),
            managers,
            women,
            groups: groups.iter().map(|&(group, size)| (group.to_owned(), size)).collect(),
        };
    let departments: Vec<Department> = DEPARTMENTS.iter().map(department).collect();
    let mut people = staff(&departments, ACTING, DEPUTIES, &mut Rng::new(2015, 1));
    let working = working_days();
    let mut rng = Rng::new(2015, 2);
    for person in &mut people {
        absences(person, &working, ABSENCE, &Default::default(), &mut rng);
    }
    let everyone: Vec<usize> = (0..people.len()).collect();
    let whole = roster_csv(&people, &departments, &everyone);
    for person in &mut people {
        person.unavailable.retain(|period| period.to < date(2016, 7, 1));
    }
    let in_a_group = |person: &Person| person.group.is_some();
    let leaders: Vec<usize> = everyone.into_iter().filter(|&index| in_a_group(&people[index])).collect();
    (whole, roster_csv(&people, &departments, &leaders))
}

/// Mondays to Fridays of the programme, without the summer break.
fn working_days() -> Vec<NaiveDate> {
    let summer = date(2016, 7, 4)..=date(2016, 8, 12);
    let days = date(2015, 9, 1).iter_days().take_while(|day| *day <= date(2017, 6, 16));
    days.filter(|day| day.weekday().num_days_from_monday() < 5 && !summer.contains(day)).collect()
}

fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date of the calendar")
}
