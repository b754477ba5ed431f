//! A whole game, all seven kinds, with one device alone: keyboard, mouse, finger, gamepad. And what each device must do beside.

use accesskit::Role;
use bevy::input::gamepad::{GamepadAxis, GamepadButton};
use bevy::input::keyboard::Key;
use bevy::input::touch::TouchPhase;
use bevy::prelude::*;
use roundtable::bank::Kind;
use roundtable::game::device::{Device, LastUsed};
use roundtable::game::preferences::{KeyHints, Preferences};
use roundtable::game::text;
use roundtable::game::widgets::{ShowKeys, button, screen};

use crate::games::{ITEMS, PAIRS, Place, answer_by_keys, answer_by_mouse, bank, click, place_of, until};
use crate::harness::Game;

/// The only device that there is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Alone {
    Keyboard,
    Mouse,
    Touch,
    Pad,
}

impl Alone {
    fn press(self, game: &mut Game, role: Role, name: &str) {
        match self {
            Self::Keyboard => {
                game.tab_to(name).key(Key::Enter);
            }
            Self::Mouse => click(game, role, name),
            Self::Touch => tap(game, role, name),
            Self::Pad => {
                game.steer_to(role, name).pad(GamepadButton::South);
            }
        }
    }

    fn answer(self, game: &mut Game, kind: Kind) {
        match self {
            Self::Keyboard => answer_by_keys(game, kind),
            Self::Mouse => answer_by_mouse(game, kind),
            Self::Touch | Self::Pad => answer(self, game, kind),
        }
    }
}

/// Scrolls to it with a finger if need be, and taps it.
#[track_caller]
fn tap(game: &mut Game, role: Role, name: &str) {
    for _ in 0..12 {
        let more = !game.all(Role::Button, text::MORE_BELOW).is_empty();
        if !more || game.find(role, name).rect().center().y < 560. {
            break;
        }
        game.swipe(Vec2::new(640., 520.), Vec2::new(640., 400.));
    }
    game.find(role, name).tap();
}

/// With a finger or a pad, which both have the on-screen keyboard to type with.
fn answer(alone: Alone, game: &mut Game, kind: Kind) {
    let type_on_screen = |game: &mut Game, keys: &[&str]| {
        match alone {
            Alone::Pad => {
                game.steer_to(Role::TextInput, text::TEXT_FIELD).pad(GamepadButton::South);
            }
            _ => tap(game, Role::TextInput, text::TEXT_FIELD),
        }
        for key in keys {
            alone.press(game, Role::Button, key);
        }
    };
    match kind {
        Kind::Choice => return alone.press(game, Role::Button, "Right one"),
        Kind::TrueFalse => return alone.press(game, Role::Button, text::TRUE),
        Kind::MultiChoice => {
            alone.press(game, Role::CheckBox, "Good apple");
            alone.press(game, Role::CheckBox, "Good pear");
        }
        Kind::Number => type_on_screen(game, &["1", "2"]),
        Kind::Text => type_on_screen(game, &["r", "o", "m", "e"]),
        Kind::Order => {
            for (target, item) in ITEMS.iter().enumerate() {
                let place = place_of(game, item);
                if alone == Alone::Pad {
                    game.steer_to(Role::Button, &format!("{place}. {item}")).pad(GamepadButton::South);
                    for _ in target + 1..place {
                        game.pad(GamepadButton::DPadUp);
                    }
                    game.pad(GamepadButton::South);
                } else {
                    for _ in target + 1..place {
                        tap(game, Role::Button, &text::move_up(item));
                    }
                }
            }
        }
        Kind::Match => {
            for (left, right) in PAIRS {
                alone.press(game, Role::Button, left);
                alone.press(game, Role::Button, right);
            }
        }
    }
    match alone {
        Alone::Pad => {
            game.pad(GamepadButton::Start);
        }
        _ => tap(game, Role::Button, text::SUBMIT),
    }
}

