//! The question files that can be played: those inside the program, those in the player's folder, those named on the command line,
//! and those opened since, from a dialog or dropped on the window.
//!
//! Files are a stranger's: they are read and checked on threads of their own, so that a slow disk or a huge file keeps no frame
//! waiting, and a bad one is listed with its findings while the others play.
//!
//! [`OpenFiles`] in, [`FilesOpened`] out; [`KeepFile`] copies one into the player's folder.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use bevy::prelude::*;
use tracing::error;

use super::app::Options;
use super::dialogs::{FileAnswer, FileKind, PickFile};
use super::redraw::Waker;
use super::session::{Loaded, Notices, Storage};
use super::text;
use crate::bank::{self, Diagnostic, Level};
use crate::platform::{DataDir, OpenedFile, Outcome, ReadError, list_banks, open_file, write_new_then};

/// Where a question file comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// Named on the command line, or opened since.
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
    /// Where it lies, if that is known.
    pub path: Option<PathBuf>,
    /// Where it comes from.
    pub origin: Origin,
    /// Its questions, unless something is an error.
    pub loaded: Option<Loaded>,
    /// What was found in it.
    pub report: Arc<Report>,
}

/// What a check has found in a file.
#[derive(Debug, Default)]
pub struct Report {
    /// The title that the file gives itself; empty if it could not be read.
    pub title: String,
    /// How many questions there are, broken ones included.
    pub questions: usize,
    /// How many rounds.
    pub rounds: usize,
    /// How many findings of each level there are; more than are listed if there are very many.
    pub found: [usize; 3],
    /// Errors first.
    pub findings: Vec<Diagnostic>,
}

impl Report {
    /// How many findings of this level there are.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        self.found[level as usize]
    }

    /// The first error.
    #[must_use]
    pub fn error(&self) -> Option<&Diagnostic> {
        self.findings.iter().find(|finding| finding.level == Level::Error)
    }

    /// Of a file that cannot be read at all.
    fn unread(error: &ReadError) -> Self {
        let (what, todo) = match error {
            ReadError::Missing => (text::FILE_MISSING.to_owned(), text::FILE_MISSING_TODO),
            ReadError::TooBig { max_bytes } => (text::file_too_big(max_bytes / (1024 * 1024)), text::FILE_TOO_BIG_TODO),
            ReadError::IsFolder => (text::FILE_IS_FOLDER.to_owned(), text::FILE_IS_FOLDER_TODO),
            ReadError::Denied => (text::FILE_DENIED.to_owned(), text::FILE_DENIED_TODO),
            ReadError::TooMany => (text::FILES_TOO_MANY.to_owned(), text::FILES_TOO_MANY_TODO),
            ReadError::Fetch(error) => (error.to_string(), text::fetch_todo(*error)),
            ReadError::Other(sentence) => (sentence.clone(), text::FILE_CHECK),
        };
        let finding = Diagnostic {
            level: Level::Error,
            rule: "not-read",
            at: None,
            question: None,
            stem: None,
            what,
            todo: todo.to_owned(),
        };
        Self { found: [1, 0, 0], findings: vec![finding], ..Self::default() }
    }
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
    /// Whether the player has chosen one, or opened one to play.
    wished: bool,
}

impl Library {
    /// What Play plays: the chosen file, or the first that is good.
    #[must_use]
    pub fn chosen(&self) -> Option<&Loaded> {
        let chosen = self.entries.get(self.chosen).and_then(|entry| entry.loaded.as_ref());
        chosen.or_else(|| self.entries.iter().find_map(|entry| entry.loaded.as_ref()))
    }

    /// Has Play play the file that lies here.
    pub fn choose(&mut self, path: &Path) {
        if let Some(index) = self.index_of(path) {
            self.choose_at(index);
        }
    }

    /// Has Play play the file at this place of the list.
    pub fn choose_at(&mut self, index: usize) {
        (self.chosen, self.wished) = (index, true);
    }

    fn index_of(&self, path: &Path) -> Option<usize> {
        self.entries.iter().position(|entry| entry.path.as_deref() == Some(path))
    }

    /// A file that was opened takes the place of its older state, or the first place.
    fn take(&mut self, entry: &Entry) {
        let Some(path) = &entry.path else { return };
        if let Some(index) = self.index_of(path) {
            let origin = self.entries[index].origin;
            self.entries[index] = Entry { origin, ..entry.clone() };
        } else {
            self.entries.insert(0, entry.clone());
            self.chosen += 1;
        }
    }
}

/// Reads and checks these files, lists them, and answers with [`FilesOpened`].
#[derive(Event, Debug, Clone)]
pub enum OpenFiles {
    /// From these places: dropped on the window, or to be looked at again.
    At(Vec<PathBuf>),
    /// Read already: from a dialog.
    Read(Vec<OpenedFile>),
}

/// Files that were opened, checked and listed.
#[derive(Event, Debug, Clone)]
pub struct FilesOpened(pub Vec<Entry>);

