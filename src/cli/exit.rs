//! The exit codes.

use std::process::ExitCode;

use crate::score::Score;
use crate::solve::Status;

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// Done; where there is a plan, it is valid.
    Done,
    /// The plan breaks something, or a bench is worse than before.
    Breaches,
    /// The files or the options are wrong, or a file cannot be written.
    Unusable,
    /// No valid plan was found within the limit; the best plan is written. For a bench: no seed gave a valid plan for
    /// some problem.
    NotFound,
    /// It was proved that there is no valid plan.
    Impossible,
    /// Stopped by a signal; a valid plan was written, or for a bench the figures so far.
    Stopped,
    /// The search and the checker disagree about the score: a defect of this program.
    Defect,
}

impl Exit {
    /// The exit code of the process.
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Breaches => 1,
            Exit::Unusable => 2,
            Exit::NotFound => 3,
            Exit::Impossible => 4,
            Exit::Stopped => 5,
            Exit::Defect => 70,
        }
    }

    /// The exit of a search whose best plan has this score.
    pub fn of_search(status: &Status, score: Score) -> Exit {
        match (status, score.is_valid()) {
            (Status::Impossible(_), _) => Exit::Impossible,
            (_, false) => Exit::NotFound,
            (Status::Done, true) => Exit::Done,
            (Status::Stopped, true) => Exit::Stopped,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::Exit;
    use crate::score::Score;
    use crate::solve::Status;

    #[test]
    fn how_a_search_ends_depends_on_the_plan_first() {
        let (valid, broken) = (Score { hard: 0, soft: 9 }, Score { hard: 1, soft: 0 });
        assert_eq!(Exit::of_search(&Status::Done, valid), Exit::Done);
        assert_eq!(Exit::of_search(&Status::Stopped, valid), Exit::Stopped);
        assert_eq!(Exit::of_search(&Status::Stopped, broken), Exit::NotFound);
        assert_eq!(Exit::of_search(&Status::Done, broken), Exit::NotFound);
        assert_eq!(Exit::of_search(&Status::Impossible(Vec::new()), broken), Exit::Impossible);
    }
}
