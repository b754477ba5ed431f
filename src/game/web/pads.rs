//! Gamepads, as the page sees them (`assets/web/pads.js`), told to the engine in the very messages that its own reader of pads sends.

use std::cell::Cell;
use std::collections::HashMap;

use bevy::input::InputSystems;
use bevy::input::gamepad::{
    GamepadAxis, GamepadButton, GamepadConnection, GamepadConnectionEvent, RawGamepadAxisChangedEvent,
    RawGamepadButtonChangedEvent, RawGamepadEvent,
};
use bevy::prelude::*;
use wasm_bindgen::prelude::*;

use crate::game::redraw::Waker;

#[wasm_bindgen(js_namespace = ["window", "roundtable", "pads"])]
extern "C" {
    #[wasm_bindgen(js_name = watchPads, catch)]
    fn watch_pads(ring: &Closure<dyn Fn()>) -> Result<(), JsValue>;
    #[wasm_bindgen(js_name = takePads, catch)]
    fn take_pads() -> Result<Vec<f64>, JsValue>;
}

thread_local! {
    /// Whether there is something to take: most frames need not ask the page.
    static RANG: Cell<bool> = const { Cell::new(false) };
}

/// The buttons in the order of the web's "standard" layout; the seventeenth, in the middle, is the system's.
const BUTTONS: [GamepadButton; 16] = [
    GamepadButton::South,
    GamepadButton::East,
    GamepadButton::West,
    GamepadButton::North,
    GamepadButton::LeftTrigger,
    GamepadButton::RightTrigger,
    GamepadButton::LeftTrigger2,
    GamepadButton::RightTrigger2,
    GamepadButton::Select,
    GamepadButton::Start,
    GamepadButton::LeftThumb,
    GamepadButton::RightThumb,
    GamepadButton::DPadUp,
    GamepadButton::DPadDown,
    GamepadButton::DPadLeft,
    GamepadButton::DPadRight,
];
/// The axes in that order. On the web down is positive, in the engine up is.
const AXES: [(GamepadAxis, f32); 4] = [
    (GamepadAxis::LeftStickX, 1.),
    (GamepadAxis::LeftStickY, -1.),
    (GamepadAxis::RightStickX, 1.),
    (GamepadAxis::RightStickY, -1.),
];

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, watch).add_systems(PreUpdate, take.before(InputSystems));
}

fn watch(waker: Res<Waker>) {
    let waker = waker.clone();
    let ring = Closure::<dyn Fn()>::new(move || {
        RANG.set(true);
        waker.wake();
    });
    // A page without it has no pads.
    let _ = watch_pads(&ring);
    // As long as the page.
    ring.forget();
}

fn take(
    mut entities: Local<HashMap<u32, Entity>>,
    mut commands: Commands,
    mut raw: MessageWriter<RawGamepadEvent>,
    mut connections: MessageWriter<GamepadConnectionEvent>,
    mut buttons: MessageWriter<RawGamepadButtonChangedEvent>,
    mut axes: MessageWriter<RawGamepadAxisChangedEvent>,
) {
    if !RANG.take() {
        return;
    }
    let changes = take_pads().unwrap_or_default();
    for change in changes.chunks_exact(4) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "small whole numbers, and a value within ±1"
        )]
        let (index, what, which, value) = (change[0] as u32, change[1] as u32, change[2] as usize, change[3] as f32);
        let pad = *entities.entry(index).or_insert_with(|| commands.spawn_empty().id());
        match what {
            0 | 1 => {
                let connection = if what == 1 {
                    GamepadConnection::Connected { name: "Gamepad".to_owned(), vendor_id: None, product_id: None }
                } else {
                    GamepadConnection::Disconnected
                };
                let event = GamepadConnectionEvent::new(pad, connection);
                raw.write(event.clone().into());
                connections.write(event);
            }
            2 => {
                if let Some(button) = BUTTONS.get(which) {
                    let event = RawGamepadButtonChangedEvent::new(pad, *button, value);
                    raw.write(event.into());
                    buttons.write(event);
                }
            }
            _ => {
                if let Some((axis, sign)) = AXES.get(which) {
                    let event = RawGamepadAxisChangedEvent::new(pad, *axis, value * sign);
                    raw.write(event.into());
                    axes.write(event);
                }
            }
        }
    }
}
