//! A room: one match, and everybody who has a socket to it. A state machine without thread, clock or socket: events come in with their
//! times, frames go to queues, lines go to a journal.
//!
//! An answer is stamped where it arrives, and "received" is said once the journal has it on disk. A page is rendered and encoded once
//! for all who see the same; what players are sent grows with players, never with their square.

mod again;
mod orders;
mod pages;
mod people;

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use serde::{Deserialize, Serialize};

pub use self::again::Offer;
use self::pages::Frames;
use super::access::may;
use super::gate::Gate;
use super::names::Namer;
use super::outbox::{Outbox, frame};
use super::protocol::{Order, Role, ToClient, ToServer, Why};
use super::token::{RoomCode, Secret};
use crate::bank::Bank;
use crate::platform::{MatchClock, SleepWatch, Times, WriteError};
use crate::quiz::{Command, Match, Moment, PauseReason, Refused, Seat, Settings, Stage, Stamp, Sureness, View};
use crate::rules::{Answer, Revote, Scoring};

/// The most that a round trip may earn a player back, in milliseconds.
pub const MOST_LAG_MS: u32 = 100;
/// Round trips that are remembered; the shortest counts.
const PINGS: usize = 4;
/// How often counts go out while they change.
const TALLY_EVERY: Duration = Duration::from_millis(150);
/// With `auto`: how long after the first player has joined it starts.
pub const AUTO_START_MS: u64 = 60_000;
/// With `auto`: how long a restarted class waits for its phones.
const AUTO_RESUME_MS: u64 = 5_000;

/// A socket, for as long as the host runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Conn(pub u64);

/// What a room is made of beside its match.
#[derive(Debug, Clone)]
pub struct Keys {
    /// What people type.
    pub code: RoomCode,
    /// What tokens are made of.
    pub secret: Secret,
    /// The newest link for a remote; older ones are worth nothing.
    pub remote: u32,
    /// Whether that link counts.
    pub remote_open: bool,
}

/// How a room is run; nothing of it decides a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Manner {
    /// Whether students may bring names of their own.
    pub own_names: bool,
    /// Whether the class goes on by itself.
    pub auto: bool,
    /// Which questions wait before they are told.
    pub talk: Talk,
}

/// Which closed questions wait to be told, where [`Settings::hold`] lets them: so that the class can talk and vote again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Talk {
    /// Every one.
    #[default]
    Always,
    /// Those that 30 to 70 % have right, the first time; and those that the teacher closes with [`Order::Close`].
    WhenSplit,
}

/// What happens to a room.
#[derive(Debug)]
pub enum Event {
    /// A socket has opened.
    Opened {
        /// Which.
        conn: Conn,
        /// From where.
        from: IpAddr,
        /// Its queue.
        out: Outbox,
    },
    /// A client said something.
    Said {
        /// Who.
        conn: Conn,
        /// What.
        message: ToServer,
    },
    /// A round trip was measured.
    RoundTrip {
        /// On which socket.
        conn: Conn,
        /// How long it took, in milliseconds.
        ms: u32,
    },
    /// A socket has closed.
    Closed {
        /// Which.
        conn: Conn,
    },
    /// The journal's writer reports.
    Written(Result<u64, WriteError>),
    /// The host at this computer asks for something.
    Ordered {
        /// What.
        order: Order,
    },
    /// Time may have passed.
    Woken,
    /// The program stops. The match stays open on disk.
    Stop,
}

/// What the host's own screen shows. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// What the big screen may show.
    pub projector: View,
    /// What the host may know.
    pub host: View,
    /// Everybody who has a seat, in order of joining.
    pub people: Arc<Vec<Person>>,
    /// Whether nobody new is let in.
    pub locked: bool,
    /// Why journal lines are not on disk, if they are not.
    pub trouble: Option<WriteError>,
    /// The path of the remote's link, if there is one.
    pub remote: Option<String>,
    /// What became of the last order.
    pub reply: Option<Why>,
    /// While a question waits to be told and 30 to 70 % are right: "talk to your neighbour, vote again" ([`Order::Revote`]; or
    /// [`Order::Reveal`]).
    pub offer: Option<Offer>,
    /// In feedback, after a second vote: what it changed.
    pub gain: Option<Revote>,
    /// Which match of this class it is: 1, and one more with every [`Order::Rematch`].
    pub matches: u32,
}

