//! A score changed by hand: which team, how many points more or fewer. It goes to the journal, and "Undo" takes it back.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, ValueChange, observe};

use crate::game::a11y::Announce;
use crate::game::focus::AutoFocus;
use crate::game::screens::Screen;
use crate::game::screens::parts::with;
use crate::game::session::{CurrentView, Session, Submit};
use crate::game::teams::{Lineup, Teams};
use crate::game::text::teams as words;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{
    Blocked, Icon, back_button, bold, choice, column, dialog, heading, icon_button, main_button,
};
use crate::game::widgets::{row, scroll, spacer, text as line};
use crate::quiz::{Command, MAX_ADJUST};

/// What a press changes.
const STEP: i32 = 100;

/// Opens the panel over the match.
#[derive(Event, Debug, Clone, Copy)]
pub struct OpenAdjust;

/// Closes it.
#[derive(Event, Debug, Clone, Copy)]
struct CloseAdjust;

/// The panel, and what is chosen in it.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
struct Adjusting {
    /// Index into the lines of the line-up.
    team: usize,
    points: i32,
}

#[derive(Component)]
struct Points;
#[derive(Component)]
struct Outcome;
#[derive(Component)]
struct Apply;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(open).add_observer(close).add_systems(Update, refresh);
}

fn open(
    _: On<OpenAdjust>,
    (view, session, teams): (Res<CurrentView>, Res<Session>, Res<Teams>),
    screen: Option<Res<State<Screen>>>,
    open: Query<(), With<Adjusting>>,
    mut commands: Commands,
) {
    let (Some(lineup), Some(screen)) = (Lineup::of(&view, &session, &teams), screen) else { return };
    if !open.is_empty() {
        return;
    }
    let names: Vec<String> = lineup.lines.iter().map(|line| line.name.clone()).collect();
    // The team that the last verdict was about, most likely.
    let team = lineup
        .answering()
        .and_then(|line| lineup.lines.iter().position(|other| other.player == line.player))
        .unwrap_or(0);
    commands.spawn((
        dialog(words::ADJUST),
        Adjusting { team, points: 0 },
        DespawnOnExit(*screen.get()),
        with(move |root| {
            root.spawn((
                scroll(with(move |area| {
                    area.spawn(Node { min_height: percent(100), justify_content: JustifyContent::Center, ..column() })
                        .with_children(|panel| {
                            panel.spawn(heading(words::ADJUST, Type::Heading));
                            panel.spawn(bold(words::WHICH_TEAM, Type::Label, Token::Text));
                            let names: Vec<&str> = names.iter().map(String::as_str).collect();
                            panel.spawn((choice(words::WHICH_TEAM, &names, team), observe(pick)));
                            panel.spawn(bold(words::HOW_MUCH, Type::Label, Token::Text));
                            panel.spawn(row()).with_children(|steps| {
                                steps.spawn((icon_button(Icon::Minus, words::LESS), observe(step::<false>)));
                                steps.spawn((bold("", Type::Answer, Token::Text), Points));
                                steps.spawn((icon_button(Icon::Plus, words::MORE), AutoFocus, observe(step::<true>)));
                            });
                            panel.spawn((line("", Type::Body, Token::Text), Outcome));
                        });
                })),
                crate::game::layout::Adapt(|node, _| (node.width, node.max_width) = (percent(100), px(960))),
            ));
            root.spawn(Node { width: percent(100), max_width: px(960), flex_shrink: 0., ..row() }).with_children(
                |foot| {
                    foot.spawn((
                        back_button(words::CANCEL),
                        observe(|_: On<Activate>, mut commands: Commands| commands.trigger(CloseAdjust)),
                    ));
                    foot.spawn(spacer());
                    foot.spawn((main_button(words::APPLY), Apply, observe(apply)));
                },
            );
        }),
    ));
}

/// The focus goes back by itself to where it was.
fn close(_: On<CloseAdjust>, open: Query<Entity, With<Adjusting>>, mut commands: Commands) {
    for entity in &open {
        commands.entity(entity).despawn();
    }
}

fn pick(on: On<ValueChange<usize>>, mut open: Query<&mut Adjusting>) {
    for mut adjusting in &mut open {
        *adjusting = Adjusting { team: on.value, points: 0 };
    }
}

fn step<const MORE: bool>(
    _: On<Activate>,
    (view, session, teams): (Res<CurrentView>, Res<Session>, Res<Teams>),
    mut open: Query<&mut Adjusting>,
    mut announce: MessageWriter<Announce>,
) {
    let Some(lineup) = Lineup::of(&view, &session, &teams) else { return };
    for mut adjusting in &mut open {
        let Some(line) = lineup.lines.get(adjusting.team) else { continue };
        let now = i32::try_from(line.points).unwrap_or(i32::MAX);
        let wanted = if MORE { adjusting.points + STEP } else { adjusting.points - STEP };
        adjusting.points = wanted.clamp((-MAX_ADJUST).max(-now), MAX_ADJUST);
        announce.write(Announce(outcome(&lineup, *adjusting)));
    }
}

fn outcome(lineup: &Lineup, adjusting: Adjusting) -> String {
    let Some(line) = lineup.lines.get(adjusting.team) else { return String::new() };
    words::adjusted(&line.name, line.points, line.points.saturating_add_signed(adjusting.points))
}

fn apply(
    _: On<Activate>,
    (view, session, teams): (Res<CurrentView>, Res<Session>, Res<Teams>),
    open: Query<&Adjusting>,
    mut announce: MessageWriter<Announce>,
    mut commands: Commands,
) {
    let Some(lineup) = Lineup::of(&view, &session, &teams) else { return };
    for adjusting in &open {
        let Some(line) = lineup.lines.get(adjusting.team) else { continue };
        announce.write(Announce(words::said_adjusted(&line.name, adjusting.points)));
        commands.trigger(Submit(Command::Adjust { player: line.player, points: adjusting.points }));
    }
    commands.trigger(CloseAdjust);
}

/// What follows from the choice.
fn refresh(
    (view, session, teams): (Res<CurrentView>, Res<Session>, Res<Teams>),
    open: Query<Ref<Adjusting>>,
    mut texts: ParamSet<(Query<&mut Text, With<Points>>, Query<&mut Text, With<Outcome>>)>,
    buttons: Query<(Entity, Has<Blocked>), With<Apply>>,
    mut commands: Commands,
) {
    let Ok(adjusting) = open.single() else { return };
    if !adjusting.is_changed() && !view.is_changed() {
        return;
    }
    let Some(lineup) = Lineup::of(&view, &session, &teams) else { return };
    for mut text in &mut texts.p0() {
        text.set_if_neq(Text(words::signed(adjusting.points)));
    }
    for mut text in &mut texts.p1() {
        text.set_if_neq(Text(outcome(&lineup, *adjusting)));
    }
    for (entity, blocked) in &buttons {
        match (adjusting.points == 0, blocked) {
            (true, false) => {
                commands.entity(entity).insert(Blocked(words::NO_CHANGE.to_owned()));
            }
            (false, true) => {
                commands.entity(entity).remove::<Blocked>();
            }
            _ => {}
        }
    }
}
