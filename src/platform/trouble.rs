//! What can be wrong with a place on disk, sorted into the few cases that a player can act on. Uses std alone.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// What is wrong. `Display` is a whole English sentence without the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing there.
    Missing,
    /// Another running copy of the game (or this one) holds the journal.
    InUse,
    /// Something is already there.
    Exists,
    /// A folder where a file was expected.
    IsFolder,
    /// A file where a folder was expected.
    NotAFolder,
    /// Not allowed.
    Denied,
    /// The whole disk is read-only.
    ReadOnly,
    /// No space left, or the quota is used up.
    Full,
    /// Shorter than when it was read: another program changed it.
    Changed,
    /// Anything else, in the system's words.
    Other(String),
    /// Anything else, as a whole sentence.
    Said(String),
}

impl From<&io::Error> for Trouble {
    fn from(error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::Missing,
            ErrorKind::AlreadyExists => Self::Exists,
            ErrorKind::IsADirectory => Self::IsFolder,
            ErrorKind::NotADirectory => Self::NotAFolder,
            ErrorKind::PermissionDenied => Self::Denied,
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Other(error.to_string()),
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing => "There is nothing at this place.",
            Self::InUse => "Another running copy of the game is using this match.",
            Self::Exists => "There is already something at this place.",
            Self::IsFolder => "This is a folder, not a file.",
            Self::NotAFolder => "This is not a folder, or part of its path is a file.",
            Self::Denied => "You are not allowed to read or write here.",
            Self::ReadOnly => "This disk is read-only.",
            Self::Full => "The disk is full.",
            Self::Changed => "Another program changed this file.",
            Self::Other(words) => return write!(f, "The system says: {words}."),
            Self::Said(sentence) => sentence,
        })
    }
}

/// [`Trouble`] and where. `Display` names the path, then the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError {
    /// Where.
    pub path: PathBuf,
    /// What.
    pub trouble: Trouble,
}

impl FileError {
    pub(super) fn new(path: &Path, trouble: Trouble) -> Self {
        Self { path: path.to_owned(), trouble }
    }

    /// For `map_err`.
    pub(super) fn at(path: &Path) -> impl Fn(io::Error) -> Self + '_ {
        move |error| Self::new(path, Trouble::from(&error))
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.trouble)
    }
}

impl std::error::Error for FileError {}
