//! The question files that can be played: those inside the program, those in the player's folder, those named on the command line.
//!
//! Files are a stranger's: they are read on a thread of their own, so that a slow disk or a huge file does not keep the title waiting,
//! and a bad one is listed with its error while the others play.

use std::path::Path;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, Mutex, PoisonError};

use bevy::prelude::*;

use super::app::Options;
use super::redraw::Waker;
use super::session::{Loaded, Storage};
use super::text;
use crate::bank::{self, Diagnostic};
use crate::platform::{ReadError, list_banks, read_bounded};

/// Where a question file comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Named on the command line.
    Asked,
    /// Inside the program.
    Inside,
    /// In the player's own folder.
    Folder,
}

/// A question file, good or bad.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The file's name, as the player knows it.
    pub file: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Its questions, or what is wrong with it.
    pub content: Result<Loaded, Problem>,
}

/// Why a file cannot be played: the first error, and how many more there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line and column, where the file could be read as text.
    pub at: Option<(usize, usize)>,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub todo: String,
    /// Further errors in the same file.
    pub more: usize,
}

/// Every question file, the asked ones first.
#[derive(Resource, Default)]
pub struct Library {
    /// In the order in which they are listed.
    pub entries: Vec<Entry>,
    /// The one that Play plays.
    pub chosen: usize,
    /// Whether files are still being read.
    pub loading: bool,
}

impl Library {
    /// What Play plays: the chosen file, or the first that is good.
    #[must_use]
    pub fn chosen(&self) -> Option<&Loaded> {
        let good = |entry: &Entry| entry.content.is_ok();
        let entry =
            self.entries.get(self.chosen).filter(|e| good(e)).or_else(|| self.entries.iter().find(|e| good(e)))?;
        entry.content.as_ref().ok()
    }
}

#[derive(Resource)]
struct Incoming(Mutex<Receiver<Vec<Entry>>>);

/// Once the library is up to date this frame.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct Stocking;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Library>()
        .add_systems(Startup, stock)
        .add_systems(PreUpdate, take_in.in_set(Stocking).run_if(resource_exists::<Incoming>));
}

/// Lists what is inside the program at once, and begins to read the rest.
fn stock(
    options: Res<Options>,
    storage: Res<Storage>,
    waker: Res<Waker>,
    mut library: ResMut<Library>,
    mut commands: Commands,
) {
    for (file, source) in bank::shipped() {
        library.entries.push(Entry {
            file: file.to_owned(),
            origin: Origin::Inside,
            content: read_text(source.as_bytes()),
        });
    }
    let (asked, data, waker) = (options.banks.clone(), storage.data.clone(), waker.clone());
    let (sender, receiver) = channel();
    let spawned = std::thread::Builder::new().name("question files".to_owned()).spawn(move || {
        let mut entries: Vec<Entry> = asked.iter().flat_map(|path| read_path(path, Origin::Asked)).collect();
        if let Some(folder) = data.and_then(|data| data.banks().ok()) {
            entries.extend(read_path(&folder, Origin::Folder));
        }
        // Fails only once the window has gone.
        let _ = sender.send(entries);
        waker.wake();
    });
    match spawned {
        Ok(_) => {
            library.loading = true;
            commands.insert_resource(Incoming(Mutex::new(receiver)));
        }
        Err(error) => error!("Only the question files inside the program can be played: {error}"),
    }
}

fn take_in(incoming: Res<Incoming>, mut library: ResMut<Library>, mut commands: Commands) {
    let received = incoming.0.lock().unwrap_or_else(PoisonError::into_inner).try_recv();
    let mut entries = match received {
        Ok(entries) => entries,
        Err(TryRecvError::Empty) => return,
        Err(TryRecvError::Disconnected) => Vec::new(),
    };
    library.loading = false;
    commands.remove_resource::<Incoming>();
    // Asked ones come first, and the first good one of them is played, unless the player has chosen meanwhile.
    let asked = entries.iter().take_while(|entry| entry.origin == Origin::Asked).count();
    let folder = entries.split_off(asked);
    let play = entries.iter().position(|entry| entry.content.is_ok());
    library.chosen = match (play, library.chosen) {
        (Some(first), 0) => first,
        (_, chosen) => chosen + asked,
    };
    let inside = std::mem::replace(&mut library.entries, entries);
    library.entries.extend(inside);
    library.entries.extend(folder);
}

/// A file, or every question file directly in a folder.
#[must_use]
pub fn read_path(path: &Path, origin: Origin) -> Vec<Entry> {
    if !path.is_dir() {
        return vec![read_file(path, origin)];
    }
    match list_banks(path) {
        Ok(files) => files.iter().map(|file| read_file(file, origin)).collect(),
        Err(error) => vec![Entry { file: path.display().to_string(), origin, content: Err(unread(&error)) }],
    }
}

fn read_file(path: &Path, origin: Origin) -> Entry {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let content = match read_bounded(path, bank::MAX_BYTES as u64) {
        Ok(bytes) => read_text(&bytes),
        Err(error) => Err(unread(&error)),
    };
    Entry { file: name, origin, content }
}

fn read_text(bytes: &[u8]) -> Result<Loaded, Problem> {
    let bank = bank::read(bytes).map_err(|errors| problem(&errors))?;
    let text = std::str::from_utf8(bytes).map_err(|_| problem(&[]))?;
    Ok(Loaded { bank: Arc::new(bank), text: text.into() })
}

fn problem(errors: &[Diagnostic]) -> Problem {
    errors.first().map_or_else(
        || Problem { at: None, what: text::FILE_UNREADABLE.to_owned(), todo: text::FILE_CHECK.to_owned(), more: 0 },
        |first| Problem {
            at: first.at.map(|at| (at.line, at.column)),
            what: first.what.clone(),
            todo: first.todo.clone(),
            more: errors.len() - 1,
        },
    )
}

fn unread(error: &ReadError) -> Problem {
    let (what, todo) = match error {
        ReadError::Missing => (text::FILE_MISSING.to_owned(), text::FILE_MISSING_TODO),
        ReadError::TooBig { max_bytes } => (text::file_too_big(max_bytes / (1024 * 1024)), text::FILE_TOO_BIG_TODO),
        ReadError::IsFolder => (text::FILE_IS_FOLDER.to_owned(), text::FILE_MISSING_TODO),
        ReadError::Denied => (text::FILE_DENIED.to_owned(), text::FILE_DENIED_TODO),
        ReadError::Other(sentence) => (sentence.clone(), text::FILE_CHECK),
    };
    Problem { at: None, what, todo: todo.to_owned(), more: 0 }
}
