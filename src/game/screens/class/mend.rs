//! A question that was told already: let it count for nobody, or make another answer the right one. Every score is worked out again.

use std::sync::Arc;

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, ValueChange, observe};

use super::Undoes;
use super::people::{Over, close_button, close_over, panel_over};
use crate::classroom::protocol::Order;
use crate::game::class::{Ask as Request, ToldQuestions};
use crate::game::focus::AutoFocus;
use crate::game::layout::Adapt;
use crate::game::screens::Screen;
use crate::game::screens::parts::Spawner;
use crate::game::text as common;
use crate::game::text::class as text;
use crate::game::theme::{Token, Type};
use crate::game::widgets::{
    Chosen, Entry, NumberEntry, Slide, Tile, bold, button, check_row, heading, hint, number_entry, quiet_button,
    row_button, short_entry, small_tile, text as words,
};
use crate::quiz::{Ask, QuestionView, Reveal};
use crate::rules::{Answer, Key};

/// Opens what can be mended of a question.
#[derive(Event, Debug, Clone, Copy)]
pub struct OpenMend {
    /// Its number.
    pub question: u32,
}

/// Opens the list of questions so far.
#[derive(Event, Debug, Clone, Copy)]
pub struct OpenEarlier;

/// Something was mended.
#[derive(Event, Debug, Clone)]
struct Mended(Order);

/// What is ticked as right.
#[derive(Component, Debug, Clone, Default)]
struct Ticks(Vec<bool>);

pub(super) fn plugin(app: &mut App) {
    app.add_observer(open).add_observer(earlier).add_observer(mended).add_systems(OnExit(Screen::Class), forget);
}

fn forget(mut undoes: ResMut<Undoes>) {
    undoes.0 = 0;
}

fn mended(done: On<Mended>, mut undoes: ResMut<Undoes>, over: Query<Entity, With<Over>>, mut commands: Commands) {
    undoes.0 += 1;
    commands.trigger(Request(done.0.clone()));
    close_over(&over, &mut commands);
}

fn earlier(_: On<OpenEarlier>, told: Res<ToldQuestions>, over: Query<Entity, With<Over>>, mut commands: Commands) {
    close_over(&over, &mut commands);
    let all: Vec<(u32, String)> =
        told.0.iter().map(|(number, (question, _))| (*number, question.stem.clone())).collect();
    commands.spawn(panel_over(
        text::EARLIER_HEADING,
        move |area| {
            area.spawn(heading(text::EARLIER_HEADING, Type::Heading));
            area.spawn(hint(text::MEND_HINT));
            for (number, stem) in all {
                let caption = text::earlier_question(number, &stem);
                area.spawn((
                    row_button(caption.clone()),
                    Adapt(|node, _| node.padding = UiRect::axes(px(16), px(8))),
                    observe(move |_: On<Activate>, mut commands: Commands| {
                        commands.trigger(OpenMend { question: number });
                    }),
                    children![(
                        Node { flex_grow: 1., flex_shrink: 1., flex_basis: px(0), min_width: px(0), ..default() },
                        Pickable::IGNORE,
                        children![(bold(caption, Type::Small, Token::Text), crate::game::widgets::Inner)],
                    )],
                ));
            }
        },
        |foot| {
            foot.spawn((close_button(common::CLOSE), AutoFocus));
        },
    ));
}

fn open(asked: On<OpenMend>, told: Res<ToldQuestions>, over: Query<Entity, With<Over>>, mut commands: Commands) {
    let Some((question, reveal)) = told.0.get(&asked.question).cloned() else { return };
    close_over(&over, &mut commands);
    let number = asked.question;
    commands.spawn(panel_over(
        text::MEND_HEADING,
        move |area| {
            area.spawn(heading(text::MEND_HEADING, Type::Heading));
            area.spawn(words(text::earlier_question(number, &question.stem), Type::Body, Token::Text));
            area.spawn(hint(text::MEND_HINT));
            area.spawn((
                button(text::VOID),
                observe(move |_: On<Activate>, mut commands: Commands| {
                    commands.trigger(Mended(Order::Void { question: number }));
                }),
            ));
            other_key(area, number, &question, &reveal);
        },
        |foot| {
            foot.spawn((close_button(common::CLOSE), AutoFocus));
        },
    ));
}

