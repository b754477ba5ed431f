//! Shapes and marks, drawn by ourselves: the font has no ▲ ◆ ✓ ✕, and each must look the same everywhere.
//!
//! White masks, made once at start and tinted where they stand.

use std::f32::consts::{FRAC_PI_2, PI};
use std::sync::LazyLock;

use accesskit::{Node as Access, Role};
use bevy::a11y::AccessibilityNode;
use bevy::asset::{RenderAssetUsages, uuid::Uuid};
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};
use tracing::error;

use super::paint::Tint;
use crate::game::theme::Token;

/// A shape or a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Icon {
    /// The first option's shape.
    Triangle,
    /// The second's.
    Diamond,
    /// The third's.
    Circle,
    /// The fourth's.
    Square,
    /// The fifth's.
    Star,
    /// The sixth's.
    Hourglass,
    /// The seventh team's.
    Cross,
    /// The eighth team's.
    Heart,
    /// Right; ticked; selected.
    Tick,
    /// Not right.
    Miss,
    /// Upwards.
    Up,
    /// Downwards.
    Down,
    /// Less.
    Minus,
    /// More.
    Plus,
    /// Delete the last character.
    Back,
    /// Half right.
    Half,
    /// A scale that is broken here.
    Break,
}

impl Icon {
    /// Every icon.
    pub const ALL: [Self; 17] = [
        Self::Triangle,
        Self::Diamond,
        Self::Circle,
        Self::Square,
        Self::Star,
        Self::Hourglass,
        Self::Cross,
        Self::Heart,
        Self::Tick,
        Self::Miss,
        Self::Up,
        Self::Down,
        Self::Minus,
        Self::Plus,
        Self::Back,
        Self::Half,
        Self::Break,
    ];

    /// The shape of one of the eight slots.
    #[must_use]
    pub const fn slot(slot: usize) -> Self {
        Self::ALL[slot % crate::game::theme::SLOTS]
    }

    /// Its mask.
    #[must_use]
    pub fn image(self) -> Handle<Image> {
        Handle::from(Uuid::from_u128(0x7b1d_5a0e_9c2f_4e1a_8d3b_0000_0000_0000 + self as u128))
    }

    /// Whether the point (0 to 1 each way, y downwards) is inside.
    fn covers(self, point: Vec2) -> bool {
        let from_centre = point - Vec2::splat(0.5);
        match self {
            Self::Triangle => inside(&[(0.5, 0.07), (0.96, 0.9), (0.04, 0.9)], point),
            Self::Diamond => from_centre.x.abs() + from_centre.y.abs() < 0.48,
            Self::Circle => from_centre.length() < 0.45,
            Self::Square => rounded(from_centre, Vec2::splat(0.4), 0.07),
            Self::Star => inside(&star(), point),
            Self::Hourglass => inside(&HOURGLASS, point),
            Self::Cross => {
                rounded(from_centre, Vec2::new(0.46, 0.16), 0.04) || rounded(from_centre, Vec2::new(0.16, 0.46), 0.04)
            }
            Self::Heart => heart(point),
            Self::Tick => stroke(&[(0.16, 0.54), (0.4, 0.78), (0.84, 0.24)], point, 0.085),
            Self::Miss => {
                stroke(&[(0.2, 0.2), (0.8, 0.8)], point, 0.085) || stroke(&[(0.8, 0.2), (0.2, 0.8)], point, 0.085)
            }
            Self::Up => inside(&[(0.5, 0.18), (0.9, 0.8), (0.1, 0.8)], point),
            Self::Down => inside(&[(0.5, 0.82), (0.9, 0.2), (0.1, 0.2)], point),
            Self::Minus => rounded(from_centre, Vec2::new(0.38, 0.075), 0.04),
            Self::Plus => {
                rounded(from_centre, Vec2::new(0.38, 0.075), 0.04) || rounded(from_centre, Vec2::new(0.075, 0.38), 0.04)
            }
            Self::Back => {
                inside(&[(0.02, 0.5), (0.32, 0.18), (0.98, 0.18), (0.98, 0.82), (0.32, 0.82)], point)
                    && !stroke(&[(0.48, 0.36), (0.76, 0.64)], point, 0.05)
                    && !stroke(&[(0.76, 0.36), (0.48, 0.64)], point, 0.05)
            }
            Self::Half => {
                let distance = from_centre.length();
                distance < 0.46 && (distance > 0.36 || from_centre.x < 0.)
            }
            Self::Break => {
                stroke(&[(0.22, 0.92), (0.48, 0.08)], point, 0.06) || stroke(&[(0.52, 0.92), (0.78, 0.08)], point, 0.06)
            }
        }
    }
}

/// An icon: `icon(Icon::Tick, 24., Token::Right)`. Assistive technology skips it: say it in words as well.
#[must_use]
pub fn icon(kind: Icon, size: f32, token: Token) -> impl Bundle {
    (Node { width: px(size), height: px(size), flex_shrink: 0., ..default() }, mask(kind.image(), token))
}

/// A tinted mask without a size.
pub(super) fn mask(image: Handle<Image>, token: Token) -> impl Bundle {
    (ImageNode::new(image), Tint(token), unspoken(), Pickable::IGNORE)
}

/// The engine makes every image a node in the accessibility tree; decoration is hidden there.
pub fn unspoken() -> AccessibilityNode {
    let mut node = Access::new(Role::Image);
    node.set_hidden();
    AccessibilityNode(node)
}

