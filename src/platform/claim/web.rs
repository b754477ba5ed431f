//! A journal held by this tab alone, and by one part of the game in it. The page holds the tab's share, by a lock of the browser's.

use std::path::{Path, PathBuf};

use crate::platform::page::{self, Hold};
use crate::platform::read::ReadError;
use crate::platform::trouble::{FileError, Trouble};

/// An open journal, held until it (or the writer made from it) is dropped.
#[derive(Debug)]
pub struct Claim {
    path: PathBuf,
}

impl Claim {
    /// Creates a journal that must not exist yet.
    ///
    /// # Errors
    /// [`Trouble::Exists`].
    pub fn create(path: &Path) -> Result<Self, FileError> {
        if page::create(path) { Self::open(path) } else { Err(FileError::new(path, Trouble::Exists)) }
    }

    /// Claims an existing journal.
    ///
    /// # Errors
    /// [`Trouble::InUse`] if another tab or another part of this one holds it; [`Trouble::Missing`].
    pub fn open(path: &Path) -> Result<Self, FileError> {
        match page::claim(path) {
            Hold::Ours => Ok(Self { path: path.to_owned() }),
            Hold::Held => Err(FileError::new(path, Trouble::InUse)),
            Hold::Missing => Err(FileError::new(path, Trouble::Missing)),
        }
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The whole journal, if it has at most `max_bytes`.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn read(&self, max_bytes: u64) -> Result<Vec<u8>, ReadError> {
        let bytes = page::read(&self.path).ok_or(ReadError::Missing)?;
        if bytes.len() as u64 > max_bytes { Err(ReadError::TooBig { max_bytes }) } else { Ok(bytes) }
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        page::release(&self.path);
    }
}

/// Whether another tab or another part of this one holds it, or it has just gone.
pub(in crate::platform) fn is_held(path: &Path) -> bool {
    Claim::open(path).is_err()
}