/// A player, for the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The number.
    pub player: u32,
    /// The name.
    pub name: String,
    /// Whether a socket is open.
    pub here: bool,
}

/// Where a room's output goes, besides sockets.
pub struct Outlets {
    /// Takes journal lines, with the number of the last record in them.
    pub journal: Box<dyn FnMut(u64, String) + Send>,
    /// Keeps the keys, when a remote's link is made or revoked.
    pub keys: Box<dyn FnMut(&Keys) + Send>,
    /// Ends the journal, all of which is on disk, and begins another with the same keys: what follows belongs to a new match. Whether it
    /// could.
    pub again: Box<dyn FnMut(&Keys, Manner) -> bool + Send>,
    /// Shows the host how things stand.
    pub watch: Box<dyn FnMut(Snapshot) + Send>,
}

impl Outlets {
    /// All into nothing.
    #[must_use]
    pub fn none() -> Self {
        Self {
            journal: Box::new(|_, _| {}),
            keys: Box::new(|_| {}),
            again: Box::new(|_, _| true),
            watch: Box::new(|_| {}),
        }
    }
}

/// Somebody at the other end of a socket.
struct Guest {
    from: IpAddr,
    out: Outbox,
    role: Option<Role>,
    /// A player's number.
    seat: Option<u32>,
    /// A player whose seat is not on disk yet.
    joining: bool,
    offers: Vec<String>,
    /// The last round trips, newest last.
    trips: VecDeque<u32>,
}

/// A player's seat.
#[derive(Default)]
struct Chair {
    conn: Option<Conn>,
    /// The question last sent, and when.
    sent: Option<(u32, Duration)>,
    /// How long after sending the receipt for it came, in milliseconds.
    shown_ms: Option<u32>,
}

/// What somebody waits for until a record is on disk.
enum Waiting {
    Welcome(Conn),
    /// A player's answer to a question, wherever the player has gone meanwhile.
    Received(u32, u32),
}

/// What is on everybody's screen. A change is a reason to send pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scene {
    moment: Moment,
    /// Goes up when what has been shown means something else.
    edition: u32,
}

/// See the module.
pub struct Room {
    game: Match,
    bank_text: Arc<str>,
    keys: Keys,
    manner: Manner,
    out: Outlets,
    clock: MatchClock,
    sleep: SleepWatch,
    /// The stamp of the last event.
    last: Stamp,
    gate: Gate,
    namer: Namer,
    guests: HashMap<Conn, Guest>,
    chairs: Vec<Chair>,
    waiting: VecDeque<(u64, Waiting)>,
    durable: u64,
    trouble: Option<WriteError>,
    scene: Option<Scene>,
    edition: u32,
    frames: Frames,
    /// Where browsers can reach the class.
    places: Vec<String>,
    /// Counts have changed since they were last sent.
    counts_dirty: bool,
    counts_sent: Duration,
    counts_shown: Option<Scene>,
    received: Option<(u32, Utf8Bytes)>,
    reply: Option<Why>,
    /// With `auto`: when it starts, or goes on.
    auto_at: Option<Stamp>,
    /// A rematch that was asked for.
    again: Option<Settings>,
    matches: u32,
    gained: Option<(Scene, Option<Revote>)>,
    stopped: bool,
}

impl Room {
    /// A room with a new match in its lobby.
    #[must_use]
    pub fn new(
        bank: Arc<Bank>,
        bank_text: &str,
        settings: Settings,
        keys: Keys,
        manner: Manner,
        out: Outlets,
        now: Times,
    ) -> Self {
        Self::with(Match::new(bank, bank_text, settings), bank_text.into(), keys, manner, out, now)
    }

