//! Who plays, and how: the teams in a list, each a press away from its own page; its keys light up when they are pressed.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, ValueChange, observe};

use super::team::{Editing, Lit, badge, light, parts_of};
use crate::game::a11y::{self, Announce};
use crate::game::focus::AutoFocus;
use crate::game::layout::Adapt;
use crate::game::library::Library;
use crate::game::screens::parts::{Spawner, flowing, foot, with};
use crate::game::screens::{Go, Menu, Screen};
use crate::game::teams::presses::Tried;
use crate::game::teams::{FEWEST, ForTeams, MOST, Team, Teams};
use crate::game::text::{self, teams as words};
use crate::game::theme::{Token, Type, space};
use crate::game::widgets::{
    back_button, bold, choice, column, heading, hint, main_button, panel, pill, row, row_button,
};
use crate::game::widgets::{screen, scroll, side_by_side, spacer, text as line};
use crate::quiz::Play;

/// The modes, as they are listed.
const MODES: [Play; 2] = [Play::Buzz, Play::Turns];

#[derive(Component)]
struct List;
#[derive(Component)]
struct About;
#[derive(Component)]
struct Try;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Teams), build)
        .add_systems(Update, refill.run_if(in_state(Screen::Teams).and_then(resource_changed::<Teams>)))
        .add_observer(tried)
        .add_systems(OnEnter(Screen::Title), |mut for_teams: ResMut<ForTeams>| for_teams.0 = false);
}

fn build(library: Res<Library>, teams: Res<Teams>, mut commands: Commands) {
    let Some(loaded) = library.chosen().cloned() else {
        commands.trigger(Go(Menu::Banks));
        return;
    };
    let teams = teams.clone();
    commands.spawn((
        screen(words::TEAMS),
        DespawnOnExit(Screen::Teams),
        with(move |root| {
            let about = text::bank_pill(&loaded.bank.title, loaded.bank.questions().count());
            root.spawn(Node { flex_shrink: 0., ..row() }).with_children(|line| {
                line.spawn(heading(words::TEAMS, Type::Heading));
                line.spawn(spacer());
                line.spawn(pill(about));
            });
            root.spawn(scroll(with(move |area| {
                area.spawn((
                    side_by_side(),
                    with(move |sides| {
                        sides
                            .spawn((
                                Node { flex_grow: 1., flex_shrink: 1., min_width: px(0), ..column() },
                                Adapt(|node, form| {
                                    node.flex_basis = if form.is_narrow() { Val::Auto } else { px(0) };
                                }),
                            ))
                            .with_children(|left| {
                                left.spawn((
                                    List,
                                    Node { row_gap: px(space::TIGHT), ..column() },
                                    a11y::list(words::LINEUP),
                                ))
                                .with_children(|list| fill(list, &teams));
                                left.spawn((hint(words::TRY_KEYS), Try));
                            });
                        options(sides, &teams);
                    }),
                ));
            })));
            root.spawn(foot(|foot| {
                foot.spawn((
                    back_button(text::BACK),
                    observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Go(Menu::Title))),
                ));
                foot.spawn(spacer());
                foot.spawn((
                    main_button(words::CHOOSE_ROUNDS),
                    AutoFocus,
                    observe(|_: On<Activate>, mut for_teams: ResMut<ForTeams>, mut commands: Commands| {
                        for_teams.0 = true;
                        commands.trigger(Go(Menu::Setup));
                    }),
                ));
            }));
        }),
    ));
}

fn fill(list: &mut Spawner, teams: &Teams) {
    let buzz = teams.play() == Play::Buzz;
    for (index, team) in teams.playing().iter().enumerate() {
        list.spawn(a11y::list_item()).insert(column()).with_children(|item| {
            item.spawn((
                row_button(words::team_row(team, buzz)),
                Lit(index),
                Adapt(|node, form| {
                    node.min_height = px(52);
                    let side = if form.is_narrow() { 10. } else { space::GAP };
                    node.padding = UiRect::axes(px(side), px(4));
                    node.flex_wrap = FlexWrap::NoWrap;
                }),
                observe(move |_: On<Activate>, mut editing: ResMut<Editing>, mut commands: Commands| {
                    editing.0 = index;
                    commands.trigger(Go(Menu::Team));
                }),
            ))
            .with_children(|line| faces(line, team, buzz));
        });
    }
}

