//! Faults that the built-in terms must find (SPEC 4 and 6).

use kohort::calendar::Part::{Am, Full, Pm};

use super::{Case, case};

const PINS: &str = r#"
[[pin]]
manager = "dan"
cohort = "second-1"

[[pin]]
cohort = "second-1"
module = "end"
room = "north"
team = ["kim"]
sessions = [ { date = 2015-11-04, part = "am" } ]
"#;

pub fn cases() -> Vec<Case> {
    [membership(), rooms_and_dates(), order(), consultants(), pins()].into_iter().flatten().collect()
}

fn membership() -> Vec<Case> {
    vec![
        case("assigned", 0, 1, |plan| plan.unseat("inga", "third-1")).says(&["inga", "no cohort"]),
        case("assigned", 0, 1, |plan| plan.seat("cia", "second-2")).says(&["cia", "second-2"]),
        case("assigned", 0, 1, |plan| plan.seat("cia", "second-1")).says(&["cia", "second-1"]),
        case("assigned", 0, 1, |plan| plan.seat("tim", "second-1")).says(&["tim", "permanent"]),
        case("assigned", 0, 1, |plan| plan.shift("cia", "second-1", "first-1")).says(&["cia", "leadership"]),
        // In two cohorts, both of a wrong wave: 2.
        case("assigned", 0, 2, |plan| {
            plan.shift("cia", "second-1", "first-1");
            plan.seat("cia", "first-2");
        }),
        case("group", 0, 1, |plan| plan.shift("alf", "first-1", "first-2")).says(&["alf", "board-a"]),
        // A manager without a seat is not part of the group, whose other member is then all of it.
        case("assigned", 0, 1, |plan| plan.unseat("alf", "first-1")),
        case("size", 0, 1, |plan| {
            plan.shift("cia", "second-1", "second-2");
            plan.shift("dan", "second-1", "second-2");
        })
        .says(&["second-2", "5", "4"]),
        case("size", 0, 1, |plan| {
            plan.shift("hugo", "third-1", "second-1");
            plan.shift("inga", "third-1", "second-2");
        })
        .says(&["third-1", "0", "1"]),
    ]
}

fn rooms_and_dates() -> Vec<Case> {
    vec![
        case("open", 0, 1, |plan| plan.hold("second-1", "end", &[(11, 5, Am)])).says(&[
            "second-1",
            "2015-11-05",
            "study day",
        ]),
        case("open", 0, 1, |plan| plan.hold("third-1", "end", &[(12, 21, Am)])).says(&[
            "third-1",
            "2015-12-21",
            "after 2015-12-18",
        ]),
        case("open", 0, 1, |plan| plan.hold("second-1", "start", &[(10, 6, Am), (10, 7, Am)])).says(&["full"]),
        case("open", 0, 1, |plan| plan.hold("second-1", "end", &[(11, 4, Full)])).says(&["half"]),
        // A closed date and a wrong part make one wrong session.
        case("open", 0, 1, |plan| plan.hold("second-1", "end", &[(11, 5, Full)])),
        // On a Saturday the room and the consultant are closed too, since their weekdays are the programme's.
        case("open", 0, 1, |plan| plan.hold("third-1", "end", &[(12, 12, Am)])).and("room_open", 0, 1).and(
            "consultant_open",
            0,
            1,
        ),
        case("room_open", 0, 1, |plan| plan.hold("second-1", "end", &[(11, 3, Am)])).says(&["north", "2015-11-03"]),
        case("room_clash", 0, 3, |plan| plan.meet_in("first-2", "start", "north")).says(&[
            "north",
            "first-1",
            "first-2",
            "2015-09-15",
            "2015-09-16",
        ]),
        // Two sessions of one run at the same time: one use too many of the room and of each of the two consultants.
        case("room_clash", 0, 1, |plan| plan.hold("second-1", "start", &[(10, 6, Full), (10, 6, Pm)]))
            .and("order", 0, 1)
            .and("consultant_clash", 0, 2),
        case("seats", 0, 2, |plan| {
            plan.meet_in("second-1", "start", "nook");
            plan.meet_in("second-1", "end", "nook");
        })
        .says(&["nook", "2", "3"]),
    ]
}

