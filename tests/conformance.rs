//! Plans whose scores an independent implementation has counted: every term must agree.

use std::collections::BTreeMap;
use std::path::Path;

use kohort::check::measure;
use kohort::read;
use serde_json::Value;

#[test]
fn every_plan_has_the_score_that_was_counted_independently() {
    let folder = Path::new("tests/conformance");
    let problem = read::problem(&folder.join("problem.toml")).expect("the problem can be read");
    let text = std::fs::read_to_string(folder.join("expected.json")).expect("the expected scores are there");
    let expected: BTreeMap<String, Value> = serde_json::from_str(&text).expect("they are JSON");
    assert!(!expected.is_empty());
    let mut wrong = Vec::new();
    for (name, expected) in &expected {
        let plan = read::plan(&folder.join("plans").join(name), &problem).expect("the plan can be read").plan;
        let report = measure(&problem, &plan);
        let mut hard: BTreeMap<&str, i64> = BTreeMap::new();
        for term in report.terms.iter().filter(|term| term.weight.is_none() && term.amount != 0) {
            *hard.entry(&term.name).or_default() += term.amount;
        }
        let wanted: BTreeMap<&str, i64> = expected["hard_amounts"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(term, amount)| (term.as_str(), amount.as_i64().unwrap_or(i64::MIN)))
            .collect();
        if hard != wanted {
            wrong.push(format!("{name}: hard {hard:?}\n      wanted {wanted:?}"));
        }
        let soft: Vec<(&str, i64)> = report
            .terms
            .iter()
            .filter(|term| term.weight.is_some())
            .map(|term| (term.name.as_str(), term.cost))
            .collect();
        let wanted: Vec<(&str, i64)> = expected["soft_costs"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|pair| (pair[0].as_str().unwrap_or(""), pair[1].as_i64().unwrap_or(i64::MIN)))
            .collect();
        for (own, wanted) in soft.iter().zip(&wanted).filter(|(own, wanted)| own != wanted) {
            wrong.push(format!("{name}: soft {own:?}, wanted {wanted:?}"));
        }
        assert_eq!(soft.len(), wanted.len(), "{name}: number of soft rules");
        let score = (expected["hard"].as_i64(), expected["soft"].as_i64());
        if score != (Some(report.score.hard), Some(report.score.soft)) {
            wrong.push(format!("{name}: {:?}, wanted {score:?}", report.score));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
