//! The calendar against facts from independent sources, and the meaning of periods and patterns.

use chrono::{Datelike, NaiveDate, Weekday};
use kohort::calendar::swedish_holiday;
use kohort::{Problem, read};

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn days(from: &str, to: &str) -> impl Iterator<Item = NaiveDate> {
    date(from).iter_days().take_while({
        let to = date(to);
        move |date| *date <= to
    })
}

/// Every Swedish public holiday, and the eves that are treated as one, from August 2015 to July 2017, as the calendars
/// of a municipality listed them at the time.
const HOLIDAYS: [(&str, &str); 32] = [
    ("2015-10-31", "alla helgons dag"),
    ("2015-12-24", "julafton"),
    ("2015-12-25", "juldagen"),
    ("2015-12-26", "annandag jul"),
    ("2015-12-31", "nyårsafton"),
    ("2016-01-01", "nyårsdagen"),
    ("2016-01-06", "trettondedag jul"),
    ("2016-03-25", "långfredagen"),
    ("2016-03-27", "påskdagen"),
    ("2016-03-28", "annandag påsk"),
    ("2016-05-01", "första maj"),
    ("2016-05-05", "Kristi himmelsfärdsdag"),
    ("2016-05-15", "pingstdagen"),
    ("2016-06-06", "nationaldagen"),
    ("2016-06-24", "midsommarafton"),
    ("2016-06-25", "midsommardagen"),
    ("2016-11-05", "alla helgons dag"),
    ("2016-12-24", "julafton"),
    ("2016-12-25", "juldagen"),
    ("2016-12-26", "annandag jul"),
    ("2016-12-31", "nyårsafton"),
    ("2017-01-01", "nyårsdagen"),
    ("2017-01-06", "trettondedag jul"),
    ("2017-04-14", "långfredagen"),
    ("2017-04-16", "påskdagen"),
    ("2017-04-17", "annandag påsk"),
    ("2017-05-01", "första maj"),
    ("2017-05-25", "Kristi himmelsfärdsdag"),
    ("2017-06-04", "pingstdagen"),
    ("2017-06-06", "nationaldagen"),
    ("2017-06-23", "midsommarafton"),
    ("2017-06-24", "midsommardagen"),
];

#[test]
fn swedish_holidays_are_those_of_the_calendars() {
    let found: Vec<(String, &str)> =
        days("2015-08-01", "2017-07-31").filter_map(|date| Some((date.to_string(), swedish_holiday(date)?))).collect();
    let wanted: Vec<(String, &str)> = HOLIDAYS.iter().map(|(date, name)| (date.to_string(), *name)).collect();
    assert_eq!(found, wanted);
}

fn easter(year: i32) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(year, 3, 1).expect("a date");
    let found: Vec<NaiveDate> =
        first.iter_days().take(62).filter(|date| swedish_holiday(*date) == Some("påskdagen")).collect();
    assert_eq!(found.len(), 1, "{year}");
    found[0]
}

/// Years that are early, late, recent, or an exception of some method.
#[test]
fn easter_of_known_years() {
    for known in [
        "1818-03-22",
        "1943-04-25",
        "1954-04-18",
        "1961-04-02",
        "1981-04-19",
        "1999-04-04",
        "2000-04-23",
        "2005-03-27",
        "2008-03-23",
        "2011-04-24",
        "2014-04-20",
        "2015-04-05",
        "2016-03-27",
        "2017-04-16",
        "2018-04-01",
        "2019-04-21",
        "2020-04-12",
        "2021-04-04",
        "2022-04-17",
        "2023-04-09",
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2027-03-28",
        "2028-04-16",
        "2029-04-01",
        "2030-04-21",
        "2038-04-25",
        "2049-04-18",
        "2076-04-19",
        "2285-03-22",
    ] {
        assert_eq!(easter(date(known).year()), date(known));
    }
}

/// Gauss's method with its two exceptions, which has nothing in common with the method of the program.
#[test]
fn easter_by_another_method() {
    for year in 1900..3000 {
        let (k, a) = (year / 100, year % 19);
        let m = (15 - (13 + 8 * k) / 25 + k - k / 4) % 30;
        let n = (4 + k - k / 4) % 7;
        let d = (19 * a + m) % 30;
        let e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + n) % 7;
        let days = match (d, e) {
            (29, 6) => 28,
            (28, 6) if (11 * m + 11) % 30 < 19 => 27,
            _ => d + e,
        };
        let wanted = NaiveDate::from_ymd_opt(year, 3, 22).expect("a date") + chrono::Days::new(days as u64);
        assert_eq!(easter(year), wanted, "{year}");
    }
}