/// Copies an opened file into the player's folder, unless its name is taken there.
#[derive(Event, Debug, Clone)]
pub struct KeepFile(pub Entry);

/// An opened file lies in the player's folder now.
#[derive(Event, Debug, Clone)]
pub struct FileKept {
    /// Where it lay.
    pub from: PathBuf,
    /// Where it lies.
    pub to: PathBuf,
}

/// Asks the player for question files.
pub fn ask_for_files(commands: &mut Commands) {
    commands.trigger(PickFile { kind: FileKind::Questions, tag: TAG });
}

const TAG: &str = "questions";

/// What a thread has done.
enum Done {
    /// At the start: the asked files and the folder's.
    Start(Vec<Entry>),
    Opened(Vec<Entry>),
    Kept {
        from: PathBuf,
        to: Result<PathBuf, String>,
    },
}

#[derive(Resource)]
struct Threads {
    sender: Sender<Done>,
    inbox: Mutex<Receiver<Done>>,
}

impl Default for Threads {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self { sender, inbox: Mutex::new(receiver) }
    }
}

impl Threads {
    /// `work` gets what it passes its result to.
    fn run(
        &self,
        waker: &Waker,
        work: impl FnOnce(Box<dyn FnOnce(Done) + Send>) + Send + 'static,
    ) -> std::io::Result<()> {
        let (sender, waker) = (self.sender.clone(), waker.clone());
        let done = Box::new(move |done| {
            // Fails only once the window has gone.
            let _ = sender.send(done);
            waker.wake();
        });
        // A browser has no threads for us; a file of the usual size is checked within a frame.
        #[cfg(target_family = "wasm")]
        work(done);
        #[cfg(not(target_family = "wasm"))]
        std::thread::Builder::new().name("question files".to_owned()).spawn(move || work(done))?;
        Ok(())
    }
}

/// Once the library is up to date this frame.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct Stocking;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Library>()
        .init_resource::<Threads>()
        .add_systems(Startup, stock)
        .add_systems(PreUpdate, take_in.in_set(Stocking))
        .add_observer(open)
        .add_observer(picked)
        .add_observer(keep);
}

/// Lists what is inside the program at once, and begins to read the rest.
fn stock(
    options: Res<Options>,
    storage: Res<Storage>,
    waker: Res<Waker>,
    threads: Res<Threads>,
    mut library: ResMut<Library>,
) {
    for (file, source) in bank::shipped() {
        library.entries.push(shipped(file, source));
    }
    let (asked, data) = (options.banks.clone(), storage.data.clone());
    let begun = threads.run(&waker, move |done| {
        let mut entries: Vec<Entry> = asked.iter().flat_map(|path| read_path(path, Origin::Asked)).collect();
        if let Some(folder) = data.and_then(|data| data.banks().ok()) {
            entries.extend(read_folder(&folder, Origin::Folder));
        }
        done(Done::Start(entries));
    });
    match begun {
        Ok(()) => library.loading = true,
        Err(error) => error!("Only the question files inside the program can be played: {error}"),
    }
}

fn picked(answer: On<FileAnswer>, mut commands: Commands) {
    if let (TAG, Outcome::Opened(files)) = (answer.tag, &answer.outcome) {
        commands.trigger(OpenFiles::Read(files.clone()));
    }
}

fn open(
    asked: On<OpenFiles>,
    waker: Res<Waker>,
    threads: Res<Threads>,
    mut notices: ResMut<Notices>,
    mut commands: Commands,
) {
    let asked = asked.event().clone();
    let begun = threads.run(&waker, move |done| {
        done(Done::Opened(match asked {
            OpenFiles::Read(files) => files.into_iter().map(|file| examine(file, Origin::Asked)).collect(),
            OpenFiles::At(paths) => paths.iter().flat_map(|path| read_path(path, Origin::Asked)).collect(),
        }));
    });
    if let Err(error) = begun {
        notices.tell(text::not_opened(&error.to_string()));
        commands.trigger(FilesOpened(Vec::new()));
    }
}

fn keep(
    asked: On<KeepFile>,
    storage: Res<Storage>,
    waker: Res<Waker>,
    threads: Res<Threads>,
    mut notices: ResMut<Notices>,
) {
    let Entry { file, path: Some(from), loaded: Some(loaded), .. } = asked.0.clone() else { return };
    let Some(data) = storage.data.clone() else {
        notices.tell(storage.why_none.clone());
        return;
    };
    let begun = threads.run(&waker, move |done| copy(&data, &file, &loaded.text, |to| done(Done::Kept { to, from })));
    if let Err(error) = begun {
        notices.tell(text::not_kept(&error.to_string()));
    }
}

