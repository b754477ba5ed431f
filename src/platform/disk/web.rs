//! The page's memory of what the browser keeps. Folders are only the beginnings of names.

use std::io::{self, ErrorKind};
use std::path::Path;
use std::time::Duration;

use web_time::{SystemTime, UNIX_EPOCH};

use super::{Listed, What};
use crate::platform::page;
use crate::platform::read::ReadError;

pub(in crate::platform) fn is_folder(path: &Path) -> bool {
    !page::has(path)
}

pub(in crate::platform) fn what(path: &Path) -> What {
    if page::has(path) { What::File } else { What::Nothing }
}

/// Every file in a folder.
#[expect(clippy::unnecessary_wraps, reason = "the same face as elsewhere, where it can fail")]
pub(in crate::platform) fn list(folder: &Path) -> io::Result<Vec<Listed>> {
    let listed = |(path, bytes, ms)| Listed { path, bytes, written: UNIX_EPOCH.checked_add(Duration::from_millis(ms)) };
    Ok(page::list(folder).into_iter().map(listed).collect())
}

pub(in crate::platform) fn read(path: &Path, max_bytes: u64) -> Result<Vec<u8>, ReadError> {
    if page::length(path) > max_bytes {
        return Err(ReadError::TooBig { max_bytes });
    }
    page::read(path).ok_or(ReadError::Missing)
}

/// An empty file, which keeps a name that was free.
pub(in crate::platform) fn reserve(path: &Path) -> io::Result<()> {
    if page::create(path) { Ok(()) } else { Err(ErrorKind::AlreadyExists.into()) }
}

pub(in crate::platform) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    if page::rename(from, to) { Ok(()) } else { Err(ErrorKind::NotFound.into()) }
}

#[expect(clippy::unnecessary_wraps, reason = "the same face as elsewhere, where it can fail")]
pub(in crate::platform) fn remove(path: &Path) -> io::Result<()> {
    page::remove(path);
    Ok(())
}

/// When a file was last written, where that is known.
pub(in crate::platform) fn written(path: &Path) -> Option<SystemTime> {
    list(path.parent()?).ok()?.into_iter().find(|file| file.path == path)?.written
}
