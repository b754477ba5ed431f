//! A question that nobody may answer yet: all of it is seen and read out, and nothing of it can be pressed or focused.

use bevy::input_focus::tab_navigation::TabIndex;
use bevy::prelude::*;
use bevy::ui::InteractionDisabled;

use super::Building;
use crate::game::focus::Spent;
use crate::game::screens::parts::InBody;

/// On the part of a screen that waits for a buzz.
#[derive(Component, Debug, Clone, Copy)]
pub struct Locked;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, lock.after(Building));
}

/// Some widgets make their parts a frame late. What stands there on its way through, as the teacher's keys in a narrow window, is none of it.
fn lock(
    areas: Query<Entity, With<Locked>>,
    children: Query<&Children>,
    controls: Query<(), (With<TabIndex>, Without<Spent>)>,
    guests: Query<(), With<InBody>>,
    parents: Query<&ChildOf>,
    mut commands: Commands,
) {
    for area in &areas {
        for part in children.iter_descendants(area).filter(|part| controls.contains(*part)) {
            if !parents.iter_ancestors(part).any(|above| guests.contains(above)) {
                commands.entity(part).insert((Spent, InteractionDisabled));
            }
        }
    }
}
