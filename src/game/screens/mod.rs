//! The screens: one file each. Which one is on show is a state; what it shows follows from data, never from another screen.

pub mod banks;
pub mod title;

use bevy::prelude::*;

/// What is on screen.
#[derive(States, Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Screen {
    /// The first.
    #[default]
    Title,
    /// The question files.
    Banks,
    /// Rounds and pace of the next game.
    Setup,
    /// The game.
    Match,
}

pub(super) fn plugin(app: &mut App) {
    app.init_state::<Screen>().add_plugins((title::plugin, banks::plugin));
    super::redraw::watch_state::<Screen>(app);
}
