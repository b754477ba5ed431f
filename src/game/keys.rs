//! The keyboard and the pad, as far as they are not the focused control's own affair.
//!
//! Esc and Ctrl+Enter belong to the screen and are taken before the focused control sees them: a text field would
//! swallow the one, a button would take the other for its own Enter.

use bevy::ecs::system::SystemParam;
use bevy::input::ButtonState;
use bevy::input::InputSystems;
use bevy::input::gamepad::{GamepadButton, GamepadButtonChangedEvent};
use bevy::input::keyboard::{Key, KeyboardInput};
use bevy::input_focus::tab_navigation::TabIndex;
use bevy::input_focus::{FocusCause, FocusedInput, InputFocus, InputFocusSystems};
use bevy::math::CompassOctant;
use bevy::prelude::*;
use bevy::text::EditableText;
use bevy::ui::{ComputedNode, InteractionDisabled, ScrollPosition};
use bevy::ui_widgets::Activate;
use bevy::window::PrimaryWindow;

use super::focus::{EscAction, Focusables, KeepsArrows, MainAction, Shortcut, SingleKeys};
use super::widgets::scroll::{Scroller, scroll_by};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<HeldWith>()
        .add_systems(PreUpdate, (pad, take_screen_keys).chain().after(InputSystems).before(InputFocusSystems::Dispatch))
        .add_systems(Startup, listen);
}

/// Presses what can be pressed now.
#[derive(SystemParam)]
struct Press<'w, 's> {
    focusables: Focusables<'w, 's>,
    enabled: Query<'w, 's, (), (With<TabIndex>, Without<InteractionDisabled>)>,
    commands: Commands<'w, 's>,
}

impl Press<'_, '_> {
    /// The last of those that `wanted` names; false if there is none.
    fn last(&mut self, wanted: impl Fn(Entity) -> bool) -> bool {
        let target = self
            .focusables
            .in_order()
            .into_iter()
            .rev()
            .find(|entity| self.enabled.contains(*entity) && wanted(*entity));
        if let Some(entity) = target {
            self.commands.trigger(Activate { entity });
        }
        target.is_some()
    }
}

/// Either does as Ctrl.
const CTRL: [KeyCode; 4] = [KeyCode::ControlLeft, KeyCode::ControlRight, KeyCode::SuperLeft, KeyCode::SuperRight];
const SHIFT: [KeyCode; 2] = [KeyCode::ShiftLeft, KeyCode::ShiftRight];
const ALT: [KeyCode; 2] = [KeyCode::AltLeft, KeyCode::AltRight];

/// The modifiers held.
#[derive(Clone, Copy, Default)]
struct Held {
    ctrl: bool,
    shift: bool,
    alt: bool,
}

impl Held {
    fn of(keys: &ButtonInput<KeyCode>) -> Self {
        Self { ctrl: keys.any_pressed(CTRL), shift: keys.any_pressed(SHIFT), alt: keys.any_pressed(ALT) }
    }

    fn change(&mut self, key: KeyCode, pressed: bool) {
        for (keys, held) in [(&CTRL[..], &mut self.ctrl), (&SHIFT, &mut self.shift), (&ALT, &mut self.alt)] {
            if keys.contains(&key) {
                *held = pressed;
            }
        }
    }
}

/// What was held with each key pressed in this frame, in order: a quick Shift+Tab goes down and up within one.
#[derive(Resource, Default)]
struct HeldWith(Vec<(KeyCode, Held)>);

impl HeldWith {
    /// What was held with this press; the first of its kind in the frame, once.
    fn take(&mut self, key: KeyCode) -> Held {
        let index = self.0.iter().position(|(pressed, _)| *pressed == key);
        index.map(|index| self.0.remove(index).1).unwrap_or_default()
    }
}

fn take_screen_keys(
    mut messages: ResMut<Messages<KeyboardInput>>,
    mut cursor: Local<bevy::ecs::message::MessageCursor<KeyboardInput>>,
    held: Res<ButtonInput<KeyCode>>,
    mut held_before: Local<Held>,
    mut held_with: ResMut<HeldWith>,
    main: Query<(), With<MainAction>>,
    esc: Query<(), With<EscAction>>,
    focus: Res<InputFocus>,
    texts: Query<&EditableText>,
    mut press: Press,
) {
    let new: Vec<KeyboardInput> = cursor.read(&messages).cloned().collect();
    let composing = focus.get().and_then(|focused| texts.get(focused).ok()).is_some_and(EditableText::is_composing);
    let mut with = std::mem::replace(&mut *held_before, Held::of(&held));
    held_with.0.clear();
    let new: Vec<(KeyboardInput, bool)> = new
        .into_iter()
        .map(|input| {
            let pressed = input.state == ButtonState::Pressed;
            with.change(input.key_code, pressed);
            if pressed {
                held_with.0.push((input.key_code, with));
            }
            let key = &input.logical_key;
            let mine = pressed && (*key == Key::Escape || (with.ctrl && *key == Key::Enter));
            (input, mine && !composing)
        })
        .collect();
    if !new.iter().any(|(_, mine)| *mine) {
        return;
    }
    messages.clear();
    for (input, mine) in new {
        if !mine {
            messages.write(input);
        } else if !input.repeat {
            if input.logical_key == Key::Escape {
                press.last(|entity| esc.contains(entity));
            } else {
                press.last(|entity| main.contains(entity));
            }
        }
    }
    cursor.clear(&messages);
}

