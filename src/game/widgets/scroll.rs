//! An area that scrolls: by wheel, finger, `PageUp` and `PageDown`, and by itself to keep the focus in view.
//! A button at its foot says that more is below, and shows it.

use accesskit::Role;
use bevy::a11y::AccessibilityNode;
use bevy::ecs::system::SystemParam;
use bevy::input_focus::InputFocus;
use bevy::input_focus::tab_navigation::TabIndex;
use bevy::picking::pointer::PointerId;
use bevy::platform::collections::HashSet;
use bevy::prelude::*;
use bevy::ui::{ComputedNode, Pressed, ScrollPosition, UiGlobalTransform, UiScale, UiSystems};
use bevy::ui_widgets::{Activate, ScrollArea};

use super::control::{Inner, Skin, control};
use super::icon::{Icon, icon};
use super::paint::Fill;
use super::text::silent;
use crate::game::layout::OwnAdapt;
use crate::game::redraw::Redraw;
use crate::game::text as words;
use crate::game::theme::{Token, Type, space, stroke};

/// What scrolls now: the moving part of an area, or a whole screen that is too high (`flow.rs`).
#[derive(Component, Debug, Clone, Copy)]
pub struct Scroller;

/// The whole of an area.
#[derive(Component, Debug, Clone, Copy)]
pub(super) struct Area;

/// Its moving part, whether it moves or the screen round it.
#[derive(Component, Debug, Clone, Copy)]
pub(super) struct Body;

#[derive(Component)]
pub(super) struct More;

/// The colour of the bar beside what scrolls.
pub(super) const BAR: Token = Token::Line;

/// `scroll(children![…])`: fills what its parent leaves, and scrolls its children, a column, when they are higher.
pub fn scroll(content: impl Bundle) -> impl Bundle {
    (
        Area,
        Node {
            flex_grow: 1.,
            flex_shrink: 1.,
            flex_basis: px(0),
            min_height: px(0),
            min_width: px(0),
            // Room for the focus outline of what stands at the edge.
            margin: UiRect::all(px(-8)),
            ..default()
        },
        children![
            (
                Body,
                Scroller,
                ScrollArea,
                Node {
                    width: percent(100),
                    height: percent(100),
                    padding: UiRect::all(px(8)),
                    flex_direction: FlexDirection::Column,
                    row_gap: px(space::GAP),
                    overflow: Overflow::scroll_y(),
                    ..default()
                },
                content,
            ),
            more(Display::None),
            bar(),
        ],
    )
}

/// The cue that more is below, and the button that shows it.
pub(super) fn more(display: Display) -> impl Bundle {
    (
        More,
        control(Role::Button, Skin::Key, words::MORE_BELOW),
        Node {
            display,
            position_type: PositionType::Absolute,
            bottom: px(4),
            right: px(16),
            min_height: px(stroke::TARGET),
            padding: UiRect::axes(px(14), px(4)),
            column_gap: px(space::TIGHT),
            border: UiRect::all(px(stroke::CONTROL)),
            border_radius: BorderRadius::MAX,
            align_items: AlignItems::Center,
            ..default()
        },
        ZIndex(1),
        children![
            (
                silent(words::MORE_BELOW, Type::Small, true, Token::Text),
                Inner,
                Node::default(),
                OwnAdapt(|node, form| {
                    node.display = if form.is_narrow() { Display::None } else { Display::Flex };
                })
            ),
            (icon(Icon::Down, 14., Token::Text), Inner),
        ],
    )
}

/// How much there is, and which part of it is shown. It is looked at, not pressed: the wheel, a finger, the keys and the cue scroll.
#[derive(Component)]
struct ScrollBar;

fn bar() -> impl Bundle {
    (
        ScrollBar,
        Node {
            display: Display::None,
            position_type: PositionType::Absolute,
            right: px(-4),
            width: px(4),
            border_radius: BorderRadius::MAX,
            ..default()
        },
        Fill(BAR),
        Pickable::IGNORE,
    )
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Swiping>()
        .add_observer(show_more)
        .add_observer(no_focus)
        .add_observer(drag)
        .add_observer(lift)
        .add_observer(land)
        .add_systems(PostUpdate, keep_height.in_set(UiSystems::Prepare))
        .add_systems(PostUpdate, (follow_focus, cue, show_bar).chain().in_set(UiSystems::PostLayout));
}

