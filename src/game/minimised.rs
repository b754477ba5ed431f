//! A minimised window, where the system does not say so by itself: Windows never does, X11 only of a window that others cover.
//!
//! While a question's clock runs the window is asked now and then, and what it says becomes the message that other systems send.

use std::time::{Duration, Instant};

use bevy::ecs::system::NonSendMarker;
use bevy::prelude::*;
use bevy::window::{PrimaryWindow, WindowOccluded};
use bevy::winit::WINIT_WINDOWS;

use super::session::{CurrentView, Driving, runs};

/// On X11 every look asks the display server.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// For the app with a window.
pub(super) fn window_plugin(app: &mut App) {
    app.add_systems(PreUpdate, look.before(Driving));
}

fn look(
    _main: NonSendMarker,
    view: Res<CurrentView>,
    window: Query<Entity, With<PrimaryWindow>>,
    mut last: Local<Option<Instant>>,
    mut occluded: MessageWriter<WindowOccluded>,
) {
    if !runs(&view) || last.is_some_and(|last| last.elapsed() < LOOK_EVERY) {
        return;
    }
    *last = Some(Instant::now());
    let Ok(window) = window.single() else { return };
    let minimised = WINIT_WINDOWS.with_borrow(|windows| windows.get_window(window)?.is_minimized());
    if minimised == Some(true) {
        occluded.write(WindowOccluded { window, occluded: true });
    }
}
