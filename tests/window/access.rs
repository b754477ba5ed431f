//! What assistive technology gets: a whole game through the tree alone, what is announced, and when, and what it must not get.

use std::time::Duration;

use accesskit::{Action, ActionData, Role};
use roundtable::bank::Kind;
use roundtable::game::a11y::SelectText;
use roundtable::game::app::Options;
use roundtable::game::session::Clock;
use roundtable::game::text;
use roundtable::platform::Times;

use crate::games::{ITEMS, PAIRS, Place, bank};
use crate::harness::Game;
use crate::reader::Reader;

/// Answers the question in the tree, whatever it is; `wrong` as wrongly as it goes.
pub fn answer(reader: &mut Reader, wrong: bool) -> Kind {
    let stem = reader.names(Role::Heading).first().cloned().unwrap_or_default();
    let kind = match stem.as_str() {
        "Choose the right one." => {
            reader.press(Role::Button, if wrong { "Wrong one" } else { "Right one" });
            return Kind::Choice;
        }
        "Two is more than one." => {
            reader.press(Role::Button, if wrong { text::FALSE } else { text::TRUE });
            return Kind::TrueFalse;
        }
        "Choose the good ones." => {
            for option in if wrong { ["Bad apple", "Bad pear"] } else { ["Good apple", "Good pear"] } {
                reader.press(Role::CheckBox, option);
            }
            Kind::MultiChoice
        }
        "How many?" => {
            let value = ActionData::NumericValue(if wrong { 32. } else { 12. });
            reader.act(Role::Slider, text::NUMBER_FIELD, Action::SetValue, Some(value));
            Kind::Number
        }
        "Which city?" => {
            let value = ActionData::Value(if wrong { "Paris" } else { "Rome" }.into());
            reader.act(Role::TextInput, text::TEXT_FIELD, Action::SetValue, Some(value));
            Kind::Text
        }
        "Put them in order." => {
            put_in_order(reader, wrong);
            Kind::Order
        }
        "Match them." => {
            for (at, (left, right)) in PAIRS.iter().enumerate() {
                reader.press(Role::Button, left);
                reader.press(Role::Button, if wrong { PAIRS[1 - at].1 } else { right });
            }
            Kind::Match
        }
        other => panic!("No known question: “{other}”\n{}", reader.dump()),
    };
    reader.press(Role::Button, text::SUBMIT);
    kind
}

fn put_in_order(reader: &mut Reader, wrong: bool) {
    let mut items = ITEMS;
    if wrong {
        items.rotate_left(1);
    }
    for (target, item) in items.iter().enumerate() {
        let rows: Vec<String> = reader
            .names(Role::Button)
            .into_iter()
            .filter(|name| name.starts_with(|c: char| c.is_ascii_digit()))
            .collect();
        let place = rows.iter().position(|row| row.ends_with(item)).expect("a row");
        for step in (target..place).rev() {
            reader.press(Role::Button, &text::move_up(item));
            let said = text::stands_at(item, step + 1, 3);
            assert!(reader.heard.iter().any(|heard| heard.ends_with(&said)), "“{said}”: {:?}", reader.heard);
        }
    }
}

#[test]
fn a_whole_game_by_assistive_technology_alone() {
    let place = Place::new();
    let mut reader = Reader::over(place.start(&bank(&Kind::ALL)));
    reader.press(Role::Button, text::PLAY).press(Role::Button, text::START);
    let mut kinds = Vec::new();
    for round in 1..=7 {
        reader.press(Role::Button, text::START_ROUND);
        reader.heard.clear();
        kinds.push(answer(&mut reader, false));
        reader.until("+1,000 points");
        assert!(reader.has(Role::Heading, text::RIGHT), "{}", reader.dump());
        let verdict = reader.heard.iter().any(|heard| heard.starts_with("polite: Right. +1,000 points"));
        assert!(verdict, "the verdict is announced: {:?}", reader.heard);
        if round < 7 {
            reader.press(Role::Button, text::END_ROUND).press(Role::Button, text::NEXT_ROUND);
        }
    }
    assert_eq!(kinds.len(), 7);
    assert!(Kind::ALL.iter().all(|kind| kinds.contains(kind)), "{kinds:?}");
    reader.press(Role::Button, text::SEE_RESULTS);
    assert!(reader.dump().contains("7,000 points"), "{}", reader.dump());
    reader.press(Role::Button, text::MENU);
    assert!(reader.has(Role::Button, text::PLAY));
    // The hand-overs never left it without a focus to read.
    assert!(!reader.heard.iter().any(|heard| heard == "focus: Roundtable"), "{:?}", reader.heard);
}

