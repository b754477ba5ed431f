//! Fira Sans, built into the binary, so that text shows in the first frame and on every machine.
//!
//! The files are the published ones without what the engine does not use (hints for old screens, small capitals, other figures), every
//! character kept, which halves them: `pyftsubset FiraSans-Regular.ttf --unicodes='*' --no-hinting --notdef-outline
//! --layout-features=kern,mark,mkmk,ccmp,locl,calt,liga`.
//!
//! The handles are constants: they name the fonts for the whole run. (Removing any font would empty the engine's collection.)

use bevy::asset::{AssetId, uuid_handle};
use bevy::prelude::*;
use bevy::text::Font;
use swash::FontRef;
use tracing::error;

/// Running text.
pub const REGULAR: Handle<Font> = uuid_handle!("5d5a5f1b-3b5e-4f2b-9a39-0c1f7b0b9a01");
/// Headings and labels.
pub const BOLD: Handle<Font> = uuid_handle!("5d5a5f1b-3b5e-4f2b-9a39-0c1f7b0b9a02");

/// The file of [`REGULAR`].
pub(super) const REGULAR_BYTES: &[u8] = include_bytes!("../../assets/fonts/FiraSans-Regular.ttf");
/// The file of [`BOLD`].
pub(super) const BOLD_BYTES: &[u8] = include_bytes!("../../assets/fonts/FiraSans-Bold.ttf");

pub(super) fn plugin(app: &mut App) {
    let mut fonts = app.world_mut().resource_mut::<Assets<Font>>();
    for (handle, bytes) in [
        (REGULAR, REGULAR_BYTES),
        (BOLD, BOLD_BYTES),
        // What a text without a font of its own would use: never nothing.
        (Handle::default(), REGULAR_BYTES),
    ] {
        let id: AssetId<Font> = handle.id();
        if let Err(error) = fonts.insert(id, Font::from_bytes(bytes.to_vec())) {
            error!("A font was not taken up: {error}");
        }
    }
}

/// How wide the longest word is, in the size of the type: 3.5 means that at 20 px it takes 70 px. Pairs that stand closer are not counted.
#[must_use]
pub fn longest_word(words: &str, bold: bool) -> f32 {
    let bytes = if bold { BOLD_BYTES } else { REGULAR_BYTES };
    let Some(font) = FontRef::from_index(bytes, 0) else { return 0. };
    let (glyphs, metrics) = (font.charmap(), font.glyph_metrics(&[]));
    let em = f32::from(font.metrics(&[]).units_per_em.max(1));
    let width = |word: &str| word.chars().map(|char| metrics.advance_width(glyphs.map(char))).sum::<f32>() / em;
    // A line may end after a hyphen, too.
    words
        .split_inclusive(|char: char| char.is_whitespace() || char == '-')
        .map(|word| width(word.trim_end()))
        .fold(0., f32::max)
}
