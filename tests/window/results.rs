//! The results: by round and difficulty, every missed question with its reason, the result to take along, and the race against the best
//! run so far.

use std::path::Path;

use accesskit::Role;
use bevy::input::keyboard::Key;
use bevy::prelude::*;
use roundtable::game::app::Options;
use roundtable::game::dialogs::Chooser;
use roundtable::game::links::Wishes;
use roundtable::game::share::Report;
use roundtable::game::share::board::{Board, Copied};
use roundtable::game::share::picture::{self, seat_middle, seat_token};
use roundtable::game::text;
use roundtable::game::theme::ThemeName;
use roundtable::platform::Picked;
use roundtable::quiz::RoundResult;
use roundtable::rules::Credit;

use crate::games::{Place, until};
use crate::harness::Game;

/// Two rounds of two; the answers say which is right.
const BANK: &str = r#"Bank(format: 1, id: "small", title: "Small quiz", rounds: [
    Round(id: "one", title: "Founding", questions: [
        Choice(id: "a", stem: "First?", key: "Right a", distractors: ["Wrong a"], notes: {"Wrong a": "It says so."},
            explanation: "Because of a.", difficulty: 1),
        Choice(id: "b", stem: "Second?", key: "Right b", distractors: ["Wrong b"], explanation: "Because of b.", difficulty: 3),
    ]),
    Round(id: "two", title: "Membership", questions: [
        Choice(id: "c", stem: "Third?", key: "Right c", distractors: ["Wrong c"], explanation: "Because of c.", difficulty: 1),
        MultiChoice(id: "d", stem: "Fourth?", keys: ["Good d", "Fine d"], distractors: ["Bad d", "Ill d"],
            explanation: "Because of d.", difficulty: 2),
    ]),
])"#;

fn begin(place: &Place) -> Game {
    let mut game = place.start(BANK);
    game.tab_to("Play").key(Key::Enter);
    game.tab_to("No timer").key(Key::Enter).tab_to("Start").key(Key::Enter);
    game
}

/// Answers the question on screen, rightly or not; says which it was.
fn answer(game: &mut Game, right: bool) -> char {
    let prefix = if right { "Right " } else { "Wrong " };
    if let Some(letter) =
        ['a', 'b', 'c'].into_iter().find(|letter| !game.all(Role::Button, &format!("{prefix}{letter}")).is_empty())
    {
        game.button(&format!("{prefix}{letter}")).press();
        return letter;
    }
    game.tab_to("Good d").key(Key::Space);
    if right {
        game.tab_to("Fine d").key(Key::Space);
    }
    game.tab_to("Submit answer").key(Key::Enter);
    'd'
}

/// Enter until there is this.
fn on(game: &mut Game, wanted: &str) {
    for _ in 0..6 {
        if game.texts().iter().any(|text| text.contains(wanted)) {
            return;
        }
        game.key(Key::Enter);
    }
    panic!("Enter does not lead to “{wanted}”.\n{}", game.tree());
}

/// A whole match; of each letter, whether it is answered rightly.
fn play(game: &mut Game, right: impl Fn(char) -> bool) {
    for question in 1..=4 {
        on(game, &format!("Question {question} of 4"));
        let letter = ['a', 'b', 'c']
            .into_iter()
            .find(|letter| !game.all(Role::Button, &format!("Right {letter}")).is_empty())
            .unwrap_or('d');
        answer(game, right(letter));
        let label = match question {
            2 => "Finish the round",
            4 => "See your results",
            _ => "Next question",
        };
        until(game, label);
        game.button(label).press();
    }
    until(game, "By round");
}

#[test]
fn results_are_told_by_round_and_by_difficulty_and_every_miss_with_its_reason() {
    let place = Place::new();
    let mut game = begin(&place);
    // Half of d is worth half; the hard question is missed.
    play(&mut game, |letter| letter == 'a' || letter == 'c');
    game.expect_text("2½").expect_text("out of 4");
    game.expect_text("By difficulty");
    let tree = game.tree();
    for (name, value) in [
        ("Founding", "1 of 2"),
        ("Membership", "1½ of 2"),
        ("Easy", "2 of 2"),
        ("Medium", "½ of 1"),
        ("Hard", "0 of 1"),
    ] {
        assert!(tree.contains(name) && tree.contains(value), "{name} {value}\n{tree}");
    }
    game.expect_text("Your answer: Wrong b").expect_text("Right answer: Right b").expect_text("Because of b.");
    game.expect_text("Because of d.").expect_no_text("Because of a.");
}