fn kind_on_show(game: &mut Game) -> Kind {
    let stems = [
        ("Choose the right one.", Kind::Choice),
        ("Choose the good ones.", Kind::MultiChoice),
        ("Two is more than one.", Kind::TrueFalse),
        ("How many?", Kind::Number),
        ("Put them in order.", Kind::Order),
        ("Match them.", Kind::Match),
        ("Which city?", Kind::Text),
    ];
    let texts = game.texts();
    let found = stems.into_iter().find(|(stem, _)| texts.iter().any(|text| text == stem));
    found.unwrap_or_else(|| panic!("No question.\n{}", game.tree())).1
}

/// From the title to the results and back, seven rounds of a question each.
fn whole_game(alone: Alone) {
    let place = Place::new();
    let mut game = place.start(&bank(&Kind::ALL));
    alone.press(&mut game, Role::Button, text::PLAY);
    alone.press(&mut game, Role::Button, text::START);
    for round in 1..=7 {
        alone.press(&mut game, Role::Button, text::START_ROUND);
        let kind = kind_on_show(&mut game);
        alone.answer(&mut game, kind);
        until(&mut game, "+1,000 points");
        game.expect_text(text::RIGHT);
        if round < 7 {
            alone.press(&mut game, Role::Button, text::END_ROUND);
            alone.press(&mut game, Role::Button, text::NEXT_ROUND);
        } else {
            alone.press(&mut game, Role::Button, text::SEE_RESULTS);
        }
    }
    game.expect_text("out of 7").expect_text("7,000 points").expect_text(text::NOTHING_TO_REVIEW);
    alone.press(&mut game, Role::Button, text::MENU);
    game.find(Role::Button, text::PLAY);
}

#[test]
fn a_whole_game_by_keyboard_alone() {
    whole_game(Alone::Keyboard);
}

#[test]
fn a_whole_game_by_mouse_alone() {
    whole_game(Alone::Mouse);
}

#[test]
fn a_whole_game_by_touch_alone() {
    whole_game(Alone::Touch);
}

#[test]
fn a_whole_game_by_gamepad_alone() {
    whole_game(Alone::Pad);
}

fn question(place: &Place, kind: Kind, size: (u32, u32)) -> Game {
    let mut game = place.sized(&bank(&[kind]), size);
    for name in [text::PLAY, text::START, text::START_ROUND] {
        game.button(name).press();
    }
    game
}

/// Drags every item to its place, the last first.
fn put_in_order(game: &mut Game, drag: impl Fn(&mut Game, Vec2, Vec2)) {
    for (target, item) in ITEMS.iter().enumerate() {
        let place = place_of(game, item);
        let rect = game.button(&format!("{place}. {item}")).rect();
        if place == target + 1 {
            continue;
        }
        let goal = game
            .app
            .world_mut()
            .query::<(&Text, Entity)>()
            .iter(game.app.world())
            .find(|(text, _)| text.0 == (target + 1).to_string())
            .map(|(_, entity)| entity)
            .expect("a number");
        let to = game.rect(goal).center();
        let from = Vec2::new(rect.min.x + 30., rect.center().y);
        drag(game, from, Vec2::new(from.x, to.y));
    }
    for (place, item) in ITEMS.iter().enumerate() {
        game.button(&format!("{}. {item}", place + 1));
    }
}

#[test]
fn a_row_is_dragged_to_its_place_with_the_mouse() {
    let place = Place::new();
    let mut game = question(&place, Kind::Order, (1280, 720));
    put_in_order(&mut game, |game, from, to| {
        game.drag(from, to);
    });
    game.button(text::SUBMIT).click();
    until(&mut game, "+1,000 points");
}

#[test]
fn a_row_is_dragged_to_its_place_with_a_finger() {
    let place = Place::new();
    let mut game = question(&place, Kind::Order, (360, 640));
    put_in_order(&mut game, |game, from, to| {
        game.swipe(from, to);
    });
    game.button(text::SUBMIT).tap();
    until(&mut game, "+1,000 points");
}

#[test]
fn a_drag_that_comes_back_is_no_press() {
    let place = Place::new();
    let mut game = question(&place, Kind::Order, (1280, 720));
    let first = ITEMS.iter().find(|item| place_of(&mut game, item) == 1).expect("a first row");
    let name = format!("1. {first}");
    let at = game.button(&name).rect().center();
    game.point(at).mouse(bevy::input::ButtonState::Pressed).point(at + Vec2::new(0., 25.)).point(at);
    game.mouse(bevy::input::ButtonState::Released).settle();
    // Picked up, its name would say so.
    game.button(&name);
}

