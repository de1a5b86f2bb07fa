//! One search of a bench, in a process of its own: its memory is that of nothing else, and what ends it ends no other.

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

/// What the command is called; `kohort bench` calls it, and nobody else.
pub(super) const NAME: &str = "bench-search";

/// How often it is looked whether a search is to be stopped.
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
    /// The search of a problem file.
    pub fn of(problem: &Path, options: &Options) -> Search {
        let (millis, steps) = match options.limit {
            Limit::Time(time) => (Some(Seconds::from(time).millis), None),
            Limit::Steps(steps) => (None, Some(steps)),
        };
        Search { problem: problem.to_path_buf(), seed: options.seed, threads: options.threads, millis, steps }
    }

    /// Starts this program anew for the search and waits for its figures; `None` when it was stopped, which happens when
    /// `stop` becomes true, and also when this process ends: then nobody holds the other end of its input any more.
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

    /// Searches here and now.
    pub fn run(&self) -> Result<Exit, Complaint> {
        let problem = read::problem(&self.problem).map_err(|errors| Complaint(errors.to_string()))?;
        let stop = stop_flag()?;
        let stops = Arc::clone(&stop);
        thread::spawn(move || {
            // Nothing is ever written to it, so that it ends is all that there is to read.
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
