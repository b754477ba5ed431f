//! The question files that the game knows.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::Screen;
use crate::game::focus::AutoFocus;
use crate::game::theme::Type;
use crate::game::widgets::{back_button, body, heading, screen, spacer};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Banks), spawn);
}

fn spawn(mut commands: Commands) {
    commands.spawn((
        screen("Question files"),
        DespawnOnExit(Screen::Banks),
        children![
            heading("Question files", Type::Heading),
            body("Put question files (.ron) into the folder, and they appear here."),
            spacer(),
            (
                Node::default(),
                children![(
                    back_button("Back"),
                    AutoFocus,
                    observe(|_: On<Activate>, mut next: ResMut<NextState<Screen>>| next.set(Screen::Title)),
                )]
            ),
        ],
    ));
}
