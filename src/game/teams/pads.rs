//! Which pad, and which of its buttons: pads are numbered in the order in which they were plugged in.

use bevy::input::gamepad::{Gamepad, GamepadButton};
use bevy::prelude::*;
use serde::{Deserialize, Serialize};

/// The buttons that can buzz, in an order that never changes: it stands in a file. Start is every screen's main action, so it cannot.
const BUTTONS: [GamepadButton; 13] = [
    GamepadButton::South,
    GamepadButton::East,
    GamepadButton::West,
    GamepadButton::North,
    GamepadButton::LeftTrigger,
    GamepadButton::RightTrigger,
    GamepadButton::LeftTrigger2,
    GamepadButton::RightTrigger2,
    GamepadButton::DPadUp,
    GamepadButton::DPadDown,
    GamepadButton::DPadLeft,
    GamepadButton::DPadRight,
    GamepadButton::Select,
];

/// A button of a pad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PadButton {
    /// The pad, from 0 in the order of plugging in.
    pub pad: u8,
    /// Which of the buttons that can buzz.
    button: u8,
}

impl PadButton {
    /// `None` for a button that cannot buzz.
    #[must_use]
    pub fn new(pad: u8, button: GamepadButton) -> Option<Self> {
        let at = BUTTONS.iter().position(|known| *known == button)?;
        Some(Self { pad, button: u8::try_from(at).ok()? })
    }

    /// The button; a file from another version may name one that this one does not know.
    #[must_use]
    pub fn button(self) -> Option<GamepadButton> {
        BUTTONS.get(usize::from(self.button)).copied()
    }
}

/// The pads, in the order of plugging in.
#[derive(Resource, Debug, Clone, Default)]
pub struct Pads(Vec<Entity>);

impl Pads {
    /// The number of a pad.
    #[must_use]
    pub fn number(&self, pad: Entity) -> Option<u8> {
        self.0.iter().position(|known| *known == pad).and_then(|at| u8::try_from(at).ok())
    }
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Pads>().add_observer(plugged_in);
}

/// One that is unplugged and comes back has its place again, if the engine knows it by the same entity.
fn plugged_in(added: On<Add, Gamepad>, mut pads: ResMut<Pads>) {
    if !pads.0.contains(&added.entity) {
        pads.0.push(added.entity);
    }
}
