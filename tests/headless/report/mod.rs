//! The report of a class: its numbers against an oracle in another language, its files against what spreadsheets and browsers do with them.

mod delete;
mod files;
mod oracle;

pub use delete::{all_files, holding};
pub use oracle::same_report;

use std::process::Command as Process;
use std::sync::Arc;

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};
use roundtable::bank;
use roundtable::classroom::report::Report;
use roundtable::quiz::*;
use roundtable::rules::{Answer, GameCode, Pace, Scoring};

pub const ORACLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/report/oracle.py");

/// Runs the oracle. Python is needed for it; a test that skipped would show nothing.
#[track_caller]
pub fn run_oracle(what: &str, file: &std::path::Path) -> std::process::Output {
    let run = |python: &str| Process::new(python).arg(ORACLE).arg(what).arg(file).env("PYTHONUTF8", "1").output();
    // Windows knows it by the shorter name.
    run("python3").or_else(|_| run("python")).unwrap_or_else(|error| {
        panic!("the report's oracle needs Python 3 (python3), which cannot be started: {error}")
    })
}

/// What the oracle says.
#[track_caller]
pub fn ask_oracle(what: &str, file: &std::path::Path) -> serde_json::Value {
    let told = run_oracle(what, file);
    assert!(told.status.success(), "the oracle failed: {}", String::from_utf8_lossy(&told.stderr));
    serde_json::from_slice(&told.stdout).unwrap()
}

pub fn nato() -> &'static str {
    bank::shipped().into_iter().find(|(name, _)| name.contains("nato-explained")).expect("it ships").1
}

/// A class of seeded random players: each with a skill of their own, some slow, some silent, some sure.
pub struct Class {
    pub quiz: Match,
    pub journal: String,
    pub now: u64,
    /// Answers are on their way for up to this many milliseconds.
    pub lag: u32,
    chance: ChaCha8Rng,
    skills: Vec<u64>,
}

impl Class {
    pub fn of(text: &str, settings: Settings, names: &[&str]) -> Self {
        let bank = Arc::new(bank::read(text.as_bytes()).unwrap());
        let chance = ChaCha8Rng::from_seed(settings.seed.0);
        let mut class = Self {
            quiz: Match::new(bank, text, settings),
            journal: String::new(),
            now: 0,
            lag: 0,
            chance,
            skills: Vec::new(),
        };
        for name in names {
            class.join(name);
        }
        class
    }

