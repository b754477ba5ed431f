//! Put in order: ▲ and ▼ for the mouse; on the keyboard a row is picked up, moved and dropped. The rows are places: what stands in them moves.

use bevy::input::ButtonState;
use bevy::input::keyboard::{Key, KeyboardInput};
use bevy::input_focus::{FocusCause, FocusedInput, InputFocus};
use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::draft::{Draft, Prepared};
use super::feedback::told_row;
use super::{Building, Told};
use crate::game::a11y::Announce;
use crate::game::focus::AutoFocus;
use crate::game::layout::Adapt;
use crate::game::screens::parts::Spawner;
use crate::game::session::CurrentView;
use crate::game::text;
use crate::game::theme::{Token, Type, space};
use crate::game::widgets::{Caption, Chosen, Icon, Inner, bold, column, hint, icon_button, row_button, spacer};
use crate::quiz::Ask;
use crate::rules::Answer;

/// What the place of a row, or of a button beside it, is.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Row(usize),
    Up(usize),
    Down(usize),
}

/// The words in a row.
#[derive(Component)]
struct Words(usize);

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, show.after(Building).run_if(resource_changed::<Draft>));
}

/// The open question.
pub fn ask(area: &mut Spawner, items: &[String], from: &str, to: &str, draft: &Draft) {
    let Prepared::Order(order) = &draft.state else { return };
    if !from.is_empty() {
        area.spawn(hint(text::first(from)));
    }
    area.spawn(Node { row_gap: px(space::TIGHT), flex_shrink: 0., ..column() }).with_children(|rows| {
        for (place, index) in order.shown.iter().enumerate() {
            let item = items.get(usize::from(*index)).cloned().unwrap_or_default();
            rows.spawn(Node {
                column_gap: px(space::TIGHT),
                align_items: AlignItems::Center,
                flex_shrink: 0.,
                ..default()
            })
            .with_children(|line| {
                let mut row = line.spawn((
                    row_button(text::row_name(place + 1, &item, false)),
                    Part::Row(place),
                    Adapt(|node, _| {
                        node.flex_grow = 1.;
                        node.flex_shrink = 1.;
                        node.flex_basis = px(0);
                        node.min_width = px(0);
                    }),
                    observe(hold),
                    observe(carry),
                    children![
                        bold((place + 1).to_string(), Type::Label, Token::Gold),
                        (
                            Node { flex_shrink: 1., flex_grow: 1., flex_basis: px(0), min_width: px(0), ..default() },
                            Pickable::IGNORE,
                            children![(bold(item.clone(), Type::Label, Token::Text), Inner, Words(place))],
                        ),
                    ],
                ));
                if place == 0 {
                    row.insert(AutoFocus);
                }
                line.spawn((icon_button(Icon::Up, text::move_up(&item)), Part::Up(place), observe(shift)));
                line.spawn((icon_button(Icon::Down, text::move_down(&item)), Part::Down(place), observe(shift)));
            });
        }
    });
    if !to.is_empty() {
        area.spawn(hint(text::last(to)));
    }
    area.spawn(spacer());
}

/// Space or a press picks a row up, and drops it.
fn hold(on: On<Activate>, parts: Query<&Part>, mut draft: ResMut<Draft>) {
    if let (Ok(Part::Row(place)), Prepared::Order(order)) = (parts.get(on.entity), &mut draft.state) {
        order.hold(*place);
    }
}

/// The arrows carry a row that is picked up.
fn carry(
    mut on: On<FocusedInput<KeyboardInput>>,
    parts: Query<(Entity, &Part)>,
    mut draft: ResMut<Draft>,
    mut focus: ResMut<InputFocus>,
) {
    let up = match on.input.logical_key {
        Key::ArrowUp => true,
        Key::ArrowDown => false,
        _ => return,
    };
    let Ok((_, Part::Row(place))) = parts.get(on.focused_entity) else { return };
    let Prepared::Order(order) = &draft.state else { return };
    if on.input.state != ButtonState::Pressed || order.held != Some(*place) {
        return;
    }
    on.propagate(false);
    if let Prepared::Order(order) = &mut draft.state {
        let to = order.shift(*place, up);
        follow(Part::Row(to), &parts, &mut focus);
    }
}

/// ▲ and ▼.
fn shift(on: On<Activate>, parts: Query<(Entity, &Part)>, mut draft: ResMut<Draft>, mut focus: ResMut<InputFocus>) {
    let (Ok((_, part)), Prepared::Order(order)) = (parts.get(on.entity), &mut draft.state) else { return };
    order.held = None;
    // The focus stays with the item, so that the same key moves it on.
    let to = match *part {
        Part::Up(place) => Part::Up(order.shift(place, true)),
        Part::Down(place) => Part::Down(order.shift(place, false)),
        Part::Row(_) => return,
    };
    follow(to, &parts, &mut focus);
}

fn follow(to: Part, parts: &Query<(Entity, &Part)>, focus: &mut InputFocus) {
    if let Some((entity, _)) = parts.iter().find(|(_, part)| **part == to) {
        focus.set(entity, FocusCause::Navigated);
    }
}

/// Rows, names and buttons in step with the draft.
fn show(
    draft: Res<Draft>,
    view: Res<CurrentView>,
    mut parts: Query<(Entity, &Part, &mut Caption, Has<Chosen>)>,
    mut words: Query<(&Words, &mut Text)>,
    mut announce: MessageWriter<Announce>,
    mut commands: Commands,
) {
    let Prepared::Order(order) = &draft.state else { return };
    let Some(question) = view.get().and_then(|view| view.shown.question.as_ref()) else { return };
    let Ask::Order { items, .. } = &question.ask else { return };
    let item = |place: usize| order.shown.get(place).and_then(|index| items.get(usize::from(*index))).cloned();
    for (entity, part, mut caption, chosen) in &mut parts {
        let (Part::Row(place) | Part::Up(place) | Part::Down(place)) = *part;
        let Some(item) = item(place) else { continue };
        let held = order.held == Some(place);
        let name = match part {
            Part::Row(_) => text::row_name(place + 1, &item, held),
            Part::Up(_) => text::move_up(&item),
            Part::Down(_) => text::move_down(&item),
        };
        if matches!(part, Part::Row(_)) {
            if held && !chosen {
                commands.entity(entity).insert(Chosen);
            } else if !held && chosen {
                commands.entity(entity).remove::<Chosen>();
            }
            if held && caption.0 != name {
                announce.write(Announce(name.clone()));
            }
        }
        caption.set_if_neq(Caption(name));
    }
    for (place, mut shown) in &mut words {
        if let Some(item) = item(place.0) {
            shown.set_if_neq(Text(item));
        }
    }
}

/// The closed one: the right order, and where the player had each item.
pub fn tell(area: &mut Spawner, told: &Told) {
    let Ask::Order { items, .. } = &told.question.ask else { return };
    let Answer::Order(key) = &told.reveal.key.answer else { return };
    let given: Option<&Vec<u8>> = match &told.given {
        Some(Answer::Order(given)) => Some(given),
        _ => None,
    };
    for (place, index) in key.iter().enumerate() {
        let Some(item) = items.get(usize::from(*index)) else { continue };
        let yours = given.and_then(|given| given.iter().position(|other| other == index));
        let aside = match yours {
            Some(yours) if yours == place => text::RIGHT_PLACE.to_owned(),
            Some(yours) => text::you_put_it(yours + 1),
            None => String::new(),
        };
        told_row(area, yours.map(|yours| yours == place), format!("{}. {item}", place + 1), aside);
    }
}
