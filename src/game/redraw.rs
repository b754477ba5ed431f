//! When a frame is drawn: on input, on request, and otherwise not.
//!
//! The engine's reactive mode sleeps until an event. What wakes nothing by itself must ask here:
//!
//! - the first frames, since pipelines compile in the background and the window is black until they are ready: the renderer wakes the loop;
//! - a pending state change ([`watch_state`]), an action of assistive technology, a scroll that was corrected: [`Redraw::next_frame`];
//! - something that moves: [`Redraw::keep_drawing_for`]; a countdown: [`Redraw::wake_at`];
//! - other threads (the journal's writer, later the network): [`Waker`].
//!
//! Gamepads and assistive technology wake nothing by themselves either: threads watch them ([`super::lookout`]). Where there are none, the
//! window looks for itself: every 16 ms with a pad connected, every second to notice one, every 100 ms for assistive technology. There is no
//! endless wait. A held pad gives no sign: whoever repeats it asks for frames.

use std::sync::Arc;
use std::time::Duration;

use bevy::a11y::AccessibilityRequested;
use bevy::input::gamepad::Gamepad;
use bevy::prelude::*;
use bevy::render::render_resource::PipelineCache;
use bevy::render::{Render, RenderApp, RenderSystems};
use bevy::window::RequestRedraw;
use bevy::winit::{EventLoopProxy, EventLoopProxyWrapper, UpdateMode, WinitSettings, WinitUserEvent};
use tracing::error;
use web_time::Instant;

use super::lookout::{self, Watched};
use crate::platform::Alarm;

/// With a pad connected that nobody watches.
const PAD: Duration = Duration::from_millis(16);
/// While assistive technology is attached that nobody watches.
const ASSIST: Duration = Duration::from_millis(100);
/// To notice one of the two.
const NOTICE: Duration = Duration::from_secs(1);
/// The same while another window is in use.
const AWAY: Duration = Duration::from_secs(5);
/// When both are watched: nothing is waited for, but a mistake of ours shall not freeze the window.
const IDLE: Duration = Duration::from_mins(1);
/// Drawn in any case at start: windows come up in several steps.
const FIRST_FRAMES: u32 = 8;

/// Asks for frames.
#[derive(Resource, Debug, Default)]
pub struct Redraw {
    next: bool,
    until: Option<Instant>,
    alarm: Option<Instant>,
}

impl Redraw {
    /// One more frame after this one.
    pub fn next_frame(&mut self) {
        self.next = true;
    }

    /// Frame after frame for this long: an animation.
    pub fn keep_drawing_for(&mut self, time: Duration) {
        let until = Instant::now() + time;
        self.until = Some(self.until.map_or(until, |old| old.max(until)));
    }

    /// A frame at this instant, whatever happens until then: a countdown's next tick. The earliest of several counts;
    /// ask again after it.
    pub fn wake_at(&mut self, instant: Instant) {
        self.alarm = Some(self.alarm.map_or(instant, |old| old.min(instant)));
    }
}

/// Wakes the window from any thread: `waker.wake()` draws a frame soon. In a headless app it does nothing.
#[derive(Resource, Clone, Default)]
pub struct Waker(Option<Arc<EventLoopProxy<WinitUserEvent>>>);

impl Waker {
    /// Draws a frame soon.
    pub fn wake(&self) {
        if let Some(proxy) = &self.0 {
            // Fails only when the window has closed: then nobody needs to wake.
            let _ = proxy.send_event(WinitUserEvent::WakeUp);
        }
    }
}

/// Rings at a set instant. (The engine's own wait cannot be changed without drawing.)
#[derive(Resource)]
struct Bell(Alarm);

/// Where the engine is asked for a frame, in `Last`: whoever calls [`Redraw::next_frame`] in `Last` runs before it.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct Asking;

/// For every app: what asks for frames.
pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Redraw>()
        .init_resource::<Waker>()
        .add_message::<RequestRedraw>()
        .add_systems(Last, ask.in_set(Asking));
}