fn faces(line: &mut Spawner, team: &Team, buzz: bool) {
    line.spawn(badge(team.slot, 36.));
    line.spawn(flowing(parts_of(team.name.clone(), Type::Label)));
    if buzz {
        if let Some(pad) = team.pad {
            line.spawn((
                Node { flex_shrink: 1., ..default() },
                Pickable::IGNORE,
                children![parts_of(words::pad_button(pad), Type::Small)],
            ));
        }
        line.spawn(super::team::key_cap(team.key));
    }
}

fn options(sides: &mut Spawner, teams: &Teams) {
    let (count, play) = (teams.count(), teams.play());
    sides
        .spawn((
            Node { flex_direction: FlexDirection::Column, flex_shrink: 0., ..default() },
            Adapt(|node, form| node.width = if form.is_narrow() { Val::Auto } else { px(500) }),
        ))
        .with_children(|holder| {
            holder.spawn((
                panel(),
                with(move |panel| {
                    panel.spawn(bold(words::HOW_MANY, Type::Label, Token::Text));
                    let counts: Vec<String> = (FEWEST..=MOST).map(|count| count.to_string()).collect();
                    let counts: Vec<&str> = counts.iter().map(String::as_str).collect();
                    panel.spawn((
                        choice(words::HOW_MANY, &counts, count - FEWEST),
                        observe(|on: On<ValueChange<usize>>, mut teams: ResMut<Teams>| {
                            teams.set_count(on.value + FEWEST);
                        }),
                    ));
                    panel.spawn(bold(words::MODE, Type::Label, Token::Text));
                    let at = MODES.iter().position(|mode| *mode == play).unwrap_or(0);
                    panel.spawn((
                        choice(words::MODE, &MODES.map(words::mode), at),
                        observe(|on: On<ValueChange<usize>>, mut teams: ResMut<Teams>| {
                            teams.set_play(MODES.get(on.value).copied().unwrap_or(Play::Buzz));
                        }),
                    ));
                    panel.spawn((line(words::about_mode(play), Type::Small, Token::Soft), About));
                }),
            ));
        });
}

/// The list and what stands below it, in step with the choices; the focus is elsewhere.
fn refill(
    teams: Res<Teams>,
    lists: Query<Entity, With<List>>,
    mut texts: ParamSet<(Query<&mut Text, With<About>>, Query<&mut Text, With<Try>>)>,
    mut commands: Commands,
) {
    for list in &lists {
        let teams = teams.clone();
        commands.entity(list).despawn_related::<Children>().insert(with(move |list| fill(list, &teams)));
    }
    for mut text in &mut texts.p0() {
        text.set_if_neq(Text::new(words::about_mode(teams.play())));
    }
    for mut text in &mut texts.p1() {
        let try_keys = if teams.play() == Play::Buzz { words::TRY_KEYS } else { "" };
        text.set_if_neq(Text::new(try_keys));
    }
}

/// Seen, and said aloud.
fn tried(
    tried: On<Tried>,
    teams: Res<Teams>,
    rows: Query<(Entity, &Lit)>,
    mut announce: MessageWriter<Announce>,
    mut commands: Commands,
) {
    let Some(team) = teams.playing().get(tried.team).filter(|_| teams.play() == Play::Buzz) else { return };
    announce.write(Announce(words::works(&team.name, team.key, team.pad.filter(|_| tried.pad))));
    for (entity, lit) in &rows {
        if lit.0 == tried.team {
            light(&mut commands, entity);
        }
    }
}
