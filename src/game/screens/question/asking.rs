//! The open question: what is asked on top, the timer beside it, and below what there is to answer with.

use bevy::prelude::*;

use super::draft::Draft;
use super::locked::Locked;
use super::{choice, match_pairs, multi_choice, number, order, pause, send, sure, text as typed, timer, true_false};
use crate::game::device::Howto;
use crate::game::focus::AutoFocus;
use crate::game::motion::{CountUp, Counterpart};
use crate::game::screens::parts::{Spawner, aside_in_body, foot, narrow_only, wide_only, with};
use crate::game::screens::race;
use crate::game::screens::teams::{controls, strip};
use crate::game::teams::Lineup;
use crate::game::text;
use crate::game::theme::{Token, Type, space};
use crate::game::widgets::{bold, heading, hint, pill, row, scroll, text as words};
use crate::quiz::{Ask, QuestionView, View};

/// Stems longer than this take a smaller size, and longer ones the smallest. Where much stands below, the first step comes sooner.
const LONG_STEM: usize = 70;
const LONGER_STEM: usize = 130;

/// How large a stem is written.
#[must_use]
pub fn stem_size(question: &QuestionView) -> Type {
    let long = question.stem.chars().count();
    let much_below = matches!(question.ask, Ask::Order { .. } | Ask::Match { .. } | Ask::MultiChoice { .. });
    match long {
        LONGER_STEM.. => Type::StemLong,
        LONG_STEM.. => Type::StemMiddle,
        _ if much_below => Type::StemMiddle,
        _ => Type::Stem,
    }
}

/// What is said aloud when the face appears.
#[must_use]
pub fn spoken(view: &View, lineup: Option<&Lineup>) -> String {
    let Some(question) = view.shown.question.as_ref() else { return String::new() };
    let progress = view.shown.progress;
    let place = text::question_of(progress.question, progress.questions);
    let seconds = view.timer.map(|timer| timer.left_ms.div_ceil(1000));
    let asked = text::asked(&place, &question.stem, question.ask.kind(), seconds);
    match lineup {
        Some(lineup) => format!("{}. {asked}", text::teams::status(lineup)),
        None => asked,
    }
}

/// The whole face.
pub fn build(root: &mut Spawner, view: &View, lineup: Option<&Lineup>, draft: &Draft) {
    let Some(question) = view.shown.question.clone() else { return };
    match lineup {
        Some(lineup) => strip::header(root, view, lineup),
        None => header(root, view, 0),
    }
    // Where the first press answers, nothing can be answered before it.
    let open = lineup.is_none_or(|lineup| lineup.answering().is_some());
    let of_teams = lineup.is_some();
    stem(root, &question, view);
    let submits = !matches!(question.ask, Ask::Choice { .. } | Ask::TrueFalse);
    let howto = howto(&question.ask);
    let body = draft.clone();
    let mut place = root.spawn(scroll(with(move |area| {
        let draft = body;
        match &question.ask {
            Ask::Choice { options } => choice::ask(area, options),
            Ask::TrueFalse => true_false::ask(area),
            Ask::MultiChoice { options } => multi_choice::ask(area, options, &draft),
            // A field that takes nothing yet would only be in the way.
            Ask::Number { unit, min, max, .. } if !open => {
                area.spawn(words(text::teams::number_after(unit, *min, *max), Type::Body, Token::Soft));
            }
            Ask::Text { .. } if !open => {
                area.spawn(words(text::teams::TYPED_AFTER, Type::Body, Token::Soft));
            }
            Ask::Number { unit, .. } => number::ask(area, unit, &draft),
            Ask::Order { items, from, to } => order::ask(area, items, from, to, &draft),
            Ask::Match { left, right } => match_pairs::ask(area, left, right, &draft),
            Ask::Text { max_chars } => typed::ask(area, *max_chars, &draft),
        }
        if of_teams {
            area.spawn(aside_in_body());
        }
    })));
    if !open {
        place.insert(Locked);
    }
    root.spawn(foot(move |foot| {
        let mut line =
            foot.spawn((Node { flex_shrink: 1., flex_basis: px(0), flex_grow: 1., ..default() }, wide_only()));
        if !of_teams {
            line.with_child((hint(""), howto));
        }
        if of_teams {
            controls::at_foot(foot, true);
        } else {
            sure::before(foot);
        }
        let mut pause = foot.spawn(pause::button());
        if !open {
            pause.insert(AutoFocus);
        }
        if submits && open {
            foot.spawn(send::submit_button());
        }
    }));
}

/// Where we are, and what has been earned, the last of it just now.
pub fn header(root: &mut Spawner, view: &View, earned: u32) {
    let progress = view.shown.progress;
    let title = view.shown.question.as_ref().map(|question| question.round.clone()).unwrap_or_default();
    let (points, streak) = view.you.as_ref().map_or((0, 0), |you| (you.points, you.streak));
    root.spawn((Node { flex_shrink: 0., ..row() }, Counterpart::Header)).with_children(|line| {
        line.spawn((pill(text::round_pill(progress.round, progress.rounds, &title)), wide_only()));
        let place = text::question_of(progress.question, progress.questions);
        line.spawn((words(place, Type::Small, Token::Soft), wide_only()));
        // A phone has room for one line.
        let place = text::place_in_match(&title, progress.question, progress.questions);
        line.spawn((
            Node { flex_grow: 1., flex_shrink: 1., flex_basis: px(0), min_width: percent(55), ..default() },
            narrow_only(),
            children![hint(place)],
        ));
        line.spawn((Node { flex_grow: 1., ..default() }, wide_only(), Pickable::IGNORE));
        if streak > 1 {
            line.spawn((pill(text::streak(streak)), wide_only()));
        }
        race::small(line);
        let mut total = line.spawn(bold(text::points(points), Type::Score, Token::Text));
        if earned > 0 {
            total.insert(CountUp::new(points.saturating_sub(earned), points, text::points));
        }
    });
}

fn stem(root: &mut Spawner, question: &QuestionView, view: &View) {
    let kind = stem_size(question);
    let timer = view.timer;
    // Large text leaves no room for the ring beside it: then it stands below.
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
            Node { flex_grow: 1., flex_shrink: 1., flex_basis: px(0), min_width: px(190), ..default() },
            children![heading(question.stem.clone(), kind)],
        ));
        if let Some(timer) = timer {
            timer::build(line, timer);
        }
    });
}

fn howto(ask: &Ask) -> Howto {
    let count = if let Ask::Choice { options } = ask { options.len() } else { 0 };
    let words = match ask {
        Ask::Choice { .. } => text::hint_tiles,
        Ask::TrueFalse => text::hint_true_false,
        Ask::MultiChoice { .. } => text::hint_ticks,
        Ask::Number { .. } => text::hint_number,
        Ask::Order { .. } => text::hint_order,
        Ask::Match { .. } => text::hint_match,
        Ask::Text { .. } => text::hint_typed,
    };
    Howto { words, count }
}