/// Into the folder, under the name that the file has: two files of one name are two, and neither may go.
fn copy(data: &DataDir, file: &str, content: &str, done: impl FnOnce(Result<PathBuf, String>) + Send + 'static) {
    let folder = match data.banks() {
        Ok(folder) => folder,
        Err(error) => return done(Err(error.to_string())),
    };
    // Only this ending is looked for there; some editors hide one of their own behind it.
    let mut to = folder.join(file.strip_suffix(".txt").unwrap_or(file));
    if to.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("ron")) {
        to.as_mut_os_string().push(".ron");
    }
    let place = to.clone();
    write_new_then(&to, content.as_bytes(), move |kept| {
        done(kept.map(|()| place).map_err(|error| text::why_not_kept(&error)));
    });
}

fn take_in(threads: Res<Threads>, mut library: ResMut<Library>, mut notices: ResMut<Notices>, mut commands: Commands) {
    let inbox = threads.inbox.lock().unwrap_or_else(PoisonError::into_inner);
    while let Ok(done) = inbox.try_recv() {
        match done {
            Done::Start(entries) => start(&mut library, entries, &mut commands),
            Done::Opened(entries) => {
                for entry in entries.iter().rev() {
                    library.take(entry);
                }
                // Whoever opens a file means to play it.
                if let Some(path) = entries.iter().find(|e| e.loaded.is_some()).and_then(|e| e.path.as_deref()) {
                    library.choose(path);
                }
                commands.trigger(FilesOpened(entries));
            }
            Done::Kept { from, to: Ok(to) } => {
                if let Some(index) = library.index_of(&from) {
                    let entry = &mut library.entries[index];
                    (entry.path, entry.origin) = (Some(to.clone()), Origin::Folder);
                    entry.file = file_name(&to);
                }
                notices.tell(text::kept(&to));
                commands.trigger(FileKept { from, to });
            }
            Done::Kept { to: Err(why), .. } => notices.tell(text::not_kept(&why)),
        }
    }
}

/// The asked ones come first, and the first good one of them is played, unless the player has chosen meanwhile.
fn start(library: &mut Library, mut entries: Vec<Entry>, commands: &mut Commands) {
    library.loading = false;
    // Opened meanwhile: that state is the newer one.
    entries.retain(|entry| entry.path.as_deref().is_none_or(|path| library.index_of(path).is_none()));
    let asked = entries.iter().take_while(|entry| entry.origin == Origin::Asked).count();
    let folder = entries.split_off(asked);
    let play = entries.iter().position(|entry| entry.loaded.is_some());
    library.chosen = match play {
        Some(first) if !library.wished => first,
        _ => library.chosen + asked,
    };
    // Asked for, and something in them must be mended first: that is shown, as for a file opened by hand.
    if entries.iter().any(|entry| entry.loaded.is_none()) {
        commands.trigger(FilesOpened(entries.clone()));
    }
    let inside = std::mem::replace(&mut library.entries, entries);
    library.entries.extend(inside);
    library.entries.extend(folder);
}

/// A file, or every question file directly in a folder.
fn read_path(path: &Path, origin: Origin) -> Vec<Entry> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let within = if path.is_dir() { read_folder(&path, origin) } else { Vec::new() };
    // Of a folder without question files this says that it is a folder.
    if within.is_empty() { vec![read_one(&path, origin)] } else { within }
}

fn read_folder(folder: &Path, origin: Origin) -> Vec<Entry> {
    match list_banks(folder) {
        Ok(files) => files.iter().map(|file| read_one(file, origin)).collect(),
        Err(error) => vec![Entry {
            file: folder.display().to_string(),
            path: Some(folder.to_owned()),
            origin,
            loaded: None,
            report: Arc::new(Report::unread(&error)),
        }],
    }
}

fn read_one(path: &Path, origin: Origin) -> Entry {
    examine(open_file(path, bank::MAX_BYTES as u64), origin)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Checks what a file holds.
fn examine(file: OpenedFile, origin: Origin) -> Entry {
    let OpenedFile { name, path, content } = file;
    let (loaded, report) = match &content {
        Err(error) => (None, Report::unread(error)),
        Ok(bytes) => {
            let checked = bank::check(bytes);
            let loaded = checked.bank.zip(std::str::from_utf8(bytes).ok());
            let loaded = loaded.map(|(bank, text)| Loaded { bank: Arc::new(bank), text: text.into() });
            let report = Report {
                title: checked.title,
                questions: checked.questions,
                rounds: checked.rounds,
                found: checked.found,
                findings: checked.diagnostics,
            };
            (loaded, report)
        }
    };
    Entry { file: name, path, origin, loaded, report: Arc::new(report) }
}

/// What is inside was checked before it was put there.
fn shipped(file: &str, source: &'static str) -> Entry {
    let read = bank::read(source.as_bytes());
    let report = match &read {
        Ok(bank) => Report {
            title: bank.title.clone(),
            questions: bank.questions().count(),
            rounds: bank.rounds.len(),
            ..Report::default()
        },
        Err(errors) => Report { found: [errors.len(), 0, 0], findings: errors.clone(), ..Report::default() },
    };
    let loaded = read.ok().map(|bank| Loaded { bank: Arc::new(bank), text: source.into() });
    Entry { file: file.to_owned(), path: None, origin: Origin::Inside, loaded, report: Arc::new(report) }
}
