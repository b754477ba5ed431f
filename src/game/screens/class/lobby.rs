//! The lobby: how to join, and seats that fill round the ring.

use std::time::Duration;

use accesskit::{Node as Access, Role};
use bevy::a11y::AccessibilityNode;
use bevy::picking::Pickable;
use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};
use web_time::Instant;

use super::people::{OpenPeople, OpenPerson};
use super::{Building, Face, controls, crowd, scrolled};
use crate::classroom::protocol::Order;
use crate::classroom::room::Person;
use crate::game::a11y::{self, Announce};
use crate::game::class::open::LookForNetworks;
use crate::game::class::{Class, CurrentClass};
use crate::game::focus::AutoFocus;
use crate::game::layout::Adapt;
use crate::game::redraw::Redraw;
use crate::game::screens::Screen;
use crate::game::screens::parts::{Spawner, aside_at_foot, aside_in_body, foot, main_side, with};
use crate::game::session::Clock;
use crate::game::share::qr;
use crate::game::text::class as text;
use crate::game::theme::{Token, Type, radius, space, stroke};
use crate::game::widgets::{
    Blocked, Caption, Ring, bold, button, column, eyebrow, heading, hint, in_ring, main_button, panel, quiet_button,
    ring, ring_caption, row, side_by_side, spacer, text as words, unspoken,
};

/// How wide the QR code is: read from the back row.
const QR: f32 = 208.;
/// The ring.
const RING: f32 = 340.;
const RING_NARROW: f32 = 240.;
/// Names that stand beside it; the others are in the list.
const NAMES: usize = 6;
/// How long nobody may come before it is said what to try.
const A_WHILE: Duration = Duration::from_mins(1);

#[derive(Component)]
struct SeatsRing;
#[derive(Component)]
struct SeatsCount;
#[derive(Component)]
struct Names;
#[derive(Component)]
struct NameOf(u32);
#[derive(Component)]
struct MoreNames;
#[derive(Component)]
struct StartButton;
#[derive(Component)]
struct StillNobody;
#[derive(Component)]
struct LockedLine;

/// Paints a link as a picture in the place that has it.
#[derive(Component, Debug, Clone)]
pub struct QrOf(pub String);

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (update, paint_codes).chain().after(Building).run_if(in_state(Screen::Class)))
        .add_systems(Update, wait_for_somebody.after(Building).run_if(in_state(Screen::Class)));
}

/// What is said aloud when the face appears.
#[must_use]
pub fn spoken(face: &Face) -> String {
    text::said_lobby(face.class.address().as_deref(), &face.class.facts.code.spoken())
}

/// A QR code on white, as large as asked for.
pub fn code(parent: &mut Spawner, link: String, name: &str, size: f32) {
    let mut access = Access::new(Role::Image);
    access.set_label(name);
    parent.spawn((
        Node {
            width: px(size),
            height: px(size),
            flex_shrink: 0.,
            border_radius: BorderRadius::all(px(radius::TILE)),
            overflow: Overflow::clip(),
            ..default()
        },
        AccessibilityNode(access),
        Pickable::IGNORE,
        children![(
            QrOf(link),
            Node {
                width: percent(100),
                height: percent(100),
                border_radius: BorderRadius::all(px(radius::TILE)),
                ..default()
            },
            unspoken(),
            Pickable::IGNORE,
        )],
    ));
}

fn paint_codes(codes: Query<(Entity, &QrOf), Added<QrOf>>, mut images: ResMut<Assets<Image>>, mut commands: Commands) {
    for (entity, QrOf(link)) in &codes {
        if let Some(picture) = qr::draw(link) {
            commands.entity(entity).insert((ImageNode::new(images.add(picture)), unspoken()));
        }
    }
}

