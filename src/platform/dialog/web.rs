//! The browser's dialogs.

use super::{Ask, Pick, Picked};

/// None yet.
#[must_use]
pub fn native<W>(_: &Ask, _: Option<&W>) -> Pick {
    Box::new(|| Picked::NoDialog)
}
