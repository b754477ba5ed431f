//! A class put together: its journal, its room, its server; and the same again after a crash.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use serde::{Deserialize, Serialize};

use super::address::places;
use super::protocol::Order;
use super::report::{NotSaved, Report, delete_class, save_beside};
use super::room::{Event, Keys, Manner, Outlets, Room, Snapshot, Talk};
use super::run::{Door, spawn};
use super::server::{Limits, Server};
use super::token::{RoomCode, Secret};
use crate::bank::Bank;
use crate::platform::{
    Claim, FileError, JournalWriter, MatchStore, ReadError, Times, WriteError, read_bounded, write_atomic,
};
use crate::quiz::journal::{self, Summary, Unreadable};
use crate::quiz::{Settings, Stage};

/// The port that is tried first.
pub const PORT: u16 = 8080;
/// How many further ones are tried if nobody asked for a port.
pub const MORE_PORTS: u16 = 10;
/// A journal larger than this is none of ours.
const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// The ending of the file beside a journal that holds the room's keys.
const ROOM: &str = "room";

/// Why there is no class. `Display` says what to try.
#[derive(Debug)]
pub enum Trouble {
    /// Something listens there already.
    PortTaken(SocketAddr),
    /// Ports below 1024 are the system's.
    PortDenied(SocketAddr),
    /// This computer does not have that address.
    NoSuchAddress(IpAddr),
    /// The system refuses, in its words.
    System(io::Error),
    /// The system has no randomness.
    NoChance,
    /// A file cannot be written or read.
    File(FileError),
    /// A journal cannot be read.
    Unread(PathBuf, ReadError),
    /// A journal cannot be replayed.
    Unreadable(PathBuf, Unreadable),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortTaken(at) => write!(
                f,
                "Port {} is taken by another program, or by another class on this computer. Try another one: --bind {}:{}",
                at.port(),
                at.ip(),
                at.port().checked_add(1).unwrap_or(PORT)
            ),
            Self::PortDenied(at) => {
                write!(
                    f,
                    "The system keeps port {} for itself. Try one above 1023: --bind {}:{PORT}",
                    at.port(),
                    at.ip()
                )
            }
            Self::NoSuchAddress(ip) => {
                write!(
                    f,
                    "This computer does not have the address {ip}. Without --bind the class is open at all that it has."
                )
            }
            Self::System(error) => write!(f, "The system does not let the class open: {error}."),
            Self::NoChance => {
                f.write_str("The system gives no random numbers, and without them every code could be guessed.")
            }
            Self::File(error) => error.fmt(f),
            Self::Unread(path, error) => write!(f, "{}: {error}", path.display()),
            Self::Unreadable(path, error) => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for Trouble {}

/// Opens a port. Without `asked` the usual one, or the next that is free.
///
/// # Errors
/// See [`Trouble`].
pub fn listen(asked: Option<SocketAddr>) -> Result<TcpListener, Trouble> {
    if let Some(at) = asked {
        return bind(at);
    }
    let everywhere = |port| SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), port);
    let mut last = bind(everywhere(PORT));
    for port in PORT + 1..=PORT + MORE_PORTS {
        if last.is_ok() {
            break;
        }
        last = bind(everywhere(port)).or(last);
    }
    last
}

/// Opens the port that phones know from before, so that they come back by themselves; or, if it is taken, as [`listen`] does.
///
/// # Errors
/// See [`Trouble`].
pub fn listen_again(port: Option<u16>) -> Result<TcpListener, Trouble> {
    let known = port.map(|port| SocketAddr::new(Ipv4Addr::UNSPECIFIED.into(), port));
    known.map_or_else(|| listen(None), |known| listen(Some(known)).or_else(|_| listen(None)))
}

fn bind(at: SocketAddr) -> Result<TcpListener, Trouble> {
    TcpListener::bind(at).map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => Trouble::PortTaken(at),
        io::ErrorKind::PermissionDenied => Trouble::PortDenied(at),
        io::ErrorKind::AddrNotAvailable => Trouble::NoSuchAddress(at.ip()),
        _ => Trouble::System(error),
    })
}

/// What is kept beside a class's journal until it is over, so that phones find their seats again.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RoomFile {
    format: u32,
    code: RoomCode,
    secret: Secret,
    remote: u32,
    remote_open: bool,
    port: u16,
    own_names: bool,
    auto: bool,
    #[serde(default)]
    talk: Talk,
}

