//! Puts the app together: the same plugins with a window, and without one for tests.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::Duration;

use bevy::app::{PanicHandlerPlugin, TerminalCtrlCHandlerPlugin};
use bevy::core_pipeline::Core2d;
use bevy::ecs::schedule::SingleThreadedExecutor;
use bevy::gilrs::GilrsPlugin;
use bevy::log::{Level, LogPlugin};
use bevy::prelude::*;
use bevy::render::pipelined_rendering::PipelinedRenderingPlugin;
use bevy::render::renderer::RenderGraph;
use bevy::render::settings::{RenderCreation, WgpuSettings};
use bevy::render::{ExtractSchedule, Render, RenderApp, RenderPlugin};
use bevy::window::{ExitCondition, WindowResolution};
use bevy::winit::WinitPlugin;

#[cfg(target_os = "linux")]
use super::figures;
use super::probe::{self, Unavailable};
use super::theme::{Theme, Token};
use super::{
    a11y, device, dialogs, emblem, focus, fonts, gpu, kept, keys, layout, library, minimised, motion, pad, panic,
    preferences, progress, redraw, screens, session, share, sound, text, theme, widgets,
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
pub fn run(options: Options, figures: Option<Figures>) -> Result<(), Unavailable> {
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
        resize_constraints: WindowResizeConstraints { min_width: 320., min_height: 400., ..default() },
        ..default()
    };
    let engine = DefaultPlugins
        .build()
        .disable::<PanicHandlerPlugin>()
        // Without a file dialog rfd complains in the log; the player is told in the window.
        .set(LogPlugin { level: Level::ERROR, filter: "rfd=off".to_owned(), ..default() })
        .set(WindowPlugin {
            primary_window: Some(window),
            exit_condition: match mode {
                Mode::Window => ExitCondition::OnAllClosed,
                Mode::Headless => ExitCondition::DontExit,
            },
            ..default()
        });
    let engine = match mode {
        Mode::Window => engine,
        Mode::Headless => engine
            .disable::<LogPlugin>()
            .disable::<TerminalCtrlCHandlerPlugin>()
            .disable::<WinitPlugin>()
            .disable::<GilrsPlugin>()
            .disable::<PipelinedRenderingPlugin>()
            .set(RenderPlugin {
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
            (keys::plugin, pad::plugin),
            a11y::plugin,
            (widgets::plugin, motion::plugin),
            session::plugin,
            // What is kept is read before the first frame, from where the session says that it lies.
            (kept::plugin, preferences::plugin, progress::plugin),
            sound::plugin,
            library::plugin,
            (dialogs::plugin, share::plugin),
            screens::plugin,
        ))
        .add_plugins(gpu::plugin)
        .add_systems(Startup, spawn_camera)
        .add_systems(Update, paint_ground);
    one_after_another(&mut app);
    match mode {
        Mode::Window => {
            app.add_plugins((
                redraw::window_plugin,
                emblem::window_plugin,
                sound::window_plugin,
                a11y::window_plugin,
                minimised::window_plugin,
            ));
        }
        // Nobody sits before a dialog.
        Mode::Headless => {
            app.insert_resource(dialogs::Chooser::Scripted(VecDeque::new()));
        }
    }
    app
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
