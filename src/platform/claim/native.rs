//! A journal is a file with a lock of the system's.

use std::fs::{File, TryLockError};
use std::io::{Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::platform::read::{ReadError, read_file};
use crate::platform::sink::{FileSink, Sink};
use crate::platform::trouble::{FileError, Trouble};

/// An open journal, locked until it (or the writer made from it) is dropped. The system frees the lock of a process that dies.
///
/// On Windows nobody else can even read a locked file: use [`Claim::read`].
#[derive(Debug)]
pub struct Claim {
    path: PathBuf,
    file: File,
    fresh: bool,
}

impl Claim {
    /// Creates a journal that must not exist yet. Its folder must.
    ///
    /// # Errors
    /// [`Trouble::Exists`], or why the place cannot be written.
    pub fn create(path: &Path) -> Result<Self, FileError> {
        let file = File::options().read(true).write(true).create_new(true).open(path).map_err(FileError::at(path))?;
        lock(&file, path, Patience::Short)?;
        Ok(Self { path: path.to_owned(), file, fresh: true })
    }

    /// Claims an existing journal.
    ///
    /// # Errors
    /// [`Trouble::InUse`] if a running copy holds it (this one counts), or why it cannot be opened for writing.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        Self::open_with(path, Patience::Short)
    }

    fn open_with(path: &Path, patience: Patience) -> Result<Self, FileError> {
        let file = File::options().read(true).write(true).open(path).map_err(FileError::at(path))?;
        lock(&file, path, patience)?;
        // Another copy may have moved it to the finished ones between the two steps.
        if !path.exists() {
            return Err(FileError::new(path, Trouble::Missing));
        }
        Ok(Self { path: path.to_owned(), file, fresh: false })
    }

    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The whole journal, if it has at most `max_bytes`.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn read(&self, max_bytes: u64) -> Result<Vec<u8>, ReadError> {
        (&self.file).seek(SeekFrom::Start(0)).map_err(|e| ReadError::from(&e))?;
        read_file(&self.file, max_bytes)
    }

    /// Cuts what follows `whole_bytes` and stands ready to write there.
    pub(in crate::platform) fn into_sink(self, whole_bytes: u64) -> Result<FileSink, FileError> {
        let length = self.file.metadata().map_err(FileError::at(&self.path))?.len();
        if length < whole_bytes {
            return Err(FileError::new(&self.path, Trouble::Changed));
        }
        let folder = self.fresh.then(|| self.path.parent().unwrap_or(Path::new("")).to_owned());
        let mut sink = FileSink::new(self.file, folder);
        sink.cut(whole_bytes).map_err(FileError::at(&self.path))?;
        Ok(sink)
    }
}

/// Whether to try a held lock again: another copy that only looks whether a journal is free holds it for an instant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Patience {
    None,
    Short,
}

fn lock(file: &File, path: &Path, patience: Patience) -> Result<(), FileError> {
    let waits: &[u64] = if patience == Patience::None { &[] } else { &[1, 4] };
    let mut waits = waits.iter();
    loop {
        match file.try_lock() {
            // Some network file systems have no locks: playing on is worth more than refusing every match there.
            Ok(()) | Err(TryLockError::Error(_)) => return Ok(()),
            Err(TryLockError::WouldBlock) => match waits.next() {
                Some(ms) => std::thread::sleep(Duration::from_millis(*ms)),
                None => return Err(FileError::new(path, Trouble::InUse)),
            },
        }
    }
}

/// Whether a running copy holds it (this one counts), or it has just gone.
pub(in crate::platform) fn is_held(path: &Path) -> bool {
    // What cannot be opened for another reason is listed: the player then learns why when asking for it.
    matches!(Claim::open_with(path, Patience::None), Err(error) if matches!(error.trouble, Trouble::InUse | Trouble::Missing))
}
