//! Settings: each takes effect at once and is kept by itself. Reached from the title, and from a match that is paused.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, ValueChange, observe};

use super::parts::{Spawner, foot, wide_only, with};
use super::{Go, Menu, Screen};
use crate::game::dialogs::{FileAnswer, FileKind, PickFile, SaveFile};
use crate::game::kept::Files;
use crate::game::layout::Adapt;
use crate::game::preferences::{KeyHints, Motion, Preferences};
use crate::game::progress::{Progress, transfer};
use crate::game::redraw::Waker;
use crate::game::session::Notices;
use crate::game::text;
use crate::game::theme::{ThemeName, Token, Type, space};
use crate::game::widgets::{Blocked, back_button, bold, button, choice, heading, hint, panel, row, screen, scroll};
use crate::game::widgets::{spacer, two_columns};
use crate::platform::Outcome;
use crate::rules::Extra;

/// One setting: its name, its values, which of them holds, and what a press on one of them changes.
pub struct Setting {
    name: &'static str,
    values: Vec<String>,
    at: usize,
    set: fn(&mut Preferences, usize),
}

fn at<T: PartialEq>(all: &[T], now: &T) -> usize {
    all.iter().position(|value| value == now).unwrap_or(0)
}

/// The value at a place, if there is one: a press brings no other.
fn put<T: Copy>(field: &mut T, all: &[T], at: usize) {
    if let Some(value) = all.get(at) {
        *field = *value;
    }
}

const MOTIONS: [Motion; 2] = [Motion::Full, Motion::Reduced];
const HINTS: [KeyHints; 3] = [KeyHints::WhenUsed, KeyHints::Always, KeyHints::Never];
const ON_OFF: [bool; 2] = [true, false];

fn words(values: &[&str]) -> Vec<String> {
    values.iter().map(|&value| value.to_owned()).collect()
}

/// The colours.
#[must_use]
pub fn theme(now: &Preferences) -> Setting {
    Setting {
        name: text::THEME,
        values: ThemeName::ALL.map(text::theme).map(str::to_owned).to_vec(),
        at: at(&ThemeName::ALL, &now.theme),
        set: |preferences, at| put(&mut preferences.theme, &ThemeName::ALL, at),
    }
}

/// The size of text.
#[must_use]
pub fn text_size(now: &Preferences) -> Setting {
    Setting {
        name: text::TEXT_SIZE,
        values: Preferences::TEXT_SIZES.map(|percent| text::percent(percent.into())).to_vec(),
        at: at(&Preferences::TEXT_SIZES, &now.text_percent),
        set: |preferences, at| put(&mut preferences.text_percent, &Preferences::TEXT_SIZES, at),
    }
}

/// Whether things move.
#[must_use]
pub fn motion(now: &Preferences) -> Setting {
    Setting {
        name: text::MOTION,
        values: words(&[text::MOTION_FULL, text::MOTION_REDUCED]),
        at: at(&MOTIONS, &now.motion),
        set: |preferences, at| put(&mut preferences.motion, &MOTIONS, at),
    }
}

/// How loud the effects are.
#[must_use]
pub fn sound(now: &Preferences) -> Setting {
    let loudness = |volume: u8| if volume == 0 { text::OFF.to_owned() } else { text::percent(volume.into()) };
    Setting {
        name: text::SOUND,
        values: Preferences::VOLUMES.map(loudness).to_vec(),
        at: at(&Preferences::VOLUMES, &now.volume),
        set: |preferences, at| put(&mut preferences.volume, &Preferences::VOLUMES, at),
    }
}

fn extra_time(now: &Preferences) -> Setting {
    Setting {
        name: text::EXTRA_TIME,
        values: Extra::CHOICES.map(text::extra).to_vec(),
        at: at(&Extra::CHOICES, &now.extra),
        set: |preferences, at| put(&mut preferences.extra, &Extra::CHOICES, at),
    }
}

fn single_keys(now: &Preferences) -> Setting {
    Setting {
        name: text::SINGLE_KEYS,
        values: words(&[text::ON, text::OFF]),
        at: at(&ON_OFF, &now.single_keys),
        set: |preferences, at| put(&mut preferences.single_keys, &ON_OFF, at),
    }
}

fn full_screen(now: &Preferences) -> Setting {
    Setting {
        name: text::FULL_SCREEN,
        values: words(&[text::ON, text::OFF]),
        at: at(&ON_OFF, &now.full_screen),
        set: |preferences, at| put(&mut preferences.full_screen, &ON_OFF, at),
    }
}

