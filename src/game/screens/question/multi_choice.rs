//! Choose all that apply: check boxes, how many are ticked, and what a wrong tick costs.

use bevy::prelude::*;
use bevy::ui_widgets::{ValueChange, observe};

use super::choice::{long, state, tell_options};
use super::draft::{Draft, Prepared};
use super::{Building, Told};
use crate::game::focus::{AutoFocus, Shortcut};
use crate::game::layout::Adapt;
use crate::game::motion::{Counterpart, Moving};
use crate::game::screens::parts::{Grid, Spawner, answers_grid, with};
use crate::game::text;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{Chosen, bold, check_row, hint, row};
use crate::quiz::Ask;
use crate::rules::Answer;

#[derive(Component)]
struct Count;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, count.after(Building).run_if(resource_changed::<Draft>));
}

/// The open question.
pub fn ask(area: &mut Spawner, options: &[String], draft: &Draft) {
    let Prepared::Ticks(ticks) = &draft.state else { return };
    let (options, ticks) = (options.to_vec(), ticks.clone());
    let ticked = ticks.iter().filter(|on| **on).count();
    area.spawn(row()).with_children(|line| {
        line.spawn(bold(text::CHOOSE_ALL, Type::Label, Token::Gold));
        line.spawn((hint(text::chosen(ticked)), Count));
    });
    area.spawn((
        answers_grid(if long(&options) { Grid::OneColumn } else { Grid::Low }),
        with(move |grid| {
            for (index, (option, on)) in options.into_iter().zip(ticks).enumerate() {
                let mut answer = grid.spawn((
                    check_row(option, "", ""),
                    Shortcut::letter(index),
                    Moving::arrive(index),
                    Counterpart::Option(index),
                    observe(move |on: On<ValueChange<bool>>, mut draft: ResMut<Draft>| {
                        if let Prepared::Ticks(ticks) = &mut draft.state
                            && let Some(tick) = ticks.get_mut(index)
                        {
                            *tick = on.value;
                        }
                    }),
                ));
                if on {
                    answer.insert(Chosen);
                }
                if index == 0 {
                    answer.insert(AutoFocus);
                }
            }
        }),
    ));
    area.spawn((
        hint(text::WRONG_TICK),
        Adapt(|node, form| node.display = if form.is_narrow() { Display::Flex } else { Display::None }),
    ));
}

fn count(draft: Res<Draft>, mut counts: Query<&mut Text, With<Count>>) {
    if let Prepared::Ticks(ticks) = &draft.state {
        for mut count in &mut counts {
            count.set_if_neq(Text(text::chosen(ticks.iter().filter(|on| **on).count())));
        }
    }
}

/// The closed one: every option, the right ones and the ticked ones marked.
pub fn tell(area: &mut Spawner, told: &Told) {
    let Ask::MultiChoice { options } = &told.question.ask else { return };
    let Answer::MultiChoice(keys) = &told.reveal.key.answer else { return };
    let ticked: &[u8] = match &told.given {
        Some(Answer::MultiChoice(ticked)) => ticked,
        _ => &[],
    };
    tell_options(area, options, |index| state(keys.contains(&index), ticked.contains(&index)));
}
