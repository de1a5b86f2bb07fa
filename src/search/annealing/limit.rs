//! When a search ends.

use std::time::Duration;

/// How long to search.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    /// Wall-clock time from the call.
    Time(Duration),
    /// Work: the number of candidates, over all islands.
    Steps(u64),
}
