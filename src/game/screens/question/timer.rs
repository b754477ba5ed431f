//! The ring that shows how much time is left: by its seats, by the seconds in its middle, and for the last five in words.

use std::time::{Duration, Instant};

use bevy::prelude::*;

use super::Building;
use crate::game::a11y::{Announce, Interrupt};
use crate::game::layout::{Adapt, Form};
use crate::game::redraw::Redraw;
use crate::game::screens::parts::Spawner;
use crate::game::session::{CurrentView, MatchNow};
use crate::game::sound::Effect;
use crate::game::text;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{Ring, centred, in_ring, ring};
use crate::quiz::{Stage, Timer};

/// Of the ring and its words.
const SIZE: f32 = 128.;
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
                    children![(in_ring(seconds(timer.left_ms).to_string(), 0.36), Seconds)],
                ),
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

fn tick(
    view: Res<CurrentView>,
    now: Res<MatchNow>,
    form: Res<Form>,
    mut rings: Query<&mut Ring, With<TimerRing>>,
    mut texts: ParamSet<(Query<&mut Text, With<Seconds>>, Query<&mut Text, With<LastSeconds>>)>,
    mut warned: Local<(u32, Option<Warning>)>,
    mut announce: MessageWriter<Announce>,
    mut interrupt: MessageWriter<Interrupt>,
    mut effects: MessageWriter<Effect>,
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
            shown.0 = words;
        }
    }
    let question = view.shown.progress.question;
    if warned.0 != question {
        *warned = (question, None);
    }
    let due = Warning::due(left, limit_ms);
    if due > warned.1 {
        warned.1 = due;
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
    // The next second, or the next seat, whichever comes first.
    let seat = (limit_ms / 32).max(100);
    let wait = (left % 1000).min(left % seat).max(20);
    redraw.wake_at(Instant::now() + Duration::from_millis(wait));
}
