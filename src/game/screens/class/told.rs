//! How the class answered: every option with how many chose it, the right one marked, why, and where to check. No names.

use bevy::picking::Pickable;
use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::{Face, controls, header, scrolled};
use crate::classroom::protocol::Order;
use crate::game::a11y;
use crate::game::focus::Shortcut;
use crate::game::layout::Adapt;
use crate::game::motion::Counterpart;
use crate::game::screens::parts::{Spawner, main_side, with};
use crate::game::screens::question::feedback::aside;
use crate::game::text as common;
use crate::game::text::class as text;
use crate::game::theme::{Token, Type, radius, space, stroke};
use crate::game::widgets::{
    Bar, Edge, Fill, Icon, bar, bold, button, column, heading, hint, icon, quiet_button, side_by_side, text as words,
};
use crate::quiz::{Ask, QuestionView, Reveal, Tally, TallyRow};

/// Values of a number, or words, beyond these are summed up.
const MOST_ROWS: usize = 8;

/// What is said aloud when the face appears.
#[must_use]
pub fn spoken(face: &Face) -> String {
    let shown = &face.view.shown;
    let key = shown.reveal.as_ref().map(|reveal| common::right_answer(&reveal.key_text)).unwrap_or_default();
    let class = shown.tally.as_ref().map(|tally| text::right_in_class(tally.right, tally.answers)).unwrap_or_default();
    if shown.uncounted { format!("{}. {key}.", text::UNCOUNTED) } else { format!("{key}. {class}.") }
}

/// The whole face.
pub fn build(root: &mut Spawner, face: &Face) {
    let shown = &face.view.shown;
    let (Some(question), Some(reveal)) = (shown.question.clone(), shown.reveal.clone()) else { return };
    let tally = shown.tally.clone();
    let uncounted = shown.uncounted;
    header(root, face, true, false);
    root.spawn((Node { flex_shrink: 0., ..column() }, children![heading(question.stem.clone(), Type::Heading)]));
    let (asked, why) = (question.clone(), reveal.clone());
    scrolled(root, move |area| {
        area.spawn((
            side_by_side(),
            with(move |sides| {
                sides.spawn(main_side()).with_children(|left| {
                    if uncounted {
                        left.spawn(bold(text::UNCOUNTED, Type::Label, Token::Gold));
                    }
                    match &tally {
                        Some(tally) => distribution(left, &asked, &why, tally),
                        None => {
                            left.spawn(bold(common::right_answer(&why.key_text), Type::Answer, Token::Text));
                        }
                    }
                    if !why.explanation.is_empty() {
                        left.spawn(words(why.explanation.clone(), Type::Body, Token::Text));
                    }
                });
                aside(sides, &why, None);
            }),
        ));
    });
    let progress = shown.progress;
    let number = question.number;
    let undoes = face.undoes || uncounted;
    let ends_round = progress.in_round >= progress.round_questions;
    controls::edge(root, face.door(), move |foot| {
        if undoes {
            foot.spawn((
                quiet_button(text::UNDO),
                controls::low(),
                Shortcut::key(text::KEY_UNDO),
                controls::does(Order::Undo),
            ));
        }
        foot.spawn((
            button(text::MEND),
            controls::low(),
            observe(move |_: On<Activate>, mut commands: Commands| {
                commands.trigger(super::mend::OpenMend { question: number });
            }),
        ));
        controls::main(foot, if ends_round { common::END_ROUND } else { common::NEXT_QUESTION }, Order::Next);
    });
}

/// Every option, and how many chose it.
fn distribution(left: &mut Spawner, question: &QuestionView, reveal: &Reveal, tally: &Tally) {
    let slots = matches!(question.ask, Ask::Choice { .. } | Ask::MultiChoice { .. } | Ask::TrueFalse);
    let of = tally.answers;
    let (rows, rest) = few(&tally.rows);
    left.spawn((
        Node { flex_shrink: 0., row_gap: px(space::TIGHT), ..column() },
        a11y::list(text::ANSWERS),
        with(move |list| {
            for (slot, line) in rows.into_iter().enumerate() {
                one(list, slots.then_some(slot), &line, of);
            }
        }),
    ));
    if rest > 0 {
        left.spawn(hint(text::more_answers(rest)));
    }
    if !slots && !tally.rows.iter().any(|row| row.right && row.label == reveal.key_text) {
        left.spawn(bold(common::right_answer(&reveal.key_text), Type::Label, Token::Text));
    }
    let class = format!("{}. {}", text::right_in_class(tally.right, tally.answers), text::gave_none(tally.none));
    left.spawn(words(class, Type::Body, Token::Soft));
    if let Some(before) = tally.before {
        left.spawn(bold(text::gain(before, (tally.right, tally.answers)), Type::Label, Token::Gold));
    }
}

