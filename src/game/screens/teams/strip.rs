//! The teams over a question: whose turn it is, who buzzed, who is out, and what each has. While anybody may buzz, each plate is a button
//! that buzzes for its team, for those who have a mouse, a finger or a switch.

use bevy::prelude::*;
use bevy::ui_widgets::{Activate, observe};

use crate::game::a11y;
use crate::game::layout::Adapt;
use crate::game::motion::Counterpart;
use crate::game::screens::parts::{Spawner, narrow_only, wide_only};
use crate::game::session::Submit;
use crate::game::teams::{Line, Lineup, Part};
use crate::game::text::{self, teams as words};
use crate::game::theme::{Token, Type, space};
use crate::game::widgets::{Plate, PlateState, bold, hint, pill, plate, row, text as line};
use crate::quiz::{Command, Play, View};

pub(super) fn plugin(_: &mut App) {}

/// Where the match is, what the teams do, and the teams: in place of a solo game's header.
pub fn header(root: &mut Spawner, view: &View, lineup: &Lineup) {
    let progress = view.shown.progress;
    let status = if lineup.asking { words::status(lineup) } else { String::new() };
    root.spawn((Node { flex_shrink: 0., ..row() }, Counterpart::Header)).with_children(|place| {
        let title = view.shown.question.as_ref().map(|question| question.round.clone()).unwrap_or_default();
        place.spawn((pill(text::round_pill(progress.round, progress.rounds, &title)), wide_only()));
        let asked = text::question_of(progress.question, progress.questions);
        place.spawn((line(asked, Type::Small, Token::Soft), wide_only()));
        place.spawn((Node { flex_grow: 1., ..default() }, wide_only(), Pickable::IGNORE));
        let in_match = text::place_in_match(&title, progress.question, progress.questions);
        place.spawn((Node { width: percent(100), ..default() }, narrow_only(), children![hint(in_match)]));
        if !status.is_empty() {
            place.spawn(Node { flex_shrink: 1., ..default() }).with_child(bold(status, Type::Label, Token::Gold));
        }
        if lineup.asking && lineup.play == Play::Buzz && lineup.answering().is_some() {
            place.spawn(Node { flex_shrink: 1., ..default() }).with_child(hint(words::passes_to(lineup)));
        }
    });
    strip(root, lineup);
}

fn strip(root: &mut Spawner, lineup: &Lineup) {
    root.spawn((
        Node {
            flex_wrap: FlexWrap::Wrap,
            flex_shrink: 0.,
            align_items: AlignItems::Stretch,
            row_gap: px(space::TIGHT),
            column_gap: px(space::TIGHT),
            ..default()
        },
        Adapt(|node, form| {
            let gap = if form.is_narrow() { 6. } else { space::TIGHT };
            (node.row_gap, node.column_gap) = (px(gap), px(gap));
        }),
        a11y::list(words::LINEUP),
    ))
    .with_children(|plates| {
        for line in &lineup.lines {
            let face = face(line, lineup);
            let press = face.state == PlateState::Button;
            let player = line.player;
            let mut plate = plate(plates, &face);
            if press {
                plate.insert(observe(move |_: On<Activate>, mut commands: Commands| {
                    commands.trigger(Submit(Command::Buzz { players: vec![player] }));
                }));
            }
        }
    });
}

fn face(line: &Line, lineup: &Lineup) -> Plate {
    let free = lineup.play == Play::Buzz && lineup.asking && lineup.answering().is_none();
    let state = match line.part {
        Part::Answers | Part::Took => PlateState::Active,
        Part::Out => PlateState::Out,
        Part::In if free => PlateState::Button,
        Part::In | Part::Waits => PlateState::Plain,
    };
    let spoken = if state == PlateState::Button {
        words::buzz_for(&line.name, line.points)
    } else {
        words::line(&line.name, line.points, line.part)
    };
    Plate { name: line.name.clone(), points: line.points, slot: line.slot, state, key: line.key, spoken }
}
