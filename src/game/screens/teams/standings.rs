//! Between two rounds: every team with its place and its points.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::controls;
use super::team::badge;
use crate::game::a11y::{self, Announce};
use crate::game::focus::AutoFocus;
use crate::game::motion::{AtOnce, Leaving, Moving};
use crate::game::screens::Screen;
use crate::game::screens::parts::{Spawner, aside_in_body, flowing, foot, with};
use crate::game::screens::question::pause;
use crate::game::session::{CurrentView, Session, Submit};
use crate::game::teams::{Lineup, Teams};
use crate::game::text::{self, teams as words};
use crate::game::theme::{Token, Type, space};
use crate::game::widgets::{Bar, bar, bold, column, eyebrow, heading, main_button, screen, scroll, spacer};
use crate::quiz::Command;

/// The tree, and what it was built for.
#[derive(Component, PartialEq)]
struct Root {
    paused: bool,
    lineup: Lineup,
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Standings), build.run_if(super::playing)).add_systems(
        Update,
        build.run_if(in_state(Screen::Standings).and_then(resource_changed::<CurrentView>).and_then(super::playing)),
    );
}

fn build(
    (view, session, teams): (Res<CurrentView>, Res<Session>, Res<Teams>),
    old: Query<(Entity, &Root), Without<Leaving>>,
    mut announce: MessageWriter<Announce>,
    mut commands: Commands,
) {
    let (Some(view), Some(lineup)) = (view.get().cloned(), Lineup::of(&view, &session, &teams)) else { return };
    let fresh = Root { paused: view.paused.is_some(), lineup: lineup.clone() };
    let mut again = false;
    for (entity, root) in &old {
        if *root == fresh {
            return;
        }
        again |= root.paused == fresh.paused;
        commands.entity(entity).insert(Leaving);
    }
    let paused = fresh.paused;
    announce.write(Announce(if paused { pause::spoken(&view) } else { words::said_standings(&lineup) }));
    let mut root = commands.spawn((
        fresh,
        screen(text::STANDINGS),
        DespawnOnExit(Screen::Standings),
        with(move |root| {
            if paused {
                pause::build(root, &view);
                return;
            }
            let progress = view.shown.progress;
            let last = progress.round >= progress.rounds;
            root.spawn(Node { row_gap: px(4), flex_shrink: 0., ..column() }).with_children(|lines| {
                lines.spawn(eyebrow(text::rounds_done(progress.round, progress.rounds)));
                lines.spawn(heading(text::STANDINGS, Type::Verdict));
            });
            root.spawn(scroll(with(move |area| {
                table(area, &lineup);
                area.spawn(aside_in_body());
            })));
            root.spawn(foot(move |foot| {
                foot.spawn(pause::button());
                foot.spawn(spacer());
                controls::at_foot(foot, false);
                foot.spawn((
                    main_button(if last { text::SEE_RESULTS } else { text::NEXT_ROUND }),
                    AutoFocus,
                    observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Submit(Command::Next))),
                ));
            }));
        }),
    ));
    if again {
        root.insert(AtOnce);
    }
}

/// A row a team, best first, with a bar as long as its score says.
fn table(area: &mut Spawner, lineup: &Lineup) {
    let most = lineup.lines.iter().map(|line| line.points).max().unwrap_or(0).max(1);
    area.spawn((Node { row_gap: px(10), ..column() }, a11y::list(text::STANDINGS))).with_children(|rows| {
        for (index, line) in lineup.ranked().into_iter().enumerate() {
            // A few thousand points: exact in an f32.
            #[expect(clippy::cast_precision_loss, reason = "a length on a screen")]
            let share = line.points as f32 / most as f32;
            rows.spawn((
                Node { column_gap: px(space::GAP), align_items: AlignItems::Center, flex_shrink: 0., ..default() },
                a11y::list_item(),
                Moving::arrive(index),
            ))
            .with_children(|row| {
                row.spawn((
                    Node { min_width: px(34), flex_shrink: 0., justify_content: JustifyContent::End, ..default() },
                    children![bold(line.place.to_string(), Type::Answer, Token::Text)],
                ));
                row.spawn(badge(line.slot, 40.));
                row.spawn(flowing((
                    // All as wide as there is room: the bars are on one scale.
                    Node { row_gap: px(4), width: percent(100), ..column() },
                    children![
                        (
                            Node { column_gap: px(space::GAP), align_items: AlignItems::FlexEnd, ..default() },
                            children![
                                flowing(bold(line.name.clone(), Type::Label, Token::Text)),
                                (
                                    Node { flex_shrink: 0., ..default() },
                                    children![bold(text::points(line.points), Type::Label, Token::Text)]
                                ),
                            ]
                        ),
                        bar(line.name.clone(), Bar { share, token: Token::Slot(line.slot) }),
                    ],
                )));
            });
        }
    });
}
