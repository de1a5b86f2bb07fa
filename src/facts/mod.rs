//! The facts of a problem, compiled once: what there is, never what it costs.

mod fixed;
mod slots;
mod values;

pub use fixed::{Fixed, FixedRun, Pin};
pub use slots::{BitRows, SlotBits, Slots, half_mask};
pub use values::Values;

use chrono::NaiveDate;

use crate::calendar::{Calendar, Closed, Part, Pattern, Period};
use crate::ids::{AttributeId, CohortId, ConsultantId, GroupId, ManagerId, ModuleId, RoomId, RunId, WaveId};
use crate::plan::Plan;

/// A participant.
#[derive(Clone, Debug)]
pub struct Manager {
    /// As in the roster.
    pub id: String,
    /// A name for people.
    pub name: Option<String>,
    /// Only permanently employed managers take part.
    pub permanent: bool,
    /// The leadership group, if the manager is in one.
    pub group: Option<GroupId>,
    /// The manager's own superior.
    pub superior: Option<ManagerId>,
    /// When the manager cannot attend.
    pub unavailable: Vec<Period>,
    /// Waves the manager would rather be in.
    pub prefers: Vec<WaveId>,
    /// Cannot attend before this date.
    pub from: Option<NaiveDate>,
    /// Cannot attend after this date.
    pub until: Option<NaiveDate>,
    /// For each attribute of [`Facts::attributes`], the value's number, if the manager has one.
    pub values: Vec<Option<u32>>,
}

impl Manager {
    /// Whether the manager is unavailable in this half (0 morning, 1 afternoon) of this date.
    pub fn is_absent(&self, date: NaiveDate, half: usize) -> bool {
        self.absence(date, half).is_some()
    }

    /// Why the manager is unavailable in this half of this date, if so.
    pub fn absence(&self, date: NaiveDate, half: usize) -> Option<Closed<'_>> {
        let before = self.from.filter(|&from| date < from).map(Closed::Before);
        let after = || self.until.filter(|&until| date > until).map(Closed::After);
        let period = || self.unavailable.iter().find(|period| period.covers(date, half)).map(Closed::Period);
        before.or_else(after).or_else(period)
    }
}

/// The managers who lead one department together; never split.
#[derive(Clone, Debug)]
pub struct Group {
    /// As in the roster.
    pub id: String,
    /// Its eligible (permanent) members.
    pub members: Vec<ManagerId>,
}

/// A key of the roster that the problem gives no meaning of its own.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// The key or column.
    pub name: String,
    /// The values that occur, in the order of their first manager.
    pub values: Vec<String>,
}

/// What a module asks of a session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SessionKind {
    /// Both slots of a date.
    Full,
    /// The morning.
    Am,
    /// The afternoon.
    Pm,
    /// Either half, the engine's choice.
    Half,
}

impl SessionKind {
    /// The parts that will do.
    pub fn parts(self) -> &'static [Part] {
        match self {
            SessionKind::Full => &[Part::Full],
            SessionKind::Am => &[Part::Am],
            SessionKind::Pm => &[Part::Pm],
            SessionKind::Half => &[Part::Am, Part::Pm],
        }
    }

    /// As written in a file.
    pub fn name(self) -> &'static str {
        match self {
            SessionKind::Full => "full",
            SessionKind::Am => "am",
            SessionKind::Pm => "pm",
            SessionKind::Half => "half",
        }
    }
}

/// Calendar days between two modules in a row: first date of the later minus last date of the earlier.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gap {
    /// At least this many days.
    pub min: i64,
    /// What the rule `gap` aims at.
    pub ideal: Option<i64>,
    /// At most this many days.
    pub max: Option<i64>,
}

/// A part of the programme.
#[derive(Clone, Debug)]
pub struct Module {
    /// As in the problem file.
    pub id: String,
    /// A name for people.
    pub name: Option<String>,
    /// The meetings, in order.
    pub sessions: Vec<SessionKind>,
    /// All sessions lie within this many calendar days.
    pub span: i64,
    /// Size of the team.
    pub consultants: usize,
    /// The gap before this module (without meaning for the first).
    pub gap: Gap,
}

/// A place to meet.
#[derive(Clone, Debug)]
pub struct Room {
    /// As in the problem file.
    pub id: String,
    /// A name for people.
    pub name: Option<String>,
    /// How many managers it seats.
    pub seats: usize,
    /// When it is open.
    pub pattern: Pattern,
    /// Price of each slot used, for the rule `room_cost`.
    pub cost: i64,
}

/// Limits on the dates with work, each optional.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct MaxDays {
    /// Per ISO week.
    pub week: Option<i64>,
    /// Per calendar month.
    pub month: Option<i64>,
    /// In all.
    pub total: Option<i64>,
}

/// Someone who leads sessions.
#[derive(Clone, Debug)]
pub struct Consultant {
    /// As in the problem file.
    pub id: String,
    /// A name for people.
    pub name: Option<String>,
    /// For each module, whether the consultant can lead it.
    pub leads: Vec<bool>,
    /// When the consultant can be had.
    pub pattern: Pattern,
    /// How much work is allowed.
    pub max_days: MaxDays,
}

