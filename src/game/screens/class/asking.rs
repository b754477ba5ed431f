//! The open question on the big screen: whole, with its options, how many have answered, and the time. Nothing on it can be pressed but the
//! teacher's controls.

use bevy::prelude::*;
use bevy::ui::InteractionDisabled;

use super::{Building, Face, controls, crowd, header, scrolled, time};
use crate::classroom::protocol::Order;
use crate::classroom::room::Talk;
use crate::game::a11y;
use crate::game::class::CurrentClass;
use crate::game::focus::{Shortcut, Spent};
use crate::game::layout::{Adapt, Form};
use crate::game::motion::{Counterpart, Moving};
use crate::game::screens::Screen;
use crate::game::screens::parts::{Grid, Spawner, answers_grid, with};
use crate::game::screens::question::asking::stem_size;
use crate::game::screens::question::choice::long;
use crate::game::screens::question::feedback::told_row;
use crate::game::text as common;
use crate::game::text::class as text;
use crate::game::theme::{Token, Type, space};
use crate::game::widgets::{
    Ring, Tile, bold, button, column, heading, hint, in_ring, ring, ring_caption, small_tile, spacer, tile, two_columns,
};
use crate::quiz::{Ask, QuestionView, Stage, number};

const RING: f32 = 190.;
/// Where much stands below it.
const RING_LOW: f32 = 150.;
const RING_NARROW: f32 = 110.;

/// The ring, and how large it is in a wide window.
#[derive(Component)]
struct AnsweredRing(f32);
#[derive(Component)]
struct AnsweredCount;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, count.after(Building).run_if(in_state(Screen::Class)));
}

/// What is said aloud when the face appears.
#[must_use]
pub fn spoken(face: &Face) -> String {
    let Some(question) = face.view.shown.question.as_ref() else { return String::new() };
    let progress = face.view.shown.progress;
    let place = common::question_of(progress.question, progress.questions);
    let seconds = face.view.timer.map(|timer| timer.left_ms.div_ceil(1000));
    common::asked(&place, &question.stem, question.ask.kind(), seconds)
}

/// The whole face.
pub fn build(root: &mut Spawner, face: &Face) {
    let Some(question) = face.view.shown.question.clone() else { return };
    header(root, face, true, true);
    stem(root, &question, Some((face.view.shown.answered, face.view.shown.expected)));
    let asked = question.clone();
    scrolled(root, move |area| ask(area, &asked));
    if face.view.timer.is_some() {
        time::build(root);
    }
    // A room that always talks first is told the answer later.
    let talk = face.class.facts.talk;
    controls::edge(root, face.door(), move |foot| match talk {
        Some(Talk::Always) => controls::main(foot, text::CLOSE_VOTE, Order::Close),
        Some(Talk::WhenSplit) => {
            foot.spawn((button(text::CLOSE_VOTE), controls::low(), controls::does(Order::Close)));
            controls::main(foot, text::REVEAL, Order::Reveal);
        }
        None => controls::main(foot, text::REVEAL, Order::Reveal),
    });
}

/// What is asked, and beside it how many have answered.
pub(super) fn stem(root: &mut Spawner, question: &QuestionView, count: Option<(u32, u32)>) {
    let kind = stem_size(question);
    let ticks = matches!(question.ask, Ask::MultiChoice { .. });
    let size = if much(&question.ask) { RING_LOW } else { RING };
    root.spawn(Node {
        flex_shrink: 0.,
        flex_wrap: FlexWrap::Wrap,
        column_gap: px(space::WIDE),
        row_gap: px(space::TIGHT),
        align_items: AlignItems::FlexStart,
        ..default()
    })
    .with_children(|line| {
        line.spawn((
            Node { flex_grow: 1., flex_shrink: 1., flex_basis: px(0), min_width: px(190), ..column() },
            Pickable::IGNORE,
        ))
        .with_children(|lines| {
            lines.spawn(heading(question.stem.clone(), kind));
            if ticks {
                lines.spawn(bold(common::CHOOSE_ALL, Type::Label, Token::Gold));
            }
        });
        if let Some((done, of)) = count {
            let face = Ring { name: text::answered(done, of), ..crowd::answered(done, of, size) };
            line.spawn((
                AnsweredRing(size),
                ring(
                    face,
                    children![(in_ring(done.to_string(), 0.3), AnsweredCount), ring_caption(text::of_answered(of))],
                ),
            ));
        }
    });
}

