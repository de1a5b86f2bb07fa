//! What every plan must obey: hard and always on, one line each in [`terms`].

mod calendar;
mod clash;
mod group;
mod membership;
mod order;
mod pin;
mod team;
mod waves;
mod work_days;

use crate::term::{Posed, Term};

/// The built-in terms, in the order of reports.
pub fn terms() -> Vec<Posed> {
    let terms: Vec<(&str, &'static str, Box<dyn Term>)> = vec![
        (
            "assigned",
            "managers missing, seated twice, or in a wave that does not take them",
            Box::new(membership::Assigned),
        ),
        ("group", "managers parted from their leadership group", Box::new(group::WholeGroups)),
        ("size", "managers too few or too many in a cohort", Box::new(membership::Size)),
        ("open", "sessions on a closed date or in a wrong part of the day", Box::new(calendar::OpenDates)),
        ("room_open", "sessions in a room that is closed", Box::new(calendar::RoomOpen)),
        (
            "room_clash",
            "further uses of a room at the same time",
            Box::new(clash::Clash { of: clash::Resource::Rooms }),
        ),
        ("seats", "members without a seat", Box::new(membership::Seats)),
        ("order", "sessions in the wrong order", Box::new(order::Order)),
        ("span", "days by which a run lasts too long", Box::new(order::Span)),
        ("between", "days by which a gap between modules is too short or too long", Box::new(order::Between)),
        ("window", "days outside a start window", Box::new(waves::Window)),
        ("waves", "days by which a wave starts before an earlier one", Box::new(waves::Waves)),
        ("team", "consultants missing, too many, or unable to lead", Box::new(team::Team)),
        ("consultant_open", "sessions at which a consultant cannot be had", Box::new(team::ConsultantOpen)),
        (
            "consultant_clash",
            "further uses of a consultant at the same time",
            Box::new(clash::Clash { of: clash::Resource::Consultants }),
        ),
        ("max_days", "dates of work beyond a consultant's limit", Box::new(work_days::WorkDays)),
        ("pin", "pinned things that are otherwise", Box::new(pin::Pinned)),
    ];
    let posed = |(name, summary, term): (&str, &'static str, Box<dyn Term>)| Posed {
        name: name.to_string(),
        summary,
        weight: None,
        mixes_by: None,
        looks_back: false,
        most: None,
        term,
    };
    terms.into_iter().map(posed).collect()
}

#[cfg(test)]
mod testing {
    //! A small problem with a valid plan, which the tests of the terms change.

    use chrono::NaiveDate;

    use crate::calendar::{Part, Session};
    use crate::plan::Plan;
    use crate::problem::Problem;
    use crate::read;

    const PROBLEM: &str = r#"
        format = 1
        programme = { name = "Terms", start = 2015-08-17, end = 2015-12-18, gap = { min = 7, max = 21 }, closed = ["2015-10-05 pm"] }
        module = [
            { id = "a", sessions = ["full", "half"], span = 2, consultants = 2 },
            { id = "b", sessions = ["half"] },
        ]
        room = [{ id = "large", seats = 4 }, { id = "odd", seats = 2, weeks = "odd" }]
        consultant = [
            { id = "k", modules = ["a", "b"], max_days = { week = 2, month = 6, total = 6 } },
            { id = "l", modules = ["a", "b"], unavailable = ["2015-09-22 pm"] },
            { id = "m", modules = ["b"] },
        ]
        manager = [
            { id = "g1", leadership_group = "g" }, { id = "g2", leadership_group = "g" },
            { id = "g3", leadership_group = "g" }, { id = "h1", leadership_group = "h" },
            { id = "x1" }, { id = "x2" },
            { id = "z", leadership_group = "g", permanent = false },
        ]
        wave = [
            { id = "w", members = "leadership", cohorts = 2, size = { min = 1, max = 3 }, start = { from = 2015-09-07, to = 2015-09-18 } },
            { id = "v", members = "all", cohorts = 1, size = { min = 1, max = 4 }, start = { from = 2015-09-07, to = 2015-09-30 } },
        ]
    "#;

    const PLAN: &str = r#"
        format = 1
        [[cohort]]
        id = "w-1"
        members = ["g1", "g2", "g3"]
        run = [
            { module = "a", room = "large", team = ["k", "l"], sessions = [{ date = 2015-09-07, part = "full" }, { date = 2015-09-08, part = "am" }] },
            { module = "b", room = "large", team = ["l"], sessions = [{ date = 2015-09-15, part = "am" }] },
        ]
        [[cohort]]
        id = "w-2"
        members = ["h1"]
        run = [
            { module = "a", room = "large", team = ["k", "l"], sessions = [{ date = 2015-09-16, part = "full" }, { date = 2015-09-17, part = "am" }] },
            { module = "b", room = "odd", team = ["m"], sessions = [{ date = 2015-10-06, part = "pm" }] },
        ]
        [[cohort]]
        id = "v-1"
        members = ["x1", "x2"]
        run = [
            { module = "a", room = "large", team = ["k", "l"], sessions = [{ date = 2015-09-21, part = "full" }, { date = 2015-09-22, part = "am" }] },
            { module = "b", room = "large", team = ["m"], sessions = [{ date = 2015-10-06, part = "am" }] },
        ]
    "#;

    /// The problem, with further lines, and its valid plan.
    pub fn sample_with(lines: &str) -> (Problem, Plan) {
        let problem = read::problem_text(&format!("{PROBLEM}\n{lines}")).expect("the problem can be read");
        let plan = read::plan_text(PLAN, &problem).expect("the plan can be read").plan;
        (problem, plan)
    }