/// The cue goes once the end is in view; with the focus on it, the focus would go back, and the area with it. It is for the eye alone: those who
/// read by ear have everything at hand.
fn no_focus(added: On<Add, More>, mut nodes: Query<&mut AccessibilityNode>, mut commands: Commands) {
    commands.entity(added.entity).remove::<TabIndex>();
    if let Ok(mut node) = nodes.get_mut(added.entity) {
        node.set_hidden();
    }
}

/// What scrolls keeps its height: squeezed into the area it would spill over its neighbours.
fn keep_height(areas: Query<&Children, With<Scroller>>, mut nodes: Query<&mut Node>) {
    for children in &areas {
        for child in children {
            if let Ok(mut node) = nodes.get_mut(*child)
                && node.flex_shrink != 0.
            {
                node.flex_shrink = 0.;
            }
        }
    }
}

/// Moves an area by this many pixels, as far as it goes; says whether it moved.
pub fn scroll_by(area: &ComputedNode, position: &mut ScrollPosition, by: f32) -> bool {
    let scale = area.inverse_scale_factor();
    let most = ((area.content_size().y - area.size().y) * scale).max(0.);
    let to = (position.0.y + by).clamp(0., most);
    let moved = (to - position.0.y).abs() > 0.5;
    if moved {
        position.0.y = to;
    }
    moved
}

fn show_more(
    on: On<Activate>,
    cues: Query<&ChildOf, With<More>>,
    parents: Query<&Children>,
    mut areas: Query<(&ComputedNode, &mut ScrollPosition), With<Scroller>>,
) {
    let Ok(parent) = cues.get(on.entity) else {
        return;
    };
    for child in parents.get(parent.parent()).into_iter().flatten() {
        if let Ok((node, mut position)) = areas.get_mut(*child) {
            let page = node.size().y * node.inverse_scale_factor() * 0.8;
            scroll_by(node, &mut position, page);
        }
    }
}

/// A pointer that has moved this far, in pixels, drags: what it was put on is not pressed by it any more.
pub const DRAG_FROM: f32 = 10.;

/// Which areas have more than they show.
#[derive(SystemParam)]
pub struct Scrollers<'w, 's> {
    areas: Query<'w, 's, &'static ComputedNode, With<Scroller>>,
    parents: Query<'w, 's, &'static ChildOf>,
}

impl Scrollers<'_, '_> {
    /// Whether this stands in an area that scrolls.
    #[must_use]
    pub fn scrolls(&self, entity: Entity) -> bool {
        self.parents.iter_ancestors(entity).any(|parent| self.areas.get(parent).is_ok_and(has_more))
    }
}

fn has_more(area: &ComputedNode) -> bool {
    area.content_size().y > area.size().y + 0.5
}

/// The fingers that are scrolling.
#[derive(Resource, Debug, Default)]
struct Swiping(HashSet<PointerId>);

/// A finger on the area moves it; what lies beneath the finger is let go.
fn drag(
    mut on: On<Pointer<Drag>>,
    mut areas: Query<(&ComputedNode, &mut ScrollPosition), With<Scroller>>,
    parents: Query<&ChildOf>,
    scale: Res<UiScale>,
    mut swiping: ResMut<Swiping>,
    mut commands: Commands,
) {
    if !matches!(on.pointer_id, PointerId::Touch(_)) {
        return;
    }
    let Ok((node, mut position)) = areas.get_mut(on.entity) else { return };
    on.propagate(false);
    let mut by = on.delta.y;
    if !swiping.0.contains(&on.pointer_id) {
        if on.distance.y.abs() < DRAG_FROM || !has_more(node) {
            return;
        }
        swiping.0.insert(on.pointer_id);
        let touched = on.original_event_target();
        for part in std::iter::once(touched).chain(parents.iter_ancestors(touched)) {
            commands.entity(part).try_remove::<Pressed>();
        }
        by = on.distance.y;
    }
    scroll_by(node, &mut position, -by / scale.0);
}

