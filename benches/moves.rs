//! What a candidate costs: drawn and weighed, by neighbourhood; priced alone, by term.
//!
//! `cargo bench --bench moves`, or `cargo bench --bench moves -- m530/swap` for one of them.

mod common;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput};
use kohort::Problem;
use kohort::draft::Draft;
use kohort::ids::{CohortId, ManagerId, RunId};
use kohort::search::probe::Probe;
use kohort::search::state::{Edit, State};
use kohort::term::{Reacts, Tracker};

/// Steps of the search whose plan is changed: enough for what a search mostly sees, a valid plan that is hard to better.
const STEPS: u64 = 200_000;

/// Candidates of one measurement.
const CANDIDATES: usize = 1_000;

/// Candidates a second of each neighbourhood, on each problem.
fn candidates(criterion: &mut Criterion) {
    for name in common::PROBLEMS {
        let problem = common::problem(name);
        let mut probe = Probe::new(plan(&problem), 1);
        let mut group = criterion.benchmark_group(format!("candidates/{name}"));
        group.throughput(Throughput::Elements(CANDIDATES as u64));
        for neighbourhood in probe.neighbourhoods() {
            group.bench_function(neighbourhood, |bencher| bencher.iter(|| probe.weigh(neighbourhood, CANDIDATES)));
        }
        group.finish();
    }
}

/// Prices a second of each term, on the largest problem: of swaps for terms that follow seats, and of retimings for terms
/// that follow bookings.
fn prices(criterion: &mut Criterion) {
    let problem = common::problem("m530");
    let state = plan(&problem);
    let (draft, trackers) = followed(&problem, &state);
    let mut probe = Probe::new(state, 1);
    let mut edits = |name| probe.candidates(name, CANDIDATES).into_iter().flatten().collect::<Vec<Edit>>();
    let (swaps, retimings) = (edits("swap"), edits("retime"));
    let mut measure = |kind: &str, edits: &[Edit], reacts: fn(Reacts) -> bool| {
        let mut group = criterion.benchmark_group(format!("prices/m530/{kind}"));
        group.throughput(Throughput::Elements(edits.len() as u64));
        for (number, (posed, tracker)) in problem.terms.iter().zip(&trackers).enumerate() {
            if reacts(tracker.reacts()) {
                let all = || edits.iter().map(|edit| price(&problem, &draft, &**tracker, edit)).sum::<i64>();
                group.bench_function(format!("{number}-{}", posed.name), |bencher| bencher.iter(|| black_box(all())));
            }
        }
        group.finish();
    };
    measure("seats", &swaps, Reacts::to_seats);
    measure("bookings", &retimings, Reacts::to_bookings);
}

fn plan(problem: &Problem) -> State<'_> {
    common::searched(&common::first_plan(problem, 1), 1, STEPS)
}

fn price(problem: &Problem, draft: &Draft, tracker: &dyn Tracker, edit: &Edit) -> i64 {
    match edit {
        Edit::Seats(exchanges) => tracker.price_seats(&problem.facts, draft, exchanges),
        Edit::Book(run, booking) => tracker.price_booking(&problem.facts, draft, *run, booking),
    }
}

/// A tracker of each term of the problem, which has followed the way from the empty draft to this state.
fn followed(problem: &Problem, state: &State) -> (Draft, Vec<Box<dyn Tracker>>) {
    let facts = &problem.facts;
    let mut draft = Draft::empty(facts);
    let mut trackers: Vec<Box<dyn Tracker>> = problem.terms.iter().map(|posed| posed.term.tracker(facts)).collect();
    let seat = |index| -> Option<(ManagerId, CohortId)> {
        let manager = ManagerId::new(index);
        Some((manager, state.draft().seat(manager)?))
    };
    let seats = (0..facts.managers.len()).filter_map(seat).map(|(m, cohort)| Edit::seat(m, None, Some(cohort)));
    let runs = (0..facts.run_count()).map(RunId::new).map(|run| Edit::Book(run, state.draft().booking(run).clone()));
    for edit in seats.chain(runs) {
        match edit {
            Edit::Seats(exchanges) => {
                let follow = trackers.iter_mut().filter(|tracker| tracker.reacts().to_seats());
                follow.for_each(|tracker| tracker.commit_seats(facts, &draft, &exchanges));
                draft.exchange(&exchanges);
            }
            Edit::Book(run, booking) => {
                let follow = trackers.iter_mut().filter(|tracker| tracker.reacts().to_bookings());
                follow.for_each(|tracker| tracker.commit_booking(facts, &draft, run, &booking));
                draft.book(run, booking);
            }
        }
    }
    (draft, trackers)
}

/// Sixty measurements, each of them short.
fn config() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .without_plots()
}

fn main() {
    let mut criterion = config().configure_from_args();
    candidates(&mut criterion);
    prices(&mut criterion);
    criterion.final_summary();
}
