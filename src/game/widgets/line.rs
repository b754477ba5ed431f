//! A timeline, or a scale: marks on a line, told apart by shape and colour, with words that never overlap.
//!
//! How wide words are is known only once they are laid out, so the marks stand at once and their words follow in the next frame.

use std::cmp::Reverse;

use accesskit::{Node as Access, Role};
use bevy::a11y::AccessibilityNode;
use bevy::ecs::relationship::RelatedSpawner;
use bevy::ecs::spawn::SpawnWith;
use bevy::picking::Pickable;
use bevy::prelude::*;
use bevy::ui::{ComputedNode, UiSystems};

use super::icon::{Icon, icon};
use super::paint::{Edge, Fill};
use super::text::silent_line;
use crate::game::plot::labels::{Label, Rank, place};
use crate::game::plot::{Mark, Plot, Stands};
use crate::game::redraw::Redraw;
use crate::game::theme::{Token, Type, stroke};

/// A mark that is an answer.
const MARK: f32 = 26.;
/// Another option's dot.
const DOT: f32 = 14.;
/// The line's own zone; above and below it stand the words.
const ZONE: f32 = 32.;
const THICK: f32 = 4.;
/// Between the zone and the words.
const BESIDE: f32 = 2.;

#[derive(Component)]
struct Line {
    /// Where each label's mark stands, as a share, and what it is for.
    labels: Vec<(f32, Rank)>,
}

/// The part that marks are placed in; it moves down to make room for words above it.
#[derive(Component)]
struct Zone;

#[derive(Component)]
struct Words(usize);

/// `line(plot, "Timeline: April 2023, the right answer; you said May 2022.")`: as wide as its parent.
pub fn line(plot: &Plot, name: impl Into<String>) -> impl Bundle {
    let mut access = Access::new(Role::Image);
    access.set_label(name.into());
    let axis = plot.axis();
    let marks: Vec<(f32, Mark)> = plot.marks.iter().map(|mark| (share(axis.at(mark.value)), mark.clone())).collect();
    let breaks: Vec<f32> = axis.breaks.iter().map(|at| share(*at)).collect();
    let band = plot.band.map(|(from, to)| (share(axis.at(from)), share(axis.at(to))));
    let labels = marks.iter().map(|(at, mark)| (*at, rank(mark.stands))).collect();
    (
        Line { labels },
        AccessibilityNode(access),
        Node { width: percent(100), height: px(ZONE), flex_shrink: 0., ..default() },
        Pickable::IGNORE,
        Children::spawn(SpawnWith(move |parent: &mut RelatedSpawner<ChildOf>| {
            parent
                .spawn((
                    Zone,
                    Node {
                        position_type: PositionType::Absolute,
                        left: px(MARK / 2.),
                        right: px(MARK / 2.),
                        top: px(0),
                        height: px(ZONE),
                        ..default()
                    },
                    Pickable::IGNORE,
                ))
                .with_children(|zone| {
                    if let Some((from, to)) = band {
                        zone.spawn(near(from, to));
                    }
                    zone.spawn(bar());
                    for at in breaks {
                        zone.spawn(gap(at));
                    }
                    // What matters most lies on top.
                    let mut order: Vec<&(f32, Mark)> = marks.iter().collect();
                    order.sort_by_key(|(_, mark)| Reverse(rank(mark.stands)));
                    for (at, mark) in order {
                        zone.spawn(shape(*at, mark.stands));
                    }
                });
            for (index, (_, mark)) in marks.into_iter().enumerate() {
                let (bold, token) = ink(mark.stands);
                parent.spawn((
                    Words(index),
                    silent_line(mark.label, Type::Small, bold, token),
                    Node { position_type: PositionType::Absolute, max_width: percent(100), ..default() },
                    Visibility::Hidden,
                ));
            }
        })),
    )
}

#[expect(clippy::cast_possible_truncation, reason = "a share of a line")]
const fn share(at: f64) -> f32 {
    at as f32
}

const fn rank(stands: Stands) -> Rank {
    match stands {
        Stands::Right | Stands::RightYours => Rank::Right,
        Stands::Near | Stands::Wrong => Rank::Yours,
        Stands::Other | Stands::End => Rank::Other,
    }
}

const fn ink(stands: Stands) -> (bool, Token) {
    match stands {
        Stands::Right | Stands::RightYours => (true, Token::Right),
        Stands::Wrong => (true, Token::Wrong),
        Stands::Near => (true, Token::Text),
        Stands::Other | Stands::End => (false, Token::Soft),
    }
}

fn bar() -> impl Bundle {
    (
        Node {
            position_type: PositionType::Absolute,
            left: px(0),
            right: px(0),
            top: px((ZONE - THICK) / 2.),
            height: px(THICK),
            border_radius: BorderRadius::MAX,
            ..default()
        },
        Fill(Token::Line),
        Pickable::IGNORE,
    )
}

