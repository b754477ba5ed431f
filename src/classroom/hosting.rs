//! A class put together: its journal, its room, its server; and the same again after a crash.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use serde::{Deserialize, Serialize};

use super::address::places;
use super::protocol::Order;
use super::room::{Event, Keys, Manner, Outlets, Room, Snapshot};
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
const MORE_PORTS: u16 = 10;
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
            left.push(Left { summary, players: replayed.game.seats(), port, path });
        }
    }
    Ok(left)
}

fn file(store: &MatchStore, path: &Path) {
    // What cannot be moved now is filed at the next start.
    if store.finished(path).is_ok() {
        let _ = MatchStore::drop_beside(path, ROOM);
    }
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
    /// Where the journal is, if there is one.
    pub journal: Option<PathBuf>,
    store: Option<MatchStore>,
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
    let out = outlets(journal, &door, path.clone(), plan.manner, port, watch);
    let room = Room::new(plan.bank, &plan.bank_text, plan.settings, keys.clone(), plan.manner, out, Times::now());
    run(room, (door, events), keys, (store, path), listener, limits)
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
            Manner { own_names: room.own_names, auto: room.auto },
        ),
        // Seats and scores stand; phones must be let in anew.
        None => (fresh_keys()?, Manner::default()),
    };
    RoomFile::new(&keys, manner, port).save(path).map_err(Trouble::File)?;
    let (door, events) = Door::new();
    let writer = JournalWriter::resume(claim, replayed.whole_bytes as u64, report(&door)).map_err(Trouble::File)?;
    let out = outlets(Some(writer), &door, Some(path.to_owned()), manner, port, watch);
    let room = Room::with(replayed.game, keys.clone(), manner, out, Times::now());
    run(room, (door, events), keys, (Some(store), Some(path.to_owned())), listener, limits)
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
    path: Option<PathBuf>,
    manner: Manner,
    port: u16,
    watch: impl FnMut(Snapshot) + Send + 'static,
) -> Outlets {
    let unsaved = door.clone();
    Outlets {
        journal: Box::new(move |record, lines| match &journal {
            Some(journal) => journal.append(record, lines),
            // Nowhere to write: what is in memory is all there will be.
            None => unsaved.tell(Event::Written(Ok(record))),
        }),
        keys: Box::new(move |keys| {
            if let Some(path) = &path {
                // A link that is lost by a crash can be made again.
                let _ = RoomFile::new(keys, manner, port).save(path);
            }
        }),
        watch: Box::new(watch),
    }
}

fn run(
    mut room: Room,
    (door, events): (Door, std::sync::mpsc::Receiver<(Event, Times)>),
    keys: Keys,
    (store, journal): (Option<MatchStore>, Option<PathBuf>),
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
        journal,
        store,
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

    /// Closes the doors and waits until everything is on disk. A class that is over is filed; another one can go on later.
    pub fn close(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.door.tell(Event::Stop);
        let stage = self.room.take().and_then(|room| room.join().ok());
        self.server = None;
        if let (Some(Stage::Finished), Some(store), Some(path)) = (stage, &self.store, &self.journal) {
            file(store, path);
        }
    }
}

impl Drop for Hosting {
    fn drop(&mut self) {
        if self.room.is_some() {
            self.end();
        }
    }
}
