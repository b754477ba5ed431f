//! Whole sessions at random, scored once more by other code in another language from the journal alone (number 27): the same leaderboard,
//! ties included. `ROUNDTABLE_SESSIONS=1000` plays the whole thousand; without it 100.

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};
use roundtable::classroom::protocol::{Order, ToServer};
use roundtable::classroom::room::{Event, MOST_LAG_MS, Manner, Talk};
use roundtable::quiz::{Goal, Seat, Settings, ShowStandings, Stage};
use roundtable::rules::{Extra, Pace, Scoring, Seed};
use serde_json::{Value, json};

use super::harness::*;

fn sessions() -> u64 {
    std::env::var("ROUNDTABLE_SESSIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(100)
}

struct Chance(ChaCha8Rng);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0.next_u64() % bound
    }

    fn one_in(&mut self, bound: u64) -> bool {
        self.below(bound) == 0
    }

    fn small(&mut self, bound: u32) -> u32 {
        u32::try_from(self.below(u64::from(bound))).unwrap()
    }
}

/// Plays a session to its end; its journal and its table.
fn play(session: u64) -> (String, Value) {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&session.to_le_bytes());
    let mut chance = Chance(ChaCha8Rng::from_seed(seed));
    let scoring = if chance.one_in(3) { Scoring::Accuracy } else { Scoring::Speed };
    let settings = Settings {
        scoring,
        grace_ms: if scoring == Scoring::Speed { MOST_LAG_MS } else { 0 },
        seed: Seed(seed),
        hold: chance.one_in(2),
        pace: [Pace::None, Pace::Relaxed, Pace::Standard][usize::try_from(chance.below(3)).unwrap()],
        extra: Extra(if chance.one_in(4) { 15 } else { 10 }),
        late_join: !chance.one_in(3),
        standings: if chance.one_in(3) { ShowStandings::End } else { ShowStandings::Rounds },
        ..settings()
    };
    let talk = if chance.one_in(2) { Talk::WhenSplit } else { Talk::Always };
    let mut class = Class::of(crate::quiz::BANK, settings, Manner { talk, ..Manner::default() });
    let mut phones: Vec<(Phone, String)> = (0..2 + chance.below(10)).map(|_| class.join()).collect();
    let mut steps = 0;
    while class.room.game().stage() != Stage::Finished {
        steps += 1;
        let question = class.room.game().moment().question;
        let who = usize::try_from(chance.below(phones.len() as u64)).unwrap();
        match chance.below(40) {
            _ if steps > 1500 => class.order(Order::End),
            0..12
                if class.room.game().stage() == Stage::Asking
                    && class.room.game().view(Seat::Host, class.room.game().last_stamp()).host.is_some() =>
            {
                let key = class.key().answer;
                let ask = class.snapshot().projector.shown.question.as_ref().map(|shown| shown.ask.clone());
                let answer = match ask {
                    Some(ask) if chance.one_in(2) => crate::quiz::wrong(&ask, &key),
                    _ => key,
                };
                let phone = phones[who].0.clone();
                class.say(&phone, ToServer::Answer { question, answer, sure: None });
            }
            0..12 | 18..22 => class.order(Order::Next),
            12..18 => class.pass(chance.below(9000)),
            22 => class.order(Order::Reveal),
            23 => class.order(Order::Close),
            24 => class.order(Order::Revote),
            25 if chance.one_in(3) => class.order(Order::Skip),
            26 => {
                class.order(Order::Pause);
                class.pass(chance.below(5000));
                class.order(Order::Resume);
            }
            27 => class.order(Order::Void { question: chance.small(8) }),
            28 => class.order(Order::Undo),
            29 if question > 0 && class.room.game().stage() == Stage::Feedback => {
                let shown = class.snapshot().projector.shown.question.clone();
                let reveal = class.room.game().view(Seat::Host, class.room.game().last_stamp()).shown.reveal.clone();
                if let (Some(shown), Some(reveal)) = (shown, reveal) {
                    let answer = crate::quiz::wrong(&shown.ask, &reveal.key.answer);
                    let key = roundtable::rules::Key { answer, accept: Vec::new() };
                    class.order(Order::Correct { question, key });
                }
            }
            30 if chance.one_in(4) => class.order(Order::Kick { player: chance.small(8) }),
            31 => class
                .order(Order::Extra { player: chance.small(8), tenths: u8::try_from(10 + chance.below(60)).unwrap() }),
            32 => class.order(Order::Rename { player: chance.small(8), name: format!("Name {}", chance.below(50)) }),
            33 if phones.len() < 20 => {
                let phone = class.connect();
                class.say(&phone, ToServer::Join { code: CODE.to_owned(), pick: None, name: None });
                if let Some(token) = phone.read().iter().find_map(token) {
                    phones.push((phone, token));
                }
            }
            34 => {
                class.close(&phones[who].0.clone());
                let back = class.back(&phones[who].1);
                phones[who].0 = back;
            }
            35..38 => {
                let ms = chance.small(300);
                class.take(Event::RoundTrip { conn: phones[who].0.conn, ms });
            }
            38 if chance.one_in(60) => class.order(Order::End),
            _ => {}
        }
    }
    let table = class.room.game().view(Seat::Projector, class.room.game().last_stamp()).shown.standings.clone();
    let rows: Vec<Value> =
        table.iter().map(|row| json!([row.place, row.player, row.name, row.points, row.credit, row.counted])).collect();
    let lines = class.disk.lock().unwrap().lines.clone();
    (lines, json!(rows))
}

#[test]
fn sessions_at_random_come_to_the_same_table_by_other_code_a_hundred_of_a_thousand_unless_asked() {
    let folder = tempfile::tempdir().unwrap();
    let mut tables = Vec::new();
    for session in 0..sessions() {
        let (journal, table) = play(session);
        std::fs::write(folder.path().join(format!("{session:06}.journal")), journal).unwrap();
        tables.push(table);
    }
    let told = super::super::report::ask_oracle("scores", folder.path());
    let told = told.as_array().expect("a table a session");
    assert_eq!(told.len(), tables.len());
    for (session, (found, wanted)) in tables.iter().zip(told).enumerate() {
        assert_eq!(found, wanted, "session {session}");
    }
    let ties = tables
        .iter()
        .flat_map(|table| table.as_array().unwrap().windows(2))
        .filter(|two| two[0][0] == two[1][0])
        .count();
    assert!(ties > 0 && tables.iter().any(|table| table[0][3].as_u64() > Some(0)), "{ties} ties");
    // A goal changes what is shown, and no score.
    assert!(Goal::USUAL.is_reached(800));
}
