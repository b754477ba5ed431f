//! The shell: title, focus, keys, frames.

use std::time::Duration;

use accesskit::{Action, Role};
use bevy::a11y::ActionRequest;
use bevy::input::keyboard::{Key, KeyCode};
use bevy::prelude::*;
use roundtable::game::a11y::Announce;
use roundtable::game::redraw::Redraw;
use roundtable::game::screens::Screen;

use crate::harness::Game;

fn screen(game: &Game) -> Screen {
    *game.app.world().resource::<State<Screen>>().get()
}

#[test]
fn the_title_starts_with_play_in_focus() {
    let mut game = Game::start();
    game.expect_text("Roundtable");
    assert_eq!(game.focused_name().as_deref(), Some("Play"));
    game.find(Role::Heading, "Roundtable");
}

#[test]
fn a_screen_hands_the_focus_to_the_next_in_the_same_frame() {
    let mut game = Game::start();
    game.tab_to("Question files").key(Key::Enter);
    assert_eq!(screen(&game), Screen::Banks);
    assert_eq!(game.focused_name().as_deref(), Some("Nato explained"));
    game.key(Key::Escape);
    assert_eq!(screen(&game), Screen::Title);
    assert_eq!(game.focused_name().as_deref(), Some("Play"));
}

#[test]
fn the_mouse_alone_is_enough() {
    let mut game = Game::start();
    game.button("Question files").click();
    assert_eq!(screen(&game), Screen::Banks);
    game.button("Back").click();
    assert_eq!(screen(&game), Screen::Title);
}

#[test]
fn assistive_technology_presses_and_focuses() {
    let mut game = Game::start();
    let quit = game.button("Quit").entity;
    game.assist(quit, Action::Focus, None);
    assert_eq!(game.focused_name().as_deref(), Some("Quit"));
    game.button("Question files").press();
    assert_eq!(screen(&game), Screen::Banks);
}

#[test]
fn arrows_move_to_the_nearest_and_ctrl_enter_is_the_main_action() {
    let mut game = Game::start();
    game.key(Key::ArrowDown);
    #[cfg(feature = "classroom")]
    {
        assert_eq!(game.focused_name().as_deref(), Some("Host a class"));
        game.key(Key::ArrowDown);
    }
    game.key(Key::ArrowLeft);
    assert_eq!(game.focused_name().as_deref(), Some("Question files"));
    game.key(Key::ArrowDown).key(Key::ArrowUp);
    assert_eq!(game.focused_name().as_deref(), Some("Question files"));
    game.chord(&[KeyCode::ControlLeft], Key::Enter);
    assert_eq!(screen(&game), Screen::Setup, "the main action, not the focused button");
}

#[test]
fn a_pending_change_of_screen_asks_for_the_frame_that_makes_it() {
    let mut game = Game::start();
    for _ in 0..20 {
        game.frame();
    }
    assert!(!game.asked_for_a_frame(), "a still picture asks for nothing");
    // Asked for after the transitions of this frame: nothing else would bring the next.
    let banks = game.button("Question files").entity;
    game.app.add_systems(Update, move |mut commands: Commands, mut done: Local<bool>| {
        if !*done {
            *done = true;
            commands.trigger(bevy::ui_widgets::Activate { entity: banks });
        }
    });
    game.frame();
    assert_eq!(screen(&game), Screen::Title);
    assert!(game.asked_for_a_frame());
    game.frame();
    assert_eq!(screen(&game), Screen::Banks);
}

#[test]
fn an_announcement_reaches_the_live_region() {
    let mut game = Game::start();
    game.app.world_mut().write_message(Announce("Right. Plus 1,000.".into()));
    game.frame();
    let tree = game.tree();
    assert!(tree.contains("Right. Plus 1,000."), "{tree}");
}

#[test]
fn the_title_fits_every_window() {
    for (width, height, text) in
        [(1280, 720, 1.), (360, 640, 1.), (360, 640, 2.), (1280, 720, 2.), (3840, 2160, 1.), (640, 360, 1.)]
    {
        let mut game = Game::sized(width, height);
        game.text_scale(text);
        let faults = game.layout_faults();
        assert!(faults.is_empty(), "{width}×{height} at {text}: {faults:#?}\n{}", game.tree());
    }
}