/// The whole face.
pub fn build(root: &mut Spawner, face: &Face) {
    let facts = face.class.facts.clone();
    let (address, link, others) = (face.class.address(), face.class.link(), face.class.others());
    let people = face.scene.snapshot.people.clone();
    let questions = face.view.shown.progress.questions;
    let locked = face.scene.snapshot.locked;
    let count = people.len();
    scrolled(root, move |area| {
        // Across the whole width: an address that breaks is mistyped.
        if let Some(address) = &address {
            area.spawn((Node { row_gap: px(2), flex_shrink: 0., ..column() }, Pickable::IGNORE)).with_children(
                |lines| {
                    lines.spawn(eyebrow(text::SCAN_OR_OPEN));
                    lines.spawn(heading(address.clone(), Type::Verdict));
                },
            );
        }
        area.spawn((
            side_by_side(),
            with(move |sides| {
                sides.spawn(main_side()).with_children(|left| {
                    way_in(left, link, &facts.code.spoken());
                    for (address, card) in others.iter().take(3) {
                        left.spawn(hint(text::or_at(address, card)));
                    }
                    if let Some(wanted) = facts.instead_of {
                        left.spawn(words(
                            text::other_port(wanted, facts.port, facts.resumed),
                            Type::Small,
                            Token::Gold,
                        ));
                    }
                    left.spawn(panel()).with_children(|panel| {
                        panel.spawn(bold(facts.title.clone(), Type::Body, Token::Text));
                        let played = text::what_is_played(questions, facts.scoring, facts.lesson.as_deref());
                        panel.spawn(words(played, Type::Body, Token::Soft));
                        let kept = if facts.unsaved.is_some() { text::NOT_SAVED } else { text::STAYS_HERE };
                        panel.spawn(words(kept, Type::Body, Token::Soft));
                    });
                    left.spawn((
                        words(text::STILL_NOBODY, Type::Body, Token::Gold),
                        Node { display: Display::None, ..default() },
                        StillNobody,
                    ));
                    left.spawn((
                        words(text::LOCKED, Type::Body, Token::Gold),
                        Node { display: if locked { Display::Flex } else { Display::None }, ..default() },
                        LockedLine,
                    ));
                    left.spawn(aside_in_body());
                });
                at_the_table(sides, count);
            }),
        ));
        newest(area, &people);
    });
    let network = face.class.address().is_some();
    root.spawn(foot(move |foot| {
        controls::leave(foot);
        foot.spawn(aside_at_foot(move |aside| {
            aside.spawn((
                quiet_button(text::HELP),
                controls::low(),
                observe(|_: On<Activate>, mut commands: Commands| commands.trigger(super::help::OpenHelp)),
            ));
            if network {
                aside.spawn((
                    quiet_button(text::REMOTE),
                    controls::low(),
                    observe(|_: On<Activate>, mut commands: Commands| commands.trigger(super::remote::OpenRemote)),
                ));
            }
            controls::lock(aside, locked);
        }));
        foot.spawn(spacer());
        let mut start = foot.spawn((
            main_button(text::start(u32::try_from(count).unwrap_or(u32::MAX))),
            AutoFocus,
            StartButton,
            controls::does(Order::Next),
        ));
        if count == 0 {
            start.insert(Blocked(text::START_NOBODY.to_owned()));
        }
    }));
}

fn way_in(left: &mut Spawner, link: Option<String>, code_words: &str) {
    let Some(link) = link else {
        left.spawn(heading(text::NO_NETWORK, Type::Verdict));
        left.spawn(words(text::NO_NETWORK_TODO, Type::Body, Token::Text));
        left.spawn((
            button(text::LOOK_AGAIN),
            Adapt(|node, _| node.align_self = AlignSelf::Start),
            observe(|_: On<Activate>, mut commands: Commands| commands.trigger(LookForNetworks)),
        ));
        return;
    };
    left.spawn(Node { column_gap: px(space::WIDE), ..row() }).with_children(|line| {
        code(line, link, text::QR_NAME, QR);
        line.spawn((Node { flex_shrink: 1., row_gap: px(0), ..column() }, Pickable::IGNORE)).with_children(|lines| {
            lines.spawn(words(text::AND_ENTER, Type::Body, Token::Soft));
            lines.spawn(bold(code_words.to_owned(), Type::Display, Token::Text));
        });
    });
}

/// The ring.
fn at_the_table(sides: &mut Spawner, count: usize) {
    let face = Ring {
        name: text::at_the_table(u32::try_from(count).unwrap_or(u32::MAX)),
        ..crowd::seats_at_the_table(count, RING)
    };
    sides
        .spawn((
            Node {
                flex_direction: FlexDirection::Column,
                align_items: AlignItems::Center,
                flex_shrink: 0.,
                row_gap: px(space::GAP),
                ..default()
            },
            Adapt(|node, form| node.width = if form.is_narrow() { Val::Auto } else { px(470) }),
        ))
        .with_children(|side| {
            side.spawn((
                SeatsRing,
                ring(face, children![(in_ring(count.to_string(), 0.24), SeatsCount), ring_caption(text::AT_THE_TABLE)]),
            ));
        });
}

/// The newest names, on a line of their own.
fn newest(area: &mut Spawner, people: &[Person]) {
    let shown: Vec<Person> = people.iter().rev().take(NAMES).cloned().collect();
    let count = people.len();
    area.spawn((Names, a11y::group(text::STUDENTS), Node { flex_shrink: 0., column_gap: px(space::TIGHT), ..row() }))
        .with_children(|names| {
            for person in shown {
                names.spawn(name_button(person));
            }
            names.spawn(more_button(count));
        });
}

/// A name that opens what can be done about it.
fn name_button(person: Person) -> impl Bundle {
    let player = person.player;
    (
        NameOf(player),
        quiet_button(person.name),
        small(),
        observe(move |_: On<Activate>, mut commands: Commands| commands.trigger(OpenPerson { player })),
    )
}

fn small() -> Adapt {
    Adapt(|node, _| {
        node.min_height = px(stroke::TARGET);
        node.padding = UiRect::axes(px(14), px(4));
    })
}

