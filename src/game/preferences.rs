//! What the player has set: theme, text size, motion, sound, keys, time. Plain data, the same on desktop and in the browser.
//!
//! Whoever needs one of these reads the resource; [`apply`] carries them over to what the engine and the widgets look at. Keeping them
//! between runs is the business of the store that loads and saves this resource.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use super::focus::SingleKeys;
use super::layout::TextScale;
use super::theme::{Theme, ThemeName};
use crate::rules::Extra;

/// Everything that the settings screen shows. A field that a file lacks has its default.
#[derive(Resource, Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// The colours.
    pub theme: ThemeName,
    /// The size of text in percent: one of [`Preferences::TEXT_SIZES`].
    pub text_percent: u16,
    /// Whether things move.
    pub motion: Motion,
    /// Loudness in percent: one of [`Preferences::VOLUMES`]; 0 is off.
    pub volume: u8,
    /// Whether the window fills the screen.
    pub full_screen: bool,
    /// When key caps are drawn.
    pub keys: KeyHints,
    /// Whether single keys (A–F, 1–6) answer.
    pub single_keys: bool,
    /// How much longer a timed question lasts.
    pub extra: Extra,
}

impl Preferences {
    /// The choices of text size.
    pub const TEXT_SIZES: [u16; 4] = [100, 125, 150, 200];
    /// The choices of loudness.
    pub const VOLUMES: [u8; 5] = [0, 25, 50, 75, 100];
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: ThemeName::default(),
            text_percent: 100,
            motion: Motion::default(),
            volume: 75,
            full_screen: false,
            keys: KeyHints::default(),
            single_keys: true,
            extra: Extra::default(),
        }
    }
}

/// Whether things move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Motion {
    /// Tiles arrive, screens hand over.
    #[default]
    Full,
    /// Everything is in its place at once.
    Reduced,
}

/// When key caps are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum KeyHints {
    /// While a keyboard is in use.
    #[default]
    WhenUsed,
    /// Always.
    Always,
    /// Never.
    Never,
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Preferences>().add_systems(PreUpdate, apply.run_if(resource_exists_and_changed::<Preferences>));
}

/// Carries the preferences over to what looks at one of them alone.
fn apply(
    preferences: Res<Preferences>,
    mut theme: ResMut<Theme>,
    mut text: ResMut<TextScale>,
    mut single: ResMut<SingleKeys>,
) {
    theme.set_if_neq(Theme(preferences.theme));
    text.set_if_neq(TextScale(f32::from(preferences.text_percent) / 100.));
    single.set_if_neq(SingleKeys(preferences.single_keys));
}
