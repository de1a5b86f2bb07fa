//! `kohort generate`: an invented municipality with a plan that is known to be valid.
//!
//! The plan comes first: managers are distributed over cohorts, and every cohort is booked so that nothing is broken.
//! Then the facts are drawn around the plan: sizes, shares and limits that it keeps, weeks off in which nothing is
//! booked. The result depends on the options alone, and is the same on every machine.

mod cohorts;
mod leave;
mod organisation;
mod pool;
mod rules;
mod staff;
mod text;
mod timetable;
mod wishes;
mod year;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

pub use leave::absences;
#[cfg(feature = "internals")]
pub use organisation::Department;
pub use staff::{Person, roster_csv, staff};

use crate::facts::{Gap, Module, SessionKind};
use crate::ids::{CohortId, ConsultantId, ManagerId, ModuleId, RoomId};
use crate::plan::{CohortPlan, Plan, Run};
use crate::rng::Rng;
use cohorts::Cohorts;
use pool::Pool;
use rules::rules;
use text::ProblemText;
use timetable::Timetable;
use wishes::{come_or_go, wish};

/// What to invent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MunicipalityOptions {
    /// How many managers take part, at least 20. The roster lists about three more per hundred who only act as
    /// managers and take no part.
    pub managers: usize,
    /// How scarce rooms, consultants and seats are, from 0 (plenty) to 100 (hardly enough).
    pub tightness: usize,
    /// On how many of a hundred open days a manager is away on average, from 0 to 100.
    pub absence: usize,
    /// The year in which the programme starts, in week 34; it lasts two school years. From 1900 to 9000.
    pub year: i32,
    /// The seed of all random draws.
    pub seed: u64,
}

impl Default for MunicipalityOptions {
    fn default() -> MunicipalityOptions {
        MunicipalityOptions { managers: 500, tightness: 50, absence: 7, year: 2026, seed: 1 }
    }
}

/// An invented municipality.
#[derive(Clone, Debug)]
pub struct Municipality {
    /// The file `problem.toml`.
    pub problem_toml: String,
    /// The file `managers.csv`, beside it.
    pub roster_csv: String,
    /// A valid plan. Managers are numbered in the order of the roster, everything else in the order of the problem
    /// file.
    pub plan: Plan,
}

/// One stream of random numbers for each step, so that an option changes only the steps that depend on it.
mod stream {
    pub const ORGANISATION: u64 = 1;
    pub const PEOPLE: u64 = 2;
    pub const POOL: u64 = 3;
    pub const TIMETABLE: u64 = 4;
    pub const CLOSED: u64 = 5;
    pub const ABSENCES: u64 = 6;
    pub const WISHES: u64 = 7;
    pub const ORDER: u64 = 8;
}

/// Managers of an area who may be away at once: this number (chosen), or ...
const AWAY_LEAST: usize = 2;
/// ... this percentage of the area (chosen), whichever is more.
const AWAY_SHARE: usize = 34;
/// Acting managers per hundred permanent ones (chosen).
const ACTING: usize = 3;
/// Consultant-days that a cohort takes: 2 dates with one consultant, 2 with two, 1 with one and 2 with two.
const CONSULTANT_DAYS: usize = 11;
/// Room-days that a cohort takes: the four modules last 1½, 2, 1 and 1½ days.
const ROOM_DAYS: usize = 6;

/// Invents a municipality. An option outside its range is taken as the nearest end of the range.
pub fn municipality(options: &MunicipalityOptions) -> Municipality {
    let options = MunicipalityOptions {
        managers: options.managers.max(20),
        tightness: options.tightness.min(100),
        absence: options.absence.min(100),
        year: options.year.clamp(1900, 9000),
        ..*options
    };
    let random = |stream| Rng::new(options.seed, stream);
    let departments = organisation::invent(options.managers, &mut random(stream::ORGANISATION));
    let leaders: usize = departments.iter().flat_map(|department| &department.groups).map(|(_, size)| size).sum();
    let mixed = cohorts::mixed_cohorts(options.managers - leaders, options.tightness);
    // The organisation lists a superior's deputies right after her, so this many of them always sit in other cohorts
    // than she does.
    let deputies = (mixed - 1).min(2);
    let mut people = staff(&departments, ACTING, deputies, &mut random(stream::PEOPLE));
    let dealt = Cohorts::deal(&people, options.year, options.tightness);

    let calendar = year::calendar(options.year);
    let modules = modules();
    let dates = || calendar.start.iter_days().take_while(|date| *date <= calendar.end);
    let open: Vec<NaiveDate> = dates().filter(|&date| calendar.is_open(date, 0)).collect();

    let pool = pool(&options, dates().collect(), &modules, dealt.members.len(), open.len());
    let (areas, limits) = areas(&people);
    let mut timetable = Timetable::new(&calendar, &modules, pool, limits);
    let runs = book(&dealt, &areas, &mut timetable, &mut random(stream::TIMETABLE));
    let away_least = timetable.crowding().unwrap_or(AWAY_LEAST);
    let mut pool = timetable.pool;
    pool.close_around(&open, options.tightness, &mut random(stream::CLOSED));

    let mut leave = random(stream::ABSENCES);
    let mut wishes = random(stream::WISHES);
    for (cohort, runs) in runs.iter().enumerate() {
        let keep: BTreeSet<NaiveDate> = runs.iter().flat_map(|run| &run.sessions).map(|session| session.date).collect();
        for &member in &dealt.members[cohort] {
            absences(&mut people[member], &open, options.absence * 10, &keep, &mut leave);
            wish(&mut people[member], &dealt.waves[1..], CohortId::new(cohort), &mut wishes);
            come_or_go(&mut people[member], &keep, &mut wishes);
        }
    }

    let mut order: Vec<usize> = (0..people.len()).collect();
    random(stream::ORDER).shuffle(&mut order);
    let managers = numbers(people.iter().map(|person| person.id.as_str()));
    let rooms = numbers(pool.rooms.iter().map(|room| room.id.as_str()));
    let consultants = numbers(pool.consultants.iter().map(|consultant| consultant.id.as_str()));
    let by_id = |run: Run| Run {
        room: RoomId::new(rooms[run.room.index()]),
        team: run.team.iter().map(|consultant| ConsultantId::new(consultants[consultant.index()])).collect(),
        ..run
    };
    let planned = dealt.members.iter().zip(runs).map(|(members, runs)| CohortPlan {
        members: members.iter().map(|&member| ManagerId::new(managers[member])).collect(),
        runs: runs.into_iter().map(by_id).collect(),
    });
    let plan = Plan { cohorts: planned.collect() };
    let problem = ProblemText {
        heading: &heading(&options),
        name: &format!("Påhittad kommun med {} chefer", options.managers),
        calendar: &calendar,
        modules: &modules,
        rooms: &pool.rooms,
        consultants: &pool.consultants,
        waves: &dealt.waves,
        rules: &rules(&people, &dealt, options.tightness, AWAY_SHARE, away_least),
    };
    Municipality { problem_toml: problem.write(), roster_csv: roster_csv(&people, &departments, &order), plan }
}

