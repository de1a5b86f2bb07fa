//! What every plan must obey: hard and always on, one line each in [`terms`].

mod calendar;
mod clash;
mod group;
mod membership;
mod order;
mod pin;
mod team;
mod waves;
mod work_days;

use crate::term::{Posed, Term};

/// The built-in terms, in the order of reports.
pub fn terms() -> Vec<Posed> {
    let terms: Vec<(&str, &'static str, Box<dyn Term>)> = vec![
        (
            "assigned",
            "managers missing, seated twice, or in a wave that does not take them",
            Box::new(membership::Assigned),
        ),
        ("group", "managers parted from their leadership group", Box::new(group::Group)),
        ("size", "managers too few or too many in a cohort", Box::new(membership::Size)),
        ("open", "sessions on a closed date or in a wrong part of the day", Box::new(calendar::Open)),
        ("room_open", "sessions in a room that is closed", Box::new(calendar::RoomOpen)),
        (
            "room_clash",
            "further uses of a room at the same time",
            Box::new(clash::Clash { of: clash::Resource::Rooms }),
        ),
        ("seats", "members without a seat", Box::new(membership::Seats)),
        ("order", "sessions in the wrong order", Box::new(order::Order)),
        ("span", "days by which a run lasts too long", Box::new(order::Span)),
        ("between", "days by which a gap between modules is too short or too long", Box::new(order::Between)),
        ("window", "days outside a start window", Box::new(waves::Window)),
        ("waves", "days by which a wave starts before an earlier one", Box::new(waves::Waves)),
        ("team", "consultants missing, too many, or unable to lead", Box::new(team::Team)),
        ("consultant_open", "sessions at which a consultant cannot be had", Box::new(team::ConsultantOpen)),
        (
            "consultant_clash",
            "further uses of a consultant at the same time",
            Box::new(clash::Clash { of: clash::Resource::Consultants }),
        ),
        ("max_days", "dates of work beyond a consultant's limit", Box::new(work_days::WorkDays)),
        ("pin", "pinned things that are otherwise", Box::new(pin::Pinned)),
    ];
    let posed = |(name, summary, term): (&str, &'static str, Box<dyn Term>)| Posed {
        name: name.to_string(),
        summary,
        weight: None,
        term,
    };
    terms.into_iter().map(posed).collect()
}
