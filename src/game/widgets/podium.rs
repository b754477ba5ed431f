//! Who came where: columns that are as high as the scores say, the best in the middle of the first three; in a narrow window rows with bars
//! as long. Equal points have equal heights and share a place. Fed by plain rows, so that teams and classes have the same one.

use accesskit::{Node as Access, Role};
use bevy::a11y::AccessibilityNode;
use bevy::ecs::relationship::RelatedSpawner;
use bevy::ecs::spawn::SpawnWith;
use bevy::picking::Pickable;
use bevy::prelude::*;

use super::icon::{Icon, icon};
use super::paint::Fill;
use super::text::{silent, silent_centred};
use crate::game::a11y;
use crate::game::layout::{Form, OwnAdapt, TextScale};
use crate::game::motion::Moving;
use crate::game::text;
use crate::game::theme::{Token, Type, radius, space};

/// A line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PodiumRow {
    /// From 1; equal points share a place.
    pub place: u32,
    /// Who.
    pub name: String,
    /// How many.
    pub points: u32,
    /// Which of the eight colours and shapes; `None` for neither.
    pub slot: Option<usize>,
}

type Parts<'w> = RelatedSpawner<'w, ChildOf>;

/// From this share of the best score on, a column has room for its words; a lower one has them above it.
const ROOM_FOR_WORDS: f32 = 0.5;
/// The least height of a column of full points, in pixels at 100 % text.
const HEIGHT: f32 = 280.;
/// A line of the name over the columns.
const LINE: f32 = 30.;
/// A score of nothing is a line on the ground.
const LEAST: f32 = 4.;

/// The place that the columns rise in: its top leaves room for the names over the highest.
#[derive(Component, Debug, Clone, Copy)]
struct Rise {
    /// Lines of the longest name.
    lines: f32,
}

/// `podium(&rows)`: as wide as its parent and as high as there is room, at least as high as its words need. Rows best first, two to eight;
/// they are read out in this order.
pub fn podium(rows: &[PodiumRow]) -> impl Bundle {
    let rows = rows.to_vec();
    (
        a11y::list(text::teams::PODIUM),
        Node {
            flex_direction: FlexDirection::Column,
            flex_grow: 1.,
            flex_shrink: 0.,
            width: percent(100),
            ..default()
        },
        Children::spawn(SpawnWith(move |parts: &mut Parts| {
            let most = rows.iter().map(|row| row.points).max().unwrap_or(0);
            columns(parts, &rows, most);
            list(parts, &rows, most);
        })),
    )
}

/// As a share of the best score.
#[expect(clippy::cast_precision_loss, reason = "a height on a screen")]
fn share(points: u32, most: u32) -> f32 {
    if most == 0 { 0. } else { points as f32 / most as f32 }
}

/// Where the rows stand from left to right: the second, the first, and the others after them.
#[must_use]
fn position(index: usize) -> usize {
    match index {
        0 => 1,
        1 => 0,
        other => other,
    }
}

fn spoken(row: &PodiumRow) -> impl Bundle {
    let mut access = Access::new(Role::ListItem);
    access.set_label(text::teams::podium_row(row.place, &row.name, row.points));
    AccessibilityNode(access)
}

fn columns(parts: &mut Parts, rows: &[PodiumRow], most: u32) {
    let count = u16::try_from(rows.len()).unwrap_or(1);
    let many = rows.len() > 5;
    parts
        .spawn((
            Node {
                display: Display::Grid,
                grid_template_columns: RepeatedGridTrack::flex(count, 1.),
                grid_template_rows: vec![GridTrack::flex(1.)],
                flex_grow: 1.,
                justify_content: JustifyContent::Center,
                ..default()
            },
            OwnAdapt(|node, form| {
                node.display = if form.is_narrow() { Display::None } else { Display::Grid };
                node.column_gap = px(if node.grid_template_columns.len() > 5 { 10. } else { 22. });
            }),
            Rise { lines: if many { 3. } else { 2. } },
            Pickable::IGNORE,
        ))
        .with_children(|grid| {
            for (index, row) in rows.iter().enumerate() {
                let column = i16::try_from(position(index).min(rows.len() - 1) + 1).unwrap_or(1);
                let share = share(row.points, most);
                grid.spawn((
                    spoken(row),
                    Node {
                        grid_column: GridPlacement::start(column),
                        grid_row: GridPlacement::start(1),
                        min_width: px(0),
                        // Two teams need not fill a wall.
                        max_width: px(300),
                        width: percent(100),
                        justify_self: JustifySelf::Center,
                        ..default()
                    },
                    Moving::arrive(rows.len() - 1 - index),
                    Pickable::IGNORE,
                ))
                .with_children(|cell| column_of(cell, row, index, share, many));
            }
        });
}

