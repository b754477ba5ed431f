//! "Received" is said only once the journal has it on disk: with the power cut at any moment, what was thanked for is there (number 33). The
//! documented window is nothing: no acknowledged answer may be lost.

use std::io;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};
use roundtable::classroom::outbox::Outbox;
use roundtable::classroom::protocol::{Order, ToServer};
use roundtable::classroom::room::{Conn, Event, Manner, Outlets, Room};
use roundtable::platform::{JournalWriter, Pace, Sink, WriteError};
use roundtable::quiz::Stage;
use roundtable::quiz::journal::{self, replay_as_is};

use super::harness::*;

/// A disk that takes a while to sync, and forgets in a power cut what was not.
#[derive(Clone, Default)]
struct Disk(Arc<Mutex<(Vec<u8>, usize)>>);

impl Sink for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Half a write now and then, as real ones do.
        let take = if bytes.len() > 300 { bytes.len() / 2 } else { bytes.len() };
        self.0.lock().unwrap().0.extend_from_slice(&bytes[..take]);
        Ok(take)
    }

    fn sync(&mut self) -> io::Result<()> {
        let written = self.0.lock().unwrap().0.len();
        std::thread::sleep(Duration::from_millis(2));
        self.0.lock().unwrap().1 = written;
        Ok(())
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.0.lock().unwrap().0.truncate(usize::try_from(length).unwrap());
        Ok(())
    }
}

impl Disk {
    /// What is left if the power goes now: what was synced, and whatever part of the rest the disk happened to have.
    fn after_power_cut(&self, chance: &mut ChaCha8Rng) -> Vec<u8> {
        let disk = self.0.lock().unwrap();
        let (bytes, safe) = &*disk;
        let more = usize::try_from(chance.next_u64()).unwrap() % (bytes.len() - safe + 1);
        let mut left = bytes[..safe + if chance.next_u64().is_multiple_of(2) { more } else { 0 }].to_vec();
        // And that may be rubbish.
        if chance.next_u64().is_multiple_of(3) {
            left[*safe..].fill(0);
        }
        left
    }
}

struct Wired {
    room: Room,
    written: Receiver<Result<u64, WriteError>>,
    disk: Disk,
    /// The last record that is on disk.
    safe: u64,
}

impl Wired {
    fn new() -> Self {
        let disk = Disk::default();
        let (told, written) = channel();
        let writer = JournalWriter::with_sink(disk.clone(), 0, Pace::default(), move |outcome| {
            let _ = told.send(outcome);
        })
        .unwrap();
        let out = Outlets { journal: Box::new(move |record, lines| writer.append(record, lines)), ..Outlets::none() };
        let bank = crate::quiz::BANK;
        let room = Room::new(crate::quiz::read(bank), bank, settings(), keys(), Manner::default(), out, at(1000));
        Self { room, written, disk, safe: 0 }
    }

    fn take(&mut self, event: Event, ms: u64) {
        self.room.take(event, at(ms));
        self.settle(ms);
    }

    fn settle(&mut self, ms: u64) {
        while let Ok(outcome) = self.written.try_recv() {
            self.safe = *outcome.as_ref().expect("a disk that works");
            self.room.take(Event::Written(outcome), at(ms));
        }
        self.room.settle(at(ms));
    }

    /// Waits for the disk.
    fn save(&mut self, ms: u64) {
        while self.safe < self.room.game().last_record() {
            let outcome = self.written.recv_timeout(Duration::from_secs(30)).expect("the disk answers");
            self.safe = *outcome.as_ref().expect("a disk that works");
            self.room.take(Event::Written(outcome), at(ms));
            self.room.settle(at(ms));
        }
    }
}

#[test]
fn with_the_power_cut_at_any_moment_every_answer_that_was_thanked_for_is_on_disk() {
    let mut chance = ChaCha8Rng::from_seed([5; 32]);
    for _ in 0..20 {
        let mut class = Wired::new();
        let mut ms = 1000;
        let phones: Vec<Phone> = (0..6).map(|conn| Phone { conn: Conn(conn), out: Outbox::default() }).collect();
        for phone in &phones {
            let from = std::net::IpAddr::from([10, 0, 0, 1]);
            class.take(Event::Opened { conn: phone.conn, from, out: phone.out.clone() }, ms);
            let join = ToServer::Join { code: CODE.to_owned(), pick: None, name: None };
            class.take(Event::Said { conn: phone.conn, message: join }, ms);
        }
        class.save(ms);
        let seated = phones.iter().filter(|phone| phone.read().iter().any(|frame| token(frame).is_some())).count();
        assert_eq!(seated, 6, "everybody is welcomed once it is on disk");
        let mut thanked: Vec<(usize, u32)> = Vec::new();
        let check = |class: &Wired, thanked: &[(usize, u32)], chance: &mut ChaCha8Rng| {
            let left = class.disk.after_power_cut(chance);
            let game = replay_as_is(&left).expect("a journal that can go on").game;
            assert_eq!(game.seats(), 6, "who was welcomed has a seat");
            for (player, question) in thanked {
                let found = game.records().iter().filter(|record| {
                    matches!(&record.event, journal::Event::Command(roundtable::quiz::Command::Answer { player: p, question: q, .. })
                        if *p as usize == *player && q == question)
                });
                assert_eq!(found.count(), 1, "player {player}, question {question} of {thanked:?}");
            }
        };
        while class.room.game().stage() != Stage::Finished {
            ms += 100;
            if class.room.game().stage() != Stage::Asking {
                class.take(Event::Ordered { order: Order::Next }, ms);
                continue;
            }
            let question = class.room.game().moment().question;
            for phone in &phones {
                for answer in super::killed::answers() {
                    let message = ToServer::Answer { question, answer, sure: None };
                    class.take(Event::Said { conn: phone.conn, message }, ms);
                }
                // Some time passes, or none.
                std::thread::sleep(Duration::from_micros(chance.next_u64() % 3000));
                class.settle(ms);
                for (index, phone) in phones.iter().enumerate() {
                    for of in phone.received() {
                        if !thanked.contains(&(index, of)) {
                            thanked.push((index, of));
                        }
                    }
                }
                check(&class, &thanked, &mut chance);
            }
            class.take(Event::Ordered { order: Order::Reveal }, ms);
        }
        class.save(ms);
        assert!(thanked.len() > 10, "{}", thanked.len());
    }
}