/// Whether what is asked needs more room than four tiles do.
fn much(ask: &Ask) -> bool {
    match ask {
        Ask::Choice { options } | Ask::MultiChoice { options } => options.len() > 4,
        Ask::Order { .. } | Ask::Match { .. } => true,
        Ask::TrueFalse | Ask::Number { .. } | Ask::Text { .. } => false,
    }
}

/// What there is to answer with, on phones.
pub(super) fn ask(area: &mut Spawner, question: &QuestionView) {
    match &question.ask {
        Ask::Choice { options } => {
            area.spawn(spacer());
            options_grid(area, options);
        }
        Ask::MultiChoice { options } => {
            options_grid(area, options);
        }
        Ask::TrueFalse => {
            area.spawn(spacer());
            options_grid(area, &[common::TRUE.to_owned(), common::FALSE.to_owned()]);
        }
        Ask::Number { unit, min, max, .. } => {
            area.spawn(bold(text::number_between(&number(*min), &number(*max), unit), Type::Answer, Token::Text));
        }
        Ask::Order { items, from, to } => {
            if !from.is_empty() {
                area.spawn(hint(common::first(from)));
            }
            let items = items.clone();
            area.spawn((
                two_columns(),
                Adapt(|node, form| {
                    (node.row_gap, node.flex_shrink) = (px(space::TIGHT), 0.);
                    // A grid of one column would measure its texts too short.
                    let narrow = form.is_narrow();
                    node.display = if narrow { Display::Flex } else { Display::Grid };
                    node.flex_direction = FlexDirection::Column;
                }),
                a11y::list(common::ANSWERS),
                with(move |list| {
                    for item in items {
                        told_row(list, None, item, String::new());
                    }
                }),
            ));
            if !to.is_empty() {
                area.spawn(hint(common::last(to)));
            }
        }
        Ask::Match { left, right } => {
            let (left, right) = (left.clone(), right.clone());
            area.spawn((
                two_columns(),
                with(move |columns| {
                    side(columns, common::LEFT_SIDE, left, true);
                    side(columns, common::RIGHT_SIDE, right, false);
                }),
            ));
        }
        Ask::Text { .. } => {
            area.spawn(bold(text::TYPE_IT, Type::Answer, Token::Text));
        }
    }
}

fn side(columns: &mut Spawner, name: &str, words: Vec<String>, shapes: bool) {
    columns.spawn((Node { row_gap: px(space::TIGHT), ..column() }, a11y::group(name), a11y::Counted)).with_children(
        |list| {
            for (slot, words) in words.into_iter().enumerate() {
                let face = if shapes { Tile { filled: false, ..Tile::of(slot) } } else { Tile::blank() };
                list.spawn((small_tile(words, face), Spent, InteractionDisabled, Moving::arrive(slot)));
            }
        },
    );
}

fn options_grid(area: &mut Spawner, options: &[String]) {
    let options = options.to_vec();
    let grid = match options.len() {
        _ if long(&options) => Grid::OneColumn,
        5.. => Grid::Low,
        _ => Grid::High,
    };
    area.spawn((
        answers_grid(grid),
        with(move |grid| {
            for (slot, option) in options.into_iter().enumerate() {
                grid.spawn((
                    tile(option, Tile::of(slot)),
                    // Its letter, to speak of it; it presses nothing here.
                    Shortcut::letter(slot),
                    Spent,
                    InteractionDisabled,
                    Moving::arrive(slot),
                    Counterpart::Option(slot),
                ));
            }
        }),
    ));
}

/// The ring in step with the room.
fn count(
    current: Res<CurrentClass>,
    form: Res<Form>,
    mut rings: Query<(&mut Ring, &AnsweredRing)>,
    mut texts: Query<&mut Text, With<AnsweredCount>>,
) {
    // What is on its way out shows what it showed.
    let Some(view) = current.view().filter(|view| view.stage == Stage::Asking) else { return };
    let (done, of) = (view.shown.answered, view.shown.expected);
    for (mut face, wide) in &mut rings {
        let size = if form.is_narrow() { RING_NARROW } else { wide.0 };
        face.set_if_neq(Ring { name: text::answered(done, of), ..crowd::answered(done, of, size) });
    }
    for mut shown in &mut texts {
        shown.set_if_neq(Text(done.to_string()));
    }
}
