//! The pad: the cross and the left stick move the focus, and go on moving it while they are held; South presses it, East goes back, Start is the
//! main action. Shoulders and triggers turn the page; the right stick scrolls.

use std::time::Duration;

use bevy::input::ButtonState;
use bevy::input::InputSystems;
use bevy::input::gamepad::{Gamepad, GamepadButton, GamepadButtonStateChangedEvent};
use bevy::input_focus::{FocusCause, InputFocus, InputFocusSystems};
use bevy::math::CompassOctant;
use bevy::prelude::*;
use web_time::Instant;

use super::focus::{KeepsArrows, KeepsUpDown, Nudge};
use super::keys::{Areas, Press, is_sideways};
use super::redraw::Redraw;
use super::teams::presses::Listening;

/// Held this long, a direction repeats …
const REPEAT_AFTER: Duration = Duration::from_millis(400);
/// … this often.
const REPEAT_EVERY: Duration = Duration::from_millis(130);
/// How far a stick must be moved to count, and how far back not to.
const ENGAGE: f32 = 0.6;
const RELEASE: f32 = 0.4;
/// The right stick's, in heights of the area a second.
const SCROLL_SPEED: f32 = 1.5;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        PreUpdate,
        (buttons, steer, scroll).chain().after(InputSystems).after(Listening).before(InputFocusSystems::Dispatch),
    );
}

fn cross(button: GamepadButton) -> Option<CompassOctant> {
    Some(match button {
        GamepadButton::DPadUp => CompassOctant::North,
        GamepadButton::DPadDown => CompassOctant::South,
        GamepadButton::DPadLeft => CompassOctant::West,
        GamepadButton::DPadRight => CompassOctant::East,
        _ => return None,
    })
}

/// Moves the focus one further, or what keeps the direction for itself.
fn go(
    direction: CompassOctant,
    focus: &mut InputFocus,
    keeps: &Query<(Has<KeepsArrows>, Has<KeepsUpDown>)>,
    press: &mut Press,
    areas: &mut Areas,
) {
    let Some(focused) = focus.get() else { return };
    let (sideways, up_down) = keeps.get(focused).unwrap_or_default();
    if if is_sideways(direction) { sideways } else { up_down } {
        press.nudge(Nudge { entity: focused, direction });
    } else if let Some(next) = press.focusables.toward(focused, direction) {
        focus.set(next, FocusCause::Navigated);
    } else {
        areas.step(direction);
    }
}

fn buttons(
    mut changes: MessageReader<GamepadButtonStateChangedEvent>,
    keeps: Query<(Has<KeepsArrows>, Has<KeepsUpDown>)>,
    mut focus: ResMut<InputFocus>,
    mut press: Press,
    mut areas: Areas,
) {
    for change in changes.read().filter(|change| change.state == ButtonState::Pressed) {
        match change.button {
            GamepadButton::South => {
                let focused = focus.get();
                press.last(|entity| Some(entity) == focused);
            }
            GamepadButton::East => press.back(focus.get()),
            GamepadButton::Start => press.main(),
            GamepadButton::LeftTrigger | GamepadButton::LeftTrigger2 => areas.turn(-0.8),
            GamepadButton::RightTrigger | GamepadButton::RightTrigger2 => areas.turn(0.8),
            other => {
                if let Some(direction) = cross(other) {
                    go(direction, &mut focus, &keeps, &mut press, &mut areas);
                }
            }
        }
    }
}

/// A direction that is held, and when it counts again.
#[derive(Default)]
struct Held {
    direction: Option<CompassOctant>,
    due: Duration,
}

/// The stick's direction: the stronger of its two, with some play, so that it does not flutter at the edge.
fn stick(pad: &Gamepad, before: Option<CompassOctant>) -> Option<CompassOctant> {
    let Vec2 { x, y } = pad.left_stick();
    let (direction, strength) = match x.abs() > y.abs() {
        true if x > 0. => (CompassOctant::East, x),
        true => (CompassOctant::West, -x),
        false if y > 0. => (CompassOctant::North, y),
        false => (CompassOctant::South, -y),
    };
    let least = if before == Some(direction) { RELEASE } else { ENGAGE };
    (strength >= least).then_some(direction)
}

/// The stick, and what repeats while it or the cross is held.
fn steer(
    pads: Query<&Gamepad>,
    time: Res<Time<Real>>,
    keeps: Query<(Has<KeepsArrows>, Has<KeepsUpDown>)>,
    mut held: Local<Held>,
    mut focus: ResMut<InputFocus>,
    mut press: Press,
    mut areas: Areas,
    mut redraw: ResMut<Redraw>,
) {
    let now = time.elapsed();
    let crossed = pads.iter().flat_map(Gamepad::get_pressed).find_map(|button| cross(*button));
    let pushed = pads.iter().find_map(|pad| stick(pad, held.direction));
    let direction = crossed.or(pushed);
    let new = direction != held.direction;
    held.direction = direction;
    let Some(direction) = direction else { return };
    if new {
        held.due = now + REPEAT_AFTER;
        // The cross's own press has been heard already.
        if crossed.is_none() {
            go(direction, &mut focus, &keeps, &mut press, &mut areas);
        }
    } else if now >= held.due {
        held.due = now + REPEAT_EVERY;
        go(direction, &mut focus, &keeps, &mut press, &mut areas);
    }
    // What is held sends nothing more.
    redraw.wake_at(Instant::now() + held.due.saturating_sub(now));
}

fn scroll(pads: Query<&Gamepad>, time: Res<Time<Real>>, mut areas: Areas, mut redraw: ResMut<Redraw>) {
    let push = pads.iter().map(|pad| pad.right_stick().y).find(|y| y.abs() > 0.2);
    if let Some(push) = push {
        // After a sleep the first step would be a leap.
        areas.turn(-push * SCROLL_SPEED * time.delta_secs().min(0.1));
        redraw.next_frame();
    }
}
