//! The journal: every accepted command and every change made by the clock, as lines of text; and replay.

use std::sync::Arc;

use super::Match;
use crate::bank::Bank;

/// What a journal's first line tells without replaying it.
#[derive(Debug, Clone)]
pub struct Summary {
    /// The embedded bank.
    pub bank: Arc<Bank>,
    /// Questions closed so far, and in all.
    pub question: (u32, u32),
    /// The first player's points.
    pub points: u32,
    /// Whether the match has finished.
    pub finished: bool,
}

/// A match rebuilt from its journal.
pub struct Replayed {
    /// Paused with [`super::PauseReason::Restarted`] if it was in a timed stage.
    pub game: Match,
    /// Bytes of the journal that hold whole records: cut the file here before appending.
    pub whole_bytes: usize,
    /// Whether something after that was torn.
    pub torn: bool,
}

/// Why a journal cannot be replayed. The file should be kept aside and the player told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// Not a journal, or its header is damaged.
    NotAJournal,
    /// Written by a newer version.
    Newer,
    /// A record in the middle is damaged or contradicts the ones before it.
    Damaged {
        /// Its number.
        record: u64,
    },
}

/// Rebuilds a match to the point.
///
/// # Errors
/// See [`Unreadable`]. A torn *last* line is no error.
pub fn replay(_bytes: &[u8]) -> Result<Replayed, Unreadable> {
    unimplemented!()
}

/// Summarises a match for "Continue where you left off".
#[must_use]
pub fn summary(_replayed: &Replayed) -> Summary {
    unimplemented!()
}