#[test]
fn a_miss_that_the_player_was_sure_of_says_so() {
    let place = Place::new();
    let mut game = begin(&place);
    on(&mut game, "Question 1 of 4");
    answer(&mut game, false);
    until(&mut game, "Not this time");
    game.button("I was sure").press();
    while game.all(Role::Button, "Play again, new code").is_empty() {
        if game.all(Role::Button, "Next question").is_empty()
            && game.all(Role::Button, "Finish the round").is_empty()
            && game.all(Role::Button, "See your results").is_empty()
            && game.texts().iter().any(|text| text.starts_with("Question "))
        {
            answer(&mut game, true);
            until(&mut game, "+1,000 points");
        }
        game.key(Key::Enter);
    }
    game.expect_text("You were sure of this one.");
}

fn report() -> Report {
    let full = Some(Credit::FULL);
    let round = |id: &str, title: &str, credit, questions: Vec<Option<Credit>>| RoundResult {
        id: id.to_owned(),
        title: title.to_owned(),
        credit,
        counted: u32::try_from(questions.iter().flatten().count()).expect("few"),
        ids: Vec::new(),
        questions,
    };
    Report {
        bank: "Nato explained".to_owned(),
        credit: 3500,
        counted: 5,
        points: 14_180,
        rounds: vec![
            round("f", "Founding", 2000, vec![full, full]),
            round("m", "Membership", 1500, vec![Some(Credit(500)), Some(Credit::NONE), None, full]),
        ],
        code: Some("K7-QMP".to_owned()),
        date: "24 November 2026".to_owned(),
        best: None,
        link: None,
    }
}

#[test]
fn the_text_is_a_few_plain_lines() {
    assert_eq!(
        report().text(),
        "Roundtable: Nato explained\n\
         3½ of 5 right · 14,180 points\n\
         ●● Founding, 2 of 2\n\
         ◐○● Membership, 1½ of 3\n\
         Game code K7-QMP · 24 November 2026\n"
    );
    assert_eq!(report().file_name(), "roundtable-nato-explained");
}

#[test]
fn the_picture_has_a_seat_a_question_told_apart_by_colour_and_depth() {
    let report = report();
    let drawn = picture::draw(&report);
    let palette = ThemeName::Dusk.palette();
    let seats: Vec<Credit> = report.seats().collect();
    assert_eq!(seats.len(), 5);
    let pixel = |at: Vec2| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the picture")]
        drawn.pixel(at.x as u32, at.y as u32)
    };
    for (index, credit) in seats.iter().enumerate() {
        let wanted = palette.color(seat_token(*credit)).to_u8_array_no_alpha();
        assert_eq!(pixel(seat_middle(index, 5, *credit)), wanted, "seat {index}");
        // Where a full seat is filled, one that was missed is not.
        let deep = seat_middle(index, 5, Credit::FULL);
        assert_eq!(pixel(deep) == wanted, *credit != Credit::NONE, "seat {index}");
    }
    // The score stands in the middle: there is light type on the dark ground.
    let lit =
        (250..380).flat_map(|x| (260..340).map(move |y| (x, y))).filter(|(x, y)| drawn.pixel(*x, *y)[0] > 200).count();
    assert!(lit > 1500, "{lit}");
}

/// What was put on the test's clipboard.
fn copied(game: &Game) -> Vec<Copied> {
    match game.app.world().resource::<Board>() {
        Board::Scripted(Ok(kept)) => kept.clone(),
        other => panic!("{other:?}"),
    }
}

fn at_results(place: &Place) -> Game {
    let mut game = begin(place);
    play(&mut game, |letter| letter != 'b');
    game.app.insert_resource(Board::Scripted(Ok(Vec::new())));
    game.tab_to("Share result").key(Key::Enter);
    game.expect_text("Share your result");
    game
}