#[test]
fn holidays_move_with_the_law() {
    assert_eq!(swedish_holiday(date("2004-06-06")), None, "the national day is a holiday since 2005");
    assert_eq!(swedish_holiday(date("2004-05-31")), Some("annandag pingst"));
    assert_eq!(swedish_holiday(date("2005-05-16")), None, "and Whit Monday is none since");
    for year in 1953..2100 {
        let count = |name: &str| {
            let first = NaiveDate::from_ymd_opt(year, 1, 1).expect("a date");
            let dates = first.iter_days().take_while(|date| date.year() == year);
            let named: Vec<NaiveDate> = dates.filter(|date| swedish_holiday(*date) == Some(name)).collect();
            named
        };
        for (name, weekday) in
            [("midsommarafton", Weekday::Fri), ("midsommardagen", Weekday::Sat), ("alla helgons dag", Weekday::Sat)]
        {
            let found = count(name);
            assert_eq!((found.len(), found[0].weekday()), (1, weekday), "{name} {year}");
        }
    }
}

/// A problem whose calendar, room, consultant and manager have these lines.
fn problem(programme: &str, room: &str, consultant: &str, manager: &str) -> Problem {
    read::problem_text(&format!(
        r#"
        format = 1
        [programme]
        start = 2015-08-17
        end = 2016-06-30
        {programme}
        [[module]]
        id = "m"
        sessions = ["half"]
        [[room]]
        id = "r"
        seats = 9
        {room}
        [[consultant]]
        id = "c"
        modules = ["m"]
        {consultant}
        [[manager]]
        id = "anna"
        {manager}
        [[wave]]
        id = "w"
        members = "all"
        cohorts = 1
        size = {{ min = 1, max = 1 }}
        "#
    ))
    .unwrap_or_else(|errors| panic!("{errors}"))
}

/// The halves of a date for which `is` holds, as `am` and `pm`.
fn halves(is: impl Fn(usize) -> bool) -> String {
    ["am", "pm"].iter().enumerate().filter(|(half, _)| is(*half)).map(|(_, name)| *name).collect::<Vec<_>>().join("+")
}

#[test]
fn open_dates() {
    let problem = problem(
        r#"holidays = "sweden"
           closed = [ 2015-09-14, "2015-09-15 am", { from = 2015-09-21, to = 2015-09-22 }, { week = "2015-W44", why = "höstlov" } ]
           avoid = [ "2015-09-16 pm" ]"#,
        "",
        "",
        "",
    );
    let calendar = &problem.facts.calendar;
    let open = |text: &str| halves(|half| calendar.is_open(date(text), half));
    for (day, wanted) in [
        ("2015-08-14", ""),      // before the start
        ("2015-08-17", "am+pm"), // the start
        ("2015-09-12", ""),      // a Saturday
        ("2015-09-14", ""),
        ("2015-09-15", "pm"),
        ("2015-09-16", "am+pm"),
        ("2015-09-21", ""),
        ("2015-09-22", ""), // both ends of a range are in it
        ("2015-09-23", "am+pm"),
        ("2015-10-23", "am+pm"),
        ("2015-10-26", ""), // Monday of week 44
        ("2015-10-30", ""), // its Friday
        ("2015-11-02", "am+pm"),
        ("2015-12-24", ""), // an eve
        ("2016-06-30", "am+pm"),
        ("2016-07-01", ""),
    ] {
        assert_eq!(open(day), wanted, "{day}");
    }
    assert_eq!(halves(|half| calendar.is_avoided(date("2015-09-16"), half)), "pm");
}

#[test]
fn weeks_are_those_of_iso_8601() {
    let problem = problem(
        r#"closed = [ { week = "2015-W53" } ]"#,
        r#"weeks = "odd""#,
        r#"weeks = "even""#,
        r#"unavailable = [ { week = "2016-W01" } ]"#,
    );
    let facts = &problem.facts;
    // 2015 has 53 weeks, so two odd weeks follow each other; the last one ends in January.
    for (day, closed, odd) in [
        ("2015-12-27", false, false),
        ("2015-12-28", true, true),
        ("2016-01-03", true, true),
        ("2016-01-04", false, true),
        ("2016-01-11", false, false),
    ] {
        let is_workday = date(day).weekday().num_days_from_monday() < 5;
        assert_eq!(facts.calendar.closed[0].covers(date(day), 0), closed, "{day}");
        assert_eq!(facts.rooms[0].pattern.is_open(date(day), 0), odd && is_workday, "{day}");
        assert_eq!(facts.consultants[0].pattern.is_open(date(day), 1), !odd && is_workday, "{day}");
    }
    assert!(!facts.managers[0].is_absent(date("2016-01-03"), 1));
    assert!(facts.managers[0].is_absent(date("2016-01-04"), 0));
    assert!(facts.managers[0].is_absent(date("2016-01-10"), 1));
    assert!(!facts.managers[0].is_absent(date("2016-01-11"), 0));
}

