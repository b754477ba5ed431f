//! The window's own close button. While a class is open it asks first; pressed again it closes, and the class can go on later.
//!
//! The engine closes a window that is asked to close without a word, so it is told not to (`app.rs`), and this does it in its place.

use bevy::prelude::*;
use bevy::window::{ClosingWindow, WindowCloseRequested};

use super::Class;

/// Somebody wants to leave while a class is open: the screen asks.
#[derive(Event, Debug, Clone, Copy)]
pub struct AskToLeave {
    /// Whether the whole program is to end.
    pub quit: bool,
}

/// Whether it was asked already.
#[derive(Resource, Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked(pub bool);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Asked>().add_systems(Update, close_when_requested);
}

fn close_when_requested(
    mut requests: MessageReader<WindowCloseRequested>,
    closing: Query<Entity, With<ClosingWindow>>,
    class: Res<Class>,
    mut asked: ResMut<Asked>,
    mut commands: Commands,
) {
    // As the engine does it: a frame later, so that everybody has seen the mark.
    for window in &closing {
        commands.entity(window).despawn();
    }
    for request in requests.read() {
        if class.get().is_some() && !asked.0 {
            asked.0 = true;
            commands.trigger(AskToLeave { quit: true });
        } else {
            commands.entity(request.window).try_insert(ClosingWindow);
        }
    }
}
