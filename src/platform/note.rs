//! Notes for whoever looks into a fault afterwards, and how old a file is.

#[cfg(not(target_family = "wasm"))]
use std::fs::{OpenOptions, create_dir_all};
#[cfg(not(target_family = "wasm"))]
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use web_time::SystemTime;

use super::disk;

/// Appends a text to a file, which is made if need be. Whether it is there now: a note that cannot be kept is no reason to stop.
#[cfg(not(target_family = "wasm"))]
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
    disk::written(file).and_then(|at| SystemTime::now().duration_since(at).ok()).unwrap_or_default()
}
