//! One change of a draft.

use smallvec::SmallVec;

use crate::draft::{Booking, Exchange};
use crate::ids::{CohortId, ManagerId, RunId};

/// One change of a draft.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Edit {
    /// Managers change seats, all at once; every cohort stands at most once.
    Seats(SmallVec<[Exchange; 3]>),
    /// A run is booked anew.
    Book(RunId, Booking),
}

impl Edit {
    /// Two managers exchange their seats.
    pub fn swap(exchanges: [Exchange; 2]) -> Edit {
        Edit::Seats(exchanges.into_iter().collect())
    }

    /// A manager goes from one cohort to another; `None` is no cohort at all.
    pub fn seat(manager: ManagerId, from: Option<CohortId>, to: Option<CohortId>) -> Edit {
        let out = from.map(|cohort| Exchange { cohort, out: Some(manager), into: None });
        let into = to.map(|cohort| Exchange { cohort, out: None, into: Some(manager) });
        Edit::Seats(out.into_iter().chain(into).collect())
    }
}

/// Whether managers of different cohorts exchange seats. Where in each cohort one comes and one goes, those who go are
/// those who come.
#[inline]
pub fn is_swap(exchanges: &[Exchange]) -> bool {
    exchanges.iter().all(|exchange| exchange.out.is_some() && exchange.into.is_some())
}
