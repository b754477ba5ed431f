//! What sounds whatever the screen: a press, an answer taken, time running out, a new loudness.

use std::time::{Duration, Instant};

use bevy::prelude::*;
use bevy::ui_widgets::Activate;

use super::Effect;
use crate::game::preferences::Preferences;
use crate::game::redraw::Redraw;
use crate::game::screens::question::send::Give;
use crate::game::session::{CurrentView, MatchNow};
use crate::quiz::{Stage, Timer, View};

pub(super) fn plugin(app: &mut App) {
    app.add_observer(press).add_observer(taken).add_systems(Update, (sample, knock));
}

/// Mouse, touch, keys, pad and assistive technology all end in one `Activate`; a control that is disabled sends none.
fn press(_: On<Activate>, mut effects: MessageWriter<Effect>) {
    effects.write(Effect::Press);
}

/// Not every answer is a press on a control: Enter in a text field is one too.
fn taken(_: On<Give>, mut effects: MessageWriter<Effect>) {
    effects.write(Effect::Press);
}

/// A new loudness is heard at once. What was loaded at the start is not new.
fn sample(preferences: Res<Preferences>, mut last: Local<Option<u8>>, mut effects: MessageWriter<Effect>) {
    if last.replace(preferences.volume).is_some_and(|last| last != preferences.volume) {
        effects.write(Effect::Right);
    }
}

/// Time warnings, in milliseconds before the end.
fn marks(limit_ms: u64) -> impl Iterator<Item = u64> {
    let half = limit_ms / 2;
    let fixed = [10_000, 5000].into_iter().filter(move |mark| *mark < limit_ms && *mark != half);
    std::iter::once(half).chain(fixed)
}

/// The question on screen, and how many of its warnings have passed.
#[derive(Default)]
struct Passed {
    question: Option<u32>,
    marks: usize,
}

/// Two knocks at each warning. A question that comes up with little time left, after a restart, does not catch up on them.
fn knock(
    view: Res<CurrentView>,
    now: Res<MatchNow>,
    mut passed: Local<Passed>,
    mut effects: MessageWriter<Effect>,
    mut redraw: ResMut<Redraw>,
) {
    let Some((limit_ms, ends)) = view.get().and_then(running) else { return };
    let left = ends.saturating_sub(now.0.0);
    let marks_passed = marks(limit_ms).filter(|mark| left <= *mark).count();
    let question = view.question();
    if passed.question == question && marks_passed > passed.marks && left > 0 {
        effects.write(Effect::Time);
    }
    *passed = Passed { question, marks: marks_passed };
    if let Some(next) = marks(limit_ms).filter(|mark| left > *mark).map(|mark| left - mark).min() {
        redraw.wake_at(Instant::now() + Duration::from_millis(next));
    }
}

/// The limit and the end of a clock that runs.
fn running(view: &View) -> Option<(u64, u64)> {
    match view.timer {
        Some(Timer { limit_ms, ends: Some(ends), .. }) if view.stage == Stage::Asking => Some((limit_ms, ends)),
        _ => None,
    }
}
