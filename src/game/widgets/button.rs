//! Buttons. The state is in components: `Blocked`, `Busy`, `MainAction`, `EscAction`, `Shortcut`, `AutoFocus`.

use accesskit::Role;
use bevy::picking::Pickable;
use bevy::prelude::*;

use super::control::{CaptionText, Inner, Skin, cap, control};
use super::icon::{Icon, icon};
use super::paint::Fill;
use super::text::label;
use crate::game::focus::{EscAction, MainAction};
use crate::game::theme::{Token, Type, radius, space, stroke};

fn shape() -> Node {
    Node {
        min_height: px(stroke::BUTTON),
        min_width: px(stroke::TARGET),
        padding: UiRect::axes(px(space::INSIDE), px(space::TIGHT)),
        border: UiRect::all(px(stroke::CONTROL)),
        border_radius: BorderRadius::all(px(radius::CONTROL)),
        align_items: AlignItems::Center,
        // A key cap moves below its label rather than break a word.
        flex_wrap: FlexWrap::Wrap,
        column_gap: px(space::GAP),
        ..default()
    }
}

fn labelled(skin: Skin, caption: impl Into<String>, node: Node) -> impl Bundle {
    let caption = caption.into();
    (
        control(Role::Button, skin, caption.clone()),
        node,
        children![(label(caption, Type::Label, Token::Text), CaptionText, Inner), cap(),],
    )
}

/// The one main action of a screen: gold, and Ctrl+Enter presses it.
pub fn main_button(caption: impl Into<String>) -> impl Bundle {
    (labelled(Skin::Main, caption, shape()), MainAction)
}

/// A button.
pub fn button(caption: impl Into<String>) -> impl Bundle {
    labelled(Skin::Plain, caption, shape())
}

/// A button that steps back: a border alone.
pub fn quiet_button(caption: impl Into<String>) -> impl Bundle {
    labelled(Skin::Quiet, caption, shape())
}

/// A quiet button that Esc presses: "Back".
pub fn back_button(caption: impl Into<String>) -> impl Bundle {
    (labelled(Skin::Quiet, caption, shape()), EscAction)
}

/// A button with a figure at its end: `figure_button("Practise my mistakes", "7 to practise")`. Its name holds both.
pub fn figure_button(caption: impl Into<String>, figure: impl Into<String>) -> impl Bundle {
    let (caption, figure) = (caption.into(), figure.into());
    (
        control(Role::Button, Skin::Plain, format!("{caption}, {figure}")),
        shape(),
        children![
            (label(caption, Type::Label, Token::Text), Inner),
            (
                Node {
                    padding: UiRect::axes(px(12), px(2)),
                    margin: UiRect::left(Val::Auto),
                    border_radius: BorderRadius::MAX,
                    ..default()
                },
                Fill(Token::Raised),
                Pickable::IGNORE,
                children![(label(figure, Type::Small, Token::Text), Inner)],
            ),
        ],
    )
}

/// A square button with an icon: `icon_button(Icon::Up, "Move up: Sweden takes its seat")`.
pub fn icon_button(kind: Icon, name: impl Into<String>) -> impl Bundle {
    (
        control(Role::Button, Skin::Key, name),
        Node {
            width: px(stroke::TARGET),
            height: px(stroke::TARGET),
            flex_shrink: 0.,
            border: UiRect::all(px(stroke::CONTROL)),
            border_radius: BorderRadius::all(px(10)),
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            ..default()
        },
        children![(icon(kind, 18., Token::Text), Inner)],
    )
}

/// A button with a short text, at least 44 px square: keys of the on-screen keyboard.
pub fn key_button(caption: impl Into<String>, name: impl Into<String>) -> impl Bundle {
    (
        control(Role::Button, Skin::Key, name),
        Node {
            min_width: px(stroke::TARGET),
            min_height: px(stroke::TARGET),
            padding: UiRect::axes(px(4), px(4)),
            border: UiRect::all(px(stroke::CONTROL)),
            border_radius: BorderRadius::all(px(10)),
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            ..default()
        },
        children![(label(caption, Type::Label, Token::Text), Inner)],
    )
}

/// A row to press with children of your own: `(row_button("Founding"), children![…])`.
pub fn row_button(name: impl Into<String>) -> impl Bundle {
    (control(Role::Button, Skin::Plain, name), shape())
}
