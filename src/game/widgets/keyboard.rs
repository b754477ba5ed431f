//! The on-screen keyboard, and the keypad for numbers: whole entry with a mouse, a finger or a pad alone.

use accesskit::{Node as Access, Role};
use bevy::a11y::AccessibilityNode;
use bevy::ecs::relationship::RelatedSpawner;
use bevy::ecs::spawn::SpawnWith;
use bevy::prelude::*;
use bevy::text::{EditableText, TextEdit};
use bevy::ui_widgets::Activate;

use super::button::{icon_button, key_button};
use super::entry::{Entry, Field, entry_of};
use super::icon::Icon;
use crate::game::layout::OwnAdapt;
use crate::game::text as words;
use crate::game::theme::space;

/// Which keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Letters, digits and the usual marks.
    Letters,
    /// Digits, minus and point.
    Digits,
}

/// What a key does to the field of its entry.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
enum Stroke {
    Type(char),
    Back,
    Clear,
}

/// What a place types; `⌫` deletes the last, `␣` is a wide space, `⌧` deletes all.
const LETTERS: [&str; 5] = ["1234567890", "qwertyuiop", "asdfghjkl⌫", "zxcvbnm␣", "éüñçß'-.,⌧"];
const DIGITS: [&str; 5] = ["789", "456", "123", "0.-", "⌫⌧"];

/// A keyboard, closed at first. It types into the field of the entry that it stands in.
pub(super) fn keyboard(layout: Layout) -> impl Bundle {
    let mut access = Access::new(Role::Group);
    access.set_label(words::ON_SCREEN_KEYBOARD);
    (
        Node {
            display: Display::None,
            flex_direction: FlexDirection::Column,
            row_gap: px(space::TIGHT),
            align_items: AlignItems::Center,
            ..default()
        },
        AccessibilityNode(access),
        Children::spawn(SpawnWith(move |parent: &mut RelatedSpawner<ChildOf>| {
            let rows: &[&str] = match layout {
                Layout::Letters => &LETTERS,
                Layout::Digits => &DIGITS,
            };
            for keys in rows {
                parent.spawn((
                    line(),
                    Children::spawn(SpawnWith(move |parent: &mut RelatedSpawner<ChildOf>| {
                        for key in keys.chars() {
                            spawn_key(parent, key);
                        }
                    })),
                ));
            }
        })),
    )
}

fn spawn_key(line: &mut RelatedSpawner<ChildOf>, key: char) {
    match key {
        '⌫' => {
            line.spawn((icon_button(Icon::Back, words::DELETE_LAST), Stroke::Back));
        }
        '⌧' => {
            let wider = OwnAdapt(|node, _| node.padding = UiRect::axes(px(14), px(4)));
            line.spawn((key_button(words::CLEAR, words::CLEAR), Stroke::Clear, wider));
        }
        '␣' => {
            let wider = OwnAdapt(|node, _| node.min_width = px(140));
            line.spawn((key_button(words::SPACE, words::SPACE), Stroke::Type(' '), wider));
        }
        _ => {
            line.spawn((key_button(key, words::key_name(key)), Stroke::Type(key)));
        }
    }
}

fn line() -> Node {
    Node {
        flex_wrap: FlexWrap::Wrap,
        justify_content: JustifyContent::Center,
        column_gap: px(space::TIGHT),
        row_gap: px(space::TIGHT),
        ..default()
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_observer(strike);
}

fn strike(
    on: On<Activate>,
    keys: Query<&Stroke>,
    parents: Query<&ChildOf>,
    entries: Query<&mut Entry>,
    children: Query<&Children>,
    mut fields: Query<&mut EditableText, With<Field>>,
) {
    let Ok(stroke) = keys.get(on.entity) else {
        return;
    };
    let Some(entry) = entry_of(on.entity, &parents, &entries) else {
        return;
    };
    for part in children.iter_descendants(entry) {
        let Ok(mut text) = fields.get_mut(part) else {
            continue;
        };
        match stroke {
            Stroke::Type(key) => text.queue_edit(TextEdit::Insert(key.to_string().as_str().into())),
            Stroke::Back => text.queue_edit(TextEdit::Backspace),
            Stroke::Clear => {
                text.queue_edit(TextEdit::SelectAll);
                text.queue_edit(TextEdit::Delete);
            }
        }
    }
}
