//! Laws of swaps that are priced in one call, and of the sums that trackers keep for that.

use std::path::Path;

use kohort::draft::{Draft, Exchange};
use kohort::facts::Facts;
use kohort::ids::{CohortId, ManagerId};
use kohort::plan::Plan;
use kohort::problem::Problem;
use kohort::read;
use kohort::rng::Rng;
use kohort::score::Score;
use kohort::search;
use kohort::search::acceptance::{LogTable, Metropolis, Threshold};
use kohort::search::offers::RandomOffers;
use kohort::search::seating::Seating;
use kohort::search::state::{Edit, State};
use kohort::term::{FirstSwap, Posed, SwapOffers, Swaps, Tracker, swap};
use proptest::prelude::*;

use crate::{Change, Followed, as_it_is, problem, random_change};

/// A problem that puts managers into `cohorts` cohorts of `least` to `most` members. Any two managers have an amount,
/// a multiple of `times` plus `more`: enough pairs for the tracker to keep sums.
fn grouping((times, more): (usize, usize), (cohorts, least, most): (usize, usize, usize)) -> Problem {
    let ids: Vec<String> = (0..36).map(|number| format!("g{number}")).collect();
    let managers: Vec<String> = ids.iter().map(|id| format!("{{ id = \"{id}\" }}")).collect();
    let mut pairs = String::from("a,b,amount\n");
    for (a, id) in ids.iter().enumerate() {
        ids[..a]
            .iter()
            .enumerate()
            .for_each(|(b, other)| pairs.push_str(&format!("{id},{other},{}\n", 7 * a % 11 * b * times + more)));
    }
    let text = format!(
        "format = 1\nprogramme = {{ name = \"Groups\" }}\nmanager = [{}]\n
        wave = [{{ id = \"g\", members = \"all\", cohorts = {cohorts}, size = {{ min = {least}, max = {most} }} }}]\n
        rule = [{{ kind = \"affinity\", file = \"pairs.csv\", weight = 2 }}]\n",
        managers.join(", ")
    );
    let open = |path: &Path| -> Result<Vec<u8>, String> {
        Ok(if path.ends_with("pairs.csv") { pairs.clone() } else { text.clone() }.into_bytes())
    };
    read::problem_with(Path::new("problem.toml"), &open).expect("the problem can be read")
}

/// (cohorts, least, most). With few cohorts the tracker keeps its sums by place in the cohort; with many, most of
/// whose places would stay empty, by manager.
const COHORTS: [(usize, usize, usize); 3] = [(4, 6, 12), (3, 2, 90), (20, 1, 90)];

/// (times, more). Amounts whose sums need 16 bits (counted in units of six), 32 bits and 64 bits.
const WIDTHS: [(usize, usize); 3] = [(6, 0), (1_000, 1), (1_000_000, 1)];

/// A problem for each width and each order of sums.
pub fn groupings() -> impl Iterator<Item = Problem> {
    WIDTHS.into_iter().flat_map(|width| COHORTS.map(|cohorts| grouping(width, cohorts)))
}

/// The weight of the terms.
const UNIT: i64 = 3;

/// The swap that `first_within` must find, looked for with one price at a time.
fn first_of_all(tracker: &dyn Tracker, facts: &Facts, draft: &Draft, mut offers: RandomOffers) -> FirstSwap {
    let mut swaps = 0;
    while let Some(offer) = offers.next(draft) {
        for to in offer.others() {
            for &partner in draft.members(to) {
                swaps += 1;
                let exchanges = swap((offer.manager, offer.from), (partner, to));
                let price = UNIT * tracker.price_seats(facts, draft, &exchanges);
                if price <= offer.most && offers.suits(offer.from, partner) {
                    return FirstSwap { priced: swaps, taken: Some(exchanges) };
                }
            }
        }
    }
    FirstSwap { priced: swaps, taken: None }
}

/// The cohort into which the manager on offer goes.
fn cohort_of(tried: &FirstSwap) -> Option<CohortId> {
    tried.taken.map(|[_, there]| there.cohort)
}

/// After random changes, compares a tracker's prices of several swaps at once with its price of each.
fn try_swaps(problem: &Problem, rng: &mut Rng, changes: usize) -> Result<(), TestCaseError> {
    let facts = &problem.facts;
    let (seating, logs) = (Seating::of(facts), LogTable::default());
    let mut followed = Followed::new(problem);
    for _ in 0..changes {
        let change = random_change(facts, &followed.draft, rng);
        followed.make(&change);
    }
    for manager in (0..facts.managers.len()).map(ManagerId::new) {
        let Some(from) = followed.draft.seat(manager) else { continue };
        let to = CohortId::new(rng.below(facts.cohorts.len()));
        let Followed { draft, trackers, .. } = &mut followed;
        for (posed, (tracker, _)) in problem.terms.iter().zip(trackers) {
            let swaps = Swaps { manager, from, to, places: 0..draft.members(to).len() };
            let partners = if to == from { &[] } else { swaps.partners(draft) };
            let mut costs = vec![5; partners.len()];
            if to != from {
                tracker.price_swaps(facts, draft, &swaps, UNIT, &mut costs);
            }
            let price = |&partner| tracker.price_seats(facts, draft, &swaps.exchanges(partner));
            let prices: Vec<i64> = partners.iter().map(price).collect();
            let expected: Vec<i64> = prices.iter().map(|price| 5 + UNIT * price).collect();
            prop_assert_eq!(costs, expected, "{}", &posed.name);
            prop_assert!(tracker.minds_swaps() || prices.iter().all(|&price| price == 0), "{}", &posed.name);
            // Some thresholds rule out all swaps: a tracker that skips many swaps at once must still answer
            // correctly.
            for number in 0..6 {
                let at = rng.below(prices.len().max(1));
                let price = prices.get(at).map_or(0, |price| UNIT * price - rng.below(3) as i64);
                let slack = if number % 3 == 0 { i64::MIN / 2 } else { price };
                let temperature = [0.0, 2.0, 5_000.0][rng.below(3)];
                let (managers, cohorts) = (1 + rng.below(4), 1 + rng.below(3));
                let mut chance = Rng::new(rng.bits(), 0);
                let mut again = chance.clone();
                let offers = |rng| RandomOffers {
                    seating: &seating,
                    metropolis: Metropolis { logs: &logs, temperature, hard_price: 0 },
                    rng,
                    slack,
                    managers,
                    cohorts,
                    most: 0,
                };
                let mut asked = offers(&mut chance);
                let found = tracker.first_within(facts, draft, UNIT, &mut asked);
                let most = asked.most.saturating_add(asked.slack);
                let expected = first_of_all(&**tracker, facts, draft, offers(&mut again));
                prop_assert_eq!(cohort_of(&found), cohort_of(&expected), "{}", &posed.name);
                // The swap is only taken to change the draft; any member of the cohort will do.
                if let Some(exchanges) = found.taken {
                    prop_assert!(UNIT * tracker.price_seats(facts, draft, &exchanges) <= most, "{}", &posed.name);
                }
                let members = cohort_of(&found).map_or(1, |cohort| draft.members(cohort).len());
                prop_assert!(found.priced.abs_diff(expected.priced) < members, "{}", &posed.name);
                prop_assert_eq!(chance.bits(), again.bits(), "{} draws as often as it must", &posed.name);
            }
        }
        // Between two rounds there is sometimes a change, after which a tracker must not use what it looked up
        // before, and mostly none, after which it may.
        if rng.chance(1, 3) {
            let change = random_change(facts, &followed.draft, rng);
            followed.make(&change);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn swaps_cost_together_what_each_costs(seed in any::<u64>(), changes in 1..300_usize) {
        let rng = &mut Rng::new(seed, 3);
        try_swaps(&problem(&as_it_is), rng, changes)?;
        for problem in groupings() {
            try_swaps(&problem, rng, changes)?;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_walk_costs_what_it_tells_and_makes_what_is_affordable(seed in any::<u64>(), temperature in 0.0..20_000.0_f64) {
        for problem in groupings() {
            let (seating, logs) = (Seating::of(&problem.facts), LogTable::default());
            let mut state = State::empty(&problem);
            prop_assert!(state.can_walk());
            prop_assert!(state.score().hard > 0 && state.mended_by_swaps() == 0, "nobody is seated, which no swap mends");
            search::complete(&mut state, seed);
            let (mut told, mut dearest) = (state.score().soft, 0);
            let mut walked = 0;
            for number in 0..20 {
                let mut offers = RandomOffers {
                    seating: &seating,
                    metropolis: Metropolis { logs: &logs, temperature, hard_price: 0 },
                    rng: &mut Rng::new(seed, number),
                    slack: 0,
                    managers: 5,
                    cohorts: 2,
                    most: 0,
                };
                let looked_at = state.walk(&mut offers, |draft, score, price, exchanges| {
                    assert!(exchanges.iter().all(|e| draft.seat(e.out.unwrap()) == Some(e.cohort)), "it is told before");
                    assert_eq!(score.soft, told);
                    told += price;
                    dearest = dearest.max(price);
                    walked += 1;
                });
                prop_assert!(looked_at > 0);
            }
            prop_assert!(temperature > 0.0 || dearest <= 0);
            prop_assert_eq!(state.score().soft, told);
            let plan = state.to_plan().expect("there is nothing to book");
            let weighed = |posed: &Posed| posed.weight.map_or(0, |weight| weight * posed.term.amount(&problem.facts, &plan));
            prop_assert_eq!(told, problem.terms.iter().map(weighed).sum::<i64>());
            prop_assert!(walked > 0, "something is affordable");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_cheapest_swap_is_the_cheapest_of_all(seed in any::<u64>(), changes in 0..60_usize, most in -60..60_i64) {
        let problem = problem(&as_it_is);
        let (mut state, rng) = (State::empty(&problem), &mut Rng::new(seed, 9));
        search::complete(&mut state, seed);
        for _ in 0..changes {
            let edit = match random_change(&problem.facts, state.draft(), rng) {
                Change::Seats(exchanges) => Edit::Seats(exchanges.into_iter().collect()),
                Change::Book(run, booking) => Edit::Book(run, booking),
            };
            state.apply(&edit);
        }
        let threshold = Threshold { hard_price: 20, most };
        for manager in (0..problem.facts.managers.len()).map(ManagerId::new) {
            let Some(from) = state.draft().seat(manager) else { continue };
            let to = CohortId::new(rng.below(problem.facts.cohorts.len()));
            if to == from {
                continue;
            }
            let suits = |partner: ManagerId| !(partner.index() + manager.index()).is_multiple_of(3);
            let price = |partner| threshold.price(state.price(&Edit::swap(swap((manager, from), (partner, to)))));
            let partners = state.draft().members(to).iter().copied().filter(|&partner| suits(partner));
            let expected = partners.map(price).min().filter(|&price| price <= most);
            let found = state.cheapest_swap((manager, from), to, threshold, suits);
            prop_assert_eq!(found.map(|(_, price)| price), expected);
            if let Some((exchanges, price)) = found {
                prop_assert_eq!(threshold.price(state.price(&Edit::swap(exchanges))), price);
                prop_assert!(exchanges[1].out.is_some_and(suits));
            }
        }
    }

    #[test]
    fn a_relief_is_what_attendance_and_coverage_cost_less_without_a_member(seed in any::<u64>(), moves in 0..40_usize) {
        let problem = problem(&as_it_is);
        let (mut state, rng) = (State::empty(&problem), &mut Rng::new(seed, 10));
        search::complete(&mut state, seed);
        for _ in 0..moves {
            if let Change::Book(run, booking) = random_change(&problem.facts, state.draft(), rng)
                && booking.is_booked()
            {
                state.apply(&Edit::Book(run, booking));
            }
        }
        let plan = state.to_plan().expect("every run is booked");
        let timed: Vec<&Posed> = problem
            .terms
            .iter()
            .filter(|posed| posed.name == "attendance" || posed.name.starts_with("coverage"))
            .collect();
        let cost = |plan: &Plan| {
            let each = |posed: &&Posed| {
                let amount = posed.term.amount(&problem.facts, plan);
                posed.weight.map_or(Score { hard: amount, soft: 0 }, |weight| Score { hard: 0, soft: weight * amount })
            };
            timed.iter().map(each).fold(Score::ZERO, |sum, each| sum + each)
        };
        for manager in (0..problem.facts.managers.len()).map(ManagerId::new) {
            let Some(cohort) = state.draft().seat(manager) else { continue };
            let mut without = plan.clone();
            without.cohorts[cohort.index()].members.retain(|&member| member != manager);
            prop_assert_eq!(state.relief(manager, cohort), cost(&plan) - cost(&without), "{}", manager.index());
        }
    }
}

#[test]
fn what_dates_cost_without_members_is_not_for_seats_to_mend() {
    let problem = problem(&as_it_is);
    let (state, rng) = (State::empty(&problem), &mut Rng::new(4, 4));
    let threshold = Threshold { hard_price: 20, most: i64::MAX };
    let mut dearest = 0;
    for _ in 0..500 {
        if let Change::Book(run, booking) = random_change(&problem.facts, state.draft(), rng)
            && booking.is_booked()
        {
            let forecast = |presence_percent| state.forecast(run, &booking, threshold, presence_percent);
            assert_eq!(forecast(0), forecast(100), "nobody is seated, so that no swap mends anything");
            dearest = dearest.max(forecast(0).unwrap_or(0));
        }
    }
    assert!(dearest > 0, "changes from the earlier plan cost something");
}

#[test]
fn the_sums_kept_for_dense_affinity_are_its_definition() {
    let managers = 30;
    let rows: String = (0..managers)
        .flat_map(|a| (0..a).map(move |b| format!("m{a},m{b},{}\n", (a * 7 + b * 13) as i64 % 23 - 9)))
        .collect();
    let text = "format = 1\nprogramme = { name = \"dense\" }\nroster = { file = \"r.csv\" }\n[[wave]]\nid = \"w\"\nmembers = \"all\"\ncohorts = 3\nsize = { min = 5, max = 20 }\n[[rule]]\nkind = \"affinity\"\nfile = \"p.csv\"\nweight = 1\n";
    let roster: String = (0..managers).map(|manager| format!("m{manager}\n")).collect();
    let open = |path: &Path| -> Result<Vec<u8>, String> {
        Ok(match path.to_str() {
            Some("r.csv") => format!("id\n{roster}"),
            Some("p.csv") => format!("a,b,amount\n{rows}"),
            _ => text.to_string(),
        }
        .into_bytes())
    };
    let problem = read::problem_with(Path::new("problem.toml"), &open).expect("the problem can be read");
    let mut followed = Followed::new(&problem);
    let rng = &mut Rng::new(5, 5);
    for _ in 0..2_000 {
        let change = loop {
            // Without modules there is nothing to book.
            let manager = ManagerId::new(rng.below(managers));
            let (from, to) = (followed.draft.seat(manager), CohortId::new(rng.below(3)));
            let partner = followed.draft.members(to).first().copied().filter(|_| rng.below(2) == 0);
            match (from, partner) {
                (Some(from), Some(partner)) if from != to => {
                    break Change::Seats(swap((manager, from), (partner, to)).to_vec());
                }
                (None, _) => break Change::Seats(vec![Exchange { cohort: to, out: None, into: Some(manager) }]),
                (Some(from), None) => {
                    break Change::Seats(vec![Exchange { cohort: from, out: Some(manager), into: None }]);
                }
                _ => {}
            }
        };
        followed.make(&change);
        let plan = followed.draft.to_plan(&problem.facts).expect("there is nothing to book");
        for (posed, (_, amount)) in problem.terms.iter().zip(&followed.trackers) {
            assert_eq!(*amount, posed.term.amount(&problem.facts, &plan), "{}", posed.name);
        }
    }
}