fn order() -> Vec<Case> {
    vec![
        case("order", 0, 1, |plan| plan.hold("second-1", "start", &[(10, 7, Full), (10, 6, Am)])).says(&["second-1"]),
        case("span", 0, 1, |plan| plan.hold("second-1", "start", &[(10, 6, Full), (10, 9, Am)])).says(&["4", "3"]),
        case("between", 0, 9, |plan| plan.hold("second-1", "end", &[(10, 12, Am)])).says(&["5 days", "14"]),
        case("between", 0, 4, |plan| plan.hold("second-1", "end", &[(12, 10, Am)])).says(&["64 days", "60"]),
        // The later module begins 7 days before the earlier one ends, 21 days short of the least gap of 14.
        case("between", 0, 21, |plan| plan.hold("second-1", "end", &[(9, 30, Am)])),
        case("window", 0, 6, |plan| plan.hold("first-1", "start", &[(9, 1, Full), (9, 2, Am)])).says(&[
            "first-1",
            "2015-09-01",
            "2015-09-07",
        ]),
        case("window", 0, 1, |plan| {
            plan.hold("first-1", "start", &[(10, 1, Full), (10, 2, Am)]);
            plan.hold("first-1", "end", &[(10, 30, Am)]);
        })
        .says(&["2015-10-01", "2015-09-30"]),
        case("waves", 0, 7, |plan| plan.hold("second-1", "start", &[(9, 8, Full), (9, 9, Am)])).says(&[
            "second-1",
            "2015-09-08",
            "2015-09-15",
        ]),
        case("waves", 0, 42, |plan| {
            plan.hold("third-1", "start", &[(9, 8, Full), (9, 9, Am)]);
            plan.hold("third-1", "end", &[(10, 30, Am)]);
        })
        .says(&["third-1", "second-2"]),
    ]
}

fn consultants() -> Vec<Case> {
    vec![
        case("team", 0, 1, |plan| plan.led_by("second-1", "start", &["kim"])).says(&["2", "1"]),
        case("team", 0, 2, |plan| plan.led_by("second-1", "start", &[])),
        case("team", 0, 1, |plan| plan.led_by("second-1", "start", &["kim", "kim"])),
        case("team", 0, 1, |plan| plan.led_by("second-1", "start", &["kim", "lea", "mia"])).says(&["2", "3"]),
        case("team", 0, 1, |plan| plan.led_by("second-1", "start", &["kim", "olle"])).says(&["olle"]),
        // One consultant too many, who also cannot lead the module.
        case("team", 0, 2, |plan| plan.led_by("second-1", "start", &["kim", "lea", "olle"])),
        case("consultant_open", 0, 1, |plan| plan.hold("second-1", "end", &[(11, 2, Am)])).says(&["kim", "2015-11-02"]),
        case("consultant_clash", 0, 3, |plan| plan.led_by("first-2", "start", &["kim", "nils"]))
            .says(&["kim", "first-1", "first-2"]),
        case("max_days", 0, 1, |plan| plan.led_by("second-1", "start", &["kim", "rut"])).says(&["rut", "2015-W41"]),
        case("max_days", 0, 2, |plan| plan.led_by("second-1", "start", &["sam", "ulf"]))
            .says(&["sam", "2015-10", "ulf"]),
    ]
}

fn pins() -> Vec<Case> {
    vec![
        case("pin", 0, 1, |plan| plan.swap_dan_and_fia()).with(PINS).says(&["dan", "second-1"]),
        case("pin", 0, 1, |plan| plan.hold("second-1", "end", &[(11, 4, Pm)])).with(PINS).says(&["sessions"]),
        case("pin", 0, 1, |plan| plan.meet_in("second-1", "end", "south")).with(PINS).says(&["room", "south"]),
        case("pin", 0, 1, |plan| plan.led_by("second-1", "end", &["olle"])).with(PINS).says(&["team", "olle"]),
        // Frozen are the run that began on 15 September and the cohort of everyone who attended it.
        case("pin", 0, 1, |plan| plan.hold("first-1", "start", &[(9, 15, Full), (9, 16, Pm)])).after_the_same_plan(),
        case("pin", 0, 1, |plan| plan.meet_in("first-1", "start", "nook")).after_the_same_plan(),
        case("pin", 0, 4, |plan| {
            for (id, from, to) in [
                ("ada", "first-1", "first-2"),
                ("alf", "first-1", "first-2"),
                ("bea", "first-2", "first-1"),
                ("bo", "first-2", "first-1"),
            ] {
                plan.shift(id, from, to);
            }
        })
        .after_the_same_plan()
        .says(&["ada", "first-1"]),
    ]
}