fn lift(on: On<Pointer<DragEnd>>, mut swiping: ResMut<Swiping>) {
    swiping.0.remove(&on.pointer_id);
}

/// A new touch may bear the number of one whose end was never seen.
fn land(on: On<Pointer<Press>>, mut swiping: ResMut<Swiping>) {
    swiping.0.remove(&on.pointer_id);
}

fn follow_focus(
    focus: Res<InputFocus>,
    nodes: Query<(&ComputedNode, &UiGlobalTransform, &UiTransform)>,
    parents: Query<&ChildOf>,
    mut areas: Query<(&ComputedNode, &UiGlobalTransform, &mut ScrollPosition), With<Scroller>>,
    mut last: Local<Option<Entity>>,
    mut redraw: ResMut<Redraw>,
) {
    let Some(focused) = focus.get() else {
        return;
    };
    if *last == Some(focused) {
        return;
    }
    let Ok((node, transform, own)) = nodes.get(focused) else {
        return;
    };
    *last = Some(focused);
    // Where it will stand, if it is still on its way.
    let here = transform.translation.y
        - own.translation.y.resolve(node.inverse_scale_factor().recip(), 0., Vec2::ZERO).unwrap_or(0.);
    for ancestor in parents.iter_ancestors(focused) {
        if let Ok((area, area_transform, mut position)) = areas.get_mut(ancestor) {
            let margin = 8. / area.inverse_scale_factor().max(0.01);
            let (top, bottom) = (here - node.size().y / 2. - margin, here + node.size().y / 2. + margin);
            let (area_top, area_bottom) =
                (area_transform.translation.y - area.size().y / 2., area_transform.translation.y + area.size().y / 2.);
            let by = if top < area_top {
                top - area_top
            } else if bottom > area_bottom {
                (bottom - area_bottom).min(top - area_top)
            } else {
                0.
            };
            if scroll_by(area, &mut position, by * area.inverse_scale_factor()) {
                redraw.next_frame();
            }
        }
    }
}

fn cue(
    areas: Query<(&ComputedNode, &ScrollPosition, &ChildOf), With<Scroller>>,
    parents: Query<&Children>,
    mut cues: Query<&mut Node, With<More>>,
    mut redraw: ResMut<Redraw>,
) {
    for (area, position, parent) in &areas {
        let scale = area.inverse_scale_factor();
        let below = (area.content_size().y - area.size().y) * scale - position.0.y > 12.;
        let display = if below { Display::Flex } else { Display::None };
        for child in parents.get(parent.parent()).into_iter().flatten() {
            if let Ok(mut node) = cues.get_mut(*child)
                && node.display != display
            {
                node.display = display;
                redraw.next_frame();
            }
        }
    }
}

fn show_bar(
    areas: Query<(&Children, &ComputedNode), With<Area>>,
    bodies: Query<(&ComputedNode, &ScrollPosition, Has<Scroller>), With<Body>>,
    mut bars: Query<&mut Node, With<ScrollBar>>,
    mut redraw: ResMut<Redraw>,
) {
    for (children, _) in &areas {
        let Some((body, position, scrolls)) = children.iter().find_map(|child| bodies.get(child).ok()) else {
            continue;
        };
        let scale = body.inverse_scale_factor();
        let (seen, all) = (body.size().y * scale, body.content_size().y * scale);
        let place = (scrolls && all > seen + 12.).then(|| {
            let long = (seen * seen / all).max(24.);
            (long, (seen - long) * (position.0.y / (all - seen)).clamp(0., 1.))
        });
        for child in children {
            let Ok(mut node) = bars.get_mut(*child) else { continue };
            let (display, height, top) = match place {
                Some((long, top)) => (Display::Flex, px(long.round()), px(top.round())),
                None => (Display::None, node.height, node.top),
            };
            if node.display != display || node.height != height || node.top != top {
                (node.display, node.height, node.top) = (display, height, top);
                redraw.next_frame();
            }
        }
    }
}
