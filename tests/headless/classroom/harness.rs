//! A room in one hand: its times, its disk, and phones that keep every byte they were sent.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use roundtable::classroom::outbox::{Next, Outbox};
use roundtable::classroom::protocol::{Mine, Order, Page, PageKind, ToClient, ToServer, Why};
use roundtable::classroom::room::{Conn, Event, Keys, MOST_LAG_MS, Manner, Outlets, Room, Snapshot};
use roundtable::classroom::token::{Bearer, RoomCode, Secret};
use roundtable::platform::Times;
use roundtable::quiz::{Seat, Settings};
use roundtable::rules::{Answer, Key, Scoring};

use crate::quiz as hand;

pub const CODE: &str = "123456";

/// Lines that the journal was given, and the last record in them.
#[derive(Default)]
pub struct Disk {
    pub lines: String,
    pub record: u64,
}

pub struct Class {
    pub room: Room,
    pub now: Times,
    pub disk: Arc<Mutex<Disk>>,
    pub shown: Arc<Mutex<Option<Snapshot>>>,
    /// Whether lines are on disk as soon as they are written.
    pub fast: bool,
    next: u64,
}

/// Somebody's browser.
#[derive(Clone)]
pub struct Phone {
    pub conn: Conn,
    pub out: Outbox,
}

pub fn secret() -> Secret {
    Secret::from_bytes([7; 32])
}

pub fn keys() -> Keys {
    Keys { code: RoomCode::parse(CODE).unwrap(), secret: secret(), remote: 0, remote_open: false }
}

pub fn at(ms: u64) -> Times {
    Times { monotonic: Duration::from_millis(ms), wall: Duration::from_millis(1_700_000_000_000 + ms) }
}

/// A class of its own: late comers welcome, up to a thousand.
pub fn settings() -> Settings {
    Settings { late_join: true, ..hand::settings() }
}

/// The same, faster answers worth more.
pub fn speed() -> Settings {
    Settings { scoring: Scoring::Speed, grace_ms: MOST_LAG_MS, ..settings() }
}

pub fn points(class: &Class, player: u32) -> u32 {
    class.room.game().you(player).expect("a player").points
}

impl Class {
    pub fn new() -> Self {
        Self::of(hand::BANK, settings(), Manner::default())
    }

    pub fn of(bank: &str, settings: Settings, manner: Manner) -> Self {
        let (disk, shown, out) = outlets();
        let now = at(1000);
        let room = Room::new(hand::read(bank), bank, settings, keys(), manner, out, now);
        Self { room, now, disk, shown, fast: true, next: 1 }
    }

    /// What a host that was killed finds on disk.
    pub fn restarted(&self) -> Self {
        let lines = self.disk.lock().unwrap().lines.clone();
        let replayed = roundtable::quiz::journal::replay(lines.as_bytes()).expect("its own journal");
        let (disk, shown, out) = outlets();
        *disk.lock().unwrap() = Disk { lines, record: 0 };
        let now = at(5000);
        let room = Room::with(replayed.game, replayed.bank_text, keys(), Manner::default(), out, now);
        let mut class = Self { room, now, disk, shown, fast: true, next: 1 };
        class.settle();
        class
    }

    pub fn settle(&mut self) {
        self.room.settle(self.now);
        if self.fast {
            self.save();
        }
    }

    /// Everything written so far is on disk.
    pub fn save(&mut self) {
        loop {
            let record = std::mem::take(&mut self.disk.lock().unwrap().record);
            if record == 0 {
                break;
            }
            self.room.take(Event::Written(Ok(record)), self.now);
            self.room.settle(self.now);
        }
    }

    pub fn pass(&mut self, ms: u64) {
        self.now.monotonic += Duration::from_millis(ms);
        self.now.wall += Duration::from_millis(ms);
        self.settle();
    }

    pub fn take(&mut self, event: Event) {
        self.room.take(event, self.now);
        self.settle();
    }

    pub fn connect(&mut self) -> Phone {
        self.connect_from(IpAddr::V4(Ipv4Addr::new(192, 168, 1, 9)))
    }

    pub fn connect_from(&mut self, from: IpAddr) -> Phone {
        let phone = Phone { conn: Conn(self.next), out: Outbox::default() };
        self.next += 1;
        self.take(Event::Opened { conn: phone.conn, from, out: phone.out.clone() });
        phone
    }

    pub fn say(&mut self, phone: &Phone, message: ToServer) {
        self.take(Event::Said { conn: phone.conn, message });
    }