/// Whom a wave takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Members {
    /// Managers with a leadership group.
    Leadership,
    /// Managers without one.
    Others,
    /// Everyone.
    All,
}

impl Members {
    /// As written in a file.
    pub fn name(self) -> &'static str {
        match self {
            Members::Leadership => "leadership",
            Members::Others => "others",
            Members::All => "all",
        }
    }

    /// For people.
    pub fn people(self) -> &'static str {
        match self {
            Members::Leadership => "managers with a leadership group",
            Members::Others => "managers without a leadership group",
            Members::All => "permanent managers",
        }
    }
}

/// An ordered batch of cohorts with a start window.
#[derive(Clone, Debug)]
pub struct Wave {
    /// As in the problem file.
    pub id: String,
    /// Whom it takes.
    pub members: Members,
    /// Its cohorts, a stretch of [`Facts::cohorts`].
    pub cohorts: Vec<CohortId>,
    /// Fewest members of a cohort.
    pub min: usize,
    /// Most members of a cohort.
    pub max: usize,
    /// First and last date for a cohort's first session.
    pub start: (NaiveDate, NaiveDate),
}

/// A fixed set of managers who go through the programme together.
#[derive(Clone, Debug)]
pub struct Cohort {
    /// Wave id, a dash, 1…n in that wave.
    pub id: String,
    /// Its wave.
    pub wave: WaveId,
}

/// Everything the files say is there.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The programme's name.
    pub name: String,
    /// Its calendar. A problem without modules may have one that is never looked at.
    pub calendar: Calendar,
    /// In the order in which every cohort takes them.
    pub modules: Vec<Module>,
    /// In the order of their ids.
    pub rooms: Vec<Room>,
    /// In the order of their ids.
    pub consultants: Vec<Consultant>,
    /// In the order of their names.
    pub attributes: Vec<Attribute>,
    /// In the order of their ids, eligible or not.
    pub managers: Vec<Manager>,
    /// The leadership groups, in the order of their first manager.
    pub groups: Vec<Group>,
    /// Earlier waves first.
    pub waves: Vec<Wave>,
    /// In wave order.
    pub cohorts: Vec<Cohort>,
    /// What the planner fixed.
    pub pins: Vec<Pin>,
    /// With an earlier plan: runs with a session on or before this date are fixed.
    pub frozen_until: Option<NaiveDate>,
    /// The plan that `frozen_until` and the rule `stability` look back to.
    pub earlier: Option<Plan>,
    /// What pins and the frozen past leave no choice about; see [`Facts::compile`].
    pub fixed: Fixed,
    /// Who and what is free when, as bits; see [`Facts::compile`].
    pub slots: Slots,
    /// Who has which value, as a table; see [`Facts::compile`].
    pub values: Values,
}

impl Facts {
    /// Computes what follows from the rest (`fixed`, `slots` and `values`); to be called when anything else has changed.
    pub fn compile(&mut self) {
        self.fixed = Fixed::compile(self);
        self.slots = Slots::compile(self);
        self.values = Values::compile(self.attributes.len(), &self.managers);
    }

    /// The wave of a cohort.
    pub fn wave_of(&self, cohort: CohortId) -> &Wave {
        &self.waves[self.cohorts[cohort.index()].wave.index()]
    }

    /// Whether the wave takes the manager: permanent, and with or without a leadership group as the wave asks.
    pub fn takes(&self, wave: WaveId, manager: ManagerId) -> bool {
        let manager = &self.managers[manager.index()];
        manager.permanent
            && match self.waves[wave.index()].members {
                Members::Leadership => manager.group.is_some(),
                Members::Others => manager.group.is_none(),
                Members::All => true,
            }
    }

    /// The managers who take part.
    pub fn eligible(&self) -> impl Iterator<Item = ManagerId> {
        (0..self.managers.len()).filter(|&index| self.managers[index].permanent).map(ManagerId::new)
    }

    /// The run in which the cohort takes the module.
    #[inline]
    pub fn run(&self, cohort: CohortId, module: ModuleId) -> RunId {
        RunId::new(cohort.index() * self.modules.len() + module.index())
    }

    /// How many runs a plan has.
    pub fn run_count(&self) -> usize {
        self.cohorts.len() * self.modules.len()
    }

    /// The cohort of a run.
    #[inline]
    pub fn cohort_of(&self, run: RunId) -> CohortId {
        CohortId::new(run.index() / self.modules.len())
    }

    /// The module of a run.
    #[inline]
    pub fn module_of(&self, run: RunId) -> ModuleId {
        ModuleId::new(run.index() % self.modules.len())
    }

    /// The manager's value of the attribute as a number, if the manager has one.
    #[inline]
    pub fn value(&self, manager: ManagerId, attribute: AttributeId) -> Option<u32> {
        self.values.get(manager, attribute)
    }

    /// The room with this id in the problem file.
    pub fn room_named(&self, id: &str) -> Option<RoomId> {
        self.rooms.iter().position(|room| room.id == id).map(RoomId::new)
    }

    /// The consultant with this id in the problem file.
    pub fn consultant_named(&self, id: &str) -> Option<ConsultantId> {
        self.consultants.iter().position(|consultant| consultant.id == id).map(ConsultantId::new)
    }
}
