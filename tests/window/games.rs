//! Whole games, from the title to the results, by role and accessible name alone: one for each kind, with the keyboard alone and with
//! the mouse alone; games that are left, killed, and continued.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use accesskit::Role;
use bevy::input::keyboard::{Key, KeyCode};
use bevy::prelude::*;
use roundtable::bank::Kind;
use roundtable::game::app::Options;

use crate::harness::Game;

/// A question of each kind, whose answers are recognised by their words.
pub fn question(kind: Kind) -> &'static str {
    match kind {
        Kind::Choice => {
            r#"Choice(id: "q", stem: "Choose the right one.", key: "Right one", distractors: ["Wrong one", "Other one"],
               notes: {"Wrong one": "It says so itself."}, explanation: "Because it is."),"#
        }
        Kind::MultiChoice => {
            r#"MultiChoice(id: "q", stem: "Choose the good ones.", keys: ["Good apple", "Good pear"],
               distractors: ["Bad apple", "Bad pear"], explanation: "Because they are."),"#
        }
        Kind::TrueFalse => r#"TrueFalse(id: "q", stem: "Two is more than one.", key: true, explanation: "It is."),"#,
        Kind::Number => {
            r#"Number(id: "q", stem: "How many?", key: 12, unit: "pieces", range: (2, 32), step: 1, tolerance: 4,
               explanation: "Count them."),"#
        }
        Kind::Order => {
            r#"Order(id: "q", stem: "Put them in order.", items: ["First thing", "Second thing", "Third thing"],
               from: "earliest", to: "latest", explanation: "One by one."),"#
        }
        Kind::Match => {
            r#"Match(id: "q", stem: "Match them.", pairs: [("Red", "Tomato"), ("Green", "Cucumber")],
               distractors: ["Nothing"], explanation: "Look at them."),"#
        }
        Kind::Text => {
            r#"Text(id: "q", stem: "Which city?", key: "Rome", accept: ["Roma"], explanation: "All roads lead there."),"#
        }
    }
}

