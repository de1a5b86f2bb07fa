//! The neighbourhoods: one file each, one line each in [`NEIGHBOURHOODS`]. A neighbourhood proposes edits and knows no
//! rule; what the edits cost is for the state to say.

mod cycle;
mod group;
mod neighbourhood;
mod regroup;
mod relocate;
mod replan;
mod reroom;
mod restaff;
mod retime;
mod seats;
mod shift;
mod swap;
mod trade;

pub use replan::replan_all;

pub use neighbourhood::{Context, Neighbourhood};

/// Every neighbourhood there is.
pub const NEIGHBOURHOODS: &[Neighbourhood] = &[
    swap::SWAP,
    relocate::RELOCATE,
    cycle::CYCLE,
    group::GROUP,
    retime::RETIME,
    reroom::REROOM,
    restaff::RESTAFF,
    shift::SHIFT,
    trade::TRADE,
    replan::REPLAN,
    regroup::REGROUP,
];
