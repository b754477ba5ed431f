//! The journals on disk: which matches are open, finished or set aside. Uses std and `getrandom`.
//!
//! Nothing here deletes or overwrites a journal, with one exception that says so in its name: `MatchStore::erase`, for a teacher who
//! deletes a class.

#[cfg(not(target_family = "wasm"))]
use std::fs;
use std::path::{Path, PathBuf};

#[cfg(not(target_family = "wasm"))]
use super::atomic::write_kept_place;
use super::claim::is_held;
use super::clock::unix_seconds;
use super::dirs::{DataDir, DirError};
use super::disk::{self, What};
use super::folder::{create_folder, sync_folder};
use super::read::list_files;
use super::trouble::{FileError, Trouble};

const EXTENSION: &str = "journal";
/// More files of one name than this are not an accident.
const MOST_NAMESAKES: u32 = 1000;

/// The folders `matches`, `matches/finished` and `set-aside`; or `classes`, `classes/finished` and `set-aside`.
#[derive(Debug, Clone)]
pub struct MatchStore {
    open: PathBuf,
    finished: PathBuf,
    set_aside: PathBuf,
}

impl MatchStore {
    /// The store in a data directory. Creates the first and the last of its folders.
    ///
    /// # Errors
    /// If they cannot be created: play without saving.
    pub fn new(data: &DataDir) -> Result<Self, DirError> {
        let open = data.matches()?;
        Ok(Self { finished: open.join("finished"), open, set_aside: data.set_aside()? })
    }

    /// The same for classes, which a window's "Continue" has no business with.
    ///
    /// # Errors
    /// As [`MatchStore::new`].
    pub fn classes(data: &DataDir) -> Result<Self, DirError> {
        let open = data.classes()?;
        Ok(Self { finished: open.join("finished"), open, set_aside: data.set_aside()? })
    }

    /// Where something that belongs to a journal is kept: beside it, under the same name with another ending.
    #[must_use]
    pub fn beside(journal: &Path, ending: &str) -> PathBuf {
        journal.with_extension(ending)
    }

    /// Deletes what belongs to a journal, if it is there.
    ///
    /// # Errors
    /// Why it is still there.
    pub fn drop_beside(journal: &Path, ending: &str) -> Result<(), FileError> {
        let path = Self::beside(journal, ending);
        match disk::remove(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(FileError::at(&path)(error)),
            _ => Ok(()),
        }
    }

    /// A free place for a new match. Two copies that ask in the same second get different ones.
    #[must_use]
    pub fn new_path(&self) -> PathBuf {
        // Without randomness the process id still tells two copies apart, and `create` refuses a taken name.
        #[cfg(not(target_family = "wasm"))]
        let otherwise = std::process::id;
        #[cfg(target_family = "wasm")]
        let otherwise = || 0;
        let suffix = getrandom::u32().unwrap_or_else(|_| otherwise());
        self.open.join(format!("{}-{suffix:08x}.{EXTENSION}", unix_seconds()))
    }

    /// A free place for another match of the same class (or of the same evening): the first one's name and a number, so that
    /// [`MatchStore::erase`] finds them together. For a journal that this store did not name, any free place.
    #[must_use]
    pub fn next_path(&self, first: &Path) -> PathBuf {
        let Some(name) = first.file_stem().and_then(|stem| given_name(stem.as_encoded_bytes())) else {
            return self.new_path();
        };
        let taken = |file: &str| {
            [&self.open, &self.finished, &self.set_aside]
                .into_iter()
                .any(|folder| disk::what(&folder.join(file)) != What::Nothing)
        };
        (2..MOST_NAMESAKES)
            .map(|number| format!("{name}-{number}.{EXTENSION}"))
            .find(|file| !taken(file))
            .map_or_else(|| self.new_path(), |file| self.open.join(file))
    }

