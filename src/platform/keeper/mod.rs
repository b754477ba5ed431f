//! Changes small files off the frame: holds what is not written yet, and tries again when that fails. Uses std alone; its web half the page.

#[cfg(not(target_family = "wasm"))]
mod native;
#[cfg(target_family = "wasm")]
mod web;

use std::path::PathBuf;

#[cfg(not(target_family = "wasm"))]
pub use native::Keeper;
#[cfg(target_family = "wasm")]
pub use web::Keeper;

use super::shelf::Change;
use super::trouble::FileError;

/// Sees what is kept now (also after another copy has changed it) and says what shall be. May be called again after a failure.
pub type Decide = Box<dyn FnMut(Option<&[u8]>) -> Change + Send>;

/// What the keeper has to tell. Called on its thread; it should only pass the word on, and must not panic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// Changes have begun to fail; not told again before the next success.
    Failed(FileError),
    /// A file that could not be read was moved here.
    SetAside(PathBuf),
}
