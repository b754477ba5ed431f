//! The ring of seats: the mark of the game, the timer, the score. One wedge is rasterised and turned to each place.

use accesskit::{Node as Access, Role};
use bevy::a11y::AccessibilityNode;
use bevy::picking::Pickable;
use bevy::platform::collections::HashMap;
use bevy::prelude::*;
use std::f32::consts::{PI, TAU};

use super::icon::{mask, rasterise};
use super::paint::{Draw, Tint};
use crate::game::theme::Token;

/// A ring; change it and the seats follow.
#[derive(Component, Debug, Clone, PartialEq)]
pub struct Ring {
    /// A colour a seat, clockwise from the top.
    pub seats: Vec<Token>,
    /// The width and height, in pixels.
    pub size: f32,
    /// The seats' depth, as a share of the size.
    pub thick: f32,
    /// What assistive technology says; empty for decoration.
    pub name: String,
}

impl Ring {
    /// A ring of which `filled` of `seats` are gold.
    #[must_use]
    pub fn filled(seats: usize, filled: usize, size: f32) -> Self {
        Self {
            seats: (0..seats).map(|seat| if seat < filled { Token::Gold } else { Token::Seat }).collect(),
            size,
            thick: 0.1,
            name: String::new(),
        }
    }

    /// A timer: seats drain as time runs, and thicken in the last ten seconds. `left` and `limit` in milliseconds.
    #[must_use]
    pub fn timer(left: u64, limit: u64, size: f32) -> Self {
        const SEATS: u64 = 32;
        let full = if limit == 0 { 0 } else { (left.min(limit) * SEATS).div_ceil(limit) };
        let mut ring = Self::filled(32, usize::try_from(full).unwrap_or(0), size);
        ring.thick = if left <= 10_000 { 0.15 } else { 0.1 };
        ring
    }
}

#[derive(Component)]
struct Seats;

#[derive(Resource, Default)]
struct Wedges(HashMap<(usize, u32), Handle<Image>>);

/// `(ring(Ring::filled(32, 12, 480.), children![(bold("32", Type::Display, Token::Text)), …]))`: the children stand in its middle.
pub fn ring(ring: Ring, middle: impl Bundle) -> impl Bundle {
    let size = px(ring.size);
    (
        ring,
        Node {
            width: size,
            height: size,
            flex_shrink: 0.,
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            ..default()
        },
        AccessibilityNode(Access::new(Role::GenericContainer)),
        children![
            (
                Seats,
                Node {
                    position_type: PositionType::Absolute,
                    left: px(0),
                    top: px(0),
                    width: percent(100),
                    height: percent(100),
                    ..default()
                },
                Pickable::IGNORE
            ),
            (
                Node {
                    flex_direction: FlexDirection::Column,
                    align_items: AlignItems::Center,
                    row_gap: px(4),
                    ..default()
                },
                Pickable::IGNORE,
                middle
            ),
        ],
    )
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Wedges>().add_systems(PostUpdate, seat.in_set(Draw::Lay));
}

#[expect(clippy::cast_precision_loss, reason = "a few dozen seats")]
fn seat(
    mut rings: Query<(&Ring, &mut Node, &mut AccessibilityNode, &Children), Changed<Ring>>,
    holders: Query<Option<&Children>, With<Seats>>,
    mut seats: Query<(&mut Tint, &mut ImageNode), Without<Ring>>,
    mut wedges: ResMut<Wedges>,
    mut images: ResMut<Assets<Image>>,
    mut commands: Commands,
) {
    for (ring, mut node, mut access, children) in &mut rings {
        if node.width != px(ring.size) {
            (node.width, node.height) = (px(ring.size), px(ring.size));
        }
        if ring.name.is_empty() {
            access.set_role(Role::GenericContainer);
        } else {
            access.set_role(Role::Meter);
            access.set_label(ring.name.as_str());
        }
        let count = ring.seats.len();
        if count == 0 {
            continue;
        }
        let wedge = Wedge::new(count, ring.thick);
        let image = wedges.0.entry((count, wedge.key())).or_insert_with(|| images.add(wedge.image())).clone();
        let Some((holder, old)) = children.iter().find_map(|child| holders.get(child).ok().map(|old| (child, old)))
        else {
            continue;
        };
        if let Some(old) = old
            && old.len() == count
        {
            for (seat, token) in old.iter().zip(&ring.seats) {
                if let Ok((mut tint, mut mask)) = seats.get_mut(seat) {
                    tint.set_if_neq(Tint(*token));
                    if mask.image != image {
                        mask.image = image.clone();
                    }
                }
            }
            continue;
        }
        commands.entity(holder).despawn_children().with_children(|parent| {
            for (index, token) in ring.seats.iter().enumerate() {
                let angle = TAU * (index as f32 + 0.5) / count as f32;
                parent.spawn(wedge.place(image.clone(), *token, angle));
            }
        });
    }
}

/// The shape of one seat, in shares of the ring's size, pointing up from the ring's centre.
struct Wedge {
    half_angle: f32,
    outer: f32,
    inner: f32,
}

impl Wedge {
    #[expect(clippy::cast_precision_loss, reason = "a few dozen seats")]
    fn new(count: usize, thick: f32) -> Self {
        let gap = if count > 1 { 0.3 } else { 0. };
        Self { half_angle: PI / count as f32 * (1. - gap), outer: 0.495, inner: 0.495 - thick.clamp(0.02, 0.45) }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share between 0 and 1")]
    fn key(&self) -> u32 {
        (self.inner * 1000.) as u32
    }

    /// The box round the wedge: half its width, and its reach from the centre.
    fn bounds(&self) -> (f32, f32, f32) {
        let half_width = if self.half_angle >= PI / 2. { self.outer } else { self.outer * self.half_angle.sin() };
        let near = self.inner * self.half_angle.cos();
        let near = if self.half_angle >= PI / 2. { -self.outer } else { near };
        (half_width + 0.004, near - 0.004, self.outer + 0.004)
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few dozen pixels")]
    fn image(&self) -> Image {
        let (half_width, near, far) = self.bounds();
        let scale = 480.;
        let width = (half_width * 2. * scale).ceil().max(2.) as u32;
        let height = ((far - near) * scale).ceil().max(2.) as u32;
        rasterise(width, height, |point| {
            let x = (point.x - 0.5) * 2. * half_width;
            let y = far - point.y * (far - near);
            let radius = x.hypot(y);
            radius < self.outer && radius > self.inner && x.atan2(y).abs() < self.half_angle
        })
    }

    fn place(&self, image: Handle<Image>, token: Token, angle: f32) -> impl Bundle {
        let (half_width, near, far) = self.bounds();
        let centre = f32::midpoint(near, far);
        let (x, y) = (0.5 + centre * angle.sin(), 0.5 - centre * angle.cos());
        (
            Node {
                position_type: PositionType::Absolute,
                left: percent((x - half_width) * 100.),
                top: percent((y - (far - near) / 2.) * 100.),
                width: percent(half_width * 200.),
                height: percent((far - near) * 100.),
                ..default()
            },
            UiTransform::from_rotation(Rot2::radians(angle)),
            mask(image, token),
        )
    }
}