    /// The matches that could go on, the last played first. Those held by a running copy (this one counts) and those without a byte
    /// are not listed.
    ///
    /// # Errors
    /// If the folder is there and cannot be read.
    pub fn open_matches(&self) -> Result<Vec<PathBuf>, FileError> {
        let mut found = list_files(&self.open, EXTENSION).map_err(FileError::at(&self.open))?;
        found.retain(|file| file.bytes > 0 && !is_held(&file.path));
        found.sort_by_key(|file| file.written);
        Ok(found.into_iter().rev().map(|file| file.path).collect())
    }

    /// Finished matches, the last played first, for reports.
    ///
    /// # Errors
    /// If the folder is there and cannot be read.
    pub fn finished_matches(&self) -> Result<Vec<PathBuf>, FileError> {
        let mut found = list_files(&self.finished, EXTENSION).map_err(FileError::at(&self.finished))?;
        found.sort_by_key(|file| file.written);
        Ok(found.into_iter().rev().map(|file| file.path).collect())
    }

    /// Moves a file that cannot be read out of the way, under a free name that tells `why` in a word or two. Drop its claim or writer first.
    ///
    /// # Errors
    /// [`Trouble::InUse`] if a running copy holds it, or why it cannot be moved; it then stays where it is.
    pub fn set_aside(&self, path: &Path, why: &str) -> Result<PathBuf, FileError> {
        move_to(path, &self.set_aside, &slug(why))
    }

    /// Deletes every file of a match: its journal, open, finished or set aside, and whatever lies beside one of these under its name (reports,
    /// a file half written when the power went). The one function here that deletes a journal. What was removed.
    ///
    /// A journal that this store did not name is removed alone: what else begins with its name may be anybody's.
    ///
    /// # Errors
    /// [`Trouble::InUse`] if a running copy holds one of the journals (nothing is removed then), [`Trouble::Missing`] if there is no such
    /// file, or the first that could not be removed, after all others were.
    #[cfg(not(target_family = "wasm"))]
    pub fn erase(&self, path: &Path) -> Result<Vec<PathBuf>, FileError> {
        let mut doomed = Vec::new();
        if let Some(name) = path.file_stem().and_then(|stem| given_name(stem.as_encoded_bytes())) {
            for folder in [&self.open, &self.finished, &self.set_aside] {
                doomed.extend(files_of(folder, name).map_err(FileError::at(folder))?);
            }
        }
        if path.is_file() && !doomed.iter().any(|other| other == path) {
            doomed.push(path.to_owned());
        }
        if doomed.is_empty() {
            return Err(FileError::new(path, Trouble::Missing));
        }
        if let Some(held) = doomed.iter().find(|path| is_journal(path) && is_held(path)) {
            return Err(FileError::new(held, Trouble::InUse));
        }
        let mut failed = None;
        doomed.retain(|path| match fs::remove_file(path) {
            Ok(()) => true,
            Err(error) => {
                failed.get_or_insert(FileError::at(path)(error));
                false
            }
        });
        for folder in [&self.open, &self.finished, &self.set_aside] {
            // A power cut may bring a name back otherwise; where the system cannot do it, nothing else can.
            let _ = sync_folder(folder);
        }
        failed.map_or(Ok(doomed), Err)
    }

    /// Moves a finished journal to `matches/finished`. Drop its writer first.
    ///
    /// # Errors
    /// [`Trouble::InUse`] if a running copy holds it, or why it cannot be moved; it then stays where it is.
    pub fn finished(&self, path: &Path) -> Result<PathBuf, FileError> {
        move_to(path, &self.finished, "")
    }
}

/// Moves any file out of the way, under a free name that tells `why`.
#[cfg(not(target_family = "wasm"))]
pub(super) fn move_aside(path: &Path, folder: &Path, why: &str) -> Result<PathBuf, FileError> {
    move_to(path, folder, &slug(why))
}

