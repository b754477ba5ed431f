//! What the player has set: theme, text size, motion, sound, keys, time. Plain data, the same on desktop and in the browser.
//!
//! Whoever needs one of these reads the resource, and changes it where the player does: `apply` carries it over to what the engine and
//! the widgets look at, and every change is kept at once. Two running copies change the same file field by field: whoever changed a field
//! last has set it.

use bevy::prelude::*;
use bevy::window::{MonitorSelection, PrimaryWindow, WindowMode};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::focus::SingleKeys;
use super::kept::{self, Files, Label};
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

/// The file.
const FILE: Label = Label { what: "preferences", format: 1, file: "preferences.json" };

/// The field that does not leave this computer.
const FULL_SCREEN: &str = "full_screen";

/// Settings by name, as they stand in a file.
pub type Fields = Map<String, Value>;

impl Preferences {
    /// What stands in a file; a field that it lacks, or that this version does not know, has its default.
    #[must_use]
    pub fn from_fields(fields: &Fields) -> Self {
        Self::default().with(fields)
    }

    /// Field by field: a value that this version does not know leaves that field as it is, and the others stand.
    #[must_use]
    pub fn with(&self, fields: &Fields) -> Self {
        let mut known = self.fields();
        for (name, value) in fields {
            let Some(old) = known.insert(name.clone(), value.clone()) else {
                known.remove(name);
                continue;
            };
            if serde_json::from_value::<Self>(Value::Object(known.clone())).is_err() {
                known.insert(name.clone(), old);
            }
        }
        let mut read = serde_json::from_value(Value::Object(known)).unwrap_or_else(|_| self.clone());
        if !Self::TEXT_SIZES.contains(&read.text_percent) {
            read.text_percent = self.text_percent;
        }
        if !Self::VOLUMES.contains(&read.volume) {
            read.volume = self.volume;
        }
        if !Extra::CHOICES.contains(&read.extra) {
            read.extra = self.extra;
        }
        read
    }

    /// What goes along to another computer: all but what belongs to this one's screen.
    #[must_use]
    pub fn portable(&self) -> Fields {
        let mut fields = self.fields();
        fields.retain(|name, _| name != FULL_SCREEN);
        fields
    }

    /// With what came from another computer.
    #[must_use]
    pub fn with_portable(&self, fields: &Fields) -> Self {
        Self { full_screen: self.full_screen, ..self.with(fields) }
    }

    /// As they stand in the file.
    #[must_use]
    pub fn fields(&self) -> Fields {
        match serde_json::to_value(self) {
            Ok(Value::Object(fields)) => fields,
            _ => Fields::new(),
        }
    }
}

/// What is kept already.
#[derive(Resource)]
struct Known(Fields);

pub(super) fn plugin(app: &mut App) {
    if !app.world().contains_resource::<Preferences>() {
        let loaded = kept::load::<Fields>(app, FILE);
        app.insert_resource(KeptBefore(loaded.is_some()));
        app.insert_resource(Preferences::from_fields(&loaded.unwrap_or_default()));
    }
    let known = app.world().resource::<Preferences>().fields();
    app.init_resource::<KeptBefore>()
        .insert_resource(Known(known))
        .add_systems(PreUpdate, (apply, full_screen).run_if(resource_exists_and_changed::<Preferences>))
        .add_systems(Last, keep.run_if(resource_exists_and_changed::<Preferences>));
}

/// Whether there were preferences in the file when the program started.
#[derive(Resource, Debug, Clone, Copy, Default)]
pub struct KeptBefore(pub bool);

/// Writes the fields that have changed, and no others.
fn keep(preferences: Res<Preferences>, files: Res<Files>, mut known: ResMut<Known>) {
    let now = preferences.fields();
    let changed: Fields = now.iter().filter(|(name, value)| known.0.get(*name) != Some(value)).map(own).collect();
    if changed.is_empty() {
        return;
    }
    known.0 = now;
    files.change::<Fields>(FILE, false, move |old| {
        let mut fields = old.unwrap_or_default();
        fields.extend(changed.iter().map(own));
        Some(kept::encode(FILE, &fields))
    });
}

fn own((name, value): (&String, &Value)) -> (String, Value) {
    (name.clone(), value.clone())
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

fn full_screen(preferences: Res<Preferences>, mut windows: Query<&mut Window, With<PrimaryWindow>>) {
    let mode = if preferences.full_screen {
        WindowMode::BorderlessFullscreen(MonitorSelection::Current)
    } else {
        WindowMode::Windowed
    };
    for mut window in &mut windows {
        if window.mode != mode {
            window.mode = mode;
        }
    }
}
