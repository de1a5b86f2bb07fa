//! The command line of kohort: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    kohort::cli::run(std::env::args_os()).into()
}
