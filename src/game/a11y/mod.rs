//! What the engine leaves undone for assistive technology.
//!
//! The engine has a node a control, but no tree that can be read: it hangs what a layout wrapper parts from its parent off the window, in no
//! order, keeps what is hidden, and falls silent when the focus is nowhere. So the tree is ours:
//!
//! - [`tree`]: what is in it. **Whatever is hidden, [`Inert`](super::focus::Inert), or beneath a dialog is not**, from the very frame on.
//! - [`page`]: the same as elements of a web page
//! - [`requests`]: what assistive technology asks for ends where a press of the key would
//! - [`announce`]: what is said without moving the focus

pub mod announce;
pub mod page;
pub mod requests;
pub mod tree;

use bevy::a11y::{AccessibilityRequested, AccessibilitySystems, ManageAccessibilityUpdates};
use bevy::ecs::system::NonSendMarker;
use bevy::prelude::*;
use bevy::winit::accessibility::ACCESS_KIT_ADAPTERS;

pub use announce::{Announce, Interrupt};
pub use requests::{SelectText, SetValue, StepValue};
pub use tree::{Counted, Tree, group, list, list_item};

pub(super) fn plugin(app: &mut App) {
    let mut engine = ManageAccessibilityUpdates::default();
    engine.set(false);
    app.insert_resource(engine).add_plugins((announce::plugin, requests::plugin));
}

/// For the app with a window: hands the tree over to whoever listens.
pub(super) fn window_plugin(app: &mut App) {
    app.add_systems(PostUpdate, send.in_set(AccessibilitySystems::Update));
}

/// Runs on the main thread, where the window's adapter lives.
fn send(tree: Tree, requested: Res<AccessibilityRequested>, _main: NonSendMarker) {
    if !requested.get() {
        return;
    }
    let Some((window, update)) = tree.build() else { return };
    ACCESS_KIT_ADAPTERS.with_borrow_mut(|adapters| {
        if let Some(adapter) = adapters.get_mut(&window) {
            adapter.update_if_active(|| update);
        }
    });
}
