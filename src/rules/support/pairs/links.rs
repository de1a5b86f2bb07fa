//! The pairs of each manager, as an adjacency list.

use crate::ids::ManagerId;

/// For each manager, the others with whom there is an amount.
#[derive(Clone, Debug)]
pub struct Links {
    starts: Vec<u32>,
    ends: Vec<(ManagerId, i64)>,
}

impl Links {
    /// The links of these pairs.
    pub fn new(managers: usize, pairs: &[(ManagerId, ManagerId, i64)]) -> Links {
        let mut starts = vec![0; managers + 1];
        for (a, b, _) in pairs {
            starts[a.index() + 1] += 1;
            starts[b.index() + 1] += 1;
        }
        for index in 0..managers {
            starts[index + 1] += starts[index];
        }
        let mut next = starts.clone();
        let mut ends = vec![(ManagerId(0), 0); 2 * pairs.len()];
        for &(a, b, amount) in pairs {
            for (from, to) in [(a, b), (b, a)] {
                ends[next[from.index()] as usize] = (to, amount);
                next[from.index()] += 1;
            }
        }
        Links { starts, ends }
    }

    /// The others with whom the manager has an amount.
    #[inline]
    pub fn of(&self, manager: ManagerId) -> &[(ManagerId, i64)] {
        &self.ends[self.starts[manager.index()] as usize..self.starts[manager.index() + 1] as usize]
    }

    /// No amount of one manager to any set of others is greater than this, or less than its opposite.
    pub fn greatest(&self) -> i64 {
        let all = |range: &[u32]| {
            let ends = &self.ends[range[0] as usize..range[1] as usize];
            ends.iter().fold(0_i64, |sum, (_, amount)| sum.saturating_add(amount.saturating_abs()))
        };
        self.starts.windows(2).map(all).max().unwrap_or(0)
    }
}
