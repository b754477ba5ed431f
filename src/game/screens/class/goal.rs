//! A goal that the class shares, in place of ranks: a ring that everybody fills together.

use bevy::prelude::*;

use crate::game::layout::Adapt;
use crate::game::screens::parts::Spawner;
use crate::game::text::class as text;
use crate::game::theme::{Token, Type, space};
use crate::game::widgets::{Ring as Face, bold, in_ring, ring, ring_caption, text as words};
use crate::quiz::{Goal, Ring};

/// Enough to see one per cent and a half.
const SEATS: u32 = 64;
const SIZE: f32 = 340.;

/// The ring, and what it says.
pub fn build(parent: &mut Spawner, goal: Ring) {
    let filled = u32::from(goal.filled) * SEATS / 1000;
    // Where the goal stands, the first seat that is not needed looks another way.
    let line = u32::from(wanted(goal.goal)) * SEATS / 1000;
    let seats = (0..SEATS)
        .map(|seat| match seat {
            seat if seat < filled => Token::Gold,
            seat if seat < line => Token::SeatNew,
            _ => Token::Seat,
        })
        .collect();
    let share = goal.filled / 10;
    let face = Face { seats, size: SIZE, thick: 0.12, name: text::filled(goal.filled) };
    parent
        .spawn(Node {
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            flex_wrap: FlexWrap::Wrap,
            flex_shrink: 0.,
            column_gap: px(space::EDGE),
            row_gap: px(space::GAP),
            ..default()
        })
        .with_children(|line| {
            line.spawn(ring(face, children![in_ring(text::percent(share), 0.2), ring_caption(text::SEATS_FILLED)]));
            line.spawn((
                Node { flex_direction: FlexDirection::Column, row_gap: px(space::GAP), ..default() },
                Adapt(|node, form| node.width = if form.is_narrow() { percent(100) } else { px(440) }),
            ))
            .with_children(|lines| {
                let told = if goal.reached { text::GOAL_REACHED } else { text::GOAL_NOT_YET };
                lines.spawn(bold(told, Type::Verdict, Token::Text));
                lines.spawn(words(text::goal(goal.goal), Type::Body, Token::Soft));
            });
        });
}

const fn wanted(goal: Goal) -> u16 {
    match goal {
        Goal::Fill(share) | Goal::Beat(share) => share,
    }
}
