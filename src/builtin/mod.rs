//! What every plan must obey (SPEC 4 and 6): hard and always on, one line each in [`terms`].

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
    let terms: Vec<(&str, Box<dyn Term>)> = vec![
        ("assigned", Box::new(membership::Assigned)),
        ("group", Box::new(group::Group)),
        ("size", Box::new(membership::Size)),
        ("open", Box::new(calendar::Open)),
        ("room_open", Box::new(calendar::RoomOpen)),
        ("room_clash", Box::new(clash::Clash { of: clash::Resource::Rooms })),
        ("seats", Box::new(membership::Seats)),
        ("order", Box::new(order::Order)),
        ("span", Box::new(order::Span)),
        ("between", Box::new(order::Between)),
        ("window", Box::new(waves::Window)),
        ("waves", Box::new(waves::Waves)),
        ("team", Box::new(team::Team)),
        ("consultant_open", Box::new(team::ConsultantOpen)),
        ("consultant_clash", Box::new(clash::Clash { of: clash::Resource::Consultants })),
        ("max_days", Box::new(work_days::MaxDays)),
        ("pin", Box::new(pin::Pinned)),
    ];
    let posed = |(name, term): (&str, Box<dyn Term>)| Posed { name: name.to_string(), weight: None, term };
    terms.into_iter().map(posed).collect()
}