fn correct(question: u32, answer: Answer) -> Mended {
    Mended(Order::Correct { question, key: Key { answer, accept: Vec::new() } })
}

/// What else could be right.
fn other_key(area: &mut Spawner, number: u32, question: &Arc<QuestionView>, reveal: &Arc<Reveal>) {
    match &question.ask {
        Ask::Choice { options } => {
            area.spawn(bold(text::OTHER_KEY, Type::Label, Token::Text));
            for (index, option) in (0..=u8::MAX).zip(options) {
                if reveal.key.answer != Answer::Choice(index) {
                    let face = Tile { filled: false, ..Tile::of(usize::from(index)) };
                    one(area, number, option, face, Answer::Choice(index));
                }
            }
        }
        Ask::TrueFalse => {
            area.spawn(bold(text::OTHER_KEY, Type::Label, Token::Text));
            let other = reveal.key.answer != Answer::TrueFalse(true);
            let face = Tile { filled: false, ..Tile::of(usize::from(!other)) };
            one(area, number, if other { common::TRUE } else { common::FALSE }, face, Answer::TrueFalse(other));
        }
        Ask::MultiChoice { options } => ticks(area, number, options, reveal),
        Ask::Number { unit, min, max, step } => {
            area.spawn((number_entry(
                text::RIGHT_ANSWER_FIELD,
                unit.clone(),
                Slide { min: *min, max: *max, step: *step, value: None },
            ),));
            area.spawn((
                quiet_button(text::SET_KEY),
                observe(move |_: On<Activate>, entries: Query<&NumberEntry>, mut commands: Commands| {
                    if let Some(value) = entries.iter().find_map(|entry| entry.slide.value) {
                        commands.trigger(correct(number, Answer::Number(value)));
                    }
                }),
            ));
        }
        Ask::Text { max_chars } => {
            area.spawn(short_entry(
                text::RIGHT_ANSWER_FIELD,
                "",
                usize::from(*max_chars),
                (
                    button(text::SET_KEY),
                    observe(move |_: On<Activate>, entries: Query<&Entry>, mut commands: Commands| {
                        if let Some(entry) = entries.iter().find(|entry| !entry.value.trim().is_empty()) {
                            commands.trigger(correct(number, Answer::Text(entry.value.clone())));
                        }
                    }),
                ),
            ));
        }
        Ask::Order { .. } | Ask::Match { .. } => {
            area.spawn(hint(text::NO_OTHER_KEY));
        }
    }
}

fn one(area: &mut Spawner, number: u32, caption: &str, face: Tile, answer: Answer) {
    area.spawn((
        small_tile(caption.to_owned(), face),
        Adapt(|node, _| node.flex_grow = 0.),
        observe(move |_: On<Activate>, mut commands: Commands| commands.trigger(correct(number, answer.clone()))),
    ));
}

fn ticks(area: &mut Spawner, number: u32, options: &[String], reveal: &Reveal) {
    let right: &[u8] = if let Answer::MultiChoice(right) = &reveal.key.answer { right } else { &[] };
    let state: Vec<bool> = (0..=u8::MAX).zip(options).map(|(index, _)| right.contains(&index)).collect();
    let holder = area.spawn((bold(text::OTHER_KEY, Type::Label, Token::Text), Ticks(state.clone()))).id();
    for (index, (option, on)) in options.iter().zip(state).enumerate() {
        let mut line = area.spawn((
            check_row(option.clone(), "", ""),
            observe(move |on: On<ValueChange<bool>>, mut all: Query<&mut Ticks>| {
                if let Ok(mut ticks) = all.get_mut(holder)
                    && let Some(tick) = ticks.0.get_mut(index)
                {
                    *tick = on.value;
                }
            }),
        ));
        if on {
            line.insert(Chosen);
        }
    }
    area.spawn((
        quiet_button(text::THESE_ARE_RIGHT),
        observe(move |_: On<Activate>, all: Query<&Ticks>, mut commands: Commands| {
            let Ok(ticks) = all.get(holder) else { return };
            let ticked = (0..=u8::MAX).zip(&ticks.0).filter(|(_, on)| **on).map(|(index, _)| index).collect();
            commands.trigger(correct(number, Answer::MultiChoice(ticked)));
        }),
    ));
}
