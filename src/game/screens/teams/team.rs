//! One team: its name, its colour and shape, its key and its gamepad button. Every choice counts at once; what another team has is refused
//! with its name.

use std::time::Duration;

use bevy::picking::Pickable;
use bevy::prelude::*;
use bevy::ui_widgets::{Activate, ValueChange, observe};
use web_time::Instant;

use crate::game::a11y::{self, Announce};
use crate::game::focus::AutoFocus;
use crate::game::layout::Adapt;
use crate::game::redraw::Redraw;
use crate::game::screens::parts::{Refill, Spawner, foot, main_side, with};
use crate::game::screens::{Go, Menu, Screen};
use crate::game::sound::Effect;
use crate::game::teams::presses::{Heard, Waiting};
use crate::game::teams::{NAME_CHARS, Teams};
use crate::game::text::{self, teams as words};
use crate::game::theme::{SLOTS, Token, Type, radius, space};
use crate::game::widgets::{Blocked, Chosen, Edge, Fill, Icon, Ink, Inner, back_button, bold, button, heading, icon};
use crate::game::widgets::{
    main_button, name_entry, panel, quiet_button, row, row_button, screen, scroll, side_by_side,
};
use crate::game::widgets::{spacer, text as line};
use crate::quiz::Play;

/// Which of the teams that play.
#[derive(Resource, Debug, Clone, Copy, Default)]
pub struct Editing(pub usize);

/// Lights up when this team's key is pressed.
#[derive(Component, Debug, Clone, Copy)]
pub(super) struct Lit(pub usize);

/// Lit until then.
#[derive(Component, Debug, Clone, Copy)]
struct Glows(Instant);

/// How long a press is seen.
const GLOW: Duration = Duration::from_millis(800);

#[derive(Component)]
struct KeyNow;
#[derive(Component)]
struct PadNow;
#[derive(Component)]
struct Said;
#[derive(Component)]
struct Remove;
#[derive(Component)]
struct Look(usize);
/// Its name, or whose it is.
#[derive(Component)]
struct LookWords(usize);
/// On the one that is chosen.
#[derive(Component)]
struct LookTick(usize);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Editing>()
        .add_systems(OnEnter(Screen::Team), build)
        .add_systems(
            Update,
            refresh.run_if(
                in_state(Screen::Team)
                    .and_then(resource_changed::<Teams>.or_else(resource_changed::<Waiting>).or_else(just_entered)),
            ),
        )
        .add_systems(Update, dim)
        .add_observer(heard);
}

fn just_entered(looks: Query<(), Added<Look>>) -> bool {
    !looks.is_empty()
}

/// A team's shape on its colour.
pub fn badge(slot: usize, size: f32) -> impl Bundle {
    (
        Node {
            width: px(size),
            height: px(size),
            flex_shrink: 0.,
            border_radius: BorderRadius::all(px(radius::SMALL)),
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            ..default()
        },
        Fill(Token::Slot(slot)),
        Pickable::IGNORE,
        children![icon(Icon::slot(slot), size * 0.6, Token::OnSlot)],
    )
}

/// Words within a control whose name says them already.
pub(super) fn parts_of(words: impl Into<String>, kind: Type) -> impl Bundle {
    (bold(words, kind, Token::Text), Inner)
}

/// The key that a team presses.
pub(super) fn key_cap(key: char) -> impl Bundle {
    (
        Node {
            border: UiRect::all(px(1.5)),
            padding: UiRect::axes(px(9), px(1)),
            border_radius: BorderRadius::all(px(radius::SMALL)),
            flex_shrink: 0.,
            ..default()
        },
        Edge(Token::Line),
        Pickable::IGNORE,
        children![(bold(key.to_string(), Type::Small, Token::Text), Inner)],
    )
}

/// Seen for a moment.
pub(super) fn light(commands: &mut Commands, entity: Entity) {
    commands.entity(entity).insert((Chosen, Glows(Instant::now() + GLOW)));
}

fn dim(glowing: Query<(Entity, &Glows)>, mut redraw: ResMut<Redraw>, mut commands: Commands) {
    let now = Instant::now();
    for (entity, glows) in &glowing {
        if glows.0 <= now {
            commands.entity(entity).remove::<(Chosen, Glows)>();
            redraw.next_frame();
        } else {
            redraw.wake_at(glows.0);
        }
    }
}