/// From where to where something is earned.
fn near(from: f32, to: f32) -> impl Bundle {
    (
        Node {
            position_type: PositionType::Absolute,
            left: percent(from * 100.),
            width: percent((to - from) * 100.),
            min_width: px(4),
            top: px(4),
            height: px(ZONE - 8.),
            border: UiRect::all(px(stroke::CONTROL)),
            border_radius: BorderRadius::all(px(6)),
            ..default()
        },
        Fill(Token::Raised),
        Edge(Token::Right),
        Pickable::IGNORE,
    )
}

/// Something of this size in the middle of the zone, at this share of the line.
fn at(share: f32, width: f32, height: f32) -> Node {
    Node {
        position_type: PositionType::Absolute,
        left: percent(share * 100.),
        margin: UiRect::left(px(-width / 2.)),
        top: px((ZONE - height) / 2.),
        width: px(width),
        height: px(height),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        ..default()
    }
}

/// Where the scale is broken: the line stops, and two strokes say so.
fn gap(share: f32) -> impl Bundle {
    (
        at(share, 14., ZONE - 14.),
        Fill(Token::Panel),
        Pickable::IGNORE,
        children![icon(Icon::Break, ZONE - 14., Token::Line)],
    )
}

fn shape(share: f32, stands: Stands) -> impl Bundle {
    let (size, fill, edge, mark) = match stands {
        Stands::Right | Stands::RightYours => (MARK, Token::Right, Token::Panel, Some((Icon::Tick, Token::OnRight))),
        Stands::Wrong => (MARK, Token::Wrong, Token::Panel, Some((Icon::Miss, Token::OnWrong))),
        Stands::Near => (MARK, Token::Panel, Token::Text, Some((Icon::Half, Token::Text))),
        Stands::Other => (DOT, Token::Line, Token::Panel, None),
        Stands::End => (DOT, Token::Line, Token::Line, None),
    };
    let mut node = if stands == Stands::End { at(share, 4., DOT) } else { at(share, size, size) };
    node.border = UiRect::all(px(if stands == Stands::End { 0. } else { stroke::CONTROL }));
    node.border_radius = BorderRadius::MAX;
    (
        node,
        Fill(fill),
        Edge(edge),
        Pickable::IGNORE,
        Children::spawn(SpawnWith(move |parent: &mut RelatedSpawner<ChildOf>| {
            if let Some((kind, token)) = mark {
                parent.spawn(icon(kind, MARK * 0.55, token));
            }
        })),
    )
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PostUpdate, place_words.in_set(UiSystems::PostLayout));
}

/// Puts the words where they fit, and makes room for their rows.
fn place_words(
    mut lines: Query<(&Line, &ComputedNode, &Children, &mut Node)>,
    mut words: Query<(&Words, &ComputedNode, &mut Node, &mut Visibility), (Without<Line>, Without<Zone>)>,
    mut zones: Query<&mut Node, (With<Zone>, Without<Line>, Without<Words>)>,
    mut redraw: ResMut<Redraw>,
) {
    for (line, measured, children, mut node) in &mut lines {
        let scale = measured.inverse_scale_factor();
        let width = measured.size().x * scale;
        if width < 1. {
            continue;
        }
        let mut labels = vec![Label { middle: 0., width: 0., rank: Rank::Other }; line.labels.len()];
        let mut row_height: f32 = 0.;
        for child in children {
            if let Ok((index, measured, ..)) = words.get(*child)
                && let (Some(label), Some((at, rank))) = (labels.get_mut(index.0), line.labels.get(index.0))
            {
                let size = measured.size() * scale;
                *label = Label { middle: MARK / 2. + at * (width - MARK), width: size.x, rank: *rank };
                row_height = row_height.max(size.y);
            }
        }
        let placed = place(&labels, width);
        let rows = |sign: i8| placed.iter().flatten().map(|place| place.row * sign).max().unwrap_or(0).max(0);
        let above = f32::from(rows(-1)) * row_height + if rows(-1) > 0 { BESIDE } else { 0. };
        let below = f32::from(rows(1)) * row_height + if rows(1) > 0 { BESIDE } else { 0. };
        let mut changed = put(&mut node.height, above + ZONE + below);
        for child in children {
            if let Ok(mut zone) = zones.get_mut(*child) {
                changed |= put(&mut zone.top, above);
            }
            let Ok((index, _, mut node, mut visibility)) = words.get_mut(*child) else { continue };
            let Some(place) = placed.get(index.0).copied().flatten() else {
                changed |= visibility.set_if_neq(Visibility::Hidden);
                continue;
            };
            let top = if place.row > 0 {
                above + ZONE + BESIDE + f32::from(place.row - 1) * row_height
            } else {
                above - BESIDE - f32::from(-place.row) * row_height
            };
            if put(&mut node.left, place.left) | put(&mut node.top, top) {
                changed = true;
            } else if !changed {
                // Seen only where they belong.
                changed = visibility.set_if_neq(Visibility::Inherited) || changed;
            }
        }
        if changed {
            redraw.next_frame();
        }
    }
}

/// Sets a length in pixels if it differs visibly.
fn put(length: &mut Val, pixels: f32) -> bool {
    let same = matches!(*length, Val::Px(old) if (old - pixels).abs() < 0.5);
    if !same {
        *length = px(pixels);
    }
    !same
}
