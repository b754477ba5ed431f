//! Between two rounds: what has been earned so far.

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
use crate::game::widgets::{bold, eyebrow, heading, main_button, screen, scroll, spacer, text as words};
use crate::quiz::{Command, View};

/// The tree, and whether it was built for a pause.
#[derive(Component)]
struct Root {
    paused: bool,
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Standings), build)
        .add_systems(Update, build.run_if(in_state(Screen::Standings).and_then(resource_changed::<CurrentView>)));
}

fn build(
    view: Res<CurrentView>,
    old: Query<(Entity, &Root), Without<Leaving>>,
    mut announce: MessageWriter<Announce>,
    mut commands: Commands,
) {
    let Some(view) = view.get().cloned() else { return };
    let paused = view.paused.is_some();
    for (entity, root) in &old {
        if root.paused == paused {
            return;
        }
        commands.entity(entity).insert(Leaving);
    }
    announce.write(Announce(if paused { pause::spoken(&view) } else { spoken(&view) }));
    commands.spawn((
        Root { paused },
        screen(text::STANDINGS),
        DespawnOnExit(Screen::Standings),
        with(move |root| {
            if paused {
                pause::build(root, &view);
                return;
            }
            let last = view.shown.progress.round >= view.shown.progress.rounds;
            root.spawn(scroll(with(move |area| {
                let progress = view.shown.progress;
                area.spawn(beside_the_ring(progress, move |lines| so_far(lines, &view)));
            })));
            root.spawn(foot(move |foot| {
                foot.spawn(pause::button());
                foot.spawn(spacer());
                foot.spawn((
                    main_button(if last { text::SEE_RESULTS } else { text::NEXT_ROUND }),
                    AutoFocus,
                    observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Submit(Command::Next))),
                ));
            }));
        }),
    ));
}

/// What is said aloud when the table appears.
fn spoken(view: &View) -> String {
    let you = view.shown.standings.iter().find(|row| view.you.as_ref().is_none_or(|you| you.player == row.player));
    you.map(|row| text::said_so_far(row.credit, row.counted, row.points)).unwrap_or_default()
}

fn so_far(lines: &mut super::parts::Spawner, view: &View) {
    let progress = view.shown.progress;
    lines.spawn(eyebrow(text::rounds_done(progress.round, progress.rounds)));
    lines.spawn(heading(text::STANDINGS, Type::Display));
    for row in view.shown.standings.iter().filter(|row| view.you.as_ref().is_none_or(|you| you.player == row.player)) {
        lines.spawn(bold(text::right_of(row.credit, row.counted), Type::Answer, Token::Text));
        lines.spawn(words(text::points(row.points), Type::Answer, Token::Soft));
    }
}