/// A clock that stands still until it is set.
pub struct Timed {
    pub reader: Reader,
    times: Times,
    pub place: Place,
}

const CODE: &str = "K7-QMP";

impl Timed {
    pub fn start(kinds: &[Kind], size: (u32, u32)) -> Self {
        Self::over(kinds, &[], size)
    }

    /// With more question files.
    pub fn with(kinds: &[Kind], more: &[(&str, &str)]) -> Self {
        Self::over(kinds, more, (1280, 720))
    }

    fn over(kinds: &[Kind], more: &[(&str, &str)], size: (u32, u32)) -> Self {
        let place = Place::new();
        let mut banks = vec![place.write("small.ron", bank(kinds).as_bytes())];
        banks.extend(more.iter().map(|(name, text)| place.write(name, text.as_bytes())));
        let settled = more.first().map_or("Small quiz", |(name, _)| name);
        let options = Options { data_dir: place.data(), banks, size: Some(size), ..Options::default() };
        let mut game = Game::with(options);
        let times = Times::now();
        game.app.insert_resource(Clock::Manual(times));
        let mut reader = Reader::over(game);
        reader.until(settled);
        Self { reader, times, place }
    }

    pub fn pass(&mut self, seconds: u64) {
        for _ in 0..seconds {
            self.times.monotonic += Duration::from_secs(1);
            self.times.wall += Duration::from_secs(1);
            self.reader.game.app.insert_resource(Clock::Manual(self.times));
            self.reader.frame();
        }
        self.reader.settle();
    }

    /// To the first question, with the code that draws the same game each time.
    pub fn begin(&mut self) {
        self.reader.press(Role::Button, text::PLAY);
        self.fix_code();
    }

    /// In the set-up: the code that draws the same game each time.
    pub fn fix_code(&mut self) {
        self.reader.act(Role::TextInput, text::GAME_CODE, Action::SetValue, Some(ActionData::Value(CODE.into())));
    }
}

#[test]
fn the_question_the_verdict_and_the_time_are_announced() {
    let mut timed = Timed::start(&[Kind::TrueFalse], (1280, 720));
    timed.begin();
    timed.reader.press(Role::Button, text::START).press(Role::Button, text::START_ROUND);
    let heard = |timed: &mut Timed| std::mem::take(&mut timed.reader.heard);
    let first = heard(&mut timed);
    let asked = first.iter().find(|said| said.contains("Two is more than one.")).expect("the question is said");
    assert!(asked.starts_with("polite: Question 1 of 1. Two is more than one. True or false. "), "{asked}");
    let seconds: u64 =
        asked.rsplit('.').nth(1).and_then(|s| s.split_whitespace().next()?.parse().ok()).expect("seconds");
    timed.pass(seconds / 2);
    let half = heard(&mut timed);
    assert_eq!(half, [format!("polite: {}", text::half_left(seconds - seconds / 2))]);
    timed.pass(seconds - seconds / 2 - 10);
    assert_eq!(heard(&mut timed), ["assertive: 10 seconds left"]);
    timed.pass(5);
    assert_eq!(heard(&mut timed), ["assertive: 5 seconds left"]);
    timed.pass(6);
    timed.reader.until(text::TIME_IS_UP);
    let last = heard(&mut timed);
    assert!(last.iter().any(|said| said.starts_with("polite: Time is up.")), "{last:?}");
}

