//! How far a plan can be from the best one, in a sentence, with the parts of the lower bound.

use crate::bound::Bound;
use crate::score::Score;

/// The lower bound, by how much at most this plan exceeds it, and the parts that the bound consists of.
pub(super) fn how_far(bound: &Bound, score: Score) -> String {
    let least = bound.soft;
    let this = match (score.is_valid(), most_per_mille(least, score.soft)) {
        (false, _) => ".".to_owned(),
        (true, _) if score.soft <= least => ": this one is optimal.".to_owned(),
        (true, None) => format!("; this one costs {}.", score.soft),
        (true, Some(more)) => {
            format!("; this one costs {}, at most {}.{} % more.", score.soft, more / 10, more % 10)
        }
    };
    let parts = bound.parts.iter().filter(|part| part.cost != 0);
    let reasons: String = parts.map(|part| format!("  {}: {}, {}\n", part.term, part.cost, part.why)).collect();
    format!("No valid plan costs less than {least}{this}\n{reasons}")
}

/// By how much at most the plan is more expensive than the best one, in tenths of a per cent, rounded up; `None` when
/// the best one may cost nothing.
fn most_per_mille(least: i64, soft: i64) -> Option<i128> {
    let (least, soft) = (i128::from(least), i128::from(soft));
    (least > 0 || least < 0 && soft < 0).then(|| (1000 * (soft - least) + least.abs() - 1) / least.abs())
}

#[cfg(test)]
mod tests {
    use super::how_far;
    use crate::bound::{Bound, BoundPart};
    use crate::score::Score;

    fn told(least: i64, hard: i64, soft: i64) -> String {
        how_far(&Bound { soft: least, parts: Vec::new(), cut_after: None }, Score { hard, soft })
    }

    #[test]
    fn the_distance_is_rounded_up_and_told_only_of_valid_plans() {
        assert_eq!(
            told(4_961, 0, 5_115),
            "No valid plan costs less than 4961; this one costs 5115, at most 3.2 % more.\n"
        );
        assert_eq!(told(7, 0, 7), "No valid plan costs less than 7: this one is optimal.\n");
        assert_eq!(told(0, 0, 7), "No valid plan costs less than 0; this one costs 7.\n");
        assert_eq!(told(-10, 0, 3), "No valid plan costs less than -10; this one costs 3.\n");
        assert_eq!(told(-10, 0, -9), "No valid plan costs less than -10; this one costs -9, at most 10.0 % more.\n");
        assert_eq!(told(7, 1, 3), "No valid plan costs less than 7.\n");
        assert_eq!(told(0, 1, -3), "No valid plan costs less than 0.\n");
    }

    #[test]
    fn what_the_bound_is_made_of_is_told() {
        let part = |term: &str, cost| BoundPart { term: term.to_owned(), cost, why: "dealt evenly".into() };
        let bound = Bound::of(vec![part("spread:area", 6), part("gap", 0)]);
        let told = how_far(&bound, Score { hard: 0, soft: 6 });
        assert_eq!(told.lines().skip(1).collect::<Vec<_>>(), ["  spread:area: 6, dealt evenly"]);
    }
}
