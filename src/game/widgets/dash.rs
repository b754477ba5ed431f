//! A dashed border: the engine has none, so four strips are tiled with a short mask.

use bevy::asset::uuid_handle;
use bevy::picking::Pickable;
use bevy::prelude::*;
use bevy::ui::widget::NodeImageMode;

use super::icon::{rasterise, unspoken};
use super::paint::{Draw, Tint};
use crate::game::theme::{Token, radius};

/// A dashed border in this colour. For what is disabled, and what was not right.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dashed(pub Token);

#[derive(Component)]
struct Strip;

const ACROSS: Handle<Image> = uuid_handle!("5d5a5f1b-3b5e-4f2b-9a39-0c1f7b0b9b01");
const DOWN: Handle<Image> = uuid_handle!("5d5a5f1b-3b5e-4f2b-9a39-0c1f7b0b9b02");
const PERIOD: u32 = 12;
const THICK: f32 = 3.;

pub(super) fn plugin(app: &mut App) {
    let mut images = app.world_mut().resource_mut::<Assets<Image>>();
    for (handle, width, height) in [(ACROSS, PERIOD, 1), (DOWN, 1, PERIOD)] {
        let image = rasterise(width, height, |point| {
            let along = if width > height { point.x } else { point.y };
            (0.17..0.83).contains(&along)
        });
        if let Err(error) = images.insert(handle.id(), image) {
            error!("A border was not taken up: {error}");
        }
    }
    app.add_systems(PostUpdate, lay.in_set(Draw::Lay)).add_observer(clear);
}

fn lay(
    dashed: Query<(Entity, &Dashed, Option<&Children>), Changed<Dashed>>,
    mut strips: Query<&mut Tint, With<Strip>>,
    mut commands: Commands,
) {
    for (entity, dash, children) in &dashed {
        let mut found = false;
        for child in children.into_iter().flatten() {
            if let Ok(mut tint) = strips.get_mut(*child) {
                found = true;
                tint.set_if_neq(Tint(dash.0));
            }
        }
        if !found {
            commands.entity(entity).with_children(|parent| {
                for side in 0..4 {
                    parent.spawn(strip(side, dash.0));
                }
            });
        }
    }
}

fn strip(side: u8, token: Token) -> impl Bundle {
    let inset = px(radius::CONTROL * 0.6);
    let mut node = Node { position_type: PositionType::Absolute, ..default() };
    let across = side < 2;
    if across {
        (node.left, node.right, node.height) = (inset, inset, px(THICK));
    } else {
        (node.top, node.bottom, node.width) = (inset, inset, px(THICK));
    }
    let edge = px(-2);
    match side {
        0 => node.top = edge,
        1 => node.bottom = edge,
        2 => node.left = edge,
        _ => node.right = edge,
    }
    (
        Strip,
        node,
        ImageNode {
            image: if across { ACROSS } else { DOWN },
            image_mode: NodeImageMode::Tiled { tile_x: true, tile_y: true, stretch_value: 1. },
            ..default()
        },
        Tint(token),
        unspoken(),
        Pickable::IGNORE,
    )
}

fn clear(
    removed: On<Remove, Dashed>,
    children: Query<&Children>,
    strips: Query<(), With<Strip>>,
    mut commands: Commands,
) {
    for child in children.get(removed.entity).into_iter().flatten() {
        if strips.contains(*child) {
            commands.entity(*child).try_despawn();
        }
    }
}
