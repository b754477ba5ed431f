//! A ring that fills seat by seat, each with its sound.

use bevy::prelude::*;

use super::{GoingOn, Pace, Run};
use crate::game::redraw::Redraw;
use crate::game::sound::Effect;
use crate::game::theme::time;
use crate::game::widgets::{Level, Ring};

/// On a ring: it starts empty and fills. Where nothing may move, it is full at once.
#[derive(Component, Debug, Clone, Copy)]
#[require(Level)]
pub struct FillUp {
    run: Run,
    /// The seat that last made a sound, and when.
    heard: (f32, f32),
}

impl FillUp {
    /// For a ring of this many seats.
    #[must_use]
    pub fn new(seats: usize) -> Self {
        let run = Run::new(time::IN.as_secs_f32(), Self::seconds(seats));
        Self { run, heard: (0., f32::NEG_INFINITY) }
    }

    /// How long so many seats take.
    #[must_use]
    pub fn seconds(seats: usize) -> f32 {
        let seats = u8::try_from(seats).map_or(f32::INFINITY, f32::from);
        (seats * time::SEAT.as_secs_f32()).min(time::FILL.as_secs_f32())
    }

    pub(super) fn hurry(&mut self) {
        self.run.hurry();
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PostUpdate, fill.in_set(GoingOn));
}

#[expect(clippy::cast_precision_loss, reason = "a few dozen seats")]
fn fill(
    pace: Pace,
    mut rings: Query<(Entity, &Ring, &mut FillUp, &mut Level)>,
    mut effects: MessageWriter<Effect>,
    mut redraw: ResMut<Redraw>,
    mut commands: Commands,
) {
    for (entity, ring, mut filling, mut level) in &mut rings {
        filling.run.go_on(&pace);
        let seats = ring.seats.len() as f32;
        if filling.run.done() {
            level.set_if_neq(Level(seats));
            effects.write(Effect::Finished);
            commands.entity(entity).remove::<FillUp>();
            continue;
        }
        let filled = seats * filling.run.share();
        level.set_if_neq(Level(filled));
        let age = filling.run.age.unwrap_or_default();
        let (seat, heard) = filling.heard;
        // A large ring fills faster than its seats can be told apart by ear.
        if filled.floor() > seat && age - heard >= time::SEAT.as_secs_f32() {
            filling.heard = (filled.floor(), age);
            effects.write(Effect::Seat);
        }
        redraw.next_frame();
    }
}
