//! The managers of an organisation: who they are, whom they answer to, and the roster file that lists them.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::organisation::Department;
use crate::calendar::Period;
use crate::rng::Rng;

/// One row of the roster. All persons are invented.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// `m` and a number, in the order of the organisation.
    pub id: String,
    /// False for someone who only acts as a manager and takes no part.
    pub permanent: bool,
    /// The index of the department.
    pub department: usize,
    /// The department's field of work.
    pub field: String,
    /// The part of the department that the manager leads or works in; heads of departments have none.
    pub area: Option<String>,
    /// The leadership group, for those who lead a department together.
    pub group: Option<String>,
    /// The index of the superior among all people.
    pub superior: Option<usize>,
    /// `k` (woman) or `m` (man).
    pub gender: &'static str,
    /// `ny`, `van` or `senior`.
    pub experience: &'static str,
    /// When the manager cannot attend.
    pub unavailable: Vec<Period>,
    /// Ids of the waves that the manager would rather be in.
    pub prefers: Vec<String>,
    /// The manager's first date.
    pub from: Option<NaiveDate>,
    /// The manager's last date.
    pub until: Option<NaiveDate>,
}

/// Of ten managers three are new and three are senior (chosen).
const EXPERIENCE: [&str; 10] = ["ny", "ny", "ny", "van", "van", "van", "van", "senior", "senior", "senior"];

/// Draws the managers of the departments, and in addition `acting` per hundred of them who only act as managers.
///
/// The first manager of a department's first leadership group is its head and answers to the head of the first
/// department; each of the other members of its groups leads one area. One in four of an area's managers has up to
/// `deputies` other managers of the area under her, who come right after her in the list.
pub fn staff(departments: &[Department], acting: usize, deputies: usize, rng: &mut Rng) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::new();
    for (number, department) in departments.iter().enumerate() {
        let head = people.len();
        let groups = department.groups.iter().flat_map(|(group, size)| std::iter::repeat_n(group, *size));
        let leaders: Vec<&String> = groups.collect();
        let acting = (department.managers * acting + rng.below(100)) / 100;
        let areas = leaders.len().saturating_sub(1).max(1);
        let per_area = (department.managers + acting).saturating_sub(leaders.len()).div_ceil(areas).max(1);
        // The latest manager with deputies, and how many deputies are still to come.
        let mut chief = (head, 0);
        let mut area_before = 0;
        for place in 0..department.managers + acting {
            let led = place.checked_sub(leaders.len()).map(|place| place / per_area + 1);
            let area = led.unwrap_or(place);
            let superior = match led {
                None => {
                    if place > 0 {
                        Some(head)
                    } else {
                        (number > 0).then_some(0)
                    }
                }
                Some(area) if chief.1 > 0 && area == area_before => {
                    chief.1 -= 1;
                    Some(chief.0)
                }
                Some(area) => {
                    chief = (head + place, if deputies > 0 && rng.chance(1, 4) { 1 + rng.below(deputies) } else { 0 });
                    // In a department whose only leader is the head, the head leads the area.
                    Some(head + area.min(leaders.len().saturating_sub(1)))
                }
            };
            area_before = area;
            people.push(Person {
                id: format!("m{:05}", people.len() + 1),
                permanent: place < department.managers,
                department: number,
                field: department.field.clone(),
                area: (area > 0).then(|| format!("{}-a{area:02}", department.id)),
                group: leaders.get(place).map(|group| (*group).clone()),
                superior,
                gender: if rng.chance(department.women, 100) { "k" } else { "m" },
                experience: EXPERIENCE[rng.below(EXPERIENCE.len())],
                unavailable: Vec::new(),
                prefers: Vec::new(),
                from: None,
                until: None,
            });
        }
    }
    people
}

/// The roster file of these people, in the order given as indices into `people`.
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

/// A period the way a roster writes it.
fn csv_period(period: &Period) -> String {
    match (period.half, iso_week(period)) {
        (Some(0), _) => format!("{} am", period.from),
        (Some(_), _) => format!("{} pm", period.from),
        (None, Some(week)) => week,
        (None, None) if period.from == period.to => period.from.to_string(),
        (None, None) => format!("{}..{}", period.from, period.to),
    }
}

/// The name of the ISO week if the period is exactly one week, such as `2016-W12`.
pub fn iso_week(period: &Period) -> Option<String> {
    let is_week = period.from.weekday() == Weekday::Mon && period.from + Days::new(6) == period.to;
    let week = period.from.iso_week();
    is_week.then(|| format!("{}-W{:02}", week.year(), week.week()))
}
