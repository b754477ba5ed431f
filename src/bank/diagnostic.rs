//! A finding about a bank file: where, what, and what to do.

use serde::Serialize;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The bank cannot be played.
    Error,
    /// The bank plays, but a careful author would change this.
    Warning,
    /// Worth a look.
    Note,
}

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Position {
    /// Counted from 1.
    pub line: usize,
    /// Counted from 1, in characters.
    pub column: usize,
    /// Byte offsets in the file, for underlining.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub level: Level,
    /// A stable name for the rule, such as `duplicate-option`.
    pub rule: &'static str,
    /// Where it is; `None` only if the file could not be read as text.
    pub at: Option<Position>,
    /// The id of the question concerned, if it is about one.
    pub question: Option<String>,
    /// How that question begins, as far as it could be read: people know their questions by their words.
    pub stem: Option<String>,
    /// What is wrong, in one sentence.
    pub what: String,
    /// What to do, in one sentence.
    pub todo: String,
}
