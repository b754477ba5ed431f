//! True or false: two wide tiles, told apart by word and shape, never red and green.

use bevy::prelude::*;

use super::Told;
use super::choice::{state, tell_options};
use super::send::Gives;
use crate::game::focus::{AutoFocus, Shortcut};
use crate::game::motion::{Counterpart, Moving};
use crate::game::screens::parts::{Grid, Spawner, answers_grid, with};
use crate::game::text;
use crate::game::widgets::{Tile, spacer, tile};
use crate::rules::Answer;

/// The open question.
pub fn ask(area: &mut Spawner) {
    area.spawn(spacer());
    area.spawn((
        answers_grid(Grid::High),
        with(|grid| {
            grid.spawn((
                tile(text::TRUE, Tile::of(0)),
                Shortcut::key(text::TRUE_KEY),
                Gives(Answer::TrueFalse(true)),
                Moving::arrive(0),
                Counterpart::Option(0),
                AutoFocus,
            ));
            grid.spawn((
                tile(text::FALSE, Tile::of(1)),
                Shortcut::key(text::FALSE_KEY),
                Gives(Answer::TrueFalse(false)),
                Moving::arrive(1),
                Counterpart::Option(1),
            ));
        }),
    ));
}

/// The closed one.
pub fn tell(area: &mut Spawner, told: &Told) {
    let Answer::TrueFalse(key) = told.reveal.key.answer else { return };
    let given = match told.given {
        Some(Answer::TrueFalse(given)) => Some(given),
        _ => None,
    };
    tell_options(area, &[text::TRUE.to_owned(), text::FALSE.to_owned()], |index| {
        let says = index == 0;
        state(says == key, given == Some(says))
    });
}
