//! Where the session reads the time: from the system, or from a test's hand.

use bevy::prelude::Resource;

use crate::platform::Times;

/// The session's source of time.
#[derive(Resource, Debug, Clone, Copy, Default)]
pub enum Clock {
    /// The system's clocks.
    #[default]
    System,
    /// Clocks that stand still until they are set.
    Manual(Times),
}

impl Clock {
    /// Now.
    #[must_use]
    pub fn now(&self) -> Times {
        match self {
            Self::System => Times::now(),
            Self::Manual(times) => *times,
        }
    }
}
