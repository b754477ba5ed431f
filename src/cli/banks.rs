//! Finding a question file by what somebody types: a path, the name of one inside the program, or the id that a saved lesson holds.
//!
//! May use `bank` and `platform`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::bank::{self, Bank};
use crate::platform::{DataDir, list_banks, read_bounded};

/// The largest question file.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// A question file and its text.
pub type Found = (Arc<Bank>, String);

/// By path, or by the name of a file inside the program, such as `nato-explained`.
///
/// # Errors
/// A sentence that says what to do.
pub fn named(name: &str) -> Result<Found, String> {
    let inside = bank::shipped().into_iter().find(|(file, _)| file.strip_suffix(".ron") == Some(name));
    let text = match inside {
        Some((_, text)) if !Path::new(name).exists() => text.to_owned(),
        _ => text_of(Path::new(name)).map_err(|error| format!("{name}: {error}"))?,
    };
    read(text).ok_or_else(|| format!("{name} has errors: `roundtable bank check {name}` shows them."))
}

/// By the id inside: among the files of the program, and those in the data directory's folder `banks`.
///
/// # Errors
/// A sentence that says what to do.
pub fn with_id(id: &str, data: &DataDir) -> Result<Found, String> {
    let own: Vec<PathBuf> = data.banks().ok().and_then(|folder| list_banks(&folder).ok()).unwrap_or_default();
    bank::shipped()
        .into_iter()
        .map(|(_, text)| text.to_owned())
        .chain(own.iter().filter_map(|path| text_of(path).ok()))
        .filter_map(read)
        .find(|(bank, _)| bank.id == id)
        .ok_or_else(|| format!("No question file with the id {id} is at hand: name the file."))
}

fn text_of(path: &Path) -> Result<String, String> {
    let bytes = read_bounded(path, MOST_BYTES).map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|_| "This file is not a question file.".to_owned())
}

fn read(text: String) -> Option<Found> {
    bank::read(text.as_bytes()).ok().map(|bank| (Arc::new(bank), text))
}
