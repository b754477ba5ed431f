//! Settings: each takes effect at once and is kept by itself. Reached from the title, and from a match that is paused.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, ValueChange, observe};

use super::parts::{Spawner, foot, wide_only, with};
use super::{Go, Menu, Screen};
use crate::game::dialogs::{FileAnswer, FileKind, PickFile, SaveFile};
use crate::game::kept::Files;
use crate::game::layout::Adapt;
use crate::game::preferences::{KeyHints, Motion, Preferences};
use crate::game::progress::{Calendar, Progress, transfer};
use crate::game::redraw::Waker;
use crate::game::session::{Clock, Notices};
use crate::game::text;
use crate::game::theme::{ThemeName, Token, Type, space};
use crate::game::widgets::{Choice, back_button, bold, button, choice, heading, hint, panel, row, screen, scroll};
use crate::game::widgets::{spacer, two_columns};
use crate::platform::Outcome;
use crate::rules::Extra;

/// One setting: its name, its values, which of them holds, and what a press on one of them changes.
#[derive(Component, Clone, Copy)]
pub struct Setting {
    name: &'static str,
    values: fn() -> Vec<String>,
    at: fn(&Preferences) -> usize,
    set: fn(&mut Preferences, usize),
}

/// A name, the field, the values that it may have, and the word for a value.
macro_rules! setting {
    ($name:expr, $field:ident, $values:expr, $word:expr) => {
        Setting {
            name: $name,
            values: || $values.iter().map(|value| String::from($word(*value))).collect(),
            at: |now| $values.iter().position(|value| *value == now.$field).unwrap_or(0),
            set: |preferences, at| {
                // A press brings no other.
                if let Some(value) = $values.get(at) {
                    preferences.$field = *value;
                }
            },
        }
    };
}

/// The size of text.
pub const TEXT_SIZE: Setting = setting!(text::TEXT_SIZE, text_percent, Preferences::TEXT_SIZES, text::percent);
/// Whether things move.
pub const MOTION: Setting = setting!(text::MOTION, motion, [Motion::Full, Motion::Reduced], text::motion);
/// How loud the effects are.
pub const SOUND: Setting = setting!(text::SOUND, volume, Preferences::VOLUMES, text::loudness);

const HINTS: [KeyHints; 3] = [KeyHints::WhenUsed, KeyHints::Always, KeyHints::Never];
const ON_OFF: [bool; 2] = [true, false];

/// All of them, in the order in which they are listed.
const SETTINGS: [Setting; 8] = [
    setting!(text::THEME, theme, ThemeName::ALL, text::theme),
    TEXT_SIZE,
    MOTION,
    setting!(text::EXTRA_TIME, extra, Extra::CHOICES, text::extra),
    setting!(text::SINGLE_KEYS, single_keys, ON_OFF, text::on_off),
    setting!(text::FULL_SCREEN, full_screen, ON_OFF, text::on_off),
    SOUND,
    setting!(text::SHOW_KEYS, keys, HINTS, text::key_hints),
];

impl Setting {
    /// Its name, and its values to choose from.
    fn show(self, place: &mut Spawner, now: &Preferences) {
        place.spawn(bold(self.name, Type::Label, Token::Text));
        self.values(place, now);
    }

    /// The same on one line, where there is room for it.
    pub fn show_on_a_line(self, place: &mut Spawner, now: &Preferences) {
        place.spawn(row()).with_children(|line| {
            line.spawn((
                Node { min_width: px(78), flex_shrink: 0., ..default() },
                children![bold(self.name, Type::Small, Token::Text)],
            ));
            self.values(line, now);
        });
    }

    fn values(self, place: &mut Spawner, now: &Preferences) {
        let values = (self.values)();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        let set = self.set;
        place.spawn((
            choice(self.name, &values, (self.at)(now)),
            self,
            observe(move |on: On<ValueChange<usize>>, mut preferences: ResMut<Preferences>| {
                set(&mut preferences, on.value);
            }),
        ));
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Settings), build)
        .add_systems(Update, follow.run_if(resource_changed::<Preferences>))
        .add_observer(answered);
}

