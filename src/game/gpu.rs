//! A lost graphics device (a driver update, a laptop that changes cards): three tries to go on where the player was, then the window
//! closes. Nothing of the match is in the renderer, so a new one shows the same question with the same draft; the answers are on disk.

use std::time::Duration;

use bevy::prelude::*;
use bevy::render::error_handler::{RenderError, RenderErrorHandler, RenderErrorPolicy};
use bevy::render::settings::RenderCreation;
use bevy::window::PrimaryWindow;
use tracing::warn;
use web_time::Instant;

#[cfg(not(target_family = "wasm"))]
use super::probe;
use super::redraw::Redraw;
use super::session::Clock;

/// Losses within [`SPAN`] that the window survives.
const TRIES: usize = 3;
/// A loss longer ago than this has nothing to do with the next.
const SPAN: Duration = Duration::from_mins(1);
/// Before each try that follows one which found no device: a driver that is being replaced takes its time.
const WAIT: Duration = Duration::from_secs(2);
/// A new renderer draws once it is whole, in several steps that nothing else wakes.
const WAKE: Duration = Duration::from_secs(3);

/// Whether a device can be had: the engine would panic where there is none. A test puts another in its place.
#[derive(Resource, Clone, Copy)]
pub struct Probe(pub fn() -> bool);

/// When devices were lost, or could not be had, within [`SPAN`].
#[derive(Resource, Default)]
struct Losses {
    at: Vec<Duration>,
    not_before: Option<Duration>,
}

pub(super) fn plugin(app: &mut App) {
    app.insert_resource(RenderErrorHandler(recover)).insert_resource(Probe(can_draw)).init_resource::<Losses>();
    #[cfg(debug_assertions)]
    lose::plugin(app);
}

#[cfg(not(target_family = "wasm"))]
fn can_draw() -> bool {
    probe::graphics().is_ok()
}

/// On a page the lost context is the page's to mend: it is loaded afresh.
#[cfg(target_family = "wasm")]
fn can_draw() -> bool {
    false
}

/// The engine's question what to do, asked again in every frame until drawing goes on.
pub fn recover(error: &RenderError, main: &mut World, _render: &mut World) -> RenderErrorPolicy {
    let now = main.resource::<Clock>().now().monotonic;
    let can_draw = main.resource::<Probe>().0;
    let mut losses = main.resource_mut::<Losses>();
    if losses.not_before.is_some_and(|at| now < at) {
        return RenderErrorPolicy::StopRendering;
    }
    losses.at.retain(|at| now.saturating_sub(*at) < SPAN);
    if losses.at.len() >= TRIES {
        close(main);
        return RenderErrorPolicy::StopRendering;
    }
    losses.at.push(now);
    warn!("Drawing failed ({:?}); starting the renderer afresh.", error.ty);
    if can_draw() {
        main.resource_mut::<Losses>().not_before = None;
        main.resource_mut::<Redraw>().keep_drawing_for(WAKE);
        return RenderErrorPolicy::Recover(RenderCreation::default());
    }
    main.resource_mut::<Losses>().not_before = Some(now + WAIT);
    main.resource_mut::<Redraw>().wake_at(Instant::now() + WAIT);
    RenderErrorPolicy::StopRendering
}

fn close(main: &mut World) {
    // A window that is closing anyway has lost nothing.
    if main.query_filtered::<(), With<PrimaryWindow>>().iter(main).next().is_some() {
        main.write_message(AppExit::error());
    }
}

/// Loses the device on purpose, in debug builds alone and only where [`lose::VARIABLE`] is set: F9 does.
#[cfg(debug_assertions)]
mod lose {
    use bevy::input::common_conditions::input_just_pressed;
    use bevy::prelude::*;
    use bevy::render::render_resource::PollType;
    use bevy::render::renderer::RenderDevice;

    pub const VARIABLE: &str = "ROUNDTABLE_F9_LOSES_THE_GPU";

    pub fn plugin(app: &mut App) {
        if std::env::var_os(VARIABLE).is_some() {
            app.add_systems(Update, lose.run_if(input_just_pressed(KeyCode::F9)));
        }
    }

    fn lose(device: Option<Res<RenderDevice>>) {
        if let Some(device) = device {
            // It tells of its end only when it is asked with nothing left to do; a driver's loss tells by itself.
            let _ = device.poll(PollType::wait_indefinitely());
            device.wgpu_device().destroy();
            let _ = device.poll(PollType::Poll);
        }
    }
}
