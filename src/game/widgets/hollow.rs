//! Hollow seats on a ring: an outline in the seat's colour, for somebody who is not there.

use bevy::platform::collections::HashMap;
use bevy::prelude::*;
use bevy::ui::UiScale;

use super::icon::rasterise;
use super::paint::Draw;
use super::ring::{Ring, Wedge};

/// On a [`Ring`]: the seats of these numbers, counted from 0, are hollow; change it together with the ring.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hollow {
    /// The first one.
    pub from: usize,
    /// The first one that is not.
    pub to: usize,
}

/// The outline, in pixels of a window that is not enlarged.
const STROKE: f32 = 1.6;

/// Masks by seats, depth in thousandths, and how many pixels the ring is drawn with.
#[derive(Resource, Default)]
struct Outlines(HashMap<(usize, u32, u32), Handle<Image>>);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Outlines>().add_systems(PostUpdate, hollow.after(Draw::Lay).before(Draw::Paint));
}

fn hollow(
    rings: Query<(Entity, &Ring, &Hollow), Or<(Changed<Ring>, Changed<Hollow>)>>,
    children: Query<&Children>,
    mut seats: Query<&mut ImageNode>,
    scale: Res<UiScale>,
    mut outlines: ResMut<Outlines>,
    mut images: ResMut<Assets<Image>>,
) {
    for (entity, ring, hollow) in &rings {
        if hollow.from >= hollow.to {
            continue;
        }
        let (count, wedge) = (ring.seats.len(), Wedge::new(ring.seats.len(), ring.thick));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share, and some hundred pixels")]
        let key = (count, (ring.thick * 1000.) as u32, (ring.size * scale.0).ceil().clamp(16., 1536.) as u32);
        let image = outlines.0.entry(key).or_insert_with(|| images.add(outline(&wedge, key.2, ring.size))).clone();
        // The seats are the first pictures in a ring, in order.
        let parts = children.iter_descendants(entity).filter(|part| seats.contains(*part)).take(count);
        let hollow_ones: Vec<Entity> = parts.skip(hollow.from).take(hollow.to - hollow.from).collect();
        for seat in hollow_ones {
            if let Ok(mut mask) = seats.get_mut(seat) {
                mask.image = image.clone();
            }
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a few hundred pixels"
)]
fn outline(wedge: &Wedge, pixels: u32, size: f32) -> Image {
    let (half_width, near, far) = wedge.bounds();
    let width = (half_width * 2. * pixels as f32).ceil().max(2.) as u32;
    let height = ((far - near) * pixels as f32).ceil().max(2.) as u32;
    let stroke = STROKE / size;
    rasterise(width, height, |point| {
        let at = Vec2::new((point.x - 0.5) * 2. * half_width, far - point.y * (far - near));
        wedge.covers(at) && wedge.edge(at) < stroke
    })
}