/// For the app with a window: what answers.
pub(super) fn window_plugin(app: &mut App) {
    app.add_plugins((pace_plugin, lookout::window_plugin))
        .add_systems(Last, set_alarm.after(ask).run_if(resource_exists::<Bell>));
    if let Some(proxy) = app.world().get_resource::<EventLoopProxyWrapper>() {
        let waker = Waker(Some(Arc::new((**proxy).clone())));
        let bell = waker.clone();
        match Alarm::new(move || bell.wake()) {
            Ok(alarm) => {
                app.insert_resource(Bell(alarm));
            }
            Err(error) => error!("No alarm for the countdown: {error}"),
        }
        app.insert_resource(waker.clone());
        if let Some(render) = app.get_sub_app_mut(RenderApp) {
            render.insert_resource(waker).add_systems(Render, until_drawn.after(RenderSystems::Render));
        }
    }
}

/// How long the window waits at most: for a pad, for assistive technology, for neither. A plugin of its own, for tests without a window.
pub fn pace_plugin(app: &mut App) {
    app.init_resource::<Watched>()
        .insert_resource(WinitSettings {
            focused_mode: UpdateMode::reactive_low_power(NOTICE),
            unfocused_mode: UpdateMode::reactive_low_power(AWAY),
        })
        .add_systems(Last, set_pace);
}

/// A frame after any frame that leaves a change of this state pending.
pub fn watch_state<S: States + bevy::state::state::FreelyMutableState>(app: &mut App) {
    app.add_systems(
        Last,
        (|next: Res<NextState<S>>, mut redraw: ResMut<Redraw>| {
            if !matches!(*next, NextState::Unchanged) {
                redraw.next_frame();
            }
        })
        .before(Asking),
    );
}

fn ask(mut redraw: ResMut<Redraw>, mut frames: Local<u32>, mut requests: MessageWriter<RequestRedraw>) {
    *frames = frames.saturating_add(1);
    let moving = redraw.until.is_some_and(|until| until > Instant::now());
    if !moving && redraw.until.is_some() {
        redraw.until = None;
        // The last step of what moved.
        redraw.next = true;
    }
    if redraw.next || moving || *frames <= FIRST_FRAMES {
        redraw.next = false;
        requests.write(RequestRedraw);
    }
}

fn set_alarm(mut redraw: ResMut<Redraw>, bell: Res<Bell>) {
    if let Some(at) = redraw.alarm.take() {
        bell.0.set(at);
    }
}

fn set_pace(
    pads: Query<(), With<Gamepad>>,
    assist: Res<AccessibilityRequested>,
    watched: Res<Watched>,
    mut settings: ResMut<WinitSettings>,
) {
    let (wait, away) = if !watched.pads && !pads.is_empty() {
        (PAD, PAD)
    } else if !watched.assist && assist.get() {
        (ASSIST, ASSIST)
    } else if watched.pads && watched.assist {
        (IDLE, IDLE)
    } else {
        (NOTICE, AWAY)
    };
    let focused = UpdateMode::reactive_low_power(wait);
    let away = UpdateMode::reactive_low_power(away);
    // Written only when different: every change of pace costs a frame.
    if settings.focused_mode != focused || settings.unfocused_mode != away {
        settings.focused_mode = focused;
        settings.unfocused_mode = away;
    }
}

/// After so many frames in which none of the pipelines that are waited for was compiled, nothing more is expected of them. In a browser one of
/// the engine's own never comes: WebGL computes nothing.
const GIVEN_UP: u32 = 60;

/// In the renderer: wakes the window until every pipeline that this frame wanted is compiled.
fn until_drawn(
    pipelines: Option<Res<PipelineCache>>,
    waker: Res<Waker>,
    mut waiting: Local<bool>,
    mut last: Local<(usize, u32)>,
) {
    let count = pipelines.map_or(usize::MAX, |pipelines| pipelines.waiting_pipelines().count());
    let unchanged = if last.0 == count { last.1.saturating_add(1) } else { 0 };
    *last = (count, unchanged);
    // Elsewhere they are compiled on threads, however long that takes.
    let given_up = cfg!(target_family = "wasm") && unchanged >= GIVEN_UP;
    let pending = count == usize::MAX || (count > 0 && !given_up);
    // One more frame after the last was compiled: it is the first that shows everything.
    if pending || *waiting {
        waker.wake();
    }
    *waiting = pending;
}
