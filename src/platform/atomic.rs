//! Saving a small file whole. Uses std and `atomic-write-file`, which writes beside, syncs, renames and syncs the folder.

use std::fs::{self, File};
#[cfg(not(target_family = "wasm"))]
use std::io::Write;
use std::path::Path;

#[cfg(not(target_family = "wasm"))]
use atomic_write_file::AtomicWriteFile;

use super::trouble::FileError;

/// Replaces a file's content: after a crash or a full disk it is the old one or the new one. Its folder must exist.
///
/// # Errors
/// Why not; the old content stands, unless only the last sync failed.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    #[cfg(not(target_family = "wasm"))]
    let write = || {
        let mut file = AtomicWriteFile::open(path)?;
        file.write_all(bytes)?;
        file.commit()
    };
    #[cfg(target_family = "wasm")]
    let write = || fs::write(path, bytes);
    write().map_err(FileError::at(path))
}

/// Writes a file that must not exist yet. Its folder must.
///
/// # Errors
/// [`Trouble::Exists`](super::Trouble::Exists), or why not; nothing is left behind then.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    // Keeps the name; nobody else's file can be replaced after this.
    File::create_new(path).map_err(FileError::at(path))?;
    write_atomic(path, bytes).inspect_err(|_| {
        let _ = fs::remove_file(path);
    })
}
