//! Rows that change places slide there, and the one that a pointer carries stays under it.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use bevy::ui::{ComputedNode, UiGlobalTransform, UiSystems};

use super::Building;
use super::draft::{Draft, Prepared};
use super::order::Carried;
use crate::game::motion::{Counterpart, Leaving, Moving, Pace};

/// A row with its buttons: the place that slides.
#[derive(Component, Debug, Clone, Copy)]
#[require(Spot)]
pub struct Line(pub usize);

/// Where a line was seen last, and where it stands: from the top of the window, in pixels.
#[derive(Component, Debug, Clone, Copy, Default)]
pub struct Spot {
    seen: f32,
    stands: f32,
}

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, slide.after(Building).run_if(resource_changed::<Draft>))
        .add_systems(PostUpdate, look.in_set(UiSystems::PostLayout));
}

fn look(mut lines: Query<(&mut Spot, &ComputedNode, &UiGlobalTransform, &UiTransform), With<Line>>) {
    for (mut spot, node, global, own) in &mut lines {
        let seen = global.translation.y * node.inverse_scale_factor();
        let offset = if let Val::Px(offset) = own.translation.y { offset } else { 0. };
        *spot = Spot { seen, stands: seen - offset };
    }
}

/// The lines of the open question, by place.
#[derive(SystemParam)]
pub struct Lines<'w, 's> {
    all: Query<'w, 's, (Entity, &'static Line, &'static Spot, &'static mut UiTransform)>,
    parents: Query<'w, 's, &'static ChildOf>,
    leaving: Query<'w, 's, (), With<Leaving>>,
    motion: Pace<'w>,
    commands: Commands<'w, 's>,
}

impl Lines<'_, '_> {
    fn at(&self, place: usize) -> Option<(Entity, Spot)> {
        let (entity, _, spot, _) = self.all.iter().find(|(entity, line, ..)| {
            line.0 == place && !self.parents.iter_ancestors(*entity).any(|parent| self.leaving.contains(parent))
        })?;
        Some((entity, *spot))
    }

    fn put(&mut self, place: usize, offset: f32) {
        if let Some((line, _)) = self.at(place)
            && let Ok((.., mut own)) = self.all.get_mut(line)
        {
            own.translation = Val2::px(0., offset);
        }
    }

    /// How far from its place a line is seen.
    pub(super) fn off(&self, place: usize) -> f32 {
        self.at(place).map_or(0., |(_, spot)| spot.seen - spot.stands)
    }

    /// Keeps what has come from one place to another under the pointer, which took it at `start`.
    pub(super) fn carry(&mut self, from: usize, to: usize, pointer: f32, start: f32, grip: &mut Option<f32>) {
        let Some((line, spot)) = self.at(to) else { return };
        let taken = self.at(from).map_or(0., |(_, spot)| start - spot.stands);
        let grip = *grip.get_or_insert(taken);
        if from != to {
            // The line that it leaves is another item's now.
            self.put(from, 0.);
        }
        self.commands.entity(line).remove::<Moving>().insert(ZIndex(1));
        self.put(to, pointer - grip - spot.stands);
    }

    /// Lets it glide into its place.
    pub(super) fn release(&mut self, place: usize) {
        let Some((line, _)) = self.at(place) else { return };
        let Ok((.., own)) = self.all.get(line) else { return };
        let Val::Px(offset) = own.translation.y else { return };
        if self.motion.still() {
            self.put(place, 0.);
        } else {
            self.commands.entity(line).insert(Moving::from(Vec2::new(0., offset)));
        }
    }
}

/// What has changed places starts where it was.
fn slide(draft: Res<Draft>, carried: Res<Carried>, mut lines: Lines, mut before: Local<(u32, Vec<u8>)>) {
    let Prepared::Order(order) = &draft.state else { return };
    let (question, old) = std::mem::replace(&mut *before, (draft.question, order.shown.clone()));
    if question != draft.question || old == order.shown || lines.motion.still() {
        return;
    }
    for (place, item) in order.shown.iter().enumerate() {
        let Some((line, spot)) = lines.at(place) else { continue };
        let held = order.held == Some(place);
        // The one that the player moves passes over the others.
        lines.commands.entity(line).insert((ZIndex(i32::from(held)), Counterpart::Option(usize::from(*item))));
        let was = old.iter().position(|other| other == item).filter(|was| *was != place);
        if let Some((_, old)) = was.and_then(|was| lines.at(was))
            && !(held && carried.is_under_way())
        {
            lines.commands.entity(line).insert(Moving::from(Vec2::new(0., old.seen - spot.stands)));
        }
    }
}