    /// A room around a match that goes on, replayed from its journal; `bank_text` is the question file that it holds.
    #[must_use]
    pub fn with(game: Match, bank_text: Arc<str>, keys: Keys, manner: Manner, out: Outlets, now: Times) -> Self {
        let seed = getrandom::u64().unwrap_or_else(|_| u64::from(std::process::id()));
        let mut namer = Namer::new(ChaCha8Rng::seed_from_u64(seed));
        let seats = game.seats();
        for name in (0..seats).filter_map(|seat| game.name(seat)) {
            namer.take(name);
        }
        let last = game.last_stamp();
        let mut room = Self {
            clock: MatchClock::starting_from(last.0, now),
            sleep: SleepWatch::new(now),
            durable: game.last_record(),
            game,
            bank_text,
            keys,
            manner,
            out,
            last,
            gate: Gate::default(),
            namer,
            guests: HashMap::new(),
            chairs: (0..seats).map(|_| Chair::default()).collect(),
            waiting: VecDeque::new(),
            trouble: None,
            scene: None,
            edition: 0,
            frames: Frames::default(),
            places: Vec::new(),
            counts_dirty: true,
            counts_sent: Duration::ZERO,
            counts_shown: None,
            received: None,
            reply: None,
            auto_at: None,
            again: None,
            matches: 1,
            gained: None,
            stopped: false,
        };
        // What was replayed is on disk but for the pause that a restart adds.
        room.durable = room.durable.saturating_sub(1);
        room.settle(now);
        room
    }

    /// Where browsers can reach the class, the likeliest first: for the big screen.
    pub fn set_places(&mut self, places: Vec<String>) {
        self.places = places;
    }

    /// Takes an event that happened at `now`. Call [`Room::settle`] once no more of them wait.
    pub fn take(&mut self, event: Event, now: Times) {
        self.notice_sleep(now);
        let at = self.stamp(now);
        match event {
            Event::Opened { conn, from, out } => {
                let guest = Guest {
                    from,
                    out,
                    role: None,
                    seat: None,
                    joining: false,
                    offers: Vec::new(),
                    trips: VecDeque::new(),
                };
                self.guests.insert(conn, guest);
            }
            Event::Said { conn, message } => self.said(conn, message, at, now),
            Event::RoundTrip { conn, ms } => {
                if let Some(guest) = self.guests.get_mut(&conn) {
                    guest.trips.push_back(ms);
                    if guest.trips.len() > PINGS {
                        guest.trips.pop_front();
                    }
                }
            }
            Event::Closed { conn } => self.closed(conn),
            Event::Written(Ok(record)) => {
                self.trouble = None;
                self.durable = self.durable.max(record);
                self.game.durable(record);
                self.counts_dirty = true;
            }
            Event::Written(Err(error)) => {
                self.trouble = Some(error);
                self.counts_dirty = true;
            }
            Event::Ordered { order } => {
                self.reply = self.order(order, at).err();
                self.counts_dirty = true;
            }
            Event::Woken => {}
            Event::Stop => {
                self.stopped = true;
                let over = self.game.stage() == Stage::Finished;
                for guest in self.guests.values() {
                    guest.out.close(if over { Why::Ended } else { Why::Stopping }, !over);
                }
            }
        }
    }

    /// Lets the clock's changes happen, hands lines to the journal, thanks for what is on disk, and sends what has changed.
    pub fn settle(&mut self, now: Times) {
        self.notice_sleep(now);
        let at = self.stamp(now);
        self.go_on_by_itself(at);
        self.game.advance(at);
        self.tell_what_is_clear(at);
        self.write();
        self.thank(now);
        self.begin_again(now);
        self.show(now);
        self.count(now);
    }

    /// How long nothing needs to be done if nothing happens; `None` is for ever.
    #[must_use]
    pub fn idle_for(&self, now: Times) -> Option<Duration> {
        let at = self.clock.at(now);
        let until = |stamp: Stamp| Duration::from_millis(stamp.0.saturating_sub(at));
        let counts = self.counts_dirty.then(|| (self.counts_sent + TALLY_EVERY).saturating_sub(now.monotonic));
        [self.game.next_deadline().map(until), self.auto_at.map(until), counts].into_iter().flatten().min()
    }

