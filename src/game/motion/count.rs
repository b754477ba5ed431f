//! Numbers that count up to where they stand.

use bevy::prelude::*;

use super::{GoingOn, Pace, Run};
use crate::game::redraw::Redraw;
use crate::game::theme::time;

/// On a text that shows a number: it counts up from another one. Assistive technology hears the end from the start.
#[derive(Component, Debug, Clone, Copy)]
pub struct CountUp {
    from: u32,
    to: u32,
    /// What is counted; no part of it is shown on the way.
    whole: u32,
    words: fn(u32) -> String,
    run: Run,
}

impl CountUp {
    /// From `from` to `to`, written by `words`, in whole ones.
    #[must_use]
    pub const fn new(from: u32, to: u32, words: fn(u32) -> String) -> Self {
        Self { from, to, whole: 1, words, run: Run::new(time::MOVE.as_secs_f32(), time::COUNT.as_secs_f32()) }
    }

    /// For thousandths: counts by the thousand, and ends where it ends.
    #[must_use]
    pub const fn by(mut self, whole: u32) -> Self {
        self.whole = whole;
        self
    }

    /// Within this many seconds.
    #[must_use]
    pub const fn within(mut self, seconds: f32) -> Self {
        self.run.time = seconds;
        self
    }

    pub(super) fn hurry(&mut self) {
        self.run.hurry();
    }

    pub(super) fn finish(&mut self) {
        self.run.finish();
    }

    /// The words at the end.
    #[must_use]
    pub fn end(&self) -> String {
        (self.words)(self.to)
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two u32")]
    fn now(&self) -> u32 {
        let share = self.run.share();
        if share >= 1. {
            return self.to;
        }
        let at = f64::from(self.from) + (f64::from(self.to) - f64::from(self.from)) * f64::from(share);
        at as u32 / self.whole * self.whole
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PostUpdate, count.in_set(GoingOn));
}

fn count(
    pace: Pace,
    mut counting: Query<(Entity, &mut CountUp, &mut Text)>,
    mut redraw: ResMut<Redraw>,
    mut commands: Commands,
) {
    for (entity, mut count, mut text) in &mut counting {
        count.run.go_on(&pace);
        text.set_if_neq(Text((count.words)(count.now())));
        if count.run.done() {
            commands.entity(entity).remove::<CountUp>();
        } else {
            redraw.next_frame();
        }
    }
}
