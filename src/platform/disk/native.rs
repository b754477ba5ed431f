//! The system's disk.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::SystemTime;

use super::{Listed, What};
use crate::platform::read::{ReadError, read_file};

pub(in crate::platform) fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

pub(in crate::platform) fn what(path: &Path) -> What {
    if path.is_file() {
        What::File
    } else if path.is_dir() {
        What::Folder
    } else {
        What::Nothing
    }
}

/// Every file in a folder; one that vanishes or cannot be looked at is none.
pub(in crate::platform) fn list(folder: &Path) -> io::Result<Vec<Listed>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if let Ok(meta) = fs::metadata(&path)
            && meta.is_file()
        {
            files.push(Listed { path, bytes: meta.len(), written: meta.modified().ok() });
        }
    }
    Ok(files)
}

pub(in crate::platform) fn read(path: &Path, max_bytes: u64) -> Result<Vec<u8>, ReadError> {
    // Asked before opening: elsewhere than on Unix, opening a folder only says "denied".
    if fs::metadata(path).map_err(|e| ReadError::from(&e))?.is_dir() {
        return Err(ReadError::IsFolder);
    }
    read_file(&File::open(path).map_err(|e| ReadError::from(&e))?, max_bytes)
}

/// An empty file, which keeps a name that was free.
pub(in crate::platform) fn reserve(path: &Path) -> io::Result<()> {
    File::create_new(path).map(drop)
}

pub(in crate::platform) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)
}

pub(in crate::platform) fn remove(path: &Path) -> io::Result<()> {
    fs::remove_file(path)
}

/// When a file was last written, where that is known.
pub(in crate::platform) fn written(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|meta| meta.modified()).ok()
}
