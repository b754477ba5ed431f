//! What a question is: text in, questions or diagnostics out.
//!
//! A bank is data from a stranger. Size, depth and counts are bounded here, and nothing in a file can crash the program.
//! Knows no Bevy, no clock, no file system and no thread: bytes come in as arguments.

mod build;
mod coherence;
mod diagnostic;
mod format;
mod lint;
mod locate;
mod model;
#[cfg(not(target_family = "wasm"))]
pub mod render;
mod sample;
mod shipped;
mod suggest;
mod syntax;
mod words;

pub use diagnostic::{Diagnostic, Level, Position};
pub use model::{Bank, Body, Document, Kind, Question, Round, Source};
pub use sample::sample_bank;
pub use shipped::shipped;

/// The largest file that is read at all, in bytes.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The only format this version reads.
pub const FORMAT: u32 = 1;

/// What came of reading a file: the bank if nothing is an error, and every finding.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The bank, unless a diagnostic is an error.
    pub bank: Option<Bank>,
    /// Its title; empty if that could not be read.
    pub title: String,
    /// How many rounds could be read.
    pub rounds: usize,
    /// How many questions the file has, broken ones included as far as they could be counted.
    pub questions: usize,
    /// How many findings of each level there are; a hostile file has more than are listed.
    pub found: [usize; 3],
    /// Errors first, then warnings and notes, each group in file order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a bank and lints it.
///
/// `bytes` is the whole file (more than [`MAX_BYTES`] is refused unread). Never panics, whatever the bytes.
#[must_use]
pub fn check(bytes: &[u8]) -> Checked {
    format::check(bytes)
}

/// Reads a bank without the lints that only advise: what the game and the journal need.
///
/// # Errors
/// Every error found, in file order; never empty.
pub fn read(bytes: &[u8]) -> Result<Bank, Vec<Diagnostic>> {
    format::read(bytes)
}
