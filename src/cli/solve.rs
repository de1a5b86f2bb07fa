//! `kohort solve`: search for the best plan, write it, and say what it is worth.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::{Args, value_parser};

use super::complaint::Complaint;
use super::distance::how_far;
use super::exit::Exit;
use super::files::Files;
use super::output::{Output, tell, tell_all};
use super::progress::{Watch, seconds};
use super::signal::stop_flag;
use super::values::{MOST, all_threads, duration};
use crate::check::{Report, measure};
use crate::facts::Facts;
use crate::ids::AttributeId;
use crate::plan::Plan;
use crate::problem::Problem;
use crate::rules;
use crate::solve::{Limit, Options, Progress, Repetition, Solution, Status, solve};
use crate::write::{self, Origin, report};

/// Searches for the best plan
///
/// The plan goes to standard output or to the file of -o; what it is worth is told on standard error. The first Ctrl-C
/// ends the search and writes the best plan so far, the second ends at once.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  kohort solve problem.toml -o plan.toml                     search for 30 seconds
  kohort solve problem.toml -o plan.toml --time 10m          search for ten minutes
  kohort solve problem.toml -o new.toml --from plan.toml     start from a plan; the new one is never worse
  kohort solve problem.toml -o plan.toml --steps 5000000     the same plan on every machine

Exit codes: 0 a valid plan is written · 2 the files or the options are wrong · 3 no valid plan found in the limit
(the best is written) · 4 proved impossible (none is written) · 5 stopped by a signal, a valid plan is written")]
pub(super) struct Solve {
    /// The problem, a TOML file
    problem: PathBuf,
    /// Write the plan to this file instead of standard output
    #[arg(short, long, value_name = "PLAN")]
    output: Option<PathBuf>,
    /// How long to search: 500ms, 30s, 2m or 1h
    #[arg(long, value_name = "TIME", value_parser = duration, default_value = "30s", conflicts_with = "steps")]
    time: Duration,
    /// How much to search, whatever time it takes; the same number gives the same plan
    #[arg(long, value_name = "N", value_parser = value_parser!(u64).range(..=MOST))]
    steps: Option<u64>,
    /// With --steps: repeats a search that had a time limit or was stopped, as its plan and its last line say
    #[arg(long, value_name = "SCHEDULE", requires = "steps")]
    schedule: Option<Repetition>,
    /// Another seed gives another plan
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = value_parser!(u64).range(..=MOST))]
    seed: u64,
    /// Processors to keep busy [default: all]; they change the speed, never what a number of steps gives
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Start from this plan; it is also the earlier plan of the rule `stability` and of `frozen_until`
    #[arg(long, value_name = "PLAN")]
    from: Option<PathBuf>,
}

impl Solve {
    /// Reads the files, searches, writes the plan and reports on it.
    pub fn run(&self) -> Result<Exit, Complaint> {
        let began = Instant::now();
        let mut files = Files::read(&self.problem, None, self.from.as_ref());
        files.warn_of_missing_earlier();
        tell_all(&files.said);
        let Some(problem) = files.problem.as_ref().filter(|_| !files.said.has_errors()) else {
            return Ok(Exit::Unusable);
        };
        let output = Output::new(self.output.as_deref(), problem.warnings.paths())?;
        let stop = stop_flag()?;
        tell(&report::overview(&problem.facts));

        let watch = Watch::new();
        let see = |progress: &Progress| watch.see(progress);
        let options = Options { from: files.from.as_ref(), watch: &see, stop: &stop, ..self.options() };
        let solution = solve(problem, &options).map_err(|misfit| Complaint(format!("error: {misfit}\n")))?;
        watch.end();
        self.conclude(problem, &solution, &output, began)
    }

    /// Writes the plan and reports what it is worth.
    fn conclude(
        &self,
        problem: &Problem,
        solution: &Solution,
        output: &Output,
        began: Instant,
    ) -> Result<Exit, Complaint> {
        if let Status::Impossible(reasons) = &solution.status {
            tell(&report::no_plan(&self.problem.display().to_string(), reasons));
            return Ok(Exit::Impossible);
        }
        let Some(plan) = &solution.plan else {
            return Err(Complaint("error: there is no room, so no plan can be written\n".to_owned()));
        };
        let checked = measure(problem, plan);
        output.write(&self.plan_file(problem, plan, &checked, solution))?;
        tell(&self.told(problem, plan, &checked, solution, began.elapsed()));
        if checked.score != solution.score {
            tell(&format!("defect: the search says {:?}, the checker {:?}\n", solution.score, checked.score));
            return Ok(Exit::Defect);
        }
        Ok(Exit::of_search(&solution.status, checked.score))
    }

