//! Each widget by keyboard alone and by mouse alone, what it says to assistive technology, and whether it fits.

use accesskit::{Action, ActionData, Role, Toggled};
use bevy::input::keyboard::{Key, KeyCode};
use bevy::input_focus::tab_navigation::TabIndex;
use bevy::prelude::*;
use bevy::ui::BorderColor;
use bevy::ui_widgets::{Activate, ValueChange, observe};
use roundtable::game::focus::{Inert, KeepsArrows, Shortcut};
use roundtable::game::theme::{Theme, ThemeName, Token, Type};
use roundtable::game::widgets::*;
// The engine has a geometric one.
use roundtable::game::widgets::Ring;

use crate::harness::Game;

/// What the widgets have sent.
#[derive(Resource, Default, Debug, PartialEq)]
struct Log(Vec<String>);

fn note(words: impl Into<String>) -> impl FnOnce(&mut World) {
    let words = words.into();
    move |world: &mut World| world.get_resource_or_init::<Log>().0.push(words)
}

fn pressed(words: &'static str) -> impl Bundle {
    observe(move |_: On<Activate>, mut commands: Commands| commands.queue(note(words)))
}

fn log(game: &mut Game) -> Vec<String> {
    std::mem::take(&mut game.app.world_mut().get_resource_or_init::<Log>().0)
}

fn slide() -> Slide {
    Slide { min: 0., max: 32., step: 1., value: None }
}

/// One of everything.
fn sample() -> impl Bundle {
    (
        screen("Sample"),
        children![
            (
                row(),
                children![
                    pill("Round 2 of 4 · Membership"),
                    hint("Question 7 of 20"),
                    spacer(),
                    bold("5,400", Type::Heading, Token::Text)
                ]
            ),
            scroll(children![
                heading("Finland had been neutral for decades. When did it become a member?", Type::Stem),
                ring(Ring::timer(13_000, 20_000, 150.), children![bold("13", Type::Stem, Token::Text)]),
                (
                    two_columns(),
                    children![
                        (tile("May 2022", Tile::of(0)), Shortcut::letter(0), pressed("A")),
                        (tile("April 2023", Tile::of(1)), Shortcut::letter(1), pressed("B")),
                        (
                            tile(
                                "A very long answer that goes on and on, so that it must take more than one line even in a wide window",
                                Tile::of(2)
                            ),
                            Shortcut::letter(2),
                            pressed("C")
                        ),
                        (tile("October 2024", Tile { state: TileState::Wrong, ..Tile::of(3) }), pressed("D")),
                    ]
                ),
                (
                    check_row("Founding", "1949, the twelve, and why", "10 questions"),
                    observe(|on: On<ValueChange<bool>>, mut commands: Commands| commands
                        .queue(note(format!("Founding {}", on.value))))
                ),
                (
                    choice("Pace", &["No timer", "Relaxed", "Standard"], 1),
                    observe(|on: On<ValueChange<usize>>, mut commands: Commands| commands
                        .queue(note(format!("Pace {}", on.value))))
                ),
                (
                    number_entry("How many members", "members", slide()),
                    observe(|on: On<ValueChange<Option<f64>>>, mut commands: Commands| commands
                        .queue(note(format!("Number {:?}", on.value))))
                ),
                (
                    text_entry("Your answer", "Accents don't matter.", 20),
                    observe(|on: On<ValueChange<String>>, mut commands: Commands| commands.queue(note(format!(
                        "Text {}{}",
                        on.value,
                        if on.is_final { "!" } else { "" }
                    ))))
                ),
                bar("Founding", Bar { share: 0.7, token: Token::Gold }),
                (panel(), children![eyebrow("Where this comes from"), body("BBC News explainer on Nato"), icon_row()]),
            ]),
            (
                row(),
                children![
                    (back_button("Back"), pressed("Back")),
                    spacer(),
                    (main_button("Submit answer"), pressed("Submit")),
                ]
            ),
        ],
    )
}

fn icon_row() -> impl Bundle {
    (
        row(),
        children![
            (icon_button(Icon::Up, "Move up"), pressed("Up")),
            icon(Icon::Tick, 24., Token::Right),
            (button("Waits"), Blocked("2 pairs left".into()), pressed("Waits")),
        ],
    )
}

