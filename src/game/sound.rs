//! Short effects, made for this game, and never the only signal of anything.
//!
//! A screen writes an [`Effect`]; how loud it is, and whether there is a device at all, is nobody else's business.

use bevy::prelude::*;

/// What just happened, for the ear: `effects.write(Effect::Right)`.
#[derive(Message, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// A control was pressed, or an answer was taken.
    Press,
    /// The answer was right.
    Right,
    /// Part of it was.
    Partly,
    /// It was not.
    Wrong,
    /// Time runs out: half, ten and five seconds left.
    Time,
    /// A seat of a ring fills.
    Seat,
    /// The match is over.
    Finished,
}

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Effect>();
}
