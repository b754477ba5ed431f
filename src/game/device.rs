//! Which device the player uses. What is drawn and said of keys and buttons follows it: a key cap helps nobody who holds a pad.

use bevy::input::InputSystems;
use bevy::input::gamepad::{GamepadAxisChangedEvent, GamepadButtonStateChangedEvent};
use bevy::input::keyboard::KeyboardInput;
use bevy::input::mouse::{MouseButtonInput, MouseWheel};
use bevy::input::touch::{TouchInput, TouchPhase};
use bevy::prelude::*;

use super::focus::SingleKeys;
use super::preferences::{KeyHints, Preferences};
use super::widgets::ShowKeys;

/// What a player plays with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Device {
    /// Keys.
    Keyboard,
    /// A mouse, or a pen that does as one.
    Mouse,
    /// A finger.
    Touch,
    /// A gamepad.
    Pad,
}

/// The device used last; `None` until one is used.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LastUsed(pub Option<Device>);

/// How the player can answer now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Using {
    /// The device used last.
    pub device: Option<Device>,
    /// Whether single keys answer.
    pub single_keys: bool,
}

/// A line that says how to do something, in the terms of the device: `(hint(""), Howto { words: text::hint_tiles, count: 4 })`.
#[derive(Component, Debug, Clone, Copy)]
pub struct Howto {
    /// The words for so many things.
    pub words: fn(usize, Using) -> String,
    /// How many.
    pub count: usize,
}

/// A stick that is not moved says small numbers all the time.
const STICK_IN_USE: f32 = 0.5;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<LastUsed>()
        .add_systems(PreUpdate, (watch, show_keys).chain().after(InputSystems).in_set(Watching))
        .add_systems(PostUpdate, tell.before(bevy::ui::UiSystems::Prepare));
}

/// Before the keys reach anything that might keep them.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct Watching;

/// A mouse button or a finger counts when it is let go: a cap that goes while it is down would move the control from under it.
fn watch(
    mut keys: MessageReader<KeyboardInput>,
    mut buttons: MessageReader<MouseButtonInput>,
    mut wheel: MessageReader<MouseWheel>,
    mut touches: MessageReader<TouchInput>,
    mut pad: MessageReader<GamepadButtonStateChangedEvent>,
    mut sticks: MessageReader<GamepadAxisChangedEvent>,
    mut last: ResMut<LastUsed>,
) {
    let mut used = None;
    if keys.read().any(|key| key.state.is_pressed()) {
        used = Some(Device::Keyboard);
    }
    // All of them are read, so that none is counted a frame late.
    let clicked = buttons.read().filter(|button| !button.state.is_pressed()).count();
    if clicked + wheel.read().count() > 0 {
        used = Some(Device::Mouse);
    }
    if touches.read().filter(|touch| touch.phase == TouchPhase::Ended).count() > 0 {
        used = Some(Device::Touch);
    }
    let moved = sticks.read().filter(|stick| stick.value.abs() > STICK_IN_USE).count();
    if pad.read().count() + moved > 0 {
        used = Some(Device::Pad);
    }
    if used.is_some() {
        last.set_if_neq(LastUsed(used));
    }
}

fn show_keys(preferences: Res<Preferences>, last: Res<LastUsed>, mut show: ResMut<ShowKeys>) {
    if preferences.is_changed() || last.is_changed() {
        show.set_if_neq(ShowKeys(match preferences.keys {
            KeyHints::WhenUsed => last.0 == Some(Device::Keyboard),
            KeyHints::Always => true,
            KeyHints::Never => false,
        }));
    }
}

fn tell(last: Res<LastUsed>, single: Res<SingleKeys>, mut lines: Query<(Ref<Howto>, &mut Text)>) {
    let using = Using { device: last.0, single_keys: single.0 };
    let changed = last.is_changed() || single.is_changed();
    for (howto, mut text) in &mut lines {
        if changed || howto.is_changed() {
            text.set_if_neq(Text((howto.words)(howto.count, using)));
        }
    }
}
