//! The command line: one file per command.

mod bench;
mod bench_search;
mod check;
mod complaint;
mod distance;
mod exit;
mod files;
mod generate;
mod output;
mod progress;
mod signal;
mod solve;
mod values;

pub use exit::Exit;

use std::ffi::OsString;

use clap::{Parser, Subcommand};

/// The meaning of the exit codes, for the help of all commands.
const EXIT_CODES: &str = "\
Exit codes:
  0  done; the plan is valid
  1  the plan breaks something, or the bench is worse than before
  2  the files or the options are wrong, or a file cannot be written
  3  no valid plan was found within the limit (the best one is written); of a bench, for some problem in no seed
  4  it was proved that there is no valid plan
  5  stopped by a signal; a valid plan is written, or what was measured is told
 70  a defect of kohort: search and checker disagree about the score
A second Ctrl-C ends the program at once, with 130 (143 for SIGTERM).";

/// Forms the cohorts of a manager programme and schedules every meeting.
#[derive(Parser, Debug)]
#[command(name = "kohort", version, max_term_width = 100, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Solve(solve::Solve),
    Check(check::Check),
    Generate(generate::Generate),
    Bench(bench::Bench),
    #[command(name = bench_search::NAME, hide = true)]
    Search(bench_search::Search),
}

/// Runs the command that the arguments name. The first argument is the name of the program.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Exit {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // If nobody reads standard error, nothing can be reported.
            let _ = error.print();
            return if error.use_stderr() { Exit::Unusable } else { Exit::Done };
        }
    };
    let ended = match &cli.command {
        Command::Solve(solve) => solve.run(),
        Command::Check(check) => check.run(),
        Command::Generate(generate) => generate.run(),
        Command::Bench(bench) => bench.run(),
        Command::Search(search) => search.run(),
    };
    ended.unwrap_or_else(|complaint| {
        output::tell(&complaint.0);
        Exit::Unusable
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_well_declared() {
        super::Cli::command().debug_assert();
    }
}
