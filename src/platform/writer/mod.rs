//! The journal's writer: lines in, `durable(n)` out, while the window draws. Uses std alone; its web half the page.

#[cfg(not(target_family = "wasm"))]
mod native;
#[cfg(target_family = "wasm")]
mod web;

use std::fmt;
use std::io;
use std::time::Duration;

#[cfg(not(target_family = "wasm"))]
pub use native::JournalWriter;
#[cfg(target_family = "wasm")]
pub use web::JournalWriter;

use super::trouble::Trouble;

/// Why lines are not on disk. They stay in memory, in order, and are tried again. `Display` is a whole sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteError {
    /// No space left.
    Full,
    /// The disk has become read-only.
    ReadOnly,
    /// Not allowed (any more).
    Denied,
    /// Not done within [`JournalWriter::flush`]'s time.
    Slow,
    /// The writer's thread has ended: nothing more will be written.
    Stopped,
    /// Anything else, as a sentence.
    Other(String),
}

impl From<&io::Error> for WriteError {
    fn from(error: &io::Error) -> Self {
        match Trouble::from(error) {
            Trouble::Full => Self::Full,
            Trouble::ReadOnly => Self::ReadOnly,
            Trouble::Denied => Self::Denied,
            other => Self::Other(other.to_string()),
        }
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full => "The disk is full.",
            Self::ReadOnly => "The disk is read-only.",
            Self::Denied => "You are not allowed to write here.",
            Self::Slow => "The disk does not answer.",
            Self::Stopped => "Saving has stopped.",
            Self::Other(sentence) => sentence,
        })
    }
}

impl std::error::Error for WriteError {}

/// How soon a failed write is tried again by itself: after `first`, then twice as long each time, up to `longest`. A new line is a
/// reason to try at once.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// The first wait.
    pub first: Duration,
    /// The longest wait.
    pub longest: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { first: Duration::from_secs(1), longest: Duration::from_secs(30) }
    }
}