fn key_hints(now: &Preferences) -> Setting {
    Setting {
        name: text::SHOW_KEYS,
        values: words(&[text::KEYS_WHEN_USED, text::KEYS_ALWAYS, text::KEYS_NEVER]),
        at: at(&HINTS, &now.keys),
        set: |preferences, at| put(&mut preferences.keys, &HINTS, at),
    }
}

impl Setting {
    /// Its name, and its values to choose from.
    fn show(self, place: &mut Spawner) {
        place.spawn(bold(self.name, Type::Label, Token::Text));
        self.values(place);
    }

    /// The same on one line, where there is room for it.
    pub fn show_on_a_line(self, place: &mut Spawner) {
        place.spawn(row()).with_children(|line| {
            line.spawn((
                Node { min_width: px(78), flex_shrink: 0., ..default() },
                children![bold(self.name, Type::Small, Token::Text)],
            ));
            self.values(line);
        });
    }

    fn values(self, place: &mut Spawner) {
        let values: Vec<&str> = self.values.iter().map(String::as_str).collect();
        let set = self.set;
        place.spawn((
            choice(self.name, &values, self.at),
            observe(move |on: On<ValueChange<usize>>, mut preferences: ResMut<Preferences>| {
                set(&mut preferences, on.value);
            }),
        ));
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Settings), build)
        .add_systems(Update, unblock.run_if(in_state(Screen::Settings).and_then(resource_changed::<Progress>)))
        .add_observer(answered);
}

fn build(preferences: Res<Preferences>, progress: Res<Progress>, mut commands: Commands) {
    let now = preferences.clone();
    let empty = progress.is_empty();
    commands.spawn((
        screen(text::SETTINGS),
        DespawnOnExit(Screen::Settings),
        with(move |root| {
            root.spawn(heading(text::SETTINGS, Type::Heading));
            root.spawn(scroll(with(move |area| {
                area.spawn((
                    two_columns(),
                    with(move |grid| {
                        for setting in [
                            theme(&now),
                            text_size(&now),
                            motion(&now),
                            extra_time(&now),
                            single_keys(&now),
                            full_screen(&now),
                            sound(&now),
                            key_hints(&now),
                        ] {
                            one(grid, setting);
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
                        panel.spawn((row(), with(move |line| files(line, empty))));
                    }),
                ));
            })));
            root.spawn(foot(move |foot| {
                foot.spawn((
                    back_button(text::BACK),
                    // In a match the menu stands at the title, and the match shows again.
                    observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Go(Menu::Title))),
                ));
                foot.spawn((row(), wide_only(), with(move |line| files(line, empty))));
                foot.spawn(spacer());
                foot.spawn(hint(text::SAVED_BY_ITSELF));
            }));
        }),
    ));
}

fn one(grid: &mut Spawner, setting: Setting) {
    grid.spawn((
        panel(),
        Adapt(|node, _| {
            node.padding = UiRect::axes(px(space::INSIDE), px(space::GAP));
            node.row_gap = px(space::TIGHT);
        }),
    ))
    .with_children(|panel| setting.show(panel));
}

#[derive(Component)]
struct Export;

/// What has come in can go out.
fn unblock(progress: Res<Progress>, blocked: Query<Entity, (With<Export>, With<Blocked>)>, mut commands: Commands) {
    if !progress.is_empty() {
        for export in &blocked {
            commands.entity(export).remove::<Blocked>();
        }
    }
}

/// Who asks for the dialogs.
const TAG: &str = "progress";

fn files(line: &mut Spawner, empty: bool) {
    let mut export = line.spawn((
        button(text::EXPORT),
        Export,
        observe(|_: On<Activate>, progress: Res<Progress>, mut commands: Commands| {
            commands.trigger(SaveFile {
                kind: FileKind::Progress,
                suggested_name: transfer::NAME.to_owned(),
                bytes: transfer::export(&progress),
                tag: TAG,
            });
        }),
    ));
    if empty {
        export.insert(Blocked(text::NOTHING_TO_EXPORT.to_owned()));
    }
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
    mut progress: ResMut<Progress>,
    mut notices: ResMut<Notices>,
) {
    let (TAG, Outcome::Opened(opened)) = (answer.tag, &answer.outcome) else { return };
    for file in opened {
        let told = match &file.content {
            Ok(bytes) => transfer::import(&mut progress, bytes, &files, &waker),
            Err(error) => Err(error.to_string()),
        };
        notices.tell(match told {
            Ok(sentence) => sentence,
            Err(why) => text::not_imported(&file.name, &why),
        });
    }
}
