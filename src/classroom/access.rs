//! Who may ask for what: the one table. Uses the protocol alone.

use super::protocol::{Order, Role, ToServer};

/// What a message needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// To come in: only for a socket that has not.
    Enter,
    /// To answer.
    Play,
    /// To go on, pause, skip, reveal, vote again, lock, kick, end.
    Lead,
    /// Everything else that changes a class.
    Govern,
}

/// What a message needs.
#[must_use]
pub const fn needs(message: &ToServer) -> Right {
    match message {
        ToServer::Knock { .. } | ToServer::Join { .. } | ToServer::Back { .. } => Right::Enter,
        ToServer::Answer { .. } | ToServer::Sure { .. } | ToServer::Shown { .. } => Right::Play,
        ToServer::Order { order } => match order {
            Order::Next
            | Order::Reveal
            | Order::Skip
            | Order::Close
            | Order::Revote
            | Order::Pause
            | Order::Resume
            | Order::Lock
            | Order::Unlock
            | Order::Kick { .. }
            | Order::End => Right::Lead,
            Order::Rename { .. }
            | Order::Extra { .. }
            | Order::Void { .. }
            | Order::Correct { .. }
            | Order::Undo
            | Order::Rematch
            | Order::NewRemote
            | Order::RevokeRemote => Right::Govern,
        },
    }
}

/// Whether a role has a right; `None` is a socket that has not said who it is.
#[must_use]
pub const fn has(role: Option<Role>, right: Right) -> bool {
    matches!(
        (role, right),
        (None, Right::Enter)
            | (Some(Role::Player), Right::Play)
            | (Some(Role::Remote), Right::Lead)
            | (Some(Role::Host), Right::Lead | Right::Govern)
    )
}

/// Whether this message may come from this role.
#[must_use]
pub const fn may(role: Option<Role>, message: &ToServer) -> bool {
    has(role, needs(message))
}
