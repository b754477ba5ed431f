//! The title: what the game is, and Play first.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::Screen;
use crate::game::focus::AutoFocus;
use crate::game::layout::Adapt;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{
    Ring, bold, button, column, eyebrow, heading, main_button, quiet_button, ring, screen, scroll, side_by_side, text,
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Title), spawn);
}

fn spawn(mut commands: Commands) {
    commands.spawn((
        screen("Roundtable"),
        DespawnOnExit(Screen::Title),
        children![scroll(children![(
            side_by_side(),
            Adapt(|node, form| {
                node.flex_direction = if form.is_narrow() { FlexDirection::Column } else { FlexDirection::Row };
                node.align_items = if form.is_narrow() { AlignItems::Stretch } else { AlignItems::Center };
                node.justify_content = JustifyContent::SpaceBetween;
                node.flex_grow = 1.;
                node.padding = UiRect::horizontal(px(if form.is_narrow() { 0 } else { 40 }));
            }),
            children![menu(), table()],
        )])],
    ));
}

fn menu() -> impl Bundle {
    (
        column(),
        Adapt(|node, form| {
            node.width = if form.is_narrow() { Val::Auto } else { px(480) };
            node.flex_shrink = 0.;
        }),
        children![
            eyebrow("A quiz for one, for a team, for a whole class"),
            heading("Roundtable", Type::Display),
            text("A quiz that says why.", Type::Label, Token::Soft),
            (
                main_button("Play"),
                AutoFocus,
                observe(|_: On<Activate>, mut next: ResMut<NextState<Screen>>| next.set(Screen::Setup)),
            ),
            (
                button("Question files"),
                observe(|_: On<Activate>, mut next: ResMut<NextState<Screen>>| next.set(Screen::Banks)),
            ),
            (
                quiet_button("Quit"),
                observe(|_: On<Activate>, mut exit: MessageWriter<AppExit>| {
                    exit.write(AppExit::Success);
                }),
            ),
        ],
    )
}

/// Decoration: 32 seats.
fn table() -> impl Bundle {
    (
        Node { justify_content: JustifyContent::Center, ..default() },
        children![ring(
            Ring { thick: 0.13, ..Ring::filled(32, 12, 400.) },
            children![
                bold("Take a seat", Type::Heading, Token::Text),
                text("at the round table", Type::Small, Token::Soft),
            ],
        )],
    )
}
