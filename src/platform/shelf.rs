//! Small files kept between runs, by name: read whole, changed whole, one running copy at a time. Uses std alone.
//!
//! A trait, so that tests can fill a disk. In a browser the page makes the change, and a shelf only says where.

#[cfg(not(target_family = "wasm"))]
use std::fs::{File, TryLockError};
#[cfg(not(target_family = "wasm"))]
use std::io::ErrorKind;
#[cfg(not(target_family = "wasm"))]
use std::path::Path;
use std::path::PathBuf;
#[cfg(not(target_family = "wasm"))]
use std::time::Duration;

#[cfg(not(target_family = "wasm"))]
use super::atomic::write_atomic;
use super::dirs::DataDir;
use super::disk;
#[cfg(not(target_family = "wasm"))]
use super::folder::create_folder;
use super::read::{ReadError, read_bounded};
#[cfg(not(target_family = "wasm"))]
use super::store::move_aside;
#[cfg(not(target_family = "wasm"))]
use super::trouble::{FileError, Trouble};

/// More than this is no small file: it is neither read nor written.
pub const MOST_KEPT_BYTES: u64 = 16 * 1024 * 1024;

#[cfg(not(target_family = "wasm"))]
/// How long a lock that another copy holds is waited for; a change takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(2);

/// What becomes of a file, now that its content is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It stays as it is.
    Leave,
    /// This is its content from now on.
    Write(Vec<u8>),
    /// It could not be read and is moved out of the way under a name that tells why; then this is written.
    SetAside {
        /// Why, in a word.
        why: &'static str,
        /// The new content.
        bytes: Vec<u8>,
    },
}

/// Where small files are kept, by name.
pub trait Shelf: Send + 'static {
    /// A file's content; `None` if it has never been written.
    ///
    /// # Errors
    /// If it is there and cannot be read.
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError>;

    /// Where a file lies.
    #[cfg(target_family = "wasm")]
    fn place(&self, name: &str) -> PathBuf;

    /// The folder of what could not be read.
    #[cfg(target_family = "wasm")]
    fn aside(&self) -> PathBuf;

    /// Lets `decide` see the content and say what becomes of it, with no other copy in between. Where an old content was moved to.
    ///
    /// # Errors
    /// Why nothing was changed.
    #[cfg(not(target_family = "wasm"))]
    fn change(
        &mut self,
        name: &str,
        decide: &mut dyn FnMut(Option<&[u8]>) -> Change,
    ) -> Result<Option<PathBuf>, FileError>;
}

/// Files in the data directory.
#[derive(Debug, Clone)]
pub struct FileShelf {
    root: PathBuf,
    set_aside: PathBuf,
}

impl FileShelf {
    /// The shelf of a data directory. Touches no disk.
    #[must_use]
    pub fn new(data: &DataDir) -> Self {
        Self { root: data.root().to_owned(), set_aside: data.root().join("set-aside") }
    }
}

impl Shelf for FileShelf {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        // A place that cannot be (yet) holds nothing; whether anything can be put there, a write will say.
        if !disk::is_folder(&self.root) {
            return Ok(None);
        }
        match read_bounded(&self.root.join(name), MOST_KEPT_BYTES) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(ReadError::Missing) => Ok(None),
            Err(error) => Err(error),
        }
    }

    #[cfg(target_family = "wasm")]
    fn place(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    #[cfg(target_family = "wasm")]
    fn aside(&self) -> PathBuf {
        self.set_aside.clone()
    }

    #[cfg(not(target_family = "wasm"))]
    fn change(
        &mut self,
        name: &str,
        decide: &mut dyn FnMut(Option<&[u8]>) -> Change,
    ) -> Result<Option<PathBuf>, FileError> {
        create_folder(&self.root).map_err(FileError::at(&self.root))?;
        let path = self.root.join(name);
        // A lock of its own: the file itself is replaced by every write. It stays, since removing it would let two copies each lock
        // another file of that name.
        let _lock = lock(&self.root.join(format!(".{name}.lock")))?;
        let old = self.read(name).map_err(|error| FileError::new(&path, error.into()))?;
        match decide(old.as_deref()) {
            Change::Leave => Ok(None),
            Change::Write(bytes) => write(&path, &bytes).map(|()| None),
            Change::SetAside { why, bytes } => {
                let moved = move_aside(&path, &self.set_aside, why)?;
                write(&path, &bytes).map(|()| Some(moved))
            }
        }
    }
}

#[cfg(not(target_family = "wasm"))]
/// What could not be read again does not take the place of what can.
fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    if bytes.len() as u64 > MOST_KEPT_BYTES {
        let too_big = ReadError::TooBig { max_bytes: MOST_KEPT_BYTES };
        return Err(FileError::new(path, too_big.into()));
    }
    write_atomic(path, bytes)
}

#[cfg(not(target_family = "wasm"))]
/// Held until the file is dropped. The system frees the lock of a process that dies.
fn lock(path: &Path) -> Result<File, FileError> {
    const STEP: Duration = Duration::from_millis(10);
    let file = File::options().create(true).append(true).open(path).map_err(FileError::at(path))?;
    let mut waited = Duration::ZERO;
    loop {
        match file.try_lock() {
            // Some network file systems have no locks: keeping progress is worth more than refusing to, there.
            Ok(()) | Err(TryLockError::Error(_)) => return Ok(file),
            Err(TryLockError::WouldBlock) if waited < PATIENCE => {
                std::thread::sleep(STEP);
                waited += STEP;
            }
            Err(TryLockError::WouldBlock) => {
                let busy = std::io::Error::new(ErrorKind::WouldBlock, "another running copy is saving");
                return Err(FileError::new(path, Trouble::from(&busy)));
            }
        }
    }
}
