//! Teams on one screen: their set-up, whole games in both ways of playing, the teacher's keys, crashes, and every screen in every size.

use std::time::Duration;

use accesskit::Role;
use bevy::input::ButtonState;
use bevy::input::gamepad::{
    GamepadButton, GamepadConnection, GamepadConnectionEvent, RawGamepadButtonChangedEvent, RawGamepadEvent,
};
use bevy::input::keyboard::{Key, KeyCode};
use bevy::prelude::*;
use roundtable::bank::Kind;
use roundtable::game::session::Clock;
use roundtable::game::teams::Teams;
use roundtable::game::text;
use roundtable::game::text::teams as words;
use roundtable::platform::Times;
use roundtable::quiz::Play;

use crate::fits::{BETWEEN, LONG, SHAPES, check, every, long_bank};
use crate::games::{Place, bank, click, until};
use crate::harness::Game;
use crate::screens;

const FIRST: &str = "Bold Lynxes";
const SECOND: &str = "Calm Herons";

fn letter(game: &mut Game, key: &str) {
    game.key(Key::Character(key.into()));
}

/// From the title to the first question.
fn begin(game: &mut Game, count: usize, play: Play) {
    {
        let mut teams = game.app.world_mut().resource_mut::<Teams>();
        teams.set_count(count);
        teams.set_play(play);
    }
    game.tab_to(words::TEAMS).key(Key::Enter).expect_text(words::about_mode(play));
    game.key(Key::Enter).expect_text(&words::pill(count, play));
    game.tab_to(text::START).key(Key::Enter);
    game.tab_to(text::START_ROUND).key(Key::Enter);
}

/// The clock goes on: keys that were pressed by others at the same time count again.
fn wait(game: &mut Game, ms: u64) {
    let Clock::Manual(Times { monotonic, wall }) = *game.app.world().resource::<Clock>() else { panic!("by hand") };
    let moved = Duration::from_millis(ms);
    game.app.insert_resource(Clock::Manual(Times { monotonic: monotonic + moved, wall: wall + moved }));
    game.settle();
}

fn line(game: &mut Game, wanted: &str) {
    let found = game.all(Role::ListItem, wanted).len() + game.all(Role::Button, wanted).len();
    assert!(found > 0, "No team “{wanted}”.\n{}", game.tree());
}

