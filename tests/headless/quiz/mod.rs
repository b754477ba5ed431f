//! The match, played headless through its public face alone.

mod class;
mod golden;
mod journal;
mod killed;
mod play;
mod random;
pub mod secrets;
mod teams;
mod times;

use std::sync::Arc;

use roundtable::bank::{self, Bank};
use roundtable::quiz::*;
use roundtable::rules::{Answer, GameCode, Key, Pace, Seed};

/// Seven questions, one of each kind, in two rounds.
pub const BANK: &str = r#"Bank(
    format: 1, id: "every-kind", title: "Every kind", as_of: "2024",
    documents: { "atlas": (title: "An atlas") },
    rounds: [
        Round(id: "one", title: "One", about: "the first", questions: [
            Choice(id: "capital", stem: "What is the capital of France?", key: "Paris", distractors: ["Lyon", "Nice"],
                notes: { "Lyon": "Lyon is the third largest city." },
                explanation: "Paris has been the capital for centuries.", source: (document: "atlas", section: "France"), tags: ["cities"]),
            MultiChoice(id: "rivers", stem: "Which of these are rivers?", keys: ["Seine", "Rhine"], distractors: ["Etna", "Eiger"],
                notes: { "Etna": "Etna is a volcano." },
                explanation: "The Seine and the Rhine both carry water to the sea.", source: (document: "atlas", section: "Rivers"), tags: ["rivers"]),
            TrueFalse(id: "round", stem: "The Earth goes round the Sun.", key: true,
                explanation: "It takes a year for one turn round the Sun.", source: (document: "atlas", section: "Space"), tags: ["space"]),
            Number(id: "legs", stem: "How many legs has a spider?", key: 8, unit: "legs", range: (0, 40), step: 1, tolerance: 3,
                explanation: "Spiders have eight legs; insects have six.", source: (document: "atlas", section: "Animals"), tags: ["animals"]),
        ]),
        Round(id: "two", title: "Two", questions: [
            Order(id: "planets", stem: "Put the planets in order from the Sun.", items: ["Mercury", "Venus", "Earth", "Mars"], from: "nearest", to: "farthest",
                explanation: "Mercury is the nearest of the four, Mars the farthest.", source: (document: "atlas", section: "Space"), tags: ["space"]),
            Match(id: "capitals", stem: "Match each country to its capital.", pairs: [("Spain", "Madrid"), ("Italy", "Rome"), ("Norway", "Oslo")], distractors: ["Milan"],
                explanation: "Madrid, Rome and Oslo are the seats of government.", source: (document: "atlas", section: "Europe"), tags: ["cities"]),
            Text(id: "author", stem: "Who wrote Les Misérables?", key: "Victor Hugo", accept: ["Hugo"], notes: { "Balzac": "Balzac wrote the Human Comedy." },
                explanation: "Victor Hugo published it in 1862.", source: (document: "atlas", section: "Books"), tags: ["books"]),
        ]),
    ],
)"#;

/// A match with everything said to be durable at once, driven by hand.
pub struct Game {
    pub quiz: Match,
    pub bank: Arc<Bank>,
    pub now: u64,
    pub written: String,
}

pub fn read(text: &str) -> Arc<Bank> {
    Arc::new(bank::read(text.as_bytes()).unwrap_or_else(|errors| panic!("{errors:#?}")))
}

pub fn settings() -> Settings {
    Settings { pace: Pace::Standard, max_players: 1000, ..Settings::solo(seed()) }
}

pub fn seed() -> Seed {
    GameCode::from_bits(0x00ab_cdef).seed()
}

impl Game {
    pub fn of(text: &str, settings: Settings, players: u32) -> Self {
        let bank = read(text);
        let mut game =
            Self { quiz: Match::new(Arc::clone(&bank), text, settings), bank, now: 0, written: String::new() };
        for player in 0..players {
            assert_eq!(game.submit(Command::Join { name: format!("Player {player}") }), Ok(Accepted::Joined(player)));
        }
        game
    }

    pub fn solo() -> Self {
        Self::of(BANK, settings(), 1)
    }

    pub fn submit(&mut self, command: Command) -> Reply {
        let reply = self.quiz.submit(command, Stamp(self.now));
        self.save();
        reply
    }

    /// Writes what the match hands out and says that it is on disk.
    pub fn save(&mut self) {
        if let Some((record, lines)) = self.quiz.take_lines() {
            self.written.push_str(&lines);
            self.quiz.durable(record);
            self.quiz.advance(Stamp(self.now));
            if let Some((record, lines)) = self.quiz.take_lines() {
                self.written.push_str(&lines);
                self.quiz.durable(record);
            }
        }
    }

    #[track_caller]
    pub fn ok(&mut self, command: Command) {
        let told = format!("{command:?}");
        let reply = self.submit(command);
        assert!(reply.is_ok(), "{told}: {reply:?} in {:?}", self.quiz.stage());
    }

    pub fn pass(&mut self, ms: u64) {
        self.now += ms;
        self.quiz.advance(Stamp(self.now));
        self.save();
    }

    pub fn view(&self, seat: Seat) -> View {
        self.quiz.view(seat, Stamp(self.now))
    }

    pub fn you(&self, player: u32) -> You {
        self.view(Seat::Player(player)).you.expect("a player sits there")
    }

    pub fn stage(&self) -> Stage {
        self.quiz.stage()
    }

    /// Presses Next until a question is open.
    #[track_caller]
    pub fn ask(&mut self) -> Arc<QuestionView> {
        while self.stage() != Stage::Asking {
            self.ok(Command::Next);
        }
        self.view(Seat::Projector).shown.question.clone().expect("an open question is shown")
    }

    pub fn answer(&mut self, player: u32, answer: Answer) -> Reply {
        let question = self.view(Seat::Projector).shown.progress.question;
        self.submit(Command::Answer { player, question, answer, sure: None })
    }

    /// The key of the open question, from the host's view.
    pub fn key(&self) -> Key {
        self.view(Seat::Host).host.expect("the host sees the key").key.clone()
    }
}

/// Some fitting answer that is not the key.
pub fn wrong(ask: &Ask, key: &Answer) -> Answer {
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
