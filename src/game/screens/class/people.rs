//! Everybody in the class: a list of names, and what can be done about one of them.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, ValueChange, observe};

use super::controls::low;
use super::help;
use crate::classroom::protocol::Order;
use crate::game::a11y;
use crate::game::class::{Ask, CurrentClass};
use crate::game::focus::{AutoFocus, EscAction};
use crate::game::layout::Adapt;
use crate::game::screens::Screen;
use crate::game::screens::parts::{Refill, Spawner, with};
use crate::game::text::class as text;
use crate::game::theme::{Token, Type, space};
use crate::game::widgets::{
    Caption, Entry, back_button, bold, button, choice, column, dialog, heading, hint, main_button, quiet_button, row,
    row_button, scroll, short_entry, spacer, text as words,
};
use crate::rules::Extra;

/// Names on a page of the list.
const PAGE: usize = 24;
/// The most characters of a name.
const NAME_CHARS: usize = 24;
/// Extra time that is offered.
const EXTRAS: [Extra; 7] = [Extra(10), Extra(15), Extra(20), Extra(30), Extra(40), Extra(50), Extra(100)];

/// Opens the list.
#[derive(Event, Debug, Clone, Copy)]
pub struct OpenPeople {
    /// Which page of it, from 0.
    pub page: usize,
}

/// Opens what can be done about somebody.
#[derive(Event, Debug, Clone, Copy)]
pub struct OpenPerson {
    /// The player's number.
    pub player: u32,
}

/// A dialog over the class; there is one at a time.
#[derive(Component)]
pub struct Over;

/// The button that sends somebody away, once it has been pressed.
#[derive(Component)]
struct Sure;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(open_people).add_observer(open_person).add_observer(rename).add_observer(help::open);
}

/// Closes the dialog that is open.
pub fn close_over(over: &Query<Entity, With<Over>>, commands: &mut Commands) {
    for entity in over {
        commands.entity(entity).despawn();
    }
}

/// A dialog over the class, a column that scrolls and a row of buttons below.
pub fn panel_over(
    name: impl Into<String>,
    body: impl FnOnce(&mut Spawner) + Send + Sync + 'static,
    foot: impl FnOnce(&mut Spawner) + Send + Sync + 'static,
) -> impl Bundle {
    (
        Over,
        dialog(name),
        DespawnOnExit(Screen::Class),
        with(move |root| {
            root.spawn((
                scroll(with(move |area| {
                    area.spawn((
                        Node {
                            align_self: AlignSelf::Center,
                            flex_shrink: 0.,
                            // In the middle, where there is room.
                            margin: UiRect::vertical(Val::Auto),
                            ..column()
                        },
                        broad(),
                        with(body),
                    ));
                })),
                Adapt(|node, _| node.width = percent(100)),
            ));
            root.spawn((Node { flex_shrink: 0., ..row() }, broad())).with_children(foot);
        }),
    )
}

/// As broad as a page that is read; a limit on a broader one would measure its texts too short.
fn broad() -> Adapt {
    Adapt(|node, form| node.width = if form.is_narrow() { percent(100) } else { px(720) })
}

/// Closes the dialog, which Esc does.
pub fn close_button(caption: &str) -> impl Bundle {
    (
        back_button(caption),
        observe(|_: On<Activate>, over: Query<Entity, With<Over>>, mut commands: Commands| {
            close_over(&over, &mut commands);
        }),
    )
}

fn open_people(
    asked: On<OpenPeople>,
    current: Res<CurrentClass>,
    over: Query<Entity, With<Over>>,
    mut commands: Commands,
) {
    let Some(scene) = current.get() else { return };
    close_over(&over, &mut commands);
    let page = asked.page;
    let people = scene.snapshot.people.clone();
    let here = people.iter().filter(|person| person.here).count();
    let all = people.len();
    commands.spawn(panel_over(
        text::PEOPLE,
        move |area| {
            area.spawn(heading(text::people(all), Type::Heading));
            area.spawn(hint(text::connected(here, all)));
            area.spawn(words(if all == 0 { text::NOBODY_YET } else { text::PEOPLE_HINT }, Type::Body, Token::Text));
            area.spawn((a11y::group(text::STUDENTS), a11y::Counted, Node { column_gap: px(space::TIGHT), ..row() }))
                .with_children(|list| {
                    for person in people.iter().skip(page * PAGE).take(PAGE) {
                        let player = person.player;
                        let mut name = list.spawn((
                            row_button(text::person(&person.name, person.here)),
                            low(),
                            observe(move |_: On<Activate>, mut commands: Commands| {
                                commands.trigger(OpenPerson { player });
                            }),
                        ));
                        let (shown, here) = (person.name.clone(), person.here);
                        name.with_children(|line| {
                            line.spawn((
                                bold(shown, Type::Label, if here { Token::Text } else { Token::Soft }),
                                crate::game::widgets::Inner,
                            ));
                            if !here {
                                line.spawn(hint(text::AWAY));
                            }
                        });
                    }
                });
        },
        move |foot| {
            foot.spawn((close_button(crate::game::text::CLOSE), AutoFocus));
            foot.spawn(spacer());
            if page > 0 {
                foot.spawn((
                    button(text::EARLIER_PAGE),
                    observe(move |_: On<Activate>, mut commands: Commands| {
                        commands.trigger(OpenPeople { page: page - 1 });
                    }),
                ));
            }
            if all > (page + 1) * PAGE {
                foot.spawn((
                    button(text::NEXT_PAGE),
                    observe(move |_: On<Activate>, mut commands: Commands| {
                        commands.trigger(OpenPeople { page: page + 1 });
                    }),
                ));
            }
        },
    ));
}