fn column_of(cell: &mut Parts, row: &PodiumRow, index: usize, share: f32, many: bool) {
    let inside = share >= ROOM_FOR_WORDS;
    cell.spawn((
        Node {
            position_type: PositionType::Absolute,
            left: px(0),
            right: px(0),
            bottom: px(0),
            height: percent(share * 100.),
            min_height: px(LEAST),
            flex_direction: FlexDirection::Column,
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            row_gap: px(4),
            border_radius: if inside {
                BorderRadius::top(px(radius::TILE))
            } else {
                BorderRadius::top(px(radius::SMALL))
            },
            ..default()
        },
        Fill(row.slot.map_or(Token::Gold, Token::Slot)),
        Column(index),
        Pickable::IGNORE,
    ))
    .with_children(|column| {
        if inside {
            figures(column, row, row.slot.map_or(Token::OnGold, |_| Token::OnSlot), Token::Clear);
        }
    });
    cell.spawn((
        Node {
            position_type: PositionType::Absolute,
            left: px(0),
            right: px(0),
            bottom: percent(share * 100.),
            flex_direction: FlexDirection::Column,
            align_items: AlignItems::Center,
            padding: UiRect::bottom(px(space::TIGHT)),
            row_gap: px(2),
            ..default()
        },
        Pickable::IGNORE,
    ))
    .with_children(|over| {
        over.spawn(silent_centred(row.name.clone(), if many { Type::Body } else { Type::Label }, true, Token::Text));
        if !inside {
            figures(over, row, Token::Text, row.slot.map_or(Token::Gold, Token::Slot));
        }
    });
}

/// A column or a bar of the row at this index: as long as its score says.
#[derive(Component, Debug, Clone, Copy)]
pub struct Column(pub usize);

fn figures(parts: &mut Parts, row: &PodiumRow, ink: Token, shape: Token) {
    if let Some(slot) = row.slot {
        parts.spawn(icon(Icon::slot(slot), 30., if shape == Token::Clear { ink } else { shape }));
    }
    parts.spawn(silent_centred(row.place.to_string(), Type::Verdict, true, ink));
    parts.spawn(silent_centred(text::grouped(row.points), Type::Body, false, ink));
}

fn list(parts: &mut Parts, rows: &[PodiumRow], most: u32) {
    parts
        .spawn((
            Node { flex_direction: FlexDirection::Column, row_gap: px(space::TIGHT), ..default() },
            OwnAdapt(|node, form| node.display = if form.is_narrow() { Display::Flex } else { Display::None }),
            Pickable::IGNORE,
        ))
        .with_children(|list| {
            for (index, row) in rows.iter().enumerate() {
                list.spawn((
                    spoken(row),
                    Node { flex_direction: FlexDirection::Column, row_gap: px(2), flex_shrink: 0., ..default() },
                    Moving::arrive(rows.len() - 1 - index),
                    Pickable::IGNORE,
                ))
                .with_children(|item| {
                    item.spawn((
                        Node { align_items: AlignItems::Center, column_gap: px(space::TIGHT), ..default() },
                        Pickable::IGNORE,
                    ))
                    .with_children(|line| {
                        line.spawn(silent(row.place.to_string(), Type::Answer, true, Token::Text));
                        if let Some(slot) = row.slot {
                            line.spawn(icon(Icon::slot(slot), 20., Token::Slot(slot)));
                        }
                        line.spawn((
                            Node { flex_grow: 1., flex_shrink: 1., flex_basis: px(0), min_width: px(0), ..default() },
                            Pickable::IGNORE,
                            children![silent(row.name.clone(), Type::Label, true, Token::Text)],
                        ));
                        line.spawn((
                            Node { flex_shrink: 0., ..default() },
                            Pickable::IGNORE,
                            children![silent(text::grouped(row.points), Type::Body, false, Token::Text)],
                        ));
                    });
                    item.spawn((
                        Node {
                            width: percent(share(row.points, most) * 100.),
                            min_width: px(LEAST),
                            height: px(14),
                            border_radius: BorderRadius::right(px(radius::SMALL)),
                            ..default()
                        },
                        Fill(row.slot.map_or(Token::Gold, Token::Slot)),
                        Column(index),
                        Pickable::IGNORE,
                    ));
                });
            }
        });
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PostUpdate, make_room.before(bevy::ui::UiSystems::Prepare));
}

/// Words grow with the text size, and the room for them with it.
fn make_room(scale: Res<TextScale>, form: Res<Form>, mut rises: Query<(Ref<Rise>, &mut Node)>) {
    for (rise, mut node) in &mut rises {
        if rise.is_added() || scale.is_changed() || form.is_changed() {
            let text = scale.0.clamp(1., 2.);
            node.padding = UiRect::top(px(rise.lines * LINE * text + space::TIGHT));
            node.min_height = px((HEIGHT + rise.lines * LINE) * text);
        }
    }
}