    /// Whether [`Event::Stop`] came.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// The match, to look at.
    #[must_use]
    pub fn game(&self) -> &Match {
        &self.game
    }

    fn stamp(&mut self, now: Times) -> Stamp {
        let at = Stamp(self.clock.at(now)).max(self.last);
        self.last = at;
        at
    }

    /// A laptop that slept pauses the match where it was.
    fn notice_sleep(&mut self, now: Times) {
        if self.sleep.look(now).is_some() {
            let before = self.last;
            let _ = self.game.submit(Command::Pause { reason: PauseReason::Sleep }, before);
        }
    }

    fn write(&mut self) {
        if let Some((record, lines)) = self.game.take_lines() {
            (self.out.journal)(record, lines);
        }
    }

    fn go_on_by_itself(&mut self, at: Stamp) {
        if !self.manner.auto {
            return;
        }
        let restarted = self.game.moment().paused == Some(PauseReason::Restarted);
        let lobby = self.game.stage() == Stage::Lobby;
        let somebody = self.guests.values().any(|guest| guest.seat.is_some());
        if !(somebody && (lobby || restarted)) {
            self.auto_at = None;
            return;
        }
        let wait = if lobby { AUTO_START_MS } else { AUTO_RESUME_MS };
        let due = *self.auto_at.get_or_insert(Stamp(at.0 + wait));
        if at >= due {
            self.auto_at = None;
            let _ = self.game.submit(if lobby { Command::Next } else { Command::Resume }, at);
        }
    }

    fn said(&mut self, conn: Conn, message: ToServer, at: Stamp, now: Times) {
        let Some(guest) = self.guests.get(&conn).filter(|guest| !guest.is_leaving()) else { return };
        if guest.joining {
            guest.out.refuse(Why::AlreadySeated, None);
            return;
        }
        if !may(guest.role, &message) {
            let why = match (guest.role, &message) {
                (None, _) => Why::NotSeated,
                (Some(_), ToServer::Knock { .. } | ToServer::Join { .. } | ToServer::Back { .. }) => Why::AlreadySeated,
                _ => Why::NotAllowed,
            };
            guest.out.refuse(why, None);
            return;
        }
        let seat = guest.seat;
        match (message, seat) {
            (ToServer::Knock { code }, _) => self.knock(conn, &code, now),
            (ToServer::Join { code, pick, name }, _) => self.join(conn, &code, pick, name.as_deref(), at, now),
            (ToServer::Back { token }, _) => self.back(conn, &token, now),
            (ToServer::Answer { question, answer, sure }, Some(seat)) => {
                self.answer(conn, seat, question, answer, sure, at);
            }
            (ToServer::Sure { question, sure }, Some(player)) => {
                let reply = self.game.submit(Command::Sure { player, question, sure }, at);
                if let (Err(refused), Some(guest)) = (reply, self.guests.get(&conn)) {
                    guest.out.refuse(why(refused), Some(question));
                }
            }
            (ToServer::Shown { question }, Some(seat)) => self.shown(seat, question, now),
            (ToServer::Order { order }, _) => {
                let reply = self.order(order, at);
                self.counts_dirty = true;
                if let Some(guest) = self.guests.get(&conn) {
                    match reply {
                        Ok(()) => guest.out.say(&ToClient::Done),
                        Err(why) => guest.out.refuse(why, None),
                    }
                }
            }
            (ToServer::Answer { .. } | ToServer::Sure { .. } | ToServer::Shown { .. }, None) => {}
        }
    }

    fn answer(&mut self, conn: Conn, player: u32, question: u32, answer: Answer, sure: Option<Sureness>, at: Stamp) {
        let lag = self.lag(conn, player, question);
        let command = Command::Answer { player, question, answer: answer.clone(), sure };
        match self.game.submit_lagging(command, at, lag) {
            Ok(_) => {
                let record = self.game.last_record();
                self.waiting.push_back((record, Waiting::Received(player, question)));
                self.counts_dirty = true;
            }
            Err(refused) => {
                // A second copy of the same answer gets the same thanks, at the same time.
                if matches!(refused, Refused::AlreadyAnswered | Refused::TooLate) && self.has(player, question, &answer)
                {
                    let record = self.game.last_record();
                    self.waiting.push_back((record, Waiting::Received(player, question)));
                } else if let Some(guest) = self.guests.get(&conn) {
                    guest.out.refuse(why(refused), Some(question));
                }
            }
        }
    }

