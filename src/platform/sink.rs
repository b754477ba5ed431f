//! Where a journal's bytes go. A trait, so that tests can fill a disk, fail a sync or kill the process at any step. Uses std alone.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::PathBuf;

use super::folder::sync_folder;

/// An append-only place for bytes. Only the writer's thread calls it.
pub trait Sink: Send + 'static {
    /// Writes some of the bytes at the end, and says how many.
    ///
    /// # Errors
    /// As [`Write::write`].
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;

    /// Makes everything written durable. After an error nothing written since the last success may be trusted, even if a later
    /// sync succeeds: systems drop the pages that they could not write.
    ///
    /// # Errors
    /// If it is not durable.
    fn sync(&mut self) -> io::Result<()>;

    /// Drops everything after `length` bytes; the next write goes there.
    ///
    /// # Errors
    /// If it could not be cut.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

/// A real file.
#[derive(Debug)]
pub struct FileSink {
    file: File,
    /// The folder that does not durably know the file yet.
    new_in: Option<PathBuf>,
}

impl FileSink {
    /// Writes where the file stands. Of a file just created, name the folder: the first [`Sink::sync`] makes its name durable too.
    #[must_use]
    pub fn new(file: File, new_in: Option<PathBuf>) -> Self {
        Self { file, new_in }
    }
}

impl Sink for FileSink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.sync_data()?;
        if let Some(folder) = &self.new_in {
            sync_folder(folder)?;
            self.new_in = None;
        }
        Ok(())
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.file.set_len(length)?;
        self.file.seek(SeekFrom::Start(length)).map(|_| ())
    }
}