fn game() -> Game {
    Game::page(1280, 2000, sample())
}

#[test]
fn a_button_by_key_mouse_and_assistive_technology() {
    let mut game = game();
    game.tab_to("Move up").key(Key::Enter).key(Key::Space);
    game.button("Move up").click();
    game.button("Move up").press();
    assert_eq!(log(&mut game), ["Up"; 4]);
}

#[test]
fn a_blocked_button_says_why_and_takes_no_press() {
    let mut game = game();
    game.expect_text("2 pairs left");
    let node = game.button("Waits").node();
    assert!(node.is_disabled());
    assert_eq!(node.description(), Some("2 pairs left"));
    game.tab_to("Waits").key(Key::Enter);
    game.button("Waits").click();
    game.button("Waits").press();
    assert!(log(&mut game).is_empty());
    let entity = game.button("Waits").entity;
    game.app.world_mut().entity_mut(entity).remove::<Blocked>();
    game.settle().expect_text("Waits").expect_no_text("2 pairs left");
    game.button("Waits").click();
    assert_eq!(log(&mut game), ["Waits"]);
    assert_eq!(game.button("Waits").node().description(), None);
}

#[test]
fn tiles_by_letter_number_and_mouse() {
    let mut game = game();
    game.type_text("b").type_text("1").type_text("C");
    game.button("October 2024").click();
    assert_eq!(log(&mut game), ["B", "A", "C", "D"]);
    assert_eq!(game.button("October 2024").node().description(), Some("Your answer"));
    game.expect_text("Your answer");
}

#[test]
fn a_letter_typed_into_a_field_presses_no_tile() {
    let mut game = game();
    game.tab_to("Your answer").type_text("ab");
    assert_eq!(log(&mut game), ["Text a", "Text ab"]);
}

#[test]
fn a_tile_shows_its_state() {
    let mut game = game();
    let entity = game.button("May 2022").entity;
    let set = |game: &mut Game, state| {
        game.app.world_mut().get_mut::<Tile>(entity).expect("a tile").state = state;
        game.frame();
    };
    set(&mut game, TileState::Selected);
    game.expect_text("Selected");
    assert_eq!(game.button("May 2022").node().toggled(), Some(Toggled::True));
    set(&mut game, TileState::Right);
    game.expect_text("Right answer");
    let border = game.app.world().get::<BorderColor>(entity).expect("a border").top;
    assert_eq!(border, Theme(ThemeName::Dusk).color(Token::Right));
    set(&mut game, TileState::Rest);
    game.expect_no_text("Right answer");
}

#[test]
fn a_tick_box_ticks() {
    let mut game = game();
    assert_eq!(game.find(Role::CheckBox, "Founding").node().toggled(), Some(Toggled::False));
    game.tab_to("Founding").key(Key::Space);
    assert_eq!(game.find(Role::CheckBox, "Founding").node().toggled(), Some(Toggled::True));
    game.find(Role::CheckBox, "Founding").click();
    assert_eq!(log(&mut game), ["Founding true", "Founding false"]);
}

#[test]
fn one_of_a_few() {
    let mut game = game();
    game.tab_to("Standard").key(Key::Enter);
    game.find(Role::RadioButton, "No timer").click();
    // What is chosen already is no change.
    game.find(Role::RadioButton, "No timer").click();
    assert_eq!(log(&mut game), ["Pace 2", "Pace 0"]);
    assert_eq!(game.find(Role::RadioButton, "No timer").node().toggled(), Some(Toggled::True));
    assert_eq!(game.find(Role::RadioButton, "Relaxed").node().toggled(), Some(Toggled::False));
}

#[test]
fn a_number_by_keyboard() {
    let mut game = game();
    game.tab_to("How many members").type_text("14x").key(Key::Enter);
    assert_eq!(log(&mut game), ["Number Some(1.0)", "Number Some(14.0)", "Number Some(14.0)"]);
    assert_eq!(game.find(Role::Slider, "How many members").node().numeric_value(), Some(14.));
    game.type_text("0").expect_text("A number from 0 to 32");
    assert_eq!(log(&mut game), ["Number None"]);
}