/// Drawn at up to this size in the pixels of a large screen; smaller ones take a smaller level.
const SIDE: u32 = 128;

/// Made once a process: tests start many apps.
static MASKS: LazyLock<Vec<Image>> = LazyLock::new(|| {
    Icon::ALL.iter().map(|icon| with_levels(rasterise(SIDE, SIDE, |point| icon.covers(point)))).collect()
});

pub(super) fn plugin(app: &mut App) {
    let mut images = app.world_mut().resource_mut::<Assets<Image>>();
    for (icon, mask) in Icon::ALL.iter().zip(MASKS.iter()) {
        if let Err(error) = images.insert(icon.image().id(), mask.clone()) {
            error!("An icon was not taken up: {error}");
        }
    }
}

/// A white mask with 16 samples a pixel, at the edges.
pub(super) fn rasterise(width: u32, height: u32, covers: impl Fn(Vec2) -> bool) -> Image {
    const SAMPLES: u32 = 4;
    let size = UVec2::new(width, height).as_vec2();
    let at = |x: u32, y: u32, offset: Vec2| covers((UVec2::new(x, y).as_vec2() + offset) / size);
    let mut data = Vec::with_capacity((width * height * 4) as usize);
    for y in 0..height {
        for x in 0..width {
            let first = at(x, y, Vec2::ZERO);
            let even = [Vec2::X, Vec2::Y, Vec2::ONE, Vec2::splat(0.5)].iter().all(|offset| at(x, y, *offset) == first);
            let hits = match (even, first) {
                (true, true) => 16,
                (true, false) => 0,
                _ => (0..SAMPLES * SAMPLES)
                    .filter(|sample| {
                        let offset = UVec2::new(sample % SAMPLES, sample / SAMPLES).as_vec2() + 0.5;
                        at(x, y, offset / Vec2::splat(4.))
                    })
                    .count(),
            };
            let alpha = u8::try_from(hits * 255 / 16).unwrap_or(u8::MAX);
            data.extend_from_slice(&[255, 255, 255, alpha]);
        }
    }
    Image::new(
        Extent3d { width, height, depth_or_array_layers: 1 },
        TextureDimension::D2,
        data,
        TextureFormat::Rgba8UnormSrgb,
        RenderAssetUsages::default(),
    )
}

/// The same with smaller levels, each half as large: drawn small, a mask stays smooth. Its sides must be powers of two.
fn with_levels(mut image: Image) -> Image {
    let Some(data) = image.data.as_mut() else { return image };
    let (mut side, mut level) = (SIDE as usize, 0..data.len());
    let mut levels = 1;
    while side > 4 {
        let half = side / 2;
        let start = data.len();
        for y in 0..half {
            for x in 0..half {
                let alpha = |x: usize, y: usize| u32::from(data[level.start + (y * side + x) * 4 + 3]);
                let sum = alpha(2 * x, 2 * y)
                    + alpha(2 * x + 1, 2 * y)
                    + alpha(2 * x, 2 * y + 1)
                    + alpha(2 * x + 1, 2 * y + 1);
                let mean = u8::try_from(sum.div_ceil(4)).unwrap_or(u8::MAX);
                data.extend_from_slice(&[255, 255, 255, mean]);
            }
        }
        (side, level, levels) = (half, start..data.len(), levels + 1);
    }
    image.texture_descriptor.mip_level_count = levels;
    image
}

fn inside(polygon: &[(f32, f32)], point: Vec2) -> bool {
    let mut odd = false;
    let mut previous = polygon.len() - 1;
    for (index, &(x, y)) in polygon.iter().enumerate() {
        let (px, py) = polygon[previous];
        if (y > point.y) != (py > point.y) && point.x < (px - x) * (point.y - y) / (py - y) + x {
            odd = !odd;
        }
        previous = index;
    }
    odd
}

fn rounded(from_centre: Vec2, half: Vec2, radius: f32) -> bool {
    let beyond = (from_centre.abs() - half + radius).max(Vec2::ZERO);
    beyond.length() <= radius
}

fn stroke(line: &[(f32, f32)], point: Vec2, half: f32) -> bool {
    line.windows(2).any(|pair| {
        let (from, to) = (Vec2::from(pair[0]), Vec2::from(pair[1]));
        let along = ((point - from).dot(to - from) / (to - from).length_squared()).clamp(0., 1.);
        (from + (to - from) * along - point).length() < half
    })
}

const HOURGLASS: [(f32, f32); 6] = [(0.08, 0.06), (0.92, 0.06), (0.6, 0.5), (0.92, 0.94), (0.08, 0.94), (0.4, 0.5)];

#[expect(clippy::cast_precision_loss, reason = "ten corners")]
fn star() -> [(f32, f32); 10] {
    std::array::from_fn(|corner| {
        let radius = if corner % 2 == 0 { 0.5 } else { 0.22 };
        let angle = PI * corner as f32 / 5. - FRAC_PI_2;
        (0.5 + radius * angle.cos(), 0.53 + radius * angle.sin())
    })
}

fn heart(point: Vec2) -> bool {
    let left = (point - Vec2::new(0.28, 0.33)).length() < 0.24;
    let right = (point - Vec2::new(0.72, 0.33)).length() < 0.24;
    left || right || inside(&[(0.06, 0.42), (0.28, 0.3), (0.5, 0.3), (0.72, 0.3), (0.94, 0.42), (0.5, 0.94)], point)
}
