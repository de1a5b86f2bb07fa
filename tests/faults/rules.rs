//! Faults that the planner's rules must find (SPEC 5).

use kohort::calendar::Part::Am;

use super::{Case, case};

pub fn cases() -> Vec<Case> {
    [mixing(), meeting(), costs()].into_iter().flatten().collect()
}

/// After “dan” and “fia” have swapped seats, one cohort has two members of “school” and the other two of “care”.
fn mixing() -> Vec<Case> {
    vec![
        case("max_share:department", 0, 2, |plan| plan.swap_dan_and_fia())
            .with("[[rule]]\nkind = \"max_share\"\nattribute = \"department\"\nshare = 0.5\nhard = true")
            .says(&["school", "care"]),
        case("max_count:department", 0, 2, |plan| plan.swap_dan_and_fia())
            .with("[[rule]]\nkind = \"max_count\"\nattribute = \"department\"\ncount = 1\nhard = true"),
        case("min_distinct:department", 0, 2, |plan| plan.swap_dan_and_fia()).with(
            "[[rule]]\nkind = \"min_distinct\"\nattribute = \"department\"\ncount = 3\nwaves = [\"second\"]\nhard = true",
        ),
        // Of three members one must be of “school”; the cohort with two of “care” has none.
        case("min_share:department", 0, 1, |plan| plan.swap_dan_and_fia())
            .with("[[rule]]\nkind = \"min_share\"\nattribute = \"department\"\nvalue = \"school\"\nshare = 0.3\nhard = true")
            .says(&["0 of 3", "school", "at least 1"]),
        case("spread:department", 0, 2, |plan| plan.swap_dan_and_fia())
            .with("[[rule]]\nkind = \"spread\"\nattribute = \"department\"\nweight = 3"),
        case("apart", 0, 1, |plan| plan.swap_dan_and_fia())
            .with("[[rule]]\nkind = \"apart\"\nrelation = \"superior\"\nhard = true")
            .says(&["cia", "fia"]),
        case("apart", 0, 1, |plan| plan.swap_dan_and_fia())
            .with("[[rule]]\nkind = \"apart\"\nmanagers = [\"cia\", \"fia\", \"bo\"]\nweight = 2"),
        case("together", 0, 1, |plan| plan.swap_dan_and_fia())
            .with("[[rule]]\nkind = \"together\"\nmanagers = [\"cia\", \"dan\", \"eva\"]\nhard = true")
            .says(&["dan"]),
        // “cia” no longer sits with “dan” (2), but with “fia” (5).
        case("affinity", 2, 5, |plan| plan.swap_dan_and_fia())
            .with("[[rule]]\nkind = \"affinity\"\nfile = \"pairs.csv\"\nweight = 1"),
        case("preference", 0, 1, |plan| plan.shift("eva", "second-1", "third-1"))
            .with("[[rule]]\nkind = \"preference\"\nweight = 4")
            .says(&["eva"]),
    ]
}

fn meeting() -> Vec<Case> {
    vec![
        // “dan” cannot attend in the morning of the first day, which is one session of three.
        case("attendance", 0, 1, |plan| plan.swap_dan_and_fia())
            .with("[[rule]]\nkind = \"attendance\"\nhard = true")
            .says(&["dan", "2015-10-20"]),
        // Two managers of each of three departments are away on one morning.
        case("coverage:department", 0, 3, |plan| plan.hold("second-2", "end", &[(11, 4, Am)]))
            .with("[[rule]]\nkind = \"coverage\"\nattribute = \"department\"\ncount = 1\nhard = true")
            .says(&["school", "2015-11-04"]),
        // Two of the five at school and two of the five in care may be away, but only one of the two in tech, where
        // one is not permanent.
        case("coverage:department", 0, 1, |plan| plan.hold("second-2", "end", &[(11, 4, Am)]))
            .with("[[rule]]\nkind = \"coverage\"\nattribute = \"department\"\nshare = 0.5\nhard = true")
            .says(&["tech"]),
        case("avoid", 0, 1, |plan| plan.hold("second-1", "end", &[(11, 6, Am)]))
            .with("[[rule]]\nkind = \"avoid\"\nweight = 5"),
        // A gap of 26 days where 28 are ideal.
        case("gap", 0, 2, |plan| plan.hold("third-1", "end", &[(12, 7, Am)]))
            .with("[[rule]]\nkind = \"gap\"\nweight = 1"),
    ]
}

fn costs() -> Vec<Case> {
    vec![
        case("continuity", 0, 1, |plan| plan.led_by("second-1", "end", &["olle"]))
            .with("[[rule]]\nkind = \"continuity\"\nweight = 1"),
        // Eight slots at 3 each before, then a ninth.
        case("room_cost", 24, 27, |plan| plan.meet_in("second-1", "end", "south"))
            .with("[[rule]]\nkind = \"room_cost\"\nweight = 1"),
        // Dates of work of kim, lea, mia and nils: 9, 6, 6 and 4 give 36 + 15 + 15 + 6; then 10, 6, 5 and 4 give 45 +
        // 15 + 10 + 6.
        case("workload", 72, 76, |plan| plan.led_by("second-2", "end", &["kim"]))
            .with("[[rule]]\nkind = \"workload\"\nweight = 1"),
        // 58 + 58 + 79 + 93 + 114 days from 17 August; then one day more.
        case("early", 402, 403, |plan| plan.hold("third-1", "end", &[(12, 10, Am)]))
            .with("[[rule]]\nkind = \"early\"\nweight = 1"),
        case("stability", 0, 2, |plan| plan.swap_dan_and_fia())
            .with("[[rule]]\nkind = \"stability\"\nweight = 1")
            .after_the_same_plan()
            .says(&["dan", "fia"]),
        // A session, the room and one consultant differ.
        case("stability", 0, 3, |plan| {
            plan.hold("second-1", "end", &[(11, 9, Am)]);
            plan.meet_in("second-1", "end", "south");
            plan.led_by("second-1", "end", &["olle"]);
        })
        .with("[[rule]]\nkind = \"stability\"\nweight = 1")
        .after_the_same_plan(),
    ]
}
