//! Progress and settings as one file, out and in: from one computer to another, and to and from the browser.

use serde::{Deserialize, Serialize};

use super::{Day, FILE, Ledger, Progress};
use crate::game::kept::{self, Files, Unreadable};
use crate::game::preferences::{Fields, Preferences};
use crate::game::redraw::Waker;
use crate::game::text;
use crate::platform::MOST_KEPT_BYTES;

/// The name that is offered for an exported file.
pub const NAME: &str = "roundtable-progress.json";

/// Progress as in the data directory, and the settings beside it: whoever knows nothing of those reads the rest.
#[derive(Serialize)]
struct Exported<'a> {
    roundtable: &'a str,
    format: u32,
    content: &'a Ledger,
    settings: Fields,
}

/// What stands beside the progress; an older file has none, and a damaged one is as good as none.
#[derive(Deserialize, Default)]
struct Beside {
    #[serde(default)]
    settings: Fields,
}

/// The file's bytes.
#[must_use]
pub fn export(progress: &Ledger, preferences: &Preferences) -> Vec<u8> {
    let exported =
        Exported { roundtable: FILE.what, format: FILE.format, content: progress, settings: preferences.portable() };
    // Maps with texts for keys, numbers and texts, into memory: nothing here can fail.
    let mut bytes = serde_json::to_vec_pretty(&exported).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// What came in.
#[derive(Debug)]
pub struct Imported {
    /// The settings with those of the file.
    pub preferences: Preferences,
    /// What is new, as a sentence.
    pub told: String,
}

/// Takes in a file: its progress beside what is there, its settings in the place of these. `now` is the time in milliseconds since 1970,
/// and the day on the player's calendar: what is dated later comes from a clock that was ahead.
///
/// # Errors
/// Why it was refused, as a sentence; nothing has changed then.
pub fn import(
    progress: &mut Progress,
    preferences: &Preferences,
    bytes: &[u8],
    (now, today): (u64, Day),
    (files, waker): (&Files, &Waker),
) -> Result<Imported, String> {
    let mut theirs: Ledger = kept::decode(FILE, bytes).map_err(|why| {
        match why {
            Unreadable::Foreign => text::IMPORT_FOREIGN,
            Unreadable::Damaged => text::IMPORT_DAMAGED,
            Unreadable::Newer => text::IMPORT_NEWER,
        }
        .to_owned()
    })?;
    theirs.sanitise();
    theirs.as_of(now, today);
    let settings = serde_json::from_slice::<Beside>(bytes).unwrap_or_default().settings;
    let set = preferences.with_portable(&settings);
    let changed = set != *preferences;
    let (games, questions) = (progress.ledger.history().len(), progress.ledger.questions());
    let mut all = progress.ledger.clone();
    if !all.merge(&theirs) {
        let told = if changed { text::IMPORTED_SETTINGS } else { text::IMPORT_NOTHING_NEW };
        return Ok(Imported { preferences: set, told: told.to_owned() });
    }
    // What is kept must be read again at the next start.
    if kept::encode(FILE, &all).len() as u64 > MOST_KEPT_BYTES {
        return Err(text::IMPORT_TOO_LARGE.to_owned());
    }
    progress.ledger = all;
    progress.keep(files, waker);
    let more = |now: usize, before: usize| now.saturating_sub(before);
    let (games, questions) =
        (more(progress.ledger.history().len(), games), more(progress.ledger.questions(), questions));
    Ok(Imported { preferences: set, told: text::imported(games, questions, changed) })
}
