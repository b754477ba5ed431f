//! The question files: choose one, and see why another cannot be played.

use std::sync::Arc;

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::findings::ShowFindings;
use super::parts::{Spawner, foot, with};
use super::{Go, Menu, Screen};
use crate::bank::Level;
use crate::game::focus::AutoFocus;
use crate::game::library::{Entry, Library, Origin, ask_for_files};
use crate::game::session::{Loaded, Storage};
use crate::game::text;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{Chosen, Icon, Inner, back_button, bold, button, column, heading, hint, icon, panel};
use crate::game::widgets::{quiet_button, row, row_button, screen, scroll, text as words};

#[derive(Component)]
struct Root;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Banks), build)
        .add_systems(Update, build.run_if(in_state(Screen::Banks).and_then(resource_changed::<Library>)));
}

fn build(library: Res<Library>, storage: Res<Storage>, old: Query<Entity, With<Root>>, mut commands: Commands) {
    for root in &old {
        commands.entity(root).despawn();
    }
    let entries = library.entries.clone();
    let (chosen, loading) = (library.chosen, library.loading);
    let folder = storage.data.as_ref().map(|data| data.root().join("banks").display().to_string());
    commands.spawn((
        Root,
        screen(text::QUESTION_FILES),
        DespawnOnExit(Screen::Banks),
        with(move |root| {
            root.spawn(heading(text::QUESTION_FILES, Type::Heading));
            let any = entries.iter().any(|entry| entry.loaded.is_some());
            root.spawn(scroll(with(move |list| {
                match folder {
                    Some(folder) => {
                        list.spawn(hint(text::FILES_HINT));
                        if cfg!(not(target_family = "wasm")) {
                            list.spawn(hint(folder));
                        }
                    }
                    None => {
                        list.spawn(hint(text::FILES_NO_FOLDER));
                    }
                }
                if loading {
                    list.spawn(hint(text::FILES_LOADING));
                }
                let (good, bad): (Vec<_>, Vec<_>) =
                    entries.into_iter().enumerate().partition(|(_, entry)| entry.loaded.is_some());
                let first = good.iter().map(|(index, _)| *index).find(|index| *index == chosen);
                let first = first.or(good.first().map(|(index, _)| *index));
                for (index, entry) in good {
                    if let Some(loaded) = &entry.loaded {
                        playable(list, index, &entry, loaded, first == Some(index));
                    }
                }
                if !bad.is_empty() {
                    list.spawn(heading(text::FILES_BAD, Type::Label));
                    for (_, entry) in bad {
                        broken(list, entry);
                    }
                    if any {
                        list.spawn(words(text::OTHERS_WORK, Type::Body, Token::Text));
                    }
                }
            })));
            root.spawn(foot(move |foot| {
                let mut back = foot.spawn((
                    back_button(text::BACK),
                    observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Go(Menu::Title))),
                ));
                if !any {
                    back.insert(AutoFocus);
                }
                foot.spawn((
                    button(text::OPEN_FILE),
                    observe(|_: On<Activate>, mut commands: Commands| ask_for_files(&mut commands)),
                ));
            }));
        }),
    ));
}

fn playable(list: &mut Spawner, index: usize, entry: &Entry, loaded: &Loaded, first: bool) {
    let bank = &loaded.bank;
    let (title, about) = (bank.title.clone(), bank.about.clone());
    let origin = match entry.origin {
        Origin::Inside => text::ORIGIN_INSIDE,
        Origin::Folder => text::ORIGIN_FOLDER,
        Origin::Asked => text::ORIGIN_ASKED,
    };
    let line = format!("{} · {origin}", text::questions(bank.questions().count()));
    let mut play = list.spawn((
        row_button(title.clone()),
        observe(move |_: On<Activate>, mut library: ResMut<Library>, mut commands: Commands| {
            library.bypass_change_detection().choose_at(index);
            commands.trigger(Go(Menu::Setup));
        }),
        with(move |inside| {
            inside.spawn(column()).with_children(|lines| {
                lines.spawn((bold(title, Type::Label, Token::Text), Inner));
                if !about.is_empty() {
                    lines.spawn(hint(about));
                }
                lines.spawn(hint(line));
            });
        }),
    ));
    if first {
        play.insert((AutoFocus, Chosen));
    }
    let findings = entry.report.found.iter().sum();
    if findings > 0 {
        list.spawn(row()).with_children(|line| {
            line.spawn((quiet_button(text::see_findings(&entry.file, findings)), observe(show(entry.clone()))));
        });
    }
}

fn broken(list: &mut Spawner, entry: Entry) {
    let report = Arc::clone(&entry.report);
    let Some(first) = report.error() else { return };
    list.spawn(panel()).with_children(|panel| {
        panel.spawn(row()).with_children(|line| {
            line.spawn(icon(Icon::Miss, 20., Token::Wrong));
            let place = text::place_in_file(&entry.file, first.at.map(|at| (at.line, at.column)));
            line.spawn(bold(place, Type::Label, Token::Text));
        });
        panel.spawn(words(text::sentence(&first.what), Type::Body, Token::Text));
        panel.spawn(hint(text::sentence(&first.todo)));
        let errors = report.count(Level::Error);
        if errors > 1 {
            panel.spawn(hint(text::more_errors(errors - 1)));
        }
        panel.spawn(row()).with_children(|line| {
            line.spawn((button(text::see_findings(&entry.file, report.found.iter().sum())), observe(show(entry))));
        });
    });
}

fn show(entry: Entry) -> impl FnMut(On<Activate>, Commands) {
    move |_, mut commands| commands.trigger(ShowFindings(entry.clone()))
}
