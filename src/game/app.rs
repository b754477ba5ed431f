//! Puts the app together: the same plugins with a window, and without one for tests.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Duration;

use bevy::app::{PanicHandlerPlugin, PluginGroupBuilder};
use bevy::core_pipeline::Core2d;
use bevy::ecs::schedule::SingleThreadedExecutor;
use bevy::prelude::*;
use bevy::render::renderer::RenderGraph;
use bevy::render::settings::{RenderCreation, WgpuSettings};
use bevy::render::{ExtractSchedule, Render, RenderApp, RenderPlugin};
use bevy::window::{ExitCondition, WindowResolution};
use bevy::winit::WinitPlugin;

#[cfg(target_os = "linux")]
use super::figures;
use super::links::Wishes;
#[cfg(not(target_family = "wasm"))]
use super::probe::Unavailable;
use super::theme::{Theme, Token};
use super::{
    a11y, device, dialogs, focus, fonts, gpu, invite, kept, keys, layout, library, motion, pad, preferences, presses,
    progress, redraw, screens, session, share, sound, teams, text, theme, widgets,
};

/// What the window needs to know.
#[derive(Resource, Debug, Clone, Default)]
pub struct Options {
    /// Where progress, settings and open games are kept.
    pub data_dir: PathBuf,
    /// Question files named on the command line.
    pub banks: Vec<PathBuf>,
    /// The size of the window in pixels; 1280 × 720 if none is asked for.
    pub size: Option<(u32, u32)>,
    /// What the link wishes that the program was opened with.
    pub wishes: Wishes,
    /// The address of a page where this game can be played, without what stands behind its `?`: a result's link leads there.
    pub page: Option<String>,
}

/// What the window measures while it plays alone.
#[derive(Debug, Clone, Copy)]
pub struct Figures {
    /// For how long to stand still on the title and on a pause.
    pub still: Duration,
    /// How many questions to answer.
    pub questions: u32,
}

/// With a window, or for tests without window, GPU and sleep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The real thing.
    Window,
    /// Everything but window, renderer and real time.
    Headless,
}

/// Opens the window and plays until it closes; by itself, if figures are asked for (on Linux).
///
/// # Errors
///
/// What is missing, in a sentence; or that a mistake of ours has ended it.
#[cfg(not(target_family = "wasm"))]
pub fn run(options: Options, figures: Option<Figures>) -> Result<(), Unavailable> {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::{panic, probe};

    panic::install(options.data_dir.clone());
    probe::probe()?;
    let played = catch_unwind(AssertUnwindSafe(|| {
        let mut app = build(options, Mode::Window);
        if let Some(figures) = figures {
            #[cfg(target_os = "linux")]
            figures::start(&mut app, figures);
            #[cfg(not(target_os = "linux"))]
            let _ = figures;
        }
        app.run()
    }));
    match played {
        Ok(AppExit::Success) => Ok(()),
        Ok(AppExit::Error(_)) => Err(Unavailable::Lost),
        Err(_) if panic::without_display() => Err(Unavailable::Display(text::DISPLAY_GONE.to_owned())),
        Err(_) => Err(Unavailable::Stopped),
    }
}

