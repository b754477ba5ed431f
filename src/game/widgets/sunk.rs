//! What is pressed lies deeper: a shade falls on its upper edge.

use bevy::prelude::*;
use bevy::ui::{BackgroundGradient, Gradient, LinearGradient};

use super::paint::Draw;
use crate::game::theme::{Theme, Token};

/// Pressed in.
#[derive(Component, Debug, Clone, Copy, Default)]
pub(super) struct Sunk;

/// How far the shade reaches, in pixels.
const DEPTH: f32 = 12.;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PostUpdate, shade.in_set(Draw::Paint)).add_observer(lift);
}

fn shade(theme: Res<Theme>, sunk: Query<Entity, Added<Sunk>>, mut commands: Commands) {
    for entity in &sunk {
        let dark = theme.color(Token::Shade);
        commands.entity(entity).insert(BackgroundGradient(vec![Gradient::Linear(LinearGradient::new(
            LinearGradient::TO_BOTTOM,
            vec![ColorStop::new(dark, px(0)), ColorStop::new(dark.with_alpha(0.), px(DEPTH))],
        ))]));
    }
}

fn lift(lifted: On<Remove, Sunk>, mut commands: Commands) {
    commands.entity(lifted.entity).try_remove::<BackgroundGradient>();
}
