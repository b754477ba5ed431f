//! The keyboard, as far as it is not the focused control's own affair.
//!
//! Esc and Ctrl+Enter belong to the screen and are taken before the focused control sees them: a text field would
//! swallow the one, a button would take the other for its own Enter.

use bevy::ecs::system::SystemParam;
use bevy::input::ButtonState;
use bevy::input::InputSystems;
use bevy::input::keyboard::{Key, KeyboardInput};
use bevy::input_focus::tab_navigation::TabIndex;
use bevy::input_focus::{FocusCause, FocusedInput, InputFocus, InputFocusSystems};
use bevy::math::CompassOctant;
use bevy::prelude::*;
use bevy::text::EditableText;
use bevy::ui::{ComputedNode, InteractionDisabled, ScrollPosition};
use bevy::ui_widgets::{Activate, Button};
use bevy::window::PrimaryWindow;

use super::device::Watching;
use super::focus::{Closable, Close, EscAction, Focusables, KeepsArrows, MainAction, Nudge, Shortcut, SingleKeys};
use super::teams::presses::Listening;
use super::widgets::scroll::{Scroller, scroll_by};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<HeldWith>()
        .add_systems(
            PreUpdate,
            take_screen_keys.after(InputSystems).after(Watching).after(Listening).before(InputFocusSystems::Dispatch),
        )
        .add_observer(other_enter)
        .add_systems(Startup, listen);
}

/// A step back was asked for where there is none: on the title.
#[derive(Event, Debug, Clone, Copy)]
pub struct NothingBehind;

/// Presses what can be pressed now.
#[derive(SystemParam)]
pub(super) struct Press<'w, 's> {
    pub focusables: Focusables<'w, 's>,
    enabled: Query<'w, 's, (), (With<TabIndex>, Without<InteractionDisabled>)>,
    mains: Query<'w, 's, (), With<MainAction>>,
    escs: Query<'w, 's, (), With<EscAction>>,
    closable: Query<'w, 's, (), With<Closable>>,
    parents: Query<'w, 's, &'static ChildOf>,
    commands: Commands<'w, 's>,
}

impl Press<'_, '_> {
    /// The last of those that `wanted` names.
    pub fn last(&mut self, wanted: impl Fn(Entity) -> bool) {
        let wanted = |entity: &Entity| self.enabled.contains(*entity) && wanted(*entity);
        if let Some(entity) = self.focusables.in_order().into_iter().rev().find(wanted) {
            self.commands.trigger(Activate { entity });
        }
    }

    /// The screen's main action.
    pub fn main(&mut self) {
        let target = self.one_of(true);
        self.activate(target);
    }

    /// Closes what is open round the focus; otherwise one step back.
    pub fn back(&mut self, focus: Option<Entity>) {
        let open =
            focus.and_then(|focus| self.parents.iter_ancestors(focus).find(|part| self.closable.contains(*part)));
        if let Some(entity) = open {
            self.commands.trigger(Close { entity });
        } else {
            let target = self.one_of(false);
            if target.is_none() {
                self.commands.trigger(NothingBehind);
            }
            self.activate(target);
        }
    }

    fn one_of(&self, main: bool) -> Option<Entity> {
        let wanted = |entity: &Entity| {
            self.enabled.contains(*entity)
                && if main { self.mains.contains(*entity) } else { self.escs.contains(*entity) }
        };
        self.focusables.in_order().into_iter().rev().find(wanted)
    }

    fn activate(&mut self, target: Option<Entity>) {
        if let Some(entity) = target {
            self.commands.trigger(Activate { entity });
        }
    }

    /// A direction for a control that keeps it.
    pub fn nudge(&mut self, nudge: Nudge) {
        if self.enabled.contains(nudge.entity) {
            self.commands.trigger(nudge);
        }
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
                press.back(focus.get());
            } else {
                press.main();
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
    mut areas: Areas,
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
    let direction = match &input.logical_key {
        // On a page the browser moves the focus, out of the game, too; the mirror tells where to.
        Key::Tab if cfg!(target_family = "wasm") => return,
        Key::Tab => {
            if let Some(next) = press.focusables.step(focus.get(), held.shift) {
                focus.set(next, FocusCause::Navigated);
            }
            return;
        }
        Key::ArrowUp => CompassOctant::North,
        Key::ArrowDown => CompassOctant::South,
        Key::ArrowLeft => CompassOctant::West,
        Key::ArrowRight => CompassOctant::East,
        Key::PageDown => return areas.turn(0.8),
        Key::PageUp => return areas.turn(-0.8),
        Key::Character(text) if single.0 && !input.repeat => {
            let mut keys = text.chars().collect::<Vec<_>>();
            keys.extend(digit(input.key_code));
            press.last(|entity| shortcuts.get(entity).is_ok_and(|shortcut| keys.iter().any(|key| shortcut.is(*key))));
            return;
        }
        _ => return,
    };
    let Some(focused) = focus.get() else {
        return;
    };
    if keeps_arrows.contains(focused) && is_sideways(direction) {
        return;
    }
    if let Some(next) = press.focusables.toward(focused, direction) {
        focus.set(next, FocusCause::Navigated);
    } else {
        areas.step(direction);
    }
}

pub(super) fn is_sideways(direction: CompassOctant) -> bool {
    matches!(direction, CompassOctant::East | CompassOctant::West)
}

/// The pages that can be turned.
#[derive(SystemParam)]
pub(super) struct Areas<'w, 's> {
    areas: Query<'w, 's, (&'static ComputedNode, &'static mut ScrollPosition), With<Scroller>>,
}

impl Areas<'_, '_> {
    /// Moves the page by this share of its height.
    pub fn turn(&mut self, share: f32) {
        for (node, mut position) in &mut self.areas {
            let height = node.size().y * node.inverse_scale_factor();
            scroll_by(node, &mut position, height * share);
        }
    }

    /// Nothing further that way: the page itself moves.
    pub fn step(&mut self, direction: CompassOctant) {
        match direction {
            CompassOctant::North => self.turn(-0.2),
            CompassOctant::South => self.turn(0.2),
            _ => {}
        }
    }
}

/// The engine's button hears Enter and Space by their place on the keyboard; the number block has another Enter, and some keyboards have them elsewhere.
fn other_enter(
    mut on: On<FocusedInput<KeyboardInput>>,
    buttons: Query<(), (With<Button>, Without<InteractionDisabled>)>,
    mut commands: Commands,
) {
    let input = &on.input;
    let heard = matches!(input.key_code, KeyCode::Enter | KeyCode::Space);
    let meant = matches!(input.logical_key, Key::Enter | Key::Space);
    if meant && !heard && input.state == ButtonState::Pressed && !input.repeat && buttons.contains(on.focused_entity) {
        let entity = on.focused_entity;
        on.propagate(false);
        commands.trigger(Activate { entity });
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
