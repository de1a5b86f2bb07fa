//! One search of a bench in a process of its own, so that its peak memory is its own, and a crash ends no other
//! search.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use clap::Args;

use super::complaint::Complaint;
use super::exit::Exit;
use super::output::Output;
use super::progress::Watch;
use super::signal::stop_flag;
use crate::bench::{Measured, Seconds, measure};
use crate::read;
use crate::solve::{Limit, Options};

/// The name of the command. Only `kohort bench` calls it.
pub(super) const NAME: &str = "bench-search";

/// How often the parent process checks whether the search is to be stopped.
const LOOK: Duration = Duration::from_millis(20);

/// Searches once and writes the figures as JSON, `null` when stopped
#[derive(Args, Debug)]
pub(super) struct Search {
    problem: PathBuf,
    #[arg(long)]
    seed: u64,
    #[arg(long)]
    threads: usize,
    #[arg(long)]
    millis: Option<u64>,
    #[arg(long)]
    steps: Option<u64>,
}

impl Search {
    /// The search of a problem file with these options.
    pub fn of(problem: &Path, options: &Options) -> Search {
        let (millis, steps) = match options.limit {
            Limit::Time(time) => (Some(Seconds::from(time).millis), None),
            Limit::Steps(steps) => (None, Some(steps)),
        };
        Search { problem: problem.to_path_buf(), seed: options.seed, threads: options.threads, millis, steps }
    }

    /// Runs the search in a new process of this program, and waits for its figures. `None` if it was stopped: it
    /// stops when `stop` becomes true, and also when this process ends, since then its standard input is closed.
    pub fn in_a_process_of_its_own(&self, stop: &AtomicBool) -> Result<Option<Measured>, Complaint> {
        let failed = |why: String| Complaint(format!("error: the search of “{}” {why}\n", self.problem.display()));
        let program = std::env::current_exe().map_err(|error| failed(format!("cannot be started: {error}")))?;
        let mut command = Command::new(program);
        command.arg(NAME).arg(&self.problem);
        command.args(["--seed", &self.seed.to_string(), "--threads", &self.threads.to_string()]);
        for (option, number) in [("--millis", self.millis), ("--steps", self.steps)] {
            if let Some(number) = number {
                command.args([option, &number.to_string()]);
            }
        }
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn();
        let mut child = child.map_err(|error| failed(format!("cannot be started: {error}")))?;
        let input = child.stdin.take();
        let is_over = AtomicBool::new(false);
        let ended = thread::scope(|scope| {
            scope.spawn(|| {
                while !is_over.load(Ordering::Relaxed) && !stop.load(Ordering::Relaxed) {
                    thread::sleep(LOOK);
                }
                drop(input);
            });
            let ended = child.wait_with_output();
            is_over.store(true, Ordering::Relaxed);
            ended
        });
        let ended = ended.map_err(|error| failed(format!("cannot be waited for: {error}")))?;
        if !ended.status.success() {
            return Err(failed(format!("has failed ({}); perhaps there was too little memory", ended.status)));
        }
        serde_json::from_slice(&ended.stdout).map_err(|error| failed(format!("has told no figures: {error}")))
    }

    /// Runs the search in this process.
    pub fn run(&self) -> Result<Exit, Complaint> {
        let problem = read::problem(&self.problem).map_err(|errors| Complaint(errors.to_string()))?;
        let stop = stop_flag()?;
        let stops = Arc::clone(&stop);
        thread::spawn(move || {
            // Nothing is ever written to standard input, so reading ends only when the parent closes it.
            let _ = io::copy(&mut io::stdin(), &mut io::sink());
            stops.store(true, Ordering::Relaxed);
        });
        let limit = self.steps.map_or(Limit::Time(Duration::from_millis(self.millis.unwrap_or(0))), Limit::Steps);
        let watch = io::stderr().is_terminal().then(Watch::new);
        let see = |progress: &_| watch.iter().for_each(|watch| watch.see(progress));
        let options =
            Options { limit, seed: self.seed, threads: self.threads, watch: &see, stop: &stop, ..Options::default() };
        let measured = measure(&problem, &options);
        watch.iter().for_each(Watch::end);
        Output::Stdout.write(&serde_json::to_string(&measured).unwrap_or_default())?;
        Ok(Exit::Done)
    }
}
