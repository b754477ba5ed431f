//! The question files: choose one, and see why another cannot be played.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::parts::{Spawner, foot, with};
use super::{Go, Menu, Screen};
use crate::game::focus::AutoFocus;
use crate::game::library::{Entry, Library, Origin, Problem};
use crate::game::session::{Loaded, Storage};
use crate::game::text;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{Chosen, Icon, Inner, back_button, bold, column, heading, hint, icon, panel};
use crate::game::widgets::{row, row_button, screen, scroll, text as words};

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
            let any = entries.iter().any(|entry| entry.content.is_ok());
            root.spawn(scroll(with(move |list| {
                match folder {
                    Some(folder) => {
                        list.spawn(hint(text::FILES_HINT));
                        list.spawn(hint(folder));
                    }
                    None => {
                        list.spawn(hint(text::FILES_NO_FOLDER));
                    }
                }
                if loading {
                    list.spawn(hint(text::FILES_LOADING));
                }
                let (good, bad): (Vec<_>, Vec<_>) =
                    entries.into_iter().enumerate().partition(|(_, entry)| entry.content.is_ok());
                let first = good.iter().map(|(index, _)| *index).find(|index| *index == chosen);
                let first = first.or(good.first().map(|(index, _)| *index));
                for (index, entry) in good {
                    if let Ok(loaded) = &entry.content {
                        playable(list, index, &entry, loaded, first == Some(index));
                    }
                }
                if !bad.is_empty() {
                    list.spawn(heading(text::FILES_BAD, Type::Label));
                    for (_, entry) in bad {
                        if let Err(problem) = &entry.content {
                            broken(list, &entry, problem);
                        }
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
    let mut button = list.spawn((
        row_button(title.clone()),
        observe(move |_: On<Activate>, mut library: ResMut<Library>, mut commands: Commands| {
            library.bypass_change_detection().chosen = index;
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
        button.insert((AutoFocus, Chosen));
    }
}

fn broken(list: &mut Spawner, entry: &Entry, problem: &Problem) {
    let place = text::place_in_file(&entry.file, problem.at);
    let (what, todo, more) = (problem.what.clone(), problem.todo.clone(), problem.more);
    list.spawn(panel()).with_children(|panel| {
        panel.spawn(row()).with_children(|line| {
            line.spawn(icon(Icon::Miss, 20., Token::Wrong));
            line.spawn(bold(place, Type::Label, Token::Text));
        });
        panel.spawn(words(text::sentence(&what), Type::Body, Token::Text));
        panel.spawn(hint(todo));
        if more > 0 {
            panel.spawn(hint(text::more_errors(more)));
        }
    });
}
