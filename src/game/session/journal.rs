//! A running match's journal, seen from the window: lines go to the writer's thread, "durable" comes back and wakes the event loop.
//!
//! A match must never wait for a disk that fails. Once writing fails, every record counts as received at once and the player is told,
//! once; the writer goes on trying by itself.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::platform::{JournalWriter, WriteError, unix_seconds};

/// Wakes the window's event loop from any thread.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// How long leaving a match waits for the disk.
const PATIENCE: Duration = Duration::from_secs(2);

/// What the writer's thread has reported and nobody has read yet.
#[derive(Default)]
struct Inbox {
    durable: Option<u64>,
    failed: Option<WriteError>,
}

/// The journal of one match; without a writer it only pretends, so that a match without a disk is played like any other.
pub struct Journal {
    writer: Option<(JournalWriter, PathBuf)>,
    inbox: Arc<Mutex<Inbox>>,
    /// The last record handed over.
    appended: Option<u64>,
    /// The last record that the match was told is durable.
    told: Option<u64>,
    failing: bool,
    trouble: Option<String>,
    told_trouble: bool,
}

/// What the writer calls: it only leaves word and wakes the window.
type Report = Box<dyn FnMut(Result<u64, WriteError>) + Send>;

impl Journal {
    /// A journal on disk. `open` makes the writer with the report it is given; if it cannot, the match goes on unsaved.
    pub fn on_disk(path: &Path, wake: Wake, open: impl FnOnce(Report) -> Result<JournalWriter, String>) -> Self {
        let mut journal = Self::unsaved(None);
        let inbox = Arc::clone(&journal.inbox);
        let report = Box::new(move |outcome: Result<u64, WriteError>| {
            let mut inbox = inbox.lock().unwrap_or_else(PoisonError::into_inner);
            match outcome {
                Ok(record) => {
                    inbox.durable = Some(record);
                    inbox.failed = None;
                }
                Err(error) => inbox.failed = Some(error),
            }
            drop(inbox);
            wake();
        });
        match open(report) {
            Ok(writer) => {
                journal.writer = Some((writer, path.to_owned()));
                journal.failing = false;
            }
            Err(why) => journal.trouble = Some(why),
        }
        journal
    }

    /// No journal: play goes on, nothing is kept. `why` is told to the player.
    #[must_use]
    pub fn unsaved(why: Option<String>) -> Self {
        Self {
            writer: None,
            inbox: Arc::default(),
            appended: None,
            told: None,
            failing: true,
            trouble: why,
            told_trouble: false,
        }
    }

    /// What the match is known by for as long as it is kept: its file's name, or one made up.
    #[must_use]
    pub fn id(&self) -> String {
        let name = self.writer.as_ref().and_then(|(_, path)| path.file_stem());
        name.map_or_else(
            || format!("unsaved-{}-{:08x}", unix_seconds(), getrandom::u32().unwrap_or_default()),
            |name| name.to_string_lossy().into_owned(),
        )
    }

    /// Hands lines over; never waits.
    pub fn append(&mut self, last_record: u64, lines: String) {
        self.appended = Some(last_record);
        if let Some((writer, _)) = &self.writer {
            writer.append(last_record, lines);
        }
    }

    /// The last record that became durable (or, where nothing can be saved, that counts as such) since the last call.
    pub fn newly_durable(&mut self) -> Option<u64> {
        let (durable, failed) = {
            let mut inbox = self.inbox.lock().unwrap_or_else(PoisonError::into_inner);
            (inbox.durable.take(), inbox.failed.take())
        };
        if durable.is_some() {
            self.failing = false;
        }
        if let Some(error) = failed {
            self.failing = true;
            self.trouble.get_or_insert_with(|| error.to_string());
        }
        let upto = if self.failing { self.appended } else { durable };
        if upto > self.told {
            self.told = upto;
            return upto;
        }
        None
    }

    /// Why nothing is saved, the first time that there is something to tell.
    pub fn trouble_to_tell(&mut self) -> Option<String> {
        if self.told_trouble {
            return None;
        }
        let why = self.trouble.take()?;
        self.told_trouble = true;
        Some(why)
    }

    /// Writes what is left and lets the file go. Where it lies, if it is on disk.
    pub fn close(self) -> Option<PathBuf> {
        let (writer, path) = self.writer?;
        // What cannot be written now was reported before; the file holds everything up to there.
        let _ = writer.flush(PATIENCE);
        drop(writer);
        Some(path)
    }
}