    fn options(&self) -> Options<'_> {
        Options {
            limit: self.steps.map_or(Limit::Time(self.time), Limit::Steps),
            repetition: self.schedule,
            seed: self.seed,
            threads: self.threads.map_or_else(all_threads, usize::from),
            ..Options::default()
        }
    }

    fn plan_file(&self, problem: &Problem, plan: &Plan, report: &Report, solution: &Solution) -> String {
        let status = if report.score.is_valid() { "valid" } else { "breaches" };
        let bound = solution.bound.soft;
        let (steps, schedule) = (solution.steps, solution.repetition.map(|repetition| repetition.to_string()));
        let origin = Origin { score: report.score, bound, seed: self.seed, steps, schedule, status };
        write::plan(problem, plan, Some(&origin))
    }

    /// The report after a search, on standard error.
    fn told(&self, problem: &Problem, plan: &Plan, report: &Report, solution: &Solution, took: Duration) -> String {
        let name = self.output.as_ref().map_or("The plan".to_owned(), |path| path.display().to_string());
        let parts = [
            report::verdict(&name, report),
            report::costs(report),
            how_far(&solution.bound, report.score),
            report::breaches(report),
            self.from.as_ref().map_or(String::new(), |from| changes(&problem.facts, plan, from)),
            write::summary(&problem.facts, plan, &mixed(problem)),
            self.how(solution, took),
        ];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        format!("\n{}", parts.join("\n"))
    }

    /// How the plan was found, with the command that finds it again.
    fn how(&self, solution: &Solution, took: Duration) -> String {
        let ended = match (&solution.status, solution.is_optimal()) {
            (Status::Stopped, _) => ", stopped by a signal",
            (_, true) => ", ended once it was optimal",
            _ => "",
        };
        let mut again =
            format!("kohort solve {} --seed {} --steps {}", shell(&self.problem), self.seed, solution.steps);
        if let Some(repetition) = &solution.repetition {
            again.push_str(&format!(" --schedule {repetition}"));
        }
        if let Some(from) = &self.from {
            again.push_str(&format!(" --from {}", shell(from)));
        }
        if let Some(output) = &self.output {
            again.push_str(&format!(" -o {}", shell(output)));
        }
        format!(
            "Seed {}, {} steps in {}{ended}. The same plan again:\n  {again}\n",
            self.seed,
            solution.steps,
            seconds(took)
        )
    }
}

/// How the plan differs from the one that the search started from.
fn changes(facts: &Facts, plan: &Plan, from: &Path) -> String {
    report::changes(&from.display().to_string(), &rules::changes(facts, plan))
}

/// The attributes by which rules mix cohorts, without repetitions, in the order of the rules.
fn mixed(problem: &Problem) -> Vec<AttributeId> {
    let mut mixed = Vec::new();
    for attribute in problem.terms.iter().filter_map(|posed| posed.mixes_by) {
        if !mixed.contains(&attribute) {
            mixed.push(attribute);
        }
    }
    mixed
}

/// A path, quoted for a shell where that is needed.
fn shell(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "-_./".contains(c);
    if text.chars().all(plain) { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::atomic::AtomicBool;
    use std::time::{Duration, Instant};

    use super::{Exit, Output, Solve, shell};
    use crate::draft::Draft;
    use crate::facts::Facts;
    use crate::ids::RunId;
    use crate::plan::Plan;
    use crate::read;
    use crate::solve::{Limit, Options, solve};
    use crate::term::{Finding, Place, Posed, Reacts, Term, Tracker};

    /// A term whose tracker misses an amount of 3 that the checker counts.
    #[derive(Clone, Debug)]
    struct Faulty;

    impl Term for Faulty {
        fn findings(&self, _: &Facts, _: &Plan) -> Vec<Finding> {
            vec![Finding { amount: 3, message: "a planted fault".to_owned(), place: Place::default() }]
        }

        fn tracker(&self, _: &Facts) -> Box<dyn Tracker> {
            Box::new(Faulty)
        }
    }

    impl Tracker for Faulty {
        fn reacts(&self) -> Reacts {
            Reacts::Bookings
        }

        fn start(&self, _: &Facts) -> i64 {
            0
        }

        fn price_booking(&self, _: &Facts, _: &Draft, _: RunId, _: &crate::draft::Booking) -> i64 {
            0
        }

        fn boxed_clone(&self) -> Box<dyn Tracker> {
            Box::new(Faulty)
        }
    }

    #[test]
    fn a_fault_in_a_tracker_ends_with_70() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("problems/tutorial/problem.toml");
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let command = Solve {
            problem: path.clone(),
            output: Some(folder.path().join("plan.toml")),
            time: Duration::ZERO,
            steps: Some(1_000),
            schedule: None,
            seed: 1,
            threads: None,
            from: None,
        };
        let ends = |weight: Option<i64>, is_faulty: bool| {
            let mut problem = read::problem(&path).expect("the problem can be read");
            let (name, term) = ("faulty".to_owned(), Box::new(Faulty));
            let fault = Posed { name, summary: "", weight, mixes_by: None, looks_back: false, most: None, term };
            problem.terms.extend(is_faulty.then_some(fault));
            let never = AtomicBool::new(false);
            let options = Options { limit: Limit::Steps(1_000), stop: &never, ..Options::default() };
            let solution = solve(&problem, &options).expect("there is no plan to fit");
            let output = Output::new(command.output.as_deref(), std::iter::empty()).expect("it can be written");
            command.conclude(&problem, &solution, &output, Instant::now()).expect("it ends")
        };
        assert_eq!(ends(Some(1), false), Exit::Done);
        assert_eq!(ends(Some(1), true), Exit::Defect);
        assert_eq!(ends(None, true), Exit::Defect);
    }

    #[test]
    fn paths_are_quoted_where_a_shell_needs_it() {
        assert_eq!(shell(Path::new("problems/örebro.toml")), "problems/örebro.toml");
        assert_eq!(shell(Path::new("my plan's.toml")), r"'my plan'\''s.toml'");
    }
}
