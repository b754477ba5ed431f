//! Reading files that a stranger may have written: bounded in size, and every refusal with its reason. Uses std alone.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

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
    /// Anything else, as a sentence.
    Other(String),
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
    // Asked before opening: elsewhere than on Unix, opening a folder only says "denied".
    if fs::metadata(path).map_err(|e| ReadError::from(&e))?.is_dir() {
        return Err(ReadError::IsFolder);
    }
    read_file(&File::open(path).map_err(|e| ReadError::from(&e))?, max_bytes)
}

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
    Ok(list_files(folder, "ron").map_err(|e| ReadError::from(&e))?.into_iter().map(|(path, _)| path).collect())
}

/// The visible files with this extension, sorted by name. An entry that vanishes or cannot be looked at is no entry.
pub(super) fn list_files(folder: &Path, extension: &str) -> io::Result<Vec<(PathBuf, fs::Metadata)>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let hidden = path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
        let fits = path.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension));
        if let (true, Ok(meta)) = (fits && !hidden, fs::metadata(&path))
            && meta.is_file()
        {
            files.push((path, meta));
        }
    }
    files.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(files)
}