fn listen(window: Query<Entity, With<PrimaryWindow>>, mut commands: Commands) {
    for window in &window {
        commands.entity(window).observe(unclaimed_key);
    }
}

/// What no focused control has claimed: the focus moves, or a single key presses a control.
fn unclaimed_key(
    input: On<FocusedInput<KeyboardInput>>,
    mut held_with: ResMut<HeldWith>,
    single: Res<SingleKeys>,
    shortcuts: Query<&Shortcut>,
    keeps_arrows: Query<(), With<KeepsArrows>>,
    mut focus: ResMut<InputFocus>,
    mut areas: Query<(&ComputedNode, &mut ScrollPosition), With<Scroller>>,
    mut press: Press,
) {
    let input = &input.input;
    if input.state != ButtonState::Pressed {
        return;
    }
    let held = held_with.take(input.key_code);
    if held.ctrl || held.alt {
        return;
    }
    let arrow = |direction| (Some(direction), 0.);
    let (direction, page) = match &input.logical_key {
        Key::Tab => {
            if let Some(next) = press.focusables.step(focus.get(), held.shift) {
                focus.set(next, FocusCause::Navigated);
            }
            return;
        }
        Key::ArrowUp => arrow(CompassOctant::North),
        Key::ArrowDown => arrow(CompassOctant::South),
        Key::ArrowLeft => arrow(CompassOctant::West),
        Key::ArrowRight => arrow(CompassOctant::East),
        Key::PageDown => (None, 0.8),
        Key::PageUp => (None, -0.8),
        Key::Character(text) if single.0 && !input.repeat => {
            let mut keys = text.chars().collect::<Vec<_>>();
            keys.extend(digit(input.key_code));
            press.last(|entity| shortcuts.get(entity).is_ok_and(|shortcut| keys.iter().any(|key| shortcut.is(*key))));
            return;
        }
        _ => return,
    };
    if let Some(direction) = direction {
        let Some(focused) = focus.get() else {
            return;
        };
        if keeps_arrows.contains(focused) && matches!(direction, CompassOctant::East | CompassOctant::West) {
            return;
        }
        if let Some(next) = press.focusables.toward(focused, direction) {
            focus.set(next, FocusCause::Navigated);
            return;
        }
    }
    // Nothing further that way: the page itself moves.
    let by = match direction {
        Some(CompassOctant::North) => -0.2,
        Some(CompassOctant::South) => 0.2,
        Some(_) => return,
        None => page,
    };
    for (node, mut position) in &mut areas {
        let height = node.size().y * node.inverse_scale_factor();
        scroll_by(node, &mut position, height * by);
    }
}

/// On keyboards whose digits need Shift.
fn digit(code: KeyCode) -> Option<char> {
    Some(match code {
        KeyCode::Digit1 | KeyCode::Numpad1 => '1',
        KeyCode::Digit2 | KeyCode::Numpad2 => '2',
        KeyCode::Digit3 | KeyCode::Numpad3 => '3',
        KeyCode::Digit4 | KeyCode::Numpad4 => '4',
        KeyCode::Digit5 | KeyCode::Numpad5 => '5',
        KeyCode::Digit6 | KeyCode::Numpad6 => '6',
        KeyCode::Digit7 | KeyCode::Numpad7 => '7',
        KeyCode::Digit8 | KeyCode::Numpad8 => '8',
        _ => return None,
    })
}

/// The pad: the cross moves the focus, South presses it, East goes back, Start is the main action.
fn pad(
    mut buttons: MessageReader<GamepadButtonChangedEvent>,
    main: Query<(), With<MainAction>>,
    esc: Query<(), With<EscAction>>,
    keeps_arrows: Query<(), With<KeepsArrows>>,
    window: Query<Entity, With<PrimaryWindow>>,
    mut focus: ResMut<InputFocus>,
    mut keyboard: MessageWriter<KeyboardInput>,
    mut press: Press,
) {
    for button in buttons.read() {
        if button.state != ButtonState::Pressed {
            continue;
        }
        let direction = match button.button {
            GamepadButton::South => {
                let focused = focus.get();
                press.last(|entity| Some(entity) == focused);
                continue;
            }
            GamepadButton::East => {
                press.last(|entity| esc.contains(entity));
                continue;
            }
            GamepadButton::Start => {
                press.last(|entity| main.contains(entity));
                continue;
            }
            GamepadButton::DPadUp => CompassOctant::North,
            GamepadButton::DPadDown => CompassOctant::South,
            GamepadButton::DPadLeft => CompassOctant::West,
            GamepadButton::DPadRight => CompassOctant::East,
            _ => continue,
        };
        let Some(focused) = focus.get() else {
            continue;
        };
        let sideways = matches!(direction, CompassOctant::East | CompassOctant::West);
        if sideways && keeps_arrows.contains(focused) {
            // A slider moves as it does for the keyboard.
            if let Ok(window) = window.single() {
                let (key_code, logical_key) = if direction == CompassOctant::East {
                    (KeyCode::ArrowRight, Key::ArrowRight)
                } else {
                    (KeyCode::ArrowLeft, Key::ArrowLeft)
                };
                keyboard.write(KeyboardInput {
                    key_code,
                    logical_key,
                    state: ButtonState::Pressed,
                    text: None,
                    repeat: false,
                    window,
                });
            }
        } else if let Some(next) = press.focusables.toward(focused, direction) {
            focus.set(next, FocusCause::Navigated);
        }
    }
}
