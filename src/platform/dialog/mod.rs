//! The system's own file dialogs: the bytes of a chosen file come in, bytes to keep go out. Uses std; the native half rfd and
//! raw-window-handle, the web half the page (`assets/web/files.js`).
//!
//! A dialog stays open for as long as its user likes, so each lives on a thread of its own that also reads or writes the file; the
//! window only looks whether an [`Outcome`] has come. Whoever asks does so on the main thread, for macOS builds the dialog in that
//! very call. On Linux there may be no dialog at all (neither a portal nor zenity): rfd reports that much like a cancelled one.

#[cfg(not(target_family = "wasm"))]
mod native;
#[cfg(target_family = "wasm")]
mod web;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError};
use std::sync::{Mutex, PoisonError};

#[cfg(not(target_family = "wasm"))]
pub use native::{ask, native};
#[cfg(target_family = "wasm")]
pub use web::{PageFiles, ask_page, on_files};

use crate::platform::read::{ReadError, read_bounded};
use crate::platform::trouble::FileError;

#[cfg(not(target_family = "wasm"))]
/// More files at once are not what anybody meant, and all are in memory for a moment.
const MOST_FILES: usize = 10;

/// Files of one kind, as a dialog offers them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// What they are: "Question files".
    pub name: String,
    /// The endings of their names, without the dot; the first is added to a name that has none.
    pub extensions: Vec<String>,
}

/// What a dialog is opened for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// To read files.
    Open {
        /// Over the dialog.
        title: String,
        /// What can be chosen.
        filter: Filter,
        /// Whether several at once can be.
        several: bool,
        /// What each may have.
        max_bytes: u64,
    },
    /// To write a file.
    Save {
        /// Over the dialog.
        title: String,
        /// What it will be.
        filter: Filter,
        /// The name suggested.
        name: String,
        /// What it will hold.
        bytes: Vec<u8>,
    },
}

/// A file that was chosen or dropped, read as far as it could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedFile {
    /// Its name, without the folder.
    pub name: String,
    /// Where it lies; in a browser nobody knows.
    pub path: Option<PathBuf>,
    /// What it holds.
    pub content: Result<Vec<u8>, ReadError>,
}

/// How a dialog ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// These files were chosen; at least one.
    Opened(Vec<OpenedFile>),
    /// Written here.
    Saved(PathBuf),
    /// There is no dialog, so it was written here, under a name that was free.
    SavedWithoutAsking(PathBuf),
    /// Nothing was chosen.
    Cancelled,
    /// There is no dialog to open a file with.
    NoDialog,
    /// It could not be written.
    NotSaved(FileError),
}

/// What came back from a dialog, before anything is read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picked {
    /// These places.
    Paths(Vec<PathBuf>),
    /// None.
    Nothing,
    /// It never opened.
    NoDialog,
}

/// Waits for what a dialog's user does.
pub type Pick = Box<dyn FnOnce() -> Picked + Send>;

/// A dialog that is open.
#[derive(Debug)]
pub struct Pending(Mutex<Receiver<Outcome>>);

impl Pending {
    /// How it ended, once it has; after that it is done with.
    #[must_use]
    pub fn poll(&self) -> Option<Outcome> {
        match self.0.lock().unwrap_or_else(PoisonError::into_inner).try_recv() {
            Ok(outcome) => Some(outcome),
            Err(TryRecvError::Empty) => None,
            // Its thread could not be had, or died.
            Err(TryRecvError::Disconnected) => Some(Outcome::Cancelled),
        }
    }
}

/// Reads a file of at most `max_bytes`.
#[must_use]
pub fn open_file(path: &Path, max_bytes: u64) -> OpenedFile {
    OpenedFile {
        name: path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
        path: Some(path.to_owned()),
        content: read_bounded(path, max_bytes),
    }
}
