//! Type a word or a name, on a keyboard of either sort.

use bevy::prelude::*;
use bevy::text::EditableText;
use bevy::ui_widgets::{ValueChange, observe};

use super::Told;
use super::draft::{Draft, Prepared};
use super::feedback::told_tile;
use super::send::SendDraft;
use crate::game::focus::AutoFocus;
use crate::game::screens::parts::Spawner;
use crate::game::text;
use crate::game::widgets::{FillEntry, Tile, TileState, hint, spacer, text_entry};
use crate::rules::{Answer, Credit, Key, fold};

/// A field that takes the focus when it appears, and what was typed before the pause.
#[derive(Component, Debug, Clone)]
#[component(on_add = ready)]
pub struct Refill(pub String);

/// The field is somewhere inside the entry, which is not whole yet at this moment.
fn ready(mut world: bevy::ecs::world::DeferredWorld, context: bevy::ecs::lifecycle::HookContext) {
    let entry = context.entity;
    world.commands().queue(move |world: &mut World| {
        let mut inside = vec![entry];
        while let Some(entity) = inside.pop() {
            if world.get::<EditableText>(entity).is_some() {
                world.entity_mut(entity).insert(AutoFocus);
            }
            if let Some(children) = world.get::<Children>(entity) {
                inside.extend(children.iter());
            }
        }
        if let Some(Refill(typed)) = world.get::<Refill>(entry).cloned()
            && !typed.is_empty()
        {
            world.trigger(FillEntry { entity: entry, text: typed });
        }
    });
}

/// The open question.
pub fn ask(area: &mut Spawner, max_chars: u16, draft: &Draft) {
    let Prepared::Text(typed) = &draft.state else { return };
    area.spawn(spacer());
    area.spawn((
        text_entry(text::TEXT_FIELD, text::hint_text(max_chars), usize::from(max_chars)),
        Refill(typed.clone()),
        observe(|on: On<ValueChange<String>>, mut draft: ResMut<Draft>, mut commands: Commands| {
            if let Prepared::Text(typed) = &mut draft.state {
                typed.clone_from(&on.value);
                if on.is_final {
                    commands.trigger(SendDraft);
                }
            }
        }),
    ));
    area.spawn(spacer());
}

/// The closed one: what was typed, the right answer, and what else counts.
pub fn tell(area: &mut Spawner, told: &Told, credit: Credit) {
    let Answer::Text(key) = &told.reveal.key.answer else { return };
    let given = match &told.given {
        Some(Answer::Text(given)) => Some(given.clone()),
        _ => None,
    };
    let accept: Vec<String> = others(&told.reveal.key);
    match given {
        Some(given) if credit == Credit::FULL => {
            told_tile(area, given.clone(), Tile { state: TileState::RightYours, ..Tile::blank() });
            if fold(&given) != fold(key) {
                told_tile(area, key.clone(), Tile { state: TileState::Right, ..Tile::blank() });
            }
        }
        given => {
            told_tile(area, key.clone(), Tile { state: TileState::Right, ..Tile::blank() });
            if let Some(given) = given {
                told_tile(area, given, Tile { state: TileState::Wrong, ..Tile::blank() });
            }
        }
    }
    if !accept.is_empty() {
        area.spawn(hint(text::also_accepted(&accept)));
    }
}

/// Accepted variants that are not the key in other letters.
fn others(key: &Key) -> Vec<String> {
    let Answer::Text(own) = &key.answer else { return Vec::new() };
    key.accept.iter().filter(|variant| fold(variant) != fold(own)).cloned().collect()
}
