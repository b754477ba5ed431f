//! The clipboard: the system's, or in tests a board that keeps what was put on it.

use bevy::clipboard::Clipboard;
use bevy::prelude::*;

/// What goes on the clipboard.
#[derive(Debug, Clone)]
pub enum Copied {
    /// Words.
    Text(String),
    /// A picture.
    Picture(Image),
}

/// Where copies go.
#[derive(Resource, Debug, Default)]
pub enum Board {
    /// The system's clipboard.
    #[default]
    System,
    /// A test's: what was copied, or why nothing can be.
    Scripted(Result<Vec<Copied>, String>),
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Board>();
}

impl Board {
    /// Copies.
    ///
    /// # Errors
    /// Why not, as the system says it.
    pub fn copy(&mut self, system: &mut Clipboard, what: Copied) -> Result<(), String> {
        match self {
            Self::System => match what {
                Copied::Text(words) => system.set_text(words).map_err(|error| error.to_string()),
                Copied::Picture(image) => picture(system, &image),
            },
            Self::Scripted(Ok(kept)) => {
                kept.push(what);
                Ok(())
            }
            Self::Scripted(Err(why)) => Err(why.clone()),
        }
    }
}

#[cfg(not(target_family = "wasm"))]
fn picture(system: &mut Clipboard, image: &Image) -> Result<(), String> {
    system.set_image(image).map_err(|error| error.to_string())
}

#[cfg(target_family = "wasm")]
fn picture(_: &mut Clipboard, _: &Image) -> Result<(), String> {
    Err(crate::game::text::NO_PICTURES_HERE.to_owned())
}