impl RoomFile {
    fn new(keys: &Keys, manner: Manner, port: u16) -> Self {
        Self {
            format: 1,
            code: keys.code,
            secret: keys.secret.clone(),
            remote: keys.remote,
            remote_open: keys.remote_open,
            port,
            own_names: manner.own_names,
            auto: manner.auto,
            talk: manner.talk,
        }
    }

    fn save(&self, journal: &Path) -> Result<(), FileError> {
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        write_atomic(&MatchStore::beside(journal, ROOM), text.as_bytes())
    }

    fn load(journal: &Path) -> Option<Self> {
        let bytes = read_bounded(&MatchStore::beside(journal, ROOM), 64 * 1024).ok()?;
        serde_json::from_slice(&bytes).ok()
    }
}

/// A class that was running when the program ended.
#[derive(Debug, Clone)]
pub struct Left {
    /// Its journal.
    pub path: PathBuf,
    /// What it is about and how far it is.
    pub summary: Summary,
    /// How many have a seat.
    pub players: u32,
    /// The port that the phones know.
    pub port: Option<u16>,
    /// What was agreed.
    pub settings: Settings,
}

/// Classes that could go on, the last played first. Finished ones are filed.
///
/// # Errors
/// If the folder cannot be read.
pub fn left(store: &MatchStore) -> Result<Vec<Left>, FileError> {
    let mut left = Vec::new();
    for path in store.open_matches()? {
        let Ok(bytes) = read_bounded(&path, MOST_BYTES) else { continue };
        let Ok(replayed) = journal::replay_as_is(&bytes) else { continue };
        let summary = journal::summary(&replayed.game);
        if summary.finished {
            file(store, &path);
        } else {
            let port = RoomFile::load(&path).map(|room| room.port);
            let settings = replayed.game.settings().clone();
            left.push(Left { summary, players: replayed.game.seats(), port, settings, path });
        }
    }
    Ok(left)
}

/// The share of the seats that the class before filled together, in thousandths, for "beat the last lesson's ring": of the class that was
/// finished last, with this question file.
#[must_use]
pub fn last_ring(store: &MatchStore, bank: &str) -> Option<u16> {
    let finished = store.finished_matches().ok()?;
    finished.iter().find_map(|path| {
        let report = Report::read(&read_bounded(path, MOST_BYTES).ok()?).ok()?;
        report.filled().filter(|_| report.bank == bank)
    })
}

/// A match that is over, where it is kept.
struct Filed {
    journal: PathBuf,
    report: Result<Vec<PathBuf>, NotSaved>,
}

/// Puts the journal of a match that is over where finished ones lie, and its report beside it.
fn file(store: &MatchStore, path: &Path) -> Option<Filed> {
    // What cannot be moved now is filed at the next start.
    let journal = store.finished(path).ok()?;
    let _ = MatchStore::drop_beside(path, ROOM);
    let bytes = read_bounded(&journal, MOST_BYTES).ok()?;
    let report = Report::read(&bytes).ok()?.dated(&journal);
    Some(Filed { report: save_beside(&journal, &report), journal })
}

/// What a class leaves behind.
#[derive(Debug, Default)]
pub struct Closed {
    /// Whether its last match is over; otherwise the class can go on later.
    pub over: bool,
    /// The journals of its matches that are over, in order.
    pub journals: Vec<PathBuf>,
    /// The reports' files beside them.
    pub reports: Vec<PathBuf>,
    /// Why a report was not saved.
    pub trouble: Option<NotSaved>,
}

impl Closed {
    fn add(&mut self, over: Option<Filed>) {
        let Some(over) = over else { return };
        self.journals.push(over.journal);
        match over.report {
            Ok(files) => self.reports.extend(files),
            Err(trouble) => self.trouble = Some(trouble),
        }
    }
}

/// The files of a class that is open.
#[derive(Debug)]
struct Files {
    store: MatchStore,
    /// The first match's journal; those of rematches are named after it.
    first: PathBuf,
    /// The journal that is written now.
    now: PathBuf,
    closed: Closed,
}

type Shared = Arc<Mutex<Files>>;

fn with<T>(files: &Shared, act: impl FnOnce(&mut Files) -> T) -> T {
    // What a panic left half done is only a list of paths.
    act(&mut files.lock().unwrap_or_else(PoisonError::into_inner))
}