/// The rank of each id when all ids are sorted, which is how a reader of the files numbers them.
fn numbers<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<usize> {
    let ids: Vec<&str> = ids.collect();
    let mut order: Vec<usize> = (0..ids.len()).collect();
    order.sort_by_key(|&index| ids[index]);
    let mut numbers = vec![0; ids.len()];
    order.into_iter().enumerate().for_each(|(number, index)| numbers[index] = number);
    numbers
}

/// Books every cohort. The cohorts of a wave start evenly over its window.
fn book(dealt: &Cohorts, areas: &[Option<usize>], timetable: &mut Timetable, rng: &mut Rng) -> Vec<Vec<Run>> {
    let mut runs = Vec::new();
    for wave in &dealt.waves {
        let length = (wave.start.1 - wave.start.0).num_days() as usize;
        for (index, cohort) in wave.cohorts.iter().enumerate() {
            let members = &dealt.members[cohort.index()];
            let of_members: Vec<usize> = members.iter().filter_map(|&member| areas[member]).collect();
            let start = wave.start.0 + Days::new((length * index / wave.cohorts.len()) as u64);
            runs.push(timetable.book(wave, start, members.len(), &of_members, rng));
        }
    }
    runs
}

/// Comment lines that say where the problem comes from, with the command that makes it again.
fn heading(options: &MunicipalityOptions) -> [String; 2] {
    let MunicipalityOptions { managers, tightness, absence, year, seed } = options;
    [
        "Invented; nobody in it exists. Made by".to_owned(),
        format!(
            "kohort generate --managers {managers} --tightness {tightness} --absence {absence} --year {year} --seed {seed}"
        ),
    ]
}

/// The four modules of the programme that kohort was made for, six days in all.
fn modules() -> Vec<Module> {
    use SessionKind::{Full, Half};
    let gap = Gap { min: 14, ideal: Some(35), max: Some(80) };
    let module = |id: &str, name: &str, sessions: &[SessionKind], span, consultants| Module {
        id: id.to_owned(),
        name: Some(name.to_owned()),
        sessions: sessions.to_vec(),
        span,
        consultants,
        gap,
    };
    vec![
        module("helhet", "Del av en helhet", &[Full, Half], 2, 1),
        module("klar", "Klar ledare", &[Full, Full], 2, 2),
        module("saker", "Säker chef", &[Full], 1, 1),
        module("initiativrik", "Initiativrik utvecklare", &[Full, Half], 5, 2),
    ]
}

/// Rooms and consultants for this many cohorts: on average three times as many as needed at tightness 0, just enough
/// at 100.
fn pool(options: &MunicipalityOptions, dates: Vec<NaiveDate>, modules: &[Module], cohorts: usize, open: usize) -> Pool {
    let mut rng = Rng::new(options.seed, stream::POOL);
    let mut pool = Pool::new(dates, modules.len());
    let rooms = (cohorts * ROOM_DAYS * (300 - 2 * options.tightness)).div_ceil(open * 100);
    // At least two rooms, or one where the tightness is 67 or more.
    for _ in 0..rooms.max(2 - options.tightness / 67) {
        pool.add_room(options.tightness, &mut rng);
    }
    let days_each = 15 + 30 * options.tightness / 100;
    for index in 0..(cohorts * CONSULTANT_DAYS).div_ceil(days_each).max(3) {
        pool.add_consultant(ModuleId::new(index % modules.len()), &mut rng);
    }
    pool
}

/// For each person the number of the person's area, if there is one; and for each area how many managers may be away
/// at once.
fn areas(people: &[Person]) -> (Vec<Option<usize>>, Vec<usize>) {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut sizes: Vec<usize> = Vec::new();
    let mut areas = Vec::new();
    for person in people {
        let number = person.area.as_deref().map(|area| *numbers.entry(area).or_insert(sizes.len()));
        if number == Some(sizes.len()) {
            sizes.push(0);
        }
        if let Some(number) = number {
            sizes[number] += usize::from(person.permanent);
        }
        areas.push(number);
    }
    let limits = sizes.into_iter().map(|size| AWAY_LEAST.max(AWAY_SHARE * size / 100)).collect();
    (areas, limits)
}