#[test]
fn a_finger_that_scrolls_presses_nothing() {
    let place = Place::new();
    let mut game = question(&place, Kind::Choice, (640, 360));
    game.text_scale(2.);
    assert!(!game.all(Role::Button, text::MORE_BELOW).is_empty(), "{}", game.tree());
    let tile = game.button("Right one").rect();
    let before = tile.center().y;
    let from = Vec2::new(320., 250.);
    game.swipe(from, from - Vec2::new(0., 60.));
    let after = game.button("Right one").rect().center().y;
    assert!((before - after - 60.).abs() < 1., "the page followed the finger: {before} → {after}");
    game.expect_text("Choose the right one.");
    // On so low a screen the whole page scrolls: on, until the answer is there to be tapped.
    while game.button("Right one").rect().center().y > 330. {
        game.swipe(from, from - Vec2::new(0., 60.));
    }
    // A finger that trembles still taps.
    let at = game.button("Right one").rect().center();
    game.finger(TouchPhase::Started, at).finger(TouchPhase::Moved, at + Vec2::new(3., 4.));
    game.finger(TouchPhase::Ended, at + Vec2::new(3., 4.)).settle();
    until(&mut game, "+1,000 points");
}

#[test]
fn a_slider_follows_a_tap_and_a_finger_drawn_sideways() {
    let place = Place::new();
    let mut game = question(&place, Kind::Number, (1280, 720));
    let rect = game.find(Role::Slider, text::NUMBER_FIELD).rect();
    game.tap_at(rect.center());
    assert_eq!(game.find(Role::Slider, text::NUMBER_FIELD).node().numeric_value(), Some(17.));
    game.swipe(rect.center(), Vec2::new(rect.max.x, rect.center().y));
    assert_eq!(game.find(Role::Slider, text::NUMBER_FIELD).node().numeric_value(), Some(32.));
}

#[test]
fn a_button_of_the_pad_that_is_pressed_slowly_presses_once() {
    let mut game = Game::start();
    game.steer_to(Role::Button, text::QUESTION_FILES);
    for value in [0.5, 0.76, 0.8, 0.9, 1., 0.9] {
        game.pad_button(GamepadButton::South, value);
    }
    game.settle().expect_text("Choose what to play.").pad(GamepadButton::East);
    game.find(Role::Button, text::PLAY);
}

#[test]
fn the_left_stick_moves_the_focus_and_repeats_while_it_is_held() {
    let list = children![button("one"), button("two"), button("three"), button("four"), button("five")];
    let mut game = Game::page(1280, 720, (screen("A list"), list));
    let focused = |game: &mut Game| game.focused_name().unwrap_or_default();
    assert_eq!(focused(&mut game), "one");
    game.stick(GamepadAxis::LeftStickY, -0.3).settle();
    assert_eq!(focused(&mut game), "one", "a stick that rests is not moved");
    game.stick(GamepadAxis::LeftStickY, -0.9).settle();
    assert_eq!(focused(&mut game), "two", "once");
    game.advance(0.4);
    assert_eq!(focused(&mut game), "three", "again, after a while");
    game.advance(0.2);
    assert_eq!(focused(&mut game), "four", "and again, soon");
    game.stick(GamepadAxis::LeftStickY, 0.).advance(1.);
    assert_eq!(focused(&mut game), "four");
    game.stick(GamepadAxis::LeftStickY, 0.9).stick(GamepadAxis::LeftStickY, 0.).settle();
    assert_eq!(focused(&mut game), "three", "a flick is one step");
    // The cross repeats, too.
    game.pad_button(GamepadButton::DPadUp, 1.).settle();
    assert_eq!(focused(&mut game), "two");
    game.advance(0.5);
    assert_eq!(focused(&mut game), "one");
}

