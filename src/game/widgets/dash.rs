//! A dashed border: the engine has none, so strips are tiled with a short mask, and an arc stands in each corner.

use bevy::asset::uuid_handle;
use bevy::picking::Pickable;
use bevy::prelude::*;
use bevy::ui::widget::NodeImageMode;
use bevy::ui::{ComputedNode, UiSystems};
use std::f32::consts::FRAC_PI_2;
use tracing::error;

use super::icon::{rasterise, unspoken};
use super::paint::{Draw, Tint};
use crate::game::theme::{Token, radius};

/// A dashed border in this colour. For what is disabled, and what was not right.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dashed(pub Token);

/// A part of the border: a side, or a corner.
#[derive(Component)]
struct Part;

/// A side, whose dashes must come out even.
#[derive(Component)]
struct Side {
    across: bool,
}

const ACROSS: Handle<Image> = uuid_handle!("5d5a5f1b-3b5e-4f2b-9a39-0c1f7b0b9b01");
const DOWN: Handle<Image> = uuid_handle!("5d5a5f1b-3b5e-4f2b-9a39-0c1f7b0b9b02");
const CORNERS: [Handle<Image>; 4] = [
    uuid_handle!("5d5a5f1b-3b5e-4f2b-9a39-0c1f7b0b9b03"),
    uuid_handle!("5d5a5f1b-3b5e-4f2b-9a39-0c1f7b0b9b04"),
    uuid_handle!("5d5a5f1b-3b5e-4f2b-9a39-0c1f7b0b9b05"),
    uuid_handle!("5d5a5f1b-3b5e-4f2b-9a39-0c1f7b0b9b06"),
];
/// A dash and its gap, in pixels of the mask; on the screen it is a quarter of that.
const PERIOD: u32 = 48;
const PERIOD_SHOWN: f32 = 12.;
const THICK: f32 = 3.;
/// Which part of a period is dash.
const DASH: std::ops::Range<f32> = 0.17..0.83;
/// The corners of all controls are about as round.
const CORNER: f32 = radius::CONTROL + 2.;

pub(super) fn plugin(app: &mut App) {
    let mut images = app.world_mut().resource_mut::<Assets<Image>>();
    let sides = [(ACROSS, PERIOD, 1), (DOWN, 1, PERIOD)].map(|(handle, width, height)| {
        let mask = rasterise(width, height, |point| DASH.contains(&if width > height { point.x } else { point.y }));
        (handle, mask)
    });
    let corners = CORNERS.into_iter().enumerate().map(|(corner, handle)| {
        // Seen from the middle of its circle: two dashes on a quarter.
        let mask = rasterise(48, 48, |point| {
            let from = match corner {
                0 => Vec2::ONE - point,
                1 => Vec2::new(point.x, 1. - point.y),
                2 => point,
                _ => Vec2::new(1. - point.x, point.y),
            };
            let (far, turn) = (from.length(), from.y.atan2(from.x) / FRAC_PI_2);
            far < 0.99 && far > 1. - THICK / CORNER && DASH.contains(&(turn * 2.).fract())
        });
        (handle, mask)
    });
    for (handle, mask) in sides.into_iter().chain(corners) {
        if let Err(error) = images.insert(handle.id(), mask) {
            error!("A border was not taken up: {error}");
        }
    }
    app.add_systems(PostUpdate, lay.in_set(Draw::Lay))
        .add_systems(PostUpdate, even.in_set(UiSystems::PostLayout))
        .add_observer(clear);
}

fn lay(
    dashed: Query<(Entity, &Dashed, &Node, Option<&Children>), Changed<Dashed>>,
    mut parts: Query<&mut Tint, With<Part>>,
    mut commands: Commands,
) {
    for (entity, dash, node, children) in &dashed {
        let mut found = false;
        for child in children.into_iter().flatten() {
            if let Ok(mut tint) = parts.get_mut(*child) {
                found = true;
                tint.set_if_neq(Tint(dash.0));
            }
        }
        if !found {
            // Over the border, whose inside is where the parts are laid out.
            let border = if let Val::Px(border) = node.border.left { border } else { 0. };
            commands.entity(entity).with_children(|parent| {
                for at in 0..4 {
                    parent.spawn(side(at, dash.0, border));
                    parent.spawn(corner(at, dash.0, border));
                }
            });
        }
    }
}

fn part(token: Token, image: ImageNode, node: Node) -> impl Bundle {
    (Part, Node { position_type: PositionType::Absolute, ..node }, image, Tint(token), unspoken(), Pickable::IGNORE)
}

fn side(at: usize, token: Token, border: f32) -> impl Bundle {
    let (edge, inset) = (px(-border), px(CORNER - border));
    let across = at < 2;
    let mut node = Node::default();
    if across {
        (node.left, node.right, node.height) = (inset, inset, px(THICK));
    } else {
        (node.top, node.bottom, node.width) = (inset, inset, px(THICK));
    }
    match at {
        0 => node.top = edge,
        1 => node.bottom = edge,
        2 => node.left = edge,
        _ => node.right = edge,
    }
    let image = ImageNode {
        image: if across { ACROSS } else { DOWN },
        image_mode: NodeImageMode::Tiled { tile_x: across, tile_y: !across, stretch_value: 0.25 },
        ..default()
    };
    (Side { across }, part(token, image, node))
}

fn corner(at: usize, token: Token, border: f32) -> impl Bundle {
    let edge = px(-border);
    let mut node = Node { width: px(CORNER), height: px(CORNER), ..default() };
    if at == 0 || at == 3 {
        node.left = edge;
    } else {
        node.right = edge;
    }
    if at < 2 {
        node.top = edge;
    } else {
        node.bottom = edge;
    }
    part(token, ImageNode::new(CORNERS[at].clone()), node)
}

/// As many whole dashes as come nearest.
#[expect(clippy::cast_precision_loss, reason = "a few dozen pixels")]
fn even(mut sides: Query<(&Side, &ComputedNode, &mut ImageNode), Changed<ComputedNode>>) {
    for (side, node, mut image) in &mut sides {
        let long = if side.across { node.size().x } else { node.size().y };
        let dashes = (long * node.inverse_scale_factor() / PERIOD_SHOWN).round().max(1.);
        let stretch_value = (long / dashes / PERIOD as f32).max(0.01);
        image.image_mode = NodeImageMode::Tiled { tile_x: side.across, tile_y: !side.across, stretch_value };
    }
}

fn clear(
    removed: On<Remove, Dashed>,
    children: Query<&Children>,
    parts: Query<(), With<Part>>,
    mut commands: Commands,
) {
    for child in children.get(removed.entity).into_iter().flatten() {
        if parts.contains(*child) {
            commands.entity(*child).try_despawn();
        }
    }
}