#[test]
fn a_number_by_slider_keys_and_by_mouse_alone() {
    let mut game = game();
    let slider = game.find(Role::Slider, "How many members").entity;
    assert!(game.app.world().get::<KeepsArrows>(slider).is_some());
    game.assist(slider, Action::Focus, None).key(Key::ArrowRight).key(Key::ArrowRight);
    assert_eq!(log(&mut game), ["Number Some(0.0)", "Number Some(1.0)"]);
    game.button("More").click();
    game.button("Less").click();
    assert_eq!(log(&mut game), ["Number Some(2.0)", "Number Some(1.0)"]);
    let rect = game.rect(slider);
    game.click_at(Vec2::new(rect.center().x, rect.center().y));
    assert_eq!(log(&mut game), ["Number Some(16.0)"]);
    game.button("Keypad").click();
    game.button("Clear").click();
    game.button("7").click();
    assert_eq!(log(&mut game), ["Number None", "Number Some(7.0)"]);
    game.assist(slider, Action::SetValue, Some(ActionData::NumericValue(9.)));
    game.assist(slider, Action::Increment, None);
    assert_eq!(log(&mut game), ["Number Some(9.0)", "Number Some(10.0)"]);
}

#[test]
fn text_by_keyboard_by_mouse_alone_and_by_assistive_technology() {
    let mut game = game();
    game.tab_to("Your answer").type_text("Oslo").key(Key::Enter);
    assert_eq!(log(&mut game).last().map(String::as_str), Some("Text Oslo!"));
    assert_eq!(game.find(Role::TextInput, "Your answer").node().value(), Some("Oslo"));
    game.button("Keyboard").click();
    game.button("Clear").click();
    for key in ["p", "Space", "é", "x", "Delete the last character"] {
        game.button(key).click();
    }
    assert_eq!(log(&mut game).last().map(String::as_str), Some("Text p é"));
    let field = game.find(Role::TextInput, "Your answer").entity;
    game.assist(field, Action::SetValue, Some(ActionData::Value("Bern".into())));
    assert_eq!(log(&mut game), ["Text Bern"]);
}

#[test]
fn escape_and_ctrl_enter_reach_the_screen_even_from_a_field() {
    let mut game = game();
    game.tab_to("Your answer").chord(&[KeyCode::ControlLeft], Key::Enter).key(Key::Escape);
    assert_eq!(log(&mut game), ["Submit", "Back"]);
    game.tab_to("Move up").chord(&[KeyCode::ControlLeft], Key::Enter);
    assert_eq!(log(&mut game), ["Submit"], "the focused button must not take it for its own Enter");
}

#[test]
fn the_focus_is_always_visible_and_reaches_everything() {
    let mut game = game();
    let focus = Theme(ThemeName::Dusk).color(Token::Focus);
    let world = game.app.world_mut();
    let controls: Vec<Entity> = world.query_filtered::<Entity, With<TabIndex>>().iter(world).collect();
    let shown = controls.into_iter().filter(|entity| game.on_show(*entity)).count();
    let mut seen = Vec::new();
    for _ in 0..shown {
        let world = game.app.world_mut();
        let lit: Vec<Entity> = world
            .query::<(Entity, &Outline)>()
            .iter(world)
            .filter(|(_, outline)| outline.color == focus)
            .map(|(entity, _)| entity)
            .collect();
        assert_eq!(lit.len(), 1, "one outline\n{}", game.tree());
        assert!(!seen.contains(&lit[0]), "Tab came back early\n{}", game.tree());
        seen.extend(lit);
        game.key(Key::Tab);
    }
    assert!(seen.contains(&game.button("Submit answer").entity));
}

#[test]
fn the_tree_follows_the_page() {
    let mut game = game();
    let tree = game.tree();
    let at = |words: &str| tree.find(words).unwrap_or_else(|| panic!("no {words}\n{tree}"));
    assert!(at("Finland had been") < at("May 2022") && at("May 2022") < at("Submit answer"));
}