/// When a match began, in seconds since 1970: the name that [`MatchStore::new_path`] gave its journal says it.
#[must_use]
pub fn began(journal: &Path) -> Option<u64> {
    given_name(journal.file_stem()?.as_encoded_bytes())?.split_once('-')?.0.parse().ok()
}

#[cfg(not(target_family = "wasm"))]
fn is_journal(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(EXTENSION))
}

/// The name that [`MatchStore::new_path`] gave, at the beginning of a file's: digits, a hyphen, eight hexadecimal digits.
fn given_name(stem: &[u8]) -> Option<&str> {
    let hyphen = stem.iter().position(|byte| *byte == b'-')?;
    let end = hyphen + 9;
    let suffix = stem.get(hyphen + 1..end)?;
    let whole = hyphen > 0
        && stem[..hyphen].iter().all(u8::is_ascii_digit)
        && suffix.iter().all(u8::is_ascii_hexdigit)
        && stem.get(end).is_none_or(|next| !next.is_ascii_alphanumeric());
    whole.then(|| std::str::from_utf8(&stem[..end]).ok()).flatten()
}

/// The files in a folder that belong to a match of this name, hidden ones among them: where a write was cut short, something may be left.
#[cfg(not(target_family = "wasm"))]
fn files_of(folder: &Path, name: &str) -> std::io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let file = path.file_name().unwrap_or_default().as_encoded_bytes();
        let shown = file.strip_prefix(b".").unwrap_or(file);
        if given_name(shown) == Some(name) && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Lower-case ASCII letters, digits and single dashes: safe in a file name everywhere.
fn slug(words: &str) -> String {
    let clean: String = words.chars().take(40).map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

fn move_to(path: &Path, folder: &Path, mark: &str) -> Result<PathBuf, FileError> {
    match disk::what(path) {
        What::File => {}
        #[cfg(not(target_family = "wasm"))]
        What::Folder => return Err(FileError::new(path, Trouble::IsFolder)),
        What::Nothing => return Err(FileError::new(path, Trouble::Missing)),
    }
    if is_held(path) {
        return Err(FileError::new(path, Trouble::InUse));
    }
    create_folder(folder).map_err(FileError::at(folder))?;
    let target = reserve(path, folder, mark)?;
    // Renaming replaces: what it replaces is the empty file that `reserve` has just made, and nobody else's.
    if let Err(error) = disk::rename(path, &target) {
        let _ = disk::remove(&target);
        return Err(FileError::at(path)(error));
    }
    // The move has happened whatever these say; a power cut may only undo it.
    let _ = sync_folder(folder);
    if let Some(old) = path.parent() {
        let _ = sync_folder(old);
    }
    Ok(target)
}

/// Writes a file into a folder, under this name or, if that is taken, one like it: "result.txt", "result-2.txt". Where it lies.
///
/// # Errors
/// Why not; nothing is left behind then.
#[cfg(not(target_family = "wasm"))]
pub fn write_beside(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, FileError> {
    create_folder(folder).map_err(FileError::at(folder))?;
    let path = reserve(Path::new(name), folder, "")?;
    write_kept_place(&path, bytes)?;
    Ok(path)
}

/// An empty file under a name that was free, which keeps the name ours.
fn reserve(path: &Path, folder: &Path, mark: &str) -> Result<PathBuf, FileError> {
    let stem = path.file_stem().unwrap_or_default();
    for number in 1..=MOST_NAMESAKES {
        let mut name = stem.to_owned();
        if !mark.is_empty() {
            name.push("-");
            name.push(mark);
        }
        if number > 1 {
            name.push(format!("-{number}"));
        }
        if let Some(extension) = path.extension() {
            name.push(".");
            name.push(extension);
        }
        let target = folder.join(name);
        match disk::reserve(&target) {
            Ok(()) => return Ok(target),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(FileError::at(&target)(error)),
        }
    }
    Err(FileError::new(folder, Trouble::Exists))
}