/// The new name as it is typed.
#[derive(Component)]
struct NameEntry;

fn open_person(
    asked: On<OpenPerson>,
    current: Res<CurrentClass>,
    over: Query<Entity, With<Over>>,
    mut commands: Commands,
) {
    let player = asked.player;
    let person = current.get().and_then(|scene| scene.snapshot.people.iter().find(|person| person.player == player));
    let Some(name) = person.map(|person| person.name.clone()) else { return };
    close_over(&over, &mut commands);
    let asks = text::really_send_away(&name);
    commands.spawn(panel_over(
        name.clone(),
        move |area| {
            area.spawn(heading(name.clone(), Type::Heading));
            area.spawn((
                NameEntry,
                short_entry(
                    text::NAME,
                    text::NAME_HINT,
                    NAME_CHARS,
                    (
                        button(text::RENAME),
                        low(),
                        observe(move |_: On<Activate>, mut commands: Commands| {
                            commands.trigger(Rename { player });
                        }),
                    ),
                ),
                Refill { text: name, focus: false },
                observe(move |on: On<ValueChange<String>>, mut commands: Commands| {
                    if on.is_final {
                        commands.trigger(Rename { player });
                    }
                }),
            ));
            area.spawn(bold(text::MORE_TIME, Type::Label, Token::Text));
            area.spawn(hint(text::MORE_TIME_HINT));
            let names = EXTRAS.map(text::extra);
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            area.spawn((
                // Which one holds is not told here either.
                choice(text::MORE_TIME, &names, usize::MAX),
                observe(move |on: On<ValueChange<usize>>, mut commands: Commands| {
                    if let Some(extra) = EXTRAS.get(on.value) {
                        commands.trigger(Ask(Order::Extra { player, tenths: extra.0 }));
                    }
                }),
            ));
            area.spawn(bold(text::SEND_AWAY, Type::Label, Token::Text));
            area.spawn(hint(text::SEND_AWAY_HINT));
            area.spawn((
                quiet_button(text::SEND_AWAY),
                observe(
                    move |on: On<Activate>,
                          sure: Query<(), With<Sure>>,
                          mut captions: Query<&mut Caption>,
                          over: Query<Entity, With<Over>>,
                          mut commands: Commands| {
                        if sure.contains(on.entity) {
                            commands.trigger(Ask(Order::Kick { player }));
                            close_over(&over, &mut commands);
                        } else if let Ok(mut caption) = captions.get_mut(on.entity) {
                            caption.0.clone_from(&asks);
                            commands.entity(on.entity).insert(Sure);
                        }
                    },
                ),
            ));
        },
        move |foot| {
            foot.spawn((
                main_button(crate::game::text::CLOSE),
                EscAction,
                AutoFocus,
                observe(|_: On<Activate>, over: Query<Entity, With<Over>>, mut commands: Commands| {
                    close_over(&over, &mut commands);
                }),
            ));
        },
    ));
}

/// Takes the typed name.
#[derive(Event, Debug, Clone, Copy)]
struct Rename {
    player: u32,
}

fn rename(
    asked: On<Rename>,
    entries: Query<&Entry, With<NameEntry>>,
    over: Query<Entity, With<Over>>,
    mut commands: Commands,
) {
    if let Ok(entry) = entries.single() {
        commands.trigger(Ask(Order::Rename { player: asked.player, name: entry.value.clone() }));
        close_over(&over, &mut commands);
    }
}
