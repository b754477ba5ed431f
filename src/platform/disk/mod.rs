//! The few things that are done with names and whole files, on the system's disk or the page's. Uses std alone; its web half the page.

#[cfg(not(target_family = "wasm"))]
mod native;
#[cfg(target_family = "wasm")]
mod web;

use std::path::PathBuf;

use web_time::SystemTime;

#[cfg(not(target_family = "wasm"))]
pub(super) use native::{is_folder, list, read, remove, rename, reserve, what, written};
#[cfg(target_family = "wasm")]
pub(super) use web::{is_folder, list, read, remove, rename, reserve, what, written};

/// A file in a folder.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) path: PathBuf,
    pub(super) bytes: u64,
    /// When it was last written, where that is known.
    pub(super) written: Option<SystemTime>,
}

/// What lies at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    File,
    #[cfg(not(target_family = "wasm"))]
    Folder,
    Nothing,
}
