//! The ring of seats: the mark of the game, the timer, the score. One wedge is rasterised and turned to each place.

use accesskit::{Node as Access, Role};
use bevy::a11y::AccessibilityNode;
use bevy::picking::Pickable;
use bevy::platform::collections::HashMap;
use bevy::prelude::*;
use bevy::text::FontSize;
use bevy::ui::UiScale;
use std::f32::consts::{PI, TAU};

use super::icon::{mask, rasterise};
use super::paint::{Blend, Draw, Tint};
use super::text::{caption, number};
use crate::game::layout::TextScale;
use crate::game::motion::CountUp;
use crate::game::theme::{Token, Type};

/// A ring; change it and the seats follow.
#[derive(Component, Debug, Clone, PartialEq)]
pub struct Ring {
    /// A colour a seat, clockwise from the top; it decides the seat's depth, too.
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

/// On a ring: how many of its seats, from the first, show their colour; the one between fades. The others look empty.
#[derive(Component, Debug, Clone, Copy, PartialEq, Default)]
pub struct Level(pub f32);

#[derive(Component)]
struct Seats;

/// A number inside a ring: its size follows the ring's, so that it never touches the seats, whatever the text size.
#[derive(Component, Debug, Clone, Copy, PartialEq)]
pub struct InRing(
    /// The most that it may take of the ring's size.
    pub f32,
);

/// The number in a ring's middle: `in_ring("32", 0.26)`, bold and read out.
pub fn in_ring(content: impl Into<String>, share: f32) -> impl Bundle {
    (number(content), InRing(share))
}

/// Words beneath the number: as large as running text, as far as the ring has room for them.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
pub struct RingCaption;

/// The words beneath the number in a ring's middle: `ring_caption("seats at the table")`.
pub fn ring_caption(content: impl Into<String>) -> impl Bundle {
    (caption(content), RingCaption)
}

/// Masks by seats, reach and how many pixels the ring is drawn with.
#[derive(Resource, Default)]
struct Wedges(HashMap<(usize, u32, u32), Handle<Image>>);

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
    app.init_resource::<Wedges>().add_systems(PostUpdate, (sharpen, seat, level, size_words).chain().in_set(Draw::Lay));
}

/// On a larger screen the seats are cut anew, as sharp as it can show them.
fn sharpen(scale: Res<UiScale>, mut rings: Query<&mut Ring>) {
    if scale.is_changed() {
        for mut ring in &mut rings {
            ring.set_changed();
        }
    }
}

/// What stands in a ring keeps within the width between the seats.
#[expect(clippy::cast_precision_loss, reason = "a few characters")]
fn size_words(
    rings: Query<&Ring>,
    parents: Query<&ChildOf>,
    scale: Res<TextScale>,
    mut words: Query<
        (Entity, Option<&InRing>, &Text, Option<&CountUp>, &mut TextFont),
        Or<(With<InRing>, With<RingCaption>)>,
    >,
) {
    for (entity, share, text, counting, mut font) in &mut words {
        let Some(ring) = parents.iter_ancestors(entity).find_map(|parent| rings.get(parent).ok()) else { continue };
        let (wanted, of_its_size) = match share {
            Some(share) => (ring.size * share.0, 0.58),
            None => (Type::Body.pixels(false) * scale.0, 0.54),
        };
        let room = ring.size * (1. - 2. * ring.thick) * 0.84;
        // What counts up has its last size from the start.
        let long = counting.map_or_else(|| text.0.chars().count(), |count| count.end().chars().count());
        let widest = room / (of_its_size * long.max(1) as f32);
        let size = FontSize::Px(wanted.min(widest).floor());
        if font.font_size != size {
            font.font_size = size;
        }
    }
}

fn seat(
    mut rings: Query<(&Ring, &mut Node, &mut AccessibilityNode, &Children), Changed<Ring>>,
    holders: Query<Option<&Children>, With<Seats>>,
    mut seats: Query<(&mut Tint, &mut ImageNode, &mut Node), Without<Ring>>,
    scale: Res<UiScale>,
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
        let pixels = fine(ring.size * scale.0, count);
        let mut cut = |token: Token| {
            let wedge = Wedge::of(token, count, ring.thick);
            let image = wedges.0.entry((count, wedge.key(), pixels)).or_insert_with(|| images.add(wedge.image(pixels)));
            (image.clone(), wedge)
        };
        let Some((holder, old)) = children.iter().find_map(|child| holders.get(child).ok().map(|old| (child, old)))
        else {
            continue;
        };
        if let Some(old) = old
            && old.len() == count
        {
            for (index, (seat, token)) in old.iter().zip(&ring.seats).enumerate() {
                if let Ok((mut tint, mut mask, mut node)) = seats.get_mut(seat) {
                    tint.set_if_neq(Tint(*token));
                    let (image, wedge) = cut(*token);
                    if mask.image != image {
                        mask.image = image;
                        *node = wedge.node(angle(index, count));
                    }
                }
            }
            continue;
        }
        commands.entity(holder).despawn_children().with_children(|parent| {
            for (index, token) in ring.seats.iter().enumerate() {
                let (image, wedge) = cut(*token);
                parent.spawn(wedge.place(image, *token, angle(index, count)));
            }
        });
    }
}