#[test]
fn the_result_is_copied_as_text_and_as_a_picture_and_gives_nothing_away() {
    let place = Place::new();
    let mut game = at_results(&place);
    assert_eq!(game.focused_name().as_deref(), Some("Copy as text"));
    game.key(Key::Enter);
    game.expect_text("Copied as text.");
    game.button("Copy as picture").click();
    game.expect_text("Copied as a picture.");
    let kept = copied(&game);
    let [Copied::Text(words), Copied::Picture(image)] = &kept[..] else { panic!("{kept:?}") };
    assert!(words.starts_with("Roundtable: Small quiz\n3 of 4 right · 3,000 points\n"), "{words}");
    for secret in ["First?", "Right a", "Wrong b", "Because"] {
        assert!(!words.contains(secret), "{words}");
    }
    assert_eq!((image.width(), image.height()), picture::SIZE);
    // Esc closes, and the focus is where it was.
    game.key(Key::Escape);
    game.expect_no_text("Share your result");
    assert_eq!(game.focused_name().as_deref(), Some("Share result"));
}

#[test]
fn the_result_is_saved_as_text_and_as_a_picture() {
    let place = Place::new();
    let mut game = at_results(&place);
    let folder = tempfile::tempdir().expect("a folder");
    let save = |game: &mut Game, button: &str, path: &Path| {
        game.app.insert_resource(Chooser::Scripted([Picked::Paths(vec![path.to_owned()])].into()));
        game.button(button).press();
        until(game, "Saved as");
        game.button("OK").press();
    };
    let text = folder.path().join("mine.txt");
    save(&mut game, "Save as text…", &text);
    assert!(std::fs::read_to_string(&text).expect("a file").starts_with("Roundtable: Small quiz\n"));
    game.button("Share result").press();
    let png = folder.path().join("mine.png");
    save(&mut game, "Save as picture…", &png);
    let bytes = std::fs::read(&png).expect("a file");
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    let size = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
    assert_eq!((size(16), size(20)), picture::SIZE);
}

#[test]
fn a_clipboard_that_cannot_be_used_is_told_in_a_sentence() {
    let place = Place::new();
    let mut game = at_results(&place);
    game.app.insert_resource(Board::Scripted(Err("The clipboard is in use.".to_owned())));
    game.button("Copy as text").press();
    game.expect_text("could not be copied").expect_text("The clipboard is in use.");
    game.expect_no_text("Share your result");
}

/// What the ring in the header says.
fn race(game: &mut Game) -> Option<String> {
    let world = game.app.world_mut();
    let nodes: Vec<(Entity, String)> = world
        .query::<(Entity, &bevy::a11y::AccessibilityNode)>()
        .iter(world)
        .filter(|(_, node)| node.role() == Role::Meter)
        .filter_map(|(entity, node)| Some((entity, node.label()?.to_owned())))
        .filter(|(_, label)| label.contains("best run"))
        .collect();
    nodes.into_iter().find(|(entity, _)| game.on_show(*entity)).map(|(_, label)| label)
}

#[test]
fn the_best_run_races_along_and_the_round_ends_with_how_it_stands() {
    let place = Place::new();
    let mut game = begin(&place);
    on(&mut game, "Question 1 of 4");
    assert_eq!(race(&mut game), None, "nobody to race against yet");
    play(&mut game, |letter| letter != 'd');
    game.expect_text("3½").expect_text("Your first result");
    // Once more, worse at first.
    game.tab_to("Play again, same code").key(Key::Enter);
    on(&mut game, "Question 1 of 4");
    assert_eq!(race(&mut game).as_deref(), Some("0 right so far. Your best run had 0."));
    answer(&mut game, false);
    until(&mut game, "Not this time");
    assert_eq!(race(&mut game).as_deref(), Some("0 right so far. Your best run had 1."));
    game.key(Key::Enter);
    answer(&mut game, true);
    until(&mut game, "+1,000 points");
    game.key(Key::Enter);
    game.expect_text("1 behind your best run");
    assert_eq!(race(&mut game).as_deref(), Some("1 right so far. Your best run had 2."));
    let tree = game.tree();
    assert!(tree.contains("So far: 1 of 2 right, 1,000 points. 1 behind your best run."), "it is said aloud\n{tree}");
    for _ in 0..2 {
        on(&mut game, "Question ");
        answer(&mut game, true);
        until(&mut game, "+1,000 points");
        game.key(Key::Enter);
    }
    game.expect_text("out of 4").expect_text("500 points behind your best so far");
}

