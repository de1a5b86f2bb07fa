//! A problem: its facts, and the terms that every plan is measured by.

use std::fmt;

use crate::builtin;
use crate::diag::Diagnostics;
use crate::facts::Facts;
use crate::ids::{CohortId, ConsultantId, ManagerId, ModuleId, RoomId};
use crate::plan::{CohortPlan, Plan};
use crate::term::Posed;
use crate::words::count;

/// Why a plan cannot be one of a problem.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Misfit {
    /// It has another number of cohorts.
    Cohorts {
        /// Cohorts of the plan.
        plan: usize,
        /// Cohorts of the problem.
        problem: usize,
    },
    /// In this cohort it names a manager, a room or a consultant that the problem does not have, or has other runs or sessions.
    Cohort(String),
    /// This cohort lacks runs.
    Unfinished(String),
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Misfit::Cohorts { plan, problem } => {
                write!(f, "the plan has {}, the problem {problem}", count(*plan as i64, "cohort"))
            }
            Misfit::Cohort(id) => write!(f, "in cohort “{id}” the plan is one of another problem"),
            Misfit::Unfinished(id) => write!(f, "in cohort “{id}” the plan lacks runs"),
        }
    }
}

impl std::error::Error for Misfit {}

/// A problem: what exists and what it costs, as [`read`](mod@crate::read) makes it of files. It is shared by reference and
/// does not change during a search.
#[derive(Debug)]
pub struct Problem {
    /// The facts, compiled.
    #[doc(hidden)]
    pub facts: Facts,
    /// The built-in terms, then the rules in the order of the file.
    #[doc(hidden)]
    pub terms: Vec<Posed>,
    /// The files it was read from, with what is worth a look in them.
    pub warnings: Diagnostics,
}

impl Problem {
    /// The id of a manager, as in the roster.
    pub fn manager(&self, id: ManagerId) -> &str {
        &self.facts.managers[id.index()].id
    }

    /// The id of a cohort, as plans name it.
    pub fn cohort(&self, id: CohortId) -> &str {
        &self.facts.cohorts[id.index()].id
    }

    /// The id of a module, as in the problem file.
    pub fn module(&self, id: ModuleId) -> &str {
        &self.facts.modules[id.index()].id
    }

    /// The id of a room, as in the problem file.
    pub fn room(&self, id: RoomId) -> &str {
        &self.facts.rooms[id.index()].id
    }

    /// The id of a consultant, as in the problem file.
    pub fn consultant(&self, id: ConsultantId) -> &str {
        &self.facts.consultants[id.index()].id
    }

    /// The problem with these facts and rules; compiles the facts and puts the built-in terms in front.
    pub(crate) fn new(mut facts: Facts, rules: Vec<Posed>) -> Problem {
        facts.compile();
        let mut terms = builtin::terms();
        terms.extend(rules);
        Problem { facts, terms, warnings: Diagnostics::default() }
    }

    /// Whether the plan has the cohorts of this problem and names only what the problem has; runs may be missing in a cohort.
    ///
    /// # Errors
    /// When it does not: it is a plan of another problem.
    pub fn fits(&self, plan: &Plan) -> Result<(), Misfit> {
        let Facts { cohorts, managers, modules, rooms, consultants, .. } = &self.facts;
        if plan.cohorts.len() != cohorts.len() {
            return Err(Misfit::Cohorts { plan: plan.cohorts.len(), problem: cohorts.len() });
        }
        let fits = |(index, planned): (usize, &CohortPlan)| {
            let named = |room: RoomId, team: &[ConsultantId]| {
                room.index() < rooms.len() && team.iter().all(|consultant| consultant.index() < consultants.len())
            };
            let runs = planned.runs.iter().zip(modules);
            let are_runs_good = runs
                .into_iter()
                .all(|(run, module)| run.sessions.len() == module.sessions.len() && named(run.room, &run.team));
            let is_good = planned.members.iter().all(|manager| manager.index() < managers.len())
                && [0, modules.len()].contains(&planned.runs.len())
                && are_runs_good;
            if is_good { Ok(()) } else { Err(Misfit::Cohort(self.facts.cohorts[index].id.clone())) }
        };
        plan.cohorts.iter().enumerate().try_for_each(fits)
    }

    /// Whether every cohort of a plan that fits has a run of each module.
    pub fn is_whole(&self, plan: &Plan) -> bool {
        plan.cohorts.iter().all(|cohort| cohort.runs.len() == self.facts.modules.len())
    }

    /// Sets the earlier plan that `frozen_until` and the rule `stability` look back to.
    pub fn set_earlier(&mut self, plan: Plan) {
        self.facts.earlier = Some(plan);
        self.facts.compile();
    }
}
