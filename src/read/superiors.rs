//! Finds circles in who leads whom.

use crate::facts::Manager;
use crate::ids::ManagerId;

/// Circles of managers who are one another's superiors, directly or through others: each circle once, from its first
/// manager on.
pub(super) fn circles(managers: &[Manager]) -> Vec<Vec<ManagerId>> {
    let mut circles = Vec::new();
    // For each manager the walk that met it first, counted from 1.
    let mut met = vec![0; managers.len()];
    for start in 0..managers.len() {
        let mut at = start;
        while met[at] == 0 {
            met[at] = start + 1;
            match managers[at].superior {
                Some(superior) => at = superior.index(),
                None => break,
            }
        }
        if met[at] == start + 1 && managers[at].superior.is_some() {
            circles.push(circle(managers, ManagerId::new(at)));
        }
    }
    circles
}

/// The circle of which this manager is a member.
fn circle(managers: &[Manager], within: ManagerId) -> Vec<ManagerId> {
    let next = |manager: &ManagerId| managers[manager.index()].superior.filter(|next| *next != within);
    let mut circle: Vec<ManagerId> = std::iter::successors(Some(within), next).collect();
    let first = circle.iter().enumerate().min_by_key(|(_, manager)| **manager).map_or(0, |(place, _)| place);
    circle.rotate_left(first);
    circle
}

#[cfg(test)]
mod tests {
    use super::circles;
    use crate::ids::ManagerId;
    use crate::read::problem_text;

    #[test]
    fn every_circle_is_found_once() {
        let superiors =
            [("a", "b"), ("b", "c"), ("c", "b"), ("d", "a"), ("e", "f"), ("f", "g"), ("g", "e"), ("h", "i")];
        let mut text = "format = 1\nmanager = [ { id = \"i\" },".to_string();
        for (id, superior) in superiors {
            text += &format!("{{ id = \"{id}\", superior = \"{superior}\" }},");
        }
        text += "]\n[[wave]]\nid = \"w\"\nmembers = \"all\"\ncohorts = 1\nsize = { min = 0, max = 9 }\n";
        let problem = problem_text(&text).expect("a circle is only worth a look");
        let circles = circles(&problem.facts.managers);
        assert_eq!(circles, [vec![ManagerId(1), ManagerId(2)], vec![ManagerId(4), ManagerId(5), ManagerId(6)]]);
        assert_eq!(problem.warnings.items.len(), 2);
    }
}
