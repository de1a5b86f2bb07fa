//! Shows the progress of a search: one line that is updated on a terminal, single lines at growing intervals
//! elsewhere.

use std::io::{self, IsTerminal};
use std::sync::Mutex;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::output::tell;
use crate::solve::Progress;

/// Without a terminal, the time between two lines doubles up to this (chosen).
const SLOWEST: Duration = Duration::from_secs(60);

/// Shows the progress of one search.
#[derive(Debug)]
pub(super) enum Watch {
    Live(ProgressBar),
    /// When the next line is due, and the time from it to the one after.
    Lines(Mutex<(Duration, Duration)>),
}

impl Watch {
    /// A live line if standard error is a terminal.
    pub fn new() -> Watch {
        if io::stderr().is_terminal() {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(100));
            Watch::Live(bar)
        } else {
            Watch::Lines(Mutex::new((Duration::ZERO, Duration::from_secs(1))))
        }
    }

    /// Takes in the latest progress.
    pub fn see(&self, progress: &Progress) {
        match self {
            Watch::Live(bar) => bar.set_message(sentence(progress)),
            Watch::Lines(due) => {
                let Ok(mut due) = due.lock() else { return };
                if progress.elapsed >= due.0 {
                    *due = (progress.elapsed + due.1, (due.1 * 2).min(SLOWEST));
                    tell(&format!("{}\n", sentence(progress)));
                }
            }
        }
    }

    /// Clears the live line.
    pub fn end(&self) {
        if let Watch::Live(bar) = self {
            bar.finish_and_clear();
        }
    }
}

fn sentence(progress: &Progress) -> String {
    let millis = progress.elapsed.as_millis().max(1);
    let rate = u128::from(progress.steps) * 1000 / millis;
    let since = progress.elapsed.saturating_sub(progress.improved);
    format!(
        "{}  {} steps, {} a second  hard {}  soft {}  improved {} ago",
        seconds(progress.elapsed),
        progress.steps,
        rate,
        progress.score.hard,
        progress.score.soft,
        seconds(since)
    )
}

/// A time in seconds with one decimal.
pub(super) fn seconds(time: Duration) -> String {
    let tenths = time.as_millis() / 100;
    format!("{}.{} s", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::{Progress, sentence};
    use crate::score::Score;
    use std::time::Duration;

    #[test]
    fn a_line_of_progress() {
        let progress = Progress {
            elapsed: Duration::from_millis(2_500),
            steps: 5_000_000,
            score: Score { hard: 0, soft: 812 },
            improved: Duration::from_millis(1_200),
        };
        assert_eq!(sentence(&progress), "2.5 s  5000000 steps, 2000000 a second  hard 0  soft 812  improved 1.3 s ago");
    }
}
