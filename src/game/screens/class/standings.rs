//! The table between rounds; without one, how far the class has come.

use bevy::picking::Pickable;
use bevy::prelude::*;

use super::{Face, controls, scrolled};
use crate::classroom::protocol::Order;
use crate::game::a11y;
use crate::game::screens::parts::{Spawner, beside_the_ring, with};
use crate::game::text as common;
use crate::game::text::class as text;
use crate::game::theme::{Token, Type, radius, space};
use crate::game::widgets::{Fill, bold, column, eyebrow, heading, hint, text as words};
use crate::quiz::StandingRow;

/// Rows that can be read across a room.
const ROWS: usize = 8;

/// What is said aloud when the face appears.
#[must_use]
pub fn spoken(face: &Face) -> String {
    let shown = &face.view.shown;
    let first = match shown.goal {
        Some(goal) => text::filled(goal.filled),
        None => shown.standings.first().map(text::standing).unwrap_or_default(),
    };
    format!("{}. {first}", text::round_done(shown.progress.round, shown.progress.rounds))
}

/// The whole face.
pub fn build(root: &mut Spawner, face: &Face) {
    let progress = face.view.shown.progress;
    let rows = face.view.shown.standings.clone();
    let goal = face.view.shown.goal;
    scrolled(root, move |area| {
        if let Some(goal) = goal {
            area.spawn(eyebrow(text::round_done(progress.round, progress.rounds)));
            area.spawn(heading(text::TOGETHER, Type::Verdict));
            super::goal::build(area, goal);
            return;
        }
        area.spawn(beside_the_ring(progress, move |lines| {
            let done = text::round_done(progress.round, progress.rounds);
            if rows.is_empty() {
                lines.spawn(heading(done, Type::Display));
                return;
            }
            lines.spawn(eyebrow(done));
            lines.spawn(heading(text::STANDINGS, Type::Verdict));
            table(lines, &rows, ROWS);
        }));
    });
    let last = progress.round >= progress.rounds;
    let table = !face.view.shown.standings.is_empty();
    controls::edge(root, face.door(), move |foot| {
        controls::pause(foot);
        let caption = match (last, table) {
            (false, _) => common::NEXT_ROUND,
            (true, true) => text::FINISH,
            (true, false) => text::FINISH_PLAIN,
        };
        controls::main(foot, caption, Order::Next);
    });
}

/// The first rows of the table, and how many more there are.
pub(super) fn table(lines: &mut Spawner, rows: &[StandingRow], most: usize) {
    let shown: Vec<StandingRow> = rows.iter().take(most).cloned().collect();
    lines.spawn((
        Node { row_gap: px(6), flex_shrink: 0., ..column() },
        a11y::list(text::STANDINGS),
        with(move |list| {
            for standing in shown {
                list.spawn((
                    Node {
                        flex_shrink: 0.,
                        min_height: px(44),
                        padding: UiRect::axes(px(18), px(4)),
                        border_radius: BorderRadius::all(px(radius::CONTROL)),
                        align_items: AlignItems::Center,
                        flex_wrap: FlexWrap::Wrap,
                        column_gap: px(space::GAP),
                        ..default()
                    },
                    Fill(Token::Panel),
                    Pickable::IGNORE,
                    a11y::list_item(),
                ))
                .with_children(|line| {
                    line.spawn(bold(standing.place.to_string(), Type::Label, Token::Gold));
                    line.spawn((
                        Node { flex_grow: 1., flex_shrink: 1., flex_basis: px(140), min_width: px(0), ..default() },
                        Pickable::IGNORE,
                        children![bold(standing.name.clone(), Type::Label, Token::Text)],
                    ));
                    line.spawn(words(text::right_of(&standing), Type::Small, Token::Soft));
                    line.spawn(bold(common::points(standing.points), Type::Label, Token::Text));
                });
            }
        }),
    ));
    if rows.len() > most {
        lines.spawn(hint(text::more_rows(rows.len() - most)));
    }
}
