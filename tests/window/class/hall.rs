//! A class in one hand: a real room without sockets and threads, whose pictures the window shows and whose orders come from the window.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use roundtable::bank;
use roundtable::classroom::address::Address;
use roundtable::classroom::outbox::Outbox;
use roundtable::classroom::protocol::{Order, ToServer};
use roundtable::classroom::room::{Conn, Event, Keys, Manner, Outlets, Room, Talk};
use roundtable::classroom::token::{RoomCode, Secret};
use roundtable::game::class::{Class, Doorplate, Facts, Inbox, Open};
use roundtable::game::session::Clock;
use roundtable::platform::Times;
use roundtable::quiz::{Ask, Seat, Settings, Stage};
use roundtable::rules::{Answer, GameCode, Pace, Scoring};

use crate::harness::Game;

pub const CODE: &str = "472918";

pub struct Hall {
    pub room: Room,
    pub now: Times,
    clock: Arc<Mutex<Times>>,
    written: Arc<Mutex<u64>>,
    orders: Receiver<Order>,
    /// Every order that the window has given.
    pub asked: Vec<Order>,
    phones: Vec<(Conn, Outbox)>,
    next: u64,
}

pub fn settings() -> Settings {
    let seed = GameCode::from_bits(0x00ab_cdef).seed();
    Settings { pace: Pace::Standard, max_players: 1000, late_join: true, ..Settings::solo(seed) }
}

pub fn places(addresses: &[[u8; 4]]) -> Vec<Address> {
    let cards = ["wlan0", "eth0", "docker0"];
    addresses
        .iter()
        .zip(cards)
        .map(|(four, card)| Address { ip: IpAddr::V4(Ipv4Addr::from(*four)), card: card.to_owned() })
        .collect()
}

impl Hall {
    pub fn open(game: &mut Game, bank: &str, settings: Settings) -> Self {
        Self::at(game, bank, settings, places(&[[192, 168, 1, 20], [10, 0, 0, 5]]))
    }

    pub fn at(game: &mut Game, text: &str, settings: Settings, places: Vec<Address>) -> Self {
        let now = game.app.world().resource::<Clock>().now();
        let (clock, written) = (Arc::new(Mutex::new(now)), Arc::new(Mutex::new(0)));
        let inbox = Inbox::default();
        let (shown, lines) = (inbox.clone(), Arc::clone(&written));
        let (send, orders) = channel();
        let at = Arc::clone(&clock);
        let out = Outlets {
            journal: Box::new(move |record, _| *lines.lock().expect("a lock") = record),
            keys: Box::new(|_| {}),
            watch: Box::new(move |snapshot| shown.put(snapshot, *at.lock().expect("a lock"))),
            ..Outlets::none()
        };
        let code = RoomCode::parse(CODE).expect("six digits");
        let keys = Keys { code, secret: Secret::from_bytes([7; 32]), remote: 0, remote_open: false };
        let read = Arc::new(bank::read(text.as_bytes()).unwrap_or_else(|errors| panic!("{errors:#?}")));
        let facts = Facts {
            title: read.title.clone(),
            scoring: Some(Scoring::Accuracy),
            lesson: None,
            code,
            port: 8080,
            instead_of: None,
            talk: settings.hold.then_some(Talk::Always),
            resumed: false,
            unsaved: None,
        };
        let room = Room::new(read, text, settings, keys, Manner { own_names: true, ..Manner::default() }, out, now);
        let open = Open::elsewhere(Doorplate { facts, places }, now, inbox, move |order| {
            let _ = send.send(order);
        });
        game.app.insert_resource(Class(Some(open)));
        let mut hall = Self { room, now, clock, written, orders, asked: Vec::new(), phones: Vec::new(), next: 1 };
        hall.step(game);
        hall
    }

    /// A little later: what the window asked for has happened, and the window shows it.
    pub fn step(&mut self, game: &mut Game) {
        self.pass(game, 200);
    }

    pub fn pass(&mut self, game: &mut Game, ms: u64) {
        let step = Duration::from_millis(ms);
        self.now = Times { monotonic: self.now.monotonic + step, wall: self.now.wall + step };
        *self.clock.lock().expect("a lock") = self.now;
        let orders: Vec<Order> = self.orders.try_iter().collect();
        for order in orders {
            self.asked.push(order.clone());
            self.take(Event::Ordered { order });
        }
        self.take(Event::Woken);
        game.app.insert_resource(Clock::Manual(self.now));
        game.settle();
    }

    fn take(&mut self, event: Event) {
        self.room.take(event, self.now);
        self.room.settle(self.now);
        loop {
            let record = std::mem::take(&mut *self.written.lock().expect("a lock"));
            if record == 0 {
                break;
            }
            self.room.take(Event::Written(Ok(record)), self.now);
            self.room.settle(self.now);
        }
    }

    pub fn join(&mut self, game: &mut Game, name: &str) {
        let conn = Conn(self.next);
        self.next += 1;
        let out = Outbox::default();
        self.take(Event::Opened { conn, from: IpAddr::V4(Ipv4Addr::new(192, 168, 1, 9)), out: out.clone() });
        let message = ToServer::Join { code: CODE.to_owned(), pick: None, name: Some(name.to_owned()) };
        self.take(Event::Said { conn, message });
        self.phones.push((conn, out));
        self.step(game);
    }

    /// Player `who` (in the order of joining) answers rightly or wrongly.
    pub fn answer(&mut self, game: &mut Game, who: usize, right: bool) {
        let question = self.room.game().moment().question;
        let view = self.room.game().view(Seat::Host, self.room.game().last_stamp());
        let key = view.host.as_ref().expect("an open question").key.answer.clone();
        let ask = &view.shown.question.as_ref().expect("an open question").ask;
        let answer = if right { key } else { wrong(ask, &key) };
        let conn = self.phones[who].0;
        self.take(Event::Said { conn, message: ToServer::Answer { question, answer, sure: None } });
        self.step(game);
    }

    pub fn leaves(&mut self, game: &mut Game, who: usize) {
        self.take(Event::Closed { conn: self.phones[who].0 });
        self.step(game);
    }

    pub fn stage(&self) -> Stage {
        self.room.game().stage()
    }
}

fn wrong(ask: &Ask, key: &Answer) -> Answer {
    match (ask, key) {
        (_, Answer::Choice(index)) => Answer::Choice(u8::from(*index == 0)),
        (_, Answer::MultiChoice(_)) => Answer::MultiChoice(Vec::new()),
        (_, Answer::TrueFalse(holds)) => Answer::TrueFalse(!holds),
        (Ask::Number { min, max, .. }, Answer::Number(value)) => {
            Answer::Number(if value - min > max - value { *min } else { *max })
        }
        (_, Answer::Order(order)) => Answer::Order(order.iter().rev().copied().collect()),
        (_, Answer::Match(partners)) => Answer::Match(vec![None; partners.len()]),
        _ => Answer::Text("nobody at all".to_owned()),
    }
}
