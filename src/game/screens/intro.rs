//! A round is announced: what comes, and how long there is. It waits for a press.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::Screen;
use super::parts::{beside_the_ring, foot, with};
use super::question::pause;
use crate::game::a11y::Announce;
use crate::game::focus::AutoFocus;
use crate::game::motion::Leaving;
use crate::game::session::{CurrentView, Submit};
use crate::game::text;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{eyebrow, heading, main_button, screen, scroll, spacer, text as words};
use crate::quiz::Command;

/// The tree, and what it was built for.
#[derive(Component)]
struct Root(Key);

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Intro), build)
        .add_systems(Update, build.run_if(in_state(Screen::Intro).and_then(resource_changed::<CurrentView>)));
}

fn build(
    view: Res<CurrentView>,
    old: Query<(Entity, &Root), Without<Leaving>>,
    mut announce: MessageWriter<Announce>,
    mut commands: Commands,
) {
    let Some(view) = view.get().cloned() else { return };
    let Some(intro) = view.shown.intro.clone() else { return };
    let key = (view.shown.progress.round, view.paused.is_some());
    if old.iter().any(|(_, root)| root.0 == key) {
        return;
    }
    for (root, _) in &old {
        commands.entity(root).insert(Leaving);
    }
    let progress = view.shown.progress;
    announce.write(Announce(if view.paused.is_some() {
        pause::spoken(&view)
    } else {
        text::said_round(progress.round, progress.rounds, &intro.title, &intro.about)
    }));
    commands.spawn((
        Root(key),
        screen(intro.title.clone()),
        DespawnOnExit(Screen::Intro),
        with(move |root| {
            if view.paused.is_some() {
                pause::build(root, &view);
                return;
            }
            let progress = view.shown.progress;
            root.spawn(scroll(with(move |area| {
                area.spawn(beside_the_ring(progress, move |lines| {
                    lines.spawn(eyebrow(text::round_of(progress.round, progress.rounds)));
                    lines.spawn(heading(intro.title, Type::Display));
                    if !intro.about.is_empty() {
                        lines.spawn(words(intro.about, Type::Answer, Token::Soft));
                    }
                    lines.spawn(words(text::round_kinds(intro.questions, &intro.kinds), Type::Body, Token::Text));
                    lines.spawn(words(text::round_seconds(intro.seconds), Type::Body, Token::Text));
                }));
            })));
            root.spawn(foot(|foot| {
                foot.spawn(pause::button());
                foot.spawn(spacer());
                foot.spawn((
                    main_button(text::START_ROUND),
                    AutoFocus,
                    observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Submit(Command::Next))),
                ));
            }));
        }),
    ));
}

/// Which round, and whether paused: what the tree was built for.
type Key = (u32, bool);
