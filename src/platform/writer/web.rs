//! The writer is the page's store: it queues, groups, writes each group in a transaction, and tries again what failed.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::WriteError;
use crate::platform::claim::Claim;
use crate::platform::page;
use crate::platform::trouble::{FileError, Trouble};

/// Writes one journal. Dropping it frees the journal; what is queued is still written.
///
/// `report` is called between frames: `Ok(n)` once everything up to record `n` is durable; `Err` once when writing begins to fail, and not
/// again before the next `Ok`.
pub struct JournalWriter {
    claim: Claim,
    durable: Arc<AtomicU64>,
    token: u32,
}

impl fmt::Debug for JournalWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("JournalWriter").field(&self.path()).finish()
    }
}

impl JournalWriter {
    /// A new journal at `path`, which must not exist.
    ///
    /// # Errors
    /// See [`Claim::create`].
    pub fn create(
        path: &Path,
        report: impl FnMut(Result<u64, WriteError>) + Send + 'static,
    ) -> Result<Self, FileError> {
        Self::resume(Claim::create(path)?, 0, report)
    }

    /// Goes on with a journal, cutting what follows `whole_bytes`.
    ///
    /// # Errors
    /// See [`Claim::open`]; [`Trouble::Changed`] if the file is shorter than `whole_bytes`.
    pub fn open_at(
        path: &Path,
        whole_bytes: u64,
        report: impl FnMut(Result<u64, WriteError>) + Send + 'static,
    ) -> Result<Self, FileError> {
        Self::resume(Claim::open(path)?, whole_bytes, report)
    }

    /// Goes on with a claimed journal, cutting what follows `whole_bytes`.
    ///
    /// # Errors
    /// [`Trouble::Changed`] if the file is shorter than `whole_bytes`.
    pub fn resume(
        claim: Claim,
        whole_bytes: u64,
        mut report: impl FnMut(Result<u64, WriteError>) + Send + 'static,
    ) -> Result<Self, FileError> {
        if page::length(claim.path()) < whole_bytes {
            return Err(FileError::new(claim.path(), Trouble::Changed));
        }
        page::cut(claim.path(), whole_bytes);
        let durable = Arc::new(AtomicU64::new(0));
        let (known, mut failing) = (Arc::clone(&durable), false);
        let token = page::listener(move |told| match told.kept {
            Ok(()) => {
                failing = false;
                known.store(told.record, Ordering::Release);
                report(Ok(told.record));
            }
            Err(sentence) => {
                if !std::mem::replace(&mut failing, true) {
                    report(Err(WriteError::Other(sentence)));
                }
            }
        });
        Ok(Self { claim, durable, token })
    }

    fn path(&self) -> PathBuf {
        self.claim.path().to_owned()
    }

    /// Queues whole lines, each with its `\n`, of which `last_record` is the last. Never waits.
    pub fn append(&self, last_record: u64, lines: String) {
        page::append(self.claim.path(), lines.as_bytes(), self.token, last_record);
    }

    /// The last record known to be kept; 0 as long as this writer has made none durable.
    #[must_use]
    pub fn durable(&self) -> u64 {
        self.durable.load(Ordering::Acquire)
    }

    /// Nothing can be waited for here: what is queued is written as soon as the browser does.
    ///
    /// # Errors
    /// Never.
    pub fn flush(&self, _: Duration) -> Result<(), WriteError> {
        Ok(())
    }
}

impl Drop for JournalWriter {
    fn drop(&mut self) {
        page::forget(self.token);
    }
}
