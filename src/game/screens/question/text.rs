//! Type a word or a name, on a keyboard of either sort.

use bevy::prelude::*;
use bevy::ui_widgets::{ValueChange, observe};

use super::Told;
use super::draft::{Draft, Prepared};
use super::feedback::told_tile;
use super::send::SendDraft;
use crate::game::screens::parts::{Refill, Spawner};
use crate::game::text;
use crate::game::widgets::{Tile, TileState, hint, spacer, text_entry};
use crate::rules::{Answer, Credit, Key, fold};

/// The open question.
pub fn ask(area: &mut Spawner, max_chars: u16, draft: &Draft) {
    let Prepared::Text(typed) = &draft.state else { return };
    area.spawn(spacer());
    area.spawn((
        text_entry(text::TEXT_FIELD, text::hint_text(max_chars), usize::from(max_chars)),
        Refill { text: typed.clone(), focus: true },
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
