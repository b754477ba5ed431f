//! Looks whether a window can open at all, before the engine is built: the engine would panic where we can say a sentence.

use std::fmt;

use bevy::render::renderer::initialize_renderer;
use bevy::render::settings::WgpuSettings;

use super::panic;
use crate::platform;

/// Why the window cannot open, or has closed by itself. Displays as one plain sentence or two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unavailable {
    /// No screen to draw on.
    Display(String),
    /// Nothing to draw with.
    Graphics,
    /// The graphics device was lost, and could not be had again.
    Lost,
    /// The window has stopped because of a mistake of ours; the panic hook has said so.
    Stopped,
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Display(why) => {
                write!(f, "{why}, so the window cannot open. `roundtable bank check` works without one.")
            }
            Self::Graphics => write!(
                f,
                "No graphics driver was found that can draw the window (on Linux it must know Vulkan; on Debian and Ubuntu the \
                 package `mesa-vulkan-drivers` draws even without a graphics card). `roundtable bank check` works without one."
            ),
            Self::Lost => write!(
                f,
                "The graphics driver stopped working, so the window has closed. Answers that were received are saved."
            ),
            Self::Stopped => write!(f, "The window has closed. Start Roundtable again to go on."),
        }
    }
}

impl std::error::Error for Unavailable {}

/// Both probes.
///
/// # Errors
///
/// What is missing.
pub fn probe() -> Result<(), Unavailable> {
    platform::display().map_err(Unavailable::Display)?;
    graphics()
}

/// A device can be had: asks for one just as the engine will.
pub(super) fn graphics() -> Result<(), Unavailable> {
    let settings = WgpuSettings::default();
    let Some(backends) = settings.backends else {
        return Err(Unavailable::Graphics);
    };
    let found = panic::quietly(|| {
        bevy::tasks::block_on(initialize_renderer(backends, None, &settings));
    });
    found.ok_or(Unavailable::Graphics)
}
