//! What stands on the old screen and on the new one is one thing: it travels from the one place to the other.

use bevy::prelude::*;
use bevy::ui::{ComputedNode, UiGlobalTransform, UiSystems};

use super::{Leaving, Moving};
use crate::game::redraw::Redraw;
use crate::game::widgets::Opacity;

/// The same thing on both screens.
#[derive(Component, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counterpart {
    /// An option or an item, by its place in the question as it is shown.
    Option(usize),
    /// The line at the top of a question.
    Header,
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PostUpdate, set_out.in_set(UiSystems::PostLayout));
}

type Placed = (Entity, &'static Counterpart, &'static ComputedNode, &'static UiGlobalTransform);

/// Once the new places are known. What moves by itself is new: the options of the next question are not those of the last.
/// In this frame the old thing is still seen, and the new screen not yet.
fn set_out(
    new: Query<Placed, (Added<Counterpart>, Without<Moving>)>,
    all: Query<Placed>,
    leaving: Query<(Entity, Ref<Leaving>)>,
    children: Query<&Children>,
    mut redraw: ResMut<Redraw>,
    mut commands: Commands,
) {
    if new.is_empty() {
        return;
    }
    let gone: Vec<_> = leaving
        .iter()
        .filter(|(_, mark)| mark.is_added())
        .flat_map(|(root, _)| children.iter_descendants(root))
        .filter_map(|part| all.get(part).ok())
        .collect();
    for (entity, counterpart, node, transform) in &new {
        let old = gone.iter().find(|(_, other, ..)| *other == counterpart);
        let Some((old, _, old_node, old_transform)) = old else { continue };
        // The shapes at their left ends meet.
        let left = |node: &ComputedNode, at: &UiGlobalTransform| at.translation - Vec2::new(node.size().x / 2., 0.);
        let offset = (left(old_node, old_transform) - left(node, transform)) * node.inverse_scale_factor();
        commands.entity(*old).insert(Opacity { share: 0., alone: false });
        commands.entity(entity).insert((Moving::from(offset), Opacity { share: 1., alone: true }));
        redraw.next_frame();
    }
}
