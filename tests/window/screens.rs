//! Screens that time changes, and lists that are longer than the window.

use std::time::{Duration, Instant};

use accesskit::Role;
use bevy::input::keyboard::Key;
use bevy::prelude::*;
use roundtable::game::app::Options;
use roundtable::game::session::Clock;
use roundtable::game::text;
use roundtable::platform::Times;

use crate::harness::Game;

pub const BANK: &str = r#"Bank(format: 1, id: "layout", title: "Layout", rounds: [Round(id: "r", title: "A round", about: "About it", questions: [
    Choice(id: "a", stem: "A question of quite ordinary length, is it not?", key: "Right", distractors: ["Wrong", "Also wrong", "Not right"], explanation: "So it is."),
    MultiChoice(id: "b", stem: "Which?", keys: ["One", "Two"], distractors: ["Three", "Four", "Five"], explanation: "So it is."),
    TrueFalse(id: "c", stem: "Is it?", key: true, explanation: "So it is."),
    Number(id: "d", stem: "How many?", key: 12, unit: "countries", range: (2, 32), step: 1, tolerance: 4, explanation: "So it is."),
    Order(id: "e", stem: "In order.", items: ["The first of them", "The second of them", "The third of them", "The fourth"], explanation: "So it is."),
    Match(id: "f", stem: "Match.", pairs: [("Washington", "The treaty was signed here"), ("Brussels", "The headquarters are here")], distractors: ["Nothing is here"], explanation: "So it is."),
    Text(id: "g", stem: "Type.", key: "Rome", explanation: "So it is."),
])])"#;

/// A game whose clock stands still until it is set.
pub struct Timed {
    pub game: Game,
    times: Times,
    _folder: tempfile::TempDir,
}

impl Timed {
    fn start(size: (u32, u32)) -> Self {
        Self::with(BANK, size)
    }

    /// With a question file whose title is “Layout”.
    pub fn with(bank: &str, size: (u32, u32)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("layout.ron");
        std::fs::write(&path, bank).expect("a file");
        let options =
            Options { data_dir: folder.path().join("data"), banks: vec![path], size: Some(size), ..Options::default() };
        let mut timed = Self { game: Game::with(options), times: Times::now(), _folder: folder };
        timed.pass(0);
        timed.until("Layout");
        timed
    }

    /// Lets time pass on both clocks, a second at a time, as a window that is awake sees it.
    pub fn pass(&mut self, seconds: u64) {
        for _ in 0..seconds.max(1) {
            if seconds > 0 {
                self.times.monotonic += Duration::from_secs(1);
                self.times.wall += Duration::from_secs(1);
            }
            self.game.app.insert_resource(Clock::Manual(self.times));
            self.game.frame();
        }
        self.game.settle();
    }

    #[track_caller]
    pub fn until(&mut self, wanted: &str) {
        let start = Instant::now();
        while !self.game.texts().iter().any(|text| text.contains(wanted)) {
            assert!(start.elapsed() < Duration::from_secs(20), "No text “{wanted}”.\n{}", self.game.tree());
            std::thread::sleep(Duration::from_millis(2));
            self.game.frame();
        }
        self.game.settle();
    }

    #[track_caller]
    fn check(&mut self, what: &str) {
        let faults = self.game.layout_faults();
        assert!(faults.is_empty(), "{what}: {faults:#?}");
        let focused = self.game.focused_name();
        assert!(focused.is_some(), "{what}: nothing has the focus");
    }
}

#[test]
fn sleep_pauses_and_takes_no_time() {
    let mut timed = Timed::start((1280, 720));
    timed.game.tab_to(text::PLAY).key(Key::Enter).tab_to(text::START).key(Key::Enter).key(Key::Enter);
    timed.pass(2);
    // The wall clock goes on while the machine sleeps.
    timed.times.wall += Duration::from_hours(1);
    timed.pass(0);
    timed.game.expect_text(text::PAUSED).expect_text("The computer slept");
    // A process that was stopped, or a system whose clock runs on in its sleep.
    timed.game.key(Key::Enter);
    timed.times.wall += Duration::from_hours(1);
    timed.times.monotonic += Duration::from_hours(1);
    timed.pass(0);
    timed.game.expect_text(text::PAUSED).expect_no_text(text::TIME_IS_UP);
}

#[test]
fn a_long_list_of_question_files_scrolls_and_nothing_spills() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut banks = Vec::new();
    let long = BANK.replacen("title: \"Layout\"", "title: \"Layout\", about: \"A line that says what it is about\"", 1);
    for number in 0..6 {
        let path = folder.path().join(format!("{number}.ron"));
        let text =
            if number % 2 == 0 { long.replace("layout", &format!("layout-{number}")) } else { "Bank(".to_owned() };
        std::fs::write(&path, text).expect("a file");
        banks.push(path);
    }
    for size in [(1280, 720), (360, 640)] {
        let options = Options {
            data_dir: folder.path().join("data"),
            banks: banks.clone(),
            size: Some(size),
            ..Options::default()
        };
        let mut timed =
            Timed { game: Game::with(options), times: Times::now(), _folder: tempfile::tempdir().expect("a folder") };
        // Three of them cannot be played: they come first.
        timed.until(text::CANNOT_BE_PLAYED);
        timed.check("the findings");
        timed.game.key(Key::Escape);
        timed.until("Layout");
        timed.game.button(text::QUESTION_FILES).press();
        timed.until("5.ron");
        timed.check("the question files");
        // The cue leads to the very end, and the list stays there.
        for _ in 0..9 {
            if timed.game.all(Role::Button, text::MORE_BELOW).is_empty() {
                break;
            }
            timed.game.button(text::MORE_BELOW).click();
        }
        assert!(timed.game.all(Role::Button, text::MORE_BELOW).is_empty(), "{}", timed.game.tree());
    }
}
