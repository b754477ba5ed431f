//! Where the player's files live, by the system's own custom or as the player asks. Uses std and `directories`.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use super::folder::create_folder;
use super::trouble::{FileError, Trouble};

/// The environment variable that moves the data directory. `--data-dir` wins over it.
pub const DATA_DIR_VARIABLE: &str = "ROUNDTABLE_DATA_DIR";

/// The player's data directory. Folders come into being when first asked for, so that `--help` leaves nothing behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataDir {
    root: PathBuf,
}

/// Why there is no place to save. The game then plays without saving, and says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DirError {
    /// The system names no home directory, and neither did the player.
    NoHome,
    /// The place cannot be made or written.
    At(FileError),
}

impl fmt::Display for DirError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHome => {
                write!(f, "The system names no home directory: choose a place with --data-dir or {DATA_DIR_VARIABLE}.")
            }
            Self::At(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for DirError {}

impl From<FileError> for DirError {
    fn from(error: FileError) -> Self {
        Self::At(error)
    }
}

/// Where the player keeps documents, by the system's custom: where a dialog that saves begins.
#[cfg(all(feature = "game", not(target_family = "wasm")))]
pub(super) fn documents() -> Option<PathBuf> {
    let user = directories::UserDirs::new()?;
    Some(user.document_dir().filter(|folder| folder.is_dir()).unwrap_or_else(|| user.home_dir()).to_owned())
}

/// What the system's custom says.
#[cfg(not(target_family = "wasm"))]
fn customary() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "Roundtable").map(|dirs| dirs.data_dir().to_owned())
}

/// In a browser the data directory is only the beginning of names.
#[cfg(target_family = "wasm")]
fn customary() -> Option<PathBuf> {
    Some(PathBuf::from("/"))
}

impl DataDir {
    /// What `--data-dir` says, else the environment, else the system's custom. Touches no disk.
    ///
    /// # Errors
    /// [`DirError::NoHome`]; [`DirError::At`] if a relative path has no current directory to start from.
    pub fn resolve(asked: Option<&Path>) -> Result<Self, DirError> {
        Self::choose(asked, std::env::var_os(DATA_DIR_VARIABLE), customary())
    }

    /// [`DataDir::resolve`] with all three sources as arguments. An empty one counts as absent.
    ///
    /// # Errors
    /// As [`DataDir::resolve`].
    pub fn choose(asked: Option<&Path>, variable: Option<OsString>, system: Option<PathBuf>) -> Result<Self, DirError> {
        let root = [asked.map(Path::to_owned), variable.map(PathBuf::from), system]
            .into_iter()
            .flatten()
            .find(|path| !path.as_os_str().is_empty())
            .ok_or(DirError::NoHome)?;
        // Absolute, so that a later change of the working directory cannot split the player's files.
        #[cfg(not(target_family = "wasm"))]
        let root = std::path::absolute(&root).map_err(FileError::at(&root))?;
        Ok(Self { root })
    }

    /// The directory itself, which may not exist yet.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The player's own banks; created if absent.
    ///
    /// # Errors
    /// If it cannot be created.
    pub fn banks(&self) -> Result<PathBuf, DirError> {
        self.folder("banks")
    }

    /// Journals of open matches; created if absent.
    ///
    /// # Errors
    /// If it cannot be created.
    pub fn matches(&self) -> Result<PathBuf, DirError> {
        self.folder("matches")
    }

    /// Journals of classes; created if absent.
    ///
    /// # Errors
    /// If it cannot be created.
    pub fn classes(&self) -> Result<PathBuf, DirError> {
        self.folder("classes")
    }

    /// Files that could not be read, kept for repair; created if absent.
    ///
    /// # Errors
    /// If it cannot be created.
    pub fn set_aside(&self) -> Result<PathBuf, DirError> {
        self.folder("set-aside")
    }

    /// Tries whether a match could be saved, by writing and removing a small file. For the warning before the first question.
    ///
    /// # Errors
    /// Says why not.
    #[cfg(not(target_family = "wasm"))]
    pub fn try_writing(&self) -> Result<(), DirError> {
        let probe = self.matches()?.join(format!(".probe-{}", std::process::id()));
        let written = std::fs::write(&probe, b"probe\n");
        let removed = std::fs::remove_file(&probe);
        Ok(written.and(removed).map_err(FileError::at(&probe))?)
    }

    fn folder(&self, name: &str) -> Result<PathBuf, DirError> {
        let path = self.root.join(name);
        create_folder(&path).map_err(|error| match Trouble::from(&error) {
            Trouble::Exists => FileError::new(&path, Trouble::NotAFolder),
            trouble => FileError::new(&path, trouble),
        })?;
        Ok(path)
    }
}
