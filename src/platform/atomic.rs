//! Saving a small file whole. Uses std and `atomic-write-file`, which writes beside, syncs, renames and syncs the folder; its web half the
//! page.

#[cfg(not(target_family = "wasm"))]
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
#[cfg(not(target_family = "wasm"))]
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let write = || {
        let mut file = AtomicWriteFile::open(path)?;
        file.write_all(bytes)?;
        file.commit()
    };
    write().map_err(FileError::at(path))
}

/// Writes a file that must not exist yet. Its folder must.
///
/// # Errors
/// [`Trouble::Exists`](super::Trouble::Exists), or why not; nothing is left behind then.
#[cfg(not(target_family = "wasm"))]
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    // Keeps the name; nobody else's file can be replaced after this.
    File::create_new(path).map_err(FileError::at(path))?;
    write_kept_place(path, bytes)
}

/// Fills an empty file that keeps a name ours; where that fails, the name is given up.
#[cfg(not(target_family = "wasm"))]
pub(super) fn write_kept_place(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    write_atomic(path, bytes).inspect_err(|_| {
        let _ = fs::remove_file(path);
    })
}

/// Writes a file that must not exist yet, and tells how that went: at once, or on the web between two frames, since nothing can be waited
/// for there.
#[cfg(not(target_family = "wasm"))]
pub fn write_new_then(path: &Path, bytes: &[u8], tell: impl FnOnce(Result<(), FileError>) + Send + 'static) {
    tell(write_new(path, bytes));
}

/// Writes a file that must not exist yet, and tells how that went: at once, or on the web between two frames, since nothing can be waited
/// for there. What could not be kept is gone.
#[cfg(target_family = "wasm")]
pub fn write_new_then(path: &Path, bytes: &[u8], tell: impl FnOnce(Result<(), FileError>) + Send + 'static) {
    use super::page;
    use super::trouble::Trouble;

    let (mut tell, place) = (Some(tell), path.to_owned());
    let token = page::listener_once(move |told| {
        if let Some(tell) = tell.take() {
            let kept = told.kept.map_err(|sentence| FileError::new(&place, Trouble::Said(sentence)));
            if kept.is_err() {
                page::remove(&place);
            }
            tell(kept);
        }
        true
    });
    if !page::put(path, bytes, token) {
        page::refuse(token, "taken");
    }
}