/// The app, ready to run.
pub fn build(options: Options, mode: Mode) -> App {
    let mut app = App::new();
    if !cfg!(debug_assertions) {
        app.set_error_handler(bevy::ecs::error::error);
    }
    let (width, height) = options.size.unwrap_or((1280, 720));
    let window = Window {
        title: text::NAME.into(),
        name: Some("roundtable".into()),
        resolution: WindowResolution::new(width, height),
        resize_constraints: constraints(),
        // On a page: the canvas that stands there, as large as its frame; and the browser keeps its own keys.
        canvas: Some("#game".to_owned()),
        fit_canvas_to_parent: true,
        prevent_default_event_handling: false,
        // Nor does the canvas take the focus: the mirror's elements have it, and within another page nobody has until asked.
        focused: cfg!(not(target_family = "wasm")),
        ..default()
    };
    // With a class open, the window's close button asks first (`class::closing`).
    let asks = cfg!(all(feature = "classroom", not(target_family = "wasm")));
    let engine = DefaultPlugins.build().disable::<PanicHandlerPlugin>().set(WindowPlugin {
        primary_window: Some(window),
        close_when_requested: !asks,
        exit_condition: match mode {
            Mode::Window => ExitCondition::OnAllClosed,
            Mode::Headless => ExitCondition::DontExit,
        },
        ..default()
    });
    let engine = outside(engine, mode);
    let engine = match mode {
        Mode::Window => engine,
        Mode::Headless => engine.disable::<WinitPlugin>().set(RenderPlugin {
            render_creation: RenderCreation::Automatic(Box::new(WgpuSettings { backends: None, ..default() })),
            ..default()
        }),
    };
    app.add_plugins(engine)
        .insert_resource(options)
        .add_plugins((
            theme::plugin,
            fonts::plugin,
            layout::plugin,
            redraw::plugin,
            focus::plugin,
            device::plugin,
            (keys::plugin, pad::plugin, presses::plugin),
            a11y::plugin,
            (widgets::plugin, motion::plugin),
            session::plugin,
            // What is kept is read before the first frame, from where the session says that it lies.
            (kept::plugin, preferences::plugin, progress::plugin, teams::plugin),
            sound::plugin,
            library::plugin,
            (dialogs::plugin, share::plugin, invite::plugin),
            screens::plugin,
        ))
        .add_plugins(gpu::plugin)
        .add_systems(Startup, spawn_camera)
        .add_systems(Update, paint_ground);
    #[cfg(all(feature = "classroom", not(target_family = "wasm")))]
    app.add_plugins(super::class::plugin);
    one_after_another(&mut app);
    match mode {
        Mode::Window => {
            app.add_plugins((redraw::window_plugin, sound::window_plugin, a11y::window_plugin));
            #[cfg(not(target_family = "wasm"))]
            app.add_plugins((super::emblem::window_plugin, super::minimised::window_plugin));
        }
        // Nobody sits before a dialog.
        Mode::Headless => {
            app.insert_resource(dialogs::Chooser::Scripted(VecDeque::new()));
        }
    }
    app
}

/// Smaller than this no screen fits.
#[cfg(not(target_family = "wasm"))]
fn constraints() -> WindowResizeConstraints {
    WindowResizeConstraints { min_width: 320., min_height: 400., ..default() }
}

/// A canvas is as large as its page: held open by more, it would lie beyond the edge of a phone.
#[cfg(target_family = "wasm")]
fn constraints() -> WindowResizeConstraints {
    WindowResizeConstraints { min_width: 1., min_height: 1., ..default() }
}

/// What the engine does with the system outside of the window.
#[cfg(not(target_family = "wasm"))]
fn outside(engine: PluginGroupBuilder, mode: Mode) -> PluginGroupBuilder {
    use bevy::app::TerminalCtrlCHandlerPlugin;
    use bevy::gilrs::GilrsPlugin;
    use bevy::log::{Level, LogPlugin};
    use bevy::render::pipelined_rendering::PipelinedRenderingPlugin;

    match mode {
        // Without a file dialog rfd complains in the log; the player is told in the window.
        Mode::Window => engine.set(LogPlugin { level: Level::ERROR, filter: "rfd=off".to_owned(), ..default() }),
        Mode::Headless => engine
            .disable::<LogPlugin>()
            .disable::<TerminalCtrlCHandlerPlugin>()
            .disable::<GilrsPlugin>()
            .disable::<PipelinedRenderingPlugin>(),
    }
}

/// On a page there is nothing outside.
#[cfg(target_family = "wasm")]
fn outside(engine: PluginGroupBuilder, _: Mode) -> PluginGroupBuilder {
    engine
}

/// The systems of a frame run on one thread: there are hundreds, and to hand most of them to another costs more than to run them. (A frame
/// while a question arrives takes two thirds of the time.) The renderer still works beside the game, a frame behind.
fn one_after_another(app: &mut App) {
    fn single(schedule: &mut Schedule) {
        schedule.set_executor(SingleThreadedExecutor::new());
    }
    app.edit_schedule(First, single)
        .edit_schedule(PreUpdate, single)
        .edit_schedule(StateTransition, single)
        .edit_schedule(Update, single)
        .edit_schedule(PostUpdate, single)
        .edit_schedule(Last, single);
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        render
            .edit_schedule(ExtractSchedule, single)
            .edit_schedule(Render, single)
            .edit_schedule(RenderGraph, single)
            .edit_schedule(Core2d, single);
    }
}

fn spawn_camera(mut commands: Commands) {
    // Everything is drawn by the UI, which smooths its own edges.
    commands.spawn((Camera2d, IsDefaultUiCamera, Msaa::Off));
}

/// What shows before the first screen and between two.
fn paint_ground(theme: Res<Theme>, mut ground: ResMut<ClearColor>) {
    if theme.is_changed() {
        ground.0 = theme.color(Token::Ink);
    }
}