    /// The problem and its valid plan.
    pub fn sample() -> (Problem, Plan) {
        sample_with("")
    }

    /// The term's amount on the plan.
    pub fn amount(problem: &Problem, plan: &Plan, name: &str) -> i64 {
        let posed = problem.terms.iter().find(|posed| posed.name == name).expect("there is this term");
        posed.term.amount(&problem.facts, plan)
    }

    /// A date of 2015.
    pub fn date(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2015, month, day).expect("there is this date")
    }

    /// A session in 2015.
    pub fn session(month: u32, day: u32, part: Part) -> Session {
        Session { date: date(month, day), part }
    }
}

#[cfg(test)]
mod tests {
    use smallvec::SmallVec;

    use super::testing::{amount, sample, sample_with};
    use crate::calendar::Part;
    use crate::draft::{Booking, Draft, Exchange, Sitting};
    use crate::facts::Facts;
    use crate::ids::{CohortId, ConsultantId, ManagerId, RoomId, RunId};
    use crate::problem::Problem;
    use crate::rng::Rng;
    use crate::score::Score;
    use crate::search::state::{Edit, State};

    #[test]
    fn the_terms_stand_in_the_order_of_the_contract() {
        let names: Vec<String> = super::terms().into_iter().map(|posed| posed.name).collect();
        let contract = "assigned group size open room_open room_clash seats order span between window waves team \
                        consultant_open consultant_clash max_days pin";
        assert_eq!(names, contract.split_whitespace().collect::<Vec<_>>());
    }

    #[test]
    fn a_valid_plan_breaks_nothing() {
        let (problem, plan) = sample();
        for posed in &problem.terms {
            assert_eq!(amount(&problem, &plan, &posed.name), 0, "{}", posed.name);
        }
    }

    /// A random booking: any part, room and team on few days, so that sessions clash; sometimes none at all.
    fn any_booking(facts: &Facts, run: RunId, rng: &mut Rng) -> Booking {
        if rng.below(12) == 0 {
            return Booking::default();
        }
        let sitting = |_: usize| Sitting {
            day: [20, 21, 22, 29, 30, 49, 50][rng.below(7)],
            part: [Part::Am, Part::Pm, Part::Full][rng.below(3)],
        };
        let sittings = (0..facts.modules[facts.module_of(run).index()].sessions.len()).map(sitting).collect();
        let team = (0..facts.consultants.len()).filter(|_| rng.below(2) == 0).map(ConsultantId::new).collect();
        Booking { sittings, room: Some(RoomId::new(rng.below(facts.rooms.len()))), team }
    }

    /// One to three managers, permanent or not, leave their cohorts. They swap, rotate or stay away, and managers
    /// without a seat may come in.
    fn any_exchanges(facts: &Facts, draft: &Draft, rng: &mut Rng) -> SmallVec<[Exchange; 3]> {
        let mut cohorts: Vec<usize> = (0..facts.cohorts.len()).collect();
        rng.shuffle(&mut cohorts);
        cohorts.truncate(1 + rng.below(3));
        let mut outside: Vec<ManagerId> =
            (0..facts.managers.len()).map(ManagerId::new).filter(|&manager| draft.seat(manager).is_none()).collect();
        let mut exchanges: SmallVec<[Exchange; 3]> = SmallVec::new();
        for &cohort in &cohorts {
            let members = draft.members(CohortId::new(cohort));
            let out = (!members.is_empty() && rng.below(3) > 0).then(|| members[rng.below(members.len())]);
            exchanges.push(Exchange { cohort: CohortId::new(cohort), out, into: None });
        }
        let turn = 1 + rng.below(3);
        for place in 0..exchanges.len() {
            let comes = exchanges[(place + turn) % exchanges.len()].out;
            let is_other = (place + turn) % exchanges.len() != place;
            exchanges[place].into = comes.filter(|_| is_other).or_else(|| outside.pop().filter(|_| rng.below(2) == 0));
        }
        exchanges
    }

    fn follow(problem: &Problem, seed: u64) -> usize {
        let mut rng = Rng::new(seed, 0);
        let mut state = State::empty(problem);
        let mut compared = 0;
        for _ in 0..4_000 {
            let edit = if rng.below(2) == 0 {
                Edit::Seats(any_exchanges(&problem.facts, state.draft(), &mut rng))
            } else {
                let run = RunId::new(rng.below(problem.facts.run_count()));
                Edit::Book(run, any_booking(&problem.facts, run, &mut rng))
            };
            state.apply(&edit);
            let Some(plan) = state.to_plan() else { continue };
            let amounts = problem.terms.iter().map(|posed| amount(problem, &plan, &posed.name));
            assert_eq!(state.score(), Score { hard: amounts.sum(), soft: 0 }, "after {edit:?}");
            compared += 1;
        }
        compared
    }

    #[test]
    fn trackers_follow_any_edit() {
        let pins = r#"
            pin = [
                { manager = "x1", cohort = "v-1" }, { manager = "g1", cohort = "w-2" },
                { cohort = "w-1", module = "a", room = "odd", sessions = [{ date = 2015-09-07, part = "full" }, { date = 2015-09-08, part = "am" }] },
                { cohort = "v-1", module = "b", team = ["m", "k"] },
            ]
        "#;
        let compared = follow(&sample().0, 1) + follow(&sample_with(pins).0, 2);
        assert!(compared > 3_000, "only {compared} plans were complete");
    }
}