#[test]
fn a_whole_game_of_buzzing_in_with_keys_and_a_teacher() {
    let place = Place::new();
    let mut game = place.start(&bank(&[Kind::Choice, Kind::TrueFalse]));
    begin(&mut game, 3, Play::Buzz);
    game.expect_text("Who knows? Press your key");
    // All of it is there to read, and nothing to press.
    game.find(Role::Button, &words::buzz_for(FIRST, 0));
    assert_eq!(game.focused_name().as_deref(), Some(text::PAUSE));
    letter(&mut game, "a");
    game.expect_text("Who knows? Press your key");

    letter(&mut game, "p");
    game.expect_text("Calm Herons were first").expect_text("Not right passes it on to Bold Lynxes and Swift Otters.");
    letter(&mut game, "q");
    game.expect_text("Calm Herons were first");
    click(&mut game, Role::Button, "Wrong one");
    game.expect_text("It passes on: Bold Lynxes and Swift Otters");
    line(&mut game, "Calm Herons, 0 points, out for this question");
    letter(&mut game, "p");
    game.expect_text("It passes on: Bold Lynxes and Swift Otters");

    // The teacher gives them their try back.
    game.button("Undo: Calm Herons").press();
    game.expect_text("Calm Herons were first");
    click(&mut game, Role::Button, "Wrong one");
    letter(&mut game, "q");
    game.expect_text("Bold Lynxes were first");
    click(&mut game, Role::Button, "Right one");
    until(&mut game, "Bold Lynxes: +1,000 points");
    game.expect_text(text::RIGHT);
    line(&mut game, "Bold Lynxes, 1,000 points, answered");

    // A score changed by hand, and back again.
    letter(&mut game, "j");
    game.expect_text(words::HOW_MUCH);
    for _ in 0..3 {
        game.button(words::MORE).click();
    }
    game.find(Role::RadioButton, "Swift Otters").click();
    for _ in 0..5 {
        game.button(words::MORE).click();
    }
    game.expect_text("Swift Otters: 0 points, then 500");
    game.button(words::APPLY).click();
    line(&mut game, "Swift Otters, 500 points");
    game.button("Undo: +500").press();
    line(&mut game, "Swift Otters, 0 points");

    click(&mut game, Role::Button, text::END_ROUND);
    game.expect_text(text::STANDINGS).expect_text("1,000 points");
    // On one scale, or their lengths would mean nothing.
    let bar = |game: &mut Game, name: &str| game.find(Role::ProgressIndicator, name).rect();
    let (first, second) = (bar(&mut game, FIRST), bar(&mut game, SECOND));
    assert!((first.width() - second.width()).abs() < 1. && first.width() > 900., "{first:?}, {second:?}");
    click(&mut game, Role::Button, text::NEXT_ROUND);
    click(&mut game, Role::Button, text::START_ROUND);
    letter(&mut game, "r");
    game.expect_text("Nobody took it");
    click(&mut game, Role::Button, text::SEE_RESULTS);
    game.expect_text("Bold Lynxes win. Well played, everyone!");
    game.find(Role::ListItem, &words::podium_row(1, FIRST, 1000));
    game.find(Role::ListItem, &words::podium_row(2, SECOND, 0));

    // Also on the podium, and it is in the journal.
    letter(&mut game, "j");
    game.button(words::MORE).click();
    game.button(words::APPLY).click();
    game.find(Role::ListItem, &words::podium_row(1, FIRST, 1100));
    click(&mut game, Role::Button, text::MENU);
    game.expect_text(text::PLAY).expect_no_text(text::CONTINUE_HEADING);
    drop(game);
    let journals = place.files("matches/finished");
    let written: Vec<String> = journals.iter().map(|path| std::fs::read_to_string(path).expect("a journal")).collect();
    assert!(written.iter().any(|journal| journal.contains(r#"{"Adjust":{"player":0,"points":100}}"#)), "{journals:?}");
    assert!(!place.data().join("progress.json").exists(), "what teams play says nothing about the player alone");
}

#[test]
fn a_whole_game_in_turns() {
    let place = Place::new();
    let mut game = place.start(&bank(&[Kind::Choice, Kind::Number, Kind::TrueFalse]));
    begin(&mut game, 2, Play::Turns);
    game.expect_text("Bold Lynxes answer").expect_no_text("Press your key");
    // Nobody buzzes here.
    letter(&mut game, "p");
    game.expect_text("Bold Lynxes answer");
    click(&mut game, Role::Button, "Right one");
    until(&mut game, "Bold Lynxes: +1,000 points");
    click(&mut game, Role::Button, text::END_ROUND);
    click(&mut game, Role::Button, text::NEXT_ROUND);
    click(&mut game, Role::Button, text::START_ROUND);
    game.expect_text("Calm Herons answer");
    game.key(Key::Escape).expect_text(text::PAUSED).key(Key::Escape);
    // The field has the letters.
    game.button(words::SKIP).press();
    game.expect_text(text::NOT_COUNTED);
    game.button("Undo: skipped").press();
    line(&mut game, "Calm Herons, 0 points, answered");
    click(&mut game, Role::Button, text::END_ROUND);
    click(&mut game, Role::Button, text::NEXT_ROUND);
    click(&mut game, Role::Button, text::START_ROUND);
    game.expect_text("Bold Lynxes answer");
    click(&mut game, Role::Button, text::FALSE);
    until(&mut game, text::NOT_THIS_TIME);
    click(&mut game, Role::Button, text::SEE_RESULTS);
    game.expect_text("Bold Lynxes win");
    click(&mut game, Role::Button, words::AGAIN_NEW);
    click(&mut game, Role::Button, text::START_ROUND);
    game.expect_text("Bold Lynxes answer");
}

#[test]
fn a_finger_or_a_mouse_alone_buzzes_and_a_crash_loses_nothing() {
    let place = Place::new();
    let mut game = place.start(&bank(&[Kind::Choice, Kind::TrueFalse]));
    begin(&mut game, 2, Play::Buzz);
    game.button(&words::buzz_for(SECOND, 0)).tap();
    game.expect_text("Calm Herons were first");
    click(&mut game, Role::Button, "Wrong one");
    game.expect_text("It passes on: Bold Lynxes");
    wait(&mut game, 2000);
    game.button(&words::buzz_for(FIRST, 0)).click();
    game.expect_text("Bold Lynxes were first");
    // Killed: nothing is closed in order.
    drop(game);
    let mut game = place.start(&bank(&[Kind::Choice, Kind::TrueFalse]));
    game.expect_text("2 teams");
    game.button(text::CONTINUE).press();
    game.expect_text(text::PAUSED).expect_no_text("points");
    game.button(text::RESUME).press();
    game.expect_text("Bold Lynxes were first");
    line(&mut game, "Calm Herons, 0 points, out for this question");
    click(&mut game, Role::Button, "Right one");
    until(&mut game, "Bold Lynxes: +1,000 points");
    assert!(!place.data().join("progress.json").exists());
}

/// A pad of its own, as the driver reports it.
fn plug_in(game: &mut Game) -> Entity {
    let world = game.app.world_mut();
    let pad = world.spawn_empty().id();
    let connection = GamepadConnection::Connected { name: "A pad".into(), vendor_id: None, product_id: None };
    let event = GamepadConnectionEvent::new(pad, connection);
    world.write_message(RawGamepadEvent::Connection(event.clone()));
    world.write_message(event);
    game.settle();
    pad
}

fn push(game: &mut Game, pad: Entity, button: GamepadButton) {
    for value in [1., 0.] {
        let event = RawGamepadButtonChangedEvent::new(pad, button, value);
        game.app.world_mut().write_message(RawGamepadEvent::Button(event));
        game.app.world_mut().write_message(event);
        game.frame();
    }
    game.settle();
}

#[test]
fn pads_buzz_answer_and_keep_out_of_each_others_way() {
    let place = Place::new();
    let mut game = place.start(&bank(&[Kind::Choice]));
    let (one, two) = (plug_in(&mut game), plug_in(&mut game));
    game.tab_to(words::TEAMS).key(Key::Enter);
    for (name, pad) in [(FIRST, one), (SECOND, two)] {
        let team = game.app.world().resource::<Teams>().clone();
        let row = team.playing().iter().find(|team| team.name == name).map(|team| words::team_row(team, true));
        game.button(&row.expect("a team")).press();
        game.button(words::CHOOSE_PAD).press();
        game.expect_text(words::PRESS_PAD);
        push(&mut game, pad, GamepadButton::Start);
        game.expect_text("That button cannot be a team’s");
        push(&mut game, pad, GamepadButton::South);
        game.expect_text("lower button now");
        game.key(Key::Escape);
    }
    game.button(words::CHOOSE_ROUNDS).press();
    game.button(text::START).press();
    game.button(text::START_ROUND).press();
    push(&mut game, two, GamepadButton::South);
    game.expect_text("Calm Herons were first");
    // A moment late, and pressed once more: neither is an answer.
    push(&mut game, one, GamepadButton::South);
    push(&mut game, two, GamepadButton::South);
    game.expect_text("Calm Herons were first");
    wait(&mut game, 1000);
    push(&mut game, one, GamepadButton::South);
    game.expect_text("Calm Herons were first");
    game.tab_to("Wrong one");
    push(&mut game, two, GamepadButton::South);
    game.expect_text("It passes on: Bold Lynxes");
    push(&mut game, one, GamepadButton::South);
    game.expect_text("Bold Lynxes were first");
    wait(&mut game, 1000);
    game.tab_to("Right one");
    push(&mut game, one, GamepadButton::South);
    until(&mut game, "Bold Lynxes: +1,000 points");
}

#[test]
fn keys_pressed_in_one_frame_are_drawn_and_the_screen_says_so() {
    let place = Place::new();
    let mut game = place.start(&bank(&[Kind::Choice]));
    begin(&mut game, 4, Play::Buzz);
    for (code, key) in [(KeyCode::KeyZ, "z"), (KeyCode::KeyQ, "q"), (KeyCode::KeyM, "m")] {
        game.stroke(code, Key::Character(key.into()), ButtonState::Pressed);
    }
    game.settle();
    game.expect_text("Bold Lynxes, Swift Otters and Keen Wrens pressed together. Drawn: ");
}

#[test]
fn a_key_used_twice_is_refused_and_the_choices_are_kept() {
    let place = Place::new();
    let mut game = place.start(&bank(&[Kind::Choice]));
    game.tab_to(words::TEAMS).key(Key::Enter);
    game.button("Calm Herons, Orange diamond, key P").press();
    game.button(words::CHOOSE_KEY).press();
    game.expect_text(words::PRESS_KEY);
    letter(&mut game, "q");
    game.expect_text("Bold Lynxes have that already. Choose another one.");
    letter(&mut game, "s");
    game.expect_text("S skips the question. Choose another key.");
    letter(&mut game, "b");
    game.expect_text("B answers questions. Choose another key.");
    game.key(Key::Enter).expect_text("Choose a letter, a digit or a sign.");
    letter(&mut game, "l");
    game.expect_text("Calm Herons have key L now.").expect_text("Key L. Press it now to try it.");
    // Another colour and shape; taken ones say whose they are.
    let taken = game.find(Role::Button, "Blue triangle").node();
    assert!(taken.description().is_some_and(|why| why.contains(FIRST)), "{taken:?}");
    game.button("Grey heart").press();
    // Another name, but not one that is there.
    let field = game.find(Role::TextInput, words::NAME).entity;
    game.assist(field, accesskit::Action::SetValue, Some(accesskit::ActionData::Value("bold lynxes".into())));
    game.expect_text("Bold Lynxes have that already.");
    game.assist(field, accesskit::Action::SetValue, Some(accesskit::ActionData::Value("Red Pandas".into())));
    game.button(words::DONE).press();
    game.button("Red Pandas, Grey heart, key L").press();
    game.key(Key::Escape);
    game.find(Role::RadioButton, "3").press();
    assert_eq!(game.app.world().resource::<Teams>().count(), 3);
    game.key(Key::Escape).expect_text(text::PLAY);
    drop(game);
    let mut game = place.start(&bank(&[Kind::Choice]));
    game.tab_to(words::TEAMS).key(Key::Enter);
    game.button("Red Pandas, Grey heart, key L");
    assert_eq!(game.app.world().resource::<Teams>().count(), 3);
}

#[test]
fn a_press_is_seen_while_the_teams_are_set_up() {
    let place = Place::new();
    let mut game = place.start(&bank(&[Kind::Choice]));
    game.tab_to(words::TEAMS).key(Key::Enter);
    letter(&mut game, "p");
    let lit = game.find(Role::Button, "Calm Herons, Orange diamond, key P").entity;
    assert!(game.app.world().get::<roundtable::game::widgets::Chosen>(lit).is_some());
    let other = game.find(Role::Button, "Bold Lynxes, Blue triangle, key Q").entity;
    assert!(game.app.world().get::<roundtable::game::widgets::Chosen>(other).is_none());
}

#[test]
fn every_team_screen_holds_in_every_size() {
    let sizes = [every(&SHAPES, &[1., 2.]), every(&BETWEEN, &[1.25, 1.5])].concat();
    walk(screens::BANK, 8, &sizes, None);
}

#[test]
fn long_questions_of_teams_hold_in_every_size() {
    walk(&long_bank(), 3, &every(&LONG, &[1., 2.]), Some("Interkontinental"));
}

/// `odd`: a name of one long word, which may break where nothing else may.
fn walk(text_of_bank: &str, count: usize, sizes: &[((u16, u16), f32)], odd: Option<&str>) {
    let mut timed = screens::Timed::with(text_of_bank, (1280, 720));
    {
        let mut teams = timed.game.app.world_mut().resource_mut::<Teams>();
        teams.set_count(count);
        if let Some(odd) = odd {
            teams.rename(2, odd).expect("a name");
        }
    }
    timed.game.button(words::TEAMS).press();
    check(&mut timed, "the teams", sizes, odd.is_none());
    timed.game.button("Calm Herons, Orange diamond, key P").press();
    check(&mut timed, "a team", sizes, odd.is_none());
    timed.game.key(Key::Escape);
    timed.game.button(words::CHOOSE_ROUNDS).press();
    // Seven questions, not five.
    timed.game.tab_to(text::PER_ROUND).key(Key::End);
    timed.game.button(text::START).press();
    timed.game.button(text::START_ROUND).press();
    for number in 1..=7 {
        check(&mut timed, &format!("question {number}, nobody has buzzed"), sizes, odd.is_none());
        letter(&mut timed.game, "q");
        check(&mut timed, &format!("question {number}, somebody has"), sizes, odd.is_none());
        if number == 1 {
            timed.game.button(words::ADJUST).press();
            timed.until(words::HOW_MUCH);
            check(&mut timed, "a score changed by hand", sizes, odd.is_none());
            timed.game.button(words::MORE).press();
            timed.game.button(words::APPLY).press();
        }
        // Their seconds run out, and it passes on.
        timed.pass(90);
        if number == 1 {
            check(&mut timed, "it passes on", sizes, odd.is_none());
        }
        if timed.game.all(Role::Button, words::REVEAL).len() == 1 {
            timed.game.button(words::REVEAL).press();
        }
        check(&mut timed, &format!("question {number}, told"), sizes, odd.is_none());
        if number < 7 {
            timed.game.button(text::NEXT_QUESTION).press();
        }
    }
    timed.game.button(text::SEE_RESULTS).press();
    check(&mut timed, "the podium", sizes, odd.is_none());
}
