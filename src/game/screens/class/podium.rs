//! The end: who won, on steps as high as the scores are; those who tie stand level.

use bevy::picking::Pickable;
use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use super::{Face, controls, scrolled, standings};
use crate::classroom::protocol::Order;
use crate::game::a11y;
use crate::game::class::CloseClass;
use crate::game::focus::EscAction;
use crate::game::screens::parts::{Spawner, foot, narrow_only, wide_only, with};
use crate::game::text as common;
use crate::game::text::class as text;
use crate::game::theme::{SLOTS, Token, Type, radius, space};
use crate::game::widgets::{
    Fill, Icon, button, centred, column, eyebrow, heading, icon, quiet_button, spacer, text as words,
};
use crate::quiz::StandingRow;

/// The highest step, in pixels; the others are as much lower as their scores are.
const HIGHEST: f32 = 300.;
/// A step that is lower than this has its words on top.
const ROOMY: f32 = 132.;
/// Steps beside each other.
const STEPS: usize = 5;
/// Where several tie for the last step.
const MOST_STEPS: usize = 8;

/// What is said aloud when the face appears.
#[must_use]
pub fn spoken(face: &Face) -> String {
    let goal = face.view.shown.goal.map(|goal| text::filled(goal.filled)).unwrap_or_default();
    format!("{} {goal}", headline(&face.view.shown.standings)).trim_end().to_owned()
}

fn headline(rows: &[StandingRow]) -> String {
    let first: Vec<&str> = rows.iter().filter(|row| row.place == 1).map(|row| row.name.as_str()).collect();
    text::winners(&first)
}

/// The rows that have a step: the first five, and whoever ties with the fifth while there is room.
fn on_steps(rows: &[StandingRow]) -> Vec<StandingRow> {
    let last = rows.get(STEPS - 1).map_or(u32::MAX, |row| row.place);
    rows.iter().take_while(|row| row.place <= last).take(MOST_STEPS).cloned().collect()
}

/// How high a step is.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "points of a class")]
pub fn height(points: u32, best: u32) -> f32 {
    if best == 0 { 0. } else { HIGHEST * points as f32 / best as f32 }
}

/// The whole face.
pub fn build(root: &mut Spawner, face: &Face) {
    let shown = &face.view.shown;
    let (rows, goal) = (shown.standings.clone(), shown.goal);
    let line = text::podium_line(&shown.bank, shown.progress.questions);
    let abandoned = shown.abandoned;
    scrolled(root, move |area| {
        area.spawn(eyebrow(line));
        area.spawn(heading(headline(&rows), Type::Verdict));
        if abandoned {
            area.spawn(words(text::ENDED_EARLY, Type::Body, Token::Soft));
        }
        if let Some(goal) = goal {
            super::goal::build(area, goal);
        }
        if rows.is_empty() {
            return;
        }
        let steps = on_steps(&rows);
        let more = rows.len() - steps.len();
        // Those for whom there was no room stand level with the last step.
        let last = steps.last().map_or(0, |row| row.place);
        let level = rows.iter().skip(steps.len()).filter(|row| row.place == last).count();
        area.spawn((spacer(), wide_only()));
        area.spawn((wide_only(), Node { flex_direction: FlexDirection::Column, row_gap: px(space::GAP), ..default() }))
            .with_children(|wide| {
                wide.spawn((
                    Node {
                        align_items: AlignItems::FlexEnd,
                        justify_content: JustifyContent::Center,
                        column_gap: px(22),
                        ..default()
                    },
                    a11y::list(text::STANDINGS),
                    with(move |line| {
                        let best = steps.first().map_or(0, |row| row.points);
                        for (slot, row) in in_podium_order(steps) {
                            step(line, slot, &row, best);
                        }
                    }),
                ));
                if more > 0 {
                    wide.spawn(centred(text::more_on_podium(more, level), Type::Body, false, Token::Soft));
                }
            });
        area.spawn((narrow_only(), column())).with_children(|narrow| standings::table(narrow, &rows, 10));
    });
    let journal = face.class.facts.unsaved.is_none();
    root.spawn(foot(move |foot| {
        foot.spawn((
            quiet_button(common::MENU),
            EscAction,
            observe(|_: On<Activate>, mut commands: Commands| commands.trigger(CloseClass)),
        ));
        foot.spawn(spacer());
        foot.spawn((
            button(text::EARLIER),
            controls::low(),
            observe(|_: On<Activate>, mut commands: Commands| commands.trigger(super::mend::OpenEarlier)),
        ));
        if journal {
            foot.spawn((
                button(text::REPORT),
                controls::low(),
                observe(|_: On<Activate>, mut commands: Commands| commands.trigger(super::report::OpenReport)),
            ));
        }
        controls::main(foot, text::REMATCH, Order::Rematch);
    }));
}

/// The second stands left of the first, the others right of it; each with the colour and shape of its rank.
fn in_podium_order(rows: Vec<StandingRow>) -> Vec<(usize, StandingRow)> {
    let mut rows: Vec<(usize, StandingRow)> = rows.into_iter().enumerate().collect();
    if rows.len() > 1 {
        rows.swap(0, 1);
    }
    rows
}

fn step(line: &mut Spawner, slot: usize, row: &StandingRow, best: u32) {
    let high = height(row.points, best);
    let roomy = high >= ROOMY;
    let row = row.clone();
    line.spawn((
        Node {
            flex_direction: FlexDirection::Column,
            align_items: AlignItems::Center,
            flex_grow: 1.,
            flex_shrink: 1.,
            flex_basis: px(0),
            min_width: px(0),
            max_width: px(250),
            row_gap: px(6),
            ..default()
        },
        Pickable::IGNORE,
        a11y::list_item(),
    ))
    .with_children(|column| {
        column.spawn(centred(row.name.clone(), Type::Label, true, Token::Text));
        if !roomy {
            rank(column, slot, &row, Token::Text);
        }
        column
            .spawn((
                Node {
                    width: percent(100),
                    height: px(high.max(4.)),
                    flex_shrink: 0.,
                    border_radius: BorderRadius::top(px(radius::TILE.min(high / 2.))),
                    flex_direction: FlexDirection::Column,
                    align_items: AlignItems::Center,
                    justify_content: JustifyContent::Center,
                    row_gap: px(2),
                    ..default()
                },
                Fill(Token::Slot(slot % SLOTS)),
                Pickable::IGNORE,
            ))
            .with_children(|inside| {
                if roomy {
                    rank(inside, slot, &row, Token::OnSlot);
                }
            });
    });
}

fn rank(parent: &mut Spawner, slot: usize, row: &StandingRow, ink: Token) {
    parent.spawn(icon(Icon::slot(slot % SLOTS), 28., ink));
    parent.spawn(centred(row.place.to_string(), Type::Verdict, true, ink));
    parent.spawn(centred(text::score(row.points), Type::Body, false, ink));
}