    /// Whether this very answer is the player's to the question last asked.
    fn has(&self, player: u32, question: u32, answer: &Answer) -> bool {
        self.game.moment().question == question
            && self.game.you(player).and_then(|you| you.answer).is_some_and(|given| given.answer == *answer)
    }

    /// What the way to this player and back is believed to have taken, in milliseconds; nothing where only right or wrong counts.
    fn lag(&self, conn: Conn, player: u32, question: u32) -> u32 {
        if self.game.settings().scoring == Scoring::Accuracy {
            return 0;
        }
        let trip = self.guests.get(&conn).and_then(|guest| guest.trips.iter().min().copied()).unwrap_or(0);
        let chair = self.chairs.get(player as usize);
        let receipt =
            chair.filter(|chair| chair.sent.is_some_and(|(sent, _)| sent == question)).and_then(|c| c.shown_ms);
        trip.min(receipt.unwrap_or(trip)).min(MOST_LAG_MS)
    }

    fn shown(&mut self, seat: u32, question: u32, now: Times) {
        let Some(chair) = self.chairs.get_mut(seat as usize) else { return };
        if let Some((sent, when)) = chair.sent
            && sent == question
            && chair.shown_ms.is_none()
        {
            let ms = now.monotonic.saturating_sub(when).as_millis();
            chair.shown_ms = Some(u32::try_from(ms).unwrap_or(u32::MAX));
        }
    }

    /// Says what is on disk to those who wait for it.
    fn thank(&mut self, now: Times) {
        while self.waiting.front().is_some_and(|(record, _)| *record <= self.durable) {
            match self.waiting.pop_front() {
                Some((_, Waiting::Received(player, question))) => {
                    let bytes = match &self.received {
                        Some((of, bytes)) if *of == question => bytes.clone(),
                        _ => frame(&ToClient::Received { question, say: "Answer received.".to_owned() }),
                    };
                    self.received = Some((question, bytes.clone()));
                    if let Some(guest) = self.seated(player) {
                        guest.out.push(bytes);
                    }
                }
                Some((_, Waiting::Welcome(conn))) => self.welcome(conn, now),
                None => {}
            }
        }
    }

    /// The socket at a player's seat.
    fn seated(&self, player: u32) -> Option<&Guest> {
        self.guests.get(&self.chairs.get(player as usize)?.conn?)
    }

    fn view(&self, seat: Seat) -> View {
        self.game.view(seat, self.last)
    }
}

/// A refusal of the match, as the protocol says it.
const fn why(refused: Refused) -> Why {
    match refused {
        // A class plays together: the refusals of teams never come up.
        Refused::WrongStage | Refused::NobodyHere | Refused::NotThisPlay => Why::NotNow,
        Refused::Paused => Why::Paused,
        Refused::NotPaused
        | Refused::NothingToUndo
        | Refused::AlreadyVoid
        | Refused::AlreadySo
        | Refused::BadPoints => Why::Nothing,
        Refused::NoSuchPlayer => Why::NoSuchPlayer,
        Refused::WrongQuestion => Why::WrongQuestion,
        Refused::TooLate => Why::TooLate,
        Refused::AlreadyAnswered => Why::AlreadyAnswered,
        Refused::NotYourTurn | Refused::LockedOut | Refused::SomebodyAnswers | Refused::BuzzFirst => Why::NotYourTurn,
        Refused::Malformed(_) => Why::BadAnswer,
        Refused::BadName => Why::BadName,
        Refused::NameTaken => Why::NameTaken,
        Refused::Full => Why::Full,
        Refused::Locked => Why::Locked,
        Refused::Gone => Why::Kicked,
    }
}
