//! Progress as one file, out and in: from one computer to another, and to and from the browser.

use super::{FILE, Ledger, Progress};
use crate::game::kept::{self, Files, Unreadable};
use crate::game::redraw::Waker;
use crate::game::text;
use crate::platform::MOST_KEPT_BYTES;

/// The name that is offered for an exported file.
pub const NAME: &str = "roundtable-progress.json";

/// The file's bytes: the same as those in the data directory.
#[must_use]
pub fn export(progress: &Ledger) -> Vec<u8> {
    kept::encode(FILE, progress)
}

/// Takes in a file, beside what is there. What came in, as a sentence.
///
/// # Errors
/// Why it was refused, as a sentence; nothing has changed then.
pub fn import(progress: &mut Progress, bytes: &[u8], files: &Files, waker: &Waker) -> Result<String, String> {
    let mut theirs: Ledger = kept::decode(FILE, bytes).map_err(|why| {
        match why {
            Unreadable::Foreign => text::IMPORT_FOREIGN,
            Unreadable::Damaged => text::IMPORT_DAMAGED,
            Unreadable::Newer => text::IMPORT_NEWER,
        }
        .to_owned()
    })?;
    theirs.sanitise();
    let (games, questions) = (progress.ledger.history().len(), progress.ledger.questions());
    let mut all = progress.ledger.clone();
    if !all.merge(&theirs) {
        return Ok(text::IMPORT_NOTHING_NEW.to_owned());
    }
    // What is kept must be read again at the next start.
    if kept::encode(FILE, &all).len() as u64 > MOST_KEPT_BYTES {
        return Err(text::IMPORT_TOO_LARGE.to_owned());
    }
    progress.ledger = all;
    progress.keep(files, waker);
    let more = |now: usize, before: usize| now.saturating_sub(before);
    Ok(text::imported(more(progress.ledger.history().len(), games), more(progress.ledger.questions(), questions)))
}
