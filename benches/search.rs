//! How many steps a second a whole search does on one thread, and what it has come to after a fixed number of them.
//!
//! `cargo bench --bench search`. The scores are told, not judged: they depend on the seed; `kohort bench` is for judging.

mod common;

use std::time::Duration;

use criterion::{Criterion, SamplingMode, Throughput};

/// Steps of one search.
const STEPS: u64 = 300_000;

/// Seeds of which the scores are told.
const SEEDS: std::ops::RangeInclusive<u64> = 1..=3;

fn steps(criterion: &mut Criterion) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("one thread can be had");
    let mut group = criterion.benchmark_group("steps");
    group.throughput(Throughput::Elements(STEPS)).sampling_mode(SamplingMode::Flat);
    for name in common::PROBLEMS {
        let problem = common::problem(name);
        let first = common::first_plan(&problem, 1);
        let search = |seed| pool.install(|| common::searched(&first, seed, STEPS));
        for seed in SEEDS {
            let score = search(seed).score();
            eprintln!("{name}, seed {seed}, {STEPS} steps: hard {}, soft {}", score.hard, score.soft);
        }
        group.bench_function(name, |bencher| bencher.iter(|| search(1)));
    }
    group.finish();
}

fn config() -> Criterion {
    Criterion::default().sample_size(10).measurement_time(Duration::from_secs(5)).without_plots()
}

fn main() {
    let mut criterion = config().configure_from_args();
    steps(&mut criterion);
    criterion.final_summary();
}