#[test]
fn another_theme_repaints_everything() {
    let mut game = game();
    game.app.insert_resource(Theme(ThemeName::Paper));
    game.frame();
    let text = Theme(ThemeName::Paper).color(Token::Text);
    let world = game.app.world_mut();
    let stem = world
        .query::<(&Text, &TextColor)>()
        .iter(world)
        .find(|(text, _)| text.0.starts_with("Finland"))
        .map(|(_, color)| color.0);
    assert_eq!(stem, Some(text));
}

#[test]
fn the_focus_scrolls_into_view() {
    let mut game = Game::page(1280, 720, sample());
    game.tab_to("Move up").settle();
    let rect = game.button("Move up").rect();
    assert!(rect.min.y > 0. && rect.max.y < 720., "{rect:?}");
    game.tab_to("May 2022").settle();
    let rect = game.button("May 2022").rect();
    assert!(rect.min.y > 0. && rect.max.y < 720., "{rect:?}");
    game.expect_text("More below");
}

#[test]
fn everything_fits() {
    for (width, height, text) in [(1280, 720, 1.), (360, 640, 1.), (360, 640, 2.), (1280, 720, 2.), (3840, 2160, 1.5)] {
        let mut game = Game::page(width, height, sample());
        game.text_scale(text);
        game.button("Keyboard").press();
        let faults = game.layout_faults();
        assert!(faults.is_empty(), "{width}×{height} at {text}: {faults:#?}");
    }
}

#[test]
fn a_dialog_holds_keys_focus_and_pointer() {
    let mut game = game();
    let back = game.button("Back").rect().center();
    let root =
        (dialog("Pause"), children![heading("Paused", Type::Heading), (main_button("Resume"), pressed("Resume"))]);
    let dialog = game.app.world_mut().spawn(root).id();
    game.settle();
    assert_eq!(game.focused_name().as_deref(), Some("Resume"));
    game.key(Key::Tab).type_text("a").key(Key::Escape).click_at(back);
    assert_eq!(game.focused_name().as_deref(), Some("Resume"));
    assert!(log(&mut game).is_empty());
    game.chord(&[KeyCode::ControlLeft], Key::Enter);
    assert_eq!(log(&mut game), ["Resume"]);
    game.app.world_mut().despawn(dialog);
    game.frame();
    assert_eq!(game.focused_name().as_deref(), Some("May 2022"), "the focus never falls into nothing");
}

#[test]
fn what_is_on_its_way_out_takes_nothing() {
    let mut game = game();
    let tile = game.button("May 2022").rect().center();
    let world = game.app.world_mut();
    let root = world.query_filtered::<Entity, (With<Node>, Without<ChildOf>)>().single(world).expect("one screen");
    world.entity_mut(root).insert(Inert);
    game.settle().type_text("a").key(Key::Escape).click_at(tile);
    assert!(log(&mut game).is_empty());
}

#[test]
fn a_pad_alone_is_enough() {
    use bevy::input::gamepad::GamepadButton;
    let mut game = game();
    game.pad(GamepadButton::DPadRight);
    assert_eq!(game.focused_name().as_deref(), Some("April 2023"));
    game.pad(GamepadButton::South).pad(GamepadButton::East).pad(GamepadButton::Start);
    assert_eq!(log(&mut game), ["B", "Back", "Submit"]);
    let slider = game.find(Role::Slider, "How many members").entity;
    game.assist(slider, Action::Focus, None).pad(GamepadButton::DPadRight);
    assert_eq!(log(&mut game), ["Number Some(0.0)"]);
}

#[test]
fn a_wrong_seat_differs_in_shape_from_a_right_one() {
    let seats = vec![Token::Right, Token::Wrong, Token::Right, Token::Seat];
    let mut game = Game::page(400, 400, ring(Ring { seats, ..Ring::filled(4, 0, 300.) }, ()));
    let world = game.app.world_mut();
    let masks: Vec<_> = world.query::<&ImageNode>().iter(world).map(|mask| mask.image.clone()).collect();
    let alike: Vec<usize> = masks.iter().map(|mask| masks.iter().filter(|other| *other == mask).count()).collect();
    // One is cut otherwise than the three.
    assert_eq!((masks.len(), alike.iter().filter(|count| **count == 1).count(), alike.iter().max()), (4, 1, Some(&3)));
}
