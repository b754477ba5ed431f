//! Choose one: coloured tiles with shapes and letters. The first press is the answer.

use bevy::prelude::*;

use super::Told;
use super::feedback::told_tile;
use super::send::Gives;
use crate::game::focus::{AutoFocus, Shortcut};
use crate::game::motion::{Counterpart, Moving};
use crate::game::screens::parts::{Grid, Spawner, answers_grid, with};
use crate::game::widgets::{Tile, TileState, spacer, tile};
use crate::quiz::Ask;
use crate::rules::Answer;

/// Options longer than this stand in one column.
pub(super) const LONG: usize = 75;

/// Whether one of the options is long.
#[must_use]
pub fn long(options: &[String]) -> bool {
    options.iter().any(|option| option.chars().count() > LONG)
}

/// The open question.
pub fn ask(area: &mut Spawner, options: &[String]) {
    let options = options.to_vec();
    area.spawn(spacer());
    area.spawn((
        answers_grid(if long(&options) { Grid::OneColumn } else { Grid::High }),
        with(move |grid| {
            for (index, option) in (0..=u8::MAX).zip(options) {
                let slot = usize::from(index);
                let mut answer = grid.spawn((
                    tile(option, Tile::of(slot)),
                    Shortcut::letter(slot),
                    Gives(Answer::Choice(index)),
                    Moving::arrive(slot),
                    Counterpart::Option(slot),
                ));
                if index == 0 {
                    answer.insert(AutoFocus);
                }
            }
        }),
    ));
}

/// The closed one: every option, the right and the chosen one marked.
pub fn tell(area: &mut Spawner, told: &Told) {
    let Ask::Choice { options } = &told.question.ask else { return };
    let Answer::Choice(key) = told.reveal.key.answer else { return };
    let given = match told.given {
        Some(Answer::Choice(given)) => Some(given),
        _ => None,
    };
    tell_options(area, options, |index| state(index == key, given == Some(index)));
}

/// Right or wrong, chosen or not.
pub(super) const fn state(right: bool, chosen: bool) -> TileState {
    match (right, chosen) {
        (true, true) => TileState::RightYours,
        (true, false) => TileState::Right,
        (false, true) => TileState::Wrong,
        (false, false) => TileState::Faint,
    }
}

/// Options that have been judged.
pub(super) fn tell_options(area: &mut Spawner, options: &[String], judge: impl Fn(u8) -> TileState) {
    let judged: Vec<_> = (0..=u8::MAX).zip(options).map(|(index, option)| (option.clone(), judge(index))).collect();
    for (slot, (option, state)) in judged.into_iter().enumerate() {
        told_tile(area, option, Tile { state, ..Tile::of(slot) });
    }
}