    pub fn close(&mut self, phone: &Phone) {
        self.take(Event::Closed { conn: phone.conn });
    }

    pub fn order(&mut self, order: Order) {
        self.take(Event::Ordered { order });
    }

    /// A phone that has joined; its welcome and first page are read.
    pub fn join(&mut self) -> (Phone, String) {
        let phone = self.connect();
        self.say(&phone, ToServer::Join { code: CODE.to_owned(), pick: None, name: None });
        let token = phone.read().iter().find_map(token).expect("a welcome");
        (phone, token)
    }

    pub fn back(&mut self, token: &str) -> Phone {
        let phone = self.connect();
        self.say(&phone, ToServer::Back { token: token.to_owned() });
        phone
    }

    pub fn host(&mut self) -> Phone {
        let phone = self.back(&secret().token(Bearer::Host));
        phone.read();
        phone
    }

    pub fn answer(&mut self, phone: &Phone, answer: Answer) {
        let question = self.room.game().moment().question;
        self.say(phone, ToServer::Answer { question, answer, sure: None });
    }

    /// Next until a question is open.
    pub fn ask(&mut self) -> u32 {
        for _ in 0..4 {
            if self.room.game().stage() == roundtable::quiz::Stage::Asking {
                break;
            }
            self.order(Order::Next);
        }
        self.room.game().moment().question
    }

    pub fn key(&self) -> Key {
        self.room.game().view(Seat::Host, self.room.game().last_stamp()).host.expect("an open question").key.clone()
    }

    pub fn snapshot(&self) -> Snapshot {
        self.shown.lock().unwrap().clone().expect("something was shown")
    }
}

fn outlets() -> (Arc<Mutex<Disk>>, Arc<Mutex<Option<Snapshot>>>, Outlets) {
    let disk = Arc::new(Mutex::new(Disk::default()));
    let shown = Arc::new(Mutex::new(None));
    let (lines, seen) = (Arc::clone(&disk), Arc::clone(&shown));
    let out = Outlets {
        journal: Box::new(move |record, text| {
            let mut disk = lines.lock().unwrap();
            disk.lines.push_str(&text);
            disk.record = record;
        }),
        keys: Box::new(|_| {}),
        again: Box::new({
            let lines = Arc::clone(&disk);
            move |_, _| {
                *lines.lock().unwrap() = Disk::default();
                true
            }
        }),
        watch: Box::new(move |snapshot| *seen.lock().unwrap() = Some(snapshot)),
    };
    (disk, shown, out)
}

impl Phone {
    /// Every frame since the last look, as it went out.
    pub fn raw(&self) -> Vec<String> {
        let mut frames = Vec::new();
        loop {
            match self.out.next() {
                Next::Frame(frame) => frames.push(frame.to_string()),
                Next::Close(_, last) => {
                    frames.push(last.to_string());
                    return frames;
                }
                Next::Nothing => return frames,
            }
        }
    }

    pub fn read(&self) -> Vec<ToClient> {
        self.raw().iter().map(|frame| serde_json::from_str(frame).expect("a frame of the protocol")).collect()
    }

    /// Why the last thing was refused or the socket is closed.
    pub fn why(&self) -> Option<Why> {
        why(&self.read())
    }

    pub fn received(&self) -> Vec<u32> {
        self.read().iter().filter_map(received).collect()
    }
}

pub fn why(frames: &[ToClient]) -> Option<Why> {
    frames.iter().rev().find_map(|frame| match frame {
        ToClient::Refused { why, .. } | ToClient::Closing { why, .. } => Some(*why),
        _ => None,
    })
}

pub fn received(frame: &ToClient) -> Option<u32> {
    match frame {
        ToClient::Received { question, .. } => Some(*question),
        _ => None,
    }
}

pub fn token(frame: &ToClient) -> Option<String> {
    match frame {
        ToClient::Welcome { token, .. } => Some(token.clone()),
        _ => None,
    }
}

pub fn page(frames: &[ToClient]) -> Option<&Page> {
    frames.iter().rev().find_map(|frame| match frame {
        ToClient::Page(page) => Some(page),
        _ => None,
    })
}

pub fn kinds(frames: &[ToClient]) -> Vec<PageKind> {
    frames
        .iter()
        .filter_map(|frame| match frame {
            ToClient::Page(page) => Some(page.kind),
            _ => None,
        })
        .collect()
}

pub fn mine(frames: &[ToClient]) -> Option<&Mine> {
    frames.iter().rev().find_map(|frame| match frame {
        ToClient::Mine(mine) => Some(mine),
        _ => None,
    })
}