#[test]
fn shoulders_and_the_right_stick_scroll() {
    let place = Place::new();
    let mut game = question(&place, Kind::Choice, (640, 360));
    game.text_scale(2.);
    let y = |game: &mut Game| game.button("Right one").rect().center().y;
    let before = y(&mut game);
    game.pad(GamepadButton::RightTrigger);
    let below = y(&mut game);
    assert!(below < before, "down");
    game.pad(GamepadButton::LeftTrigger);
    assert!((y(&mut game) - before).abs() < 1., "and up");
    game.stick(GamepadAxis::RightStickY, -1.).advance(0.2);
    game.stick(GamepadAxis::RightStickY, 0.);
    assert!(y(&mut game) < before, "by the stick, too");
}

#[test]
fn back_closes_the_on_screen_keyboard_before_it_pauses() {
    let place = Place::new();
    let mut game = question(&place, Kind::Text, (1280, 720));
    game.steer_to(Role::TextInput, text::TEXT_FIELD).pad(GamepadButton::South);
    assert_eq!(game.focused_name().as_deref(), Some("1"), "the focus is on the keys");
    game.pad(GamepadButton::East);
    assert_eq!(game.focused_name().as_deref(), Some(text::TEXT_FIELD));
    assert!(game.all(Role::Button, "q").is_empty(), "{}", game.tree());
    game.pad(GamepadButton::East).expect_text(text::PAUSED);
}

#[test]
fn the_enter_of_the_number_block_presses_too() {
    let mut game = Game::start();
    game.tab_to(text::QUESTION_FILES).key(Key::Enter).expect_text("Choose what to play.").key(Key::Escape);
    game.tab_to(text::QUESTION_FILES).raw_key(KeyCode::NumpadEnter, Key::Enter).expect_text("Choose what to play.");
}

#[test]
fn single_keys_answer_only_while_they_are_switched_on() {
    let place = Place::new();
    let mut game = question(&place, Kind::TrueFalse, (1280, 720));
    game.app.world_mut().resource_mut::<Preferences>().single_keys = false;
    game.settle().type_text("t").expect_text("Two is more than one.");
    game.expect_text("Use the arrows, then Enter.");
    game.app.world_mut().resource_mut::<Preferences>().single_keys = true;
    game.settle().type_text("t");
    until(&mut game, "+1,000 points");
}

#[test]
fn key_caps_and_hints_follow_the_device_in_use() {
    let place = Place::new();
    let mut game = question(&place, Kind::Choice, (1280, 720));
    let caps = |game: &mut Game| game.texts().iter().any(|text| text == text::KEY_ESC);
    assert!(!caps(&mut game), "nothing has been used yet");
    game.expect_text("use the arrows, or tap");
    game.key(Key::Tab).expect_text("or use the arrows and Enter");
    assert!(caps(&mut game), "{}", game.tree());
    // On the picture's corner, where nothing is.
    game.click_at(Vec2::new(2., 2.)).expect_text("Click your answer.");
    assert!(!caps(&mut game));
    game.key(Key::Tab).tap_at(Vec2::new(2., 2.)).expect_text("Tap your answer.");
    assert!(!caps(&mut game));
    game.key(Key::Tab).pad(GamepadButton::Select).expect_text("the lower button answers");
    assert!(!caps(&mut game));
    assert_eq!(*game.app.world().resource::<LastUsed>(), LastUsed(Some(Device::Pad)));
    game.app.world_mut().resource_mut::<Preferences>().keys = KeyHints::Always;
    assert!(caps(game.settle()), "always is always");
    game.app.world_mut().resource_mut::<Preferences>().keys = KeyHints::Never;
    assert!(!caps(game.key(Key::Tab)), "never is never");
    assert_eq!(*game.app.world().resource::<ShowKeys>(), ShowKeys(false));
}

/// A frame can take longer than a tap: finger down and up, or mouse there, down and up, then arrive in the same one.
#[test]
fn a_press_counts_even_if_it_is_over_within_one_frame() {
    let mut game = Game::start();
    let place = game.button(text::SETTINGS).rect().center();
    game.tap_at_once(place);
    game.find(Role::Heading, text::SETTINGS);
    let place = game.button(text::BACK).rect().center();
    game.click_at_once(place);
    game.button(text::SETTINGS);
}
