//! Reading files that a stranger may have written: bounded in size, and every refusal with its reason. Uses std alone.

use std::fmt;
#[cfg(not(target_family = "wasm"))]
use std::fs::File;
use std::io;
#[cfg(not(target_family = "wasm"))]
use std::io::Read;
use std::path::{Path, PathBuf};

use super::disk::{self, Listed};
use super::trouble::Trouble;

/// Why a file or folder cannot be read. `Display` is a whole sentence without the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// Nothing there.
    Missing,
    /// More than the reader is ready to take.
    TooBig {
        /// What it would have taken.
        max_bytes: u64,
    },
    /// More files at once than are read.
    TooMany,
    /// A folder, not a file.
    IsFolder,
    /// Not allowed.
    Denied,
    /// It lies on another computer, and did not come from there.
    Fetch(FetchError),
    /// Anything else, as a sentence.
    Other(String),
}

/// Why a file did not come from an address. `Display` is a whole sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchError {
    /// No address of a file on the web.
    NoAddress,
    /// There is no such file.
    NotThere,
    /// The computer there answers with a fault.
    Refused(u16),
    /// It does not answer.
    NoAnswer,
    /// It does not answer, or does not let pages of other sites read its files; browsers do not say which.
    NotForUs,
    /// It answers, and nothing comes.
    Silent,
    /// This device is offline.
    Offline,
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoAddress => "This is no address of a file on the web.",
            Self::NotThere => "There is no file at this address.",
            Self::Refused(status) => return write!(f, "The computer at this address answers with fault {status}."),
            Self::NoAnswer => "The computer at this address does not answer.",
            Self::NotForUs => {
                "The computer at this address does not answer, or does not let other sites read its files."
            }
            Self::Silent => "The file does not come: the connection has been silent for too long.",
            Self::Offline => "This device is offline, so the file cannot be fetched.",
        })
    }
}

impl From<&io::Error> for ReadError {
    fn from(error: &io::Error) -> Self {
        match Trouble::from(error) {
            Trouble::Missing => Self::Missing,
            Trouble::IsFolder => Self::IsFolder,
            Trouble::Denied => Self::Denied,
            other => Self::Other(other.to_string()),
        }
    }
}

impl From<ReadError> for Trouble {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Missing => Self::Missing,
            ReadError::IsFolder => Self::IsFolder,
            ReadError::Denied => Self::Denied,
            other => Self::Said(other.to_string()),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => Trouble::Missing.fmt(f),
            Self::IsFolder => Trouble::IsFolder.fmt(f),
            Self::TooMany => f.write_str("Too many files were opened at once."),
            Self::Denied => f.write_str("You are not allowed to read this."),
            Self::TooBig { max_bytes } => write!(f, "This file is larger than {max_bytes} bytes."),
            Self::Fetch(error) => error.fmt(f),
            Self::Other(sentence) => f.write_str(sentence),
        }
    }
}

impl std::error::Error for ReadError {}

/// Reads a whole file of at most `max_bytes`; of a larger (or endless) one, no more than one byte beyond.
///
/// # Errors
/// See [`ReadError`].
pub fn read_bounded(path: &Path, max_bytes: u64) -> Result<Vec<u8>, ReadError> {
    disk::read(path, max_bytes)
}

#[cfg(not(target_family = "wasm"))]
/// The same for an open file, from where it stands.
pub(super) fn read_file(file: &File, max_bytes: u64) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    file.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| ReadError::from(&e))?;
    if bytes.len() as u64 > max_bytes { Err(ReadError::TooBig { max_bytes }) } else { Ok(bytes) }
}

/// The `.ron` files directly in a folder, sorted by name. Hidden ones (and the `._` shadows that a Mac leaves on USB sticks) are not
/// listed, nor is anything that is no file. A missing folder has none.
///
/// # Errors
/// If the folder is there and cannot be read.
pub fn list_banks(folder: &Path) -> Result<Vec<PathBuf>, ReadError> {
    Ok(list_files(folder, "ron").map_err(|e| ReadError::from(&e))?.into_iter().map(|file| file.path).collect())
}

/// The visible files with this extension, sorted by name. An entry that vanishes or cannot be looked at is no entry.
pub(super) fn list_files(folder: &Path, extension: &str) -> io::Result<Vec<Listed>> {
    let mut files = match disk::list(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    files.retain(|Listed { path, .. }| {
        let hidden = path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
        !hidden && path.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension))
    });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}