/// What was not pressed here: a file came in.
fn follow(preferences: Res<Preferences>, mut groups: Query<(&Setting, &mut Choice)>) {
    for (setting, mut choice) in &mut groups {
        choice.set_if_neq(Choice((setting.at)(&preferences)));
    }
}

fn build(preferences: Res<Preferences>, mut commands: Commands) {
    let now = preferences.clone();
    commands.spawn((
        screen(text::SETTINGS),
        DespawnOnExit(Screen::Settings),
        with(move |root| {
            root.spawn(heading(text::SETTINGS, Type::Heading));
            root.spawn(scroll(with(move |area| {
                area.spawn((
                    two_columns(),
                    with(move |grid| {
                        for setting in SETTINGS {
                            one(grid, setting, &now);
                        }
                    }),
                ));
                // A narrow window has no room for these beside the foot's own.
                area.spawn((
                    panel(),
                    Adapt(|node, form| {
                        node.display = if form.is_narrow() { Display::Flex } else { Display::None };
                    }),
                    with(move |panel| {
                        panel.spawn(bold(text::PROGRESS_FILE, Type::Label, Token::Text));
                        panel.spawn(hint(text::PROGRESS_FILE_ABOUT));
                        panel.spawn((row(), with(files)));
                    }),
                ));
            })));
            root.spawn(foot(move |foot| {
                foot.spawn((
                    back_button(text::BACK),
                    // In a match the menu stands at the title, and the match shows again.
                    observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Go(Menu::Title))),
                ));
                foot.spawn((row(), wide_only(), with(files)));
                foot.spawn(spacer());
                foot.spawn(hint(text::SAVED_BY_ITSELF));
            }));
        }),
    ));
}

fn one(grid: &mut Spawner, setting: Setting, now: &Preferences) {
    grid.spawn((
        panel(),
        Adapt(|node, _| {
            node.padding = UiRect::axes(px(space::INSIDE), px(space::GAP));
            node.row_gap = px(space::TIGHT);
        }),
    ))
    .with_children(|panel| setting.show(panel, now));
}

/// Who asks for the dialogs.
const TAG: &str = "progress";

fn files(line: &mut Spawner) {
    line.spawn((
        button(text::EXPORT),
        observe(|_: On<Activate>, progress: Res<Progress>, preferences: Res<Preferences>, mut commands: Commands| {
            commands.trigger(SaveFile {
                kind: FileKind::Progress,
                suggested_name: transfer::NAME.to_owned(),
                bytes: transfer::export(&progress, &preferences),
                tag: TAG,
            });
        }),
    ));
    line.spawn((
        button(text::IMPORT),
        observe(|_: On<Activate>, mut commands: Commands| {
            commands.trigger(PickFile { kind: FileKind::Progress, tag: TAG });
        }),
    ));
}

fn answered(
    answer: On<FileAnswer>,
    (files, waker): (Res<Files>, Res<Waker>),
    (clock, calendar): (Res<Clock>, Res<Calendar>),
    (mut progress, mut preferences): (ResMut<Progress>, ResMut<Preferences>),
    mut notices: ResMut<Notices>,
) {
    let (TAG, Outcome::Opened(opened)) = (answer.tag, &answer.outcome) else { return };
    let now = (u64::try_from(clock.now().wall.as_millis()).unwrap_or(u64::MAX), calendar.today());
    for file in opened {
        let told = match &file.content {
            Ok(bytes) => transfer::import(&mut progress, &preferences, bytes, now, (&files, &waker)),
            Err(error) => Err(error.to_string()),
        };
        notices.tell(match told {
            Ok(imported) => {
                preferences.set_if_neq(imported.preferences);
                imported.told
            }
            Err(why) => text::not_imported(&file.name, &why),
        });
    }
}