/// How many pixels a ring is cut for: steps that are close enough to look sharp, few enough to keep. A ring of few seats has large
/// ones, whose long edges forgive more.
fn fine(drawn: f32, seats: usize) -> u32 {
    const STEPS: [u32; 9] = [96, 128, 192, 256, 384, 512, 768, 1024, 1536];
    let most = if seats < 12 { 512 } else { 1536 };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few thousand pixels")]
    let drawn = drawn.ceil() as u32;
    STEPS.into_iter().find(|step| *step >= drawn).unwrap_or(1536).min(most)
}

#[expect(clippy::cast_precision_loss, reason = "a few dozen seats")]
fn angle(index: usize, count: usize) -> f32 {
    TAU * (index as f32 + 0.5) / count as f32
}

#[expect(clippy::cast_precision_loss, reason = "a few dozen seats")]
fn level(
    rings: Query<(&Level, &Children), Or<(Changed<Level>, Changed<Ring>)>>,
    holders: Query<&Children, With<Seats>>,
    blends: Query<Option<&Blend>>,
    mut commands: Commands,
) {
    for (level, children) in &rings {
        for (index, seat) in children.iter().filter_map(|child| holders.get(child).ok()).flatten().enumerate() {
            let blend = Blend((level.0 - index as f32).clamp(0., 1.));
            if blends.get(*seat).is_ok_and(|old| old != Some(&blend)) {
                commands.entity(*seat).insert(blend);
            }
        }
    }
}

/// The shape of one seat, in shares of the ring's size, pointing up from the ring's centre.
pub(super) struct Wedge {
    half_angle: f32,
    outer: f32,
    inner: f32,
}

impl Wedge {
    #[expect(clippy::cast_precision_loss, reason = "a few dozen seats")]
    pub(super) fn new(count: usize, thick: f32) -> Self {
        let gap = if count > 1 { 0.3 } else { 0. };
        Self { half_angle: PI / count as f32 * (1. - gap), outer: 0.495, inner: 0.495 - thick.clamp(0.02, 0.45) }
    }

    /// The seat of a wrong answer is half as deep: it is told from a right one by its shape, too.
    fn of(token: Token, count: usize, thick: f32) -> Self {
        let whole = Self::new(count, thick);
        if token == Token::Wrong { Self { outer: f32::midpoint(whole.inner, whole.outer), ..whole } } else { whole }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "shares between 0 and 1")]
    fn key(&self) -> u32 {
        (self.outer * 1000.) as u32 * 1000 + (self.inner * 1000.) as u32
    }

    /// The box round the wedge: half its width, and its reach from the centre.
    pub(super) fn bounds(&self) -> (f32, f32, f32) {
        let half_width = if self.half_angle >= PI / 2. { self.outer } else { self.outer * self.half_angle.sin() };
        let near = self.inner * self.half_angle.cos();
        let near = if self.half_angle >= PI / 2. { -self.outer } else { near };
        (half_width + 0.004, near - 0.004, self.outer + 0.004)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a few thousand pixels"
    )]
    fn image(&self, pixels: u32) -> Image {
        let (half_width, near, far) = self.bounds();
        let scale = pixels as f32;
        let width = (half_width * 2. * scale).ceil().max(2.) as u32;
        let height = ((far - near) * scale).ceil().max(2.) as u32;
        rasterise(width, height, |point| {
            let x = (point.x - 0.5) * 2. * half_width;
            let y = far - point.y * (far - near);
            self.covers(Vec2::new(x, y))
        })
    }

    /// Whether a point, from the ring's centre, is in the seat.
    pub(super) fn covers(&self, at: Vec2) -> bool {
        let radius = at.length();
        radius < self.outer && radius > self.inner && at.x.atan2(at.y).abs() < self.half_angle
    }

    /// How far a point in the seat is from its edge.
    pub(super) fn edge(&self, at: Vec2) -> f32 {
        let radius = at.length();
        let side = (self.half_angle - at.x.atan2(at.y).abs()).min(PI / 2.).sin() * radius;
        side.min(self.outer - radius).min(radius - self.inner)
    }

    fn node(&self, angle: f32) -> Node {
        let (half_width, near, far) = self.bounds();
        let centre = f32::midpoint(near, far);
        let (x, y) = (0.5 + centre * angle.sin(), 0.5 - centre * angle.cos());
        Node {
            position_type: PositionType::Absolute,
            left: percent((x - half_width) * 100.),
            top: percent((y - (far - near) / 2.) * 100.),
            width: percent(half_width * 200.),
            height: percent((far - near) * 100.),
            ..default()
        }
    }

    fn place(&self, image: Handle<Image>, token: Token, angle: f32) -> impl Bundle {
        (self.node(angle), UiTransform::from_rotation(Rot2::radians(angle)), mask(image, token))
    }
}
