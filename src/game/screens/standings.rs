//! Between two rounds: what has been earned so far.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::Screen;
use super::parts::{beside_the_ring, flowing, foot, with};
use super::question::pause;
use super::race::Race;
use super::results::by_round;
use crate::game::a11y::Announce;
use crate::game::focus::AutoFocus;
use crate::game::motion::Leaving;
use crate::game::progress::Progress;
use crate::game::session::{CurrentView, Session, Submit};
use crate::game::text;
use crate::game::theme::{Token, Type, space};
use crate::game::widgets::{bold, column, eyebrow, heading, main_button, ring, screen, scroll, spacer, text as words};
use crate::quiz::{Command, Play, View};

/// The race's ring.
const RACE: f32 = 96.;

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
    (view, session, progress): (Res<CurrentView>, Res<Session>, Res<Progress>),
    mut announce: MessageWriter<Announce>,
    old: Query<(Entity, &Root), Without<Leaving>>,
    mut commands: Commands,
) {
    // Teams have a table of their own.
    let Some(view) = view.get().filter(|view| view.shown.play == Play::Together).cloned() else { return };
    let paused = view.paused.is_some();
    for (entity, root) in &old {
        if root.paused == paused {
            return;
        }
        commands.entity(entity).insert(Leaving);
    }
    let race = Race::of(&view, &session, &progress);
    announce.write(Announce(if paused { pause::spoken(&view) } else { spoken(&view, race) }));
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
                area.spawn(beside_the_ring(progress, move |lines| so_far(lines, &view, race)));
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

/// What is said aloud when a round has ended.
fn spoken(view: &View, race: Option<Race>) -> String {
    let standing = view.shown.standings.iter().find(|row| view.you.as_ref().is_none_or(|you| you.player == row.player));
    let so_far = standing.map(|row| text::said_so_far(row.credit, row.counted, row.points)).unwrap_or_default();
    match race {
        Some(race) => format!("{so_far} {}.", text::race(race.ahead())),
        None => so_far,
    }
}

fn so_far(lines: &mut super::parts::Spawner, view: &View, race: Option<Race>) {
    let progress = view.shown.progress;
    lines.spawn(eyebrow(text::rounds_done(progress.round, progress.rounds)));
    lines.spawn(heading(text::STANDINGS, Type::Display));
    for row in view.shown.standings.iter().filter(|row| view.you.as_ref().is_none_or(|you| you.player == row.player)) {
        lines.spawn(bold(text::right_of(row.credit, row.counted), Type::Answer, Token::Text));
        lines.spawn(words(text::points(row.points), Type::Answer, Token::Soft));
    }
    if let Some(race) = race {
        let (seats, hollow) = race.ring(RACE);
        lines.spawn(Node { column_gap: px(space::GAP), align_items: AlignItems::Center, ..default() }).with_children(
            |line| {
                line.spawn((ring(seats, ()), hollow));
                line.spawn(flowing(words(text::race(race.ahead()), Type::Answer, Token::Gold)));
            },
        );
    }
    if let Some(you) = &view.you {
        lines.spawn(Node { max_width: px(720), ..column() }).with_children(|bars| by_round(bars, &you.rounds));
    }
}