fn build(teams: Res<Teams>, editing: Res<Editing>, mut commands: Commands) {
    let index = editing.0;
    let Some(team) = teams.playing().get(index).cloned() else {
        commands.trigger(Go(Menu::Teams));
        return;
    };
    let buzz = teams.play() == Play::Buzz;
    commands.spawn((
        screen(words::team_heading(index)),
        DespawnOnExit(Screen::Team),
        with(move |root| {
            root.spawn(heading(words::team_heading(index), Type::Heading));
            root.spawn(scroll(with(move |area| {
                area.spawn((
                    side_by_side(),
                    with(move |sides| {
                        sides.spawn(main_side()).with_children(|left| {
                            name(left, index, team.name);
                            left.spawn(bold(words::LOOK, Type::Label, Token::Text));
                            looks(left, index);
                        });
                        if buzz {
                            presses(sides, index);
                        }
                    }),
                ));
            })));
            root.spawn(foot(|foot| {
                foot.spawn((
                    Node { flex_shrink: 1., ..default() },
                    children![(line("", Type::Small, Token::Gold), Said)],
                ));
                foot.spawn(spacer());
                foot.spawn((
                    back_button(text::BACK),
                    observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Go(Menu::Teams))),
                ));
                foot.spawn((
                    main_button(words::DONE),
                    AutoFocus,
                    observe(|_: On<Activate>, mut commands: Commands| commands.trigger(Go(Menu::Teams))),
                ));
            }));
        }),
    ));
}

fn name(left: &mut Spawner, index: usize, now: String) {
    left.spawn((
        name_entry(words::NAME, words::NAME_HELP, NAME_CHARS),
        Refill { text: now, focus: false },
        observe(
            move |on: On<ValueChange<String>>,
                  mut teams: ResMut<Teams>,
                  mut said: Query<&mut Text, With<Said>>,
                  mut announce: MessageWriter<Announce>| {
                if teams.playing().get(index).is_none_or(|team| team.name == on.value.trim()) {
                    say(&mut said, String::new());
                    return;
                }
                match teams.rename(index, &on.value) {
                    Ok(()) => say(&mut said, String::new()),
                    Err(why) => {
                        let why = words::not_that(&why);
                        announce.write(Announce(why.clone()));
                        say(&mut said, why);
                    }
                }
            },
        ),
    ));
}

fn say(said: &mut Query<&mut Text, With<Said>>, words: String) {
    for mut text in said {
        if text.0 != words {
            text.0.clone_from(&words);
        }
    }
}

fn looks(left: &mut Spawner, index: usize) {
    left.spawn((
        Node { row_gap: px(space::TIGHT), column_gap: px(space::TIGHT), flex_shrink: 0., ..row() },
        Adapt(|node, form| {
            if form.is_narrow() {
                (node.flex_direction, node.flex_wrap) = (FlexDirection::Column, FlexWrap::NoWrap);
                node.align_items = AlignItems::Stretch;
            } else {
                (node.flex_direction, node.flex_wrap) = (FlexDirection::Row, FlexWrap::Wrap);
            }
        }),
        a11y::group(words::LOOK),
        a11y::Counted,
    ))
    .with_children(|grid| {
        for slot in 0..SLOTS {
            grid.spawn((
                row_button(words::LOOKS[slot]),
                Look(slot),
                Adapt(|node, form| {
                    node.flex_basis = if form.is_narrow() { Val::Auto } else { px(300) };
                    (node.flex_grow, node.flex_wrap) = (1., FlexWrap::NoWrap);
                    node.min_height = px(50);
                    node.padding = UiRect::axes(px(16), px(4));
                }),
                observe(move |_: On<Activate>, mut teams: ResMut<Teams>| {
                    // What another team has cannot be pressed.
                    let _ = teams.wear(index, slot);
                }),
                children![
                    badge(slot, 32.),
                    (
                        Node { flex_grow: 1., flex_shrink: 1., flex_basis: px(0), min_width: px(0), ..default() },
                        Pickable::IGNORE,
                        children![(parts_of(words::LOOKS[slot], Type::Label), LookWords(slot))],
                    ),
                    (
                        Node { display: Display::None, flex_shrink: 0., ..default() },
                        LookTick(slot),
                        Pickable::IGNORE,
                        children![icon(Icon::Tick, 20., Token::Gold)],
                    ),
                ],
            ));
        }
    });
}

fn presses(sides: &mut Spawner, index: usize) {
    sides
        .spawn((
            Node { flex_direction: FlexDirection::Column, flex_shrink: 0., ..default() },
            Adapt(|node, form| node.width = if form.is_narrow() { Val::Auto } else { px(390) }),
        ))
        .with_children(|holder| {
            holder.spawn((
                panel(),
                with(move |panel| {
                    panel.spawn(bold(words::KEY, Type::Label, Token::Text));
                    panel.spawn((line("", Type::Body, Token::Text), KeyNow));
                    panel.spawn((
                        button(words::CHOOSE_KEY),
                        Lit(index),
                        observe(move |_: On<Activate>, mut waiting: ResMut<Waiting>| *waiting = Waiting::Key(index)),
                    ));
                    panel.spawn(Node { height: px(space::TIGHT), ..default() });
                    panel.spawn(bold(words::PAD, Type::Label, Token::Text));
                    panel.spawn((line("", Type::Body, Token::Text), PadNow));
                    panel.spawn(row()).with_children(|line| {
                        line.spawn((
                            button(words::CHOOSE_PAD),
                            observe(move |_: On<Activate>, mut waiting: ResMut<Waiting>| {
                                *waiting = Waiting::Pad(index);
                            }),
                        ));
                        line.spawn((
                            quiet_button(words::NO_PAD),
                            Remove,
                            observe(move |_: On<Activate>, mut teams: ResMut<Teams>| {
                                let _ = teams.bind_pad(index, None);
                            }),
                        ));
                    });
                }),
            ));
        });
}

