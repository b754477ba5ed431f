//! Colours by token: whatever carries one of these is painted, and repainted when the theme changes.

use bevy::prelude::*;
use bevy::ui::{BackgroundGradient, Gradient, RadialGradient, RadialGradientShape, UiPosition, UiSystems};

use crate::game::theme::{Theme, Token};

/// The background.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
#[require(BackgroundColor)]
pub struct Fill(pub Token);

/// The border (its thickness is the node's).
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
#[require(BorderColor)]
pub struct Edge(pub Token);

/// The text.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ink(pub Token);

/// A white mask: icons, seats.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tint(pub Token);

/// The soft light behind a screen.
#[derive(Component, Debug, Clone, Copy)]
pub struct Backdrop;

pub(super) fn plugin(app: &mut App) {
    app.configure_sets(PostUpdate, (Draw::Settle, Draw::Dress, Draw::Lay, Draw::Paint, UiSystems::Prepare).chain())
        .add_systems(PostUpdate, (fill, edge, ink, tint, backdrop).in_set(Draw::Paint));
}

/// From a widget's state to what is laid out, in one frame: a frame that comes later may never come.
#[derive(SystemSet, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Draw {
    /// Values become parts: which pill is chosen, what a label says.
    Settle,
    /// States choose tokens.
    Dress,
    /// Parts that a state needs are added: dashes, seats.
    Lay,
    /// Tokens become colours.
    Paint,
}

fn fill(theme: Res<Theme>, mut query: Query<(Ref<Fill>, &mut BackgroundColor)>) {
    for (paint, mut color) in &mut query {
        if paint.is_changed() || theme.is_changed() {
            color.0 = theme.color(paint.0);
        }
    }
}

fn edge(theme: Res<Theme>, mut query: Query<(Ref<Edge>, &mut BorderColor)>) {
    for (paint, mut color) in &mut query {
        if paint.is_changed() || theme.is_changed() {
            *color = BorderColor::all(theme.color(paint.0));
        }
    }
}

fn ink(theme: Res<Theme>, mut query: Query<(Ref<Ink>, &mut TextColor)>) {
    for (paint, mut color) in &mut query {
        if paint.is_changed() || theme.is_changed() {
            color.0 = theme.color(paint.0);
        }
    }
}

fn tint(theme: Res<Theme>, mut query: Query<(Ref<Tint>, &mut ImageNode)>) {
    for (paint, mut image) in &mut query {
        if paint.is_changed() || theme.is_changed() {
            image.color = theme.color(paint.0);
        }
    }
}

fn backdrop(theme: Res<Theme>, query: Query<(Entity, Ref<Backdrop>)>, mut commands: Commands) {
    for (entity, mark) in &query {
        if mark.is_added() || theme.is_changed() {
            let (light, dark) = (theme.color(Token::Glow), theme.color(Token::Ink));
            commands.entity(entity).insert((
                BackgroundColor(dark),
                BackgroundGradient(vec![Gradient::Radial(RadialGradient::new(
                    UiPosition::CENTER.at(Val::Percent(22.), Val::Percent(-20.)),
                    RadialGradientShape::FarthestCorner,
                    vec![ColorStop::auto(light), ColorStop::auto(dark)],
                ))]),
            ));
        }
    }
}