pub fn bank(questions: &[Kind]) -> String {
    let rounds: Vec<String> = questions
        .iter()
        .enumerate()
        .map(|(at, kind)| {
            let question = question(*kind).replace(r#"id: "q""#, &format!(r#"id: "q{at}""#));
            format!(r#"Round(id: "r{at}", title: "Round {kind:?}", questions: [{question}]),"#)
        })
        .collect();
    format!(r#"Bank(format: 1, id: "small", title: "Small quiz", rounds: [{}])"#, rounds.concat())
}

/// A data directory and the app over it; dropping the app and starting another is a restart.
pub struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn write(&self, name: &str, text: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path
    }

    /// The game with this question file, which Play plays.
    pub fn start(&self, text: &str) -> Game {
        self.sized(text, (1280, 720))
    }

    pub fn sized(&self, text: &str, size: (u32, u32)) -> Game {
        let path = self.write("small.ron", text.as_bytes());
        let mut game =
            Game::with(Options { data_dir: self.data(), banks: vec![path], size: Some(size), ..Options::default() });
        until(&mut game, "Small quiz");
        game
    }

    pub fn files(&self, folder: &str) -> Vec<PathBuf> {
        let listed = std::fs::read_dir(self.data().join(folder)).into_iter().flatten().flatten();
        listed.map(|entry| entry.path()).filter(|path| path.is_file()).collect()
    }
}

/// Frames until a text is on show: question files and the journal have threads of their own.
#[track_caller]
pub fn until(game: &mut Game, wanted: &str) {
    let start = Instant::now();
    while !game.texts().iter().any(|text| text.contains(wanted)) {
        assert!(start.elapsed() < Duration::from_secs(20), "No text “{wanted}”.\n{}", game.tree());
        std::thread::sleep(Duration::from_millis(2));
        game.frame();
    }
    game.settle();
}

/// From the title into the first question, with Enter alone.
pub fn begin_by_keys(game: &mut Game) {
    game.tab_to("Play").key(Key::Enter);
    game.expect_text("Choose your rounds").tab_to("Start").key(Key::Enter);
    assert_eq!(game.focused_name().as_deref(), Some("Start the round"));
    game.key(Key::Enter);
}

/// Clicks what has this name, scrolling down to it with the mouse if need be.
#[track_caller]
pub fn click(game: &mut Game, role: Role, name: &str) {
    for _ in 0..8 {
        let below = game.find(role, name).rect().center().y > 560.;
        let more = game.all(Role::Button, "More below");
        if !below || more.is_empty() {
            break;
        }
        game.button("More below").click();
    }
    game.find(role, name).click();
}

fn begin_by_mouse(game: &mut Game) {
    game.button("Play").click();
    game.button("Start").click();
    game.button("Start the round").click();
}

/// Where an item of an Order question stands now, from 1.
#[track_caller]
pub fn place_of(game: &mut Game, item: &str) -> usize {
    (1..=8)
        .find(|place| !game.all(Role::Button, &format!("{place}. {item}")).is_empty())
        .unwrap_or_else(|| panic!("No row “{item}”.\n{}", game.tree()))
}

pub const ITEMS: [&str; 3] = ["First thing", "Second thing", "Third thing"];
pub const PAIRS: [(&str, &str); 2] = [("Red", "Tomato"), ("Green", "Cucumber")];

pub fn answer_by_keys(game: &mut Game, kind: Kind) {
    match kind {
        Kind::Choice => {
            game.tab_to("Right one").key(Key::Enter);
        }
        Kind::MultiChoice => {
            game.tab_to("Good apple").key(Key::Space);
            game.tab_to("Good pear").key(Key::Enter);
            game.chord(&[KeyCode::ControlLeft], Key::Enter);
        }
        Kind::TrueFalse => {
            game.type_text("t");
        }
        Kind::Number => {
            game.type_text("12").key(Key::Enter);
        }
        Kind::Order => {
            for (target, item) in ITEMS.iter().enumerate() {
                let place = place_of(game, item);
                game.tab_to(&format!("{place}. {item}")).key(Key::Space);
                for _ in target + 1..place {
                    game.key(Key::ArrowUp);
                }
                game.key(Key::Space);
            }
            game.tab_to("Submit answer").key(Key::Enter);
        }
        Kind::Match => {
            for (left, right) in PAIRS {
                game.tab_to(left).key(Key::Enter);
                game.tab_to(right).key(Key::Enter);
            }
            game.chord(&[KeyCode::ControlLeft], Key::Enter);
        }
        Kind::Text => {
            game.type_text("rome").key(Key::Enter);
        }
    }
}

pub fn answer_by_mouse(game: &mut Game, kind: Kind) {
    match kind {
        Kind::Choice => click(game, Role::Button, "Right one"),
        Kind::MultiChoice => {
            click(game, Role::CheckBox, "Good apple");
            click(game, Role::CheckBox, "Good pear");
        }
        Kind::TrueFalse => click(game, Role::Button, "True"),
        Kind::Number => {
            click(game, Role::Button, "Keypad");
            click(game, Role::Button, "1");
            click(game, Role::Button, "2");
        }
        Kind::Order => {
            for (target, item) in ITEMS.iter().enumerate() {
                for _ in target + 1..place_of(game, item) {
                    click(game, Role::Button, &format!("Move up: {item}"));
                }
            }
        }
        Kind::Match => {
            for (left, right) in PAIRS {
                click(game, Role::Button, left);
                click(game, Role::Button, right);
            }
        }
        Kind::Text => {
            click(game, Role::Button, "Keyboard");
            for key in ["r", "o", "m", "e"] {
                click(game, Role::Button, key);
            }
        }
    }
    if !matches!(kind, Kind::Choice | Kind::TrueFalse) {
        game.button("Submit answer").click();
    }
}

#[test]
fn every_kind_is_played_with_the_keyboard_alone() {
    for kind in Kind::ALL {
        let place = Place::new();
        let mut game = place.start(&bank(&[kind]));
        begin_by_keys(&mut game);
        answer_by_keys(&mut game, kind);
        until(&mut game, "+1,000 points");
        game.expect_text("Right");
        assert_eq!(game.focused_name().as_deref(), Some("See your results"), "{kind:?}");
        game.key(Key::Enter);
        game.expect_text("out of 1").expect_text("1,000 points").expect_text("Every question right");
        assert!(place.files("matches").is_empty(), "{kind:?}: a finished game is not offered again");
        assert_eq!(place.files("matches/finished").len(), 1, "{kind:?}: a finished game is kept");
    }
}

#[test]
fn every_kind_is_played_with_the_mouse_alone() {
    for kind in Kind::ALL {
        let place = Place::new();
        let mut game = place.start(&bank(&[kind]));
        begin_by_mouse(&mut game);
        answer_by_mouse(&mut game, kind);
        until(&mut game, "+1,000 points");
        game.button("See your results").click();
        game.expect_text("out of 1").expect_text("1,000 points");
        game.button("Menu").click();
        game.expect_text("Roundtable");
        assert_eq!(game.focused_name().as_deref(), Some("Play"), "{kind:?}");
    }
}

#[test]
fn a_wrong_answer_is_told_with_its_reason_and_reviewed() {
    let place = Place::new();
    let mut game = place.start(&bank(&[Kind::Choice]));
    begin_by_keys(&mut game);
    game.tab_to("Wrong one").key(Key::Space);
    until(&mut game, "Not this time");
    let said = game.tree();
    assert!(
        said.contains("Not this time. +0 points · saved to practise later. Right answer: Right one."),
        "the verdict is said aloud\n{said}"
    );
    game.expect_text("Because it is.").expect_text("It says so itself.").expect_text("Your answer");
    game.expect_text("Right answer").expect_text("Other one");
    game.key(Key::Enter);
    game.expect_text("Questions to review").expect_text("Your answer: Wrong one");
    game.expect_text("Right answer: Right one").expect_text("Because it is.").expect_text("out of 1");
    // The same game code asks the same question again.
    game.tab_to("Play again, same code").key(Key::Enter);
    game.expect_text("Round 1 of 1").key(Key::Enter);
    game.expect_text("Choose the right one.");
}

#[test]
fn a_pause_hides_the_question_and_keeps_what_was_typed() {
    let place = Place::new();
    let mut game = place.start(&bank(&[Kind::Text]));
    begin_by_keys(&mut game);
    game.type_text("ro").key(Key::Escape);
    game.expect_text("Paused").expect_text("You stopped the clock.").expect_no_text("Which city?");
    assert_eq!(game.focused_name().as_deref(), Some("Resume"));
    game.key(Key::Enter);
    game.expect_text("Which city?").key(Key::Escape).expect_text("Paused");
    // The key that stopped the clock starts it again.
    game.key(Key::Escape);
    game.expect_text("Which city?").type_text("me").key(Key::Enter);
    until(&mut game, "+1,000 points");
}

#[test]
fn a_killed_game_goes_on_where_it_was_with_the_right_score() {
    let place = Place::new();
    let text = bank(&[Kind::TrueFalse, Kind::Number, Kind::Choice]);
    let mut game = place.start(&text);
    begin_by_keys(&mut game);
    answer_by_keys(&mut game, Kind::TrueFalse);
    until(&mut game, "+1,000 points");
    // Into the second question; then the program is gone.
    for _ in 0..3 {
        game.key(Key::Enter);
    }
    game.expect_text("How many?");
    kill(game, &place);

    let mut game = place.start(&text);
    game.expect_text("Continue where you left off").expect_text("Question 2 of 3").expect_text("1,000 points");
    assert_eq!(game.focused_name().as_deref(), Some("Continue"));
    game.key(Key::Enter);
    game.expect_text("Paused").expect_text("Welcome back").expect_no_text("How many?");
    game.key(Key::Enter);
    game.expect_text("How many?");
    answer_by_keys(&mut game, Kind::Number);
    until(&mut game, "2,000 points");
    // Left on purpose, it is offered again, too.
    game.key(Key::Escape).tab_to("Leave").key(Key::Enter);
    game.expect_text("Continue where you left off").key(Key::Enter).key(Key::Enter);
    for _ in 0..3 {
        game.key(Key::Enter);
    }
    answer_by_keys(&mut game, Kind::Choice);
    until(&mut game, "3,000 points");
    game.key(Key::Enter);
    game.expect_text("out of 3").expect_text("3,000 points");
}

/// Ends the app as a kill would: what was not on disk is lost, nothing is said good-bye to.
pub fn kill(game: Game, place: &Place) {
    let read = || -> Vec<_> {
        let open = place.files("matches");
        open.iter().map(|path| (path.clone(), std::fs::read(path).expect("a journal"))).collect()
    };
    // What the player saw a moment ago is on its way to the disk, on a thread of its own.
    let mut kept = read();
    for _ in 0..20 {
        std::thread::sleep(Duration::from_millis(100));
        let fresh = read();
        let still = fresh == kept;
        kept = fresh;
        if still {
            break;
        }
    }
    drop(game);
    for (path, bytes) in kept {
        std::fs::write(path, bytes).expect("a journal");
    }
}

#[test]
fn starting_afresh_gives_the_old_game_up_only_when_the_new_one_starts() {
    let place = Place::new();
    let text = bank(&[Kind::TrueFalse, Kind::Choice]);
    let mut game = place.start(&text);
    begin_by_keys(&mut game);
    game.key(Key::Escape).tab_to("Leave").key(Key::Enter);
    game.tab_to("Start afresh").key(Key::Enter);
    game.expect_text("gives up the one you left: Small quiz, question 1 of 2").key(Key::Escape);
    game.expect_text("Continue where you left off");
    game.tab_to("Start afresh").key(Key::Enter).tab_to("Start").key(Key::Enter);
    assert_eq!(place.files("matches/finished").len(), 1, "the old game is kept, but no longer offered");
    assert_eq!(place.files("matches").len(), 1);
}

#[test]
fn a_saved_game_that_cannot_be_read_is_set_aside_and_told() {
    let place = Place::new();
    std::fs::create_dir_all(place.data().join("matches")).expect("a folder");
    std::fs::write(place.data().join("matches/1-00000000.journal"), b"no journal\n").expect("a file");
    let mut game = place.start(&bank(&[Kind::Choice]));
    game.expect_text("The saved game cannot be read").expect_text("set-aside");
    assert_eq!(place.files("set-aside").len(), 1);
    game.tab_to("OK").key(Key::Enter);
    game.expect_no_text("The saved game cannot be read");
    begin_by_keys(&mut game);
    answer_by_keys(&mut game, Kind::Choice);
    until(&mut game, "+1,000 points");
}

#[test]
fn a_game_that_cannot_be_saved_is_played_all_the_same_and_the_player_is_told_once() {
    let place = Place::new();
    // A file where the data directory should be: nothing can be written there.
    place.write("data", b"in the way");
    let mut game = place.start(&bank(&[Kind::Choice]));
    begin_by_keys_with_notice(&mut game);
    answer_by_keys(&mut game, Kind::Choice);
    until(&mut game, "+1,000 points");
    game.expect_no_text("cannot be saved");
}

fn begin_by_keys_with_notice(game: &mut Game) {
    game.tab_to("Play").key(Key::Enter).tab_to("Start").key(Key::Enter);
    until(game, "This game cannot be saved, but you can play on.");
    game.tab_to("OK").key(Key::Enter).tab_to("Start the round").key(Key::Enter);
}

#[test]
fn bad_question_files_are_listed_with_their_errors_and_the_others_play() {
    let place = Place::new();
    let bad: [(&str, Vec<u8>); 6] = [
        ("empty.ron", Vec::new()),
        ("truncated.ron", b"Bank(format: 1, id: \"x\", title: \"X\", rounds: [".to_vec()),
        ("latin.ron", b"Bank(format: 1, id: \"x\", title: \"caf\xe9\")".to_vec()),
        ("newer.ron", b"Bank(format: 999, id: \"x\", title: \"X\", rounds: [])".to_vec()),
        ("deep.ron", "[".repeat(100_000).into_bytes()),
        ("huge.ron", vec![b' '; 17 * 1024 * 1024]),
    ];
    let mut banks: Vec<PathBuf> = bad.iter().map(|(name, bytes)| place.write(name, bytes)).collect();
    banks.push(place.folder.path().join("missing.ron"));
    banks.push(place.write("good.ron", bank(&[Kind::Choice]).as_bytes()));
    let mut game = Game::with(Options { data_dir: place.data(), banks, ..Options::default() });
    until(&mut game, "Ready to play");
    game.expect_text("Cannot be played yet").key(Key::Escape);
    game.tab_to("Question files").key(Key::Enter);
    game.expect_text("These files cannot be played").expect_text("The other question files still work.");
    for (name, _) in &bad {
        game.expect_text(name);
    }
    game.expect_text("missing.ron").expect_text("There is no file at this place.").expect_text("line 1");
    game.tab_to("Small quiz").key(Key::Enter);
    game.expect_text("Choose your rounds").tab_to("Start").key(Key::Enter).key(Key::Enter);
    answer_by_keys(&mut game, Kind::Choice);
    until(&mut game, "+1,000 points");
}

#[test]
fn files_in_the_players_folder_are_listed() {
    let place = Place::new();
    let folder: &Path = &place.data().join("banks");
    std::fs::create_dir_all(folder).expect("a folder");
    std::fs::write(folder.join("mine.ron"), bank(&[Kind::Choice]).replace("Small quiz", "My own quiz"))
        .expect("a file");
    let mut game = Game::with(Options { data_dir: place.data(), ..Options::default() });
    game.tab_to("Question files").key(Key::Enter);
    until(&mut game, "My own quiz");
    game.expect_text("from your folder").expect_text("Nato explained");
}