#[test]
fn what_moves_asks_for_frames_until_it_stands() {
    let mut game = Game::start();
    for _ in 0..20 {
        game.frame();
    }
    game.app.world_mut().resource_mut::<Redraw>().keep_drawing_for(Duration::from_millis(50));
    game.frame();
    assert!(game.asked_for_a_frame());
    std::thread::sleep(Duration::from_millis(60));
    game.frame();
    assert!(game.asked_for_a_frame(), "one more, for the last step");
    game.frame();
    assert!(!game.asked_for_a_frame());
}

#[test]
fn assistive_technology_gets_the_frame_that_shows_its_action() {
    let mut game = Game::start();
    let play = game.button("Play").entity;
    for _ in 0..20 {
        game.frame();
    }
    game.app.world_mut().write_message(ActionRequest(accesskit::ActionRequest {
        action: Action::Focus,
        target_tree: accesskit::TreeId::ROOT,
        target_node: accesskit::NodeId(play.to_bits()),
        data: None,
    }));
    game.frame();
    assert!(game.asked_for_a_frame(), "the action is done in Last: its outline needs the next frame");
    game.frame();
    assert!(!game.asked_for_a_frame(), "asked once, not for ever");
}

#[test]
fn a_quick_ctrl_enter_is_the_main_action_too() {
    let mut game = Game::start();
    game.tab_to("Quit").quick_chord(KeyCode::ControlLeft, Key::Enter);
    assert_eq!(screen(&game), Screen::Setup);
}

#[test]
fn a_quick_shift_tab_goes_back() {
    let mut game = Game::start();
    assert_eq!(game.focused_name().as_deref(), Some("Play"));
    game.quick_chord(KeyCode::ShiftLeft, Key::Tab);
    assert_eq!(game.focused_name().as_deref(), Some("Quit"));
}

#[test]
fn the_window_looks_as_often_as_pads_and_assistive_technology_need() {
    use bevy::a11y::AccessibilityRequested;
    use bevy::input::gamepad::Gamepad;
    use bevy::winit::{UpdateMode, WinitSettings};
    use roundtable::game::lookout::Watched;
    let mut game = Game::start();
    roundtable::game::redraw::pace_plugin(&mut game.app);
    let waits = |game: &mut Game| {
        game.frame();
        let settings = game.app.world().resource::<WinitSettings>().clone();
        [settings.focused_mode, settings.unfocused_mode].map(|mode| match mode {
            UpdateMode::Continuous => panic!("never without a pause"),
            UpdateMode::Reactive { wait, .. } => wait.as_millis(),
        })
    };
    assert_eq!(waits(&mut game), [1000, 5000], "a second to notice a pad, never for ever");
    let pad = game.app.world_mut().spawn(Gamepad::default()).id();
    assert_eq!(waits(&mut game), [16, 16]);
    game.app.world_mut().despawn(pad);
    assert_eq!(waits(&mut game), [1000, 5000]);
    game.app.world().resource::<AccessibilityRequested>().set(true);
    assert_eq!(waits(&mut game), [100, 100]);

    // What a thread watches costs no frames.
    game.app.insert_resource(Watched { pads: false, assist: true });
    assert_eq!(waits(&mut game), [1000, 5000], "pads must still be noticed");
    game.app.world_mut().spawn(Gamepad::default());
    assert_eq!(waits(&mut game), [16, 16]);
    game.app.insert_resource(Watched { pads: true, assist: false });
    assert_eq!(waits(&mut game), [100, 100]);
    game.app.insert_resource(Watched { pads: true, assist: true });
    assert_eq!(waits(&mut game), [60_000, 60_000]);
}

#[test]
fn a_sign_of_a_pad_wakes_the_window_and_so_does_the_quiet_after_it() {
    use roundtable::game::lookout::Echo;
    let mut echo = Echo::default();
    assert_eq!(echo.patience(), None, "nothing is waited for but a sign");
    assert!(!echo.heard(false), "something that is no pad");
    assert!(echo.heard(true));
    assert!(echo.patience().is_some_and(|wait| wait.as_millis() <= 100));
    assert!(echo.heard(true), "each sign");
    assert!(echo.heard(false), "the engine may have heard of it a moment later");
    assert_eq!(echo.patience(), None);
    assert!(!echo.heard(false), "once");
}