#[test]
fn rooms_and_consultants_are_judged_by_their_own_keys_alone() {
    let problem = problem(
        r#"weekdays = ["mon", "sat"]
           closed = [ 2015-09-14 ]"#,
        r#"closed = [ "2015-09-21 pm" ]"#,
        r#"weekdays = ["mon", "tue"]
           available = [ { from = 2015-09-01, to = 2015-09-30 }, "2015-10-05 am" ]
           unavailable = [ "2015-09-21 am" ]"#,
        r#"from = 2015-09-15
           until = 2015-09-28
           unavailable = [ "2015-09-21 am" ]"#,
    );
    let facts = &problem.facts;
    let room = |text: &str| halves(|half| facts.rooms[0].pattern.is_open(date(text), half));
    let consultant = |text: &str| halves(|half| facts.consultants[0].pattern.is_open(date(text), half));
    let manager = |text: &str| halves(|half| !facts.managers[0].is_absent(date(text), half));
    assert_eq!(room("2015-09-14"), "am+pm", "that the programme is closed is another matter");
    assert_eq!(room("2015-09-15"), "", "the weekdays are the programme's when a room names none");
    assert_eq!(room("2015-09-19"), "am+pm");
    assert_eq!(room("2015-09-21"), "am");
    assert_eq!(consultant("2015-08-31"), "", "before what is available");
    assert_eq!(consultant("2015-09-15"), "am+pm", "a Tuesday, on which the programme is closed");
    assert_eq!(consultant("2015-09-19"), "", "a Saturday, which the consultant does not name");
    assert_eq!(consultant("2015-09-21"), "pm");
    assert_eq!(consultant("2015-10-05"), "am");
    assert_eq!(consultant("2015-10-12"), "");
    assert_eq!(manager("2015-09-14"), "");
    assert_eq!(manager("2015-09-15"), "am+pm");
    assert_eq!(manager("2015-09-21"), "pm");
    assert_eq!(manager("2015-09-28"), "am+pm");
    assert_eq!(manager("2015-09-29"), "");
}

/// The bits that the search uses agree with the calendar on every half day.
#[test]
fn the_bits_say_the_same() {
    let problem = problem(
        r#"holidays = "sweden"
           closed = [ "2015-09-15 am", { week = "2015-W53" } ]
           avoid = [ "2015-09-16 pm" ]"#,
        r#"weeks = "odd"
           closed = [ "2015-09-21 pm" ]"#,
        r#"available = [ { from = 2015-09-01, to = 2015-09-30 }, "2015-10-05 am" ]"#,
        r#"from = 2015-09-15
           until = 2016-06-29
           unavailable = [ "2015-09-21 am", { week = "2015-W34" }, { from = 2015-01-01, to = 2015-08-18 } ]"#,
    );
    let (facts, slots) = (&problem.facts, &problem.facts.slots);
    assert_eq!(slots.days, days("2015-08-17", "2016-06-30").count());
    for (day, date) in days("2015-08-17", "2016-06-30").enumerate() {
        let bits = |is: &dyn Fn(usize) -> bool| u64::from(is(0)) + 2 * u64::from(is(1));
        assert_eq!(slots.open.day(0, day), bits(&|half| facts.calendar.is_open(date, half)), "{date}");
        assert_eq!(slots.avoid.day(0, day), bits(&|half| facts.calendar.is_avoided(date, half)), "{date}");
        assert_eq!(slots.rooms.day(0, day), bits(&|half| facts.rooms[0].pattern.is_open(date, half)), "{date}");
        let consultant = &facts.consultants[0].pattern;
        assert_eq!(slots.consultants.day(0, day), bits(&|half| consultant.is_open(date, half)), "{date}");
        assert_eq!(slots.absent.day(0, day), bits(&|half| facts.managers[0].is_absent(date, half)), "{date}");
    }
}
