//! Departments with their leadership groups: given, or invented with the proportions of a Swedish municipality.

use crate::rng::Rng;

/// One department, before anyone is drawn for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Department {
    /// The value of the attribute `department`.
    pub id: String,
    /// The value of the attribute `field`.
    pub field: String,
    /// How many permanent managers it has, its leadership groups included.
    pub managers: usize,
    /// How many of a hundred managers are women.
    pub women: usize,
    /// Its leadership groups, each with its size; together no larger than the department.
    pub groups: Vec<(String, usize)>,
}

/// A field of work: its id, its share of all managers per thousand, and its share of women per hundred.
struct Field {
    id: &'static str,
    managers: usize,
    women: usize,
}

/// Sweden's municipalities as a whole: 71 women of a hundred managers, most of them in care and in education.
const FIELDS: [Field; 5] = [
    Field { id: "ledning", managers: 20, women: 50 },
    Field { id: "omsorg", managers: 460, women: 80 },
    Field { id: "utbildning", managers: 320, women: 75 },
    Field { id: "administration", managers: 110, women: 60 },
    Field { id: "teknik", managers: 90, women: 35 },
];

/// Managers of the smallest department: its head and one more to lead.
const SMALLEST: usize = 2;
/// Managers of the largest leadership group.
const LARGEST_GROUP: usize = 12;

/// The departments of a municipality with this many permanent managers (at least 20).
pub fn invent(managers: usize, rng: &mut Rng) -> Vec<Department> {
    let fields = deal(managers, &FIELDS.map(|field| field.managers), SMALLEST);
    let mut departments = Vec::new();
    for (field, managers) in FIELDS.iter().zip(fields) {
        let wanted = if field.id == "ledning" { 1 } else { managers.isqrt() / 3 };
        let count = wanted.clamp(1, managers / SMALLEST);
        let weights: Vec<usize> = (0..count).map(|_| 2 + rng.below(5)).collect();
        for (index, managers) in deal(managers, &weights, SMALLEST).into_iter().enumerate() {
            let id = format!("{}-{}", field.id, index + 1);
            let groups = leadership(&id, managers);
            departments.push(Department { id, field: field.id.to_owned(), managers, women: field.women, groups });
        }
    }
    departments
}

/// The leadership groups of a department: its head and about a sixth of its managers, in one group or several of at
/// most `LARGEST_GROUP`.
fn leadership(department: &str, managers: usize) -> Vec<(String, usize)> {
    let leaders = (managers / 6 + 1).clamp(SMALLEST, managers);
    let groups = leaders.div_ceil(LARGEST_GROUP);
    let sizes = deal(leaders, &vec![1; groups], 1);
    let name = |index| match groups {
        1 => format!("FLG-{department}"),
        _ => format!("FLG-{department}-{}", index + 1),
    };
    sizes.into_iter().enumerate().map(|(index, size)| (name(index), size)).collect()
}

/// Splits `total` in proportion to the weights into parts of at least `least`: first everyone gets the rounded-down
/// share, then the parts furthest behind get one more, one at a time.
fn deal(total: usize, weights: &[usize], least: usize) -> Vec<usize> {
    let mut parts = vec![least; weights.len()];
    let whole: usize = weights.iter().sum();
    // The bulk in one step, so that only a short rest is left: each part's share, rounded down.
    for (part, weight) in parts.iter_mut().zip(weights) {
        *part = (*part).max(total * weight / whole);
    }
    let mut dealt: usize = parts.iter().sum();
    while dealt > total {
        let Some(part) = parts.iter_mut().filter(|part| **part > least).max() else { break };
        *part -= 1;
        dealt -= 1;
    }
    while dealt < total {
        let behind = (0..parts.len()).max_by_key(|&index| {
            let (share, has) = (total * weights[index], parts[index] * whole);
            (share.saturating_sub(has), std::cmp::Reverse(index))
        });
        let Some(behind) = behind else { break };
        parts[behind] += 1;
        dealt += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{deal, invent};
    use crate::rng::Rng;

    #[test]
    fn dealt_in_proportion_to_the_last_one() {
        assert_eq!(deal(10, &[1, 1, 1], 1), [4, 3, 3]);
        assert_eq!(deal(100, &[20, 460, 320, 110, 90], 2).iter().sum::<usize>(), 100);
        assert_eq!(deal(20, &[20, 460, 320, 110, 90], 2), [2, 8, 6, 2, 2]);
    }

    #[test]
    fn everyone_has_a_department_and_every_department_a_leadership() {
        for managers in [20, 24, 55, 530, 2_400, 38_000] {
            let departments = invent(managers, &mut Rng::new(1, 0));
            assert_eq!(departments.iter().map(|department| department.managers).sum::<usize>(), managers);
            for department in &departments {
                let leaders: usize = department.groups.iter().map(|(_, size)| size).sum();
                assert!((2..=department.managers).contains(&leaders), "{department:?}");
                assert!(department.groups.iter().all(|(_, size)| (1..=12).contains(size)), "{department:?}");
            }
        }
    }

    #[test]
    fn the_shares_are_sweden_s() {
        let departments = invent(10_000, &mut Rng::new(1, 0));
        let women: usize = departments.iter().map(|department| department.managers * department.women).sum();
        assert_eq!(women / 10_000, 71);
        let care = departments.iter().filter(|department| department.field == "omsorg");
        assert_eq!(care.map(|department| department.managers).sum::<usize>(), 4_600);
    }
}
