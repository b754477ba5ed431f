//! Dialogs of the system that the program runs on, through rfd.

use std::future::Future;
use std::path::PathBuf;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use raw_window_handle::{HasDisplayHandle, HasWindowHandle};
use rfd::{AsyncFileDialog, FileHandle};

use super::{Ask, Pick, Picked};
use crate::platform::dirs::documents;

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
