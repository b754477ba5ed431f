//! The ring that shows how much time is left: by its seats, by the seconds in its middle, and for the last five in words.

use std::time::{Duration, Instant};

use bevy::prelude::*;

use super::Building;
use crate::game::a11y::Announce;
use crate::game::layout::Form;
use crate::game::redraw::Redraw;
use crate::game::screens::parts::Spawner;
use crate::game::session::{CurrentView, MatchNow};
use crate::game::text;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{Ring, bold, hint, ring};
use crate::quiz::{Stage, Timer};

/// Of the ring and its words.
const SIZE: f32 = 120.;
const SIZE_NARROW: f32 = 76.;

#[derive(Component)]
struct TimerRing;
#[derive(Component)]
struct Seconds;
#[derive(Component)]
struct LastSeconds;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, tick.after(Building));
}

/// The ring; the next frame sets it to the right time and size.
pub fn build(parent: &mut Spawner, timer: Timer) {
    parent
        .spawn(Node {
            flex_direction: FlexDirection::Column,
            align_items: AlignItems::Center,
            flex_shrink: 0.,
            ..default()
        })
        .with_children(|column| {
            column.spawn((
                TimerRing,
                ring(
                    Ring::timer(timer.left_ms, timer.limit_ms, SIZE),
                    children![(bold(seconds(timer.left_ms).to_string(), Type::Verdict, Token::Text), Seconds)],
                ),
            ));
            column.spawn((hint(""), LastSeconds));
        });
}

fn seconds(left_ms: u64) -> u64 {
    left_ms.div_ceil(1000)
}

fn tick(
    view: Res<CurrentView>,
    now: Res<MatchNow>,
    form: Res<Form>,
    mut rings: Query<&mut Ring, With<TimerRing>>,
    mut texts: ParamSet<(Query<&mut Text, With<Seconds>>, Query<&mut Text, With<LastSeconds>>)>,
    mut announce: MessageWriter<Announce>,
    mut redraw: ResMut<Redraw>,
) {
    let Some(view) = view.get().filter(|view| view.stage == Stage::Asking) else { return };
    let Some(Timer { limit_ms, ends: Some(ends), .. }) = view.timer else { return };
    let left = ends.saturating_sub(now.0.0);
    for mut ring in &mut rings {
        let size = if form.is_narrow() { SIZE_NARROW } else { SIZE };
        let mut fresh = Ring::timer(left, limit_ms, size);
        fresh.name = text::seconds_left(seconds(left));
        ring.set_if_neq(fresh);
    }
    for mut shown in &mut texts.p0() {
        shown.set_if_neq(Text(seconds(left).to_string()));
    }
    for mut shown in &mut texts.p1() {
        let words = if seconds(left) <= 5 { text::seconds_left(seconds(left)) } else { String::new() };
        if shown.0 != words {
            if seconds(left) == 5 {
                announce.write(Announce(words.clone()));
            }
            shown.0 = words;
        }
    }
    // The next second, or the next seat, whichever comes first.
    let seat = (limit_ms / 32).max(100);
    let wait = (left % 1000).min(left % seat).max(20);
    redraw.wake_at(Instant::now() + Duration::from_millis(wait));
}