/// A class that is open.
#[derive(Debug)]
pub struct Hosting {
    /// The way into the room.
    pub door: Door,
    /// What people type.
    pub code: RoomCode,
    /// The host's own token.
    pub host_token: String,
    /// The big screen's token.
    pub screen_token: String,
    files: Option<Shared>,
    server: Option<Server>,
    room: Option<JoinHandle<Stage>>,
}

/// A new class.
pub struct Plan {
    /// What is played.
    pub bank: Arc<Bank>,
    /// The text that it was read from.
    pub bank_text: String,
    /// What is agreed.
    pub settings: Settings,
    /// How it is run.
    pub manner: Manner,
}

/// Opens a new class. Without a store nothing is saved.
///
/// # Errors
/// See [`Trouble`].
pub fn open(
    store: Option<MatchStore>,
    plan: Plan,
    listener: TcpListener,
    limits: Limits,
    watch: impl FnMut(Snapshot) + Send + 'static,
) -> Result<Hosting, Trouble> {
    let keys = fresh_keys()?;
    let port = listener.local_addr().map_err(Trouble::System)?.port();
    let (door, events) = Door::new();
    let path = store.as_ref().map(MatchStore::new_path);
    let journal = match &path {
        Some(path) => {
            RoomFile::new(&keys, plan.manner, port).save(path).map_err(Trouble::File)?;
            Some(JournalWriter::create(path, report(&door)).map_err(Trouble::File)?)
        }
        None => None,
    };
    let files = store.zip(path).map(|(store, path)| shared(store, path));
    let out = outlets(journal, &door, files.clone(), plan.manner, port, watch);
    let room = Room::new(plan.bank, &plan.bank_text, plan.settings, keys.clone(), plan.manner, out, Times::now());
    run(room, (door, events), keys, files, listener, limits)
}

fn shared(store: MatchStore, path: PathBuf) -> Shared {
    Arc::new(Mutex::new(Files { store, first: path.clone(), now: path, closed: Closed::default() }))
}

/// Goes on with a class that was running when the program ended. It is paused.
///
/// # Errors
/// See [`Trouble`].
pub fn resume(
    store: MatchStore,
    path: &Path,
    listener: TcpListener,
    limits: Limits,
    watch: impl FnMut(Snapshot) + Send + 'static,
) -> Result<Hosting, Trouble> {
    let claim = Claim::open(path).map_err(Trouble::File)?;
    let bytes = claim.read(MOST_BYTES).map_err(|error| Trouble::Unread(path.to_owned(), error))?;
    let replayed = journal::replay(&bytes).map_err(|error| Trouble::Unreadable(path.to_owned(), error))?;
    let port = listener.local_addr().map_err(Trouble::System)?.port();
    let saved = RoomFile::load(path);
    let (keys, manner) = match saved {
        Some(room) => (
            Keys { code: room.code, secret: room.secret, remote: room.remote, remote_open: room.remote_open },
            Manner { own_names: room.own_names, auto: room.auto, talk: room.talk },
        ),
        // Seats and scores stand; phones must be let in anew.
        None => (fresh_keys()?, Manner::default()),
    };
    RoomFile::new(&keys, manner, port).save(path).map_err(Trouble::File)?;
    let (door, events) = Door::new();
    let writer = JournalWriter::resume(claim, replayed.whole_bytes as u64, report(&door)).map_err(Trouble::File)?;
    let files = shared(store, path.to_owned());
    let out = outlets(Some(writer), &door, Some(Arc::clone(&files)), manner, port, watch);
    let room = Room::with(replayed.game, replayed.bank_text, keys.clone(), manner, out, Times::now());
    run(room, (door, events), keys, Some(files), listener, limits)
}

fn fresh_keys() -> Result<Keys, Trouble> {
    let code = RoomCode::fresh().map_err(|_| Trouble::NoChance)?;
    let secret = Secret::fresh().map_err(|_| Trouble::NoChance)?;
    Ok(Keys { code, secret, remote: 0, remote_open: false })
}

fn report(door: &Door) -> impl FnMut(Result<u64, WriteError>) + Send + 'static {
    let door = door.clone();
    move |outcome| door.tell(Event::Written(outcome))
}