#[test]
fn another_match_begins_with_nothing_of_the_last_but_what_is_left_goes_on_as_it_was() {
    let mut timed = Timed::start(&[Kind::Text], (1280, 720));
    timed.begin();
    timed.reader.press(Role::Button, text::START).press(Role::Button, text::START_ROUND);
    timed.reader.game.type_text("Rome");
    let seconds = 50;
    timed.pass(seconds);
    let warned = |timed: &mut Timed| std::mem::take(&mut timed.reader.heard).iter().any(|said| said.contains(" left"));
    assert!(warned(&mut timed));
    let leave = |timed: &mut Timed| {
        timed.reader.press(Role::Button, text::PAUSE).press(Role::Button, text::LEAVE);
    };
    leave(&mut timed);
    timed.reader.press(Role::Button, text::CONTINUE).press(Role::Button, text::RESUME);
    assert!(timed.reader.dump().contains("value “Rome”"), "{}", timed.reader.dump());
    leave(&mut timed);
    timed.reader.press(Role::Button, text::START_AFRESH).press(Role::Button, text::START);
    timed.reader.press(Role::Button, text::START_ROUND);
    assert!(!timed.reader.dump().contains("Rome"), "{}", timed.reader.dump());
    timed.reader.heard.clear();
    timed.pass(seconds);
    assert!(warned(&mut timed), "{}", timed.reader.dump());
}

#[test]
fn nothing_hidden_and_nothing_beneath_a_dialog_is_in_the_tree() {
    use bevy::prelude::*;
    use roundtable::game::focus::Inert;
    use roundtable::game::widgets::{dialog, main_button};
    let mut reader = Reader::over(Game::start());
    assert!(reader.has(Role::Button, text::PLAY));
    let play = reader.game.button(text::PLAY).entity;
    let dialog = reader.game.app.world_mut().spawn((dialog("Sure?"), children![main_button("Yes")])).id();
    reader.settle();
    assert!(reader.has(Role::Button, "Yes") && !reader.has(Role::Button, text::PLAY), "{}", reader.dump());
    // What is not in the tree is not pressed, either.
    reader.game.assist(play, Action::Click, None).expect_text("Roundtable");
    reader.game.app.world_mut().despawn(dialog);
    reader.settle();
    assert!(reader.has(Role::Button, text::PLAY));
    let world = reader.game.app.world_mut();
    let root = world.query_filtered::<Entity, (With<Node>, Without<ChildOf>)>().single(world).expect("one screen");
    world.entity_mut(root).insert(Inert);
    reader.frame();
    assert!(!reader.has(Role::Button, text::PLAY), "on its way out, it is gone at once: {}", reader.dump());
    reader.game.assist(play, Action::Click, None);
    reader.settle();
    assert!(reader.game.all(Role::Heading, text::CHOOSE_ROUNDS).is_empty());
}

#[test]
fn a_field_has_its_text_and_its_cursor_in_the_tree() {
    let mut timed = Timed::start(&[Kind::Text], (1280, 720));
    timed.begin();
    timed.reader.press(Role::Button, text::START).press(Role::Button, text::START_ROUND);
    timed.reader.game.type_text("Rome");
    timed.reader.settle();
    assert!(timed.reader.dump().contains("value “Rome” cursor at 4 FOCUS"), "{}", timed.reader.dump());
    timed.reader.game.key(bevy::input::keyboard::Key::ArrowLeft);
    timed.reader.settle();
    assert!(timed.reader.dump().contains("cursor at 3"), "{}", timed.reader.dump());
    let entity = timed.reader.game.find(Role::TextInput, text::TEXT_FIELD).entity;
    let beyond = SelectText { entity, anchor: usize::MAX, cursor: usize::MAX };
    timed.reader.game.app.world_mut().trigger(beyond);
    timed.reader.settle();
    assert!(timed.reader.dump().contains("cursor at 4"), "{}", timed.reader.dump());
}
