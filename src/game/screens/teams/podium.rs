//! The end: who won, on a podium whose heights are true to the scores. A score may still be changed by hand.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::controls;
use crate::game::a11y::Announce;
use crate::game::focus::{AutoFocus, EscAction};
use crate::game::motion::{AtOnce, Leaving};
use crate::game::screens::Screen;
use crate::game::screens::parts::{aside_in_body, foot, leave, with};
use crate::game::session::{CurrentView, PlayAgain, Session};
use crate::game::sound::Effect;
use crate::game::teams::{Lineup, Teams};
use crate::game::text::{self, teams as words};
use crate::game::theme::{Type, space};
use crate::game::widgets::{
    PodiumRow, button, column, eyebrow, heading, hint, main_button, podium, quiet_button, screen,
};
use crate::game::widgets::{scroll, spacer};

/// The tree, and what it was built for.
#[derive(Component, PartialEq)]
struct Root(Lineup);

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Results), build.run_if(super::playing)).add_systems(
        Update,
        build.run_if(in_state(Screen::Results).and_then(resource_changed::<CurrentView>).and_then(super::playing)),
    );
}

fn build(
    (view, session, teams): (Res<CurrentView>, Res<Session>, Res<Teams>),
    old: Query<(Entity, &Root), Without<Leaving>>,
    mut announce: MessageWriter<Announce>,
    mut effects: MessageWriter<Effect>,
    mut commands: Commands,
) {
    let (Some(view), Some(lineup)) = (view.get().cloned(), Lineup::of(&view, &session, &teams)) else { return };
    let mut again = false;
    for (entity, root) in &old {
        if root.0 == lineup {
            return;
        }
        again = true;
        commands.entity(entity).insert(Leaving);
    }
    let winners = words::winners(&lineup);
    announce.write(Announce(format!("{winners} {}", words::said_standings(&lineup))));
    if !again {
        effects.write(Effect::Finished);
    }
    let rows: Vec<PodiumRow> = lineup
        .ranked()
        .into_iter()
        .map(|line| PodiumRow {
            place: line.place,
            name: line.name.clone(),
            points: line.points,
            slot: Some(line.slot),
        })
        .collect();
    let mut root = commands.spawn((
        Root(lineup),
        screen(words::PODIUM),
        DespawnOnExit(Screen::Results),
        with(move |root| {
            let progress = view.shown.progress;
            root.spawn(Node { row_gap: px(4), flex_shrink: 0., ..column() }).with_children(|lines| {
                lines.spawn(eyebrow(words::played(&view.shown.bank, progress.questions)));
                lines.spawn(heading(winners, Type::Verdict));
                if view.shown.abandoned {
                    lines.spawn(hint(text::ABANDONED));
                }
            });
            root.spawn(scroll(with(move |area| {
                area.spawn((
                    Node { min_height: percent(100), row_gap: px(space::GAP), ..column() },
                    with(move |whole| {
                        whole.spawn(podium(&rows));
                        whole.spawn(aside_in_body());
                    }),
                ));
            })));
            root.spawn(foot(|foot| {
                foot.spawn((quiet_button(text::MENU), EscAction, observe(leave)));
                foot.spawn(spacer());
                controls::at_foot(foot, false);
                foot.spawn((
                    button(words::AGAIN_SAME),
                    observe(|_: On<Activate>, mut commands: Commands| commands.trigger(PlayAgain::SameCode)),
                ));
                foot.spawn((
                    main_button(words::AGAIN_NEW),
                    AutoFocus,
                    observe(|_: On<Activate>, mut commands: Commands| commands.trigger(PlayAgain::NewCode)),
                ));
            }));
        }),
    ));
    if again {
        root.insert(AtOnce);
    }
}