fn outlets(
    journal: Option<JournalWriter>,
    door: &Door,
    files: Option<Shared>,
    manner: Manner,
    port: u16,
    watch: impl FnMut(Snapshot) + Send + 'static,
) -> Outlets {
    let (unsaved, again) = (door.clone(), door.clone());
    // Both ends of a rematch: what is written goes to the old journal, then to the new one.
    let journal = Arc::new(Mutex::new(journal));
    let (pen, kept) = (Arc::clone(&journal), files.clone());
    Outlets {
        journal: Box::new(move |record, lines| {
            match &*pen.lock().unwrap_or_else(PoisonError::into_inner) {
                Some(journal) => journal.append(record, lines),
                // Nowhere to write: what is in memory is all there will be.
                None => unsaved.tell(Event::Written(Ok(record))),
            }
        }),
        keys: Box::new(move |keys| {
            if let Some(files) = &kept {
                // A link that is lost by a crash can be made again.
                let _ = RoomFile::new(keys, manner, port).save(&with(files, |files| files.now.clone()));
            }
        }),
        again: Box::new(move |keys, manner| {
            let Some(files) = &files else { return true };
            let (next, over) = with(files, |files| (files.store.next_path(&files.first), files.now.clone()));
            let begun = RoomFile::new(keys, manner, port)
                .save(&next)
                .and_then(|()| JournalWriter::create(&next, report(&again)));
            let Ok(begun) = begun else {
                let _ = MatchStore::drop_beside(&next, ROOM);
                return false;
            };
            // The old journal is free once its writer has gone.
            drop(journal.lock().unwrap_or_else(PoisonError::into_inner).replace(begun));
            with(files, |files| {
                let kept = file(&files.store, &over);
                files.closed.add(kept);
                files.now = next;
            });
            true
        }),
        watch: Box::new(watch),
    }
}

fn run(
    mut room: Room,
    (door, events): (Door, std::sync::mpsc::Receiver<(Event, Times)>),
    keys: Keys,
    files: Option<Shared>,
    listener: TcpListener,
    limits: Limits,
) -> Result<Hosting, Trouble> {
    use super::token::Bearer;
    room.set_places(listener.local_addr().map(places).unwrap_or_default());
    let room = spawn(room, events).map_err(Trouble::System)?;
    let server = Server::start(listener, door.clone(), limits, Vec::new()).map_err(Trouble::System)?;
    Ok(Hosting {
        door,
        code: keys.code,
        host_token: keys.secret.token(Bearer::Host),
        screen_token: keys.secret.token(Bearer::Projector),
        files,
        server: Some(server),
        room: Some(room),
    })
}

impl Hosting {
    /// Asks for something.
    pub fn order(&self, order: Order) {
        self.door.tell(Event::Ordered { order });
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> Option<SocketAddr> {
        self.server.as_ref().map(Server::address)
    }

    /// Where the journal of the match that runs now is, if it is saved.
    #[must_use]
    pub fn journal(&self) -> Option<PathBuf> {
        self.files.as_ref().map(|files| with(files, |files| files.now.clone()))
    }

    /// The report of the match that runs now, as far as it is on disk; `None` if it is not saved.
    #[must_use]
    pub fn report(&self) -> Option<Report> {
        let journal = self.journal()?;
        Some(Report::read(&read_bounded(&journal, MOST_BYTES).ok()?).ok()?.dated(&journal))
    }

    /// Closes the doors and waits until everything is on disk. A class that is over is filed, with its report beside it; another one can go
    /// on later.
    pub fn close(mut self) -> Closed {
        self.end()
    }

    /// "Delete this class": closes the doors and removes every trace of the class: the journals of all its matches and their reports. What
    /// was removed.
    ///
    /// # Errors
    /// The first file that could not be removed, after all the others were.
    pub fn delete(mut self) -> Result<Vec<PathBuf>, FileError> {
        self.end();
        match &self.files {
            Some(files) => with(files, |files| delete_class(&files.store, &files.first, None)),
            None => Ok(Vec::new()),
        }
    }

    fn end(&mut self) -> Closed {
        self.door.tell(Event::Stop);
        let stage = self.room.take().and_then(|room| room.join().ok());
        self.server = None;
        let over = stage == Some(Stage::Finished);
        let Some(files) = &self.files else { return Closed { over, ..Closed::default() } };
        with(files, |files| {
            let mut closed = std::mem::take(&mut files.closed);
            if over {
                closed.add(file(&files.store, &files.now));
            }
            Closed { over, ..closed }
        })
    }
}

impl Drop for Hosting {
    fn drop(&mut self) {
        if self.room.is_some() {
            self.end();
        }
    }
}