#[test]
fn results_and_what_is_shared_hold_on_a_phone_with_text_at_twice_its_size() {
    for (size, scale) in [((360, 640), 1.), ((360, 640), 2.), ((1280, 720), 1.), ((1280, 720), 2.)] {
        let place = Place::new();
        let mut game = begin(&place);
        play(&mut game, |letter| letter == 'a');
        game.resize(size.0, size.1).text_scale(scale);
        game.settle();
        assert_eq!(game.layout_faults(), Vec::<String>::new(), "results, {size:?} at {scale}");
        game.button("Share result").press();
        game.settle();
        assert_eq!(game.layout_faults(), Vec::<String>::new(), "sharing, {size:?} at {scale}");
    }
}

/// The game as whoever opens this link finds it.
fn invited(place: &Place, query: &str, wanted: &str) -> Game {
    let path = place.write("small.ron", BANK.as_bytes());
    let options = Options {
        data_dir: place.data(),
        banks: vec![path],
        wishes: Wishes::read(query),
        page: Some("https://play.example/".to_owned()),
        ..Options::default()
    };
    let mut game = Game::with(options);
    until(&mut game, wanted);
    game
}

#[test]
fn a_link_opens_the_set_up_with_a_score_to_beat_and_the_end_says_whether_it_was_beaten_and_gives_a_link_on() {
    let place = Place::new();
    let mut game = invited(&place, "?of=small&seed=k7qmp&each=2&beat=2.5", "Choose your rounds");
    game.expect_text("Score to beat: 2½ of 4");
    // Other rounds are another match.
    game.find(Role::CheckBox, "Founding").click();
    game.expect_no_text("Score to beat");
    game.find(Role::CheckBox, "Founding").click();
    game.expect_text("Score to beat: 2½ of 4");
    game.tab_to("No timer").key(Key::Enter).tab_to("Start").key(Key::Enter);
    play(&mut game, |letter| letter != 'a');
    game.expect_text("Beaten! The score to beat was 2½.");
    game.app.insert_resource(Board::Scripted(Ok(Vec::new())));
    game.button("Share result").press();
    game.expect_text("Beat my 3").expect_text("Game code K7-QMP");
    assert_eq!(game.all(Role::Image, "QR code of the link: Beat my 3").len(), 1);
    game.button("Copy link").press();
    game.expect_text("Link copied.");
    game.button("Copy as text").press();
    let kept = copied(&game);
    let [Copied::Text(link), Copied::Text(words)] = &kept[..] else { panic!("{kept:?}") };
    assert_eq!(link, "https://play.example/?of=small&seed=K7-QMP&each=2&beat=3");
    assert!(words.contains("Beat my 3: https://play.example/?of=small&seed=K7-QMP&each=2&beat=3"), "{words}");
    // With another code there is nothing to beat.
    game.key(Key::Escape);
    game.button("Play again, new code").press();
    play(&mut game, |_| false);
    game.expect_no_text("to beat was").expect_no_text("to beat is");
}

#[test]
fn a_link_that_is_not_beaten_says_so_and_what_is_wrong_with_it_is_told() {
    let place = Place::new();
    let mut game = invited(&place, "of=small&seed=K7-QMP&rounds=two,three&each=9&beat=many", "Choose your rounds");
    game.expect_text("“many”, is no score").expect_no_text("Score to beat:");
    game.button("OK").press();
    game.expect_text("“three”");
    let place = Place::new();
    let mut game = invited(&place, "of=elsewhere&seed=K7-QMP", "“elsewhere”, which is not here");
    game.expect_no_text("Choose your rounds");
    let place = Place::new();
    let mut game = invited(&place, "of=small&seed=K7-QMP&rounds=two&each=2&beat=2", "Score to beat: 2 of 2");
    game.tab_to("No timer").key(Key::Enter).tab_to("Start").key(Key::Enter);
    on(&mut game, "Question 1 of 2");
    for label in ["Next question", "See your results"] {
        answer(&mut game, false);
        until(&mut game, label);
        game.button(label).press();
    }
    until(&mut game, "By round");
    game.expect_text("Not beaten this time: the score to beat is 2.");
}

#[test]
fn a_game_that_was_left_open_is_continued_and_not_set_up_anew_by_its_own_link() {
    let place = Place::new();
    let query = "of=small&seed=K7-QMP&each=2&beat=2";
    let mut game = invited(&place, query, "Score to beat: 2 of 4");
    game.tab_to("Start").key(Key::Enter);
    on(&mut game, "Question 1 of 4");
    drop(game);
    let mut game = invited(&place, query, "Small quiz");
    game.expect_no_text("Choose your rounds");
    game.button("Continue").press();
    game.expect_text(text::PAUSED);
}
