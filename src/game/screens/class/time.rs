//! The bar that runs out under the open question, with the seconds beside it.

use std::time::Duration;

use accesskit::{Node as Access, Role};
use bevy::a11y::AccessibilityNode;
use bevy::prelude::*;
use web_time::Instant;

use super::Building;
use crate::game::a11y::Interrupt;
use crate::game::class::CurrentClass;
use crate::game::motion::Pace;
use crate::game::redraw::Redraw;
use crate::game::screens::Screen;
use crate::game::screens::parts::Spawner;
use crate::game::session::Clock;
use crate::game::sound::Effect;
use crate::game::text;
use crate::game::theme::{Token, Type, space};
use crate::game::widgets::{Bar, bar, bold};
use crate::quiz::Stage;

/// Between two drawings of the bar.
const STEP: u64 = 200;
/// The alarm may ring a little early: then the next step is meant.
const TOO_SOON: u64 = 10;

#[derive(Component)]
struct TimeBar;
#[derive(Component)]
struct Seconds;

/// Words that something else says already to those who hear it.
#[derive(Component)]
pub struct Mute;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(mute).add_systems(Update, tick.after(Building).run_if(in_state(Screen::Class)));
}

fn mute(added: On<Add, Mute>, mut commands: Commands) {
    let mut silent = Access::new(Role::GenericContainer);
    silent.set_hidden();
    commands.entity(added.entity).insert(AccessibilityNode(silent));
}

/// The bar; the next frame sets it.
pub fn build(root: &mut Spawner) {
    root.spawn(Node { flex_shrink: 0., align_items: AlignItems::Center, column_gap: px(space::GAP), ..default() })
        .with_children(|line| {
            line.spawn((TimeBar, bar(text::class::TIME_LEFT, Bar { share: 1., token: Token::Gold })));
            line.spawn((bold("", Type::Label, Token::Text), Seconds, Node { flex_shrink: 0., ..default() }));
        });
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds of a few minutes")]
fn tick(
    (current, clock): (Res<CurrentClass>, Res<Clock>),
    pace: Pace,
    mut bars: Query<&mut Bar, With<TimeBar>>,
    mut words: Query<&mut Text, With<Seconds>>,
    mut warned: Local<(u32, u8)>,
    mut interrupt: MessageWriter<Interrupt>,
    mut effects: MessageWriter<Effect>,
    mut redraw: ResMut<Redraw>,
) {
    let scene = current.get().filter(|scene| {
        let view = scene.view();
        view.stage == Stage::Asking && view.paused.is_none() && !view.shown.held
    });
    let Some((left, limit)) = scene.and_then(|scene| scene.left_ms(clock.now())) else {
        *warned = (0, 0);
        return;
    };
    let question = scene.map_or(0, |scene| scene.view().shown.progress.question);
    let seconds = left.div_ceil(1000);
    let shown = if pace.still() { seconds * 1000 } else { left };
    let share = if limit == 0 { 0. } else { shown.min(limit) as f32 / limit as f32 };
    for mut bar in &mut bars {
        bar.set_if_neq(Bar { share, token: Token::Gold });
    }
    for mut text_shown in &mut words {
        text_shown.set_if_neq(Text(text::seconds_left(seconds)));
    }
    if warned.0 != question {
        *warned = (question, 0);
    }
    let due = match left {
        1..=5_000 => 2,
        5_001..=10_000 => 1,
        _ => 0,
    };
    if due > warned.1 {
        warned.1 = due;
        effects.write(Effect::Time);
        interrupt.write(Interrupt(text::seconds_left(seconds)));
    }
    if left > 0 {
        let step = if pace.still() { 1000 } else { STEP };
        let wait = (left % step) + if left % step < TOO_SOON { step } else { 0 };
        redraw.wake_at(Instant::now() + Duration::from_millis(wait));
    }
}
