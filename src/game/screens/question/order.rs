//! Put in order: ▲ and ▼ for the mouse; on the keyboard and the pad a row is picked up, moved and dropped; a mouse or a finger may drag it.
//! The rows are places: what stands in them moves.

use bevy::ecs::system::SystemParam;
use bevy::input::ButtonState;
use bevy::input::keyboard::{Key, KeyboardInput};
use bevy::input_focus::{FocusCause, FocusedInput, InputFocus};
use bevy::math::CompassOctant;
use bevy::picking::pointer::PointerId;
use bevy::prelude::*;
use bevy::ui::{ComputedNode, ComputedUiRenderTargetInfo, Pressed, UiGlobalTransform, UiScale};
use bevy::ui_widgets::{Activate, observe};

use super::draft::{Draft, Ordering, Prepared};
use super::feedback::told_row;
use super::slide::{Line, Lines};
use super::{Building, Told};
use crate::game::a11y::{self, Announce};
use crate::game::focus::{AutoFocus, KeepsUpDown, Nudge};
use crate::game::layout::Adapt;
use crate::game::motion::{Counterpart, Moving};
use crate::game::screens::parts::Spawner;
use crate::game::session::CurrentView;
use crate::game::text;
use crate::game::theme::{Token, Type, space};
use crate::game::widgets::scroll::{DRAG_FROM, Scrollers};
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
    app.init_resource::<Carried>()
        .add_observer(begin)
        .add_observer(drop)
        .add_systems(Update, show.after(Building).run_if(resource_changed::<Draft>));
}