/// What does not stand beside the ring; hidden while all do.
fn more_button(count: usize) -> impl Bundle {
    let more = count.saturating_sub(NAMES);
    (
        MoreNames,
        quiet_button(text::more_people(more.max(1))),
        Adapt(|node, _| {
            node.min_height = px(stroke::TARGET);
            node.padding = UiRect::axes(px(14), px(4));
        }),
        if more == 0 { Visibility::Hidden } else { Visibility::Inherited },
        observe(|_: On<Activate>, mut commands: Commands| commands.trigger(OpenPeople { page: 0 })),
    )
}

/// Seats, names and the start in step with the room.
fn update(
    current: Res<CurrentClass>,
    form: Res<crate::game::layout::Form>,
    mut before: Local<Vec<u32>>,
    mut rings: Query<&mut Ring, With<SeatsRing>>,
    mut counts: Query<&mut Text, With<SeatsCount>>,
    names: Query<(Entity, Option<&Children>), With<Names>>,
    mut people_of: Query<(Entity, &NameOf, &mut Caption), Without<MoreNames>>,
    mut mores: Query<(Entity, &mut Caption, &mut Visibility), With<MoreNames>>,
    mut starts: Query<(Entity, &mut Caption, Has<Blocked>), (With<StartButton>, Without<MoreNames>, Without<NameOf>)>,
    mut locked: Query<&mut Node, (With<LockedLine>, Without<StillNobody>)>,
    mut announce: MessageWriter<Announce>,
    mut commands: Commands,
) {
    let Some(scene) = current.get() else {
        before.clear();
        return;
    };
    let Some((holder, _)) = names.iter().next() else { return };
    let people = &scene.snapshot.people;
    let count = people.len();
    let players = u32::try_from(count).unwrap_or(u32::MAX);
    for mut face in &mut rings {
        let size = if form.is_narrow() { RING_NARROW } else { RING };
        face.set_if_neq(Ring { name: text::at_the_table(players), ..crowd::seats_at_the_table(count, size) });
    }
    if !current.is_changed() {
        return;
    }
    for mut shown in &mut counts {
        shown.set_if_neq(Text(count.to_string()));
    }
    for mut node in &mut locked {
        node.display = if scene.snapshot.locked { Display::Flex } else { Display::None };
    }
    let wanted: Vec<&Person> = people.iter().rev().take(NAMES).collect();
    for (entity, of, mut caption) in &mut people_of {
        match wanted.iter().find(|person| person.player == of.0) {
            Some(person) => {
                caption.set_if_neq(Caption(person.name.clone()));
            }
            None => commands.entity(entity).despawn(),
        }
    }
    // The newest come first; those that stand already keep their place among themselves.
    for person in wanted.iter().rev() {
        if !people_of.iter().any(|(_, of, _)| of.0 == person.player) {
            let child = commands.spawn(name_button((*person).clone())).id();
            commands.entity(holder).insert_children(0, &[child]);
        }
    }
    for (_, mut caption, mut visibility) in &mut mores {
        let more = count.saturating_sub(NAMES);
        caption.set_if_neq(Caption(text::more_people(more.max(1))));
        visibility.set_if_neq(if more == 0 { Visibility::Hidden } else { Visibility::Inherited });
    }
    for (entity, mut caption, blocked) in &mut starts {
        caption.set_if_neq(Caption(text::start(players)));
        if blocked && count > 0 {
            commands.entity(entity).remove::<Blocked>();
        } else if !blocked && count == 0 {
            commands.entity(entity).insert(Blocked(text::START_NOBODY.to_owned()));
        }
    }
    let new: Vec<&str> =
        people.iter().filter(|person| !before.contains(&person.player)).map(|person| person.name.as_str()).collect();
    if !new.is_empty() {
        announce.write(Announce(text::joined(&new, players)));
    }
    *before = people.iter().map(|person| person.player).collect();
}

/// Nobody has come for a while: says what to try. One frame is asked for, when the while is over.
fn wait_for_somebody(
    (class, current, clock): (Res<Class>, Res<CurrentClass>, Res<Clock>),
    mut lines: Query<&mut Node, With<StillNobody>>,
    mut announce: MessageWriter<Announce>,
    mut redraw: ResMut<Redraw>,
) {
    let (Some(open), Some(scene)) = (class.get(), current.get()) else { return };
    let Ok(mut line) = lines.single_mut() else { return };
    let waited = clock.now().monotonic.saturating_sub(open.since.monotonic);
    let nobody = scene.snapshot.people.is_empty();
    let display = if nobody && waited >= A_WHILE { Display::Flex } else { Display::None };
    if line.display != display {
        line.display = display;
        if nobody {
            announce.write(Announce(text::STILL_NOBODY.to_owned()));
        }
    }
    if nobody && waited < A_WHILE {
        redraw.wake_at(Instant::now() + A_WHILE.saturating_sub(waited));
    }
}
