//! The problem file of an invented municipality.

use std::fmt::Write;

use super::staff::iso_week;
use crate::calendar::{Calendar, Parity, Pattern, Period, Weekdays};
use crate::facts::{Consultant, Module, Room, Wave};

/// The contents of the file, in its order.
pub struct ProblemText<'a> {
    /// Comment lines for the top, without their `#`.
    pub heading: &'a [String],
    /// The programme's name.
    pub name: &'a str,
    /// Its calendar.
    pub calendar: &'a Calendar,
    /// Its modules; the gap of the first is the programme's.
    pub modules: &'a [Module],
    /// Rooms.
    pub rooms: &'a [Room],
    /// Consultants.
    pub consultants: &'a [Consultant],
    /// Waves.
    pub waves: &'a [Wave],
    /// The rules, as text for the file.
    pub rules: &'a str,
}

impl ProblemText<'_> {
    /// The text. All ids and names in it are plain words, so nothing needs escaping.
    pub fn write(&self) -> String {
        let mut out = String::new();
        for text in self.heading {
            line(&mut out, format!("# {text}"));
        }
        line(&mut out, "format = 1\n\n[programme]".to_owned());
        line(&mut out, format!("name = \"{}\"", self.name));
        line(&mut out, format!("start = {}\nend = {}", self.calendar.start, self.calendar.end));
        line(&mut out, "holidays = \"sweden\"".to_owned());
        if let Some(module) = self.modules.first() {
            let gap = [("min", Some(module.gap.min)), ("ideal", module.gap.ideal), ("max", module.gap.max)];
            line(&mut out, format!("gap = {}", limits(&gap)));
        }
        line(&mut out, format!("closed = {}", periods(&self.calendar.closed)));
        line(&mut out, format!("avoid = {}", periods(&self.calendar.avoid)));
        for module in self.modules {
            let sessions: Vec<&str> = module.sessions.iter().map(|kind| kind.name()).collect();
            line(&mut out, format!("\n[[module]]\nid = \"{}\"", module.id));
            if let Some(name) = &module.name {
                line(&mut out, format!("name = \"{name}\""));
            }
            line(
                &mut out,
                format!("sessions = {sessions:?}\nspan = {}\nconsultants = {}", module.span, module.consultants),
            );
        }
        for room in self.rooms {
            line(&mut out, format!("\n[[room]]\nid = \"{}\"\nseats = {}\ncost = {}", room.id, room.seats, room.cost));
            out.push_str(&pattern(&room.pattern, "closed"));
        }
        for consultant in self.consultants {
            let leads = self.modules.iter().zip(&consultant.leads).filter(|(_, leads)| **leads);
            let modules: Vec<&str> = leads.map(|(module, _)| module.id.as_str()).collect();
            let max = consultant.max_days;
            let limits = limits(&[("week", max.week), ("month", max.month), ("total", max.total)]);
            line(&mut out, format!("\n[[consultant]]\nid = \"{}\"\nmodules = {modules:?}", consultant.id));
            line(&mut out, format!("{}max_days = {limits}", pattern(&consultant.pattern, "unavailable")));
        }
        line(&mut out, "\n[roster]\nfile = \"managers.csv\"".to_owned());
        for wave in self.waves {
            line(&mut out, format!("\n[[wave]]\nid = \"{}\"\nmembers = \"{}\"", wave.id, wave.members.name()));
            line(
                &mut out,
                format!("cohorts = {}\nsize = {{ min = {}, max = {} }}", wave.cohorts.len(), wave.min, wave.max),
            );
            line(&mut out, format!("start = {{ from = {}, to = {} }}", wave.start.0, wave.start.1));
        }
        out.push_str(self.rules);
        out
    }
}

fn line(out: &mut String, text: String) {
    out.push_str(&text);
    out.push('\n');
}

/// The keys that say when a room or consultant is available; nothing if that is always.
fn pattern(pattern: &Pattern, closed: &str) -> String {
    let mut out = String::new();
    // Writing to a `String` cannot fail.
    if pattern.weekdays != Weekdays::WORKING {
        let _ = writeln!(out, "weekdays = {:?}", pattern.weekdays.names());
    }
    if let Some(weeks) = pattern.weeks {
        let _ = writeln!(out, "weeks = \"{}\"", if weeks == Parity::Even { "even" } else { "odd" });
    }
    if let Some(available) = &pattern.available {
        let _ = writeln!(out, "available = {}", periods(available));
    }
    if !pattern.closed.is_empty() {
        let _ = writeln!(out, "{closed} = {}", periods(&pattern.closed));
    }
    out
}

/// An inline table of the numbers that are given.
fn limits(numbers: &[(&str, Option<i64>)]) -> String {
    let there = numbers.iter().filter_map(|(key, number)| number.map(|number| format!("{key} = {number}")));
    format!("{{ {} }}", there.collect::<Vec<_>>().join(", "))
}

fn periods(periods: &[Period]) -> String {
    let each: Vec<String> = periods.iter().map(period).collect();
    if each.is_empty() { "[]".to_owned() } else { format!("[ {} ]", each.join(", ")) }
}

/// A period the way a problem file writes it.
fn period(period: &Period) -> String {
    let why = period.why.as_ref().map(|why| format!(", why = \"{why}\"")).unwrap_or_default();
    match iso_week(period) {
        Some(week) => format!("{{ week = \"{week}\"{why} }}"),
        None => format!("{{ from = {}, to = {}{why} }}", period.from, period.to),
    }
}
