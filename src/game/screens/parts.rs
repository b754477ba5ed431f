//! What several screens show: notices, lists built from data, the row of buttons at the foot.

use bevy::ecs::relationship::RelatedSpawner;
use bevy::ecs::spawn::SpawnWith;
use bevy::prelude::*;
use bevy::text::EditableText;
use bevy::ui::{ComputedNode, UiSystems};
use bevy::ui_widgets::{Activate, observe};

use super::{Go, Menu};
use crate::game::a11y::{self, Announce};
use crate::game::focus::AutoFocus;
use crate::game::layout::{Adapt, Form};
use crate::game::redraw::Redraw;
use crate::game::session::{LeaveGame, Notices};
use crate::game::text;
use crate::game::theme::{Token, Type, space, stroke};
use crate::game::widgets::{
    FillEntry, Page, Ring, button, in_ring, panel, ring, ring_caption, row, spacer, text as words,
};
use crate::quiz::Progress;

/// Spawns children of one parent.
pub type Spawner<'w> = RelatedSpawner<'w, ChildOf>;

/// Children made by a function, where their number is only known when the screen is built.
pub fn with(build: impl FnOnce(&mut Spawner) + Send + Sync + 'static) -> impl Bundle {
    Children::spawn(SpawnWith(build))
}

/// Nothing to show in a narrow window: keyboard hints, decoration.
#[must_use]
pub fn wide_only() -> Adapt {
    Adapt(|node, form| node.display = if form.is_narrow() { Display::None } else { Display::Flex })
}

/// Nothing to show in a wide window.
#[must_use]
pub fn narrow_only() -> Adapt {
    Adapt(|node, form| node.display = if form.is_narrow() { Display::Flex } else { Display::None })
}

/// Words on the left, and beside them the table: a seat a question, taken as far as the match has come. A narrow window has room for
/// the words alone.
pub fn beside_the_ring(progress: Progress, words: impl FnOnce(&mut Spawner) + Send + Sync + 'static) -> impl Bundle {
    (
        Node { min_height: percent(100), align_items: AlignItems::Center, column_gap: px(space::EDGE), ..default() },
        with(move |sides| {
            sides
                .spawn((
                    Node {
                        flex_direction: FlexDirection::Column,
                        flex_grow: 1.,
                        flex_shrink: 1.,
                        flex_basis: px(0),
                        min_width: px(0),
                        row_gap: px(space::GAP),
                        ..default()
                    },
                    Pickable::IGNORE,
                ))
                .with_children(words);
            sides.spawn((
                Node { flex_shrink: 0., padding: UiRect::right(px(40)), ..default() },
                wide_only(),
                children![answered_ring(progress)],
            ));
        }),
    )
}

/// The answered count. Decoration for those who hear it: the words beside it say where the match stands.
fn answered_ring(progress: Progress) -> impl Bundle {
    let seats = usize::try_from(progress.questions).unwrap_or(1);
    let taken = usize::try_from(progress.question).unwrap_or(0);
    ring(
        Ring { thick: 0.13, ..Ring::filled(seats, taken, 360.) },
        children![
            in_ring(progress.question.to_string(), 0.24),
            ring_caption(text::out_of_questions(progress.questions))
        ],
    )
}

/// The row of buttons at the foot of a screen: what follows a [`spacer`] stands at its end.
pub fn foot(build: impl FnOnce(&mut Spawner) + Send + Sync + 'static) -> impl Bundle {
    (Node { flex_shrink: 0., ..row() }, with(build))
}

/// Controls that stand at the foot of a wide window, and in a narrow one at the screen's [`aside_in_body`]: a foot of many rows would
/// leave nothing of what it is the foot of.
pub fn aside_at_foot(build: impl FnOnce(&mut Spawner) + Send + Sync + 'static) -> impl Bundle {
    (
        Place::Foot,
        Node::default(),
        children![(Aside, Node { column_gap: px(space::TIGHT), ..row() }, Pickable::IGNORE, with(build))],
    )
}

/// Where they stand in a narrow window.
#[must_use]
pub fn aside_in_body() -> impl Bundle {
    (Place::Body, InBody, Node { display: Display::None, ..default() })
}

/// On the place in the body.
#[derive(Component, Debug, Clone, Copy)]
pub struct InBody;

/// The controls that move.
#[derive(Component)]
struct Aside;

/// Where they may stand.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Foot,
    Body,
}

fn settle(
    form: Res<Form>,
    asides: Query<(Entity, &ChildOf), With<Aside>>,
    parents: Query<&ChildOf>,
    mut places: Query<(Entity, Ref<Place>, &mut Node)>,
    mut commands: Commands,
) {
    let wanted = if form.is_narrow() { Place::Body } else { Place::Foot };
    for (entity, place, mut node) in &mut places {
        if !place.is_added() && !form.is_changed() {
            continue;
        }
        // An empty place takes no gap.
        node.display = if *place == wanted { Display::Flex } else { Display::None };
        if *place != wanted {
            continue;
        }
        // A screen on its way out has an aside of its own.
        let root = parents.root_ancestor(entity);
        for (aside, parent) in asides.iter().filter(|(aside, _)| parents.root_ancestor(*aside) == root) {
            if parent.parent() != entity {
                commands.entity(entity).add_child(aside);
            }
        }
    }
}

/// How answers stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grid {
    /// Two columns of high tiles.
    High,
    /// Two columns of low rows.
    Low,
    /// One column: long answers.
    OneColumn,
}

