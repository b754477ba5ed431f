//! What holds other things: the screen itself, panels, pills, rows and columns, and the area that scrolls.

use accesskit::{Node as Access, Role};
use bevy::a11y::AccessibilityNode;
use bevy::picking::Pickable;
use bevy::prelude::*;

use super::flow::Page;
use super::paint::{Backdrop, Edge, Fill};
use super::text::text;
use crate::game::focus::Modal;
use crate::game::layout::{Form, OwnAdapt};
use crate::game::theme::{Token, Type, radius, space};

/// The whole window, a column with the edge's padding: `(screen("Setup"), DespawnOnExit(Screen::Setup), children![…])`.
pub fn screen(name: impl Into<String>) -> impl Bundle {
    let mut access = Access::new(Role::Group);
    access.set_label(name.into());
    (
        Node {
            width: percent(100),
            position_type: PositionType::Absolute,
            // What stands above a screen, such as a notice, moves its top.
            top: px(0),
            bottom: px(0),
            flex_direction: FlexDirection::Column,
            row_gap: px(space::WIDE),
            ..default()
        },
        OwnAdapt(|node, form| {
            let edge = px(if form.is_narrow() { space::EDGE_NARROW } else { space::EDGE });
            node.padding = UiRect::axes(edge, px(if form.is_narrow() { 16 } else { 34 }));
            node.row_gap = px(if form.is_narrow() { 12. } else { space::WIDE });
        }),
        AccessibilityNode(access),
        Backdrop,
        Page,
    )
}

/// A dialog over the whole window, its content in the middle: `(dialog("Pause"), children![…])`. While it stands, keys, focus
/// and pointer stay within; despawn it, and the focus goes back to the screen.
pub fn dialog(name: impl Into<String>) -> impl Bundle {
    let mut access = Access::new(Role::Dialog);
    access.set_label(name.into());
    access.set_modal();
    (
        Modal,
        Node {
            width: percent(100),
            height: percent(100),
            position_type: PositionType::Absolute,
            flex_direction: FlexDirection::Column,
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            row_gap: px(space::GAP),
            padding: UiRect::all(px(space::EDGE_NARROW)),
            ..default()
        },
        GlobalZIndex(10),
        AccessibilityNode(access),
        Backdrop,
    )
}

/// A panel: a column on its own ground.
#[must_use]
pub fn panel() -> impl Bundle {
    (
        Node {
            flex_direction: FlexDirection::Column,
            row_gap: px(space::GAP),
            padding: UiRect::all(px(space::INSIDE)),
            border: UiRect::all(px(1)),
            border_radius: BorderRadius::all(px(radius::PANEL)),
            ..default()
        },
        OwnAdapt(|node, form| {
            node.padding = UiRect::all(px(if form.is_narrow() { 16. } else { space::INSIDE }));
        }),
        Fill(Token::Panel),
        Edge(Token::Raised),
    )
}

/// A pill of information: "Round 2 of 4 · Membership". Not pressed.
pub fn pill(caption: impl Into<String>) -> impl Bundle {
    (
        Node { padding: UiRect::axes(px(18), px(7)), border_radius: BorderRadius::MAX, flex_shrink: 1., ..default() },
        Fill(Token::Panel),
        Pickable::IGNORE,
        children![text(caption, Type::Small, Token::Text)],
    )
}

/// Things side by side, wrapping where they must.
#[must_use]
pub fn row() -> Node {
    Node {
        flex_direction: FlexDirection::Row,
        align_items: AlignItems::Center,
        flex_wrap: FlexWrap::Wrap,
        column_gap: px(space::GAP),
        row_gap: px(space::TIGHT),
        ..default()
    }
}

/// Things one below the other.
#[must_use]
pub fn column() -> Node {
    Node { flex_direction: FlexDirection::Column, row_gap: px(space::GAP), ..default() }
}

/// Pushes what follows to the far end of a row or column.
#[must_use]
pub fn spacer() -> impl Bundle {
    (Node { flex_grow: 1., ..default() }, Pickable::IGNORE)
}

/// Side by side in a wide window, one below the other in a narrow one: `(side_by_side(), children![…])`.
#[must_use]
pub fn side_by_side() -> impl Bundle {
    (
        Node { column_gap: px(space::EDGE), row_gap: px(space::WIDE), ..default() },
        OwnAdapt(|node, form| {
            node.flex_direction = match form {
                Form::Wide => FlexDirection::Row,
                Form::Narrow | Form::Tight => FlexDirection::Column,
            };
        }),
    )
}

/// Two columns of equal width in a wide window, one in a narrow one: answer tiles.
#[must_use]
pub fn two_columns() -> impl Bundle {
    (
        Node {
            display: Display::Grid,
            column_gap: px(20),
            row_gap: px(20),
            grid_auto_rows: vec![GridTrack::minmax(MinTrackSizingFunction::Auto, MaxTrackSizingFunction::Auto)],
            ..default()
        },
        OwnAdapt(|node, form| {
            let columns = if form.is_narrow() { 1 } else { 2 };
            node.grid_template_columns = RepeatedGridTrack::flex(columns, 1.);
            let gap = px(if form.is_narrow() { 10 } else { 20 });
            (node.row_gap, node.column_gap) = (gap, gap);
        }),
    )
}