    /// Thirty students over the shipped Nato file, faster answers worth more.
    pub fn nato(players: usize, per_round: Option<u16>, code: u32) -> Self {
        let names: Vec<String> = (0..players).map(|player| format!("Student {player}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        Self::of(nato(), Settings { per_round, scoring: Scoring::Speed, ..settings(code) }, &names)
    }

    pub fn join(&mut self, name: &str) {
        assert!(self.submit(Command::Join { name: name.to_owned() }).is_ok());
        let skill = 15 + self.below(75);
        self.skills.push(skill);
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.chance.next_u64() % bound
    }

    pub fn submit(&mut self, command: Command) -> Reply {
        let reply = self.quiz.submit(command, Stamp(self.now));
        self.save();
        reply
    }

    #[track_caller]
    pub fn ok(&mut self, command: Command) {
        let told = format!("{command:?}");
        let reply = self.submit(command);
        assert!(reply.is_ok(), "{told}: {reply:?} in {:?}", self.quiz.stage());
    }

    fn save(&mut self) {
        while let Some((record, lines)) = self.quiz.take_lines() {
            self.journal.push_str(&lines);
            self.quiz.durable(record);
            self.quiz.advance(Stamp(self.now));
        }
    }

    pub fn host(&self) -> View {
        self.quiz.view(Seat::Host, Stamp(self.now))
    }

    /// Presses Next until a question is open; `None` at the end.
    pub fn ask(&mut self) -> Option<Arc<QuestionView>> {
        while !matches!(self.quiz.stage(), Stage::Asking | Stage::Finished) {
            self.now += 400 + self.below(3000);
            self.ok(Command::Next);
        }
        self.host().shown.question.clone()
    }

    /// One player's answer to the open question.
    pub fn answer(&mut self, player: usize, answer: Answer) {
        let question = self.host().shown.progress.question;
        let sure = [Some(Sureness::Sure), Some(Sureness::Guessed), None][usize::try_from(self.below(3)).unwrap()];
        let lag = u32::try_from(self.below(u64::from(self.lag) + 1)).unwrap();
        let command = Command::Answer { player: u32::try_from(player).unwrap(), question, answer, sure };
        let reply = self.quiz.submit_lagging(command, Stamp(self.now), lag);
        assert!(reply.is_ok(), "{reply:?}");
        self.save();
    }

    /// Everybody answers the open question, or nearly everybody, by chance and skill; then it is closed.
    pub fn answer_all(&mut self) {
        self.vote();
        if self.quiz.stage() == Stage::Asking {
            self.ok(Command::Reveal);
        }
    }

    /// The same without closing it.
    pub fn vote(&mut self) {
        let question = self.host().shown.question.clone().unwrap();
        let key = self.host().host.unwrap().key.answer.clone();
        let hard = self.below(40);
        for player in 0..self.skills.len() {
            self.now += self.below(900);
            self.quiz.advance(Stamp(self.now));
            self.save();
            let may = self.quiz.you(u32::try_from(player).unwrap()).is_some_and(|you| you.may_answer);
            if !may || self.below(12) == 0 {
                continue;
            }
            let right = self.below(100) + hard < self.skills[player] + 15;
            let answer = if right { key.clone() } else { self.guess(&question.ask, &key) };
            self.answer(player, answer);
        }
    }

    /// Any fitting answer.
    fn guess(&mut self, ask: &Ask, key: &Answer) -> Answer {
        let mut shuffle = |n: usize| {
            let mut list: Vec<u8> = (0..u8::try_from(n).unwrap()).collect();
            for last in (1..n).rev() {
                list.swap(last, usize::try_from(self.below(last as u64 + 1)).unwrap());
            }
            list
        };
        match ask {
            Ask::Choice { options } => Answer::Choice(shuffle(options.len())[0]),
            Ask::MultiChoice { options } => {
                let mut ticked = shuffle(options.len());
                ticked.truncate(usize::try_from(self.below(options.len() as u64 + 1)).unwrap());
                ticked.sort_unstable();
                Answer::MultiChoice(ticked)
            }
            Ask::TrueFalse => Answer::TrueFalse(self.below(2) == 0),
            Ask::Number { min, max, step, .. } => {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a test's scale is short")]
                let steps = ((max - min) / step).round() as u64;
                let Answer::Number(key) = key else { panic!("a number's key is a number") };
                // Near the key as often as anywhere, or partial credit would hardly come up.
                let near = key + step * f64::from(u32::try_from(self.below(7)).unwrap()) - 3.0 * step;
                if self.below(2) == 0 && (*min..=*max).contains(&near) {
                    Answer::Number(near)
                } else {
                    Answer::Number(min + step * f64::from(u32::try_from(self.below(steps + 1)).unwrap()))
                }
            }
            Ask::Order { items, .. } => Answer::Order(shuffle(items.len())),
            Ask::Match { left, right } => {
                let partners = shuffle(right.len());
                Answer::Match((0..left.len()).map(|at| (self.below(4) > 0).then_some(partners[at])).collect())
            }
            Ask::Text { .. } => {
                let words = ["Brussels", "brussels!", "The Hague", "Article 5", "don’t know", "Türkiye"];
                Answer::Text(words[usize::try_from(self.below(words.len() as u64)).unwrap()].to_owned())
            }
        }
    }

    /// Plays to the end.
    pub fn play(&mut self) {
        while self.ask().is_some() {
            self.answer_all();
        }
    }

    #[track_caller]
    pub fn report(&self) -> Report {
        Report::read(self.journal.as_bytes()).unwrap()
    }
}

pub fn settings(code: u32) -> Settings {
    let seed = GameCode::from_bits(code).seed();
    Settings { pace: Pace::Standard, max_players: 1000, ..Settings::solo(seed) }
}