/// What is chosen, in place.
fn refresh(
    (teams, editing, waiting): (Res<Teams>, Res<Editing>, Res<Waiting>),
    looks: Query<(Entity, &Look, Has<Blocked>, Has<Chosen>)>,
    mut ticks: Query<(&LookTick, &mut Node)>,
    mut texts: ParamSet<(
        Query<(&mut Text, &mut Ink), With<KeyNow>>,
        Query<(&mut Text, &mut Ink), With<PadNow>>,
        Query<&mut Text, With<Said>>,
        Query<(&LookWords, &mut Text)>,
    )>,
    removes: Query<(Entity, Has<Blocked>), With<Remove>>,
    mut announce: MessageWriter<Announce>,
    mut commands: Commands,
) {
    let index = editing.0;
    let Some(team) = teams.playing().get(index) else { return };
    let owner = |slot: usize| {
        let mut others = teams.playing().iter().enumerate();
        others.find(|(other, has)| *other != index && has.slot == slot).map(|(_, other)| other.name.as_str())
    };
    for (entity, look, blocked, chosen) in &looks {
        match (team.slot == look.0, chosen) {
            (true, false) => {
                commands.entity(entity).insert(Chosen);
            }
            (false, true) => {
                commands.entity(entity).remove::<Chosen>();
            }
            _ => {}
        }
        match owner(look.0) {
            Some(other) if !blocked => {
                commands.entity(entity).insert(Blocked(other.to_owned()));
            }
            None if blocked => {
                commands.entity(entity).remove::<Blocked>();
            }
            _ => {}
        }
    }
    for (tick, mut node) in &mut ticks {
        node.display = if team.slot == tick.0 { Display::Flex } else { Display::None };
    }
    for (look, mut text) in &mut texts.p3() {
        text.set_if_neq(Text::new(owner(look.0).unwrap_or(words::LOOKS[look.0])));
    }
    let key = match *waiting {
        Waiting::Key(_) => (words::PRESS_KEY.to_owned(), Token::Gold),
        _ => (format!("{}. {}", words::key(team.key), words::PRESS_TO_TRY), Token::Text),
    };
    let pad = match (*waiting, team.pad) {
        (Waiting::Pad(_), _) => (words::PRESS_PAD.to_owned(), Token::Gold),
        (_, Some(pad)) => (words::capitalised(&words::pad_button(pad)), Token::Text),
        (_, None) => (words::PAD_NONE.to_owned(), Token::Text),
    };
    if waiting.is_changed() && *waiting != Waiting::No {
        let asked = if matches!(*waiting, Waiting::Key(_)) { words::PRESS_KEY } else { words::PRESS_PAD };
        announce.write(Announce(asked.to_owned()));
        for mut said in &mut texts.p2() {
            said.set_if_neq(Text::default());
        }
    }
    for (mut text, mut ink) in &mut texts.p0() {
        text.set_if_neq(Text(key.0.clone()));
        ink.set_if_neq(Ink(key.1));
    }
    for (mut text, mut ink) in &mut texts.p1() {
        text.set_if_neq(Text(pad.0.clone()));
        ink.set_if_neq(Ink(pad.1));
    }
    for (entity, blocked) in &removes {
        match team.pad {
            None if !blocked => {
                commands.entity(entity).insert(Blocked(words::PAD_NONE.to_owned()));
            }
            Some(_) if blocked => {
                commands.entity(entity).remove::<Blocked>();
            }
            _ => {}
        }
    }
}

/// What came of a press that was waited for.
fn heard(
    heard: On<Heard>,
    teams: Res<Teams>,
    mut said: Query<&mut Text, With<Said>>,
    mut effects: MessageWriter<Effect>,
    mut announce: MessageWriter<Announce>,
) {
    let Some(team) = teams.playing().get(heard.team) else { return };
    let words = match &heard.outcome {
        Ok(()) => words::chosen(team, heard.pad),
        Err(why) => words::not_that(why),
    };
    effects.write(if heard.outcome.is_ok() { Effect::Right } else { Effect::Wrong });
    announce.write(Announce(words.clone()));
    say(&mut said, words);
}
