//! The match itself.

use std::sync::Arc;

use super::{Command, Reply, Seat, Settings, View};
use crate::bank::Bank;

/// An instant on the match's own monotonic clock, in milliseconds from its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
pub struct Stamp(pub u64);

/// One match: an ECS world of its own.
pub struct Match {}

impl Match {
    /// A new match in its lobby. `bank_text` is the file that `bank` was read from: the journal's header embeds it.
    #[must_use]
    pub fn new(_bank: Arc<Bank>, _bank_text: Arc<str>, _settings: Settings) -> Self {
        unimplemented!()
    }

    /// Applies a command that arrived at `at`. Deadlines before `at` take effect first.
    pub fn submit(&mut self, _command: Command, _at: Stamp) -> Reply {
        unimplemented!()
    }

    /// Lets the clock's own changes happen: time-outs, closing when all have answered, going on by itself.
    pub fn advance(&mut self, _now: Stamp) {
        unimplemented!()
    }

    /// When somebody must call [`Match::advance`] again, if nothing else happens before.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Stamp> {
        unimplemented!()
    }

    /// What a seat may know at `now` (which only moves the timer's `left_ms`).
    #[must_use]
    pub fn view(&self, _seat: Seat, _now: Stamp) -> View {
        unimplemented!()
    }

    /// Encoded journal lines not yet taken, with the number of the last record in them. Write them in order, then call
    /// [`Match::durable`]. The first lines of a new match hold its header.
    pub fn take_lines(&mut self) -> Option<(u64, String)> {
        unimplemented!()
    }

    /// Everything up to and including this record is on disk. Call [`Match::advance`] afterwards: a question may close now.
    pub fn durable(&mut self, _record: u64) {
        unimplemented!()
    }
}
