//! Folders that outlive a power cut: a new name in a folder is safe only once the folder itself is synced. Uses std alone.

#[cfg(not(target_family = "wasm"))]
use std::fs;
use std::io;
use std::path::Path;

/// In a browser a folder is only the beginning of names.
#[cfg(target_family = "wasm")]
#[expect(clippy::unnecessary_wraps, reason = "the same face as elsewhere, where it can fail")]
pub(super) fn create_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(not(target_family = "wasm"))]
/// Creates a folder with its parents, each synced into the one above.
pub(super) fn create_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let missing: Vec<&Path> = path.ancestors().take_while(|p| !p.as_os_str().is_empty() && !p.exists()).collect();
    fs::create_dir_all(path)?;
    for parent in missing.into_iter().filter_map(Path::parent) {
        sync_folder(parent)?;
    }
    Ok(())
}

/// Makes the names in a folder durable.
#[cfg(unix)]
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    match fs::File::open(path).and_then(|folder| folder.sync_all()) {
        // Some network and USB file systems cannot sync a folder, and some folders may be written but not read. Nothing more can
        // be done there, and a match must not wait for it for ever.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied
            ) =>
        {
            Ok(())
        }
        other => other,
    }
}

/// Makes the names in a folder durable. Elsewhere the file system's own log does so, and a folder cannot be opened as a file.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same face as on Unix, where it can fail")]
pub(super) fn sync_folder(_path: &Path) -> io::Result<()> {
    Ok(())
}
