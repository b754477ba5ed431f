//! A window may be too low for what a screen keeps in view: a phone on its side, large text, a stem of many lines. Then the screen as a
//! whole scrolls, as a page does, in place of its area; the same cue says that more is below.
//!
//! Which of the two it is follows from measures that both share, so that it never swings between them.

use bevy::input_focus::tab_navigation::TabIndex;
use bevy::prelude::*;
use bevy::ui::{ComputedNode, ScrollPosition, UiSystems};
use bevy::ui_widgets::{Activate, ScrollArea};

use super::scroll::{Area, Body, More, Scroller, more, scroll_by};
use crate::game::focus::Inert;
use crate::game::redraw::Redraw;

/// A screen as a whole: fixed parts, one below the other, and one area that scrolls.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Page;

/// On a [`Page`] that scrolls as a whole.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Flowing;

/// With less than this left, in pixels, the area is no place to read in.
const LEAST: f32 = 190.;

/// The cue of a page; it stands outside, or it would scroll with it.
#[derive(Component, Debug, Clone, Copy)]
struct PageCue(Entity);

pub(super) fn plugin(app: &mut App) {
    app.add_observer(show_more)
        .add_observer(no_focus)
        .add_systems(PostUpdate, (measure, cue).chain().in_set(UiSystems::PostLayout));
}

fn measure(
    pages: Query<(Entity, &ComputedNode, &Children, Has<Flowing>), (With<Page>, Without<Inert>)>,
    parts: Query<(&ComputedNode, Option<&Children>, Has<Area>), With<Node>>,
    mut nodes: Query<&mut Node>,
    bodies: Query<&ComputedNode, With<Body>>,
    children_of: Query<&Children>,
    cues: Query<(), With<More>>,
    mut positions: Query<&mut ScrollPosition>,
    mut redraw: ResMut<Redraw>,
    mut commands: Commands,
) {
    for (page, whole, children, flowing) in &pages {
        if whole.size().y <= 0. {
            continue;
        }
        let scale = whole.inverse_scale_factor();
        let gap = match nodes.get(page).map(|node| node.row_gap) {
            Ok(Val::Px(gap)) => gap,
            _ => 0.,
        };
        let mut need = (whole.padding().min_inset.y + whole.padding().max_inset.y) * scale - gap;
        let mut found = None;
        for child in children {
            let Ok((part, inner, is_area)) = parts.get(*child) else { continue };
            let Ok(node) = nodes.get(*child) else { continue };
            if node.display == Display::None || node.position_type == PositionType::Absolute {
                continue;
            }
            let body = inner.into_iter().flatten().find_map(|inner| bodies.get(*inner).ok().map(|body| (*inner, body)));
            need += gap;
            if let Some((body, measured)) = body.filter(|_| is_area) {
                need += (measured.content_size().y * scale - 16.).min(LEAST);
                found = Some((*child, body));
            } else {
                need += part.size().y * scale;
            }
        }
        let Some((area, body)) = found else { continue };
        let wanted = need > whole.size().y * scale + 1.;
        if wanted == flowing {
            continue;
        }
        redraw.next_frame();
        let (outside, inside) = if wanted {
            (Overflow::scroll_y(), Overflow::visible())
        } else {
            (Overflow::visible(), Overflow::scroll_y())
        };
        if let Ok(mut node) = nodes.get_mut(page) {
            node.overflow = outside;
        }
        if let Ok(mut node) = nodes.get_mut(area) {
            node.flex_basis = if wanted { Val::Auto } else { px(0) };
            node.flex_shrink = if wanted { 0. } else { 1. };
            // A column hands its width down, so that texts are measured with the width that they get.
            node.flex_direction = if wanted { FlexDirection::Column } else { FlexDirection::Row };
        }
        for cue in children_of.get(area).into_iter().flatten().filter(|child| cues.contains(**child)) {
            if let Ok(mut node) = nodes.get_mut(*cue) {
                node.display = Display::None;
            }
        }
        if let Ok(mut node) = nodes.get_mut(body) {
            node.height = if wanted { Val::Auto } else { percent(100) };
            node.overflow = inside;
        }
        for moved in [page, body] {
            if let Ok(mut position) = positions.get_mut(moved) {
                position.0 = Vec2::ZERO;
            }
        }
        if wanted {
            commands.entity(body).remove::<(Scroller, ScrollArea)>();
            commands.entity(page).insert((Flowing, Scroller, ScrollArea));
        } else {
            commands.entity(page).remove::<(Flowing, Scroller, ScrollArea)>();
            commands.entity(body).insert((Scroller, ScrollArea));
        }
    }
}

fn cue(
    pages: Query<(Entity, &ComputedNode, &ScrollPosition), (With<Flowing>, Without<Inert>)>,
    cues: Query<(Entity, &PageCue, &ChildOf)>,
    mut redraw: ResMut<Redraw>,
    mut commands: Commands,
) {
    let below = |page: Entity| {
        pages.get(page).is_ok_and(|(_, area, position)| {
            (area.content_size().y - area.size().y) * area.inverse_scale_factor() - position.0.y > 12.
        })
    };
    for (_, cue, holder) in &cues {
        if !below(cue.0) {
            commands.entity(holder.parent()).despawn();
            redraw.next_frame();
        }
    }
    for (page, ..) in &pages {
        if below(page) && !cues.iter().any(|(_, cue, _)| cue.0 == page) {
            let holder = Node { position_type: PositionType::Absolute, bottom: px(0), right: px(0), ..default() };
            commands.spawn((holder, GlobalZIndex(5), Pickable::IGNORE)).with_children(|holder| {
                holder.spawn((more(Display::Flex), PageCue(page)));
            });
            redraw.next_frame();
        }
    }
}

/// As with an area's cue: the focus would be lost with it.
fn no_focus(added: On<Add, PageCue>, mut commands: Commands) {
    commands.entity(added.entity).remove::<(TabIndex, More)>();
}

fn show_more(
    on: On<Activate>,
    cues: Query<&PageCue>,
    mut pages: Query<(&ComputedNode, &mut ScrollPosition), With<Flowing>>,
) {
    if let Ok(cue) = cues.get(on.entity)
        && let Ok((node, mut position)) = pages.get_mut(cue.0)
    {
        let screenful = node.size().y * node.inverse_scale_factor() * 0.8;
        scroll_by(node, &mut position, screenful);
    }
}
