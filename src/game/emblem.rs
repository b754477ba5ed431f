//! The mark of the game, the ring of seats, as the icon of the program and its window: drawn here, at any size.
//!
//! `assets/icons` holds what systems want as files; a test draws them anew and compares.

use std::f32::consts::TAU;
use std::fmt::Write as _;

use bevy::ecs::system::NonSendMarker;
use bevy::prelude::*;
use bevy::window::PrimaryWindow;
use bevy::winit::WINIT_WINDOWS;
#[cfg(not(target_family = "wasm"))]
use tracing::warn;
use winit::window::Icon;

const GROUND: [u8; 3] = [0x12, 0x1c, 0x33];
const GOLD: [u8; 3] = [0xff, 0xc1, 0x49];
const SKY: [u8; 3] = [0x5e, 0xd0, 0xff];
const SEAT: [u8; 3] = [0x4a, 0x66, 0xa8];

/// Half the side of the ground and the radius of its corners, in shares of the side.
const GROUND_SHAPE: (f32, f32) = (0.5, 0.22);
/// The ring's outer and inner radius.
const RING: (f32, f32) = (0.42, 0.235);
/// What of a seat's share of the ring is gap.
const GAP: f32 = 0.24;

/// The seats of an icon of this size: fewer where they would run together.
fn seats(size: u32) -> u16 {
    if size < 32 { 8 } else { 12 }
}

fn colour(seat: u16, seats: u16) -> [u8; 3] {
    if seat + 1 == seats {
        SKY
    } else if seat * 12 < seats * 7 {
        GOLD
    } else {
        SEAT
    }
}

/// The icon as pixels: red, green, blue and alpha, row after row from the top.
#[must_use]
pub fn rgba(size: u32) -> Vec<u8> {
    // Each pixel is looked at in this many places each way.
    const FINE: u16 = 6;
    let mut pixels = Vec::new();
    #[expect(clippy::cast_precision_loss, reason = "an icon's size")]
    let width = size as f32;
    for y in 0..size {
        for x in 0..size {
            let (mut sum, mut covered) = ([0_u32; 3], 0_u32);
            for place in 0..FINE * FINE {
                let fine = |cell: u32, part: u16| {
                    #[expect(clippy::cast_precision_loss, reason = "an icon's size")]
                    let cell = cell as f32;
                    (cell + (f32::from(part) + 0.5) / f32::from(FINE)) / width - 0.5
                };
                if let Some(colour) = at(fine(x, place % FINE), fine(y, place / FINE), seats(size)) {
                    covered += 1;
                    for (sum, part) in sum.iter_mut().zip(colour) {
                        *sum += u32::from(part);
                    }
                }
            }
            let byte = |value: u32| u8::try_from(value).unwrap_or(u8::MAX);
            let all = u32::from(FINE * FINE);
            pixels.extend(sum.map(|sum| byte((sum + covered / 2) / covered.max(1))));
            pixels.push(byte((covered * 255 + all / 2) / all));
        }
    }
    pixels
}

/// The colour at a place, in shares of the side from the middle; `None` outside the ground.
fn at(x: f32, y: f32, seats: u16) -> Option<[u8; 3]> {
    let (half, corner) = GROUND_SHAPE;
    let (dx, dy) = ((x.abs() - half + corner).max(0.), (y.abs() - half + corner).max(0.));
    if dx * dx + dy * dy > corner * corner {
        return None;
    }
    let radius = (x * x + y * y).sqrt();
    if radius < RING.1 || radius > RING.0 {
        return Some(GROUND);
    }
    // Clockwise from the top, in seats.
    let turn = x.atan2(-y) / TAU;
    let place = (if turn < 0. { turn + 1. } else { turn }) * f32::from(seats);
    if (place.fract() - 0.5).abs() > 0.5 - GAP / 2. {
        return Some(GROUND);
    }
    let seat = (0..seats).rev().find(|seat| f32::from(*seat) <= place).unwrap_or(0);
    Some(colour(seat, seats))
}

/// The icon as lines and arcs.
#[must_use]
pub fn svg() -> String {
    const SIDE: f32 = 256.;
    let seats = seats(512);
    let hex = |[red, green, blue]: [u8; 3]| format!("#{red:02x}{green:02x}{blue:02x}");
    let point = |radius: f32, turn: f32| {
        let angle = turn * TAU;
        format!("{:.2} {:.2}", SIDE * (0.5 + radius * angle.sin()), SIDE * (0.5 - radius * angle.cos()))
    };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {SIDE} {SIDE}\">\n<rect width=\"{SIDE}\" height=\"{SIDE}\" \
         rx=\"{:.2}\" fill=\"{}\"/>\n",
        GROUND_SHAPE.1 * SIDE,
        hex(GROUND)
    );
    for seat in 0..seats {
        let from = (f32::from(seat) + GAP / 2.) / f32::from(seats);
        let to = (f32::from(seat) + 1. - GAP / 2.) / f32::from(seats);
        // Writing to a text cannot fail.
        let _ = writeln!(
            svg,
            "<path fill=\"{}\" d=\"M{} A{outer:.2} {outer:.2} 0 0 1 {} L{} A{inner:.2} {inner:.2} 0 0 0 {} Z\"/>",
            hex(colour(seat, seats)),
            point(RING.0, from),
            point(RING.0, to),
            point(RING.1, to),
            point(RING.1, from),
            outer = RING.0 * SIDE,
            inner = RING.1 * SIDE,
        );
    }
    svg.push_str("</svg>\n");
    svg
}

/// For the app with a window. (Wayland and macOS take the icon from the installed files instead.)
pub(super) fn window_plugin(app: &mut App) {
    app.add_systems(PreUpdate, dress);
}

/// The window exists some frames after the start.
fn dress(window: Query<Entity, With<PrimaryWindow>>, mut done: Local<bool>, _main_thread: NonSendMarker) {
    const SIZE: u32 = 64;
    if *done {
        return;
    }
    WINIT_WINDOWS.with_borrow(|windows| {
        if let Some(window) = window.single().ok().and_then(|entity| windows.get_window(entity)) {
            *done = true;
            match Icon::from_rgba(rgba(SIZE), SIZE, SIZE) {
                Ok(icon) => window.set_window_icon(Some(icon)),
                Err(error) => warn!("The window has no icon: {error}"),
            }
        }
    });
}
