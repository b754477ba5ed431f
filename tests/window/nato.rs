//! All of "Nato explained" in the window, from the first question to the last, by keyboard: killed half-way, continued, and finished
//! with the right score. What the player presses comes from the bank's own keys.

use accesskit::Role;
use bevy::input::keyboard::{Key, KeyCode};
use roundtable::bank::{self, Bank, Body, Kind};
use roundtable::game::app::Options;
use roundtable::game::session::CurrentView;
use roundtable::quiz::{Stage, View};

use crate::games::{Place, kill, place_of, until};
use crate::harness::Game;

fn start(place: &Place) -> Game {
    let mut game = Game::with(Options { data_dir: place.data(), ..Options::default() });
    until(&mut game, "Nato explained");
    game
}

fn view(game: &Game) -> View {
    game.app.world().resource::<CurrentView>().get().cloned().expect("a match")
}

pub fn stage(game: &Game) -> Stage {
    view(game).stage
}

/// What is asked.
pub fn kind(game: &Game, bank: &Bank) -> Kind {
    let shown = view(game).shown.question.clone().expect("an open question");
    let found = bank.questions().find(|(_, question)| question.stem == shown.stem);
    found.expect("a question of the bank").1.body.kind()
}

/// Presses Enter until a question is open, or the match is over.
pub fn on(game: &mut Game) {
    for _ in 0..8 {
        if matches!(stage(game), Stage::Asking | Stage::Finished) {
            return;
        }
        game.key(Key::Enter);
    }
    panic!("Enter does not lead on.\n{}", game.tree());
}

pub fn answer(game: &mut Game, bank: &Bank) {
    let shown = view(game).shown.question.clone().expect("an open question");
    let (_, question) =
        bank.questions().find(|(_, question)| question.stem == shown.stem).expect("a question of the bank");
    match &question.body {
        Body::Choice { key, .. } => {
            game.tab_to(key).key(Key::Enter);
        }
        Body::MultiChoice { keys, .. } => {
            for key in keys {
                game.tab_to(key).key(Key::Space);
            }
            game.chord(&[KeyCode::ControlLeft], Key::Enter);
        }
        Body::TrueFalse { key } => {
            game.type_text(if *key { "t" } else { "f" });
        }
        Body::Number { key, .. } => {
            game.type_text(&format!("{key}")).key(Key::Enter);
        }
        Body::Order { items, .. } => {
            for (target, item) in items.iter().enumerate() {
                let place = place_of(game, item);
                game.tab_to(&format!("{place}. {item}")).key(Key::Space);
                for _ in target + 1..place {
                    game.key(Key::ArrowUp);
                }
                game.key(Key::Space);
            }
            game.chord(&[KeyCode::ControlLeft], Key::Enter);
        }
        Body::Match { pairs, .. } => {
            for (left, right) in pairs {
                game.tab_to(left).key(Key::Enter);
                game.tab_to(right).key(Key::Enter);
            }
            game.chord(&[KeyCode::ControlLeft], Key::Enter);
        }
        Body::Text { key, .. } => {
            game.type_text(&key.to_lowercase()).key(Key::Enter);
        }
    }
    // The answer goes to the disk and back before the question closes.
    until(game, "Where this comes from");
    let verdict = view(game).you.and_then(|you| you.verdict).expect("a verdict");
    assert_eq!(verdict.points, 1000, "{}\n{}", question.id, game.tree());
    game.expect_text(&question.explanation);
}

#[test]
fn all_of_nato_explained_is_played_killed_continued_and_finished_with_the_right_score() {
    let (_, text) = bank::shipped()[0];
    let bank = bank::read(text.as_bytes()).expect("the shipped bank is sound");
    let count = u32::try_from(bank.questions().count()).expect("few");
    let place = Place::new();
    let mut game = start(&place);
    game.tab_to("Play").key(Key::Enter).expect_text("Choose your rounds");
    let name = game.find(Role::Slider, "Questions per round").node().label().expect("a name").to_owned();
    game.tab_to(&name).key(Key::End).tab_to("Start").key(Key::Enter);
    for _ in 0..count / 2 {
        on(&mut game);
        answer(&mut game, &bank);
    }
    on(&mut game);
    kill(game, &place);

    let mut game = start(&place);
    game.expect_text(&format!("Question {} of {count}", count / 2 + 1));
    // Continue, then Resume.
    game.key(Key::Enter).expect_text("Welcome back").key(Key::Enter);
    while stage(&game) != Stage::Finished {
        answer(&mut game, &bank);
        on(&mut game);
    }
    assert_eq!(view(&game).you.expect("a player").points, count * 1000);
}