/// A grid of answers; in a narrow window it has one column whatever is asked for.
#[must_use]
pub fn answers_grid(grid: Grid) -> impl Bundle {
    let adapt = match grid {
        Grid::High => Adapt(|node, form| lay(node, form, 2, 112.)),
        Grid::Low => Adapt(|node, form| lay(node, form, 2, 68.)),
        Grid::OneColumn => Adapt(|node, form| lay(node, form, 1, 60.)),
    };
    (Node { display: Display::Grid, flex_shrink: 0., ..default() }, adapt, a11y::group(text::ANSWERS), a11y::Counted)
}

fn lay(node: &mut Node, form: Form, columns: u16, least: f32) {
    let narrow = form.is_narrow();
    let gap = if narrow { 8. } else { least.min(80.) / 4. };
    (node.row_gap, node.column_gap) = (px(gap), px(gap));
    let columns = if narrow { 1 } else { columns };
    if columns == 1 {
        // A grid would take the lines of its texts for fewer than they come to.
        (node.display, node.flex_direction) = (Display::Flex, FlexDirection::Column);
        return;
    }
    node.display = Display::Grid;
    node.grid_template_columns = RepeatedGridTrack::flex(columns, 1.);
    node.grid_auto_rows = vec![GridTrack::minmax(MinTrackSizingFunction::Px(least), MaxTrackSizingFunction::Auto)];
}

/// What stands in an entry's field when it appears, and whether it takes the focus.
#[derive(Component, Debug, Clone)]
pub struct Refill {
    /// Typed before a pause, or by us; may be empty.
    pub text: String,
    /// Whether the field takes the focus.
    pub focus: bool,
}

/// The field is somewhere inside the entry: found once the entry is whole, in the same frame.
fn refill(
    entries: Query<(Entity, &Refill), Added<Refill>>,
    children: Query<&Children>,
    fields: Query<(), With<EditableText>>,
    mut commands: Commands,
) {
    for (entity, refill) in &entries {
        if refill.focus
            && let Some(field) = children.iter_descendants(entity).find(|part| fields.contains(*part))
        {
            commands.entity(field).insert(AutoFocus);
        }
        if !refill.text.is_empty() {
            commands.trigger(FillEntry { entity, text: refill.text.clone() });
        }
    }
}

/// Text that may take several lines beside something else.
pub fn flowing(what: impl Bundle) -> impl Bundle {
    (
        Node { flex_grow: 1., flex_shrink: 1., flex_basis: px(0), min_width: px(0), ..default() },
        Pickable::IGNORE,
        children![what],
    )
}

/// The wider of two sides: takes what room is left, and goes below where it is narrow.
pub fn main_side() -> impl Bundle {
    (
        Node {
            flex_direction: FlexDirection::Column,
            row_gap: px(space::GAP),
            flex_grow: 1.,
            flex_shrink: 1.,
            min_width: px(0),
            ..default()
        },
        Adapt(|node, form| node.flex_basis = if form.is_narrow() { Val::Auto } else { px(0) }),
    )
}

/// Back to the title; an unfinished match is kept.
pub fn leave(_: On<Activate>, mut commands: Commands) {
    commands.trigger(Go(Menu::Title));
    commands.trigger(LeaveGame);
}

#[derive(Component)]
struct NoticeBar;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, show_notices.run_if(resource_changed::<Notices>))
        .add_systems(Update, (refill, settle).after(super::question::Building))
        .add_systems(PostUpdate, make_room.in_set(UiSystems::PostLayout));
}

/// The screen begins where the notice ends.
fn make_room(
    bars: Query<&ComputedNode, With<NoticeBar>>,
    mut pages: Query<&mut Node, With<Page>>,
    mut redraw: ResMut<Redraw>,
) {
    let height = bars.iter().map(|bar| bar.size().y * bar.inverse_scale_factor()).fold(0., f32::max);
    for mut page in &mut pages {
        if page.top != px(height) {
            page.top = px(height);
            redraw.next_frame();
        }
    }
}

/// Notices stand over every screen until they are dismissed; play goes on beneath them.
fn show_notices(
    notices: Res<Notices>,
    old: Query<Entity, With<NoticeBar>>,
    mut told: Local<String>,
    mut announce: MessageWriter<Announce>,
    mut commands: Commands,
) {
    for bar in &old {
        commands.entity(bar).despawn();
    }
    let first = notices.0.first().cloned().unwrap_or_default();
    if first.is_empty() {
        told.clear();
        return;
    }
    if *told != first {
        told.clone_from(&first);
        announce.write(Announce(first.clone()));
    }
    commands
        .spawn((
            NoticeBar,
            a11y::group(text::NOTICE),
            GlobalZIndex(10),
            Node {
                position_type: PositionType::Absolute,
                top: px(0),
                left: px(0),
                right: px(0),
                justify_content: JustifyContent::Center,
                padding: UiRect::all(px(space::TIGHT)),
                ..default()
            },
            Pickable::IGNORE,
        ))
        .with_children(|bar| {
            // As low as its words: the stem beneath stays in view.
            let low = Adapt(|node, form| {
                node.padding = UiRect::axes(px(if form.is_narrow() { 12. } else { 18. }), px(6));
            });
            bar.spawn((panel(), low)).with_children(|panel| {
                panel.spawn(row()).with_children(|line| {
                    line.spawn((
                        Node { max_width: px(960), flex_shrink: 1., ..default() },
                        children![words(first, Type::Small, Token::Text)],
                    ));
                    line.spawn(spacer());
                    line.spawn((
                        button(text::DISMISS),
                        Adapt(|node, _| {
                            node.min_height = px(stroke::TARGET);
                            node.padding = UiRect::axes(px(18), px(4));
                        }),
                        observe(|_: On<Activate>, mut notices: ResMut<Notices>| {
                            if !notices.0.is_empty() {
                                notices.0.remove(0);
                            }
                        }),
                    ));
                });
            });
        });
}
