//! The lessons between runs: one small file on a shelf, in the same envelope as the window's other files. A damaged file is moved aside, a
//! newer one stays as it is; what another running copy has kept meanwhile stays, too.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Lesson, Lessons};
use crate::platform::{Change, FileError, Keeper, ReadError, Shelf};

/// What the file says that it is.
pub const WHAT: &str = "lessons";
/// The version of its content.
pub const FORMAT: u32 = 1;
/// Its name in the data directory.
pub const FILE: &str = "lessons.json";

/// Why the lessons cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// The disk says no.
    Disk(ReadError),
    /// It is no file of lessons, or damaged.
    Damaged,
    /// A newer version wrote it.
    Newer,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disk(error) => write!(f, "The saved lessons cannot be read: {error}"),
            Self::Damaged => f.write_str("The saved lessons cannot be read: the file is damaged."),
            Self::Newer => f.write_str("The saved lessons were made by a newer version of Roundtable."),
        }
    }
}

impl std::error::Error for Unreadable {}

#[derive(Serialize)]
struct Written<'a> {
    roundtable: &'a str,
    format: u32,
    content: &'a Lessons,
}

#[derive(Deserialize)]
struct Head {
    roundtable: String,
    format: u32,
}

#[derive(Deserialize)]
struct Body {
    content: Lessons,
}

/// The file's bytes.
#[must_use]
pub fn encode(lessons: &Lessons) -> Vec<u8> {
    let written = Written { roundtable: WHAT, format: FORMAT, content: lessons };
    // Texts and numbers into memory: nothing here can fail.
    let mut bytes = serde_json::to_vec_pretty(&written).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The lessons in a file.
///
/// # Errors
/// [`Unreadable::Damaged`] or [`Unreadable::Newer`].
pub fn decode(bytes: &[u8]) -> Result<Lessons, Unreadable> {
    let head: Head = serde_json::from_slice(bytes).map_err(|_| Unreadable::Damaged)?;
    if head.roundtable != WHAT {
        return Err(Unreadable::Damaged);
    }
    if head.format > FORMAT {
        return Err(Unreadable::Newer);
    }
    serde_json::from_slice(bytes).map(|body: Body| body.content).map_err(|_| Unreadable::Damaged)
}

/// All lessons that are kept; none if none ever were.
///
/// # Errors
/// See [`Unreadable`].
pub fn load(shelf: &(impl Shelf + ?Sized)) -> Result<Lessons, Unreadable> {
    shelf.read(FILE).map_err(Unreadable::Disk)?.map_or_else(|| Ok(Lessons::default()), |bytes| decode(&bytes))
}

/// Keeps a lesson, off the frame.
pub fn keep(keeper: &Keeper, lesson: Lesson) {
    keeper.change(FILE, Box::new(move |old| change(old, |lessons| lessons.keep(lesson.clone()))));
}

/// Forgets a lesson, off the frame.
pub fn forget(keeper: &Keeper, name: &str) {
    let name = name.to_owned();
    keeper.change(FILE, Box::new(move |old| change(old, |lessons| _ = lessons.forget(&name))));
}

/// Keeps a lesson now; one of the same name makes way for it.
///
/// # Errors
/// Why not.
pub fn keep_now(shelf: &mut (impl Shelf + ?Sized), lesson: Lesson) -> Result<(), FileError> {
    shelf.change(FILE, &mut |old| change(old, |lessons| lessons.keep(lesson.clone()))).map(drop)
}

/// Forgets a lesson now.
///
/// # Errors
/// Why not.
pub fn forget_now(shelf: &mut (impl Shelf + ?Sized), name: &str) -> Result<(), FileError> {
    shelf.change(FILE, &mut |old| change(old, |lessons| _ = lessons.forget(name))).map(drop)
}

fn change(old: Option<&[u8]>, edit: impl FnOnce(&mut Lessons)) -> Change {
    let (mut lessons, aside) = match old.map(decode) {
        None => (Lessons::default(), false),
        Some(Ok(lessons)) => (lessons, false),
        // Nothing is written over what a newer version made.
        Some(Err(Unreadable::Newer)) => return Change::Leave,
        Some(Err(_)) => (Lessons::default(), true),
    };
    let before = lessons.clone();
    edit(&mut lessons);
    let bytes = encode(&lessons);
    match aside {
        true => Change::SetAside { why: "unreadable", bytes },
        false if lessons == before => Change::Leave,
        false => Change::Write(bytes),
    }
}
