//! The managers of an organisation: who they are, whom they answer to, and the roster file that lists them.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::organisation::Department;
use crate::calendar::Period;
use crate::rng::Rng;

/// One row of the roster. Nobody in it exists.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// `m` and a number, in the order of the organisation.
    pub id: String,
    /// False for someone who only acts as a manager, and takes no part.
    pub permanent: bool,
    /// The number of the department.
    pub department: usize,
    /// The department's field of work.
    pub field: String,
    /// The part of the department that the manager leads or works in; heads of departments have none.
    pub area: Option<String>,
    /// The leadership group, for those who lead a department together.
    pub group: Option<String>,
    /// The number of the superior in the organisation.
    pub superior: Option<usize>,
    /// `k` (woman) or `m` (man).
    pub gender: &'static str,
    /// `ny`, `van` or `senior`.
    pub experience: &'static str,
    /// When the manager cannot attend.
    pub unavailable: Vec<Period>,
    /// Ids of the waves the manager would rather be in.
    pub prefers: Vec<String>,
    /// The manager's first date.
    pub from: Option<NaiveDate>,
    /// The manager's last date.
    pub until: Option<NaiveDate>,
}

/// Draws the managers of the departments, and on top of them some out of a hundred who only act (`acting`).
///
/// In a department the first of the first leadership group is the head, who answers to the head of the first
/// department; the others of the groups lead an area each. Some of an area's managers have one to `deputies` others
/// of the area under them.
pub fn staff(departments: &[Department], acting: usize, deputies: usize, rng: &mut Rng) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for (number, department) in departments.iter().enumerate() {
        let head = people.len();
        let first_group = department.groups.iter().map(|(group, size)| vec![Some(group.clone()); *size]);
        let groups: Vec<Option<String>> = first_group.flatten().collect();
        let leaders = groups.len();
        let temporary = (department.managers * acting + rng.below(100)) / 100;
        let areas = leaders.saturating_sub(1).max(1);
        let per_area = (department.managers + temporary - leaders).div_ceil(areas).max(1);
        let mut chief: Option<(usize, usize)> = None;
        for place in 0..department.managers + temporary {
            let area = if place < leaders { place.max(1) } else { (place - leaders) / per_area + 1 };
            let lead = head + if leaders > 1 { area } else { 0 };
            let superior = match place {
                0 => (number > 0).then_some(0),
                _ if place < leaders => Some(head),
                _ => match &mut chief {
                    Some((chief, left)) if *left > 0 && people[*chief].area == Some(area_id(department, area)) => {
                        *left -= 1;
                        Some(*chief)
                    }
                    _ => {
                        chief = (deputies > 0 && rng.chance(1, 4)).then(|| (head + place, 1 + rng.below(deputies)));
                        Some(lead)
                    }
                },
            };
            people.push(Person {
                id: format!("m{:05}", people.len() + 1),
                permanent: place < department.managers,
                department: number,
                field: department.field.clone(),
                area: (place > 0).then(|| area_id(department, area)),
                group: groups.get(place).cloned().flatten(),
                superior,
                gender: if rng.chance(department.women, 100) { "k" } else { "m" },
                experience: ["ny", "ny", "ny", "van", "van", "van", "van", "senior", "senior", "senior"][rng.below(10)],
                unavailable: Vec::new(),
                prefers: Vec::new(),
                from: None,
                until: None,
            });
        }
    }
    people
}

fn area_id(department: &Department, area: usize) -> String {
    format!("{}-a{area:02}", department.id)
}

/// The roster file of these people, in this order (numbers into `people`).
pub fn roster_csv(people: &[Person], departments: &[Department], order: &[usize]) -> String {
    let mut out = String::from(
        "id,permanent,department,field,area,leadership_group,superior,gender,experience,unavailable,prefers,from,until\n",
    );
    for person in order.iter().map(|&index| &people[index]) {
        let periods: Vec<String> = person.unavailable.iter().map(csv_period).collect();
        let date = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
        let cells = [
            person.id.clone(),
            person.permanent.to_string(),
            departments[person.department].id.clone(),
            person.field.clone(),
            person.area.clone().unwrap_or_default(),
            person.group.clone().unwrap_or_default(),
            person.superior.map(|superior| people[superior].id.clone()).unwrap_or_default(),
            person.gender.to_owned(),
            person.experience.to_owned(),
            periods.join(";"),
            person.prefers.join(";"),
            date(person.from),
            date(person.until),
        ];
        out.push_str(&cells.join(","));
        out.push('\n');
    }
    out
}

/// A period as a roster writes it (SPEC 2.1).
fn csv_period(period: &Period) -> String {
    match (period.half, iso_week(period)) {
        (Some(0), _) => format!("{} am", period.from),
        (Some(_), _) => format!("{} pm", period.from),
        (None, Some(week)) => week,
        (None, None) if period.from == period.to => period.from.to_string(),
        (None, None) => format!("{}..{}", period.from, period.to),
    }
}

/// The name of the ISO week that the period is, if it is one.
pub fn iso_week(period: &Period) -> Option<String> {
    let is_week = period.from.weekday() == Weekday::Mon && period.from + Days::new(6) == period.to;
    let week = period.from.iso_week();
    is_week.then(|| format!("{}-W{:02}", week.year(), week.week()))
}
