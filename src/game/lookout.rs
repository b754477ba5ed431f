//! Keeps watch, from threads of its own, on what wakes the window by nothing: gamepads and assistive technology. A frame drawn only to
//! look costs a software renderer milliseconds; a thread that waits costs nothing.
//!
//! - pads: the pad library waits for a button, a stick or a new pad. The engine reads the same devices by itself, in the frame that follows;
//! - assistive technology: whether it has been attached, and whether it has asked for an action. It has no bell, so a thread looks.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bevy::a11y::AccessibilityRequested;
use bevy::prelude::*;
use bevy::winit::accessibility::{WinitActionRequestHandler, WinitActionRequestHandlers};
#[cfg(not(target_family = "wasm"))]
use tracing::{debug, warn};

use super::redraw::Waker;

/// What is watched, so that the window need not look for itself.
#[derive(Resource, Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Watched {
    /// Gamepads.
    pub pads: bool,
    /// Assistive technology.
    pub assist: bool,
}

/// After the last sign of a pad, the window is woken once more this much later: the engine may hear of the same sign a moment after us.
const ECHO: Duration = Duration::from_millis(100);
/// How soon an attached screen reader's action is seen.
#[cfg(not(target_family = "wasm"))]
const ASSISTED: Duration = Duration::from_millis(50);
/// How soon a screen reader that attaches is seen.
#[cfg(not(target_family = "wasm"))]
const UNASSISTED: Duration = Duration::from_millis(500);

/// The queues in which assistive technology leaves its actions, one a window.
#[derive(Resource, Clone, Default)]
struct Queues(Arc<Mutex<Vec<Arc<Mutex<WinitActionRequestHandler>>>>>);

pub(super) fn window_plugin(app: &mut App) {
    app.init_resource::<Watched>()
        .init_resource::<Queues>()
        .add_systems(Startup, start)
        .add_systems(Last, find_queues.run_if(resource_exists_and_changed::<WinitActionRequestHandlers>));
}

fn find_queues(handlers: Res<WinitActionRequestHandlers>, queues: Res<Queues>) {
    *queues.0.lock().unwrap_or_else(PoisonError::into_inner) = handlers.values().cloned().collect();
}

#[cfg(not(target_family = "wasm"))]
fn start(mut watched: ResMut<Watched>, waker: Res<Waker>, requested: Res<AccessibilityRequested>, queues: Res<Queues>) {
    let spawn = |name: &str, run: Box<dyn FnOnce() + Send>| {
        let spawned = std::thread::Builder::new().name(name.to_owned()).spawn(run);
        if let Err(error) = &spawned {
            // The window then looks for itself, as often as it must.
            warn!("No thread to watch {name}: {error}");
        }
        spawned.is_ok()
    };
    let (bell, queues, requested) = (waker.clone(), queues.clone(), requested.clone());
    watched.assist = spawn("assist", Box::new(move || watch_assist(&requested, &queues, &bell)));
    let bell = waker.clone();
    watched.pads = spawn("pads", Box::new(move || watch_pads(&bell)));
}

/// On the web the page watches both, and wakes the window.
#[cfg(target_family = "wasm")]
fn start(mut watched: ResMut<Watched>, _: Res<Waker>, _: Res<AccessibilityRequested>, _: Res<Queues>) {
    *watched = Watched { pads: true, assist: true };
}

#[cfg(not(target_family = "wasm"))]
fn watch_assist(requested: &AccessibilityRequested, queues: &Queues, bell: &Waker) {
    let mut was = false;
    loop {
        let is = requested.get();
        let asked = is && {
            let queues = queues.0.lock().unwrap_or_else(PoisonError::into_inner);
            queues.iter().any(|queue| !queue.lock().unwrap_or_else(PoisonError::into_inner).is_empty())
        };
        if asked || is != was {
            bell.wake();
        }
        was = is;
        std::thread::sleep(if is { ASSISTED } else { UNASSISTED });
    }
}

#[cfg(not(target_family = "wasm"))]
fn watch_pads(bell: &Waker) {
    let mut pads = match gilrs::GilrsBuilder::new().build() {
        Ok(pads) => pads,
        Err(error) => {
            // The engine has met the same and goes on without pads.
            debug!("Pads are not watched: {error}");
            return;
        }
    };
    let mut echo = Echo::default();
    loop {
        let patience = echo.patience();
        let sign = pads.next_event_blocking(patience).is_some();
        if echo.heard(sign) {
            bell.wake();
        } else if patience.is_none() {
            // Something that is no pad has stirred; should the wait itself fail, it must not turn into a race.
            std::thread::sleep(ECHO);
        }
    }
}

/// When to wake the window: at each sign, and once more when it has been quiet for a moment.
#[derive(Debug, Default)]
pub struct Echo {
    owed: bool,
}

impl Echo {
    /// How long to wait for the next sign; for ever if there is nothing else to do.
    #[must_use]
    pub fn patience(&self) -> Option<Duration> {
        self.owed.then_some(ECHO)
    }

    /// The wait is over, with a sign or without: whether to wake.
    pub fn heard(&mut self, sign: bool) -> bool {
        let wake = sign || self.owed;
        self.owed = sign;
        wake
    }
}