/// The open question.
pub fn ask(area: &mut Spawner, items: &[String], from: &str, to: &str, draft: &Draft) {
    let Prepared::Order(order) = &draft.state else { return };
    if !from.is_empty() {
        area.spawn(hint(text::first(from)));
    }
    area.spawn((Node { row_gap: px(6), flex_shrink: 0., ..column() }, a11y::list(text::ITEMS))).with_children(|rows| {
        for (place, index) in order.shown.iter().enumerate() {
            let item = items.get(usize::from(*index)).cloned().unwrap_or_default();
            rows.spawn((
                Node {
                    column_gap: px(space::TIGHT),
                    row_gap: px(4),
                    align_items: AlignItems::Center,
                    justify_content: JustifyContent::End,
                    flex_shrink: 0.,
                    ..default()
                },
                Adapt(|node, form| node.flex_wrap = if form.is_tight() { FlexWrap::Wrap } else { FlexWrap::NoWrap }),
                a11y::list_item(),
                Line(place),
                Moving::arrive(place),
                Counterpart::Option(usize::from(*index)),
            ))
            .with_children(|line| {
                let mut row = line.spawn((
                    row_button(text::row_name(place + 1, &item, false)),
                    Part::Row(place),
                    Adapt(|node, form| {
                        node.flex_grow = 1.;
                        node.flex_shrink = 1.;
                        node.flex_basis = if form.is_tight() { percent(100) } else { px(0) };
                        node.min_width = px(0);
                        node.min_height = px(52);
                    }),
                    observe(hold),
                    observe(carry),
                    observe(nudge),
                    observe(drag),
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

/// What the player hears of a move: the item, and where it stands now.
#[derive(SystemParam)]
struct Hear<'w> {
    view: Res<'w, CurrentView>,
    announce: MessageWriter<'w, Announce>,
}

impl Hear<'_> {
    fn say(&mut self, order: &Ordering, place: usize, words: fn(&str, usize, usize) -> String) {
        let Some(Ask::Order { items, .. }) =
            self.view.get().and_then(|view| view.shown.question.as_ref()).map(|q| &q.ask)
        else {
            return;
        };
        let item = order.shown.get(place).and_then(|index| items.get(usize::from(*index)));
        if let Some(item) = item {
            self.announce.write(Announce(words(item, place + 1, items.len())));
        }
    }
}

/// Space or a press picks a row up, and drops it.
fn hold(on: On<Activate>, parts: Query<&Part>, mut draft: ResMut<Draft>, mut hear: Hear) {
    if let (Ok(Part::Row(place)), Prepared::Order(order)) = (parts.get(on.entity), &mut draft.state) {
        order.hold(*place);
        let words = if order.held.is_some() { text::picked_up } else { text::dropped };
        hear.say(order, *place, words);
    }
}

/// The arrows carry a row that is picked up.
fn carry(
    mut on: On<FocusedInput<KeyboardInput>>,
    parts: Query<(Entity, &Part)>,
    mut draft: ResMut<Draft>,
    mut focus: ResMut<InputFocus>,
    mut hear: Hear,
) {
    let up = match on.input.logical_key {
        Key::ArrowUp => true,
        Key::ArrowDown => false,
        _ => return,
    };
    if on.input.state == ButtonState::Pressed
        && move_held(on.focused_entity, up, &parts, &mut draft, &mut focus, &mut hear)
    {
        on.propagate(false);
    }
}

/// A pad carries it, too.
fn nudge(
    on: On<Nudge>,
    parts: Query<(Entity, &Part)>,
    mut draft: ResMut<Draft>,
    mut focus: ResMut<InputFocus>,
    mut hear: Hear,
) {
    let up = on.direction == CompassOctant::North;
    move_held(on.entity, up, &parts, &mut draft, &mut focus, &mut hear);
}

/// Moves the row if it is picked up, and says whether it is.
fn move_held(
    row: Entity,
    up: bool,
    parts: &Query<(Entity, &Part)>,
    draft: &mut ResMut<Draft>,
    focus: &mut InputFocus,
    hear: &mut Hear,
) -> bool {
    let (Ok((_, Part::Row(place))), Prepared::Order(order)) = (parts.get(row), &draft.state) else { return false };
    if order.held != Some(*place) {
        return false;
    }
    if let Prepared::Order(order) = &mut draft.state {
        let to = order.shift(*place, up);
        follow(Part::Row(to), parts, focus);
        hear.say(order, to, text::stands_at);
    }
    true
}

/// ▲ and ▼.
fn shift(
    on: On<Activate>,
    parts: Query<(Entity, &Part)>,
    mut draft: ResMut<Draft>,
    mut focus: ResMut<InputFocus>,
    mut hear: Hear,
) {
    let (Ok((_, part)), Prepared::Order(order)) = (parts.get(on.entity), &mut draft.state) else { return };
    order.held = None;
    // The focus stays with the item, so that the same key moves it on.
    let (to, place) = match *part {
        Part::Up(place) => {
            let to = order.shift(place, true);
            (Part::Up(to), to)
        }
        Part::Down(place) => {
            let to = order.shift(place, false);
            (Part::Down(to), to)
        }
        Part::Row(_) => return,
    };
    hear.say(order, place, text::stands_at);
    follow(to, &parts, &mut focus);
}

fn follow(to: Part, parts: &Query<(Entity, &Part)>, focus: &mut InputFocus) {
    if let Some((entity, _)) = parts.iter().find(|(_, part)| **part == to) {
        focus.set(entity, FocusCause::Navigated);
    }
}

/// A finger that starts here, on a row's number, moves the row even where the list scrolls.
const GRIP: f32 = 64.;

/// The row that a pointer carries: whose, where it stands, and where on it the pointer is.
#[derive(Resource, Debug, Default)]
pub(super) struct Carried(Option<(PointerId, usize)>, Option<f32>);

impl Carried {
    /// Whether a pointer carries anything.
    pub(super) fn is_under_way(&self) -> bool {
        self.0.is_some()
    }
}

type Placed<'w, 's> = Query<
    'w,
    's,
    (&'static Part, &'static ComputedNode, &'static ComputedUiRenderTargetInfo, &'static UiGlobalTransform),
>;

/// Where the rows stand, whatever slides there just now: top to bottom, in the window's own pixels.
fn rows(placed: &Placed, lines: &Lines) -> Vec<(usize, f32, f32)> {
    let mut rows: Vec<(usize, f32, f32)> = placed
        .iter()
        .filter_map(|(part, node, _, at)| match part {
            Part::Row(place) => {
                let middle = at.translation.y - lines.off(*place) / node.inverse_scale_factor();
                Some((*place, middle - node.size().y / 2., middle + node.size().y / 2.))
            }
            _ => None,
        })
        .collect();
    rows.sort_by_key(|(place, ..)| *place);
    rows
}

/// A row under a mouse or a finger is carried to where the pointer is.
fn drag(
    mut on: On<Pointer<Drag>>,
    placed: Placed,
    parts: Query<(Entity, &Part)>,
    scrollers: Scrollers,
    scale: Res<UiScale>,
    mut carried: ResMut<Carried>,
    mut draft: ResMut<Draft>,
    mut focus: ResMut<InputFocus>,
    mut hear: Hear,
    mut lines: Lines,
    mut commands: Commands,
) {
    let Ok((Part::Row(own), node, target, at)) = placed.get(on.entity) else { return };
    let to_node = |point: Vec2| point * target.scale_factor() / scale.0;
    let place = match carried.0 {
        Some((pointer, place)) if pointer == on.pointer_id => place,
        Some(_) => return,
        None => {
            if on.distance.length() < DRAG_FROM {
                return;
            }
            let start = to_node(on.pointer_location.position - on.distance);
            let from_left = (start.x - (at.translation.x - node.size().x / 2.)) * node.inverse_scale_factor();
            if matches!(on.pointer_id, PointerId::Touch(_)) && from_left > GRIP && scrollers.scrolls(on.entity) {
                return;
            }
            // From here on it is no press of the row.
            commands.entity(on.entity).try_remove::<Pressed>();
            *own
        }
    };
    on.propagate(false);
    let y = to_node(on.pointer_location.position).y;
    let pointer = y * node.inverse_scale_factor();
    let rows = rows(&placed, &lines);
    let over = rows.iter().rposition(|(_, top, _)| y >= *top).unwrap_or(0);
    if let Prepared::Order(order) = &mut draft.bypass_change_detection().state {
        let mut now = place;
        while now != over {
            let next = order.shift(now, over < now);
            if next == now {
                break;
            }
            now = next;
        }
        let changed = now != place || order.held != Some(now);
        order.held = Some(now);
        carried.0 = Some((on.pointer_id, now));
        lines.carry(place, now, pointer, pointer - on.distance.y / scale.0, &mut carried.1);
        if now != place {
            hear.say(order, now, text::stands_at);
        }
        if changed {
            follow(Part::Row(now), &parts, &mut focus);
            draft.set_changed();
        }
    }
}

/// A press begins anew, whatever has become of the drag before it.
fn begin(on: On<Pointer<Press>>, mut carried: ResMut<Carried>) {
    if carried.0.is_some_and(|(pointer, _)| pointer == on.pointer_id) {
        *carried = Carried::default();
    }
}

/// Let go, it stays where it is.
fn drop(on: On<Pointer<DragEnd>>, mut carried: ResMut<Carried>, mut draft: ResMut<Draft>, mut lines: Lines) {
    if let Some((_, place)) = carried.0.filter(|(pointer, _)| *pointer == on.pointer_id) {
        *carried = Carried::default();
        lines.release(place);
        if let Prepared::Order(order) = &mut draft.state {
            order.held = None;
        }
    }
}

/// Rows, names and buttons in step with the draft.
fn show(
    draft: Res<Draft>,
    view: Res<CurrentView>,
    mut parts: Query<(Entity, &Part, &mut Caption, Has<Chosen>)>,
    mut words: Query<(&Words, &mut Text)>,
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
                commands.entity(entity).insert((Chosen, KeepsUpDown));
            } else if !held && chosen {
                commands.entity(entity).remove::<(Chosen, KeepsUpDown)>();
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
        let row = told_row(area, yours.map(|yours| yours == place), format!("{}. {item}", place + 1), aside);
        // From where the player had it to where it belongs.
        area.world_mut().entity_mut(row).insert(Counterpart::Option(usize::from(*index)));
    }
}
