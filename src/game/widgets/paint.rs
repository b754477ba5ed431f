//! Colours by token: whatever carries one of these is painted, and repainted when the theme changes.

use bevy::prelude::*;
use bevy::ui::{BackgroundGradient, Gradient, RadialGradient, RadialGradientShape, UiPosition, UiSystems};

use crate::game::motion::Moving;
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

/// How far a tint has come from an empty seat's colour: 0 to 1.
#[derive(Component, Debug, Clone, Copy, PartialEq)]
pub(super) struct Blend(pub f32);

/// How much is seen of a node and of all within it: 1 is all. The engine fades nodes one by one; this fades them together.
/// It goes by itself once all is seen and nothing moves.
#[derive(Component, Debug, Clone, Copy, PartialEq)]
pub struct Opacity {
    /// From 0 to 1.
    pub share: f32,
    /// Whether it counts alone, whatever those above it say.
    pub alone: bool,
}

impl Default for Opacity {
    fn default() -> Self {
        Self { share: 1., alone: false }
    }
}

/// The soft light behind a screen.
#[derive(Component, Debug, Clone, Copy)]
pub struct Backdrop;

pub(super) fn plugin(app: &mut App) {
    app.configure_sets(PostUpdate, (Draw::Settle, Draw::Dress, Draw::Lay, Draw::Paint, UiSystems::Prepare).chain())
        .add_systems(PostUpdate, ((fill, edge, ink, tint, backdrop), veil).chain().in_set(Draw::Paint));
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

fn tint(theme: Res<Theme>, mut query: Query<(Ref<Tint>, Option<Ref<Blend>>, &mut ImageNode)>) {
    for (paint, blend, mut image) in &mut query {
        if paint.is_changed() || theme.is_changed() || blend.as_ref().is_some_and(Ref::is_changed) {
            image.color = tinted(*theme, paint.0, blend.as_deref());
        }
    }
}

fn tinted(theme: Theme, token: Token, blend: Option<&Blend>) -> Color {
    let full = theme.color(token);
    blend.map_or(full, |blend| theme.color(Token::Seat).mix(&full, blend.0.clamp(0., 1.)))
}

/// Whatever is painted.
type Painted = (
    Option<(&'static Fill, &'static mut BackgroundColor)>,
    Option<(&'static Edge, &'static mut BorderColor)>,
    Option<(&'static Ink, &'static mut TextColor)>,
    Option<(&'static Tint, Option<&'static Blend>, &'static mut ImageNode)>,
    Option<&'static mut Outline>,
    Option<&'static Opacity>,
    Option<&'static Children>,
);

/// Paints again what is not wholly seen, from the tokens: nothing adds up from frame to frame.
fn veil(
    theme: Res<Theme>,
    veiled: Query<(Entity, Ref<Opacity>, Has<Moving>)>,
    parents: Query<&ChildOf>,
    mut painted: Query<Painted>,
    mut commands: Commands,
) {
    for (entity, opacity, moving) in &veiled {
        if opacity.share >= 1. && !moving {
            commands.entity(entity).remove::<Opacity>();
        }
        let repaints = |opacity: &Ref<Opacity>| opacity.share < 1. || opacity.is_changed();
        // What stands in something that is painted again is painted with it.
        let within = || {
            parents
                .iter_ancestors(entity)
                .any(|parent| veiled.get(parent).is_ok_and(|(_, opacity, _)| repaints(&opacity)))
        };
        if !repaints(&opacity) || within() {
            continue;
        }
        let mut rest = vec![(entity, 1.)];
        while let Some((part, above)) = rest.pop() {
            let Ok((fill, edge, ink, tint, outline, own, children)) = painted.get_mut(part) else { continue };
            let seen = own.map_or(above, |own| if own.alone { own.share } else { above * own.share });
            let faded = |color: Color| color.with_alpha(color.alpha() * seen);
            if let Some((token, mut color)) = fill {
                color.0 = faded(theme.color(token.0));
            }
            if let Some((token, mut color)) = edge {
                *color = BorderColor::all(faded(theme.color(token.0)));
            }
            if let Some((token, mut color)) = ink {
                color.0 = faded(theme.color(token.0));
            }
            if let Some((token, blend, mut image)) = tint {
                // The engine makes a node for assistive technology of every image that changes, hidden or not.
                image.bypass_change_detection().color = faded(tinted(*theme, token.0, blend));
            }
            if let Some(mut outline) = outline {
                // The focus has set it anew in this frame.
                outline.color = faded(outline.color);
            }
            rest.extend(children.into_iter().flatten().map(|child| (*child, seen)));
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
