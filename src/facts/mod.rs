//! The facts of a problem, compiled once: managers, rooms, consultants, waves, modules and dates. They say what
//! exists; what anything costs is for the terms to say.

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
    /// The id in the roster.
    pub id: String,
    /// The name shown to people.
    pub name: Option<String>,
    /// Whether the manager is permanently employed; only those take part.
    pub permanent: bool,
    /// The leadership group, if the manager is in one.
    pub group: Option<GroupId>,
    /// The manager's direct superior.
    pub superior: Option<ManagerId>,
    /// When the manager cannot attend.
    pub unavailable: Vec<Period>,
    /// The waves that the manager would rather be in.
    pub prefers: Vec<WaveId>,
    /// The manager cannot attend before this date.
    pub from: Option<NaiveDate>,
    /// The manager cannot attend after this date.
    pub until: Option<NaiveDate>,
    /// For each attribute of [`Facts::attributes`], the manager's value as an index into [`Attribute::values`], if
    /// there is one.
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
    /// The id in the roster.
    pub id: String,
    /// Its eligible (permanent) members.
    pub members: Vec<ManagerId>,
}

/// A property of managers that has a meaning only for the rules that name it, such as the department.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// The key or the column in the roster.
    pub name: String,
    /// The values that occur, in the order of the first manager who has each.
    pub values: Vec<String>,
}

/// The part of a date that a module asks for in one of its sessions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SessionKind {
    /// Both slots of a date.
    Full,
    /// The morning.
    Am,
    /// The afternoon.
    Pm,
    /// A half of a date; the engine chooses morning or afternoon.
    Half,
}

impl SessionKind {
    /// The parts of a date that fit.
    pub fn parts(self) -> &'static [Part] {
        match self {
            SessionKind::Full => &[Part::Full],
            SessionKind::Am => &[Part::Am],
            SessionKind::Pm => &[Part::Pm],
            SessionKind::Half => &[Part::Am, Part::Pm],
        }
    }

    /// The name in a problem file.
    pub fn name(self) -> &'static str {
        match self {
            SessionKind::Full => "full",
            SessionKind::Am => "am",
            SessionKind::Pm => "pm",
            SessionKind::Half => "half",
        }
    }
}

/// Limits on the calendar days between two modules in a row: first date of the later minus last date of the earlier.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Gap {
    /// The fewest days.
    pub min: i64,
    /// The number of days that the rule `gap` aims at.
    pub ideal: Option<i64>,
    /// The most days.
    pub max: Option<i64>,
}

/// A module: a part of the programme that every cohort goes through.
#[derive(Clone, Debug)]
pub struct Module {
    /// The id in the problem file.
    pub id: String,
    /// The name shown to people.
    pub name: Option<String>,
    /// Its sessions, in order.
    pub sessions: Vec<SessionKind>,
    /// The calendar days within which all its sessions lie, the first and the last included.
    pub span: i64,
    /// How many consultants lead it together.
    pub consultants: usize,
    /// The gap before this module; not used for the first.
    pub gap: Gap,
}

/// A room in which cohorts meet.
#[derive(Clone, Debug)]
pub struct Room {
    /// The id in the problem file.
    pub id: String,
    /// The name shown to people.
    pub name: Option<String>,
    /// How many managers it seats.
    pub seats: usize,
    /// When it is open.
    pub pattern: Pattern,
    /// The amount of the rule `room_cost` for each slot used.
    pub cost: i64,
}

/// The most dates of work that a consultant takes on; `None` is no limit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct MaxDays {
    /// Per ISO week.
    pub week: Option<i64>,
    /// Per calendar month.
    pub month: Option<i64>,
    /// In all.
    pub total: Option<i64>,
}

/// A consultant: leads sessions.
#[derive(Clone, Debug)]
pub struct Consultant {
    /// The id in the problem file.
    pub id: String,
    /// The name shown to people.
    pub name: Option<String>,
    /// For each module, whether the consultant can lead it.
    pub leads: Vec<bool>,
    /// When the consultant is available.
    pub pattern: Pattern,
    /// The most dates of work.
    pub max_days: MaxDays,
}

/// Which managers a wave takes.
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
    /// The name in a problem file.
    pub fn name(self) -> &'static str {
        match self {
            Members::Leadership => "leadership",
            Members::Others => "others",
            Members::All => "all",
        }
    }

    /// The managers meant, as messages name them.
    pub fn people(self) -> &'static str {
        match self {
            Members::Leadership => "managers with a leadership group",
            Members::Others => "managers without a leadership group",
            Members::All => "permanent managers",
        }
    }
}

/// A wave: an ordered batch of cohorts with a start window.
#[derive(Clone, Debug)]
pub struct Wave {
    /// The id in the problem file.
    pub id: String,
    /// Which managers it takes.
    pub members: Members,
    /// Its cohorts, which are neighbours in [`Facts::cohorts`].
    pub cohorts: Vec<CohortId>,
    /// The fewest members of a cohort.
    pub min: usize,
    /// The most members of a cohort.
    pub max: usize,
    /// The first and the last date on which a cohort may start.
    pub start: (NaiveDate, NaiveDate),
}

/// A fixed set of managers who go through the programme together.
#[derive(Clone, Debug)]
pub struct Cohort {
    /// The wave's id, a dash, and the number in that wave from 1.
    pub id: String,
    /// The wave that it belongs to.
    pub wave: WaveId,
}

/// The facts of a problem.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The programme's name.
    pub name: String,
    /// Its calendar. Without modules nothing reads it, and it may hold any dates.
    pub calendar: Calendar,
    /// In the order in which every cohort takes them.
    pub modules: Vec<Module>,
    /// In the order of their ids.
    pub rooms: Vec<Room>,
    /// In the order of their ids.
    pub consultants: Vec<Consultant>,
    /// In the order of their names.
    pub attributes: Vec<Attribute>,
    /// In the order of their ids; those who take no part are among them.
    pub managers: Vec<Manager>,
    /// The leadership groups, in the order of their first manager.
    pub groups: Vec<Group>,
    /// In the order in which they start.
    pub waves: Vec<Wave>,
    /// In the order of their waves.
    pub cohorts: Vec<Cohort>,
    /// The `[[pin]]` tables: what the planner fixed.
    pub pins: Vec<Pin>,
    /// Together with `earlier`: runs with a session on or before this date must not change.
    pub frozen_until: Option<NaiveDate>,
    /// The plan to which `frozen_until` and the rule `stability` look back.
    pub earlier: Option<Plan>,
    /// What pins and the frozen past fix, by manager and by run; set by [`Facts::compile`].
    pub fixed: Fixed,
    /// When managers, rooms and consultants are free, as bits; set by [`Facts::compile`].
    pub slots: Slots,
    /// The managers' values of the attributes as a table; set by [`Facts::compile`].
    pub values: Values,
}

impl Facts {
    /// Computes `fixed`, `slots` and `values` from the other fields. Call it after any other field has changed.
    pub fn compile(&mut self) {
        self.fixed = Fixed::compile(self);
        self.slots = Slots::compile(self);
        self.values = Values::compile(self.attributes.len(), &self.managers);
    }

    /// The wave of a cohort.
    pub fn wave_of(&self, cohort: CohortId) -> &Wave {
        &self.waves[self.cohorts[cohort.index()].wave.index()]
    }

    /// Whether the wave takes the manager: a permanent one, with or without a leadership group as the wave asks.
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

    /// The manager's value of the attribute as an index into [`Attribute::values`], if there is one.
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
