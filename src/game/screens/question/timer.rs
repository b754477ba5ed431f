//! The ring that shows how much time is left: by its seats, by the seconds in its middle, and for the last five in words.

use std::time::Duration;

use bevy::prelude::*;
use web_time::Instant;

use super::Building;
use crate::game::a11y::{Announce, Interrupt};
use crate::game::layout::{Adapt, Form};
use crate::game::motion::Pace;
use crate::game::redraw::Redraw;
use crate::game::screens::parts::Spawner;
use crate::game::session::{CurrentView, MatchNow};
use crate::game::sound::Effect;
use crate::game::text;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{Level, Ring, centred, in_ring, ring};
use crate::quiz::{Stage, Timer};

/// Of the ring and its words.
const SIZE: f32 = 128.;
const SIZE_NARROW: f32 = 76.;
/// In the ring.
const SEATS: u64 = 32;
/// How much the seats thicken in one step, at ten seconds.
const THICKER: f32 = 0.01;
/// The alarm may ring a little early: then the next one is meant.
const TOO_SOON: u64 = 10;

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
            let face = Ring::timer(timer.left_ms, timer.limit_ms, SIZE);
            column.spawn((
                TimerRing,
                level(timer.left_ms, timer.limit_ms, &face),
                ring(face, children![(in_ring(seconds(timer.left_ms).to_string(), 0.36), Seconds)]),
            ));
            column.spawn((
                centred("", Type::Small, false, Token::Soft),
                LastSeconds,
                Node::default(),
                Adapt(|node, form| {
                    // Beneath the ring, in the gap: words that come move nothing.
                    if form.is_narrow() {
                        node.position_type = PositionType::Relative;
                        (node.left, node.right, node.top) = (Val::Auto, Val::Auto, Val::Auto);
                    } else {
                        node.position_type = PositionType::Absolute;
                        (node.left, node.right, node.top) = (px(-16), px(-16), percent(100));
                    }
                }),
            ));
        });
}

/// What is said of the time, in the order in which it is said. Each once a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Warning {
    Half,
    Ten,
    Five,
}

impl Warning {
    /// The latest that is due. Half of a short time is no news beside the ten seconds.
    fn due(left: u64, limit: u64) -> Option<Self> {
        match left {
            1..=5_000 => Some(Self::Five),
            5_001..=10_000 => Some(Self::Ten),
            10_001.. if left * 2 <= limit => Some(Self::Half),
            _ => None,
        }
    }
}

fn seconds(left_ms: u64) -> u64 {
    left_ms.div_ceil(1000)
}

/// The seats that are left, the last of them in part.
#[expect(clippy::cast_precision_loss, reason = "milliseconds of a few minutes")]
fn level(left_ms: u64, limit_ms: u64, ring: &Ring) -> Level {
    let share = if limit_ms == 0 { 0. } else { left_ms.min(limit_ms) as f32 / limit_ms as f32 };
    Level(share * ring.seats.len() as f32)
}

/// How often the ring is drawn: often enough for a seat to fade smoothly, and never more than ten times a second. A part of a second,
/// so that each second is drawn when it is due.
fn step(limit_ms: u64, still: bool) -> u64 {
    const PARTS_OF_A_SEAT: u64 = 8;
    match limit_ms / SEATS / PARTS_OF_A_SEAT {
        _ if still => 1000,
        500.. => 500,
        200.. => 200,
        _ => 100,
    }
}

fn tick(
    view: Res<CurrentView>,
    now: Res<MatchNow>,
    form: Res<Form>,
    pace: Pace,
    mut rings: Query<(&mut Ring, &mut Level), With<TimerRing>>,
    mut texts: ParamSet<(Query<&mut Text, With<Seconds>>, Query<&mut Text, With<LastSeconds>>)>,
    mut warned: Local<(u32, Option<u32>, Option<Warning>)>,
    mut announce: MessageWriter<Announce>,
    mut interrupt: MessageWriter<Interrupt>,
    mut effects: MessageWriter<Effect>,
    mut redraw: ResMut<Redraw>,
) {
    let Some(view) = view.get().filter(|view| view.stage == Stage::Asking) else {
        // Another match begins with a question of the same number.
        *warned = (0, None, None);
        return;
    };
    let Some(Timer { limit_ms, ends: Some(ends), .. }) = view.timer else { return };
    let left = ends.saturating_sub(now.0.0);
    let shown = if pace.still() { seconds(left) * 1000 } else { left };
    for (mut ring, mut drained) in &mut rings {
        let size = if form.is_narrow() { SIZE_NARROW } else { SIZE };
        let mut fresh = Ring::timer(shown, limit_ms, size);
        fresh.name = text::seconds_left(seconds(left));
        if !pace.still() {
            fresh.thick = fresh.thick.min(ring.thick + THICKER);
        }
        ring.set_if_neq(fresh);
        drained.set_if_neq(level(shown, limit_ms, &ring));
    }
    for mut shown in &mut texts.p0() {
        shown.set_if_neq(Text(seconds(left).to_string()));
    }
    for mut shown in &mut texts.p1() {
        let words = if seconds(left) <= 5 { text::seconds_left(seconds(left)) } else { String::new() };
        if shown.0 != words {
            shown.0 = words;
        }
    }
    // Whoever holds the buzz has a clock of their own.
    let whose = (view.shown.progress.question, view.shown.buzz.as_ref().and_then(|buzz| buzz.holder));
    if (warned.0, warned.1) != whose {
        *warned = (whose.0, whose.1, None);
    }
    let due = Warning::due(left, limit_ms);
    if due > warned.2 {
        warned.2 = due;
        effects.write(Effect::Time);
        let words = text::seconds_left(seconds(left));
        match due {
            Some(Warning::Half) => {
                announce.write(Announce(text::half_left(seconds(left))));
            }
            Some(Warning::Ten | Warning::Five) => {
                interrupt.write(Interrupt(words));
            }
            None => {}
        }
    }
    let step = step(limit_ms, pace.still());
    let wait = (left % step) + if left % step < TOO_SOON { step } else { 0 };
    redraw.wake_at(Instant::now() + Duration::from_millis(wait));
}
