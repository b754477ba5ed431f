//! Notes for whoever looks into a fault afterwards.

use std::fs::{OpenOptions, create_dir_all};
use std::io::Write;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// Appends a text to a file, which is made if need be. Whether it is there now: a note that cannot be kept is no reason to stop.
#[must_use]
pub fn append_note(file: &Path, text: &str) -> bool {
    let write = || -> std::io::Result<()> {
        if let Some(folder) = file.parent() {
            create_dir_all(folder)?;
        }
        writeln!(OpenOptions::new().create(true).append(true).open(file)?, "{text}")
    };
    write().is_ok()
}

/// How long ago a file was last written; nothing if nobody can tell.
#[must_use]
pub fn age_of(file: &Path) -> Duration {
    let written = std::fs::metadata(file).and_then(|meta| meta.modified());
    written.ok().and_then(|at| SystemTime::now().duration_since(at).ok()).unwrap_or_default()
}