/// The rows that are shown, and how many answers stand in the others: the right ones, and those that most gave.
fn few(rows: &[TallyRow]) -> (Vec<TallyRow>, u32) {
    if rows.len() <= MOST_ROWS {
        return (rows.to_vec(), 0);
    }
    let mut by_count: Vec<usize> = (0..rows.len()).collect();
    by_count.sort_by_key(|index| (!rows[*index].right, std::cmp::Reverse(rows[*index].count)));
    let mut shown: Vec<usize> = by_count.iter().copied().take(MOST_ROWS).collect();
    shown.sort_unstable();
    let rest = by_count.iter().skip(MOST_ROWS).map(|index| rows[*index].count).sum();
    (shown.into_iter().map(|index| rows[index].clone()).collect(), rest)
}

/// One line: shape, words, a bar as long as its share, the figures, and for the right one ✓ in words.
#[expect(clippy::cast_precision_loss, reason = "a few thousand students")]
fn one(list: &mut Spawner, slot: Option<usize>, line: &TallyRow, of: u32) {
    let share = if of == 0 { 0. } else { line.count as f32 / of as f32 };
    let figures = text::count_and_share(line.count, of);
    let right = line.right;
    let mut row = list.spawn((
        Node {
            flex_shrink: 0.,
            min_height: px(56),
            padding: UiRect::axes(px(18), px(7)),
            border: UiRect::all(px(stroke::CONTROL)),
            border_radius: BorderRadius::all(px(radius::CONTROL)),
            align_items: AlignItems::Center,
            column_gap: px(space::GAP),
            ..default()
        },
        Adapt(|node, form| {
            // In a narrow window the figures stand below the words.
            let narrow = form.is_narrow();
            node.flex_direction = if narrow { FlexDirection::Column } else { FlexDirection::Row };
            node.align_items = if narrow { AlignItems::Stretch } else { AlignItems::Center };
            node.row_gap = px(4);
        }),
        Fill(Token::Panel),
        Edge(if right { Token::Right } else { Token::Clear }),
        Pickable::IGNORE,
        a11y::list_item(),
    ));
    if let Some(slot) = slot {
        row.insert(Counterpart::Option(slot));
    }
    let caption = line.label.clone();
    row.with_children(|line| {
        if let Some(slot) = slot {
            line.spawn(icon(Icon::slot(slot), 26., Token::Text));
        }
        line.spawn((
            Node {
                flex_direction: FlexDirection::Column,
                flex_grow: 1.,
                flex_shrink: 1.,
                min_width: px(0),
                row_gap: px(5),
                ..default()
            },
            Adapt(|node, form| node.flex_basis = if form.is_narrow() { Val::Auto } else { px(0) }),
            Pickable::IGNORE,
        ))
        .with_children(|lines| {
            lines.spawn(bold(caption, Type::Label, Token::Text));
            lines.spawn(bar(figures.clone(), Bar { share, token: if right { Token::Right } else { Token::Chosen } }));
        });
        line.spawn((
            Node { flex_direction: FlexDirection::Column, flex_shrink: 0., ..default() },
            // Bars that are compared are equally long when they are full.
            Adapt(|node, form| node.min_width = if form.is_narrow() { Val::Auto } else { px(150) }),
            Pickable::IGNORE,
        ))
        .with_children(|ends| {
            // The bar says it already to those who hear it.
            ends.spawn((bold(figures, Type::Label, Token::Text), super::time::Mute));
            if right {
                ends.spawn(Node { column_gap: px(6), align_items: AlignItems::Center, ..default() }).with_children(
                    |told| {
                        told.spawn(icon(Icon::Tick, 16., Token::Right));
                        told.spawn(words(common::RIGHT_ANSWER, Type::Small, Token::Text));
                    },
                );
            }
        });
    });
}
