//! How much enumeration may do, by the effort that is asked for. The unit is a look: one timeline, or one pair of timelines,
//! tried.

/// Looks for each unit of effort. Chosen, so that a unit takes at most a fifth of a second.
const LOOKS: usize = 6_000_000;

/// Timelines that are listed for each unit of effort. Chosen.
const LISTED: usize = 6_000;

/// The most timelines that are listed in all: they take about 60 MB.
const MOST_LISTED: usize = 200_000;

/// The looks that this effort allows.
pub fn looks(effort: usize) -> usize {
    effort.saturating_mul(LOOKS)
}

/// The timelines that may be listed with this effort.
pub fn listed(effort: usize) -> usize {
    effort.saturating_mul(LISTED).min(MOST_LISTED)
}
