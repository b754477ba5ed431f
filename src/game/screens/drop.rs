//! Files dropped on the window. While one hovers over it, the window says that it may be dropped here; dropped, it is opened.

use std::path::PathBuf;

use accesskit::{Node as Access, Role};
use bevy::a11y::AccessibilityNode;
use bevy::prelude::*;
use bevy::window::FileDragAndDrop;

use super::Menu;
use crate::game::library::OpenFiles;
use crate::game::redraw::Redraw;
use crate::game::session::CurrentView;
use crate::game::text;
use crate::game::theme::{Token, Type, space, stroke};
use crate::game::widgets::{Edge, heading, panel, text as words};

/// Over everything while a file hovers.
#[derive(Component)]
struct Cue;

pub(super) fn plugin(app: &mut App) {
    app.add_message::<FileDragAndDrop>().add_systems(PreUpdate, take);
}

fn take(
    mut files: MessageReader<FileDragAndDrop>,
    (view, menu): (Res<CurrentView>, Res<State<Menu>>),
    cue: Query<Entity, With<Cue>>,
    mut redraw: ResMut<Redraw>,
    mut commands: Commands,
) {
    let mut hovers = None;
    let mut dropped: Vec<PathBuf> = Vec::new();
    for file in files.read() {
        redraw.next_frame();
        match file {
            FileDragAndDrop::HoveredFile { .. } => hovers = Some(true),
            FileDragAndDrop::HoveredFileCanceled { .. } => hovers = Some(false),
            FileDragAndDrop::DroppedFile { path_buf, .. } => {
                hovers = Some(false);
                dropped.push(path_buf.clone());
            }
        }
    }
    match hovers {
        Some(true) if cue.is_empty() => {
            let playing = view.get().is_some() || *menu.get() == Menu::Class;
            commands.spawn(over(playing));
        }
        Some(false) => {
            for cue in &cue {
                commands.entity(cue).despawn();
            }
        }
        _ => {}
    }
    if !dropped.is_empty() {
        commands.trigger(OpenFiles::At(dropped));
    }
}

fn over(playing: bool) -> impl Bundle {
    let mut access = Access::new(Role::Group);
    access.set_label(text::DROP_HERE);
    (
        Cue,
        GlobalZIndex(20),
        Node {
            position_type: PositionType::Absolute,
            width: percent(100),
            height: percent(100),
            border: UiRect::all(px(stroke::FOCUS * 2.)),
            padding: UiRect::all(px(space::GAP)),
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            ..default()
        },
        Edge(Token::Gold),
        AccessibilityNode(access),
        Pickable::IGNORE,
        children![(
            panel(),
            children![
                heading(text::DROP_HERE, Type::Heading),
                words(if playing { text::DROP_WHILE_PLAYING } else { text::DROP_CHECKS }, Type::Body, Token::Soft),
            ],
        )],
    )
}
