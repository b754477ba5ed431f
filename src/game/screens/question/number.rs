//! Give a number: type it, step it, slide it, or press it on the keypad. It starts empty.

use bevy::prelude::*;
use bevy::ui_widgets::{ValueChange, observe};

use super::Told;
use super::draft::{Draft, Prepared};
use super::feedback::{told_row, told_tile};
use super::send::SendDraft;
use crate::game::screens::parts::{Refill, Spawner};
use crate::game::text;
use crate::game::widgets::{Slide, Tile, TileState, hint, number_entry, show_number, spacer};
use crate::quiz::{Ask, number};
use crate::rules::{Answer, Credit};

/// The open question.
pub fn ask(area: &mut Spawner, unit: &str, draft: &Draft) {
    let Prepared::Number(given) = draft.state else { return };
    area.spawn(spacer());
    area.spawn((
        number_entry(
            text::NUMBER_FIELD,
            unit.to_owned(),
            Slide { min: given.min, max: given.max, step: given.step, value: None },
        ),
        Refill { text: given.value.map(show_number).unwrap_or_default(), focus: true },
        observe(|on: On<ValueChange<Option<f64>>>, mut draft: ResMut<Draft>, mut commands: Commands| {
            if let Prepared::Number(given) = &mut draft.state {
                given.value = on.value;
                if on.is_final {
                    commands.trigger(SendDraft);
                }
            }
        }),
    ));
    area.spawn(spacer());
}

/// The closed one: the two numbers, and how far off still earns something.
pub fn tell(area: &mut Spawner, told: &Told, credit: Credit) {
    let Ask::Number { unit, .. } = &told.question.ask else { return };
    let Answer::Number(key) = told.reveal.key.answer else { return };
    let with_unit = |value: f64| {
        if unit.is_empty() { number(value) } else { format!("{} {unit}", number(value)) }
    };
    let given = match told.given {
        Some(Answer::Number(given)) => Some(given),
        _ => None,
    };
    let exact = given.is_some_and(|given| (given - key).abs() < f64::EPSILON);
    if exact {
        told_tile(area, with_unit(key), Tile { state: TileState::RightYours, ..Tile::blank() });
    } else {
        told_tile(area, with_unit(key), Tile { state: TileState::Right, ..Tile::blank() });
        match given {
            // Near enough to earn something is not wrong.
            Some(given) if credit > Credit::NONE => {
                told_row(area, None, with_unit(given), text::YOUR_ANSWER.to_owned());
            }
            Some(given) => told_tile(area, with_unit(given), Tile { state: TileState::Wrong, ..Tile::blank() }),
            None => {}
        }
    }
    if let Some(tolerance) = told.reveal.tolerance.filter(|tolerance| *tolerance > 0.) {
        area.spawn(hint(text::tolerance(&number(tolerance), unit)));
    }
}
