//! The system's own file dialogs: the bytes of a chosen file come in, bytes to keep go out. Uses std; the native half rfd and
//! raw-window-handle.
//!
//! A dialog stays open for as long as its user likes, so each lives on a thread of its own that also reads or writes the file; the
//! window only looks whether an [`Outcome`] has come. Whoever asks does so on the main thread, for macOS builds the dialog in that
//! very call. On Linux there may be no dialog at all (neither a portal nor zenity): rfd reports that much like a cancelled one.

#[cfg(not(target_family = "wasm"))]
mod native;
#[cfg(target_family = "wasm")]
mod web;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

#[cfg(not(target_family = "wasm"))]
pub use native::native;
#[cfg(target_family = "wasm")]
pub use web::native;

use crate::platform::atomic::write_atomic;
use crate::platform::dirs::documents;
use crate::platform::read::{ReadError, read_bounded};
use crate::platform::store::free_place;
use crate::platform::trouble::FileError;

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

/// Carries out what was asked with what `pick` says, on a thread of its own; `wake` is called there once [`Pending::poll`] has an
/// answer. `pick` is [`native`], or a test's.
pub fn ask(ask: Ask, pick: Pick, wake: impl FnOnce() + Send + 'static) -> Pending {
    let (sender, receiver) = channel();
    // Without a thread the sender is dropped, which the poll tells.
    let _ = thread::Builder::new().name("file dialog".to_owned()).spawn(move || {
        // Fails only once the window has gone.
        let _ = sender.send(carry_out(ask, pick()));
        wake();
    });
    Pending(Mutex::new(receiver))
}

fn carry_out(ask: Ask, picked: Picked) -> Outcome {
    match (ask, picked) {
        (_, Picked::Nothing) => Outcome::Cancelled,
        (Ask::Open { .. }, Picked::NoDialog) => Outcome::NoDialog,
        (Ask::Open { max_bytes, .. }, Picked::Paths(paths)) => Outcome::Opened(read_files(&paths, max_bytes)),
        (Ask::Save { filter, bytes, .. }, Picked::Paths(paths)) => {
            let Some(path) = paths.into_iter().next() else { return Outcome::Cancelled };
            let path = with_ending(path, &filter);
            match write_atomic(&path, &bytes) {
                Ok(()) => Outcome::Saved(path),
                Err(error) => Outcome::NotSaved(error),
            }
        }
        (Ask::Save { name, bytes, .. }, Picked::NoDialog) => {
            let Some(folder) = documents() else { return Outcome::NoDialog };
            let written = free_place(&folder, &name).and_then(|path| write_atomic(&path, &bytes).map(|()| path));
            match written {
                Ok(path) => Outcome::SavedWithoutAsking(path),
                Err(error) => Outcome::NotSaved(error),
            }
        }
    }
}

/// Reads the first of them; one entry more says that the rest was left out.
fn read_files(paths: &[PathBuf], max_bytes: u64) -> Vec<OpenedFile> {
    let mut files: Vec<_> = paths.iter().take(MOST_FILES).map(|path| open_file(path, max_bytes)).collect();
    if let Some(more) = paths.len().checked_sub(MOST_FILES).filter(|more| *more > 0) {
        files.push(OpenedFile { name: format!("+ {more}"), path: None, content: Err(ReadError::TooMany) });
    }
    files
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

/// Not every dialog adds the ending to a name that was typed without one. Never turns the name into that of another file: nobody was
/// asked about that one.
fn with_ending(path: PathBuf, filter: &Filter) -> PathBuf {
    let has = path.extension().is_some_and(|found| filter.extensions.iter().any(|e| found.eq_ignore_ascii_case(e)));
    match filter.extensions.first() {
        Some(ending) if !has => {
            let mut name = path.file_name().unwrap_or(OsStr::new("")).to_owned();
            name.push(".");
            name.push(ending);
            let longer = path.with_file_name(name);
            if longer.exists() { path } else { longer }
        }
        _ => path,
    }
}
