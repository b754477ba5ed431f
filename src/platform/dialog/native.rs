//! Dialogs of the system that the program runs on, through rfd.

use std::ffi::OsStr;
use std::future::Future;
use std::path::PathBuf;
use std::pin::{Pin, pin};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use raw_window_handle::{HasDisplayHandle, HasWindowHandle};
use rfd::{AsyncFileDialog, FileHandle};

use super::{Ask, Filter, MOST_FILES, OpenedFile, Outcome, Pending, Pick, Picked, open_file};
use crate::platform::atomic::write_atomic;
use crate::platform::dirs::documents;
use crate::platform::read::ReadError;
use crate::platform::store::write_beside;

/// Nobody sees and closes a dialog within this: what ends so soon without a choice was never shown.
const NEVER_SHOWN: Duration = Duration::from_millis(250);

/// Opens the system's dialog, above `parent` where there is one. Call it on the main thread; what it returns waits, and may be called
/// on any.
#[must_use]
pub fn native<W: HasWindowHandle + HasDisplayHandle>(ask: &Ask, parent: Option<&W>) -> Pick {
    let begun = Instant::now();
    let mut dialog = AsyncFileDialog::new();
    if let Some(parent) = parent {
        dialog = dialog.set_parent(parent);
    }
    let answer: Answer = match ask {
        Ask::Open { title, filter, several, .. } => {
            let dialog = dialog.set_title(title).add_filter(&filter.name, &filter.extensions);
            if *several {
                Box::pin(dialog.pick_files())
            } else {
                let one = dialog.pick_file();
                Box::pin(async move { one.await.map(|file| vec![file]) })
            }
        }
        Ask::Save { title, filter, name, .. } => {
            let mut dialog = dialog.set_title(title).set_file_name(name);
            if let Some(folder) = documents() {
                dialog = dialog.set_directory(folder);
            }
            let one = dialog.add_filter(&filter.name, &filter.extensions).save_file();
            Box::pin(async move { one.await.map(|file| vec![file]) })
        }
    };
    Box::new(move || {
        let files = block_on(answer).unwrap_or_default();
        if !files.is_empty() {
            return Picked::Paths(files.into_iter().map(PathBuf::from).collect());
        }
        // macOS and Windows always have a dialog.
        if cfg!(not(any(target_os = "macos", target_os = "windows"))) && begun.elapsed() < NEVER_SHOWN {
            return Picked::NoDialog;
        }
        Picked::Nothing
    })
}

type Answer = Pin<Box<dyn Future<Output = Option<Vec<FileHandle>>> + Send>>;

/// Waits for a future on this thread.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(value) => return value,
            Poll::Pending => thread::park(),
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
            match write_beside(&folder, &name, &bytes) {
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
