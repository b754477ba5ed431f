//! A mistake of ours ends in one sentence, not in a backtrace on somebody's terminal. The details go to a file.

use std::backtrace::Backtrace;
use std::cell::Cell;
use std::io::Write;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::platform::append_note;

/// The file in the data directory that the details are appended to.
pub const FILE: &str = "crash.txt";

/// The engine's words when its own connection to the display fails, which the probe cannot rule out: a display may be coming up, or going.
const NO_EVENT_LOOP: &str = "Failed to build event loop";

static WITHOUT_DISPLAY: AtomicBool = AtomicBool::new(false);

/// Whether that has happened: it is no mistake, and whoever ran the engine says what is missing.
pub fn without_display() -> bool {
    WITHOUT_DISPLAY.load(Ordering::Relaxed)
}

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Takes over the panic hook for the rest of the process.
pub fn install(data_dir: PathBuf) {
    let said = AtomicBool::new(false);
    std::panic::set_hook(Box::new(move |info| {
        if QUIET.get() {
            return;
        }
        if info.payload_as_str().is_some_and(|why| why.contains(NO_EVENT_LOOP)) {
            WITHOUT_DISPLAY.store(true, Ordering::Relaxed);
            return;
        }
        let file = data_dir.join(FILE);
        let kept = append(&file, info);
        // Once: one mistake often takes several threads with it.
        if !said.swap(true, Ordering::Relaxed) {
            let place =
                if kept { format!(" What happened is noted in {}.", file.display()) } else { format!(" ({info})") };
            // Nothing can be done if the terminal is gone too.
            let _ = writeln!(
                std::io::stderr(),
                "Roundtable has stopped because of a mistake in it. Answers that were received are saved.{place}"
            );
        }
    }));
}

/// Runs something that may panic, without a word; `None` if it did.
pub fn quietly<T>(run: impl FnOnce() -> T) -> Option<T> {
    QUIET.set(true);
    let result = catch_unwind(AssertUnwindSafe(run)).ok();
    QUIET.set(false);
    result
}

fn append(file: &Path, info: &PanicHookInfo<'_>) -> bool {
    let version = env!("CARGO_PKG_VERSION");
    append_note(file, &format!("Roundtable {version}\n{info}\n{}\n", Backtrace::force_capture()))
}
