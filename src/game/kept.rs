//! What is kept between runs, as the window sees it: two small JSON files, changed off the frame, and what there is to tell about them.
//!
//! Each file is an envelope with what it is, its format and its content, so that a foreign, a damaged and a newer file are told apart:
//! a damaged one is moved aside and begun anew, a newer one stays as it is and nothing is written over it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bevy::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tracing::warn;

use super::redraw::Waker;
use super::session::{Notices, Storage, ToldOfDisk};
use super::text;
use crate::platform::{Change, FileShelf, Keeper, Kept, Pace, Shelf};

/// How long leaving the program waits for the disk.
const PATIENCE: Duration = Duration::from_secs(2);

/// The word in a file that says that it is one of ours, and which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// What the file is: "progress".
    pub what: &'static str,
    /// The version of its content.
    pub format: u32,
    /// The file's name.
    pub file: &'static str,
}

/// Why a file cannot be taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// No file of ours, or of another kind.
    Foreign,
    /// Ours, and damaged.
    Damaged,
    /// From a newer version of the program.
    Newer,
}

#[derive(Serialize)]
struct Written<'a, T> {
    roundtable: &'a str,
    format: u32,
    content: &'a T,
}

#[derive(Deserialize)]
struct Head {
    roundtable: String,
    format: u32,
}

#[derive(Deserialize)]
struct Body<T> {
    content: T,
}

/// The file's bytes.
#[must_use]
pub fn encode<T: Serialize>(label: Label, content: &T) -> Vec<u8> {
    let written = Written { roundtable: label.what, format: label.format, content };
    // Maps with texts for keys, numbers and texts, into memory: nothing here can fail.
    let mut bytes = serde_json::to_vec_pretty(&written).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The content of a file.
///
/// # Errors
/// Why it cannot be taken in.
pub fn decode<T: DeserializeOwned>(label: Label, bytes: &[u8]) -> Result<T, Unreadable> {
    let head: Head = serde_json::from_slice(bytes).map_err(|_| Unreadable::Foreign)?;
    if head.roundtable != label.what {
        return Err(Unreadable::Foreign);
    }
    if head.format > label.format {
        return Err(Unreadable::Newer);
    }
    serde_json::from_slice::<Body<T>>(bytes).map(|body| body.content).map_err(|_| Unreadable::Damaged)
}

/// What there is to tell the player.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Word {
    /// Nothing can be written.
    Disk(String),
    /// Something about a file.
    File(String),
}

/// The keeper of the files, if there is a place for them; and what it has left to tell.
#[derive(Resource, Default)]
pub struct Files {
    keeper: Option<Keeper>,
    inbox: Arc<Mutex<Vec<Word>>>,
}

impl Files {
    /// Changes a file soon. `decide` sees the content as it is then, and gives what shall be written, if anything.
    pub fn change<T: DeserializeOwned>(
        &self,
        label: Label,
        replaces: bool,
        mut decide: impl FnMut(Option<T>) -> Option<Vec<u8>> + Send + 'static,
    ) {
        let Some(keeper) = &self.keeper else { return };
        let inbox = Arc::clone(&self.inbox);
        let decide = Box::new(move |old: Option<&[u8]>| {
            let content = match old.map(|old| decode(label, old)) {
                None => None,
                Some(Ok(content)) => Some(content),
                Some(Err(Unreadable::Newer)) => {
                    tell(&inbox, Word::File(text::kept_file_newer(label.file)));
                    return Change::Leave;
                }
                Some(Err(Unreadable::Foreign | Unreadable::Damaged)) => {
                    return decide(None).map_or(Change::Leave, |bytes| Change::SetAside { why: "unreadable", bytes });
                }
            };
            decide(content).map_or(Change::Leave, Change::Write)
        });
        if replaces {
            keeper.replace(label.file, decide);
        } else {
            keeper.change(label.file, decide);
        }
    }

    /// Waits until everything has been tried. Whether all of it is kept.
    pub fn flush(&self) -> bool {
        self.keeper.as_ref().is_none_or(|keeper| keeper.flush(PATIENCE))
    }

    /// Keeps files on another shelf: for tests.
    pub fn on(shelf: impl Shelf, pace: Pace, waker: Waker) -> Self {
        let inbox: Arc<Mutex<Vec<Word>>> = Arc::default();
        let words = Arc::clone(&inbox);
        let report = move |kept| {
            let word = match kept {
                Kept::Failed(error) => Word::Disk(text::not_kept_now(&error.trouble.to_string())),
                Kept::SetAside(path) => Word::File(text::kept_file_set_aside(&path)),
            };
            tell(&words, word);
            waker.wake();
        };
        let keeper = Keeper::new(shelf, pace, report);
        if let Err(error) = &keeper {
            tell(&inbox, Word::Disk(text::not_kept_now(&error.to_string())));
        }
        Self { keeper: keeper.ok(), inbox }
    }
}

fn tell(inbox: &Mutex<Vec<Word>>, sentence: Word) {
    inbox.lock().unwrap_or_else(PoisonError::into_inner).push(sentence);
}

/// What a file held when the program started; `None` if there is none. One that cannot be taken in counts as empty, and is told of.
pub(super) fn load<T: DeserializeOwned + Serialize + Default>(app: &mut App, label: Label) -> Option<T> {
    let data = app.world().get_resource::<Storage>().and_then(|storage| storage.data.clone())?;
    let sentence = match FileShelf::new(&data).read(label.file) {
        Ok(bytes) => match decode(label, &bytes?) {
            Ok(content) => return Some(content),
            Err(Unreadable::Newer) => Some(text::kept_file_newer(label.file)),
            Err(Unreadable::Foreign | Unreadable::Damaged) => {
                // Out of the way at once; where it went is told once it is there.
                let files = app.world().resource::<Files>();
                files.change::<T>(label, false, move |old| old.is_none().then(|| encode(label, &T::default())));
                None
            }
        },
        Err(error) => Some(text::kept_file_not_read(label.file, &error.to_string())),
    };
    if let Some(sentence) = sentence
        && let Some(mut notices) = app.world_mut().get_resource_mut::<Notices>()
    {
        notices.tell(sentence);
    }
    Some(T::default())
}

pub(super) fn plugin(app: &mut App) {
    let data = app.world().get_resource::<Storage>().and_then(|storage| storage.data.clone());
    let waker = app.world().get_resource::<Waker>().cloned().unwrap_or_default();
    let files = data.map_or_else(Files::default, |data| Files::on(FileShelf::new(&data), Pace::default(), waker));
    app.insert_resource(files)
        .add_systems(PreUpdate, pass_on)
        .add_systems(Last, at_the_end.run_if(on_message::<AppExit>));
}

/// Told once a run, however often it happens: play goes on.
fn pass_on(
    files: Res<Files>,
    mut told: Local<Vec<String>>,
    mut told_of_disk: ResMut<ToldOfDisk>,
    mut notices: ResMut<Notices>,
) {
    let fresh = std::mem::take(&mut *files.inbox.lock().unwrap_or_else(PoisonError::into_inner));
    for word in fresh {
        match word {
            Word::Disk(_) if told_of_disk.0 => {}
            Word::Disk(sentence) => {
                told_of_disk.0 = true;
                notices.tell(sentence);
            }
            Word::File(sentence) => {
                if !told.contains(&sentence) {
                    notices.tell(sentence.clone());
                    told.push(sentence);
                }
            }
        }
    }
}

fn at_the_end(files: Res<Files>) {
    if !files.flush() {
        warn!("Not everything could be kept.");
    }
}
