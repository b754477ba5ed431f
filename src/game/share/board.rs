//! The clipboard: the system's, the page's, or in tests a board that keeps what was put on it.
//!
//! A page hears only later whether the browser has taken something, so everybody is told by a call.

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

/// Called once with the outcome: nothing, or why not, as the system says it.
pub type Done = Box<dyn FnOnce(Result<(), String>)>;

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
    /// Copies, and tells `done`, at once or soon.
    pub fn copy(&mut self, system: &mut Clipboard, what: Copied, done: Done) {
        match self {
            Self::System => to_system(system, what, done),
            Self::Scripted(Ok(kept)) => {
                kept.push(what);
                done(Ok(()));
            }
            Self::Scripted(Err(why)) => done(Err(why.clone())),
        }
    }
}

#[cfg(not(target_family = "wasm"))]
fn to_system(system: &mut Clipboard, what: Copied, done: Done) {
    let outcome = match what {
        Copied::Text(words) => system.set_text(words),
        Copied::Picture(image) => system.set_image(&image),
    };
    done(outcome.map_err(|error| error.to_string()));
}

#[cfg(target_family = "wasm")]
fn to_system(_: &mut Clipboard, what: Copied, done: Done) {
    use super::canvas::png;
    use crate::game::web::clipboard;

    match what {
        Copied::Text(words) => clipboard::copy_text(&words, done),
        Copied::Picture(image) => match png(image) {
            Ok(file) => clipboard::copy_picture(&file, done),
            Err(why) => done(Err(why)),
        },
    }
}
